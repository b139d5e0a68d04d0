"""Contacts brought along in a file: choose it, see what it would change, bring it in, and take it back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.caller_names import visible
from ringback.domain.contact_files import Columns, UnreadableFile, decode_file
from ringback.domain.contact_plans import ImportKind
from ringback.domain.phrases import Phrase, phrase
from ringback.store import contact_lists
from ringback.store.contact_lists import Draft
from ringback.store.ids import new_id
from ringback.web.agency.uploads import kind_trouble, read_upload
from ringback.web.pages.forms import read_form, read_number
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.contact_import import FileRead, Wanted, bring_in, plan, read_file
from ringback.workflows.contact_import import undo as undo_import

# The page is for looking over; ten thousand rows would take a phone a minute to draw.
_SHOWN_ROWS = 20
_SHOWN_FAULTS = 200
_SHOWN_IMPORTS = 50

_NONE = phrase("There is no such import. A file that was never brought in is kept for one day.")
_NO_FILE = phrase("Choose a file first.")


async def show_imports(visit: Visit) -> Response:
    """Show what was brought in, and the form for another file."""
    async with visit.desk() as desk:
        return await _start(visit, desk, None)


async def _start(visit: Visit, desk: Desk, trouble: Phrase | None) -> Response:
    done = await contact_lists.list_imports(desk.connection, desk.business_id, _SHOWN_IMPORTS)
    status = 422 if trouble else 200
    return await visit.page(desk, "agency/imports.html", status, imports=done, trouble=trouble)


async def upload(visit: Visit) -> Response:
    """Take a file, look into it, and go on to what it would change."""
    uploaded = await read_upload(visit.request, "file")
    async with visit.desk() as desk:
        if uploaded is None:
            return await _start(visit, desk, _NO_FILE)
        trouble = kind_trouble(uploaded)
        if trouble is not None:
            return await _start(visit, desk, trouble)
        try:
            content = decode_file(uploaded.content)
            # Read to know that it can be: what cannot is refused beside the field, and never kept.
            await read_file(content, desk.business.country)
        except UnreadableFile as error:
            return await _start(visit, desk, error.why)
        draft = Draft(new_id(), visible(uploaded.name) or "contacts", content, visit.signed_in.name)
        await contact_lists.save_draft(desk.connection, desk.business_id, draft, desk.now)
    return RedirectResponse(f"/contacts/imports/{draft.import_id}", 303)


async def show_import(visit: Visit) -> Response:
    """Show what a file would change, as what is chosen in the query; or, once it is brought in, what it changed."""
    import_id = visit.path_id("import_id")
    async with visit.desk() as desk:
        found = await _load(desk, import_id)
        if found["done_at"] is not None:
            return await visit.page(desk, "agency/import_done.html", found=found)
        return await _preview(visit, desk, found, visit.request.query_params)


async def _preview(
    visit: Visit, desk: Desk, found: Mapping[str, Any], chosen: Mapping[str, str], trouble: Phrase | None = None
) -> Response:
    kind = _kind(chosen.get("kind"))
    file = await read_file(found["content"], desk.business.country, _columns(chosen))
    planned = await plan(desk.connection, desk.business_id, file.reading, kind or ImportKind.REGULARS)
    shown = {
        "found": found,
        "headings": file.headings,
        "columns": file.columns,
        "kind": kind.value if kind else "",
        "kinds": [one.value for one in ImportKind],
        "rows": planned[:_SHOWN_ROWS],
        "rest": max(len(planned) - _SHOWN_ROWS, 0),
        "new": sum(one.known is None for one in planned),
        "changed": sum(one.known is not None and one.changes for one in planned),
        "unchanged": sum(not one.changes for one in planned),
        "faults": file.reading.faults[:_SHOWN_FAULTS],
        "more_faults": max(len(file.reading.faults) - _SHOWN_FAULTS, 0),
        "trouble": trouble,
    }
    return await visit.page(desk, "agency/import.html", 422 if trouble else 200, **shown)


async def complete(visit: Visit) -> Response:
    """Bring a file in as it was shown; sent twice, it is brought in once."""
    import_id, form = visit.path_id("import_id"), await read_form(visit.request)
    kind = _kind(form.get("kind"))
    async with visit.desk() as desk:
        found = await _load(desk, import_id)
        # Sent twice by a slow phone: the second sees what the first has done.
        if found["done_at"] is not None:
            return _to(import_id)
        if kind is None:
            return await _preview(visit, desk, found, form, phrase("Say who these people are."))
        file = await read_file(found["content"], desk.business.country, _columns(form))
        # An import of nothing would only be in the way in the list.
        if not file.reading.entries:
            return await _preview(visit, desk, found, form, _nothing(file))
        await bring_in(desk.connection, desk.business, Wanted(import_id, kind, file, visit.who), desk.now)
    return _to(import_id)


def _nothing(file: FileRead) -> Phrase:
    if file.headings and not file.columns.phones:
        return phrase("Choose the column that has the phone numbers.")
    return phrase("No row has a phone number, so there is nothing to bring in.")


async def undo(visit: Visit) -> Response:
    """Take back what an import did."""
    import_id = visit.path_id("import_id")
    async with visit.desk() as desk:
        if not await undo_import(desk.connection, desk.business_id, import_id, visit.who, desk.now):
            raise HTTPException(404, _NONE)
    return _to(import_id)


def _columns(chosen: Mapping[str, str]) -> Columns | None:
    """Return the columns that a form names; None where it names none, as when the file has just arrived."""
    # The same names serve the query of a look and the form that brings it in.
    names = ("phone_1", "phone_2", "phone_3", "name_1", "name_2", "language")
    if not any(name in chosen for name in names):
        return None
    said = {name: read_number(chosen.get(name, ""), 3) for name in names}
    phones = [said[name] for name in names if name.startswith("phone")]
    people = [said[name] for name in names if name.startswith("name")]
    return Columns(_once(phones), _once(people), said["language"])


def _once(columns: list[int | None]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(column for column in columns if column is not None))


def _kind(text: str | None) -> ImportKind | None:
    return next((kind for kind in ImportKind if kind.value == text), None)


async def _load(desk: Desk, import_id: UUID) -> dict[str, Any]:
    found = await contact_lists.get_import(desk.connection, desk.business_id, import_id)
    if found is None:
        raise HTTPException(404, _NONE)
    return found


def _to(import_id: UUID) -> Response:
    return RedirectResponse(f"/contacts/imports/{import_id}", 303)
