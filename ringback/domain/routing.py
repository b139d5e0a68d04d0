"""Who answers a thread, until when, and who is told next while nobody does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from ringback.domain.away import is_away
from ringback.domain.business import Business, Duty, OutsideHours, RoutingRule, Staff
from ringback.domain.hours import DayState, next_opening, state_at
from ringback.domain.phrases import Phrase, phrase

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is known of a thread that needs a person. `line` is a label; `owner_id` who has answered it before."""

    line: str
    texts: tuple[str, ...] = ()
    service: str | None = None
    owner_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """Who gets a thread (None: everyone may answer), and a sentence for each step of the way there."""

    staff: Staff | None
    why: tuple[Phrase, ...]


def choose_owner(business: Business, waiting: Waiting, now: datetime) -> Owner:
    """Return who is to answer: whose thread it is already, else the first who is in of the first rule that fits."""
    passed: list[Phrase] = []
    for person in business.staff:
        if person.staff_id == waiting.owner_id:
            if not is_away(business, person, now):
                return Owner(person, (phrase("%(name)s has this conversation already.", name=person.name),))
            passed.append(phrase("%(name)s has this conversation, but is away.", name=person.name))
    for number, rule in enumerate(business.routing.rules, 1):
        unfit = _why_not(business, rule, waiting, now)
        if unfit is not None:
            passed.append(unfit(number))
            continue
        first = next((one for one in _people_of(business, rule, now) if not is_away(business, one, now)), None)
        if first is not None:
            fits = phrase("Rule %(number)s fits: %(name)s answers.", number=number, name=first.name)
            return Owner(first, (*passed, fits))
        passed.append(phrase("Rule %(number)s fits, but nobody it names is there.", number=number))
    return Owner(None, (*passed, phrase("No rule gives it to one person, so everyone may answer.")))


def _people_of(business: Business, rule: RoutingRule, now: datetime) -> list[Staff]:
    named = {person.name: person for person in business.staff}
    duty = on_call(business, now) if rule.on_call else ()
    return [*duty, *(named[name] for name in rule.staff if name in named)]


def on_call(business: Business, now: datetime) -> tuple[Staff, ...]:
    """Return who the roster has on call on this local day, in its order."""
    today = now.astimezone(ZoneInfo(business.zone)).date()
    named = {person.name: person for person in business.staff}
    names = dict.fromkeys(duty.staff for duty in business.routing.roster if _covers(duty, today))
    return tuple(named[name] for name in names if name in named)


def _covers(duty: Duty, on: date) -> bool:
    if (duty.first_on and on < duty.first_on) or (duty.last_on and on > duty.last_on):
        return False
    if duty.days and _WEEKDAYS[on.weekday()] not in duty.days:
        return False
    if duty.first_on is None:
        return True
    weeks = (_monday(on) - _monday(duty.first_on)).days // 7
    return weeks % duty.every_weeks == 0


def _monday(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _why_not(business: Business, rule: RoutingRule, waiting: Waiting, now: datetime) -> Callable[[int], Phrase] | None:
    """Return what keeps a rule from fitting, to be said with its number; None where it fits."""
    if rule.lines and waiting.line not in rule.lines:
        return lambda number: phrase("Rule %(number)s is for other lines.", number=number)
    if rule.days and state_at(business.hours, business.zone, now) not in rule.days:
        return lambda number: phrase("Rule %(number)s is for other hours.", number=number)
    if rule.services and waiting.service not in rule.services:
        return lambda number: phrase("Rule %(number)s is for other services.", number=number)
    if rule.keywords and not _has_keyword(rule.keywords, waiting.texts):
        return lambda number: phrase("Rule %(number)s is for words that they did not write.", number=number)
    return None


def _has_keyword(keywords: Sequence[str], texts: Sequence[str]) -> bool:
    """Whole words only: "gas" is not in "gasket"."""
    spoken = " ".join(f" {_plain(text)} " for text in texts)
    return any(f" {_plain(keyword)} " in spoken for keyword in keywords)


def _plain(text: str) -> str:
    return " ".join("".join(mark if mark.isalnum() else " " for mark in text.casefold()).split())


def reply_due_at(business: Business, needed_at: datetime) -> datetime:
    """Return until when a reply that came to be needed at an instant keeps the owner's target."""
    return clock_starts_at(business, needed_at) + timedelta(minutes=business.routing.target_minutes)


def clock_starts_at(business: Business, at: datetime) -> datetime:
    """Return from when on a wait counts: at once, or from the next opening where the business was closed."""
    if business.routing.outside_hours is OutsideHours.AT_ONCE:
        return at
    if state_at(business.hours, business.zone, at) is DayState.OPEN:
        return at
    # Closed for good, as far as we can see: then no opening can be waited for.
    return next_opening(business.hours, business.zone, at) or at


def rungs_of(business: Business, owner_id: UUID | None, now: datetime) -> tuple[tuple[Staff, ...], ...]:
    """Return the ladder: the owner, the backup, everyone. Whoever is away stands on no rung."""
    here = [person for person in business.staff if not is_away(business, person, now)]
    owner = tuple(person for person in here if person.staff_id == owner_id)
    backup = tuple(person for person in here if person.name == business.routing.backup and person not in owner)
    # With everybody away somebody must hear of it all the same.
    return (owner, backup, tuple(here) or business.staff)


@dataclass(frozen=True, slots=True)
class Tell:
    """These people are told now. `step` is the next rung, looked at from `next_at` on (None: that was the last)."""

    people: tuple[Staff, ...]
    rung: int
    step: int
    next_at: datetime | None


@dataclass(frozen=True, slots=True)
class Sleep:
    """Everyone who could be told wants quiet: the same rung is looked at again then."""

    until: datetime


Climb = Tell | Sleep | None


def climb(rungs: Sequence[Sequence[Staff]], step: int, quiet: Mapping[UUID, datetime], again_at: datetime) -> Climb:
    """Return what the ladder does at a step; None at its top.

    `quiet` says for each person who wants quiet now when that ends: the ladder goes past them. `again_at`: when the
    rung after this one is due.
    """
    for rung in range(step, len(rungs)):
        awake = tuple(person for person in rungs[rung] if person.staff_id not in quiet)
        if awake:
            is_last = not any(rungs[rung + 1 :])
            return Tell(awake, rung, rung + 1, None if is_last else again_at)
    ends = [quiet[person.staff_id] for rung in rungs[step:] for person in rung]
    return Sleep(min(ends)) if ends else None
