"""What a law adds to a first text is counted where the words are written: it may cost more, and blocks nothing."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from ringback.domain.business import Business, Line, Mode
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState
from ringback.domain.law.disclosing import automation_mark
from ringback.domain.linter import Level, lint, longest_values
from ringback.domain.segments import Encoding, count_segments
from ringback.receptionist.dialog import Caller, Desk, Dialog, Heard
from ringback.receptionist.engine import advance
from ringback.web.settings.previews import preview_wording
from ringback.web.settings.rule_trial import Trial, try_call
from ringback.web.wizard.words import read_text
from tests.cast import CARLA, harbor

NOW = datetime(2026, 11, 21, 16, tzinfo=UTC)
MAINE = replace(
    harbor(),
    lines=(Line(UUID(int=14), "+12075550100", "twilio", Mode.FRONT, "Main", "en", "maine"),),
    receptionist=replace(harbor().receptionist, on=True),
)
SHORT = "Hi, this is {business}. Sorry we missed your call. How can we help? Reply here. STOP to opt out."
# Fits one text by a hair where no law adds to it.
TIGHT = f"{SHORT} We read every text and will get back to you today."


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_mark_does_not_halve_the_room_of_a_text(language: str) -> None:
    mark = automation_mark(MAINE, "", language, NOW)
    assert mark
    assert count_segments(mark).encoding is Encoding.GSM7


def test_a_text_that_the_law_makes_too_long_is_said_and_may_be_saved() -> None:
    longest, mark = longest_values("en", MAINE.name), automation_mark(MAINE, "", "en", NOW)
    assert [finding.code for finding in lint(SHORT, "en", longest, added=mark)] == []
    [finding] = [one for one in lint(TIGHT, "en", longest, added=mark) if one.code == "law_makes_it_long"]
    assert finding.level is Level.WARNING
    assert "2 texts" in finding.message
    assert not [one for one in lint(TIGHT, "en", longest) if one.code == "law_makes_it_long"]


def test_who_says_it_in_their_own_words_gets_nothing_added() -> None:
    body = "Hi, this is {business}'s automated assistant. Sorry we missed your call. How can we help? STOP to opt out."
    mark = automation_mark(MAINE, "", "en", NOW)
    assert not [one for one in lint(body, "en", longest_values("en"), added=mark) if one.code == "law_makes_it_long"]
    assert "(automated assistant)" not in preview_wording(body, "en", MAINE, NOW).samples[0].text


def test_every_preview_shows_what_will_be_sent() -> None:
    preview = preview_wording(TIGHT, "en", MAINE, NOW)
    assert preview.samples[0].text.endswith("(automated assistant)")
    assert preview.longest is not None
    assert preview.longest.count == 2
    assert not preview.errors
    assert read_text(MAINE, "missed", SHORT, NOW).said.endswith("(automated assistant)")
    trial = Trial(Outcome.NO_ANSWER, "Main", "en", first_time=True, at=NOW, day=DayState.OPEN)
    assert try_call(trial, MAINE)["text"].endswith("(automated assistant)")
    assert not try_call(trial, harbor())["text"].endswith("(automated assistant)")


@pytest.mark.parametrize(
    ("business", "phone", "says"), [(MAINE, CARLA, True), (harbor(), "+12075550142", True), (harbor(), CARLA, False)]
)
def test_the_receptionist_says_it_first_where_a_law_wants_it(business: Business, phone: str, says: bool) -> None:
    desk = Desk(business, Caller(UUID(int=5), phone), NOW)
    step = advance(Dialog("en"), Heard(("Do you take new patients?",)), desk)
    assert step.replies[0].written.startswith("I'm the automated assistant of Harbor Dental.") is says
