"""The consent ledger in the database: entries are added and, where the ledger says so, forgotten; never changed.

Most entries are written by triggers on the rows they tell of (0017_consent_ledger.sql), in the same transaction.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.consent_ledger import ConsentEntry, ConsentKind, Forgetting, Link, SealedEntry
from ringback.store.db import Connection, Row, rows

_COLUMNS = "contact_id, phone, kind, words, wording_version, rule_version, source, line, reference"


async def add_consent_entry(connection: Connection, business_id: UUID, entry: ConsentEntry, now: datetime) -> None:
    """Add an entry, in the transaction of what it tells of; its place in the chain is given at commit.

    An entry of the kind `erased` takes all earlier entries of its contact out of the ledger.
    """
    await connection.execute(
        f"insert into consent_entries (business_id, at, {_COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "
        "$11)",
        *(business_id, now, entry.contact_id, entry.phone, entry.kind, entry.words, entry.wording_version),
        *(entry.rule_version, entry.source, entry.line, entry.reference),
    )


async def list_consent(
    connection: Connection, business_id: UUID, contact_id: UUID, before: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Return the entries about a contact with their places in the chain, newest first; `before` is (at, entry_id)."""
    return rows(
        await connection.fetch(
            "select e.entry_id, e.at, e.phone, e.kind, e.words, e.wording_version, e.rule_version, e.source, e.line, "
            "e.reference, l.position, l.hash, b.label as line_label from consent_entries e "
            "left join consent_links l using (business_id, entry_id) "
            "left join lines b on b.business_id = e.business_id and b.number = e.line and b.ended_at is null "
            "where e.business_id = $1 and e.contact_id = $2 "
            "and ($3::timestamptz is null or (e.at, e.entry_id) < ($3, $4)) "
            "order by e.at desc, e.entry_id desc limit $5",
            *(business_id, contact_id, *(before or (None, None)), limit),
        )
    )


async def load_forgetting(connection: Connection, business_id: UUID) -> Forgetting:
    """Return what the chain says is gone."""
    erased = await connection.fetch(
        "select contact_id, max(position) as position from consent_links "
        "where business_id = $1 and kind = 'erased' and contact_id is not null group by contact_id",
        business_id,
    )
    expired_at = await connection.fetchval(
        "select max(at) from consent_links where business_id = $1 and kind = 'expired'", business_id
    )
    return Forgetting({row["contact_id"]: row["position"] for row in erased}, expired_at)


async def list_links(connection: Connection, business_id: UUID, after: int, limit: int) -> list[Link]:
    """Return links in their order from after a position on, each with its entry where there still is one."""
    found = await connection.fetch(
        "select l.position, l.entry_id, l.contact_id as link_contact_id, l.kind as link_kind, l.at as link_at, "
        "l.content_hash, l.hash, e.contact_id, e.phone, e.kind, e.words, e.wording_version, e.rule_version, e.source, "
        "e.line, e.reference, e.at, e.salt from consent_links l left join consent_entries e "
        "on e.business_id = l.business_id and e.entry_id = l.entry_id "
        "where l.business_id = $1 and l.position > $2 order by l.position limit $3",
        *(business_id, after, limit),
    )
    return [_link(row) for row in found]


def _link(row: Row) -> Link:
    sealed = None
    if row["salt"] is not None:
        fields = {name: row[name] for name in _COLUMNS.split(", ")} | {"kind": ConsentKind(row["kind"])}
        sealed = SealedEntry(ConsentEntry(**fields), row["at"], row["salt"])
    about = (row["link_contact_id"], ConsentKind(row["link_kind"]), row["link_at"])
    return Link(row["position"], row["entry_id"], *about, row["content_hash"], row["hash"], sealed)


async def find_link_hash(connection: Connection, business_id: UUID, position: int) -> str | None:
    """Return the hash that stands at a position of the chain."""
    found: str | None = await connection.fetchval(
        "select hash from consent_links where business_id = $1 and position = $2", business_id, position
    )
    return found


async def count_unchained(connection: Connection, business_id: UUID) -> int:
    """Return how many entries no link of the chain is for."""
    found: int = await connection.fetchval(
        "select count(*) from consent_entries e where e.business_id = $1 and not exists "
        "(select from consent_links l where l.business_id = $1 and l.entry_id = e.entry_id)",
        business_id,
    )
    return found


async def expire_consent(connection: Connection, business_id: UUID, most: int, now: datetime) -> int:
    """Forget entries that have been kept long enough, at most so many, and say so in the chain; return how many."""
    gone: int = await connection.fetchval("select expire_consent($1, $2, $3)", business_id, most, now)
    return gone


async def list_ledgers(connection: Connection) -> list[UUID]:
    """Return the ids of all businesses, each of which has a ledger."""
    return [row[0] for row in await connection.fetch("select business_id from business_directory order by slug")]
