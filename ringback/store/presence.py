"""Who looks at a thread right now, and who writes in it; every row ends by itself."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows


async def note_presence(
    connection: Connection, business_id: UUID, thread_id: UUID, who: tuple[UUID, str], until: datetime, now: datetime
) -> None:
    """Say that a person (id, name) looks at a thread until an instant; others are told when it begins."""
    began = await connection.fetchval(
        "with before as (select here_until from presences "
        "  where business_id = $1 and thread_id = $2 and person_id = $3), "
        "p as (insert into presences as p (business_id, thread_id, person_id, name, here_until) "
        "  select $1, t.thread_id, $3, $4, $5 from threads t where t.business_id = $1 and t.thread_id = $2 "
        "  on conflict (business_id, thread_id, person_id) do update set name = excluded.name, "
        "  here_until = greatest(p.here_until, excluded.here_until) returning thread_id) "
        "select thread_id from p where not exists (select from before where here_until > $6)",
        *(business_id, thread_id, *who, until, now),
    )
    if began is not None:
        await connection.execute("select note_change($1, 'presence', $2, $3)", business_id, thread_id, now)


async def note_typing(
    connection: Connection, business_id: UUID, thread_id: UUID, who: tuple[UUID, str], until: datetime, now: datetime
) -> None:
    """Say that a person writes in a thread until an instant; others are told when it begins."""
    began = await connection.fetchval(
        "with before as (select typing_until from presences "
        "  where business_id = $1 and thread_id = $2 and person_id = $3), "
        "p as (insert into presences as p "
        "  (business_id, thread_id, person_id, name, here_until, typing_since, typing_until) "
        "  select $1, t.thread_id, $3, $4, $5, $6, $5 from threads t where t.business_id = $1 and t.thread_id = $2 "
        "  on conflict (business_id, thread_id, person_id) do update set name = excluded.name, "
        "  here_until = greatest(p.here_until, excluded.here_until), typing_until = excluded.typing_until, "
        "  typing_since = case when p.typing_until > $6 then p.typing_since else $6 end returning thread_id) "
        "select thread_id from p where not exists (select from before where typing_until > $6)",
        *(business_id, thread_id, *who, until, now),
    )
    if began is not None:
        await connection.execute("select note_change($1, 'presence', $2, $3)", business_id, thread_id, now)


async def end_typing(
    connection: Connection, business_id: UUID, thread_id: UUID, person_id: UUID, now: datetime
) -> None:
    """Say that a person has stopped writing: what they wrote was sent."""
    await connection.execute(
        "with p as (update presences set typing_until = null where business_id = $1 and thread_id = $2 "
        "  and person_id = $3 and typing_until is not null returning thread_id) "
        "select note_change($1, 'presence', thread_id, $4) from p",
        *(business_id, thread_id, person_id, now),
    )


async def list_others(
    connection: Connection, business_id: UUID, thread_id: UUID, person_id: UUID, now: datetime
) -> list[dict[str, Any]]:
    """Return everybody else who looks at a thread: name, whether they write, and whether they began before us."""
    return rows(
        await connection.fetch(
            "select name, coalesce(typing_until > $4, false) as is_typing, coalesce(typing_until > $4, false) "
            "  and not exists (select from presences me where me.business_id = $1 and me.thread_id = $2 "
            "    and me.person_id = $3 and me.typing_until > $4 and me.typing_since < presences.typing_since) "
            "  as is_first from presences "
            "where business_id = $1 and thread_id = $2 and person_id <> $3 and here_until > $4 "
            "order by 3 desc, 2 desc, name, person_id",
            *(business_id, thread_id, person_id, now),
        )
    )
