"""One contact: their name and language, and the marks on them with who, why and when."""

from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.caller_names import visible
from ringback.domain.number_facts import FactSource, LineType, NumberFact
from ringback.domain.phones import former_phone, is_retired
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.textback import Mark
from ringback.store import contact_lists, contacts, number_facts
from ringback.store.audit import Change
from ringback.store.contacts import NewMark
from ringback.web.marking import set_mark, take_mark_off
from ringback.web.pages.forms import read_form
from ringback.web.pages.known_numbers import tell_facts
from ringback.web.pages.visits import Desk, Visit
from ringback.web.words import LANGUAGES
from ringback.workflows.number_facts import part_from_number

# The marks a person may set or end; `untextable` is the carrier's to say.
PERSONS_MARKS = (Mark.DO_NOT_TEXT, Mark.BLOCKED, Mark.SPAM)
_LONGEST_NAME = 80
_LONGEST_WHY = 200

NOBODY = phrase("There is no such contact.")


async def show_contact(visit: Visit) -> Response:
    """Show one contact."""
    async with visit.desk() as desk:
        return await _page(visit, desk, visit.path_id("contact_id"))


async def change(visit: Visit) -> Response:
    """Set name and language."""
    contact_id, form = visit.path_id("contact_id"), await read_form(visit.request)
    name, language = visible(form.get("name", "")), form.get("language", "")
    trouble = _trouble_with(name, language)
    async with visit.desk() as desk:
        if trouble:
            return await _page(visit, desk, contact_id, {"name": name, "language": language, "trouble": trouble})
        before = await load_contact(desk, contact_id)
        after = {"name": name or None, "language": language or None}
        was = {key: before[key] for key in after}
        # A form sent unchanged is no change, and nothing for the log.
        if after != was:
            await contacts.save_contact(desk.connection, desk.business_id, contact_id, after["name"], after["language"])
            # The number, not the name: names change, and two people may have one.
            await visit.note(desk, Change("contact.changed", before["phone"], was, after))
    return _back_to(contact_id)


def _trouble_with(name: str, language: str) -> Phrase | None:
    if len(name) > _LONGEST_NAME:
        return phrase("This name is too long. %(most)s letters fit.", most=_LONGEST_NAME)
    if language not in ("", *LANGUAGES):
        return phrase("Choose one of the languages.")
    return None


async def mark(visit: Visit) -> Response:
    """Mark a contact as blocked, not to be texted, or spam; a mark that stands stays as it is."""
    contact_id, form = visit.path_id("contact_id"), await read_form(visit.request)
    kind, why = _persons_mark(form.get("kind", "")), visible(form.get("why", ""))[:_LONGEST_WHY]
    async with visit.desk() as desk:
        contact = await load_contact(desk, contact_id)
        # The first one to mark somebody is who the others will ask.
        if kind not in await _standing(desk, contact_id):
            new, by = NewMark(kind, why, visit.signed_in.name), visit.signed_in.person_id
            await set_mark(desk.connection, desk.business_id, contact, new, desk.now, by)
    return _back_to(contact_id)


async def end_mark(visit: Visit) -> Response:
    """End a mark; one that has ended has ended."""
    contact_id, kind = visit.path_id("contact_id"), _persons_mark(visit.request.path_params["kind"])
    async with visit.desk() as desk:
        contact = await load_contact(desk, contact_id)
        if kind in await _standing(desk, contact_id):
            await take_mark_off(desk.connection, desk.business_id, contact, kind, visit.who, desk.now)
    return _back_to(contact_id)


async def reassign(visit: Visit) -> Response:
    """Somebody says that the number belongs to another person now: it begins anew, and the history stays here."""
    contact_id = visit.path_id("contact_id")
    async with visit.desk() as desk:
        contact = await load_contact(desk, contact_id)
        if not is_retired(contact["phone"]):
            retired = await part_from_number(
                desk.connection, desk.business_id, contact_id, visit.signed_in.name, desk.now
            )
            said = NumberFact(FactSource.PERSON, LineType.UNKNOWN, desk.now, is_reassigned=True)
            if retired is not None:
                await number_facts.save_number_fact(desk.connection, desk.business_id, retired.phone, said)
                # A slip of the finger must not end a STOP: only the new person's own START does.
                await number_facts.copy_opt_out(desk.connection, desk.business_id, contact_id, retired.contact_id)
            await visit.note(desk, Change("contact.reassigned", contact["phone"]))
    return _back_to(contact_id)


def _persons_mark(text: str) -> Mark:
    found = next((one for one in PERSONS_MARKS if one.value == text), None)
    if found is None:
        raise HTTPException(404, phrase("There is no such mark."))
    return found


async def _standing(desk: Desk, contact_id: UUID) -> set[str]:
    found = await contact_lists.list_marks(desk.connection, desk.business_id, contact_id)
    return {row["kind"] for row in found if row["ended_at"] is None}


async def _page(visit: Visit, desk: Desk, contact_id: UUID, refused: dict[str, Any] | None = None) -> Response:
    """Return the page of a contact; `refused` is what was typed and could not be saved."""
    contact = await load_contact(desk, contact_id)
    found = await contact_lists.list_marks(desk.connection, desk.business_id, contact_id)
    standing = [row for row in found if row["ended_at"] is None]
    taken = {row["kind"] for row in standing}
    shown = {
        "contact": contact,
        "given": refused or {"name": contact["name"] or "", "language": contact["language"] or "", "trouble": None},
        "standing": standing,
        "known": tell_facts(
            await number_facts.list_number_facts(desk.connection, desk.business_id, contact["phone"]), desk.now
        ),
        "is_retired": is_retired(contact["phone"]),
        "former": former_phone(contact["phone"]),
        "ended": [row for row in found if row["ended_at"] is not None],
        "free_marks": [one.value for one in PERSONS_MARKS if one.value not in taken],
    }
    return await visit.page(desk, "agency/contact.html", 422 if refused else 200, **shown)


async def load_contact(desk: Desk, contact_id: UUID) -> dict[str, Any]:
    """Return a contact of this business with what stands of them, or 404."""
    contact = await contact_lists.get_contact_page(desk.connection, desk.business_id, contact_id)
    if contact is None:
        raise HTTPException(404, NOBODY)
    return contact


def _back_to(contact_id: UUID) -> Response:
    return RedirectResponse(f"/contacts/{contact_id}", 303)
