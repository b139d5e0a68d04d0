"""A call may be over: put all its events on the table, decide its outcome, and decide once whether to text."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from ringback.domain.answering import back_at, own_numbers, staff_phones
from ringback.domain.away import say_until
from ringback.domain.business import Business, Line
from ringback.domain.calls import ANSWERED, CallStory, Outcome, decide_outcome, fold, is_missed, is_over
from ringback.domain.consent_ledger import wording_version
from ringback.domain.hours import DayState, describe_opening, next_opening, state_at
from ringback.domain.law.disclosing import automation_mark, with_mark
from ringback.domain.messages import Author, Direction, MessageState, Purpose
from ringback.domain.number_facts import NumberFact
from ringback.domain.phones import parse_phone
from ringback.domain.phrases import phrase
from ringback.domain.quiet import ANSWER, hold_text_back
from ringback.domain.registration import standing
from ringback.domain.robocalls import CallSigns, attestation_of, is_robocall, lasted
from ringback.domain.segments import count_segments
from ringback.domain.textback import (
    Decision,
    Facts,
    Reason,
    SendAt,
    Skip,
    decide,
    explain,
    needs_call_back,
    raises_urgency,
)
from ringback.domain.trades import builtin_wordings
from ringback.domain.wording import Situation, choose_wording, render_wording
from ringback.store import call_backs, calls, line_tests, threads
from ringback.store.call_backs import NewCallBack
from ringback.store.calls import CallOnTable
from ringback.store.db import Connection
from ringback.store.ids import new_id
from ringback.workflows.brakes import HELD, brake_of_text_back, read_held, tell_owner
from ringback.workflows.context import Context, Later, line_of
from ringback.workflows.erasing import recall_erased
from ringback.workflows.number_facts import Question, Ring, ask_number, weigh_number
from ringback.workflows.poll import look_at_call

# How often our own timer asks again about a call that is still going on, and when it stops believing that.
_ASK_AGAIN_SECONDS = 60.0
_LONGEST_CALL = timedelta(hours=4)
_MISSED_AFTER_ALL = phrase("Missed after all.")
_RANG_TWICE = phrase("Rang twice within five minutes.")


async def settle_call(context: Context, business_id: UUID, call_id: UUID, *, timer: bool) -> Later | None:
    """Decide a call if it is over. `timer`: no event said so, so ask the provider, and come back while it goes on."""
    settled = await _settle_knowing(context, business_id, call_id)
    if settled is False and timer:
        # Outside the transaction: a provider that hangs must not hold the call's lock.
        await look_at_call(context, business_id, call_id)
        settled = await _settle_knowing(context, business_id, call_id) or Later(_ASK_AGAIN_SECONDS)
    return settled if isinstance(settled, Later) else None


async def _settle_knowing(context: Context, business_id: UUID, call_id: UUID) -> bool | Later:
    """Settle a call; where the owner wants callers' numbers looked up first, between two looks at it."""
    settled = await _settle(context, business_id, call_id)
    if not isinstance(settled, Question):
        return settled
    return await _settle(context, business_id, call_id, await ask_number(context, settled)) is True


async def _settle(
    context: Context, business_id: UUID, call_id: UUID, learned: NumberFact | None = None
) -> bool | Question | Later:
    """Return whether the call is settled (or is none of ours), or what to ask before it is: `learned` is the answer.

    Later: another worker asks it just now.
    """
    now = context.clock.now()
    async with context.pool.acquire() as connection, connection.transaction():
        call = await calls.load_call(connection, business_id, call_id, now)
        if call is None:
            return True
        business = await context.business(connection, business_id, call.version)
        if await recall_erased(context, connection, business, call.version, call.caller, now):
            call = await calls.load_call(connection, business_id, call_id, now) or call
        line = line_of(business, call.line_id)
        if line is None:
            await _close(connection, business_id, call, now)
            return True
        story = tell(call, line)
        if not is_over(story) and now - call.started_at < _LONGEST_CALL:
            return False
        outcome = decide_outcome(story)
        # A call closed by force has no end we know of: counted from its start it is stale, and nobody is texted.
        is_test = await _is_test(connection, business, line, call)
        facts = gather(call, business, line, outcome, story.over_at or call.started_at, is_test=is_test)
        weighed = await weigh_number(Ring(context, connection, business, call), facts, learned, now)
        if not isinstance(weighed, Facts):
            return weighed
        facts, decision = weighed, hold_text_back(decide(weighed, now), business, call.caller, weighed)
        await _save(connection, business, line, Settled(call, outcome, decision, facts), now)
        return True


async def _close(connection: Connection, business_id: UUID, call: CallOnTable, now: datetime) -> None:
    """The line was ended while the call went on: there is no number left to text from."""
    reason = Reason.SWITCHED_OFF
    row = {"text_back_id": new_id(), "outcome": call.outcome or Outcome.FAILED, "decision": "skip", "reason": reason}
    await calls.save_decision(connection, business_id, call.call_id, {**row, "why": explain(reason)}, None, now)


@dataclass(frozen=True, slots=True)
class Settled:
    """A call with its outcome and decision, on the way to the database."""

    call: CallOnTable
    outcome: Outcome
    decision: Decision
    facts: Facts


def tell(call: CallOnTable, line: Line) -> CallStory:
    """Return the story that all events of a call amount to."""
    return fold(CallStory(plan=call.plan, whisper=line.ring.whisper, blocked=call.blocked), call.events)


async def _is_test(connection: Connection, business: Business, line: Line, call: CallOnTable) -> bool:
    """Return whether this call came while its line was being tested, from a phone that may test it."""
    caller, staff = parse_phone(call.caller, business.country).e164, staff_phones(business)
    # Asked only where it can matter, so that other calls do not pay for it.
    if caller is None or (caller not in staff and not line.in_set_up):
        return False
    tested = await line_tests.tested_by(connection, business.business_id, line.line_id, call.started_at)
    return tested is not None and (caller in staff or caller == tested)


def gather(
    call: CallOnTable, business: Business, line: Line, outcome: Outcome, over_at: datetime, *, is_test: bool = False
) -> Facts:
    """Return the facts a text-back decision rests on."""
    phone = parse_phone(call.caller, business.country, frozenset(business.text_countries))
    return Facts(
        outcome=outcome,
        over_at=over_at,
        zone=business.zone,
        kind=phone.kind,
        is_own_number=phone.e164 in own_numbers(business),
        is_staff=phone.e164 in staff_phones(business),
        marks=call.contact.marks if call.contact else frozenset(),
        opted_out=call.contact.opted_out if call.contact else False,
        answered_since=call.answered_since,
        called_back=call.called_back,
        claimed_until=call.claimed_until,
        last_inbound_at=call.last_inbound_at,
        line_sent_last_hour=call.line_sent,
        business_sent_last_hour=call.business_sent,
        line_on=line.text_back,
        registration=standing(line),
        in_set_up=line.in_set_up,
        is_test=is_test,
        is_known=call.is_known,
        is_robocall=is_robocall(_signs(call, line, outcome, over_at)),
        policy=business.policy,
    )


def _signs(call: CallOnTable, line: Line, outcome: Outcome, over_at: datetime) -> CallSigns:
    return CallSigns(
        caller=call.caller,
        line_number=line.number,
        outcome=outcome,
        lasted=lasted(call.started_at, over_at),
        attestation=attestation_of(call.events),
        rings_across=call.rings_across,
        is_known=call.is_known,
        first_time=call.first_time,
    )


async def _save(connection: Connection, business: Business, line: Line, settled: Settled, now: datetime) -> None:
    business_id, call = business.business_id, settled.call
    row, message = decision_rows(business, line, settled, now)
    stands = await calls.save_decision(connection, business_id, call.call_id, row, message, now)
    if stands == "claimed":
        # Another worker took the window between our look and our write: the database's word counts.
        settled = replace(settled, decision=Skip(Reason.TEXTED_RECENTLY))
        row, _ = decision_rows(business, line, settled, now)
        stands = await calls.save_decision(connection, business_id, call.call_id, row, None, now)
    if stands in HELD:
        settled = replace(settled, decision=Skip(read_held(stands)))
    if stands != "kept":
        await _tell_people(connection, business_id, settled, now)
        await tell_owner(connection, business, "over_brake" if _is_over_brake(settled) else stands, now)
    elif call.outcome in ANSWERED and is_missed(settled.outcome):
        # Taken for answered and not texted; then the ringing turned out to have ended without anyone put through.
        call_back = NewCallBack(call.call_id, call.contact_id, call.caller, _MISSED_AFTER_ALL, now)
        await call_backs.add_call_back(connection, business_id, call_back, now)


def decision_rows(
    business: Business, line: Line, settled: Settled, now: datetime
) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return the rows of a decision: the text-back's, and the message's where one goes out."""
    policy = business.policy
    row: dict[str, Any] = {
        "text_back_id": new_id(),
        "outcome": settled.outcome,
        "over_at": settled.facts.over_at,
        "decision": "skip",
        # Counted, under a hash, over all businesses: a machine rings many of them.
        "stranger": _stranger(settled.call),
    }
    match settled.decision:
        case Skip(reason):
            return {**row, "reason": reason, "why": explain(reason)}, None
        case SendAt(at):
            words = word_text_back(business, line, settled.call, settled.outcome, now)
            segments = count_segments(words["body"]).count
            message = {
                "message_id": new_id(),
                "direction": Direction.OUT,
                "author": Author.SYSTEM,
                "purpose": Purpose.TEXT_BACK,
                "rule_version": ANSWER,
                "body": words["body"],
                "segments": segments,
                "state": MessageState.INTENDED,
                "provider": line.provider,
                "send_at": at,
                "expires_at": at + timedelta(seconds=policy.stale_after_seconds),
                "wording_version": words["version"],
            }
            sent = {
                "decision": "send",
                "send_at": at,
                "wording": words["wording"],
                "why": words["why"],
                "thread_id": new_id(),
                # From the text on, not from now: one held overnight must keep its window until it has gone out.
                "claim_until": at + timedelta(hours=0 if settled.facts.is_test else policy.window_hours),
                "brake": brake_of_text_back(business, line, settled.call, segments, at),
            }
            return {**row, **sent}, message


def _stranger(call: CallOnTable) -> str | None:
    return call.contact.phone if call.contact and call.first_time and not call.is_known else None


def word_text_back(
    business: Business, line: Line, call: CallOnTable, outcome: Outcome, now: datetime
) -> Mapping[str, str]:
    """Return the words a missed caller gets: `wording` (its name), its `version`, `body` and `why` (the rule)."""
    # The language a contact has used wins over the line's.
    language = (call.contact.language if call.contact else None) or line.language
    # A call the provider told us of late has no fact of its own: the hours at its start stand in.
    day = call.day or state_at(business.hours, business.zone, call.started_at)
    situation = Situation(outcome, day, line.label, language, call.first_time, business.trade)
    rules, wordings = builtin_wordings(business.trade, business.tone)
    choice = choose_wording(business.rules + rules, business.wordings + wordings, situation)
    name = (call.contact.name if call.contact else None) or call.caller_name or ""
    fields = {
        "business": business.name,
        "opens": _opens(business, day, now, language),
        "caller_name": name,
        "line": line.label,
        "until": _until(business, line, now, language),
    }
    mark = automation_mark(business, call.caller, language, now)
    return {
        "wording": choice.wording.name,
        "version": wording_version(choice.wording.name, choice.wording.body),
        "body": with_mark(render_wording(choice.wording.body, fields), mark),
        "why": choice.why,
    }


def _until(business: Business, line: Line, now: datetime, language: str) -> str:
    back = back_at(business, line, now)
    return "" if back is None else say_until(back, now, business.zone, language)


def _opens(business: Business, day: DayState, now: datetime, language: str) -> str:
    if day is DayState.OPEN:
        return ""
    return describe_opening(next_opening(business.hours, business.zone, now), now, business.zone, language)


def _is_over_brake(settled: Settled) -> bool:
    return settled.decision == Skip(Reason.OVER_BRAKE)


async def _tell_people(connection: Connection, business_id: UUID, settled: Settled, now: datetime) -> None:
    """What no text can do is handed to people: a call-back, an alarm, urgency."""
    call, decision = settled.call, settled.decision
    # A second text would only annoy; a second ring means that someone is waiting.
    urgent = raises_urgency(call.previous_missed_at, call.started_at, settled.outcome, decision)
    if urgent and call.contact_id is not None:
        await threads.raise_urgency(connection, business_id, call.contact_id, now)
    if isinstance(decision, Skip) and (urgent or needs_call_back(decision, settled.outcome)):
        why = _RANG_TWICE if urgent else explain(decision.reason)
        call_back = NewCallBack(call.call_id, call.contact_id, call.caller, why, now, urgent)
        await call_backs.add_call_back(connection, business_id, call_back, now)
