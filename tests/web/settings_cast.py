"""What the tests of the settings share: forms read and sent as a browser would, and a business with every field."""

import tomllib
from dataclasses import dataclass, field, replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import httpx2
import tomli_w

from ringback.domain.business import (
    Business,
    Detail,
    DetailKind,
    Fact,
    Resource,
    Ring,
    RingOrder,
    Service,
    Staff,
    TimeOff,
    Unfit,
)
from ringback.domain.business_file import read_business_file, write_business_file
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState, Holiday, OpeningHours, parse_hours
from ringback.domain.wording import Contacts, Rule, Wording
from ringback.store import businesses
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from tests.cast import NOON, OLGA_PHONE, SAM_PHONE, SETTINGS, harbor
from tests.web.pages_cast import Site

SAMPLES = Path(__file__).parents[2] / "ringback/cli/samples"

Pairs = list[tuple[str, str]]


@dataclass
class Sent:
    """A form as a browser would send it untouched."""

    action: str
    fields: Pairs = field(default_factory=list)

    def filled(self, **changes: str | list[str] | None) -> "Sent":
        """Return the form with other texts; None is an input left out (a box not ticked). "__" stands for a dot."""
        told = {name.replace("__", "."): texts for name, texts in changes.items()}
        kept = [(name, text) for name, text in self.fields if name not in told]
        new = [(name, text) for name, texts in told.items() for text in _texts(texts)]
        return Sent(self.action, kept + new)

    def text(self, name: str) -> str:
        """Return the text of an input."""
        return dict(self.fields)[name]


def _texts(texts: str | list[str] | None) -> list[str]:
    return [] if texts is None else [texts] if isinstance(texts, str) else texts


class _Forms(HTMLParser):
    """Collects the inputs of every form that posts."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Sent] = []
        self._open: Sent | None = None
        self._select = ""
        self._chosen: str | None = None
        self._area: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Sent(given.get("action", "")) if given.get("method") == "post" else None
        if self._open is None:
            return
        match tag:
            case "input" if given.get("type") != "checkbox" or "checked" in given:
                self._open.fields.append((given["name"], given.get("value", "on")))
            case "select":
                self._select, self._chosen = given["name"], None
            case "option" if self._chosen is None or "selected" in given:
                self._chosen = given.get("value", "")
            case "textarea":
                self._area, self._text = given["name"], ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self._open is None:
            return
        if tag == "form":
            self.forms.append(self._open)
            self._open = None
        elif tag == "select" and self._chosen is not None:
            self._open.fields.append((self._select, self._chosen))
        elif tag == "textarea" and self._area is not None:
            # A browser drops the line break that follows the tag, and ends lines as forms are sent.
            text = self._text.replace("\r\n", "\n").removeprefix("\n")
            self._open.fields.append((self._area, text.replace("\n", "\r\n")))


def forms_in(html: str) -> list[Sent]:
    """Return the forms of a page that post."""
    reader = _Forms()
    reader.feed(html)
    return reader.forms


async def open_form(browser: httpx2.AsyncClient, path: str) -> Sent:
    """Return the form of a settings page, as it came."""
    answer = await browser.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return next(form for form in forms_in(answer.text) if form.action == path)


async def send(browser: httpx2.AsyncClient, form: Sent) -> httpx2.Response:
    """Send a form."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return await browser.post(form.action, content=urlencode(form.fields), headers=headers)


async def links_in(browser: httpx2.AsyncClient, path: str, under: str) -> list[str]:
    """Return the addresses below `under` that a page leads to."""
    answer = await browser.get(path)
    assert answer.status_code == 200, path
    html = answer.text
    found = [part.partition('"')[0] for part in html.split('href="')[1:]]
    return list(dict.fromkeys(link for link in found if link.startswith(under)))


async def load(site: Site) -> Business:
    """Return Harbor as it is stored."""
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        business = await businesses.load_business(connection, business_id)
    assert business is not None
    return business


async def export(site: Site) -> str:
    """Return what `ringback export` would print."""
    return tomli_w.dumps(write_business_file(await load(site)))


async def store(site: Site, business: Business) -> None:
    """Let Harbor be set up like this."""
    async with business_transaction(site.context.pool, business.business_id) as connection:
        connections = {line.number: SETTINGS for line in business.lines}
        await businesses.save_business(connection, business, connections, NOON)


async def entry_path(site: Site, browser: httpx2.AsyncClient, slug: str, index: int = 0) -> str:
    """Return the address of an entry of a list."""
    links = await links_in(browser, f"/settings/{slug}", f"/settings/{slug}/")
    return [link for link in links if not link.endswith(("/new", "/trial"))][index]


def sample(name: str) -> Business:
    """Return one of the sample businesses as Harbor."""
    document: dict[str, Any] = tomllib.loads((SAMPLES / name).read_text(encoding="utf-8"))
    result = read_business_file(document, None, new_id, lambda: str(new_id()), frozenset({"twilio"}))
    kept = {line.number: line for line in harbor().lines}
    lines = (replace(one, line_id=kept.get(one.number, one).line_id) for one in result.business.lines)
    return replace(result.business, business_id=harbor().business_id, lines=tuple(lines))


def full_harbor() -> Business:
    """Return Harbor with something in every list, and values that are easy to spoil on their way through a form."""
    week = {day: ["08:00-12:00", "13:00-24:00"] for day in ("mon", "tue", "wed", "thu")}
    holidays = (
        Holiday(date(2026, 12, 24), "Christmas Eve", (("08:00", "11:00"),)),
        Holiday(date(2026, 12, 25), "Xmas"),
    )
    base = harbor()
    hours = OpeningHours(parse_hours({**week, "fri": ["22:00-02:00"], "sat": ["00:00-24:00"]}).weekly, holidays)
    lines = (replace(base.lines[0], ring=Ring(RingOrder.IN_TURN, 25, staff=("Olga", "Sam"))), base.lines[1])
    return replace(
        base,
        hours=hours,
        lines=lines,
        staff=(
            Staff(
                UUID(int=21),
                "Sam",
                SAM_PHONE,
                "sam@harbor.example",
                weekly=parse_hours({"mon": ["09:00-12:00"]}).weekly,
                time_off=(TimeOff(date(2026, 12, 28), date(2026, 12, 31)), _afternoon()),
            ),
            Staff(UUID(int=22), "Olga", OLGA_PHONE, "olga@harbor.example", takes_calls=False),
        ),
        resources=(Resource("Chair 1", "chair"),),
        services=(_check_up(), Service("Emergency visit", 30, 19950, emergency=True)),
        facts=(
            Fact("Where do I park?", "Behind the house,\nby the gate.", ("is there parking",), "Detrás de la casa."),
            Fact("Do you take Delta Dental?", "Yes, Delta Dental PPO."),
        ),
        wordings=(
            Wording("Ours", "en", "{business} here. Sorry we missed you. What do you need? Reply STOP to opt out."),
            Wording("Closed", "en", "{business} is closed and opens {opens}. How can we help? Reply STOP to opt out."),
        ),
        rules=(
            Rule("Closed", days=frozenset({DayState.CLOSED, DayState.HOLIDAY})),
            Rule("Ours", frozenset({Outcome.BUSY}), lines=frozenset({"Main"}), contacts=Contacts.FIRST_TIME),
        ),
        receptionist=replace(base.receptionist, on=True, on_call=("Olga", "Sam"), area=("60601", "Oak Park")),
        booking=replace(base.booking, holidays="US-IL", reminder_hours=1.5),
        address="12 Wharf Street, Chicago",
        text_countries=("US", "CA"),
    )  # fmt: skip


def _afternoon() -> TimeOff:
    return TimeOff(date(2026, 12, 3), date(2026, 12, 3), ("13:00", "15:00"))


def _check_up() -> Service:
    return Service(
        "Check-up",
        60,
        14500,
        price_from=True,
        price_note="X-rays are extra.",
        also=("cleaning", "limpieza"),
        buffer_minutes=10,
        staff=("Sam",),
        resources=("chair",),
        details=(
            Detail("insurance", "Which insurance?", "¿Qué seguro?", DetailKind.CHOICE, ("Delta", "None"), ("None",)),
            Detail("age", "How old are you?", kind=DetailKind.NUMBER, unfit_answers=("<3",), unfit=Unfit.HAND_OVER),
        ),
    )
