"""One contact's rights: see what is kept about them, take it along, and be erased."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.erasing import is_erased
from ringback.domain.phrases import Phrase, phrase
from ringback.store import booking_queries, erasing
from ringback.store.audit import Change
from ringback.store.booking_queries import BookingFilter
from ringback.web.agency.contact import NOBODY, load_contact
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.people.proof import ask_for_proof, is_proved
from ringback.workflows.contact_export import Everything, count_rows, pack
from ringback.workflows.erasing import CannotErase, erase_contact, load_everything

_TICK = phrase("Tick this first: it cannot be undone.")
# What people call the tables that have most to say; the file has all of them.
_CALLED = {
    "messages": phrase("Texts"),
    "calls": phrase("Calls"),
    "bookings": phrase("Bookings"),
    "pictures": phrase("Pictures"),
    "thread_notes": phrase("Notes of your people"),
    "call_backs": phrase("Call-backs"),
    "consent_entries": phrase("Entries of the consent ledger"),
    "audit_entries": phrase("Changes made about them"),
}


async def show_known(visit: Visit) -> Response:
    """Show what is kept about a contact, and offer the file and the erasure."""
    async with visit.desk() as desk:
        return await _page(visit, desk, visit.path_id("contact_id"))


async def _page(visit: Visit, desk: Desk, contact_id: UUID, trouble: Phrase | None = None) -> Response:
    contact = await load_contact(desk, contact_id)
    counts = count_rows(await _everything(desk, contact_id))
    asked = BookingFilter(contact_id=contact_id, since=desk.now, state="booked")
    coming = await booking_queries.list_bookings(desk.connection, desk.business_id, asked, None, 100)
    shown = {
        "contact": contact,
        "is_erased": is_erased(contact["phone"]),
        "erased_at": await erasing.find_erasure(desk.connection, desk.business_id, contact_id),
        "counts": [(words, counts[table]) for table, words in _CALLED.items() if table in counts],
        "others": sum(count for table, count in counts.items() if table not in _CALLED),
        "coming": len(coming),
        "keeps_opt_out": await erasing.must_not_be_texted(desk.connection, desk.business_id, contact_id),
        "trouble": trouble,
    }
    return await visit.page(desk, "privacy/contact.html", 422 if trouble else 200, **shown)


async def download(visit: Visit) -> Response:
    """Answer with everything about a contact as one file, and note who took it along."""
    contact_id = visit.path_id("contact_id")
    if not is_proved(visit):
        return ask_for_proof(f"/contacts/{contact_id}/privacy")
    async with visit.desk() as desk:
        told = await _everything(desk, contact_id)
        await visit.note(desk, Change("contact.exported", told["contacts"][0]["phone"]))
        content = pack(desk.business.name, told, desk.now)
    # Nobody's number or name: the file lies in a folder of downloads.
    headers = {"content-disposition": f'attachment; filename="contact-{contact_id}.zip"', "cache-control": "no-store"}
    return Response(content, media_type="application/zip", headers=headers)


async def erase(visit: Visit) -> Response:
    """Erase a contact, once that was confirmed."""
    contact_id, form = visit.path_id("contact_id"), await read_form(visit.request)
    if not is_proved(visit):
        return ask_for_proof(f"/contacts/{contact_id}/privacy")
    async with visit.desk() as desk:
        if form.get("sure") != "yes":
            return await _page(visit, desk, contact_id, _TICK)
        try:
            erased = await erase_contact(visit.context, desk.connection, desk.business, contact_id, visit.who, desk.now)
        except CannotErase as error:
            return await _page(visit, desk, contact_id, error.sentence)
        if erased is None:
            raise HTTPException(404, NOBODY)
    return RedirectResponse(f"/contacts/{contact_id}/privacy", 303)


async def _everything(desk: Desk, contact_id: UUID) -> Everything:
    told = await load_everything(desk.connection, desk.business, contact_id)
    if told is None:
        raise HTTPException(404, NOBODY)
    return told
