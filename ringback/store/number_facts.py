"""What is known of a phone number, and the number of a contact that belongs to somebody else now."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.domain.number_facts import FactSource, LineType, NumberFact
from ringback.domain.phones import retired_phone
from ringback.domain.textback import Mark, Reason, explain
from ringback.store.db import Connection, Row
from ringback.store.ids import new_id

# For a query of contacts `c`: the facts as a list in JSON, the latest first.
KNOWN_OF_CONTACT = (
    "(select coalesce(jsonb_agg(jsonb_build_object('source', f.source, 'line_type', f.line_type, 'carrier', f.carrier, "
    "'learned_at', f.learned_at, 'expires_at', f.expires_at) order by f.learned_at desc), '[]') from number_facts f "
    "where f.business_id = c.business_id and f.phone = c.phone) as number_facts"
)
_COLUMNS = "source, line_type, learned_at, expires_at, country, carrier, pumping_risk, is_reassigned"


async def list_number_facts(connection: Connection, business_id: UUID, phone: str) -> tuple[NumberFact, ...]:
    """Return what is known of a number (E.164), the latest first; also what has expired."""
    found = await connection.fetch(
        f"select {_COLUMNS} from number_facts where business_id = $1 and phone = $2 order by learned_at desc, source",
        *(business_id, phone),
    )
    return tuple(_fact(row) for row in found)


def _fact(row: Row) -> NumberFact:
    said = {**dict(row), "source": FactSource(row["source"]), "line_type": LineType(row["line_type"])}
    return NumberFact(**said)


async def save_number_fact(connection: Connection, business_id: UUID, phone: str, fact: NumberFact) -> None:
    """Keep a fact in the place of the one that was learned in the same way before."""
    await connection.execute(
        f"insert into number_facts as f (business_id, phone, {_COLUMNS}) "
        "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (business_id, phone, source) do update set "
        "line_type = excluded.line_type, learned_at = excluded.learned_at, expires_at = excluded.expires_at, "
        "country = excluded.country, carrier = excluded.carrier, pumping_risk = excluded.pumping_risk, "
        "is_reassigned = excluded.is_reassigned",
        *(business_id, phone, fact.source, fact.line_type, fact.learned_at, fact.expires_at),
        *(fact.country, fact.carrier, fact.pumping_risk, fact.is_reassigned),
    )


async def save_contact_fact(connection: Connection, business_id: UUID, contact_id: UUID, fact: NumberFact) -> None:
    """Keep what was just learned of the number of a contact, without an end."""
    await connection.execute(
        "insert into number_facts (business_id, phone, source, line_type, learned_at) "
        "select $1, phone, $3, $4, $5 from contacts where business_id = $1 and contact_id = $2 "
        "on conflict (business_id, phone, source) do update set line_type = excluded.line_type, "
        "learned_at = excluded.learned_at",
        *(business_id, contact_id, fact.source, fact.line_type, fact.learned_at),
    )


@dataclass(frozen=True, slots=True)
class Claim:
    """A look-up to be made: nobody else makes one until `until`; a fact older than `older_than` is asked again."""

    phone: str
    until: datetime
    older_than: datetime


async def claim_lookup(connection: Connection, business_id: UUID, claim: Claim, now: datetime) -> bool:
    """Return whether the number is to be looked up now, by this caller alone: each look-up is paid for."""
    claimed = await connection.fetchval(
        "insert into number_facts as f (business_id, phone, source, line_type, learned_at, expires_at) "
        "values ($1, $2, 'lookup', 'unknown', $3, $4) on conflict (business_id, phone, source) do update set "
        "expires_at = excluded.expires_at, learned_at = excluded.learned_at "
        "where f.expires_at <= $3 or f.learned_at < $5 returning true",
        *(business_id, claim.phone, now, claim.until, claim.older_than),
    )
    return bool(claimed)


async def has_number(connection: Connection, business_id: UUID, contact_id: UUID, phone: str) -> bool:
    """Return whether a contact has this number, and let nobody take it from them until the transaction ends."""
    return bool(
        await connection.fetchval(
            "select phone = $3 from contacts where business_id = $1 and contact_id = $2 for no key update",
            *(business_id, contact_id, phone),
        )
    )


async def note_texting(
    connection: Connection, business_id: UUID, contact_id: UUID, source: FactSource, now: datetime
) -> None:
    """A text arrived at a contact's number, or came from it: it can be texted, whatever was said of it before."""
    await connection.execute(
        "with f as (insert into number_facts as f (business_id, phone, source, line_type, learned_at) "
        "  select $1, c.phone, $3, 'unknown', $4 from contacts c where c.business_id = $1 and c.contact_id = $2 "
        "  on conflict (business_id, phone, source) do update set learned_at = excluded.learned_at "
        "  where f.learned_at < excluded.learned_at - interval '1 hour') "
        "update contact_marks set ended_at = $4, ended_by = $3 "
        "where business_id = $1 and contact_id = $2 and kind = 'untextable' and ended_at is null "
        "and made_by in ('carrier', 'look-up')",
        *(business_id, contact_id, source, now),
    )


async def last_heard_at(
    connection: Connection, business_id: UUID, contact_id: UUID, before: datetime
) -> datetime | None:
    """Return when a contact last rang or wrote before an instant; None for one who never did."""
    heard: datetime | None = await connection.fetchval(
        "select greatest((select max(started_at) from calls where business_id = $1 and contact_id = $2 "
        "  and started_at < $3), (select max(last_inbound_at) from threads where business_id = $1 "
        "  and contact_id = $2 and last_inbound_at < $3))",
        *(business_id, contact_id, before),
    )
    return heard


@dataclass(frozen=True, slots=True)
class Retired:
    """A contact whose number another has now: the contact that the number belongs to from here on."""

    contact_id: UUID
    phone: str


async def retire_contact(connection: Connection, business_id: UUID, contact_id: UUID, now: datetime) -> Retired | None:
    """Part a contact from their number, with all its texts not yet sent dropped; None where there is no such contact.

    The history stays; the number begins anew under a contact without name, consent, marks or opt-out.
    """
    phone: str | None = await connection.fetchval(
        "select phone from contacts where business_id = $1 and contact_id = $2 for update", business_id, contact_id
    )
    if phone is None:
        return None
    await connection.execute(
        "update contacts set phone = $3 where business_id = $1 and contact_id = $2",
        *(business_id, contact_id, retired_phone(phone, now)),
    )
    await _drop_texts(connection, business_id, contact_id, now)
    new_contact: UUID = await connection.fetchval(
        "select find_or_create_contact($1, $2, $3, $4)", business_id, new_id(), phone, now
    )
    return Retired(new_contact, phone)


async def _drop_texts(connection: Connection, business_id: UUID, contact_id: UUID, now: datetime) -> None:
    await connection.execute(
        "with dropped as (update messages m set state = 'dropped', error_kind = $3, settled_at = $4 from threads t "
        "  where t.business_id = $1 and t.contact_id = $2 and m.business_id = $1 and m.thread_id = t.thread_id "
        "  and m.state = 'intended' returning m.message_id), "
        "skipped as (update text_backs set decision = 'skip', reason = $3, why = $5 "
        "  where business_id = $1 and message_id in (select message_id from dropped) returning call_id) "
        "select note_change($1, 'call', call_id, $4) from skipped",
        *(business_id, contact_id, Reason.REASSIGNED, now, explain(Reason.REASSIGNED)),
    )


async def move_call(connection: Connection, business_id: UUID, call_id: UUID, contact_id: UUID) -> None:
    """Give a call that is not decided yet to the contact who has the number now."""
    await connection.execute(
        "update calls set contact_id = $3 where business_id = $1 and call_id = $2 and decided_at is null",
        *(business_id, call_id, contact_id),
    )


async def copy_opt_out(connection: Connection, business_id: UUID, old_id: UUID, new_contact_id: UUID) -> None:
    """Let an opt-out that stands hold for the new contact of a number too: a person's word alone must not end it."""
    await connection.execute(
        "insert into opt_outs (business_id, opt_out_id, contact_id, line_id, source, words, opted_out_at, ended_at, "
        "  ended_how, resumed_line_ids) select business_id, $4, $3, line_id, source, words, opted_out_at, ended_at, "
        "  ended_how, resumed_line_ids from opt_outs o where business_id = $1 and contact_id = $2 "
        "and holds_somewhere(o) order by ended_at is null desc, opted_out_at desc limit 1 on conflict do nothing",
        *(business_id, old_id, new_contact_id, new_id()),
    )


async def end_lookup_mark(connection: Connection, business_id: UUID, contact_id: UUID, now: datetime) -> None:
    """End the mark that an earlier look-up set: this one says otherwise."""
    await connection.execute(
        "update contact_marks set ended_at = $4, ended_by = 'look-up' where business_id = $1 and contact_id = $2 "
        "and kind = $3 and ended_at is null and made_by = 'look-up'",
        *(business_id, contact_id, Mark.UNTEXTABLE, now),
    )


@dataclass(frozen=True, slots=True)
class Filtering:
    """How many texts of a line were taken by the phone company in a time, and how many of them carriers filtered."""

    texts: int
    filtered: int


async def count_filtered(connection: Connection, business_id: UUID, line_id: UUID, since: datetime) -> Filtering:
    """Return how carriers have treated a line's texts since an instant."""
    found = await connection.fetch(
        "select count(*) as texts, count(*) filter (where error_kind = 'filtered') as filtered from messages "
        "where business_id = $1 and line_id = $2 and direction = 'out' and created_at >= $3 and state = 'accepted'",
        *(business_id, line_id, since),
    )
    return Filtering(**dict(found[0]))
