"""/api/v1/bookings: who comes when; made, moved, cancelled and marked with one change at a time."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from ringback.domain.bookings import Booking as CalendarBooking
from ringback.domain.bookings import BookingState, MadeBy, Taken, find_service
from ringback.domain.phones import normalise_phone
from ringback.store import booking_queries, bookings
from ringback.store.booking_queries import BookingFilter
from ringback.store.db import Connection
from ringback.store.ids import new_id
from ringback.web.api.access import WRITTEN_BY, Access, Authorized
from ringback.web.api.fields import Instant, PhoneText, ShortText
from ringback.web.api.paging import Page, PageQuery, Place, page_of, read_cursor
from ringback.web.api.parts import ContactPart, contact_of
from ringback.web.api.problems import ApiRoute, Refusal, not_found, refuse_field, responses
from ringback.workflows import calendar
from ringback.workflows.direct_bookings import Order, move_directly, place_order

router = APIRouter(route_class=ApiRoute, tags=["bookings"])

_MOST_DETAILS = 20


# Holds are left out: a time that is kept for a moment is nobody's yet.
class State(StrEnum):
    """Where a booking stands."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    DONE = "done"


class Booking(BaseModel):
    """An agreed service, person and time."""

    id: UUID
    service: str = Field(description="The service's name when it was booked.", examples=["Cleaning"])
    price_cents: int | None = Field(description="Its price when it was booked; null where it was not said.")
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    state: State
    staff_id: UUID
    staff_name: str = Field(examples=["Sam"])
    contact: ContactPart
    thread_id: UUID | None
    for_whom: str | None = Field(description="Who is coming, where it was said.", examples=["Carla Ruiz"])
    address: str | None = Field(description="Where the visit is, for services done at the contact's place.")
    details: dict[str, str] = Field(description="The contact's answers, by the detail's name.")
    made_by: MadeBy
    made_at: AwareDatetime
    changed_at: AwareDatetime
    moved_from: AwareDatetime | None = Field(description="Its start before it was last moved.")
    confirmed_at: AwareDatetime | None
    reminder_sent_at: AwareDatetime | None
    cancelled_at: AwareDatetime | None
    cancelled_by: str | None
    cancel_why: str | None
    marked_by: str | None = Field(description="Who noted that they came or did not.")


class BookingQuery(PageQuery):
    """Which bookings; all conditions given must hold."""

    since: Instant | None = Field(None, description="Bookings that start at this instant or later.")
    until: Instant | None = Field(None, description="Bookings that start before this instant.")
    changed_since: Instant | None = Field(None, description="What to ask for when polling.")
    staff: UUID | None = Field(None, description="A person's id.")
    contact: UUID | None = Field(None, description="A contact's id.")
    service: ShortText | None = None
    state: State | None = None


class NewBooking(BaseModel):
    """A booking to make at one of the openings."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"service": "Cleaning", "starts_at": "2026-11-19T16:00:00Z", "phone": "(312) 555-0142"}]
        },
    )

    id: UUID | None = Field(None, description="Choose one, and sending the request again makes no second booking.")
    service: ShortText
    starts_at: Instant
    phone: PhoneText = Field(description="The contact's number; they are added where it is new.")
    staff: UUID | None = Field(None, description="A person's id; anybody who is free where left out.")
    for_whom: ShortText | None = None
    address: ShortText | None = None
    details: dict[ShortText, ShortText] = Field(default_factory=dict, max_length=_MOST_DETAILS)


class BookingChange(BaseModel):
    """One change: another start, another state, or that the contact has confirmed."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"starts_at": "2026-11-20T16:00:00Z"}, {"state": "cancelled", "why": "They called."}]
        },
    )

    starts_at: Instant | None = Field(None, description="Move it to this start.")
    staff: UUID | None = Field(None, description="With `starts_at`: to this person.")
    state: State | None = Field(None, description="`booked` takes `no_show` or `done` back.")
    why: ShortText | None = Field(None, description="With `cancelled`: why.")
    confirmed: Literal[True] | None = None

    @model_validator(mode="after")
    def _is_one_change(self) -> "BookingChange":
        if sum(given is not None for given in (self.starts_at, self.state, self.confirmed)) != 1:
            raise ValueError("Give one of `starts_at`, `state` and `confirmed`.")
        return self


@router.get("/bookings", summary="List bookings")
async def list_bookings(access: Authorized, query: Annotated[BookingQuery, Query()]) -> Page[Booking]:
    """Return bookings, the latest start first."""
    place = read_cursor(query.cursor, timed=True)
    after = (place.at, place.row_id) if place and place.at else None
    wanted = BookingFilter(
        query.since, query.until, query.staff, query.contact, query.service, query.state, query.changed_since
    )
    async with access.transaction() as connection:
        found = await booking_queries.list_bookings(connection, access.business_id, wanted, after, query.limit + 1)
    return page_of(found, query.limit, show_booking, lambda row: Place(row["booking_id"], row["starts_at"]))


@router.get("/bookings/{booking_id}", summary="Get a booking", responses=responses(404))
async def get_booking(access: Authorized, booking_id: UUID) -> Booking:
    """Return one booking."""
    async with access.transaction() as connection:
        return await load_booking(connection, access, booking_id)


@router.post("/bookings", status_code=201, summary="Make a booking", responses=responses(409))
async def make_booking(access: Authorized, wanted: NewBooking) -> Booking:
    """Book a start that is free. 409 `taken`: it is not, and nothing was booked.

    A contact who has this very booking already keeps it: it is answered as it is.
    """
    async with access.transaction() as connection:
        business = await access.business(connection)
        service = find_service(business, wanted.service)
        phone = normalise_phone(wanted.phone, business.country)
        if service is None or not service.bookable:
            raise refuse_field("body.service", "There is no service of this name that can be booked.")
        if phone is None:
            raise refuse_field("body.phone", "This is no phone number we know.")
        if service.at_address and not wanted.address:
            raise refuse_field("body.address", "This service is done at the contact's place: give the address.")
        order = Order(
            wanted.id or new_id(), phone, service.name, wanted.starts_at, wanted.staff, wanted.for_whom,
            wanted.address, wanted.details,
        )  # fmt: skip
        made = await place_order(connection, business, order, MadeBy.API, access.now())
        if isinstance(made, Taken):
            raise _taken()
        return await load_booking(connection, access, made.booking_id)


def _taken() -> Refusal:
    return Refusal(409, "taken", "This start is not free (any more). Ask for openings and choose another one.")


@router.patch("/bookings/{booking_id}", summary="Change a booking", responses=responses(404, 409))
async def change_booking(access: Authorized, booking_id: UUID, change: BookingChange) -> Booking:
    """Move a booking, cancel it, mark how it went, or confirm it.

    409 `taken`: the new start is not free, and the booking is where it was. 409 `not_possible`: as it stands, this
    cannot be done to it.
    """
    async with access.transaction() as connection:
        await load_booking(connection, access, booking_id)
        if not await _change(connection, access, booking_id, change):
            raise Refusal(409, "not_possible", "As this booking stands, that cannot be done.")
        return await load_booking(connection, access, booking_id)


async def _change(connection: Connection, access: Access, booking_id: UUID, change: BookingChange) -> bool:
    business_id, now = access.business_id, access.now()
    if change.starts_at is not None:
        return await _move(connection, access, booking_id, change)
    if change.confirmed:
        return await bookings.confirm(connection, business_id, booking_id, now)
    if change.state is State.CANCELLED:
        business, why = await access.business(connection), change.why or ""
        return await calendar.cancel(connection, business, booking_id, WRITTEN_BY, why, now) is not None
    state = BookingState(change.state or State.BOOKED)
    return await bookings.mark(connection, business_id, booking_id, state, WRITTEN_BY, now)


async def _move(connection: Connection, access: Access, booking_id: UUID, change: BookingChange) -> bool:
    booking = await bookings.get_booking(connection, access.business_id, booking_id)
    if booking is None or booking.state is not BookingState.BOOKED or change.starts_at is None:
        return False
    if booking.starts_at == change.starts_at and change.staff in (None, booking.staff_id):
        return True
    business = await access.business(connection)
    moved = await move_directly(connection, business, booking, change.starts_at, change.staff, access.now())
    if not isinstance(moved, CalendarBooking):
        raise _taken()
    return True


async def load_booking(connection: Connection, access: Access, booking_id: UUID) -> Booking:
    """Return a booking; refuses with 404 where this business has none with that id."""
    row = await booking_queries.get_booking(connection, access.business_id, booking_id)
    if row is None:
        raise not_found("booking")
    return show_booking(row)


# Read by name, so that a new column of a table is not published by accident.
_SAME_NAMES = (
    *("service", "price_cents", "starts_at", "ends_at", "state", "staff_id", "staff_name", "thread_id", "for_whom"),
    *("address", "details", "made_by", "made_at", "changed_at", "moved_from", "confirmed_at", "reminder_sent_at"),
    *("cancelled_at", "cancelled_by", "cancel_why", "marked_by"),
)


def show_booking(row: Mapping[str, Any]) -> Booking:
    """Return the booking of a row."""
    return Booking(id=row["booking_id"], contact=contact_of(row), **{name: row[name] for name in _SAME_NAMES})
