"""The rules of who answers: first match, roster, due times, and the rungs of the ladder."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from ringback.domain.away import Away, Back, NoTime, read_away
from ringback.domain.business import Business, Duty, OutsideHours, RoutingPolicy, RoutingRule, Staff
from ringback.domain.hours import DayState, parse_hours
from ringback.domain.relaying import Ask, Pick, Send, Speak, Standing, Word, read_staff_text
from ringback.domain.routing import (
    Sleep,
    Tell,
    Waiting,
    choose_owner,
    climb,
    on_call,
    reply_due_at,
    rungs_of,
)
from tests.cast import NOON, harbor

TESS = Staff(UUID(int=24), "Tess")
SAM, OLGA = harbor().staff
CARLAS, DORAS = UUID(int=41), UUID(int=42)


def ruled(*rules: RoutingRule, **policy: object) -> Business:
    return replace(harbor(), staff=(SAM, OLGA, TESS), routing=RoutingPolicy(rules=rules, **policy))  # type: ignore[arg-type]


def owner_of(business: Business, waiting: Waiting, now: datetime = NOON) -> str | None:
    person = choose_owner(business, waiting, now).staff
    return person.name if person else None


GAS = RoutingRule(("Tess",), keywords=("gas leak",))
CROWNS = RoutingRule(("Olga",), services=("Crown",), lines=("Main",))
NIGHTS = RoutingRule(("Sam",), days=(DayState.CLOSED,))


@pytest.mark.parametrize(
    ("waiting", "name"),
    [
        (Waiting("Main", ("There is a GAS  leak!",)), "Tess"),
        (Waiting("Main", ("the gasket leaks",)), None),
        (Waiting("Main", ("gas", "leak")), None),
        (Waiting("Main", service="Crown"), "Olga"),
        (Waiting("Google Ads", service="Crown"), None),
        (Waiting("Main", ("gas leak",), "Crown"), "Tess"),
        (Waiting("Main", (), "Crown", SAM.staff_id), "Sam"),
        (Waiting("Main", (), None, UUID(int=99)), None),
    ],
)
def test_the_first_rule_that_fits_counts_and_whoever_has_it_keeps_it(waiting: Waiting, name: str | None) -> None:
    assert owner_of(ruled(GAS, CROWNS, NIGHTS), waiting) == name


def test_every_rule_that_was_passed_over_is_explained() -> None:
    closed = replace(ruled(CROWNS, NIGHTS, GAS), staff=(SAM, OLGA, replace(TESS, away_until=NOON + timedelta(hours=1))))
    why = choose_owner(closed, Waiting("Google Ads", ("gas leak",)), NOON).why
    assert [str(one) for one in why] == [
        "Rule 1 is for other lines.",
        "Rule 2 is for other hours.",
        "Rule 3 fits, but nobody it names is there.",
        "No rule gives it to one person, so everyone may answer.",
    ]


def test_with_the_whole_business_away_nobody_is_given_anything() -> None:
    assert owner_of(replace(ruled(GAS), away_until=NOON + timedelta(minutes=1)), Waiting("Main", ("gas leak",))) is None


@pytest.mark.parametrize(
    ("duty", "on", "is_on"),
    [
        (Duty("Sam"), "2026-11-18", True),
        (Duty("Sam", days=("wed",)), "2026-11-18", True),
        (Duty("Sam", days=("thu",)), "2026-11-18", False),
        (Duty("Sam", first_on=date(2026, 11, 19)), "2026-11-18", False),
        (Duty("Sam", last_on=date(2026, 11, 17)), "2026-11-18", False),
        (Duty("Sam", first_on=date(2026, 11, 18), every_weeks=2), "2026-11-22", True),
        (Duty("Sam", first_on=date(2026, 11, 18), every_weeks=2), "2026-11-23", False),
        (Duty("Sam", first_on=date(2026, 11, 18), every_weeks=2), "2026-11-30", True),
        (Duty("Sam", first_on=date(2026, 11, 18), every_weeks=3), "2026-12-07", True),
    ],
)
def test_the_roster_knows_days_and_weeks(duty: Duty, on: str, is_on: bool) -> None:
    business = ruled(roster=(duty, Duty("Olga")))
    names = [person.name for person in on_call(business, datetime.fromisoformat(f"{on}T16:00+00:00"))]
    assert names == (["Sam", "Olga"] if is_on else ["Olga"])


def test_the_day_of_the_roster_is_that_of_the_business() -> None:
    business = ruled(roster=(Duty("Sam", days=("wed",)),))
    assert on_call(business, datetime(2026, 11, 19, 5, 59, tzinfo=UTC)) == (SAM,)
    assert on_call(business, datetime(2026, 11, 19, 6, 1, tzinfo=UTC)) == ()


def test_whoever_is_on_call_comes_before_who_is_named() -> None:
    rule = RoutingRule(("Olga",), on_call=True)
    assert owner_of(ruled(rule, roster=(Duty("Tess"),)), Waiting("Main")) == "Tess"
    assert owner_of(ruled(rule), Waiting("Main")) == "Olga"


WEEK = parse_hours({day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")})


@pytest.mark.parametrize(
    ("needed", "due"),
    [
        ("2026-11-18T16:00", "2026-11-18T16:05"),
        ("2026-11-18T22:58", "2026-11-18T23:03"),
        ("2026-11-18T23:00", "2026-11-19T14:05"),
        ("2026-11-20T23:30", "2026-11-23T14:05"),
    ],
)
def test_a_reply_is_due_in_the_opening_hours(needed: str, due: str) -> None:
    business = replace(ruled(), hours=WEEK)
    assert reply_due_at(business, datetime.fromisoformat(f"{needed}Z")) == datetime.fromisoformat(f"{due}Z")


def test_an_owner_may_let_the_clock_always_run() -> None:
    business = replace(ruled(outside_hours=OutsideHours.AT_ONCE, target_minutes=30), hours=WEEK)
    sunday = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    assert reply_due_at(business, sunday) == sunday + timedelta(minutes=30)


def test_a_business_that_never_opens_has_due_times_all_the_same() -> None:
    assert reply_due_at(replace(ruled(), hours=parse_hours({})), NOON) == NOON + timedelta(minutes=5)


def test_the_ladder_is_owner_backup_everyone_without_those_who_are_away() -> None:
    business = ruled(backup="Olga")
    assert rungs_of(business, SAM.staff_id, NOON) == ((SAM,), (OLGA,), (SAM, OLGA, TESS))
    assert rungs_of(business, OLGA.staff_id, NOON) == ((OLGA,), (), (SAM, OLGA, TESS))
    assert rungs_of(business, None, NOON) == ((), (OLGA,), (SAM, OLGA, TESS))
    gone = replace(SAM, away_until=NOON + timedelta(hours=1))
    assert rungs_of(replace(business, staff=(gone, OLGA, TESS)), SAM.staff_id, NOON) == ((), (OLGA,), (OLGA, TESS))
    everyone_gone = replace(business, away_until=NOON + timedelta(hours=1))
    assert rungs_of(everyone_gone, SAM.staff_id, NOON) == ((), (), business.staff)


RUNGS = ((SAM,), (OLGA,), (SAM, OLGA, TESS))
AGAIN, MORNING, NINE = NOON + timedelta(minutes=5), NOON + timedelta(hours=8), NOON + timedelta(hours=9)


@pytest.mark.parametrize(
    ("step", "quiet", "decided"),
    [
        (0, {}, Tell((SAM,), 0, 1, AGAIN)),
        (1, {}, Tell((OLGA,), 1, 2, AGAIN)),
        (2, {}, Tell((SAM, OLGA, TESS), 2, 3, None)),
        (3, {}, None),
        (0, {SAM.staff_id: MORNING}, Tell((OLGA,), 1, 2, AGAIN)),
        (0, {SAM.staff_id: MORNING, OLGA.staff_id: NINE}, Tell((TESS,), 2, 3, None)),
        (0, {SAM.staff_id: NINE, OLGA.staff_id: MORNING, TESS.staff_id: NINE}, Sleep(MORNING)),
    ],
)
def test_the_ladder_goes_past_who_wants_quiet(step: int, quiet: dict[UUID, datetime], decided: object) -> None:
    assert climb(RUNGS, step, quiet, AGAIN) == decided


ONE, TWO = Standing([CARLAS]), Standing([CARLAS, DORAS], [CARLAS, DORAS], 1)


@pytest.mark.parametrize(
    ("body", "standing", "meaning"),
    [
        ("Yes, at five", ONE, Send(CARLAS, "Yes, at five")),
        ("1", ONE, Send(CARLAS, "1")),
        ("  ", ONE, None),
        ("Yes", Standing([]), None),
        ("I have it.", ONE, Speak(Word.TAKE, (CARLAS,))),
        ("can’t", ONE, Speak(Word.CANNOT, (CARLAS,))),
        ("lo tengo", ONE, Speak(Word.TAKE, (CARLAS,))),
        ("no puedo", TWO, Speak(Word.CANNOT, (CARLAS, DORAS))),
        ("No, we are closed", ONE, Send(CARLAS, "No, we are closed")),
        ("Yes", Standing([CARLAS, DORAS]), Ask("Yes", anew=True)),
        ("And ring the bell", TWO, Ask("And ring the bell", anew=False)),
        ("2", TWO, Pick(DORAS)),
        ("2.", TWO, Pick(DORAS)),
        ("3", TWO, Ask("3", anew=False)),
        ("1 see you at 5", TWO, Send(CARLAS, "see you at 5")),
        ("2: see you", TWO, Send(DORAS, "see you")),
        ("2 pm works", TWO, Ask("2 pm works", anew=False)),
        ("2-3 people?", TWO, Ask("2-3 people?", anew=False)),
        ("2 a las 5?", TWO, Send(DORAS, "a las 5?")),
    ],
)
def test_what_a_staff_text_means(body: str, standing: Standing, meaning: object) -> None:
    assert read_staff_text(body, standing) == meaning


def chicago(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}-06:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("busy until 3", Away(chicago("2026-11-18T15:00"))),
        ("Busy til 3:30pm!", Away(chicago("2026-11-18T15:30"))),
        ("busy until 9", Away(chicago("2026-11-18T21:00"))),
        ("busy until 9am", Away(chicago("2026-11-19T09:00"))),
        ("busy until tomorrow 9", Away(chicago("2026-11-19T09:00"))),
        ("busy until noon", Away(chicago("2026-11-18T12:00"))),
        ("busy 2h", Away(NOON + timedelta(hours=2))),
        ("I'm busy for 90 min", Away(NOON + timedelta(minutes=90))),
        ("we're away until 5", Away(chicago("2026-11-18T17:00"), everyone=True)),
        ("ocupado hasta las 3", Away(chicago("2026-11-18T15:00"))),
        ("Ocupada 2 horas", Away(NOON + timedelta(hours=2))),
        ("back", Back()),
        ("de vuelta", Back()),
        ("busy", NoTime()),
        ("busy until 25", None),
        ("busy with a patient", None),
        ("Are you busy until 3?", None),
        ("back in 5", None),
    ],
)
def test_what_a_text_says_of_being_away(body: str, said: object) -> None:
    assert read_away(body, NOON, "America/Chicago") == said
