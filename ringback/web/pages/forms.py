"""Form fields as text: small, each once, and nothing uploaded; and what several forms say of them."""

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qsl
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request

from ringback.domain.business_reading import Problem
from ringback.domain.phrases import phrase

NOT_A_NUMBER = phrase("must be a whole number")
OUTDATED = phrase("Somebody else has changed this meanwhile. Nothing of yours was saved: look at it again.")

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


def id_in(form: Mapping[str, str], name: str) -> UUID | None:
    """Return the id in a field of a form, or None where there is none."""
    try:
        return UUID(form.get(name, ""))
    except ValueError:
        return None


def read_number(text: str, digits: int = 6) -> int | None:
    """Return a whole number of at most so many digits; None for anything else."""
    # isdigit alone takes digits of every script, and int() of a thousand of them its time.
    return int(text) if text.isascii() and text.isdigit() and len(text) <= digits else None


def beside(problems: Sequence[Problem]) -> dict[str, str]:
    """Return what is wrong by the last part of its place, which is the name of a field."""
    return {problem.place.rpartition(".")[2]: problem.sentence for problem in problems}
