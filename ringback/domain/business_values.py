"""What a single value of a business file may be: each check returns the value as it is kept, or says what is wrong."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

import phonenumbers

from ringback.domain.hours import HoursUnreadable, Span, minute_of, parse_hours
from ringback.domain.phones import normalise_phone
from ringback.domain.phrases import phrase
from ringback.domain.trades import TONES, TRADES

# A region no number belongs to, so that only numbers written with + and their country code are understood.
_NO_REGION = "ZZ"
_MINUTES_A_DAY = 24 * 60


def suggest(word: str, known: Iterable[str]) -> str:
    """Return ` (did you mean "…"?)` for the known word that is nearest to a mistyped one, or nothing."""
    by_case = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), by_case, n=1, cutoff=0.65)
    return phrase(' (did you mean "%(known)s"?)', known=by_case[near[0]]) if near else ""


def check_text(text: str) -> str:
    """Return text that a page can show and a phone can get; line breaks may stay."""
    # PostgreSQL refuses NUL, and a stray control character costs a segment or garbles a phone's display.
    odd = [mark for mark in text if unicodedata.category(mark) in ("Cc", "Cs") and mark != "\n"]
    if odd:
        raise ValueError(phrase("has a character that cannot be shown (code %(code)s); take it out", code=ord(odd[0])))
    return text


def check_one_line(text: str) -> str:
    """Return text without line breaks."""
    if "\n" in text:
        raise ValueError(phrase("must be on one line"))
    return text


def check_phone(text: str) -> str:
    """Return a number as E.164, however it was spaced."""
    number = normalise_phone(text, _NO_REGION)
    if number is None:
        raise ValueError(phrase("%(text)s is not a phone number; write it like +13125550101", text=text))
    return number


def check_rate(texts_per_second: float) -> float:
    """Return how many texts a second, to three places; 0 means no limit, so nothing may round to it."""
    if 0 < texts_per_second < 0.01:
        raise ValueError(phrase("must be 0 (no limit) or at least 0.01"))
    return round(texts_per_second, 3)


def check_zone(text: str) -> str:
    """Return the name of a known time zone."""
    known = _zones()
    if text not in known:
        near = suggest(text, known)
        raise ValueError(
            phrase('"%(text)s" is not a time zone; write it like America/Chicago%(near)s', text=text, near=near)
        )
    return text


@cache
def _zones() -> frozenset[str]:
    # The list is gathered from files, some 40 ms each time.
    return frozenset(available_timezones())


def check_country(text: str) -> str:
    """Return an ISO 3166 alpha-2 code in capitals."""
    if text.upper() not in phonenumbers.SUPPORTED_REGIONS:
        raise ValueError(phrase('"%(text)s" is not a country; write its two letters, like US or MX', text=text))
    return text.upper()


def check_trade(text: str) -> str:
    """Return the key of a trade that has built-in wordings."""
    return _check_known(text, TRADES)


def check_tone(text: str) -> str:
    """Return the key of a tone that the built-in wordings come in."""
    return _check_known(text, TONES)


def _check_known(text: str, known: Iterable[str]) -> str:
    names = sorted(known)
    if text not in names:
        values = {"text": text, "known": ", ".join(names), "near": suggest(text, names)}
        raise ValueError(phrase('"%(text)s" is not known; use one of %(known)s%(near)s', **values))
    return text


def check_clock_time(text: str) -> str:
    """Return a time of day from 00:00 to 23:59."""
    # Hours for texts are compared within one day, so 24:00, which opening hours allow, is none of theirs.
    try:
        is_within_a_day = minute_of(text) < _MINUTES_A_DAY
    except ValueError:
        is_within_a_day = False
    if not is_within_a_day:
        raise ValueError(phrase('"%(text)s" is not a time of day; write it like "08:30"', text=text))
    return text


def check_grid(minutes: int) -> int:
    """Return a grid, in minutes from midnight, that gives every day the same starts."""
    if _MINUTES_A_DAY % minutes:
        raise ValueError(phrase("must divide a day evenly; use 5, 10, 15, 20, 30 or 60"))
    return minutes


def check_region(text: str) -> str:
    """Return a country, or a country and its region, whose public holidays are kept: "US", "US-IL", "ES-MD"."""
    country, hyphen, region = text.upper().partition("-")
    if country not in phonenumbers.SUPPORTED_REGIONS or bool(hyphen) != bool(region):
        raise ValueError(_no_region(text, ""))
    regions = _holiday_regions().get(country)
    if regions is None:
        raise ValueError(phrase('no public holidays are known for "%(text)s"; list them as [[holidays]]', text=text))
    if region and region not in regions:
        raise ValueError(_no_region(text, suggest(text, [f"{country}-{one}" for one in regions])))
    return text.upper()


def _no_region(text: str, near: str) -> str:
    return phrase(
        '"%(text)s" is not a country or region; write it like US, US-IL or ES-MD%(near)s', text=text, near=near
    )


@cache
def _holiday_regions() -> dict[str, list[str]]:
    # Loading the library takes a large part of a second, and few files name a region.
    from holidays import list_supported_countries  # noqa: PLC0415

    return list_supported_countries()


def check_span_of_day(value: object) -> Span:
    """Return one span within one day ("13:00-15:00"), in which somebody is away."""
    span = check_spans([value])[0]
    if minute_of(span[1]) <= minute_of(span[0]):
        raise ValueError(phrase('"%(span)s" runs past midnight; write an entry for each day', span=value))
    return span


def check_spans(value: object) -> tuple[Span, ...]:
    """Return the spans of one day in order; all that opening hours refuse is refused in their own words."""
    try:
        return parse_hours({"mon": value}).weekly[0]
    except HoursUnreadable as error:
        # Any weekday can carry the spans here; the place in the file already says which day it is.
        raise ValueError(error.sentence) from error


def read_date(value: object) -> object:
    """Return the date that a text like 2026-12-25 stands for; anything else is left for the model to judge."""
    # TOML has dates of its own; JSON, and people who put quotes around them, have text.
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ValueError(phrase('"%(text)s" is not a date; write it like 2026-12-25', text=value)) from error
