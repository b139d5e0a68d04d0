"""`ledger`: is the chain of a business's consent ledger whole, and what does it say of one contact?"""

import csv
from pathlib import Path
from typing import Any

import asyncpg

from ringback import wiring
from ringback.cli.database import in_pool
from ringback.cli.output import fail
from ringback.cli.setting_up import load
from ringback.domain.consent_ledger import Broken
from ringback.domain.phones import normalise_phone
from ringback.settings import Settings
from ringback.store import contacts
from ringback.store.db import business_transaction
from ringback.web.consent.record import RecordHead, csv_lines, pdf_of
from ringback.web.dashboard.files import harmless
from ringback.workflows.consent_ledger import LedgerReport, read_ledger, verify_ledger

_MOST = 100_000
_WORDS = {
    Broken.GAP: "a link is missing here",
    Broken.CHANGED_LINK: "this link, or one before it, was changed",
    Broken.CHANGED_ENTRY: "the entry of this link was changed",
    Broken.MISSING_ENTRY: "the entry of this link is gone, and neither an erasure nor its age explains that",
    Broken.MISSING_END: "the ledger ends before this position, which was noted earlier",
    Broken.UNCHAINED: "there are entries that no link is for",
}


def verify(settings: Settings, slug: str, noted: str | None) -> dict[str, Any]:
    """`ringback ledger verify`: check every link; `noted` is a "position:hash" printed earlier."""
    expected = None if noted is None else _read_noted(noted)

    async def work(pool: asyncpg.Pool) -> LedgerReport:
        business = await load(pool, slug)
        async with business_transaction(pool, business.business_id) as connection:
            return await verify_ledger(connection, business.business_id, expected)

    report = in_pool(settings, work)
    return {
        "whole": not report.breaks,
        "entries": report.links,
        "forgotten": report.gone,
        "end": f"{report.position}:{report.head}" if report.head else "none yet",
        "breaks": [{"position": one.position, "how": one.how, "words": _WORDS[one.how]} for one in report.breaks],
    }


def _read_noted(noted: str) -> tuple[int, str]:
    position, _, hash_ = noted.partition(":")
    if not position.isdigit() or not hash_:
        fail("Give --noted as it was printed: a number, a colon and a hash.", code=2)
    return int(position), hash_


def export(settings: Settings, slug: str, number: str, path: Path) -> dict[str, Any]:
    """`ringback ledger export`: write what the ledger says of a contact to a .csv or .pdf file."""
    if path.suffix not in (".csv", ".pdf"):
        fail("Say where to: --to FILE.csv or --to FILE.pdf.", code=2)

    async def work(pool: asyncpg.Pool) -> tuple[RecordHead, list[dict[str, Any]]]:
        business = await load(pool, slug)
        phone = normalise_phone(number, business.country) or number
        async with business_transaction(pool, business.business_id) as connection:
            found = await contacts.find_contact(connection, business.business_id, phone)
            if found is None:
                fail(f"{business.name} has no contact with the number {number}.")
            entries = await read_ledger(connection, business.business_id, found[0], _MOST)
        return RecordHead(business.name, business.zone, phone, found[1], wiring.make_clock(settings).now()), entries

    head, entries = in_pool(settings, work)
    if path.suffix == ".pdf":
        path.write_bytes(pdf_of(head, entries, "en"))
    else:
        # The mark at the start tells Excel that this is UTF-8.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows([harmless(value) for value in line] for line in csv_lines(entries))
    return {"contact": head.phone, "entries": len(entries), "file": str(path)}
