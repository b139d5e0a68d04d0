"""Step 4: when the business works, by the simplest choice that fits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from ringback.domain.business import Business
from ringback.domain.business_file import BusinessFileError
from ringback.domain.hours import dump_hours
from ringback.domain.phrases import Phrase, phrase
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.settings.choices import DAYS
from ringback.web.wizard.steps import after, beside, step_page
from ringback.workflows.first_steps import Edit, save_step

_WORKDAYS = tuple(DAYS)[:5]
_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "weekdays": _WORKDAYS,
    "with_saturday": (*_WORKDAYS, "sat"),
    "daily": tuple(DAYS),
}
_ALWAYS = ["00:00-24:00"]
_UNREADABLE = phrase("Write the times like 08:00-17:00, with a comma before the next: 08:00-12:00, 13:00-17:00.")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the page shows: a pattern with one pair of times, or each day in the owner's own words."""

    pattern: str
    opens: str
    closes: str
    own: Mapping[str, str]


async def show_hours(visit: Visit) -> Response:
    """Ask which days and times fit."""
    async with visit.desk() as desk:
        return await _page(visit, desk, _choose(desk.business), {})


async def _page(visit: Visit, desk: Desk, chosen: Chosen, troubles: dict[str, Phrase]) -> Response:
    return await step_page(visit, desk, "hours", {"chosen": chosen, "days": DAYS, "troubles": troubles})


async def save_hours(visit: Visit) -> Response:
    """Save the week."""
    form = await read_form(visit.request)
    own = {day: form.get(day, "").strip() for day in DAYS}
    chosen = Chosen(form.get("pattern", ""), form.get("opens", ""), form.get("closes", ""), own)
    week = read_week(chosen)
    async with visit.desk() as desk:
        if isinstance(week, dict):
            return await _page(visit, desk, chosen, week)
        edit = Edit("hours", {"hours": dict(week)})
        try:
            await save_step(desk.connection, visit.context, desk.business, edit, visit.who)
        except BusinessFileError as error:
            field = {f"hours.{day}": day if chosen.pattern == "own" else "times" for day in DAYS}
            return await _page(visit, desk, chosen, beside(error, field))
    return after("hours")


def _choose(business: Business) -> Chosen:
    """Return the pattern that says the same as the hours of a business, or each day by itself."""
    week = {day: spans for day, spans in dump_hours(business.hours).items() if day in DAYS and isinstance(spans, list)}
    own = {day: ", ".join(week.get(day, ())) for day in DAYS}
    if all(week.get(day) == _ALWAYS for day in DAYS):
        return Chosen("always", "08:00", "17:00", own)
    spans = week.get("mon") or ["09:00-17:00"]
    opens, _, closes = spans[0].partition("-")
    for pattern, days in _PATTERNS.items():
        # A lunch break or one short day fits no pattern.
        if len(spans) == 1 and all(week.get(day, []) == (spans if day in days else []) for day in DAYS):
            return Chosen(pattern, opens, closes, own)
    return Chosen("own", opens, closes, own)


def read_week(chosen: Chosen) -> tuple[tuple[str, list[str]], ...] | dict[str, Phrase]:
    """Return (day, spans) of the week that was chosen, or the troubles by field."""
    if chosen.pattern == "always":
        return tuple((day, _ALWAYS) for day in DAYS)
    if chosen.pattern in _PATTERNS:
        spans = read_spans(f"{chosen.opens}-{chosen.closes}")
        if not spans:
            return {"times": phrase("Say from when until when you work.")}
        return tuple((day, spans) for day in _PATTERNS[chosen.pattern])
    if chosen.pattern != "own":
        return {"pattern": phrase("Choose what fits, or “Each day by itself”.")}
    return _read_own(chosen.own)


def _read_own(own: Mapping[str, str]) -> tuple[tuple[str, list[str]], ...] | dict[str, Phrase]:
    read = {day: read_spans(text) for day, text in own.items()}
    troubles = {day: _UNREADABLE for day, spans in read.items() if spans is None}
    if not troubles and not any(read.values()):
        troubles["mon"] = phrase("Write at least one day on which you work.")
    return troubles or tuple((day, spans) for day, spans in read.items() if spans)


def read_spans(text: str) -> list[str] | None:
    """Return the spans in what a person typed ("8-12, 1pm-5pm"), none for a closed day, None where it is no time."""
    spans = []
    for part in re.split(r"[,;/&]", text):
        if not part.strip() or part.strip().casefold() in ("closed", "cerrado", "-"):
            continue
        start, dash, end = re.sub(r"\s+(?:to|a)\s+|[–—]", "-", part.strip()).partition("-")
        times = _clock(start), _clock(_meant(start, end))
        if not dash or None in times:
            return None
        spans.append(f"{times[0]}-{times[1]}")
    return spans


def _meant(start: str, end: str) -> str:
    """Return the end of "9-5" as "5pm": nobody who writes whole hours means a night shift by it."""
    is_bare = start.strip().isdecimal() and end.strip().isdecimal()
    return f"{end}pm" if is_bare and 1 <= int(end) < int(start) <= 12 else end


def _clock(text: str) -> str | None:
    found = re.fullmatch(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?\s*", text.casefold())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        return None
    # 12 am is midnight, 12 pm noon.
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return f"{hour:02d}:{minute:02d}" if hour * 60 + minute <= 24 * 60 and minute < 60 else None
