"""What somebody has just saved, said on the page that follows: from the audit, which is what was really done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ringback.store.audit import list_entries
from ringback.web.pages.visits import Desk, Visit
from ringback.web.settings.fields import Difference, differences
from ringback.web.settings.forms import Form, fill
from ringback.web.settings.where import BY_CHANGE

_LOOKED_BACK = 10


@dataclass(frozen=True, slots=True)
class News:
    """A change: of what, whether the entry is new or gone, and each input that has another value."""

    subject: str
    form: Form | None
    is_new: bool
    is_gone: bool
    differences: list[Difference]


SAME = "same"


def news_mark(at: datetime) -> str:
    """Return what the address after saving carries, to find the change again."""
    return str(int(at.timestamp() * 1000))


async def latest_news(visit: Visit, desk: Desk) -> News | None:
    """Return what this person has just changed, where the address says that they come from saving it."""
    mark = visit.request.query_params.get("saved")
    if mark is None:
        return None
    entries = await list_entries(desk.connection, desk.business_id, None, _LOOKED_BACK)
    mine = (entry for entry in entries if entry["person_id"] == visit.signed_in.person_id)
    entry = next((entry for entry in mine if news_mark(entry["at"]) == mark), None)
    if entry is not None:
        return _news(entry, desk)
    # A form that was sent as it came changes nothing and is in no audit.
    return News("", None, is_new=False, is_gone=False, differences=[]) if mark == SAME else None


def _news(entry: dict[str, Any], desk: Desk) -> News:
    form = BY_CHANGE.get(entry["what"])
    before, after = entry["before"], entry["after"]
    differing: list[Difference] = []
    if form is not None and isinstance(before, dict) and isinstance(after, dict):
        differing = differences(form, fill(form, before), fill(form, after), desk.business)
    return News(entry["subject"], form, is_new=before is None, is_gone=after is None, differences=differing)
