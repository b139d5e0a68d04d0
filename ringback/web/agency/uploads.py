"""One uploaded file with the fields beside it: small, counted as it arrives, and never written to a disk of ours."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from ringback.domain.phrases import Phrase, phrase

LARGEST_BYTES = 5 * 1024 * 1024
# The boundaries and headings of the form around the file.
_FRAME_BYTES = 16 * 1024
# A browser whose upload is cut off shows an error of its own: up to here the rest is read and thrown away.
_DRAINED_BYTES = 64 * 1024 * 1024

TOO_LARGE = phrase("This file is larger than 5 MB. Split it, and bring the parts one after the other.")


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as the browser sent it; `name` is what its owner calls it."""

    name: str
    content: bytes


# What an export of a spreadsheet or an address book is called, and how no text begins: archives, pictures, documents.
_TABLES, _CARDS = (".csv", ".tsv", ".txt"), (".vcf", ".vcard")
_NO_TEXT = (
    b"PK",
    b"\x1f\x8b",
    b"\x89PNG",
    b"\xff\xd8",
    b"GIF8",
    b"%PDF",
    b"{\\rtf",
    b"MZ",
    b"\x7fELF",
    b"\xd0\xcf",
    b"7z",
)
_NO_CONTACTS = phrase(
    "This is no CSV or vCard file. In your spreadsheet or address book, choose “Export” and then CSV."
)
_OTHER_KIND = phrase("What is in this file does not go with its ending. Export it once more, as CSV or as vCard.")


def kind_trouble(uploaded: Uploaded) -> Phrase | None:
    """Return why a file is none of contacts, by its ending and by what is in it, or None (ASVS 5.2.2)."""
    name = uploaded.name.casefold()
    if not name.endswith(_TABLES + _CARDS) or uploaded.content.startswith(_NO_TEXT):
        return _NO_CONTACTS
    has_cards = b"BEGIN:VCARD" in uploaded.content[:2000].upper().replace(b"\0", b"")
    return None if has_cards == name.endswith(_CARDS) or name.endswith(".txt") else _OTHER_KIND


class _TooLarge(Exception):
    """More arrived than a file may have; nothing of it is kept."""


async def read_upload(request: Request, field: str) -> Uploaded | None:
    """Return the file of a form, None where none was chosen. Raises HTTPException for what no form of ours sends."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(400, phrase("The form could not be read. Nothing was changed."))
    parser = MultiPartParser(request.headers, _counted(request), max_files=1, max_fields=5)
    # Kept in memory whole: what is spooled to a disk could stay there.
    parser.spool_max_size = LARGEST_BYTES + _FRAME_BYTES
    try:
        form = await parser.parse()
    except _TooLarge:
        raise HTTPException(413, TOO_LARGE) from None
    except (MultiPartException, UnicodeDecodeError, KeyError):
        raise HTTPException(400, phrase("The form could not be read. Nothing was changed.")) from None
    try:
        file = form.get(field)
        if not isinstance(file, UploadFile) or not file.filename:
            return None
        return Uploaded(file.filename[-120:], await file.read())
    finally:
        await form.close()


async def _counted(request: Request) -> AsyncGenerator[bytes, None]:
    arrived = 0
    async for chunk in request.stream():
        arrived += len(chunk)
        if arrived <= LARGEST_BYTES + _FRAME_BYTES:
            yield chunk
        elif arrived > _DRAINED_BYTES:
            break
    if arrived > LARGEST_BYTES + _FRAME_BYTES:
        raise _TooLarge
