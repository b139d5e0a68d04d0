"""Form fields as text: small, each once, and nothing uploaded."""

from urllib.parse import parse_qsl

from starlette.exceptions import HTTPException
from starlette.requests import Request

_LARGEST_FORM_BYTES = 64 * 1024
_MOST_FIELDS = 50


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form; the last of a name counts. Raises HTTPException for what no form of ours sends."""
    return dict(await read_pairs(request, _MOST_FIELDS))


async def read_pairs(request: Request, most: int) -> list[tuple[str, str]]:
    """Return the fields of a form in their order, for one that may send a name more than once."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LARGEST_FORM_BYTES:
            raise HTTPException(413, "That was more text than fits in one form. Nothing was changed.")
    try:
        fields = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=most, errors="strict")
    except ValueError:
        raise HTTPException(400, "The form could not be read. Nothing was changed.") from None
    if any("\0" in value for _, value in fields):
        raise HTTPException(400, "The form held characters that no text can have. Nothing was changed.")
    return fields
