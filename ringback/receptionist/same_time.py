"""What is no wish although it has a figure or stands for one: ages, sums of money, and "the same time next week"."""

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from ringback.receptionist.understanding.wishes import When, Wish

_PERSON = r"(?:he|she|son|daughter|kid|child|boy|girl|baby|dog|cat|mom|mother|dad|father|husband|wife)"
_NO_HOUR = r"(?!\s*(?:[ap]\.?m\b|:|o.?clock))"
# "My son is 4" is no four o'clock; "¿tiene 4?" may well be one.
_AGE = re.compile(
    rf"\b(?:{_PERSON}(?:\s+is|['\u2019]?s|\s+(?:just\s+)?turn(?:s|ed))|aged?)\s+(?:almost\s+|only\s+)?\d{{1,3}}\b{_NO_HOUR}"
    rf"|\b(?:tiene|cumple)\s+\d{{1,3}}\b(?!\s*(?:[ap]\.?m\b|:|\?))",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[$\u20ac\u00a3]\s?\d|\b(?:expensive|pricey|cheaper|discount|dollars|bucks|lower price|best price|caro|"
    r"descuento|rebaja|mas barato|m\u00e1s barato|dolares|d\u00f3lares)\b",
    re.IGNORECASE,
)
_SUM = re.compile(rf"[$\u20ac\u00a3]?\b\d{{2,5}}(?:\.\d\d)?\b{_NO_HOUR}")
_SAME_TIME = re.compile(r"\bsame (?:time|hour)\b|\bmisma hora\b|\bsame day and time\b", re.IGNORECASE)
_SAME_DAY = re.compile(r"\b(?:same|that) day\b(?! and time)|\b(?:el )?mismo d[i\u00ed]a\b", re.IGNORECASE)
_WEEK = timedelta(days=7)


def without_other_figures(text: str) -> str:
    """Return a text without the figures that name an age or a sum, so that none is read as an hour."""
    text = _AGE.sub(" ", text)
    return _SUM.sub(" ", text) if _MONEY.search(text) else text


def with_same_time(text: str, when: When, spoken_of: datetime | None, zone: ZoneInfo) -> When:
    """Return the wishes of "the same time next week" completed from the time that is spoken of, where there is one."""
    if spoken_of is None:
        return when
    local = spoken_of.astimezone(zone)
    minute, day = local.hour * 60 + local.minute, local.date()
    if _SAME_DAY.search(text):
        wishes: tuple[Wish, ...] = when.wishes or (Wish(),)
        return replace(when, wishes=tuple(replace(wish, first_on=day, last_on=day) for wish in wishes))
    if not _SAME_TIME.search(text):
        return when
    wishes = tuple(_at_same(wish, local, minute) for wish in when.wishes)
    return replace(when, wishes=wishes or (Wish(from_minute=minute, to_minute=minute, exact=True),))


def _at_same(wish: Wish, local: datetime, minute: int) -> Wish:
    if wish.from_minute is not None or wish.to_minute is not None:
        return wish
    same = replace(wish, from_minute=minute, to_minute=minute, exact=True)
    # Of a whole week the same weekday is meant; a day that was named stands.
    later = (local + _WEEK).date()
    spans = wish.first_on is not None and wish.last_on is not None and wish.first_on < wish.last_on
    if spans and wish.first_on <= later <= wish.last_on:  # type: ignore[operator]
        return replace(same, first_on=later, last_on=later, weekdays=frozenset())
    return same
