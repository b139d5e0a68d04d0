"""The audit log: who changed what, and what was it before? For owners."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from starlette.responses import Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store import audit
from ringback.store.audit import AuditFilter
from ringback.web.agency.audit_words import KINDS, WHATS
from ringback.web.agency.differences import tell_differences
from ringback.web.dashboard.files import csv_file
from ringback.web.pages.cursors import cut, read_cursor
from ringback.web.pages.visits import Visit, address_of
from ringback.web.people.proof import ask_for_proof, is_proved
from ringback.web.settings.where import BY_CHANGE
from ringback.web.words import say

_ON_A_PAGE = 50
_IN_A_FILE = 10_000
_HEADS = (
    *(phrase("When"), phrase("Who"), phrase("What"), phrase("Of what")),
    *(phrase("Where"), phrase("Before"), phrase("After")),
)

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
    """Return the same changes as a CSV file: names and numbers of many, so it asks for a fresh proof."""
    if not is_proved(visit):
        return ask_for_proof(address_of(visit.request))
    async with visit.desk() as desk:
        found = await audit.list_entries(desk.connection, desk.business_id, None, _IN_A_FILE, _filter(visit))
        name = f"changes-{desk.business.slug}.csv"
    return csv_file(name, ([say(head) for head in _HEADS], *(row for entry in found for row in _lines(entry))))


def _filter(visit: Visit) -> AuditFilter:
    asked = visit.request.query_params
    said = {name: asked.get(name, "").replace("\0", "")[:200] for name in ("who", "kind")}
    return AuditFilter(said["who"] or None, said["kind"] or None)


def _tell(entry: Mapping[str, Any]) -> dict[str, Any]:
    what = entry["what"]
    kind, _, deed = what.partition(".")
    words, form = WHATS.get(what), BY_CHANGE.get(what)
    return {
        "kind_words": None if words else _kind_words(kind),
        "what_words": words or (form.title if form else deed.replace("_", " ").replace(".", " › ")),
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
