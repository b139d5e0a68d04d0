"""/api/v1/business and /api/v1/lines: the set-up as it stands, to read; no secrets, no addresses of callbacks."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field

from ringback.domain import business as domain
from ringback.domain.business import Mode, Registration, RingOrder
from ringback.domain.hours import dump_hours
from ringback.domain.registration import may_text, tell_standing
from ringback.domain.registration_facts import CarrierWord
from ringback.web.api.access import Authorized
from ringback.web.api.paging import Page
from ringback.web.api.problems import ApiRoute

router = APIRouter(route_class=ApiRoute, tags=["setup"])


class Ring(BaseModel):
    """How a line rings staff."""

    order: RingOrder
    seconds: int
    whisper: bool = Field(description="Whether the person who answers must press 1 to take the call.")
    staff: list[str] = Field(description="Who rings; empty means everyone who takes calls.")


class RegistrationStatus(BaseModel):
    """What counts for a line: the owner's word, what the phone company said last, and what carriers refused."""

    may_text: bool = Field(description="False: no text leaves the line.")
    sentence: str = Field(description="How it stands, in words.")
    looked_up: CarrierWord | None = Field(description="What the phone company said last; null while it said nothing.")
    asked_at: datetime | None = Field(description="When it was last asked.")
    refused_code: str | None = Field(description="The error by which carriers refused a text; null where none was.")


class Line(BaseModel):
    """One phone number that is watched for the business."""

    id: UUID
    number: str = Field(examples=["+13125550100"])
    label: str = Field(description="Where callers saw the number.", examples=["Google Ads"])
    provider: str = Field(examples=["twilio"])
    mode: Mode
    language: str = Field(examples=["en"])
    ring: Ring
    forwarding_number: str | None = Field(description="The business's old number, which forwards to this line.")
    registration: Registration = Field(description="Whether carriers let this line text.")
    registration_status: RegistrationStatus
    text_back: bool = Field(description="Whether missed callers of this line are texted.")
    texts_per_second: float


# Without phone and e-mail: a program that reads calls needs the names, and a leaked key then tells less.
class Staff(BaseModel):
    """A person of the business."""

    id: UUID
    name: str = Field(examples=["Sam"])
    takes_calls: bool


class Service(BaseModel):
    """What the business sells."""

    name: str
    minutes: int
    price_cents: int | None = Field(description="Null where it is not said.")


class Fact(BaseModel):
    """An answer the business gave to a question callers ask."""

    question: str
    answer: str


class Policy(BaseModel):
    """When a missed caller is texted; times of day are local to the business."""

    delay_seconds: float
    settle_seconds: float
    window_hours: float = Field(description="After one text, none to the same contact for so long.")
    per_line_an_hour: int
    per_business_an_hour: int
    stale_after_seconds: int
    thread_open_hours: float
    not_before: str | None = Field(examples=["08:00"])
    not_after: str | None = Field(examples=["21:00"])
    hold: bool
    outcomes_off: list[str] = Field(description="Outcomes after which no text goes out.")


class Business(BaseModel):
    """The company whose calls are covered."""

    id: UUID
    slug: str = Field(examples=["harbor-dental"])
    name: str = Field(examples=["Harbor Dental"])
    trade: str = Field(examples=["dental"])
    zone: str = Field(examples=["America/Chicago"])
    country: str = Field(examples=["US"])
    language: str
    tone: str
    hours: dict[str, Any] = Field(description="As in the business file: docs/reference/business-file.md.")
    policy: Policy
    staff: list[Staff]
    services: list[Service]
    facts: list[Fact]
    text_countries: list[str] = Field(description="Countries that may be texted; empty means the home country.")


@router.get("/business", summary="Get the business")
async def get_business(access: Authorized) -> Business:
    """Return the set-up of the business this key belongs to."""
    async with access.transaction() as connection:
        return show_business(await access.business(connection))


@router.get("/lines", summary="List lines")
async def list_lines(access: Authorized) -> Page[Line]:
    """Return the lines of the business, all on one page."""
    async with access.transaction() as connection:
        business = await access.business(connection)
    # A page like any other, so that programs read all lists with one loop.
    return Page(items=[show_line(line) for line in business.lines], next_cursor=None)


def show_line(line: domain.Line) -> Line:
    """Return what programs see of a line: its hook key is a part of an address that only the provider knows."""
    shown = asdict(line)
    names = set(Line.model_fields) - {"id", "registration_status"}
    status = _show_registration(line)
    return Line(id=line.line_id, registration_status=status, **{name: shown[name] for name in names})


def _show_registration(line: domain.Line) -> RegistrationStatus:
    heard = line.carriers
    return RegistrationStatus(
        may_text=may_text(line),
        sentence=tell_standing(line).sentence,
        looked_up=heard.word,
        asked_at=heard.asked_at,
        refused_code=heard.refused_code if heard.refused_at else None,
    )


def show_business(business: domain.Business) -> Business:
    """Return what programs see of a business."""
    # Sets have no order; a program that compares two answers needs one.
    policy = asdict(business.policy) | {"outcomes_off": sorted(business.policy.outcomes_off)}
    names = ("slug", "name", "trade", "zone", "country", "language", "tone")
    return Business(
        id=business.business_id,
        hours=dump_hours(business.hours),
        policy=Policy(**policy),
        staff=[Staff(id=one.staff_id, name=one.name, takes_calls=one.takes_calls) for one in business.staff],
        services=[Service(**asdict(service)) for service in business.services],
        facts=[Fact(**asdict(fact)) for fact in business.facts],
        text_countries=list(business.text_countries),
        **{name: getattr(business, name) for name in names},
    )
