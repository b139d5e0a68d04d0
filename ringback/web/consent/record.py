"""What was agreed, said and refused between a contact and the business: a page, a spreadsheet, and a PDF to show."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.responses import Response

from ringback.domain.phrases import phrase
from ringback.store import consent_ledger
from ringback.web.agency.contact import load_contact
from ringback.web.consent.telling import tell
from ringback.web.dashboard.files import csv_file
from ringback.web.pages.cursors import cut, read_cursor
from ringback.web.pages.visits import Visit
from ringback.web.words import current_language, in_language, say
from ringback.workflows.consent_ledger import read_ledger

_ON_A_PAGE = 50
# A PDF of more is read by nobody, and takes seconds to write.
_IN_A_PDF = 1_000
_IN_A_CSV = 20_000

_HEADS = (
    *(phrase("When (UTC)"), phrase("What"), phrase("How"), phrase("Word for word"), phrase("Their number")),
    *(phrase("Your line"), phrase("Wording"), phrase("Rules"), phrase("Reference"), phrase("Place in the ledger")),
    *(phrase("Fingerprint"), phrase("Kind"), phrase("Source")),
)


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What stands above the entries of a document: whose it is, about whom, and when it was made."""

    business: str
    zone: str
    phone: str
    name: str | None
    made_at: datetime


async def show_record(visit: Visit) -> Response:
    """Show what the ledger says of a contact, the latest first."""
    contact_id, cursor = visit.path_id("contact_id"), read_cursor(visit.request, "before")
    async with visit.desk() as desk:
        contact = await load_contact(desk, contact_id)
        found = await consent_ledger.list_consent(desk.connection, desk.business_id, contact_id, cursor, _ON_A_PAGE + 1)
        page, older = cut(found, _ON_A_PAGE, "at", "entry_id")
        # Of one instant, the chain knows what came first.
        page.sort(key=lambda row: (row["at"], row["position"]), reverse=True)
        entries = [{**row, "told": tell(row)} for row in page]
        shown: dict[str, Any] = {"contact": contact, "entries": entries, "older": older, "is_first": cursor is None}
        return await visit.page(desk, "consent/record.html", **shown)


async def download_csv(visit: Visit) -> Response:
    """Return the same for a spreadsheet, the oldest first."""
    contact_id = visit.path_id("contact_id")
    async with visit.desk() as desk:
        contact = await load_contact(desk, contact_id)
        found = await read_ledger(desk.connection, desk.business_id, contact_id, _IN_A_CSV)
    return csv_file(file_name(contact["phone"], "csv"), csv_lines(found))


def csv_lines(found: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[object]]:
    """Return the heads and a line for each entry."""
    yield [say(head) for head in _HEADS]
    for row in found:
        told = tell(row)
        said = [say(told.what), say(told.more), told.quote]
        versions = [row["wording_version"], row["rule_version"]]
        yield [
            *(row["at"], *said, row["phone"], row["line"], *versions, row["reference"]),
            *(row["position"], row["hash"], row["kind"], row["source"]),
        ]


async def download_pdf(visit: Visit) -> Response:
    """Return the same as a PDF, for somebody who has to be shown it."""
    contact_id = visit.path_id("contact_id")
    async with visit.desk() as desk:
        contact = await load_contact(desk, contact_id)
        found = await read_ledger(desk.connection, desk.business_id, contact_id, _IN_A_PDF)
        about = RecordHead(desk.business.name, desk.business.zone, contact["phone"], contact["name"], desk.now)
    # Writing a long one takes a second in which nobody else would be answered.
    written = await asyncio.to_thread(pdf_of, about, found, current_language())
    name = file_name(contact["phone"], "pdf")
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(written, media_type="application/pdf", headers=headers)


def pdf_of(about: RecordHead, entries: Sequence[Mapping[str, Any]], language: str) -> bytes:
    """Return the document in a language; not for the event loop, which would stand still meanwhile."""
    # 27 MB of a library that most processes never need.
    from ringback.web.consent.document import write_pdf  # noqa: PLC0415

    with in_language(language):
        return write_pdf(about, entries)


def file_name(phone: str, ending: str) -> str:
    """Return a name for a file about a number, in letters and digits."""
    kept = "".join(character for character in phone if character.isascii() and character.isalnum())
    return f"consent-{kept or 'contact'}.{ending}"
