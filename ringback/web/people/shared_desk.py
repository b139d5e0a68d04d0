"""A shared desk: people switch to themselves with a PIN, and it locks when nobody is there."""

from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store import desks, people
from ringback.store.db import business_transaction
from ringback.web import auth
from ringback.web.devices import DeskHere, device_of, find_desk
from ringback.web.pages.forms import id_in, read_form
from ringback.web.pages.rendering import html
from ringback.web.people.own import end_streams
from ringback.workflows.context import Context

_TRIES_PER_PERSON, _TRIES_PER_DESK = 5, 20
_WRONG = phrase("That is not the PIN. Try again, or sign in with your password.")
_TOO_MANY = phrase("Too many tries. Wait 15 minutes, or sign in with your password.")
_WHO = phrase("Choose who you are.")


async def show_desk(request: Request, context: Context) -> Response:
    """Ask who is working now."""
    here = await find_desk(request, context)
    return RedirectResponse("/sign-in", 303) if here is None else await _page(context, here)


async def _page(context: Context, here: DeskHere, trouble: Phrase | None = None, chosen: str = "") -> Response:
    async with business_transaction(context.pool, here.business_id) as connection:
        shown: dict[str, Any] = {
            "people": await desks.list_desk_people(connection, here.business_id),
            "desk": here.desk,
            "trouble": trouble,
            "chosen": chosen,
        }
    status = {None: 200, _TOO_MANY: 429}.get(trouble, 422)
    return html("people/desk.html", shown, status)


async def switch_person(request: Request, context: Context) -> Response:
    """Let somebody in by their PIN; whoever was there before is signed out here."""
    here = await find_desk(request, context)
    if here is None:
        return RedirectResponse("/sign-in", 303)
    form = await read_form(request)
    chosen, person_id = form.get("person", ""), id_in(form, "person")
    if person_id is None:
        return await _page(context, here, _WHO)
    trouble = await _pin_trouble(context, here, person_id, form.get("pin", "").strip())
    if trouble is not None:
        return await _page(context, here, trouble, chosen)
    return await _enter(request, context, here, person_id)


async def _pin_trouble(context: Context, here: DeskHere, person_id: UUID, pin: str) -> Phrase | None:
    now, desk_id = context.clock.now(), here.desk.desk_id
    # Per desk: who guesses at the reception must not lock Sam out of the desk upstairs.
    sources = {f"desk:{desk_id}": _TRIES_PER_DESK, f"pin:{desk_id}:{person_id}": _TRIES_PER_PERSON}
    if not await auth.may_try(context, sources, now):
        return _TOO_MANY
    async with business_transaction(context.pool, here.business_id) as connection:
        stored = await desks.find_pin(connection, here.business_id, person_id)
    if not await auth.is_right(pin, stored):
        auth.note_sign_in("pin", "refused", f"desk {desk_id}", person_id)
        return _WRONG
    auth.note_sign_in("pin", "admitted", f"desk {desk_id}", person_id)
    async with context.pool.acquire() as connection, connection.transaction():
        await auth.take_back(connection, sources, now)
    return None


async def _enter(request: Request, context: Context, here: DeskHere, person_id: UUID) -> Response:
    device, now = await device_of(request, context), context.clock.now()
    # The business is the desk's, whatever other ones this person works for.
    by_pin = people.Device(device.browser, device.system, here.desk.desk_id, here.desk.idle_minutes, by_pin=True)
    token = await people.start_session(context.pool, person_id, here.business_id, now, by_pin)
    response = RedirectResponse("/", 303)
    await auth.admit(context, request, response, token)
    return response


async def lock(request: Request, context: Context) -> Response:
    """End the session at this desk at once, with its live pages."""
    response = RedirectResponse("/desk", 303)
    signed_in, token = await auth.find_signed_in(request, context), auth.read_token(request, context)
    if token is not None:
        await auth.sign_out(context, response, token, auth.is_https(request, context))
    if signed_in is not None:
        end_streams(request, signed_in.business_id)
    return response
