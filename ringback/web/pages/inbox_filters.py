"""Which threads a reader of the inbox wants to see, as it stands in the address."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request

from ringback.store.people import SignedIn
from ringback.store.threads import View, Wanted
from ringback.web.pages.forms import id_in

# Nobody's id: whoever is not on the staff list owns no threads.
_NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The filters of the inbox. No view is every thread."""

    view: View | None = None
    is_mine: bool = False
    line_id: UUID | None = None
    only_unread: bool = False

    def wanted(self, signed_in: SignedIn, now: datetime) -> Wanted:
        """Return what the store is asked for."""
        owner_id = (signed_in.staff_id or _NOBODY) if self.is_mine else None
        return Wanted(self.view, owner_id, self.line_id, self.only_unread, signed_in.person_id, now)

    def query(self, **more: str) -> str:
        """Return the filters as the query of an address, beginning with "?", or "" where there are none."""
        fields = {
            "view": self.view.value if self.view else "",
            "whose": "mine" if self.is_mine else "",
            "line": str(self.line_id) if self.line_id else "",
            "unread": "1" if self.only_unread else "",
            **more,
        }
        said = urlencode({name: value for name, value in fields.items() if value})
        return f"?{said}" if said else ""

    def in_view(self, view: str | None) -> "Chosen":
        """Return the same filters in another view."""
        return replace(self, view=View(view) if view else None)


def read_filters(request: Request) -> Chosen:
    """Return the filters of an address; what is no filter narrows nothing."""
    asked = request.query_params
    view = asked.get("view", "")
    # Old bookmarks and typing errors still show something.
    return Chosen(
        View(view) if view in set(View) else None,
        asked.get("whose") == "mine",
        id_in(asked, "line"),
        asked.get("unread") == "1",
    )


def view_of(thread: dict[str, Any], now: datetime) -> View:
    """Return the one view in which a thread stands."""
    if thread["needs_reply_at"] is not None:
        return View.NEEDS_REPLY
    if thread["closed_at"] is not None:
        return View.DONE
    is_booked = thread["booked_until"] is not None and thread["booked_until"] > now
    return View.BOOKED if is_booked else View.WAITING


def belongs(thread: dict[str, Any], wanted: Wanted) -> bool:
    """Return whether a thread stands in a list; the store's own answer for one row."""
    return (
        wanted.view in (None, view_of(thread, wanted.at))
        and wanted.owner_id in (None, thread["owner_id"])
        and wanted.line_id in (None, thread["line_id"])
        and (thread["unread"] or not wanted.only_unread)
    )
