"""What a caller gets when a call comes in: staff phones ring, or words, or a refusal."""

from dataclasses import dataclass
from datetime import datetime

from ringback.domain.away import away_until, is_away
from ringback.domain.brakes import may_ring_staff
from ringback.domain.business import Business, Line, Mode, RingOrder, Staff
from ringback.domain.calls import Plan
from ringback.domain.hours import DayState, state_at


@dataclass(frozen=True, slots=True)
class Answer:
    """The plan for one call. `phones` ring (E.164) when the plan is RING; `day` is a fact of the call, kept with it."""

    plan: Plan
    day: DayState
    phones: tuple[str, ...] = ()


# Said by the machine that answers a leg, accepts a key and hangs up: what a ring can last beyond its seconds.
_WHISPER_SECONDS = 15
_GRACE_SECONDS = 30


def plan_call(business: Business, line: Line, caller: str | None, forwarded_from: str | None, now: datetime) -> Answer:
    """Return how to answer a call from `caller` (E.164, None if withheld) that a carrier may have forwarded.

    A leg that a staff phone forwards back to us, or a call from one of our own lines, is refused: ringing staff
    for it would ring for ever.
    """
    day = state_at(business.hours, business.zone, now)
    if line.mode is not Mode.FRONT:
        return Answer(Plan.OVERFLOW, day)
    if caller in own_numbers(business) or forwarded_from in staff_phones(business):
        return Answer(Plan.LOOP, day)
    # Ringing a technician at night for every wrong number is why owners turn such products off.
    if day is not DayState.OPEN:
        return Answer(Plan.CLOSED, day)
    phones = _ringing(business, line, caller, now)
    return Answer(Plan.RING if phones else Plan.OVERFLOW, day, phones)


def _ringing(business: Business, line: Line, caller: str | None, now: datetime) -> tuple[str, ...]:
    """Twilio rings at most 10 phones at once. Someone of the staff who calls is not rung themselves."""
    people = [person for person in who_rings(business, line) if not is_away(business, person, now)]
    phones = (person.phone for person in people if person.phone and person.phone != caller)
    return tuple(phone for phone in phones if may_ring_staff(phone, business.country))[:10]


def who_rings(business: Business, line: Line) -> tuple[Staff, ...]:
    """Return whose phones a line rings while they are there."""
    people = (person for person in business.staff if person.phone and person.takes_calls)
    return tuple(person for person in people if not line.ring.staff or person.name in line.ring.staff)


def back_at(business: Business, line: Line, now: datetime) -> datetime | None:
    """Return when somebody whom this line rings is back, while all of them are away; None while one is there."""
    backs = [away_until(business, person, now) for person in who_rings(business, line)]
    if not backs or None in backs:
        return business.away_until if business.away_until is not None and now < business.away_until else None
    return min(back for back in backs if back is not None)


def own_numbers(business: Business) -> frozenset[str]:
    """Return the business's lines and the old numbers that forward to them."""
    forwarding = {line.forwarding_number for line in business.lines if line.forwarding_number}
    return frozenset({line.number for line in business.lines} | forwarding)


def staff_phones(business: Business) -> frozenset[str]:
    """Return the phones of everyone on the staff."""
    return frozenset(person.phone for person in business.staff if person.phone)


def longest_ring_seconds(line: Line, phones: int) -> float:
    """Return how long the phone company can take to say how the ringing ended; then our own timer asks."""
    # Twilio may ring 5 s longer than asked.
    one = line.ring.seconds + 5 + (_WHISPER_SECONDS if line.ring.whisper else 0)
    turns = phones if line.ring.order is RingOrder.IN_TURN else 1
    return float(one * max(turns, 1) + _GRACE_SECONDS)


def spoken_missed(business: Business, language: str) -> str:
    """Return what a caller hears after nobody took the call. No promise: whether we text is not decided yet."""
    if language == "es":
        return f"Gracias por llamar a {business.name}. En este momento nadie puede atenderle. Lo sentimos."
    return f"Thank you for calling {business.name}. Sorry, nobody can come to the phone right now."


def spoken_closed(business: Business, language: str) -> str:
    """Return what a caller hears while the business is closed."""
    if language == "es":
        return f"Gracias por llamar a {business.name}. Ahora estamos cerrados."
    return f"Thank you for calling {business.name}. We are closed right now."


def spoken_whisper(business: Business, line: Line, language: str) -> str:
    """Return what a staff member hears before the caller is put through; a mobile's voicemail never presses 1."""
    if language == "es":
        return f"Llamada para {business.name}, {line.label}. Pulse 1 para contestar."
    return f"Call for {business.name}, {line.label}. Press 1 to take it."
