"""A settings form as it was sent: every text of every name, in order; a week has more of them than other forms."""

from starlette.requests import Request

from ringback.web.pages.forms import read_pairs
from ringback.web.settings.inputs import Texts

# Seven days of four spans, a person's fields and as many rows of time off.
_MOST_FIELDS = 250


async def read_typed(request: Request) -> dict[str, Texts]:
    """Return the texts of a form by name. Raises HTTPException for what no form of ours sends."""
    typed: dict[str, Texts] = {}
    for name, text in await read_pairs(request, _MOST_FIELDS):
        typed[name] = (*typed.get(name, ()), text)
    return typed
