"""A booking made or moved by hand: a service and a day first, then one of the openings."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.bookings import Booking, BookingState, MadeBy, Opening, Search, Taken, find_service
from ringback.domain.caller_names import visible
from ringback.domain.phones import normalise_phone
from ringback.domain.phrases import phrase
from ringback.store import bookings
from ringback.store.ids import new_id
from ringback.web.pages.booking_log import note_booking
from ringback.web.pages.day_links import parse_start, read_day, show_start
from ringback.web.pages.forms import id_in, read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.direct_bookings import Order, list_openings, move_directly, place_order

_TAKEN = phrase("That time was just taken. Nothing was changed: choose another one.")
_DAYS = 3
_FIELDS = ("phone", "name", "address", "note", "booking_id", "start")
_LONGEST = 200

Form = Mapping[str, str]


async def show_form(visit: Visit) -> Response:
    """Show the form for a new booking; `phone` in the address fills in whose it is."""
    async with visit.desk() as desk:
        return await _new_page(visit, desk, visit.request.query_params)


async def make_booking(visit: Visit) -> Response:
    """Book; what was typed stays on the page where it cannot be."""
    form = await read_form(visit.request)
    async with visit.desk() as desk:
        order = _order(desk, form)
        if isinstance(order, str):
            return await _new_page(visit, desk, form, order, 422)
        before = await bookings.get_booking(desk.connection, desk.business_id, order.booking_id)
        made = await place_order(desk.connection, desk.business, order, MadeBy.STAFF, desk.now)
        if isinstance(made, Taken):
            return await _new_page(visit, desk, form, _TAKEN, 409)
        await note_booking(visit, desk, made.booking_id, "made", before)
    return RedirectResponse(f"/bookings/{made.booking_id}", 303)


def _order(desk: Desk, form: Form) -> Order | str:
    """Return what is to be booked, or the sentence of what is missing."""
    phone = normalise_phone(form.get("phone", ""), desk.business.country)
    service = find_service(desk.business, form.get("service", ""))
    chosen = _read_choice(form.get("start", ""))
    address = visible(form.get("address", ""))[:_LONGEST]
    if service is None or chosen is None:
        return phrase("Choose one of the free times.")
    if phone is None:
        return phrase("Write the phone number of the person who is coming.")
    if service.at_address and not address:
        return phrase("This service is done at their place: write the address.")
    note, name = (visible(form.get(field, ""))[:_LONGEST] for field in ("note", "name"))
    starts_at, staff_id = chosen
    return Order(
        _form_id(form), phone, service.name, starts_at, staff_id, name or None, address or None,
        {"note": note} if note else {},
    )  # fmt: skip


def _form_id(form: Form) -> UUID:
    form_id = id_in(form, "booking_id")
    if form_id is None:
        raise HTTPException(400, "The form came without its id, so nothing was booked. Load the page again.")
    return form_id


def _read_choice(text: str) -> tuple[datetime, UUID] | None:
    """Return start and person of an opening, as the form names it."""
    at, _, staff_id = text.partition("~")
    try:
        starts_at, person = parse_start(at), UUID(staff_id)
    except ValueError:
        return None
    return None if starts_at is None else (starts_at, person)


async def _new_page(visit: Visit, desk: Desk, form: Form, trouble: str | None = None, status: int = 200) -> Response:
    services = [service for service in desk.business.services if service.bookable]
    service = find_service(desk.business, form.get("service", ""))
    given = {name: form.get(name, "") for name in _FIELDS}
    values: dict[str, Any] = {
        "services": services,
        "service": service if service in services else None,
        "given": {**given, "booking_id": given["booking_id"] or str(new_id())},
        "trouble": trouble,
        **await _choice(visit, desk, Search(service.name, staff_id=id_in(form, "staff")) if service else None, form),
    }
    return await visit.page(desk, "booking_new.html", status, **values)


async def _choice(visit: Visit, desk: Desk, search: Search | None, form: Form) -> dict[str, Any]:
    """The openings of a few days from the chosen one on, by day."""
    zone = ZoneInfo(desk.business.zone)
    today = desk.now.astimezone(zone).date()
    last_on = today + timedelta(days=desk.business.booking.horizon_days)
    on = max(min(_typed_day(visit, form) or today, last_on), today)
    days = (on, on + timedelta(days=_DAYS - 1))
    found = await list_openings(desk.connection, desk.business, search, days, desk.now) if search else []
    return {
        "on": on,
        "today": today,
        "last_on": last_on,
        "later_on": days[1] + timedelta(days=1) if days[1] < last_on else None,
        "staff_id": search.staff_id if search else None,
        "days": _by_day(desk, found, zone),
    }


def _typed_day(visit: Visit, form: Form) -> date | None:
    if visit.request.method == "GET":
        return read_day(visit.request, "on")
    try:
        return date.fromisoformat(form.get("on", ""))
    except ValueError:
        return None


def _by_day(desk: Desk, openings: Sequence[Opening], zone: ZoneInfo) -> list[dict[str, Any]]:
    names = {person.staff_id: person.name for person in desk.business.staff}
    shown: list[dict[str, Any]] = [
        {
            "local": opening.starts_at.astimezone(zone),
            "choice": f"{show_start(opening.starts_at)}~{opening.staff_id}",
            "staff_name": names.get(opening.staff_id, ""),
        }
        for opening in openings
    ]
    days = dict.fromkeys(one["local"].date() for one in shown)
    return [{"on": on, "openings": [one for one in shown if one["local"].date() == on]} for on in days]


async def show_move(visit: Visit) -> Response:
    """Show where a booking may be moved to."""
    booking_id = visit.path_id("booking_id")
    async with visit.desk() as desk:
        booking = await _movable(desk, booking_id)
        return await _move_page(visit, desk, booking, visit.request.query_params)


async def move(visit: Visit) -> Response:
    """Move a booking; where the time is gone it stays where it was."""
    booking_id, form = visit.path_id("booking_id"), await read_form(visit.request)
    chosen = _read_choice(form.get("start", ""))
    async with visit.desk() as desk:
        booking = await _movable(desk, booking_id)
        if chosen is None:
            return await _move_page(visit, desk, booking, form, phrase("Choose one of the free times."), 422)
        if chosen == (booking.starts_at, booking.staff_id):
            # A tap too many: it has been moved already.
            return RedirectResponse(f"/bookings/{booking_id}", 303)
        moved = await move_directly(desk.connection, desk.business, booking, *chosen, desk.now)
        if isinstance(moved, Taken):
            return await _move_page(visit, desk, booking, form, _TAKEN, 409)
        await note_booking(visit, desk, booking_id, "moved", booking)
    return RedirectResponse(f"/bookings/{booking_id}", 303)


async def _movable(desk: Desk, booking_id: UUID) -> Booking:
    booking = await bookings.get_booking(desk.connection, desk.business_id, booking_id)
    if booking is None or booking.state is BookingState.HELD:
        raise HTTPException(404, "There is no such booking.")
    if booking.state is not BookingState.BOOKED:
        raise HTTPException(409, "Only a booking that still stands can be moved.")
    return booking


async def _move_page(
    visit: Visit, desk: Desk, booking: Booking, form: Form, trouble: str | None = None, status: int = 200
) -> Response:
    search = Search(booking.service, staff_id=id_in(form, "staff"), moving=booking.booking_id, address=booking.address)
    values = {"booking": booking, "trouble": trouble, **await _choice(visit, desk, search, form)}
    return await visit.page(desk, "booking_move.html", status, **values)
