"""Passkeys: added on `/me`, and used instead of a password at sign-in."""

from datetime import timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.store import members, passkeys, sign_in_tokens
from ringback.store.audit import Change
from ringback.store.passkeys import NewPasskey
from ringback.store.sign_in_tokens import Opens, TokenPurpose, new_token
from ringback.web import auth
from ringback.web.devices import device_of, name_device
from ringback.web.pages.forms import read_form
from ringback.web.pages.signing import TOO_MANY_TRIES, answer_sign_in, safe_path
from ringback.web.pages.visits import Desk, Visit
from ringback.web.people.fields import LONGEST_NAME
from ringback.web.people.own import require_own_sign_in, tell_by_mail
from ringback.web.people.passkey_proofs import (
    Holder,
    NoProof,
    Place,
    check_registration,
    check_sign_in,
    place_of,
    read_registration,
    read_sign_in,
    registration_question,
    sign_in_question,
)
from ringback.web.people.proof import ask_for_proof, is_proved
from ringback.workflows.context import Context

_ANSWER_WITHIN = timedelta(minutes=5)
# A page asks once per press of its button.
_CHALLENGES = 60
_NOT_PROVED = phrase("That passkey did not open Ringback. Try again, or use your password.")
_NOT_ADDED = phrase("The passkey could not be added. Try again.")
_NOT_HERE = phrase("Passkeys need the address this installation was given, or localhost. Use your password here.")


async def ask_to_sign_in(request: Request, context: Context) -> Response:
    """Answer with the question for a browser's passkey."""
    now, address = context.clock.now(), auth.address_of_client(request)
    if not await auth.may_try(context, {f"challenge:{address}": _CHALLENGES}, now):
        raise HTTPException(429, TOO_MANY_TRIES)
    challenge = new_token()
    opens = Opens(TokenPurpose.CHALLENGE)
    await sign_in_tokens.save_token(context.pool, challenge, opens, now, now + _ANSWER_WITHIN)
    return _json(sign_in_question(_place(request, context), challenge))


async def sign_in(request: Request, context: Context) -> Response:
    """Let in whoever the passkey proves to be."""
    form = await read_form(request)
    after = safe_path(form.get("next", "/"))
    sources, now = auth.by_address(auth.address_of_client(request)), context.clock.now()
    if not await auth.may_try(context, sources, now):
        return await answer_sign_in(request, auth.TooManyTries(), after)
    try:
        result = await _prove(request, context, form.get("credential", ""))
    except NoProof:
        auth.note_sign_in("passkey", "refused", auth.address_of_client(request))
        return await answer_sign_in(request, auth.WrongPassword(), after, wrong=_NOT_PROVED)
    async with context.pool.acquire() as connection, connection.transaction():
        await auth.take_back(connection, sources, now)
    return await answer_sign_in(request, result, after)


async def _prove(request: Request, context: Context, credential: str) -> auth.SignInResult:
    challenge, credential_id, handle = read_sign_in(credential)
    place, device, now = _place(request, context), await device_of(request, context), context.clock.now()
    async with context.pool.acquire() as connection:
        # Its own transaction: a question is spent even where the answer is wrong.
        opens = await sign_in_tokens.use_token(connection, challenge, now)
        if opens != Opens(TokenPurpose.CHALLENGE):
            raise NoProof
        async with connection.transaction():
            key = await passkeys.load_passkey(connection, credential_id)
            if key is None or handle not in (None, key.person_id.bytes):
                raise NoProof
            counter = check_sign_in(place, credential, challenge, key)
            await passkeys.note_passkey_use(connection, credential_id, counter, now)
            auth.note_sign_in("passkey", "admitted", auth.address_of_client(request), key.person_id)
            return await auth.enter(connection, key.person_id, device, now)


async def ask_to_add(visit: Visit) -> Response:
    """Answer with the question that lets a browser make a passkey for this person."""
    require_own_sign_in(visit)
    if not is_proved(visit):
        return ask_for_proof("/me")
    async with visit.desk() as desk:
        challenge, person_id = new_token(), visit.signed_in.person_id
        opens = Opens(TokenPurpose.CHALLENGE, person_id)
        await sign_in_tokens.save_token(desk.connection, challenge, opens, desk.now, desk.now + _ANSWER_WITHIN)
        holder = await _holder(visit, desk)
    return _json(registration_question(_place(visit.request, visit.context), holder, challenge))


async def _holder(visit: Visit, desk: Desk) -> Holder:
    person = await members.load_person(desk.connection, visit.signed_in.person_id)
    if person is None:
        raise HTTPException(404)
    known = await passkeys.list_passkeys(desk.connection, person.person_id)
    return Holder(person.person_id.bytes, person.email, person.name, tuple(key["credential_id"] for key in known))


async def add(visit: Visit) -> Response:
    """Keep a passkey that the browser has made."""
    require_own_sign_in(visit)
    if not is_proved(visit):
        return ask_for_proof("/me")
    form = await read_form(visit.request)
    person_id, name = visit.signed_in.person_id, form.get("name", "").strip()[:LONGEST_NAME]
    try:
        key = await _made(visit, form.get("credential", ""), name or name_device(visit.request) or "Passkey")
    except NoProof:
        raise HTTPException(400, _NOT_ADDED) from None
    async with visit.desk() as desk:
        if not await passkeys.add_passkey(desk.connection, person_id, key, desk.now):
            raise HTTPException(409, _NOT_ADDED)
        await visit.note(desk, Change("people.passkey_added", visit.signed_in.name, after=key.name))
        await tell_by_mail(visit, desk, phrase("A passkey was added: %(name)s.", name=key.name))
    return RedirectResponse("/me#passkeys", 303)


async def _made(visit: Visit, credential: str, name: str) -> NewPasskey:
    challenge = read_registration(credential)
    opens = await sign_in_tokens.use_token(visit.context.pool, challenge, visit.context.clock.now())
    if opens != Opens(TokenPurpose.CHALLENGE, visit.signed_in.person_id):
        raise NoProof
    return check_registration(_place(visit.request, visit.context), credential, challenge, name)


async def remove(visit: Visit) -> Response:
    """Remove a passkey; it opens nothing any more."""
    require_own_sign_in(visit)
    if not is_proved(visit):
        return ask_for_proof("/me")
    passkey_id = visit.path_id("passkey_id")
    async with visit.desk() as desk:
        name = await passkeys.remove_passkey(desk.connection, visit.signed_in.person_id, passkey_id)
        if name is None:
            raise HTTPException(404)
        await visit.note(desk, Change("people.passkey_removed", visit.signed_in.name, before=name))
        await tell_by_mail(visit, desk, phrase("A passkey was removed: %(name)s.", name=name))
    return RedirectResponse("/me#passkeys", 303)


def _place(request: Request, context: Context) -> Place:
    place = place_of(request, context)
    if place is None:
        raise HTTPException(400, _NOT_HERE)
    return place


def _json(question: str) -> Response:
    return Response(question, media_type="application/json", headers={"cache-control": "no-store"})
