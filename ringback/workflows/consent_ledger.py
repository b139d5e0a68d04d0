"""The consent ledger is read: is its chain whole, and what does it say of one contact?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.consent_ledger import Break, ChainCheck
from ringback.store import consent_ledger
from ringback.store.db import Connection, business_transaction
from ringback.workflows.context import Context

_AT_ONCE = 2_000
_EXPIRED_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class LedgerReport:
    """What a check of a ledger found. `position` and `head` are its end: noted elsewhere, they prove it later."""

    links: int
    gone: int
    position: int
    head: str | None
    breaks: Sequence[Break]


async def verify_ledger(
    connection: Connection, business_id: UUID, noted: tuple[int, str] | None = None
) -> LedgerReport:
    """Check every link of a business's ledger; `noted` is a position and its hash as they were written down earlier."""
    check, links = ChainCheck(await consent_ledger.load_forgetting(connection, business_id)), 0
    while page := await consent_ledger.list_links(connection, business_id, check.position, _AT_ONCE):
        for link in page:
            check.take(link)
        links += len(page)
    check.unchained(await consent_ledger.count_unchained(connection, business_id))
    if noted is not None:
        check.expect(*noted, await consent_ledger.find_link_hash(connection, business_id, noted[0]))
    return LedgerReport(links, check.gone, check.position, check.head, tuple(check.breaks))


async def read_ledger(connection: Connection, business_id: UUID, contact_id: UUID, most: int) -> list[dict[str, Any]]:
    """Return what the ledger says of a contact, the oldest first; of more than `most` entries, the latest."""
    found = await consent_ledger.list_consent(connection, business_id, contact_id, None, most)
    # Of one instant, the chain knows what came first.
    return sorted(found, key=lambda row: (row["at"], row["position"]))


async def forget_expired_consent(context: Context) -> None:
    """Forget entries of every business that were kept long enough (47 CFR 64.1200(d)(6); docs/reference)."""
    now: datetime = context.clock.now()
    for business_id in await consent_ledger.list_ledgers(context.pool):
        # One transaction each: a chain is held until the end of its own only.
        gone = _EXPIRED_AT_ONCE
        while gone == _EXPIRED_AT_ONCE:
            async with business_transaction(context.pool, business_id) as connection:
                gone = await consent_ledger.expire_consent(connection, business_id, _EXPIRED_AT_ONCE, now)
