"""What sort of number rang: asked of the phone company before the first text, and what follows from what is learned."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.business import Business, Line, LookupPolicy
from ringback.domain.consent_ledger import ConsentEntry, ConsentKind
from ringback.domain.errors import ProviderError, ProviderErrorKind, words_for_owner
from ringback.domain.number_facts import (
    FactSource,
    LineType,
    NumberFact,
    Textable,
    Wish,
    judge_number,
    kind_by_facts,
    say_line_type,
    wants_reassignment,
)
from ringback.domain.phones import PhoneKind
from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import FILTERED, NO_LOOK_UPS
from ringback.domain.textback import Facts, Mark, SendAt, decide
from ringback.ports import Capability, NoAnswer, NotSent
from ringback.ports.sealing import CannotOpen
from ringback.store import alarms, contacts, number_facts
from ringback.store.calls import CallOnTable
from ringback.store.consent_ledger import add_consent_entry
from ringback.store.contacts import NewMark
from ringback.store.db import Connection, business_transaction
from ringback.store.number_facts import Claim, Retired
from ringback.workflows.brakes import may_look_up
from ringback.workflows.context import Context, Later, line_of

# What nobody could say is asked again after this; until then the number counts as unknown, and is texted.
_ASK_AGAIN = timedelta(hours=1)
# Longer than a question and its answer take: that long, whoever did not get to ask waits for the one who did.
_UNDER_WAY = timedelta(seconds=3)
# The alarm about look-ups that the phone company refuses.
_FAILED = "number_lookup"
FILTER_DAYS = timedelta(days=7)
# One text in fifty is what the vendor calls a trouble; fewer than three filtered ones may be chance.
_FILTERED_SHARE, _FEWEST_FILTERED = 0.02, 3


@dataclass(frozen=True, slots=True)
class Question:
    """A look-up that was claimed: it is made once, outside of any transaction."""

    business_id: UUID
    call_id: UUID
    contact_id: UUID
    line: Line
    version: int
    wish: Wish
    policy: LookupPolicy


@dataclass(frozen=True, slots=True)
class Ring:
    """A call that is being decided, in the transaction that decides it."""

    context: Context
    connection: Connection
    business: Business
    call: CallOnTable


async def weigh_number(ring: Ring, facts: Facts, learned: NumberFact | None, now: datetime) -> Facts | Question | Later:
    """Return the facts with what is known of the caller's number, or what to ask before this caller is texted.

    `learned` is the answer to what was asked. Later: another worker is asking. Without look-ups, only a number listed
    as a landline costs a query.
    """
    if facts.kind is PhoneKind.LANDLINE and ring.call.contact is not None:
        known = await number_facts.list_number_facts(
            ring.connection, ring.business.business_id, ring.call.contact.phone
        )
        facts = replace(facts, kind=kind_by_facts(facts.kind, judge_number(known, now)))
    if learned is not None:
        return replace(facts, reassigned=learned.is_reassigned is True)
    return await _question(ring, facts, now) or facts


async def _question(ring: Ring, facts: Facts, now: datetime) -> Question | Later | None:
    """None where there is nothing to ask."""
    call, policy = ring.call, ring.business.number_lookup
    line = line_of(ring.business, call.line_id)
    if not policy.on or line is None or call.contact_id is None:
        return None
    # What an earlier look-up said is asked again once it has expired, so its mark must not forbid the question.
    unmarked = replace(facts, marks=facts.marks - {Mark.UNTEXTABLE})
    # A test is no caller, and a call that was decided before is not decided again.
    if facts.is_test or call.has_decision or not isinstance(decide(unmarked, now), SendAt):
        return None
    if Capability.LOOKUP not in ring.context.providers[line.provider].capabilities:
        return None
    wish = await _wish(ring, call.contact_id, now)
    if not isinstance(wish, Wish):
        return wish
    # A look-up is billed: past the day's cap the caller counts as unknown.
    if not await may_look_up(ring.connection, ring.business, now):
        return None
    return Question(ring.business.business_id, call.call_id, call.contact_id, line, call.version, wish, policy)


async def _wish(ring: Ring, contact_id: UUID, now: datetime) -> Wish | Later | None:
    connection, business_id, policy = ring.connection, ring.business.business_id, ring.business.number_lookup
    if ring.call.contact is None:
        return None
    phone, heard_at = ring.call.contact.phone, None
    if policy.reassigned:
        heard_at = await number_facts.last_heard_at(connection, business_id, contact_id, ring.call.started_at)
        heard_at = heard_at if wants_reassignment(heard_at, policy.reassigned_after_days, now) else None
    known = await number_facts.list_number_facts(connection, business_id, phone)
    if heard_at is None and judge_number(known, now) is not Textable.UNKNOWN:
        return None
    # Asked before somebody went silent, a look-up says nothing of who has the number since.
    older_than = now - timedelta(days=policy.reassigned_after_days) if heard_at else now - timedelta(days=36500)
    claim = Claim(phone, now + _ASK_AGAIN, older_than)
    if await number_facts.claim_lookup(connection, business_id, claim, now):
        return Wish(phone, policy.pumping_risk, heard_at)
    # A caller who hangs up is told of twice at once: what one job asks, the other must not go without.
    is_under_way = any(fact.source is FactSource.LOOKUP and now - fact.learned_at < _UNDER_WAY for fact in known)
    return Later(1.0) if is_under_way else None


async def ask_number(context: Context, question: Question) -> NumberFact:
    """Ask, for as long as a caller can wait, and write down what follows; no answer is an unknown number."""
    answer = await _ask(context, question)
    now = context.clock.now()
    fact = _to_keep(answer, question.policy, now)
    async with business_transaction(context.pool, question.business_id) as connection:
        # Erased while we asked: then nothing is written of the number any more.
        if await number_facts.has_number(connection, question.business_id, question.contact_id, question.wish.phone):
            await number_facts.save_number_fact(connection, question.business_id, question.wish.phone, fact)
            contact_id = await _hand_on(connection, question, now) if fact.is_reassigned else question.contact_id
            await _judge(connection, question, contact_id, now)
        await _tell_owner(connection, question, answer, now)
    return fact


async def _hand_on(connection: Connection, question: Question, now: datetime) -> UUID:
    """The call on the table is the new person's already."""
    retired = await part_from_number(connection, question.business_id, question.contact_id, "phone company", now)
    if retired is None:
        return question.contact_id
    await number_facts.move_call(connection, question.business_id, question.call_id, retired.contact_id)
    return retired.contact_id


async def _ask(context: Context, question: Question) -> NumberFact | ProviderError:
    try:
        async with business_transaction(context.pool, question.business_id) as connection:
            adapter = await context.adapter(connection, question.business_id, question.line, question.version)
        return adapter.read_lookup(await context.http.send(adapter.lookup_request(question.wish)), context.clock.now())
    except (NotSent, NoAnswer):
        return ProviderError(ProviderErrorKind.PROVIDER_DOWN)
    except (ValueError, CannotOpen):
        # A connection that cannot be used is told of when the text is to leave.
        return ProviderError(ProviderErrorKind.CREDENTIALS)


def _to_keep(answer: NumberFact | ProviderError, policy: LookupPolicy, now: datetime) -> NumberFact:
    if isinstance(answer, ProviderError):
        return NumberFact(FactSource.LOOKUP, LineType.UNKNOWN, now, now + _ASK_AGAIN)
    return replace(answer, expires_at=now + timedelta(days=policy.keep_days))


async def _judge(connection: Connection, question: Question, contact_id: UUID, now: datetime) -> None:
    """Let the mark say what all that is known comes to: decisions read marks, and no query more."""
    business_id = question.business_id
    known = await number_facts.list_number_facts(connection, business_id, question.wish.phone)
    if judge_number(known, now) is not Textable.NO:
        await number_facts.end_lookup_mark(connection, business_id, contact_id, now)
        return
    asked = next(fact for fact in known if fact.source is FactSource.LOOKUP)
    mark = NewMark(Mark.UNTEXTABLE, say_line_type(asked.line_type), "look-up")
    await contacts.add_mark(connection, business_id, contact_id, mark, now)


async def _tell_owner(
    connection: Connection, question: Question, answer: NumberFact | ProviderError, now: datetime
) -> None:
    subject = str(question.line.line_id)
    if isinstance(answer, NumberFact):
        await alarms.end_alarm(connection, question.business_id, _FAILED, subject, now)
    # One that was slow is slow no more when the next call comes.
    elif answer.kind not in (ProviderErrorKind.PROVIDER_DOWN, ProviderErrorKind.THROTTLED):
        words = phrase(NO_LOOK_UPS.msgid, line=question.line.label, why=words_for_owner(answer.kind))
        await alarms.raise_alarm(connection, question.business_id, _FAILED, subject, words, now)


async def part_from_number(
    connection: Connection, business_id: UUID, contact_id: UUID, said_by: str, now: datetime
) -> Retired | None:
    """Part a contact from a number that is another's now: their history stays, their name and consent do not pass on.

    None where there is no such contact.
    """
    retired = await number_facts.retire_contact(connection, business_id, contact_id, now)
    if retired is not None:
        words = phrase("This number belongs to somebody else now.")
        # No look-up and no delivery ends this mark: there is nothing left that it could reach.
        await contacts.add_mark(connection, business_id, contact_id, NewMark(Mark.UNTEXTABLE, words, said_by), now)
        entry = ConsentEntry(contact_id, retired.phone, ConsentKind.SUPPRESSED, words, source=said_by)
        await add_consent_entry(connection, business_id, entry, now)
    return retired


async def note_undeliverable(
    connection: Connection, business_id: UUID, contact_id: UUID, kind: ProviderErrorKind, now: datetime
) -> None:
    """Remember that a carrier could not deliver to a contact's number, and why."""
    line_type = LineType.LANDLINE if kind is ProviderErrorKind.LANDLINE else LineType.INVALID
    fact = NumberFact(FactSource.DELIVERY_ERROR, line_type, now)
    await number_facts.save_contact_fact(connection, business_id, contact_id, fact)


async def watch_filtering(connection: Connection, business_id: UUID, line_id: UUID, now: datetime) -> None:
    """A carrier filtered a text of a line: raise the alarm where that has become more than chance."""
    counted = await number_facts.count_filtered(connection, business_id, line_id, now - FILTER_DAYS)
    if counted.filtered < _FEWEST_FILTERED or counted.filtered <= _FILTERED_SHARE * counted.texts:
        return
    words = phrase(FILTERED.msgid, filtered=counted.filtered, texts=counted.texts)
    await alarms.raise_alarm(connection, business_id, ProviderErrorKind.FILTERED, str(line_id), words, now)
