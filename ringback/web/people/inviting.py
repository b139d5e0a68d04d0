"""An owner invites somebody: by a link to copy, by mail, or by a text to a phone of the staff list."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.responses import Response

from ringback.domain.business import Staff
from ringback.domain.phrases import Phrase, phrase
from ringback.store import members
from ringback.store.people import Person
from ringback.web import auth
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.people.fields import email_trouble, name_trouble
from ringback.web.people.role_words import ROLE_NAMES, roles_to_give
from ringback.web.people.staffing import people_page, read_staff
from ringback.web.words import say
from ringback.workflows.invitations import INVITATION_DAYS, Guest, Links, invite, new_code, staff_of_email, text_staff
from ringback.workflows.mail import Mail, enqueue_mail

_NO_PHONE = phrase("Choose somebody of your staff list who has a phone, or leave this out.")
_TAKEN = phrase("This person of your staff list can sign in already.")
_HERE = phrase("Somebody who signs in with this e-mail works here already.")


@dataclass(frozen=True, slots=True)
class Asked:
    """The form as it was filled in."""

    name: str
    email: str
    role: str
    by_text: bool
    staff: Staff | None


async def invite_person(visit: Visit) -> Response:
    """Make an invitation and show its link, once."""
    form = await read_form(visit.request)
    if form.get("role", "") not in roles_to_give(visit.signed_in):
        raise HTTPException(403, phrase("You cannot give away a role above your own."))
    code = new_code()
    code_hash = await auth.hash_secret(code) if form.get("by_text") else None
    async with visit.desk() as desk:
        asked = _read(desk, form)
        troubles = await _troubles(desk, asked)
        if troubles:
            return await people_page(visit, desk, 422, troubles=troubles, typed=form)
        staff_id = asked.staff.staff_id if asked.staff else None
        guest = Guest(asked.name, asked.email or None, asked.role, staff_id, code_hash)
        inviter = Person(visit.signed_in.person_id, "", visit.signed_in.name, "")
        links = await invite(desk.connection, desk.business, guest, inviter, desk.now)
        sent = await _send(visit, desk, asked, links)
        link = _link(visit, links.token)
        code_shown = code if sent["texted"] else None
        return await visit.page(
            desk, "people/invited.html", 201, guest=guest, secret_link=link, code=code_shown, days=INVITATION_DAYS,
            here="/people",
            **sent,
        )  # fmt: skip


def _read(desk: Desk, form: dict[str, str]) -> Asked:
    email = form.get("email", "").strip()
    chosen = read_staff(desk, form.get("staff", ""))
    staff = next((one for one in desk.business.staff if one.staff_id == chosen), None)
    # Somebody whose address is on the staff list is that person, without being asked.
    staff = staff or staff_of_email(desk.business, email)
    name = form.get("name", "").strip() or (staff.name if staff else "")
    return Asked(name, email, form.get("role", ""), bool(form.get("by_text")), staff)


async def _troubles(desk: Desk, asked: Asked) -> dict[str, Phrase]:
    found = {"name": name_trouble(asked.name), "email": email_trouble(asked.email) if asked.email else None}
    if asked.by_text and (asked.staff is None or asked.staff.phone is None):
        found["by_text"] = _NO_PHONE
    staff_id = asked.staff.staff_id if asked.staff else None
    if staff_id and await members.find_member_of_staff(desk.connection, desk.business_id, staff_id):
        found["staff"] = _TAKEN
    present = await members.list_members(desk.connection, desk.business_id)
    if asked.email and asked.email.casefold() in {one["email"].casefold() for one in present}:
        found["email"] = _HERE
    return {field: trouble for field, trouble in found.items() if trouble is not None}


async def _send(visit: Visit, desk: Desk, asked: Asked, links: Links) -> dict[str, bool]:
    texted = False
    if links.texted and asked.staff and asked.staff.phone:
        words = _text_words(visit, desk, _link(visit, links.texted))
        texted = await text_staff(desk.connection, desk.business, asked.staff.phone, words, desk.now)
    # Where no mail server is set up, the link is there to be copied.
    mailed = bool(asked.email) and visit.context.mailer is not None
    if mailed:
        mail = _mail(visit, desk, asked, _link(visit, links.token))
        await enqueue_mail(desk.connection, visit.context.sealer, mail, desk.now, desk.business_id)
    return {"texted": texted, "mailed": mailed}


def _text_words(visit: Visit, desk: Desk, link: str) -> str:
    return say(
        phrase(
            "%(who)s invites you to answer callers of %(shop)s with Ringback: %(link)s "
            "They will tell you the code that goes with it.",
            who=visit.signed_in.name,
            shop=desk.business.name,
            link=link,
        )
    )


def _mail(visit: Visit, desk: Desk, asked: Asked, link: str) -> Mail:
    who, shop = visit.signed_in.name, desk.business.name
    subject = phrase("%(who)s invites you to %(shop)s", who=who, shop=shop)
    text = phrase(
        "Hello %(name)s,\n\n%(who)s invites you to work with %(shop)s in Ringback (%(role)s).\n\n"
        "Open this link within %(days)s days to come in. It works once, so keep it to yourself:\n%(link)s\n\n"
        "You did not expect this? Then leave it: without the link nothing happens.",
        name=asked.name,
        who=who,
        shop=shop,
        role=ROLE_NAMES[asked.role],
        days=INVITATION_DAYS,
        link=link,
    )
    return Mail(asked.email, say(subject), say(text))


def _link(visit: Visit, token: str) -> str:
    return f"{visit.context.public_url}/invitation?key={token}"
