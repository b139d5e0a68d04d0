"""Somebody here was told: no more texts to this contact. By phone, voicemail, e-mail: it counts as a STOP does."""

from typing import Any
from uuid import UUID

from starlette.responses import RedirectResponse, Response

from ringback.domain.caller_names import visible
from ringback.domain.phrases import Phrase, phrase
from ringback.store.audit import Change
from ringback.web.agency.contact import load_contact
from ringback.web.consent.telling import TOLD_BY
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.consent_opting import record_opt_out

_LONGEST_WORDS = 180


async def show_form(visit: Visit) -> Response:
    """Ask how they said it, and say what it will do."""
    async with visit.desk() as desk:
        return await _page(visit, desk, visit.path_id("contact_id"), {"how": "", "words": "", "trouble": None})


async def opt_out(visit: Visit) -> Response:
    """Stop all texts to a contact; said again, it stands as it was."""
    contact_id, form = visit.path_id("contact_id"), await read_form(visit.request)
    how, words = form.get("how", ""), visible(form.get("words", ""))
    async with visit.desk() as desk:
        contact = await load_contact(desk, contact_id)
        if trouble := _trouble_with(how, words):
            return await _page(visit, desk, contact_id, {"how": how, "words": words, "trouble": trouble})
        said = f"{how}: {words}" if words else how
        if await record_opt_out(desk.connection, desk.business_id, contact_id, said, desk.now):
            change = Change("contact.opted_out", contact["phone"], None, {"how": how, "words": words})
            await visit.note(desk, change)
    return RedirectResponse(f"/contacts/{contact_id}", 303)


def _trouble_with(how: str, words: str) -> Phrase | None:
    if how not in TOLD_BY:
        return phrase("Say how they told you.")
    if len(words) > _LONGEST_WORDS:
        return phrase("That is too long. %(most)s letters fit.", most=_LONGEST_WORDS)
    return None


async def _page(visit: Visit, desk: Desk, contact_id: UUID, given: dict[str, Any]) -> Response:
    contact = await load_contact(desk, contact_id)
    shown = {"contact": contact, "given": given, "ways": TOLD_BY}
    return await visit.page(desk, "consent/opt_out.html", 422 if given["trouble"] else 200, **shown)
