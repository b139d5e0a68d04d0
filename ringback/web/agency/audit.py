"""The audit log: who changed what, and what was it before? For owners."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store import audit
from ringback.store.audit import AuditFilter
from ringback.web.agency.differences import tell_differences
from ringback.web.pages.cursors import cut, read_cursor
from ringback.web.pages.visits import Visit
from ringback.web.words import say

_ON_A_PAGE = 50
_IN_A_FILE = 10_000
_HEADS = (
    *(phrase("When"), phrase("Who"), phrase("What"), phrase("Of what")),
    *(phrase("Where"), phrase("Before"), phrase("After")),
)
# What begins a formula in a spreadsheet would be run by whoever opens the file (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

KINDS: Mapping[str, Phrase] = {
    "settings": phrase("Settings"),
    "business": phrase("The business"),
    "people": phrase("People"),
    "person": phrase("People"),
    "contact": phrase("Contacts"),
    "contacts": phrase("Imported contacts"),
    "thread": phrase("Conversations"),
    "routing": phrase("Who gets replies"),
    "roster": phrase("Roster"),
    "line": phrase("Phone lines"),
    "lines": phrase("Phone lines"),
    "facts": phrase("Facts"),
    "alerts": phrase("Alerts"),
    "dashboard": phrase("Figures"),
    "call_back": phrase("Call-backs"),
    "wizard": phrase("Set-up"),
    "hooks": phrase("Outgoing hooks"),
    "brakes": phrase("Brakes"),
}
WHATS: Mapping[str, Phrase] = {
    "business.copied": phrase("Set up as a copy"),
    "contact.changed": phrase("Contact changed"),
    "contact.marked": phrase("Mark set"),
    "contact.opted_out": phrase("Opt-out noted"),
    "contact.unmarked": phrase("Mark ended"),
    "contact.reassigned": phrase("Number is somebody else’s"),
    "contacts.imported": phrase("Contacts brought in"),
    "contacts.import_undone": phrase("Import taken back"),
    "brakes.cap_raised": phrase("Today's limit on costs raised"),
    "brakes.text_anyway": phrase("Held caller texted anyway"),
}

# Words of closed lists, as people say them.
_VALUES: Mapping[str, Phrase] = {
    "do_not_text": phrase("Do not text"),
    "blocked": phrase("Blocked"),
    "spam": phrase("Spam"),
    "customers": phrase("Customers"),
    "patients": phrase("Patients"),
    "friends": phrase("Family and friends: do not text"),
    "suppliers": phrase("Suppliers: do not text"),
}


async def show_audit(visit: Visit) -> Response:
    """Show changes, the newest first, of one person or of one kind where that is asked."""
    cursor, asked = read_cursor(visit.request, "before"), _filter(visit)
    async with visit.desk() as desk:
        found = await audit.list_entries(desk.connection, desk.business_id, cursor, _ON_A_PAGE + 1, asked)
        page, older = cut(found, _ON_A_PAGE, "at", "entry_id")
        people, kinds = await audit.list_choices(desk.connection, desk.business_id)
        shown: dict[str, Any] = {
            "entries": [{**entry, **_tell(entry)} for entry in page],
            "older": older,
            "is_first": cursor is None,
            "people": people,
            "kinds": [(kind, _kind_words(kind)) for kind in kinds],
            "asked": asked,
        }
        return await visit.page(desk, "agency/audit.html", **shown)


async def download(visit: Visit) -> Response:
    """Return the same changes as a CSV file: one row for each value that changed."""
    async with visit.desk() as desk:
        found = await audit.list_entries(desk.connection, desk.business_id, None, _IN_A_FILE, _filter(visit))
        name = f"changes-{desk.business.slug}.csv"
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(say(head) for head in _HEADS)
    writer.writerows([_harmless(cell) for cell in row] for entry in found for row in _lines(entry))
    # The mark at the start tells Excel that this is UTF-8.
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response("\ufeff" + file.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _filter(visit: Visit) -> AuditFilter:
    asked = visit.request.query_params
    said = {name: asked.get(name, "").replace("\0", "")[:200] for name in ("who", "kind")}
    return AuditFilter(said["who"] or None, said["kind"] or None)


def _tell(entry: Mapping[str, Any]) -> dict[str, Any]:
    what = entry["what"]
    kind, _, deed = what.partition(".")
    words = WHATS.get(what)
    return {
        "kind_words": None if words else _kind_words(kind),
        "what_words": words or deed.replace("_", " ").replace(".", " › "),
        "differences": [
            replace(told, before=_word(told.before), after=_word(told.after))
            for told in tell_differences(entry["before"], entry["after"])
        ],
    }


def _word(value: str | None) -> str | None:
    return None if value is None else _VALUES.get(value, value)


def _kind_words(kind: str) -> str:
    # Another area may note changes of a kind that has no words here yet: its own name is better than none.
    return KINDS.get(kind) or kind.replace("_", " ")


def _lines(entry: Mapping[str, Any]) -> Iterator[list[str]]:
    told = _tell(entry)
    what = " › ".join(say(part) for part in (told["kind_words"], told["what_words"]) if part)
    head = [entry["at"].isoformat(), entry["who"], what, entry["subject"]]
    for one in told["differences"]:
        yield [*head, one.place, say(one.before or ""), say(one.after or "")]
    if not told["differences"]:
        yield [*head, "", "", ""]


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
