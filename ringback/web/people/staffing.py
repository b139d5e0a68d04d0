"""`/people`: who works here, in which role; invitations that wait; shared desks. For owners."""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store import desks, invitations, members, sign_in_tokens
from ringback.store.audit import Change
from ringback.store.members import Member
from ringback.web.devices import find_desk
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.people.own import end_streams
from ringback.web.people.proof import ask_for_proof, is_proved
from ringback.web.people.role_words import ROLE_NAMES, ROLE_WORDS, roles_to_give
from ringback.workflows.invitations import make_reset, rank, works_only_there

_LAST_OWNER = phrase("Somebody has to own this business. Make somebody else an owner first.")
_ABOVE_YOU = phrase("Their role is above yours, so you cannot change it.")
_TAKEN = phrase("Somebody else is this person of the staff list already. Nothing was changed.")
_ELSEWHERE = phrase("They work for other businesses too, so only they can set a new password, by e-mail.")
_YOURSELF = phrase("Change your own password on your own page.")
_NO_FORM = phrase("The form could not be read. Nothing was changed.")


async def show_people(visit: Visit) -> Response:
    """Show who works here."""
    async with visit.desk() as desk:
        return await people_page(visit, desk)


async def people_page(visit: Visit, desk: Desk, status: int = 200, **more: Any) -> Response:
    """Return the page, perhaps with what is wrong in the form of an invitation."""
    here = await find_desk(visit.request, visit.context)
    is_ours = here is not None and here.business_id == desk.business_id
    values = {
        "members": await members.list_members(desk.connection, desk.business_id),
        "invitations": await invitations.list_open_invitations(desk.connection, desk.business_id, desk.now),
        "desks": await desks.list_desks(desk.connection, desk.business_id),
        "desk_here": here.desk.desk_id if here is not None and is_ours else None,
        "staff_names": {one.staff_id: one.name for one in desk.business.staff},
        "roles": roles_to_give(visit.signed_in),
        "rank": rank,
        "ROLE_NAMES": ROLE_NAMES,
        "ROLE_WORDS": ROLE_WORDS,
        "troubles": {},
        "typed": {},
        "trouble": None,
        # Also where a form was answered: an open page loads this address anew when it has missed something.
        "here": "/people",
    }
    return await visit.page(desk, "people/people.html", status, **{**values, **more})


async def change_role(visit: Visit) -> Response:
    """Give somebody another role, or another place on the staff list."""
    person_id, form = visit.path_id("person_id"), await read_form(visit.request)
    role = form.get("role", "")
    if role not in roles_to_give(visit.signed_in):
        raise HTTPException(403 if role in ROLE_WORDS else 400, _ABOVE_YOU if role in ROLE_WORDS else _NO_FORM)
    async with visit.desk() as desk:
        staff_id = read_staff(desk, form.get("staff", ""))
        member = await _load(visit, desk, person_id)
        trouble = await _change_trouble(desk, member, role)
        if trouble is None and not await members.change_member(
            desk.connection, desk.business_id, person_id, role, staff_id
        ):
            trouble = _TAKEN
        if trouble is not None:
            return await people_page(visit, desk, 409, trouble=trouble)
        before, after = _described(desk, member.role, member.staff_id), _described(desk, role, staff_id)
        await visit.note(desk, Change("people.role", member.name, before, after))
    end_streams(visit.request, visit.business_id)
    return RedirectResponse("/people", 303)


async def remove_person(visit: Visit) -> Response:
    """Let somebody in no more; their sessions here end at once."""
    person_id = visit.path_id("person_id")
    async with visit.desk() as desk:
        member = await _load(visit, desk, person_id)
        trouble = await _change_trouble(desk, member, None)
        if trouble is not None:
            return await people_page(visit, desk, 409, trouble=trouble)
        await members.remove_member(desk.connection, desk.business_id, person_id)
        before = _described(desk, member.role, member.staff_id)
        await visit.note(desk, Change("people.removed", member.name, before))
    end_streams(visit.request, visit.business_id)
    return RedirectResponse("/people", 303)


async def take_back_invitation(visit: Visit) -> Response:
    """Let an invitation's links lead nowhere."""
    invitation_id = visit.path_id("invitation_id")
    async with visit.desk() as desk:
        name = await invitations.end_invitation(desk.connection, desk.business_id, invitation_id, desk.now)
        if name is None:
            raise HTTPException(404)
        await sign_in_tokens.end_tokens_of_subject(desk.connection, invitation_id)
        await visit.note(desk, Change("people.invitation_ended", name))
    return RedirectResponse("/people", 303)


async def make_reset_link(visit: Visit) -> Response:
    """Show a link to a new password once, for somebody who has no mail."""
    person_id = visit.path_id("person_id")
    if not is_proved(visit):
        return ask_for_proof("/people")
    async with visit.desk() as desk:
        member = await _load(visit, desk, person_id)
        trouble = await _reset_trouble(visit, desk, member)
        if trouble is not None:
            return await people_page(visit, desk, 409, trouble=trouble)
        token = await make_reset(desk.connection, person_id, desk.now, by_owner_of=desk.business_id)
        await visit.note(desk, Change("people.reset_link", member.name))
        link = f"{visit.context.public_url}/sign-in/reset?key={token}"
        return await visit.page(desk, "people/reset_link.html", name=member.name, secret_link=link, here="/people")


def read_staff(desk: Desk, text: str) -> UUID | None:
    """Return who of the staff list a form names, or None for nobody; raises HTTPException."""
    if not text:
        return None
    found = next((one.staff_id for one in desk.business.staff if str(one.staff_id) == text), None)
    if found is None:
        raise HTTPException(400, _NO_FORM)
    return found


async def _load(visit: Visit, desk: Desk, person_id: UUID) -> Member:
    member = await members.load_member(desk.connection, desk.business_id, person_id)
    if member is None:
        raise HTTPException(404)
    if rank(member.role) > rank(visit.signed_in.role) or member.role == "agency":
        raise HTTPException(403, _ABOVE_YOU)
    return member


async def _change_trouble(desk: Desk, member: Member, role: str | None) -> Phrase | None:
    loses_owner = member.role == "owner" and role != "owner"
    if loses_owner and await members.count_owners(desk.connection, desk.business_id) == 1:
        return _LAST_OWNER
    return None


async def _reset_trouble(visit: Visit, desk: Desk, member: Member) -> Phrase | None:
    if member.person_id == visit.signed_in.person_id:
        return _YOURSELF
    # Whoever has an owner's link is them in every business they work for.
    if not await works_only_there(desk.connection, member.person_id, desk.business_id):
        return _ELSEWHERE
    return None


def _described(desk: Desk, role: str, staff_id: UUID | None) -> dict[str, str | None]:
    name = next((one.name for one in desk.business.staff if one.staff_id == staff_id), None)
    return {"role": role, "staff": name}
