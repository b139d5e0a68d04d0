"""Days, times of day, counts and money as the reader's language and the business's country write them."""

from datetime import date, datetime
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from babel.numbers import format_currency, format_decimal
from jinja2 import pass_context
from jinja2.runtime import Context as TemplateContext

from ringback.web.words import current_language

_CURRENCIES = {
    "CA": "CAD", "GB": "GBP", "IE": "EUR", "AU": "AUD", "NZ": "NZD", "ES": "EUR", "MX": "MXN", "FR": "EUR", "PT": "EUR",
}  # fmt: skip


@cache
def locale_of(language: str, country: str) -> Locale:
    """Return how a language is written in a country; where nobody has said how, as the language alone."""
    try:
        return Locale.parse(f"{language}_{country}")
    except (UnknownLocaleError, ValueError):
        return Locale(language)


def say_day(on: date, locale: Locale, *, with_year: bool) -> str:
    """Return "Tue, Nov 3" or "mar, 3 nov", with the year where it is wanted."""
    return str(format_skeleton("yMMMEd" if with_year else "MMMEd", on, locale=locale))


def say_clock(local: datetime, locale: Locale) -> str:
    """Return "2:05 PM" or "14:05"."""
    said = format_skeleton("hm" if "a" in locale.time_formats["short"].pattern else "Hm", local, locale=locale)
    # CLDR puts a narrow space before "PM", which nobody can type into a search.
    return str(said).replace("\u202f", " ")


def say_money(cents: int, locale: Locale, country: str) -> str:
    """Return "$1,290" or "1.290,50 €": whole amounts without cents."""
    pattern = locale.currency_formats["standard"].pattern
    # Whole amounts are said whole; CLDR writes every pattern with ".00", whatever the language puts there.
    shown = pattern if cents % 100 else pattern.replace(".00", "")
    currency = _CURRENCIES.get(country, "USD")
    return str(format_currency(cents / 100, currency, shown, locale=locale, currency_digits=False))


def _locale(context: TemplateContext) -> Locale:
    return locale_of(current_language(), context["business"].country)


@pass_context
def local_day(context: TemplateContext, on: date, *, with_year: bool = False) -> str:
    """Return a day with its weekday."""
    return say_day(on, _locale(context), with_year=with_year)


@pass_context
def local_date(context: TemplateContext, on: date, *, with_year: bool = False) -> str:
    """Return a day without its weekday."""
    return str(format_skeleton("yMMMd" if with_year else "MMMd", on, locale=_locale(context)))


@pass_context
def local_weekday(context: TemplateContext, on: date) -> str:
    """Return the short name of the weekday."""
    return str(format_skeleton("E", on, locale=_locale(context)))


@pass_context
def local_clock(context: TemplateContext, local: datetime) -> str:
    """Return the time of day."""
    return say_clock(local, _locale(context))


@pass_context
def local_number(context: TemplateContext, number: int) -> str:
    """Return a count: "1,290" or "1.290"."""
    return str(format_decimal(number, locale=_locale(context)))


@pass_context
def local_money(context: TemplateContext, cents: int) -> str:
    """Return a sum in the business's currency."""
    return say_money(cents, _locale(context), context["business"].country)


FILTERS: dict[str, Any] = {
    "local_day": local_day, "local_date": local_date, "local_weekday": local_weekday, "local_clock": local_clock,
    "money": local_money, "number": local_number,
}  # fmt: skip
