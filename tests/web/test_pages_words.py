"""How pages tell times and what became of a text."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from jinja2 import Environment

from ringback.domain.calls import Outcome
from ringback.domain.messages import Delivery, MessageState
from ringback.web.consent.telling import tell
from ringback.web.pages.local import local_number, locale_of, say_clock, say_day, say_money
from ringback.web.pages.telling import OUTCOMES, Fate, tell_call, tell_message
from ringback.web.pages.times import AgeKind, describe_age
from ringback.web.words import in_language
from tests.cast import NOON, harbor

CHICAGO = "America/Chicago"


@pytest.mark.parametrize(
    ("ago", "kind", "count"),
    [
        (timedelta(seconds=59), AgeKind.NOW, 0),
        (timedelta(seconds=60), AgeKind.MINUTES, 1),
        (timedelta(minutes=59, seconds=59), AgeKind.MINUTES, 59),
        (timedelta(hours=1), AgeKind.HOURS, 1),
        (timedelta(hours=23, minutes=59), AgeKind.HOURS, 23),
        (timedelta(hours=24), AgeKind.WEEKDAY, 1),
        (timedelta(days=6), AgeKind.WEEKDAY, 6),
        (timedelta(days=7), AgeKind.DATE, 7),
        (timedelta(days=400), AgeKind.DATE, 400),
        (timedelta(minutes=-5), AgeKind.MINUTES, 5),
    ],
)
def test_times_are_relative_up_to_a_day_then_a_weekday_then_a_date(ago: timedelta, kind: AgeKind, count: int) -> None:
    age = describe_age(NOON - ago, NOON, CHICAGO)

    assert (age.kind, age.count, age.is_ahead) == (kind, count, ago < timedelta(0))


def test_days_are_counted_in_the_zone_of_the_business() -> None:
    # 23:30 on Wednesday in Chicago is Thursday in UTC; a Wednesday of the next week would be said the same way.
    now = datetime.fromisoformat("2026-11-26T05:30:00+00:00")

    age = describe_age(now - timedelta(days=7), now, CHICAGO)

    assert (age.kind, age.local.weekday(), age.local.hour) == (AgeKind.DATE, 2, 23)


def message(state: str, **changes: Any) -> dict[str, Any]:
    """Return what the store says of a reply."""
    return {"state": state, "delivery": None, "error_kind": None, "purpose": "reply", **changes}


@pytest.mark.parametrize(
    ("row", "fate", "why"),
    [
        (message("received"), Fate.RECEIVED, None),
        (message("intended"), Fate.DUE, None),
        (message("sending"), Fate.SENDING, None),
        (message("uncertain"), Fate.UNCERTAIN, None),
        (message("accepted"), Fate.SENT, None),
        (message("accepted", delivery="queued"), Fate.SENT, None),
        (message("accepted", delivery="delivered"), Fate.DELIVERED, None),
        (message("accepted", delivery="read"), Fate.READ, None),
        (message("accepted", delivery="failed", error_kind="landline"), Fate.UNDELIVERED, "landline"),
        (message("accepted", delivery="undelivered"), Fate.UNDELIVERED, "did not say why"),
        (message("rejected", error_kind="credentials"), Fate.REFUSED, "credentials"),
        (message("rejected", error_kind="of a later release"), Fate.REFUSED, "did not say why"),
        (message("dropped", error_kind="stale"), Fate.DROPPED, "could not be sent in time"),
        (message("dropped", error_kind="expired"), Fate.DROPPED, "could not be delivered in time"),
    ],
)
def test_each_state_of_a_text_is_one_fate_with_its_reason(row: dict[str, Any], fate: Fate, why: str | None) -> None:
    told = tell_message(row)

    assert told.fate is fate
    assert (told.why is None) if why is None else (why in (told.why or ""))


@pytest.mark.parametrize("state", MessageState)
@pytest.mark.parametrize("delivery", [None, *Delivery])
def test_only_a_refused_reply_may_be_tried_again(state: MessageState, delivery: Delivery | None) -> None:
    told = tell_message(message(state, delivery=delivery))

    assert told.may_retry is (state is MessageState.REJECTED)
    assert not tell_message(message(state, purpose="text_back")).may_retry


def test_every_end_of_a_call_has_its_words_in_the_consent_record_too() -> None:
    assert set(OUTCOMES) == set(Outcome)
    assert tell({"kind": "called", "words": "answered_by_staff", "source": "call"}).more == "Answered"


def test_the_seconds_from_the_calls_end_to_its_text_are_counted() -> None:
    call = {
        "decision": "send", "reason": None, "message_state": "accepted", "delivery": "sent", "error_kind": None,
        "over_at": NOON, "texted_at": NOON + timedelta(seconds=4.4),
    }  # fmt: skip

    assert (tell_call(call).fate, tell_call(call).seconds) == (Fate.SENT, 4)
    assert tell_call({**call, "texted_at": None}).seconds is None
    assert tell_call({**call, "decision": None}).fate is Fate.UNDECIDED


@pytest.mark.parametrize(
    ("language", "country", "told"),
    [
        ("en", "US", ("Fri, Nov 20, 2026", "3:05 PM", "$1,234.50", "$129", "12,345")),
        ("en", "GB", ("Fri, 20 Nov 2026", "15:05", "£1,234.50", "£129", "12,345")),
        ("es", "ES", ("vie, 20 nov 2026", "15:05", "1.234,50\xa0€", "129\xa0€", "12.345")),
        ("es", "MX", ("vie, 20 de nov de 2026", "3:05 p.m.", "$1,234.50", "$129", "12,345")),
    ],
)
def test_days_hours_money_and_counts_are_written_as_the_reader_and_the_country_write_them(
    language: str, country: str, told: tuple[str, ...]
) -> None:
    locale = locale_of(language, country)
    context = Environment(autoescape=True).from_string("").new_context({"business": replace(harbor(), country=country)})

    with in_language(language):
        count = local_number(context, 12345)

    day = say_day(date(2026, 11, 20), locale, with_year=True)
    clock = say_clock(datetime.fromisoformat("2026-11-20T15:05:00+00:00"), locale)
    assert (day, clock, say_money(123450, locale, country), say_money(12900, locale, country), count) == told
