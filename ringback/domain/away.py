"""Being away: "busy until 3" by one tap or a text, until when, and what is said of it."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ringback.domain.business import Business, Staff
from ringback.domain.hours import describe_opening, describe_time

_LONGEST = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Away:
    """A person, or the whole business, is away until an instant (UTC)."""

    until_at: datetime
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class Back:
    """They are there again."""

    everyone: bool = False


@dataclass(frozen=True, slots=True)
class NoTime:
    """Somebody is away and did not say until when."""


Said = Away | Back | NoTime


def is_away(business: Business, person: Staff, now: datetime) -> bool:
    """Return whether a person is not to be rung or given anything now: by their own word, or the business's."""
    return any(until is not None and now < until for until in (business.away_until, person.away_until))


def away_until(business: Business, person: Staff, now: datetime) -> datetime | None:
    """Return when a person who is away is back; None where they are there."""
    ends = [until for until in (business.away_until, person.away_until) if until is not None and now < until]
    return max(ends, default=None)


def say_until(until: datetime, now: datetime, zone: str, language: str) -> str:
    """Return an instant as {until} wants it: "3 PM" today, "tomorrow at 9 AM" after that."""
    local, today = until.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return describe_time(local.hour, local.minute, language)
    return describe_opening(until, now, zone, language)


_EVERYONE = (
    r"(?:(?:we(?:'re| are)|everyone(?: is)?|everybody(?: is)?|shop|office|business|all|todos|estamos|negocio)\s+)"
)
_BUSY = re.compile(
    rf"^(?P<all>{_EVERYONE})?(?:i'?m\s+|i am\s+|estoy\s+)?(?:busy|away|ocupad[oa]s?|fuera)\b[\s,:]*(?P<rest>.*)$"
)
_BACK = re.compile(rf"^(?P<all>{_EVERYONE})?(?:i'?m\s+|i am\s+|estoy\s+)?(?:back|de vuelta|ya (?:estoy|estamos))$")
_UNTIL = re.compile(
    r"^(?:until|till?|'til|to|hasta)\s+(?:(?P<near>tomorrow|manana|mañana)\s*(?:at|a)?\s*)?(?:las?\s+)?"
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s*(?P<half>am|pm|a\.m\.|p\.m\.)?\s*(?P<late>tomorrow|manana|mañana)?$"
)
_NOON = re.compile(r"^(?:until|till?|'til|hasta)\s+(?:el\s+)?(?P<word>noon|mediodia|mediodía)$")
_FOR = re.compile(
    r"^(?:for\s+|por\s+)?(?:(?P<hours>\d{1,2}(?:[.,]5)?)\s*(?:h|hr|hrs|hours?|horas?))?\s*"
    r"(?:(?P<minutes>\d{1,3})\s*(?:m|min|mins|minutes?|minutos?))?$"
)


def read_away(body: str, now: datetime, zone: str) -> Said | None:
    """Return what a staff member's text says of being away ("busy until 3", "busy 2h", "back"), or None.

    An hour without am or pm is the next one to come by the local clock.
    """
    text = " ".join(body.replace("’", "'").casefold().strip(" \t\n.!").split())
    if back := _BACK.match(text):
        return Back(everyone=back["all"] is not None)
    busy = _BUSY.match(text)
    if busy is None:
        return None
    everyone, rest = busy["all"] is not None, busy["rest"].strip()
    if not rest:
        return NoTime()
    until = _read_until(rest, now, zone) or _read_span(rest, now)
    # "Busy with another caller" answers an alert, and is no time.
    return None if until is None else Away(until, everyone)


def _read_span(rest: str, now: datetime) -> datetime | None:
    found = _FOR.match(rest)
    if found is None or not (found["hours"] or found["minutes"]):
        return None
    hours = float((found["hours"] or "0").replace(",", "."))
    return now + timedelta(hours=hours, minutes=int(found["minutes"] or 0))


def _read_until(rest: str, now: datetime, zone: str) -> datetime | None:
    local = now.astimezone(ZoneInfo(zone))
    if _NOON.match(rest):
        return _next(local, 12, 0, is_exact=True)
    found = _UNTIL.match(rest)
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "")[:1]
    if hour > 23 or minute > 59 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if found["near"] or found["late"]:
        return at_local(local.date() + timedelta(days=1), hour, minute, zone)
    return _next(local, hour, minute, is_exact=bool(half) or hour > 12 or hour == 0)


def _next(local: datetime, hour: int, minute: int, *, is_exact: bool) -> datetime:
    """Return the next moment whose clock shows this time; "3" may be either of the day's two."""
    hours = [hour] if is_exact else [hour % 12, hour % 12 + 12]
    days = [local.date(), local.date() + timedelta(days=1)]
    zone = str(local.tzinfo)
    return min(at for on in days for one in hours if (at := at_local(on, one, minute, zone)) > local)


def at_local(on: date, hour: int, minute: int, zone: str) -> datetime:
    """Return the instant (UTC) of a local time of day."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def is_reasonable(until: datetime, now: datetime) -> bool:
    """Return whether somebody may be away until then: not in the past, and not for more than two weeks."""
    return now < until <= now + _LONGEST


def said_text(said: Said, now: datetime, zone: str, language: str) -> str:
    """Return what a staff member hears after a text about being away."""
    spanish = language == "es"
    match said:
        case Back():
            return "Listo: vuelve a recibir llamadas." if spanish else "Welcome back: calls reach you again."
        case NoTime():
            return "Hasta cuando? Ejemplo: OCUPADO HASTA LAS 3" if spanish else "Until when? Like: BUSY UNTIL 3"
        case Away(until_at, everyone):
            at = say_until(until_at, now, zone, language)
            if spanish:
                return f"Listo, {'todos fuera' if everyone else 'ocupado'} hasta {at}. Escriba DE VUELTA para terminar."
            return f"OK, {'everyone is' if everyone else 'you are'} away until {at}. Text BACK to end it."
