"""What the brakes have held, let go by people: today's cap raised, a caller texted anyway."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.calls import Outcome
from ringback.domain.money import show_price
from ringback.domain.phones import show_phone
from ringback.domain.segments import count_segments
from ringback.domain.spending import MILLICENTS, Share, cap_cents, cost, owners_most_cap_cents
from ringback.domain.textback import Reason, SendAt, Skip, decide
from ringback.store import alarms, brakes, call_backs, calls
from ringback.store.audit import Change, add_entry
from ringback.store.calls import CallOnTable
from ringback.store.db import Connection
from ringback.workflows.brakes import CAP, HELD, brake_of_text_back, read_held, tell_owner
from ringback.workflows.context import line_of
from ringback.workflows.settings import By
from ringback.workflows.settle import Settled, decision_rows, gather

_NO_LIMIT = 10**9


@dataclass(frozen=True, slots=True)
class Released:
    """The text is on its way."""


@dataclass(frozen=True, slots=True)
class StillHeld:
    """Nothing goes out: None, because there is nothing that a brake holds; else for this Reason."""

    reason: Reason | None


async def raise_todays_cap(connection: Connection, business: Business, by: By, now: datetime) -> int | None:
    """Add half of the usual cap to today's, as the owner asked; return today's cap in cents, None at the most."""
    business_id, usual = business.business_id, cap_cents(business)
    most = max(owners_most_cap_cents(business) - usual, 0)
    asked = cost(business, max(usual // 2, 100) * MILLICENTS, Share.PERSON, now)
    added = await brakes.raise_cap(connection, business_id, asked, most * MILLICENTS, by.name)
    if added is None:
        return None
    today = usual + added // MILLICENTS
    await alarms.end_alarm(connection, business_id, CAP, str(asked.day_on), now)
    told = {"cap": show_price(today, business.country)}
    change = Change("brakes.cap_raised", str(asked.day_on), {"cap": show_price(usual, business.country)}, told)
    await add_entry(connection, business_id, by.name, change, now, by.person_id)
    return today


async def text_anyway(
    connection: Connection, business: Business, call_id: UUID, by: By, now: datetime
) -> Released | StillHeld:
    """Text a caller whose text-back a brake holds, as a person's text; whatever else forbids it still does."""
    call = await calls.load_call(connection, business.business_id, call_id, now)
    line = line_of(business, call.line_id) if call else None
    if call is None or line is None or call.contact is None or not call.has_decision:
        return StillHeld(None)
    outcome = call.outcome or Outcome.FAILED
    facts = gather(call, business, line, outcome, now)
    # The brakes were looked at by a person, and the call is as fresh as their wish.
    policy = replace(facts.policy, per_line_an_hour=_NO_LIMIT, per_business_an_hour=_NO_LIMIT)
    facts = replace(facts, is_robocall=False, policy=policy)
    decided = decide(facts, now)
    if isinstance(decided, Skip):
        return StillHeld(decided.reason)
    return await _release(connection, business, Settled(call, outcome, SendAt(now), facts), by, now)


async def _release(
    connection: Connection, business: Business, settled: Settled, by: By, now: datetime
) -> Released | StillHeld:
    call, business_id = settled.call, business.business_id
    line = next(line for line in business.lines if line.line_id == call.line_id)
    row, message = decision_rows(business, line, settled, now)
    if message is None:
        return StillHeld(None)
    brake = brake_of_text_back(business, line, call, count_segments(message["body"]).count, now, Share.PERSON)
    stands = await brakes.release_text_back(
        connection, business_id, call.call_id, {**row, "brake": brake}, message, now
    )
    if stands in HELD:
        await tell_owner(connection, business, stands, now)
        return StillHeld(read_held(stands))
    if stands != "send":
        return StillHeld(Reason.TEXTED_RECENTLY if stands == "claimed" else None)
    await call_backs.withdraw_call_back(connection, business_id, call.call_id, now)
    change = Change("brakes.text_anyway", _caller(business, call), None, None)
    await add_entry(connection, business_id, by.name, change, now, by.person_id)
    return Released()


def _caller(business: Business, call: CallOnTable) -> str:
    return show_phone(call.contact.phone if call.contact else call.caller, business.country)
