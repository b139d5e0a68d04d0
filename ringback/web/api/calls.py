"""/api/v1/calls: each call with its outcome, the decision it earned, and why."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field

from ringback.domain.calls import CallEventKind, CallResult, Outcome, is_missed
from ringback.domain.messages import Delivery, MessageState
from ringback.domain.textback import Reason, explain
from ringback.store import api_queries, calls
from ringback.store.api_queries import CallFilter
from ringback.web.api.access import Authorized
from ringback.web.api.fields import Instant
from ringback.web.api.paging import Page, PageQuery, Place, page_of, read_cursor
from ringback.web.api.parts import ContactPart, Failure, LinePart, contact_part, failure_of, line_part
from ringback.web.api.problems import ApiRoute, not_found, responses

router = APIRouter(route_class=ApiRoute, tags=["calls"])

# In the database and here a word; in the rules SendAt | Skip, which carry more than a word.
DecisionWord = Literal["send", "skip"]


class Call(BaseModel):
    """One inbound call, and what became of it."""

    id: UUID
    line: LinePart
    caller: str = Field(
        description="The caller id as the phone company gave it; empty or a word where withheld.",
        examples=["+13125550142"],
    )
    caller_name: str | None = Field(description="The name the network gave with the caller id.")
    contact: ContactPart | None = Field(description="Null where the number was withheld.")
    thread_id: UUID | None = Field(description="The thread with this contact, once there is one.")
    started_at: AwareDatetime
    over_at: AwareDatetime | None
    outcome: Outcome | None = Field(description="How it ended; null while it goes on.", examples=["no_answer"])
    missed: bool | None = Field(description="Whether nobody of the business spoke with the caller.")
    decision: DecisionWord | None = Field(description="Whether the caller is texted; null until the call is settled.")
    reason: Reason | None = Field(description="Why no text went out.", examples=["texted_recently"])
    explanation: str | None = Field(description="The reason as a sentence.")
    why: str | None = Field(description="What the decision rests on: for a text, which rule picked its wording.")
    wording: str | None = Field(description="The name of the wording that was used.")
    send_at: AwareDatetime | None = Field(description="When the text was, or is, due.")
    texted_at: AwareDatetime | None = Field(description="When the text was handed to the phone company.")
    message_id: UUID | None
    message_state: MessageState | None
    delivery: Delivery | None = Field(description="What the carrier last said of the text.")
    failure: Failure | None = Field(description="Why the text did not reach the caller.")


class CallEvent(BaseModel):
    """One thing a phone company told us of a call, in the form that is the same for all companies."""

    kind: CallEventKind
    at: AwareDatetime = Field(description="When it happened, by the phone company's clock.")
    received_at: AwareDatetime = Field(description="When we heard of it.")
    leg_id: str | None = None
    result: CallResult | None = None
    caller_gone: bool = Field(default=False, description="Whether it says that the caller has hung up.")
    evidence_seconds: int | None = Field(None, description="How long the call or leg was up.")
    forwarded_from: str | None = None


class CallWithEvents(Call):
    """One inbound call with everything we were told of it."""

    events: list[CallEvent] = Field(description="In the order they came in, which is not the order of `at`.")


class CallQuery(PageQuery):
    """Which calls; all conditions given must hold."""

    outcome: Outcome | None = None
    decision: DecisionWord | None = None
    reason: Reason | None = None
    # Ids and not numbers: a caller may withhold theirs, and a line may change its own.
    contact: UUID | None = Field(None, description="A contact's id.")
    line: UUID | None = Field(None, description="A line's id.")
    since: Instant | None = Field(None, description="Calls that started at this instant or later.")
    until: Instant | None = Field(None, description="Calls that started before this instant.")


@router.get("/calls", summary="List calls")
async def list_calls(access: Authorized, query: Annotated[CallQuery, Query()]) -> Page[Call]:
    """Return calls with outcome and decision, the latest first."""
    place = read_cursor(query.cursor, timed=True)
    after = (place.at, place.row_id) if place and place.at else None
    wanted = CallFilter(
        query.outcome, query.decision, query.reason, query.contact, query.line, query.since, query.until
    )
    async with access.transaction() as connection:
        found = await api_queries.list_calls(connection, access.business_id, wanted, after, query.limit + 1)
    return page_of(found, query.limit, show_call, lambda row: Place(row["call_id"], row["started_at"]))


@router.get("/calls/{call_id}", summary="Get a call with its events", responses=responses(404))
async def get_call(access: Authorized, call_id: UUID) -> CallWithEvents:
    """Return one call with everything the phone company told us of it."""
    async with access.transaction() as connection:
        row = await api_queries.get_call(connection, access.business_id, call_id)
        if row is None:
            raise not_found("call")
        events = await calls.list_call_events(connection, access.business_id, call_id)
    shown = [show_event(event["event"], event["received_at"]) for event in events]
    return CallWithEvents(**_call_fields(row), events=shown)


def show_call(row: Mapping[str, Any]) -> Call:
    """Return the call of a row of the API's calls."""
    return Call(**_call_fields(row))


# Read by name, so that a new column of a table is not published by accident.
_SAME_NAMES = (
    *("caller", "caller_name", "thread_id", "started_at", "over_at", "outcome", "decision", "reason", "why", "wording"),
    *("send_at", "texted_at", "message_id", "message_state", "delivery"),
)


def _call_fields(row: Mapping[str, Any]) -> dict[str, Any]:
    outcome, reason = row["outcome"], row["reason"]
    return {
        **{name: row[name] for name in _SAME_NAMES},
        "id": row["call_id"],
        "line": line_part(row),
        "contact": contact_part(row),
        "missed": is_missed(Outcome(outcome)) if outcome else None,
        "explanation": explain(Reason(reason)) if reason else None,
        "failure": failure_of(row["message_state"], row["error_kind"], row["error_code"]),
    }


def show_event(event: Mapping[str, Any], received_at: datetime) -> CallEvent:
    """Return the event of its stored form."""
    # The stored form also holds the company's call id, which is no business of a program's.
    shown = {name: value for name, value in event.items() if name in CallEvent.model_fields}
    return CallEvent(**shown, received_at=received_at)
