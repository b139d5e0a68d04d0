"""What was heard of lines' registrations, how far an owner is with one, and what their public pages said when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.domain.business import Registration
from ringback.domain.registration_facts import Answered
from ringback.domain.registration_pages import PageExtras, Shown
from ringback.domain.registration_steps import Answers
from ringback.store.db import Connection


async def save_answer(
    connection: Connection, business_id: UUID, line_id: UUID, answer: Answered, now: datetime
) -> bool:
    """Keep what the phone company said of a line; return whether it lifted a refusal of the carriers."""
    row = await connection.fetchrow(
        "with old as (select refused_at from line_registrations where business_id = $1 and line_id = $2) "
        "insert into line_registrations as r (business_id, line_id, word, detail, answered_at, asked_at) "
        "values ($1, $2, $3, $4, $5, $5) on conflict (business_id, line_id) do update set word = excluded.word, "
        "detail = excluded.detail, answered_at = excluded.answered_at, asked_at = excluded.asked_at, trouble = null, "
        "refused_at = case when excluded.word = 'approved' then null else r.refused_at end, "
        "lifted_at = case when excluded.word = 'approved' and r.refused_at is not null then $5 else r.lifted_at end "
        "returning (select refused_at from old) is not null and refused_at is null as lifted",
        *(business_id, line_id, answer.word, answer.detail, now),
    )
    await _note_changed(connection, business_id)
    return bool(row is not None and row["lifted"])


async def save_trouble(connection: Connection, business_id: UUID, line_id: UUID, trouble: str, now: datetime) -> None:
    """Keep that a look-up brought nothing; what was known before stands."""
    await connection.execute(
        "insert into line_registrations (business_id, line_id, asked_at, trouble) values ($1, $2, $4, $3) "
        "on conflict (business_id, line_id) do update set asked_at = excluded.asked_at, trouble = excluded.trouble",
        *(business_id, line_id, trouble, now),
    )
    await _note_changed(connection, business_id)


async def save_refusal(connection: Connection, business_id: UUID, message_id: UUID, code: str, now: datetime) -> bool:
    """Keep that carriers refused a text of a line as unregistered; return whether that is news.

    The report on a text that left before the refusal was lifted says nothing of the registration since.
    """
    news = await connection.fetchval(
        "insert into line_registrations as r (business_id, line_id, refused_at, refused_code) "
        "select m.business_id, m.line_id, $3, $4 from messages m where m.business_id = $1 and m.message_id = $2 "
        "on conflict (business_id, line_id) do update set refused_at = excluded.refused_at, "
        "refused_code = excluded.refused_code where r.refused_at is null and (r.lifted_at is null or r.lifted_at < "
        "(select m.sending_at from messages m where m.business_id = $1 and m.message_id = $2)) returning true",
        *(business_id, message_id, now, code),
    )
    if news:
        await _note_changed(connection, business_id)
    return bool(news)


async def set_registration(
    connection: Connection, business_id: UUID, line_id: UUID, word: Registration, now: datetime
) -> bool:
    """Write an owner's word on a line, False where there is none; all but `unknown` lift a refusal of the carriers."""
    done = await connection.fetchval(
        "with l as (update lines set registration = $3 where business_id = $1 and line_id = $2 and ended_at is null "
        "  returning line_id), "
        "r as (update line_registrations set refused_at = null, lifted_at = $4 where business_id = $1 "
        "  and line_id = $2 and refused_at is not null and $3 <> 'unknown') select true from l",
        *(business_id, line_id, word, now),
    )
    await _note_changed(connection, business_id)
    return bool(done)


async def _note_changed(connection: Connection, business_id: UUID) -> None:
    # Lines are kept in memory by the version of their business.
    await connection.execute("update businesses set version = version + 1 where business_id = $1", business_id)


async def list_lines_to_look_up(
    connection: Connection, before: datetime, refused_before: datetime
) -> list[tuple[UUID, UUID]]:
    """Return (business, line) of lines nobody has asked about since an instant; across all businesses."""
    found = await connection.fetch("select * from lines_to_look_up($1, $2)", before, refused_before)
    return [(row[0], row[1]) for row in found]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a business's owner told the helper. `ticks`: the steps that are done, with who said so and when."""

    answers: Answers
    extras: PageExtras
    ticks: dict[str, tuple[str, datetime]]


async def load_kept(connection: Connection, business_id: UUID) -> Kept:
    """Return what the owner told the helper; defaults where they told it nothing yet."""
    row = await connection.fetchrow(
        "select has_tax_number, is_company, pages_on, legal_name, email, website, own_words, own_words_es, "
        "plays_line from registrations where business_id = $1",
        business_id,
    )
    ticked = await connection.fetch(
        "select step, who, ticked_at from registration_ticks where business_id = $1", business_id
    )
    ticks = {one["step"]: (one["who"], one["ticked_at"]) for one in ticked}
    if row is None:
        return Kept(Answers(), PageExtras(), ticks)
    answers = Answers(row["has_tax_number"], row["is_company"])
    names = ("pages_on", "legal_name", "email", "website", "own_words", "own_words_es", "plays_line")
    return Kept(answers, PageExtras(**{name: row[name] for name in names}), ticks)


async def save_answers(connection: Connection, business_id: UUID, answers: Answers, now: datetime) -> None:
    """Keep the answers that decide which registration fits."""
    await connection.execute(
        "insert into registrations (business_id, has_tax_number, is_company, changed_at) values ($1, $2, $3, $4) "
        "on conflict (business_id) do update set has_tax_number = excluded.has_tax_number, "
        "is_company = excluded.is_company, changed_at = excluded.changed_at",
        *(business_id, answers.has_tax_number, answers.is_company, now),
    )


async def save_extras(connection: Connection, business_id: UUID, extras: PageExtras, now: datetime) -> None:
    """Keep what the owner adds to the public pages."""
    await connection.execute(
        "insert into registrations (business_id, pages_on, legal_name, email, website, own_words, own_words_es, "
        "plays_line, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (business_id) do update set "
        "pages_on = excluded.pages_on, legal_name = excluded.legal_name, email = excluded.email, "
        "website = excluded.website, own_words = excluded.own_words, own_words_es = excluded.own_words_es, "
        "plays_line = excluded.plays_line, changed_at = excluded.changed_at",
        *(business_id, extras.pages_on, extras.legal_name, extras.email, extras.website),
        *(extras.own_words, extras.own_words_es, extras.plays_line, now),
    )


async def tick_step(connection: Connection, business_id: UUID, step: str, who: str, now: datetime) -> None:
    """Remember that a step is done; said twice, the first time counts."""
    await connection.execute(
        "insert into registration_ticks (business_id, step, ticked_at, who) values ($1, $2, $4, $3) "
        "on conflict do nothing",
        *(business_id, step, who, now),
    )


async def untick_step(connection: Connection, business_id: UUID, step: str) -> None:
    """Remember that a step is not done after all."""
    await connection.execute("delete from registration_ticks where business_id = $1 and step = $2", business_id, step)


async def keep_version(connection: Connection, business_id: UUID, shown: Shown, now: datetime) -> datetime:
    """Keep the words of a public page under their version, once; return when they were first shown.

    From then on callers agree to these words, so the consent ledger is told of them.
    """
    first: datetime = await connection.fetchval(
        "with new as (insert into page_versions (business_id, page, language, version, words, first_shown_at) "
        "  values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning first_shown_at), "
        "told as (insert into consent_entries (business_id, at, phone, kind, words, wording_version, source) "
        "  select $1, first_shown_at, '', 'disclosed', $5, $2 || '-' || $3 || '@' || $4, 'public_page' from new) "
        "select coalesce((select first_shown_at from new), (select first_shown_at from page_versions "
        "  where business_id = $1 and page = $2 and language = $3 and version = $4), $6)",
        *(business_id, shown.page, shown.language, shown.version, shown.words, now),
    )
    return first
