"""Healthcare mode: who works in it, and what each way out of the product may say then."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from ringback.domain import healthcare
from ringback.domain.alert_words import Emergency, alert_text
from ringback.domain.bookings import Booking, BookingState
from ringback.domain.business import Business
from ringback.domain.health_words import find_health_word
from ringback.domain.ics import Reader, render_calendar
from ringback.domain.linter import Level, lint, longest_values
from ringback.domain.notice_texts import NoticeWords, letter, lock_screen, notice_text
from ringback.domain.notices import NoticeKind
from ringback.domain.outgoing_hooks import hides_details
from ringback.domain.privacy_policy import PrivacyPolicy
from ringback.domain.segments import count_segments
from ringback.domain.trade_texts import TRADES, Moment, Tone, write_text
from ringback.receptionist.booking_words import offer_text, reminder_text
from tests.cast import CARLA, NOON, harbor

HIDDEN = ("Zelda", "Root canal", "abscess", "Elm", "0142")
OF_PATIENTS = [kind for kind in NoticeKind if kind not in (NoticeKind.ALARM, NoticeKind.REPORT, NoticeKind.TEST)]


def clinic(*, on: bool | None = True, trade: str = "dental") -> Business:
    """Harbor Dental in the mode, or not."""
    return replace(harbor(), trade=trade, privacy=PrivacyPolicy(healthcare=on))


def booking() -> Booking:
    """Zelda's root canal."""
    starts_at = NOON + timedelta(days=2)
    return Booking(
        booking_id=harbor().business_id, contact_id=harbor().business_id, service="Root canal",
        staff_id=harbor().staff[0].staff_id, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1),
        state=BookingState.BOOKED, for_whom="Zelda", contact_name="Zelda", contact_phone=CARLA,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("trade", "said", "is_on"),
    [
        ("dental", None, True),
        ("medical", None, True),
        ("med_spa", None, True),
        ("vet", None, False),
        ("plumbing", None, False),
        ("dental", False, False),
        ("vet", True, True),
    ],
)
def test_a_trade_suggests_the_mode_and_the_owner_decides(trade: str, said: bool | None, is_on: bool) -> None:
    assert healthcare.is_on(clinic(on=said, trade=trade)) is is_on
    assert hides_details(clinic(on=said, trade=trade)) is is_on


def test_the_trades_of_the_mode_are_trades() -> None:
    assert set(TRADES) > healthcare.TRADES


@pytest.mark.parametrize(("kind", "language"), [*product(OF_PATIENTS, ["en", "es"])])
def test_no_push_text_or_letter_to_staff_says_who_or_what(kind: NoticeKind, language: str) -> None:
    said = healthcare.notice_words(clinic(), kind, "Zelda: abscess at 5 Elm St, 312 555 0142", language)
    words = NoticeWords(kind, "Harbor Dental", said, "https://calls.example/threads/1", language)
    out = [*lock_screen(words, shows_words=True), notice_text(words), *letter(words, "https://me", shows_words=True)]

    assert [hidden for hidden in HIDDEN if hidden in " ".join(out)] == []
    assert "https://calls.example/threads/1" in notice_text(words)


def test_alarms_and_reports_are_of_no_patient_and_say_what_they_say() -> None:
    for kind in (NoticeKind.ALARM, NoticeKind.REPORT, NoticeKind.TEST):
        assert healthcare.notice_words(clinic(), kind, "The line is down.", "en") == "The line is down."
    assert healthcare.notice_words(clinic(on=False), NoticeKind.REPLY_DUE, "Carla waits", "en") == "Carla waits"


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_emergency_alert_leads_to_the_conversation_and_tells_nothing_of_it(language: str) -> None:
    business = replace(clinic(), language=language)
    told = Emergency(
        "Zelda, (312) 555-0142", "my abscess burst", "5 Elm St", fee_agreed=True, link="https://c/threads/1"
    )
    text = alert_text(business, told)

    assert [hidden for hidden in HIDDEN if hidden in text] == []
    assert "https://c/threads/1" in text
    assert "1 30" in text, "staff still learn how to take it"
    assert "Zelda" in alert_text(replace(business, privacy=PrivacyPolicy(healthcare=False)), told)


@pytest.mark.parametrize("language", ["en", "es"])
def test_reminders_and_offers_name_no_service_and_fit_160_characters(language: str) -> None:
    business = replace(clinic(), name="The Very Long Name Of A Practice, P.C. & Sons")
    texts = [
        reminder_text(business, booking(), language),
        offer_text(business, booking(), NOON + timedelta(hours=2), language),
    ]

    assert [text for text in texts if "Root canal" in text] == []
    assert all(business.name in text for text in texts)
    assert [len(text) for text in texts if len(text) > healthcare.LONGEST_REMINDER] == []
    assert count_segments(texts[0]).count == 1
    assert "Root canal" in reminder_text(clinic(on=False), booking(), language)


@pytest.mark.parametrize("reader", list(Reader))
def test_calendars_that_others_keep_say_appointment_alone(reader: Reader) -> None:
    entry = render_calendar(clinic(), [booking()], NOON, reader)

    assert "Appointment" in entry
    assert [hidden for hidden in HIDDEN if hidden in entry] == []
    assert "Root canal" in render_calendar(clinic(on=False), [booking()], NOON, reader)


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("{business} here about your root canal. Reply STOP to end.", "root canal"),
        ("{business}: is it about your diabetes treatment?", "diabetes"),
        ("{business}: ¿es por su tratamiento o su receta?", "tratamiento"),
        ("{business}: your Botox is due.", "Botox"),
        ("{business}: your STD test is here.", "STD"),
    ],
)
def test_a_wording_that_names_a_condition_or_a_treatment_is_an_error_in_the_mode_only(body: str, word: str) -> None:
    longest = longest_values("en", "Harbor Dental")
    inside = [one for one in lint(body, "en", longest, healthcare=True) if one.code == "health_detail"]
    outside = [one for one in lint(body, "en", longest) if one.code == "health_detail"]

    assert find_health_word(body) == word
    assert [one.level for one in inside] == [Level.ERROR]
    assert f"“{word}”" in inside[0].message
    assert outside == []


def test_a_practices_own_name_is_no_health_detail() -> None:
    longest = longest_values("en", "Crown & Implant Dental")
    findings = lint("Crown & Implant Dental here. Was it about an appointment?", "en", longest, healthcare=True)
    assert [one.code for one in findings if one.code == "health_detail"] == []


def test_every_built_in_wording_of_these_trades_is_generic() -> None:
    bodies = [
        write_text(trade, tone, language, moment)
        for trade, tone, language, moment in product(sorted(healthcare.TRADES), Tone, ("en", "es"), Moment)
    ]
    assert [body for body in bodies if find_health_word(body)] == []


def test_what_patients_write_goes_to_no_model_without_an_agreement() -> None:
    agreed = replace(harbor(), privacy=PrivacyPolicy(healthcare=True, model_agreement=True))
    assert not healthcare.may_show_model(clinic())
    assert healthcare.may_show_model(agreed)
    assert healthcare.may_show_model(clinic(on=False))


@pytest.mark.parametrize(
    ("today", "week", "may"), [(0, 0, True), (1, 1, False), (0, 2, True), (0, 3, False), (0, 9, False)]
)
def test_a_patient_is_reminded_once_a_day_and_three_times_a_week(today: int, week: int, may: bool) -> None:
    assert healthcare.may_remind(clinic(), today, week) is may
    assert healthcare.may_remind(clinic(on=False), today, week)


def test_staff_can_tell_callers_apart_by_the_last_two_digits_alone() -> None:
    assert healthcare.caller_outside(clinic(), "(312) 555-0142") == "…42"
    assert healthcare.caller_outside(clinic(on=False), "(312) 555-0142") == "(312) 555-0142"
