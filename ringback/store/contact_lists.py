"""The list of contacts, and files of contacts brought along: drafts, what an import changed, and its undoing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ringback.domain.textback import Mark
from ringback.store.db import Connection, rows

_SORTED = "(c.name is null), (lower(coalesce(c.name, c.phone))), c.contact_id"


@dataclass(frozen=True, slots=True)
class ContactSearch:
    """Which contacts: `words` of a name, `digits` of a number, a mark that stands; None asks for none of it."""

    words: str | None = None
    digits: str | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A file as it was uploaded."""

    import_id: UUID
    file_name: str
    content: str
    made_by: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What an import did to one contact; None: nothing of that kind."""

    contact_id: UUID
    made: bool
    name: str | None
    language: str | None
    mark_id: UUID | None


async def list_contacts(
    connection: Connection, business_id: UUID, search: ContactSearch, after: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Return contacts with their standing marks: the named ones by name, then the others by number.

    `after`: the last contact of the page before.
    """
    return rows(
        await connection.fetch(
            "select c.contact_id, c.phone, c.name, "
            "array(select m.kind from contact_marks m where m.business_id = $1 and m.contact_id = c.contact_id "
            "  and m.ended_at is null order by m.kind) as marks, "
            "exists (select from opt_outs o where o.business_id = $1 and o.contact_id = c.contact_id "
            "  and o.ended_at is null) as opted_out from contacts c where c.business_id = $1 "
            # Whoever was erased is nobody to look for.
            "and not starts_with(c.phone, 'erased:') "
            # Either finds: what people type may be part of a name ("Pier 39") as well as of a number.
            "and (($2::text is null and $3::text is null) or strpos(lower(c.name), lower($2)) > 0 "
            "  or strpos(c.phone, $3) > 0) "
            "and ($4::text is null or exists (select from contact_marks m where m.business_id = $1 "
            "  and m.contact_id = c.contact_id and m.kind = $4 and m.ended_at is null)) "
            f"and ($5::uuid is null or ({_SORTED}) > (select {_SORTED} from contacts c "
            "  where c.business_id = $1 and c.contact_id = $5)) "
            f"order by {_SORTED} limit $6",
            *(business_id, search.words, search.digits, search.mark, after, limit),
        )
    )


async def get_contact_page(connection: Connection, business_id: UUID, contact_id: UUID) -> dict[str, Any] | None:
    """Return a contact as its page shows it: its thread, its opt-out, and the import that made it.

    `closed_lines`: where an opt-out holds, by their labels; all lines while it has not ended.
    """
    row = await connection.fetchrow(
        "select c.contact_id, c.phone, c.name, c.language, c.created_at, t.thread_id, o.opted_out_at, "
        "array(select l.label from lines l where l.business_id = $1 and l.ended_at is null and exists (select "
        "  from opt_outs p where p.business_id = $1 and p.contact_id = $2 and l.line_id <> all (p.resumed_line_ids)) "
        "  order by l.label) as closed_lines, "
        "i.import_id, i.kind as import_kind, i.file_name, i.made_by as imported_by, i.done_at as imported_at "
        "from contacts c left join threads t on t.business_id = $1 and t.contact_id = c.contact_id "
        "left join opt_outs o on o.business_id = $1 and o.contact_id = c.contact_id and o.ended_at is null "
        "left join contact_import_rows r on r.business_id = $1 and r.contact_id = c.contact_id and r.made "
        "left join contact_imports i on i.business_id = $1 and i.import_id = r.import_id "
        "where c.business_id = $1 and c.contact_id = $2",
        business_id,
        contact_id,
    )
    return None if row is None else dict(row)


async def list_marks(connection: Connection, business_id: UUID, contact_id: UUID) -> list[dict[str, Any]]:
    """Return the marks of a contact, also those that have ended, the latest first."""
    return rows(
        await connection.fetch(
            "select kind, why, made_by, made_at, ended_at, ended_by from contact_marks "
            "where business_id = $1 and contact_id = $2 order by made_at desc, mark_id desc limit 50",
            business_id,
            contact_id,
        )
    )


async def save_draft(connection: Connection, business_id: UUID, draft: Draft, now: datetime) -> None:
    """Keep an uploaded file until somebody has said what it is; drafts of more than a day are dropped."""
    # Somebody who looked and went away again left people's names here.
    await connection.execute(
        "delete from contact_imports where business_id = $1 and done_at is null and made_at < $2",
        business_id,
        now - timedelta(days=1),
    )
    await connection.execute(
        "insert into contact_imports (business_id, import_id, file_name, content, made_by, made_at) "
        "values ($1, $2, $3, $4, $5, $6)",
        *(business_id, draft.import_id, draft.file_name, draft.content, draft.made_by, now),
    )


async def get_import(connection: Connection, business_id: UUID, import_id: UUID) -> dict[str, Any] | None:
    """Return one import with what it changed; `content` is there until it is done."""
    # Counted rather than kept: an undo takes the rows away, and the counts with them.
    row = await connection.fetchrow(
        "select i.*, (select count(*) from contact_import_rows r where r.business_id = $1 and r.import_id = $2 "
        "  and r.made) as added, (select count(*) from contact_import_rows r where r.business_id = $1 "
        "  and r.import_id = $2) as changed from contact_imports i where i.business_id = $1 and i.import_id = $2",
        business_id,
        import_id,
    )
    return None if row is None else dict(row)


async def lock_import(connection: Connection, business_id: UUID, import_id: UUID) -> bool:
    """Let one at a time do or undo an import; False where there is none."""
    return bool(
        await connection.fetchval(
            "select true from contact_imports where business_id = $1 and import_id = $2 for update",
            business_id,
            import_id,
        )
    )


async def list_imports(connection: Connection, business_id: UUID, limit: int) -> list[dict[str, Any]]:
    """Return imports that were done, the latest first."""
    return rows(
        await connection.fetch(
            "select import_id, file_name, kind, made_by, done_at, undone_at from contact_imports "
            "where business_id = $1 and done_at is not null order by made_at desc, import_id desc limit $2",
            business_id,
            limit,
        )
    )


async def find_known(connection: Connection, business_id: UUID, phones: Sequence[str]) -> list[dict[str, Any]]:
    """Return the contacts among these numbers, with the marks that stand."""
    return rows(
        await connection.fetch(
            "select c.contact_id, c.phone, c.name, c.language, array(select m.kind from contact_marks m "
            "  where m.business_id = $1 and m.contact_id = c.contact_id and m.ended_at is null) as marks "
            "from contacts c where c.business_id = $1 and c.phone = any($2)",
            business_id,
            list(phones),
        )
    )


async def add_contacts(
    connection: Connection, business_id: UUID, people: Sequence[tuple[UUID, str, str | None, str | None]], now: datetime
) -> set[UUID]:
    """Add contacts as (id, phone, name, language); return the ids of those that no call made in the meantime."""
    made = await connection.fetch(
        "insert into contacts (business_id, contact_id, phone, name, language, created_at) "
        "select $1, g.id, g.phone, g.name, g.language, $6 "
        "from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) as g(id, phone, name, language) "
        # In one order always, so that two imports at once wait for each other instead of blocking.
        "order by g.phone on conflict (business_id, phone) do nothing returning contact_id",
        *(business_id, *(list(column) for column in zip(*people, strict=True)), now),
    )
    return {row["contact_id"] for row in made}


async def fill_in(
    connection: Connection, business_id: UUID, people: Sequence[tuple[UUID, str | None, str | None]]
) -> None:
    """Give contacts a name and a language, as (id, name, language), where they have none; nothing is overwritten."""
    await connection.execute(
        "update contacts c set name = coalesce(c.name, g.name), language = coalesce(c.language, g.language) "
        "from unnest($2::uuid[], $3::text[], $4::text[]) as g(id, name, language) "
        "where c.business_id = $1 and c.contact_id = g.id",
        *(business_id, *(list(column) for column in zip(*people, strict=True))),
    )


async def add_marks(
    connection: Connection, business_id: UUID, marks: Sequence[tuple[UUID, UUID]], said: tuple[Mark, str, str, datetime]
) -> set[UUID]:
    """Mark contacts, as (mark, contact), with one (kind, why, made by, at); return the marks that did not stand yet."""
    made = await connection.fetch(
        "insert into contact_marks (business_id, mark_id, contact_id, kind, why, made_by, made_at) "
        "select $1, g.mark_id, g.contact_id, $4, $5, $6, $7 "
        "from unnest($2::uuid[], $3::uuid[]) as g(mark_id, contact_id) on conflict do nothing returning mark_id",
        *(business_id, [mark for mark, _ in marks], [contact for _, contact in marks], *said),
    )
    return {row["mark_id"] for row in made}


async def add_effects(connection: Connection, business_id: UUID, import_id: UUID, effects: Sequence[Effect]) -> None:
    """Remember what an import did, for its undoing."""
    columns = [[getattr(effect, name) for effect in effects] for name in Effect.__slots__]
    await connection.execute(
        "insert into contact_import_rows (business_id, import_id, contact_id, made, name, language, mark_id) "
        "select $1, $2, * from unnest($3::uuid[], $4::boolean[], $5::text[], $6::text[], $7::uuid[])",
        *(business_id, import_id, *columns),
    )


async def finish_import(
    connection: Connection, business_id: UUID, import_id: UUID, kind: str, counts: tuple[int, int], now: datetime
) -> None:
    """Mark an import as done and forget the file; `counts` are the rows read and the rows that were no use."""
    # Names and numbers of people who may never call are kept no longer than they are needed.
    await connection.execute(
        "update contact_imports set kind = $3, content = null, done_at = $6, rows_read = $4, rows_failed = $5 "
        "where business_id = $1 and import_id = $2",
        *(business_id, import_id, kind, *counts, now),
    )


async def undo_import(connection: Connection, business_id: UUID, import_id: UUID, who: str, now: datetime) -> int:
    """Take back what an import did, and return how many contacts went with it.

    Who has called or written since, or was named or marked by a person, stays without the import's name and mark.
    """
    gone = await connection.fetchval("select undo_import($1, $2, $3, $4)", *(business_id, import_id, who, now))
    await connection.execute(
        "update contact_imports set undone_at = $4, undone_by = $3 where business_id = $1 and import_id = $2",
        *(business_id, import_id, who, now),
    )
    return int(gone)
