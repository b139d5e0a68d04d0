"""The list of contacts: who is this number, and how do we treat them?"""

import re
from typing import Any
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ringback.domain.textback import Mark
from ringback.store import contact_lists
from ringback.store.contact_lists import ContactSearch
from ringback.web.pages.visits import Visit

_ON_A_PAGE = 50
_LONGEST_SEARCH = 60
# Shorter ones are found in too many numbers, and "2" may be part of a name.
_FEWEST_DIGITS = 3


async def show_contacts(visit: Visit) -> Response:
    """Show contacts by name, page by page, or those that a search finds."""
    asked = visit.request.query_params
    said = asked.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH]
    mark, after = _read_mark(asked.get("mark")), _read_after(visit.request)
    async with visit.desk() as desk:
        search = read_search(said, mark)
        found = await contact_lists.list_contacts(desk.connection, desk.business_id, search, after, _ON_A_PAGE + 1)
        page = found[:_ON_A_PAGE]
        shown: dict[str, Any] = {
            "contacts": page,
            "next_after": page[-1]["contact_id"] if len(found) > _ON_A_PAGE else None,
            "said": said,
            "mark": mark.value if mark else "",
            "is_first": after is None,
        }
        return await visit.page(desk, "agency/contacts.html", **shown)


def read_search(said: str, mark: Mark | None = None) -> ContactSearch:
    """Return what people typed as a search: part of a name, or of a number however it is written."""
    # The 0 before a national number, and the 00 before an international one, are not part of it (E.164).
    digits = re.sub(r"\D", "", said).lstrip("0")
    is_number = len(digits) >= _FEWEST_DIGITS and not re.search(r"[^\W\d_]", said)
    return ContactSearch(said or None, digits if is_number else None, mark)


def _read_mark(text: str | None) -> Mark | None:
    if not text:
        return None
    try:
        return Mark(text)
    except ValueError:
        raise HTTPException(404) from None


def _read_after(request: Request) -> UUID | None:
    text = request.query_params.get("after")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise HTTPException(404) from None
