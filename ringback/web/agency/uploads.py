"""One uploaded file with the fields beside it: small, counted as it arrives, and never written to a disk of ours."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from ringback.domain.phrases import phrase

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
