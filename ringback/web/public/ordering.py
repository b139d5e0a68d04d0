"""The last two steps: who is coming, and the read-back that books."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringback.domain.bookings import MadeBy, Search, Taken
from ringback.domain.business import Service
from ringback.receptionist.understanding.places import is_in_area
from ringback.store.ids import new_id
from ringback.web.pages.day_links import read_start, show_start
from ringback.web.pages.forms import id_in, read_form
from ringback.web.pages.language import asked_language
from ringback.web.pages.visits import refuse_strangers
from ringback.web.public.brakes import may_book, may_check
from ringback.web.public.counter import Counter, open_counter
from ringback.web.public.form import Filled, NotForUs, find_unfit, read_booking_form
from ringback.workflows.direct_bookings import Order, find_opening, nearest_openings, place_order
from ringback.workflows.links import booking_path


async def show_details(request: Request) -> Response:
    """Show the form for a start; what was typed before is kept where one comes back to it."""
    form: Mapping[str, str] = request.query_params
    if request.method == "POST":
        form = await read_form(request)
    async with open_counter(request) as counter:
        service, starts_at = counter.service(form.get("service")), read_start(form.get("at"))
        filled = read_booking_form(form, service, counter.business)
        return _form_page(counter, service, starts_at, Filled(filled.given, {}), 200)


async def read_back(request: Request) -> Response:
    """Read the booking back before anything is written; nothing is held yet."""
    refuse_strangers(request, request.app.state.context)
    form = await read_form(request)
    async with open_counter(request) as counter:
        service, starts_at = counter.service(form.get("service")), read_start(form.get("at"))
        if not await may_check(counter.connection, request, counter.business, counter.now):
            return _too_many(counter)
        filled = read_booking_form(form, service, counter.business)
        if filled.troubles:
            return _form_page(counter, service, starts_at, filled, 422)
        refusal = _not_for_us(counter, service, starts_at, filled)
        if refusal is not None:
            return refusal
        search = Search(service.name, address=filled.given["address"] or None)
        opening = await find_opening(counter.connection, counter.business, search, starts_at, counter.now)
        hidden = _hidden(service, starts_at, filled, str(new_id()))
        if opening is None:
            return await _taken(counter, service, starts_at, hidden)
        return counter.page(
            "read_back.html",
            service=service,
            starts=starts_at.astimezone(counter.zone),
            given=filled.given,
            phone=filled.phone,
            answers=_answers(counter, service, filled),
            hidden=hidden,
        )


async def book(request: Request) -> Response:
    """Book what was read back. The same form sent twice is one booking; a time that is gone is said so."""
    refuse_strangers(request, request.app.state.context)
    form = await read_form(request)
    async with open_counter(request) as counter:
        service, starts_at = counter.service(form.get("service")), read_start(form.get("at"))
        filled = read_booking_form(form, service, counter.business)
        form_id = _form_id(form)
        if filled.troubles or filled.phone is None:
            return _form_page(counter, service, starts_at, filled, 422)
        refusal = _not_for_us(counter, service, starts_at, filled)
        if refusal is not None:
            return refusal
        if not await may_book(counter.connection, request, counter.business, filled.phone, counter.now):
            return _too_many(counter)
        order = Order(
            _booking_id(form_id),
            filled.phone,
            service.name,
            starts_at,
            for_whom=filled.given["name"],
            address=filled.given["address"] or None,
            details=filled.details,
        )
        made = await place_order(counter.connection, counter.business, order, MadeBy.PAGE, counter.now)
        if isinstance(made, Taken):
            return await _taken(counter, service, starts_at, _hidden(service, starts_at, filled, str(form_id)))
        path = await booking_path(
            counter.connection, counter.context.sealer, counter.business, made.booking_id, counter.now
        )
    return RedirectResponse(_with_language(request, path), 303)


def _booking_id(form_id: UUID) -> UUID:
    """Ids of bookings are in calendars and addresses: only who had the form may be led to the link of its booking."""
    return uuid5(form_id, "booking")


def _form_id(form: Mapping[str, str]) -> UUID:
    form_id = id_in(form, "booking_id")
    if form_id is None:
        raise HTTPException(400, "The form came without its id, so nothing was booked. Start again.")
    return form_id


def _with_language(request: Request, path: str) -> str:
    chosen = asked_language(request)
    return f"{path}?lang={chosen}" if chosen else path


def _not_for_us(counter: Counter, service: Service, starts_at: datetime, filled: Filled) -> Response | None:
    unfit, sentence = find_unfit(service, filled.details), "unfit_words"
    area = counter.business.receptionist.area
    if unfit is None and service.at_address and area and is_in_area(filled.given["address"], area) is False:
        unfit, sentence = NotForUs(None), "outside_words"
    if unfit is None:
        return None
    # A slip of the thumb must not end it: what was typed leads back to the form.
    hidden = _hidden(service, starts_at, filled, "")
    # Without the owner's own words it is a person who decides, and nobody is turned away by a page.
    heading = "unfit" if unfit.words else "call_first"
    return counter.page(
        "sentence.html", 422, heading_key=heading, sentence_key=sentence, said_words=unfit.words, hidden=hidden
    )


def _too_many(counter: Counter) -> Response:
    return counter.page(
        "sentence.html", 429, heading_key="refused", sentence_key="too_many", said_words=None, hidden={}
    )


def _form_page(counter: Counter, service: Service, starts_at: datetime, filled: Filled, status: int) -> Response:
    return counter.page(
        "details.html",
        status,
        service=service,
        at=show_start(starts_at),
        starts=starts_at.astimezone(counter.zone),
        given=filled.given,
        troubles=filled.troubles,
    )


def _hidden(service: Service, starts_at: datetime, filled: Filled, booking_id: str) -> dict[str, str]:
    return {"service": service.name, "at": show_start(starts_at), "booking_id": booking_id, **filled.given}


def _answers(counter: Counter, service: Service, filled: Filled) -> list[tuple[str, str]]:
    found = [
        ((detail.question_es if counter.language == "es" else None) or detail.question, filled.details[detail.name])
        for detail in service.details
        if detail.name in filled.details
    ]
    return [*found, *([("", filled.given["note"])] if filled.given["note"] else [])]


async def _taken(counter: Counter, service: Service, starts_at: datetime, hidden: dict[str, str]) -> Response:
    """Say so, and offer what is free close to it; each choice is read back again."""
    search = Search(service.name, address=hidden["address"] or None)
    found = await nearest_openings(counter.connection, counter.business, search, starts_at, counter.now)
    values: dict[str, Any] = {
        "openings": [{"at": show_start(o.starts_at), "local": o.starts_at.astimezone(counter.zone)} for o in found],
        "here_form": counter.link("read-back"),
        "openings_link": counter.link("openings", service=service.name),
        "hidden": hidden,
        "is_move": False,
    }
    return counter.page("taken.html", 409, **values)
