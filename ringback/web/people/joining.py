"""Whoever holds an invitation's link comes in: as somebody new, or as who they are here already."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store import businesses, invitations, members, people, sign_in_tokens
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from ringback.store.invitations import NewInvitation
from ringback.store.people import Person
from ringback.store.sign_in_tokens import TokenPurpose
from ringback.web import auth
from ringback.web.devices import device_of
from ringback.web.pages.forms import read_form
from ringback.web.pages.rendering import html
from ringback.web.pages.signing import TOO_MANY_TRIES
from ringback.web.people.fields import email_trouble, name_trouble
from ringback.web.people.passwords import password_trouble
from ringback.web.people.public import sentence_page
from ringback.web.people.role_words import ROLE_WORDS
from ringback.workflows.context import Context
from ringback.workflows.invitations import join, may_still_invite

# Of a million codes: whoever reads the text in the books gets nowhere by guessing within its week.
_TRIES = 5
_WRONG_CODE = phrase("That is not the code. Whoever invited you can see it.")
_NOT_YOURS = phrase("Somebody signs in with this e-mail already, and with another password.")


@dataclass(frozen=True, slots=True)
class Door:
    """An invitation that is open, and how its link came."""

    key: str
    business_id: UUID
    shop: str
    invitation: NewInvitation
    asks_code: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """What is wrong, by the field's name."""

    troubles: dict[str, Phrase]


async def show_invitation(request: Request, context: Context) -> Response:
    """Show who invites to what, with the form to come in."""
    door = await _find_door(context, request.query_params.get("key", ""))
    return _gone() if door is None else await _page(request, context, door)


async def accept_invitation(request: Request, context: Context) -> Response:
    """Let them in, with a session of the business they were invited to."""
    form = await read_form(request)
    door = await _find_door(context, form.get("key", ""))
    if door is None:
        return _gone()
    now = context.clock.now()
    sources = {
        **auth.by_address(auth.address_of_client(request)),
        f"invitation:{door.invitation.invitation_id}": _TRIES,
    }
    if not await auth.may_try(context, sources, now):
        return await _page(request, context, door, Refused({"form": TOO_MANY_TRIES}), form)
    comer = await _comer(request, context, door, form)
    if isinstance(comer, Refused):
        return await _page(request, context, door, comer, form)
    token = await _enter(request, context, door, comer)
    if isinstance(token, Refused):
        return await _page(request, context, door, token, form)
    if token is None:
        return _gone()
    async with context.pool.acquire() as connection, connection.transaction():
        await auth.take_back(connection, sources, now)
    response = RedirectResponse("/", 303)
    await auth.admit(context, request, response, token)
    return response


async def _find_door(context: Context, key: str) -> Door | None:
    now = context.clock.now()
    opens = await sign_in_tokens.find_token(context.pool, key[:200], now)
    if opens is None or opens.purpose not in (TokenPurpose.INVITATION, TokenPurpose.TEXTED):
        return None
    if opens.business_id is None or opens.subject_id is None:
        return None
    async with business_transaction(context.pool, opens.business_id) as connection:
        invitation = await _open_invitation(connection, context, opens.business_id, opens.subject_id)
        business = await businesses.load_business(connection, opens.business_id)
    if invitation is None or business is None:
        return None
    return Door(key, opens.business_id, business.name, invitation, opens.purpose == TokenPurpose.TEXTED)


async def _open_invitation(
    connection: Connection, context: Context, business_id: UUID, invitation_id: UUID
) -> NewInvitation | None:
    now = context.clock.now()
    found = await invitations.load_open_invitation(connection, business_id, invitation_id, now)
    # An owner who has left must not come back through a link they kept.
    if found is None or not await may_still_invite(connection, business_id, found):
        return None
    return found


async def _comer(request: Request, context: Context, door: Door, form: dict[str, str]) -> Person | Refused:
    """Return who comes in; somebody new has an id and is not stored yet."""
    if door.asks_code and not await auth.is_right(form.get("code", "").strip(), door.invitation.code_hash):
        return Refused({"code": _WRONG_CODE})
    signed_in = await auth.find_signed_in(request, context)
    if signed_in is not None and not signed_in.by_pin and form.get("as") == "me":
        known = await members.load_person(context.pool, signed_in.person_id)
        return known or Refused({"form": phrase("Sign in again, then open the link once more.")})
    return await _by_password(context, door, form)


async def _by_password(context: Context, door: Door, form: dict[str, str]) -> Person | Refused:
    email, name, password = form.get("email", "").strip(), form.get("name", "").strip(), form.get("password", "")
    found = {"email": email_trouble(email), "name": name_trouble(name)}
    known = await people.find_person(context.pool, email[:320])
    if known is None:
        found["password"] = password_trouble(password, email, name, door.shop)
    troubles = {field: trouble for field, trouble in found.items() if trouble is not None}
    if troubles:
        return Refused(troubles)
    if known is None:
        return Person(new_id(), email, name, await auth.hash_secret(password))
    return known if await _is_theirs(context, known, password) else Refused({"email": _NOT_YOURS})


async def _is_theirs(context: Context, known: Person, password: str) -> bool:
    # The same brake as at the sign-in: a link is no way around it.
    now, sources = context.clock.now(), auth.by_email(known.email)
    if not await auth.may_try(context, sources, now) or not await auth.is_right(password, known.password_hash):
        return False
    async with context.pool.acquire() as connection, connection.transaction():
        await auth.take_back(connection, sources, now)
    return True


async def _enter(request: Request, context: Context, door: Door, comer: Person) -> str | Refused | None:
    """Return the token of a session; None where the invitation was used or taken back meanwhile."""
    device, now, business_id = await device_of(request, context), context.clock.now(), door.business_id
    async with business_transaction(context.pool, business_id) as connection:
        invitation = await _open_invitation(connection, context, business_id, door.invitation.invitation_id)
        if invitation is None:
            return None
        is_new = await members.load_person(connection, comer.person_id) is None
        if is_new and not await members.create_person(connection, comer, now):
            return Refused({"email": _NOT_YOURS})
        await join(connection, business_id, invitation, comer, now)
        return await people.start_session(connection, comer.person_id, business_id, now, device)


async def _page(
    request: Request, context: Context, door: Door, refused: Refused | None = None, typed: dict[str, str] | None = None
) -> Response:
    signed_in = await auth.find_signed_in(request, context)
    values: dict[str, Any] = {
        "door": door,
        "role_words": ROLE_WORDS[door.invitation.role],
        "me": None if signed_in is None or signed_in.by_pin else signed_in,
        "troubles": refused.troubles if refused else {},
        "typed": {"name": door.invitation.name, "email": door.invitation.email or "", **(typed or {})},
    }
    return html("people/invitation.html", values, 422 if refused else 200)


def _gone() -> Response:
    return sentence_page(
        phrase("This invitation is not open any more"),
        phrase("It was used, taken back, or is too old. Ask whoever sent it for a new one."),
        410,
    )
