"""`/me`: who I am here, how I sign in, and where I am signed in."""

from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store import desks, members, passkeys, sessions
from ringback.store.audit import Change
from ringback.web import auth
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.people.fields import LONGEST_NAME, name_trouble, pin_trouble
from ringback.web.people.own import end_streams, require_own_sign_in, tell_by_mail
from ringback.web.people.passkey_proofs import takes_passkeys
from ringback.web.people.passwords import password_trouble
from ringback.web.people.proof import ask_for_proof, check_password, is_proved
from ringback.web.words import LANGUAGES


async def show_me(visit: Visit) -> Response:
    """Show everything that is mine."""
    async with visit.desk() as desk:
        return await _page(visit, desk)


async def _page(visit: Visit, desk: Desk, troubles: dict[str, Phrase] | None = None, **typed: str) -> Response:
    person_id = visit.signed_in.person_id
    values: dict[str, Any] = {
        "person": await members.load_person(desk.connection, person_id),
        "passkeys": await passkeys.list_passkeys(desk.connection, person_id),
        "sessions": await sessions.list_sessions(desk.connection, person_id, desk.now),
        "has_pin": await desks.find_pin(desk.connection, desk.business_id, person_id) is not None,
        "troubles": troubles or {},
        "typed": typed,
        "takes_passkeys": takes_passkeys(visit.request, visit.context),
        "is_proved": is_proved(visit),
    }
    if troubles:
        values["here"] = "/me"
    return await visit.page(desk, "people/me.html", 422 if troubles else 200, **values)


async def change_profile(visit: Visit) -> Response:
    """Change my name and the language of the pages."""
    form = await read_form(visit.request)
    name, language = form.get("name", "").strip(), form.get("language", "")
    if language not in ("", *LANGUAGES):
        raise HTTPException(400, phrase("The form could not be read. Nothing was changed."))
    before = {"name": visit.signed_in.name, "language": visit.signed_in.language}
    async with visit.desk() as desk:
        trouble = name_trouble(name)
        if trouble is not None:
            return await _page(visit, desk, {"name": trouble}, name=name[: 2 * LONGEST_NAME], language=language)
        await members.set_profile(desk.connection, visit.signed_in.person_id, name, language or None)
        after = {"name": name, "language": language or None}
        if after != before:
            await visit.note(desk, Change("people.profile", name, before, after))
    return RedirectResponse("/me", 303)


async def change_password(visit: Visit) -> Response:
    """Change my password; whoever is signed in as me elsewhere is signed out."""
    require_own_sign_in(visit)
    form = await read_form(visit.request)
    async with visit.desk() as desk:
        person = await members.load_person(desk.connection, visit.signed_in.person_id)
    if person is None:
        raise HTTPException(404)
    trouble = password_trouble(form.get("password", ""), person.email, person.name, desk.business.name)
    wrong = None if trouble else await check_password(visit, form.get("current", ""))
    troubles = {"password": trouble} if trouble else {"current": wrong} if wrong else {}
    hashed = "" if troubles else await auth.hash_secret(form["password"])
    async with visit.desk() as desk:
        if troubles:
            return await _page(visit, desk, troubles)
        await members.set_password(desk.connection, person.person_id, hashed)
        ended = await sessions.end_sessions(desk.connection, person.person_id, visit.signed_in.session_id)
        await visit.note(desk, Change("people.password", person.name))
        await tell_by_mail(visit, desk, phrase("Your password was changed on your own page."))
    end_streams(visit.request, *ended)
    return RedirectResponse("/me?changed=password#password", 303)


async def set_pin(visit: Visit) -> Response:
    """Set the PIN with which I switch to myself at a shared desk."""
    require_own_sign_in(visit)
    if not is_proved(visit):
        return ask_for_proof("/me")
    pin = (await read_form(visit.request)).get("pin", "").strip()
    trouble = pin_trouble(pin)
    hashed = "" if trouble else await auth.hash_secret(pin)
    async with visit.desk() as desk:
        if trouble is not None:
            return await _page(visit, desk, {"pin": trouble})
        await desks.set_pin(desk.connection, desk.business_id, visit.signed_in.person_id, hashed, desk.now)
        await visit.note(desk, Change("people.pin_set", visit.signed_in.name))
        await tell_by_mail(visit, desk, phrase("A PIN for the shared desk was set."))
    return RedirectResponse("/me#pin", 303)


async def remove_pin(visit: Visit) -> Response:
    """Switch to me by PIN no more."""
    require_own_sign_in(visit)
    if not is_proved(visit):
        return ask_for_proof("/me")
    async with visit.desk() as desk:
        if await desks.remove_pin(desk.connection, desk.business_id, visit.signed_in.person_id):
            await visit.note(desk, Change("people.pin_removed", visit.signed_in.name))
    return RedirectResponse("/me#pin", 303)


async def end_session(visit: Visit) -> Response:
    """Sign me out on one device."""
    require_own_sign_in(visit)
    if not is_proved(visit):
        return ask_for_proof("/me")
    session_id = visit.path_id("session_id")
    async with visit.desk() as desk:
        business_id = await sessions.end_one_session(desk.connection, visit.signed_in.person_id, session_id)
        if business_id is None:
            raise HTTPException(404)
        await visit.note(desk, Change("people.session_ended", visit.signed_in.name))
    end_streams(visit.request, business_id)
    return RedirectResponse("/me#sessions", 303)


async def end_other_sessions(visit: Visit) -> Response:
    """Sign me out everywhere but here."""
    require_own_sign_in(visit)
    if not is_proved(visit):
        return ask_for_proof("/me")
    async with visit.desk() as desk:
        ended = await sessions.end_sessions(desk.connection, visit.signed_in.person_id, visit.signed_in.session_id)
        await visit.note(desk, Change("people.other_sessions_ended", visit.signed_in.name))
    end_streams(visit.request, *ended)
    return RedirectResponse("/me#sessions", 303)


async def note_presence(visit: Visit) -> Response:
    """Somebody types at a shared desk: it stays unlocked. The visit itself has noted it."""
    del visit
    return Response(status_code=204)
