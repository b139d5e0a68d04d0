"""/api/v1/threads/{thread_id}/turns and what comes of them: why a text says what it says, gaps, promises, alerts."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ringback.store import dialog_queries, dialogs, gaps
from ringback.web.api.access import WRITTEN_BY, Access, Authorized
from ringback.web.api.fields import ShortText
from ringback.web.api.paging import Page, PageQuery, Place, page_of, read_cursor
from ringback.web.api.parts import ContactPart, contact_of
from ringback.web.api.problems import ApiRoute, not_found, responses
from ringback.web.api.threads import load_thread
from ringback.workflows.alerts import acknowledge_alert
from ringback.workflows.handing_back import pause, resume

router = APIRouter(route_class=ApiRoute, tags=["receptionist"])


class Reason(BaseModel):
    """One reason of a turn."""

    sentence: str = Field(examples=["They asked where to park."])
    fact: str | None = Field(None, description="The fact or service that was used.", examples=["Where do I park?"])


class Turn(BaseModel):
    """One step of the receptionist: what came in, what was decided, and why."""

    id: UUID
    thread_id: UUID
    at: AwareDatetime
    happened: str = Field(description="What it answered: `heard` for texts, `silence`.", examples=["heard"])
    heard: list[UUID] = Field(description="The texts it read, by id.")
    said: list[UUID] = Field(description="The texts it wrote, by id.")
    why: list[Reason]
    actions: list[dict[str, Any]] = Field(description="What it did beside: `action` names it.")


class Receptionist(BaseModel):
    """Who answers in a thread."""

    paused_at: AwareDatetime | None = Field(description="Since when a person answers; null: the receptionist does.")
    paused_by: str | None


class Gap(BaseModel):
    """A question that no fact answered."""

    id: UUID
    question: str = Field(description="In the caller's words.")
    thread_id: UUID
    times: int = Field(description="How often it was asked.")
    asked_at: AwareDatetime
    last_at: AwareDatetime
    answered_at: AwareDatetime | None
    answered_by: str | None


class Promise(BaseModel):
    """Something that was said to happen by a time."""

    id: UUID
    thread_id: UUID
    call_back_id: UUID = Field(description="The call-back that keeps it.")
    about: str
    owner: str | None = Field(description="Who is to keep it.")
    made_at: AwareDatetime
    due_at: AwareDatetime
    done_at: AwareDatetime | None
    done_by: str | None


class Alert(BaseModel):
    """An emergency that somebody must take."""

    id: UUID
    thread_id: UUID
    contact: ContactPart
    words: str = Field(description="What the caller wrote.")
    address: str | None
    fee_agreed: bool | None = Field(description="Whether the caller agreed to the emergency fee; null: not asked.")
    raised_at: AwareDatetime
    rounds: int = Field(description="How often people on call were texted.")
    acknowledged_at: AwareDatetime | None
    acknowledged_by: str | None
    eta_minutes: int | None = Field(description="In how many minutes somebody said to be there.")


class Acknowledgement(BaseModel):
    """Who takes an emergency, and when they will be there; the caller is told just that."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"by": "Sam", "minutes": 30}]})

    by: ShortText
    minutes: int | None = Field(None, ge=1, le=720)


class Waiting(BaseModel):
    """A contact who wants to be told of an opening."""

    id: UUID
    contact: ContactPart
    service: str
    for_whom: str | None
    joined_at: AwareDatetime


class OpenOrDone(StrEnum):
    """Whether a list is about what is still to do."""

    OPEN = "open"
    DONE = "done"


class DutyQuery(PageQuery):
    """Which of them."""

    state: OpenOrDone = OpenOrDone.OPEN


@router.get("/threads/{thread_id}/turns", summary="List the receptionist's turns", responses=responses(404))
async def list_turns(access: Authorized, thread_id: UUID, query: Annotated[PageQuery, Query()]) -> Page[Turn]:
    """Return why the receptionist wrote what it wrote in a thread, the latest turn first."""
    place = read_cursor(query.cursor)
    async with access.transaction() as connection:
        await load_thread(connection, access, thread_id)
        found = await dialog_queries.list_turns(
            connection, access.business_id, thread_id, place.row_id if place else None, query.limit + 1
        )
    return page_of(found, query.limit, show_turn, lambda row: Place(row["turn_id"]))


@router.post("/threads/{thread_id}/takeover", summary="Take a thread over", responses=responses(404))
async def take_over(access: Authorized, thread_id: UUID) -> Receptionist:
    """Pause the receptionist in a thread: what it had still to say there is dropped."""
    async with access.transaction() as connection:
        await load_thread(connection, access, thread_id)
    await pause(access.context, access.business_id, thread_id, WRITTEN_BY)
    return await _receptionist(access, thread_id)


@router.delete("/threads/{thread_id}/takeover", summary="Hand a thread back", responses=responses(404))
async def hand_back(access: Authorized, thread_id: UUID) -> Receptionist:
    """Let the receptionist answer from the next text on. Where it is not paused, nothing changes."""
    async with access.transaction() as connection:
        await load_thread(connection, access, thread_id)
    await resume(access.context, access.business_id, thread_id)
    return await _receptionist(access, thread_id)


async def _receptionist(access: Access, thread_id: UUID) -> Receptionist:
    async with access.transaction() as connection:
        dialog = await dialogs.get_dialog(connection, access.business_id, thread_id) or {}
    return Receptionist(paused_at=dialog.get("paused_at"), paused_by=dialog.get("paused_by"))


@router.get("/gaps", summary="List gaps")
async def list_gaps(access: Authorized, query: Annotated[DutyQuery, Query()]) -> Page[Gap]:
    """Return questions that no fact answered, the latest first."""
    place, is_done = read_cursor(query.cursor), query.state is OpenOrDone.DONE
    async with access.transaction() as connection:
        found = await dialog_queries.list_gaps(
            connection, access.business_id, is_done, place.row_id if place else None, query.limit + 1
        )
    return page_of(found, query.limit, show_gap, lambda row: Place(row["gap_id"]))


@router.post("/gaps/{gap_id}/answer", summary="Take a gap off the list", responses=responses(404))
async def answer_gap(access: Authorized, gap_id: UUID) -> Gap:
    """Say that the facts answer a question now, or that it needs no answer. Saying it twice changes nothing."""
    async with access.transaction() as connection:
        await gaps.answer_gap(connection, access.business_id, gap_id, WRITTEN_BY, access.now())
        row = await dialog_queries.get_gap(connection, access.business_id, gap_id)
    if row is None:
        raise not_found("gap")
    return show_gap(row)


@router.get("/promises", summary="List promises")
async def list_promises(access: Authorized, query: Annotated[DutyQuery, Query()]) -> Page[Promise]:
    """Return what was promised to callers, the latest first. Completing the call-back keeps the promise."""
    place, is_done = read_cursor(query.cursor), query.state is OpenOrDone.DONE
    async with access.transaction() as connection:
        found = await dialog_queries.list_promises(
            connection, access.business_id, is_done, place.row_id if place else None, query.limit + 1
        )
    return page_of(found, query.limit, show_promise, lambda row: Place(row["promise_id"]))


@router.get("/alerts", summary="List alerts")
async def list_alerts(access: Authorized, query: Annotated[DutyQuery, Query()]) -> Page[Alert]:
    """Return emergencies that nobody has taken (`open`) or that somebody has (`done`), the latest first."""
    place, is_done = read_cursor(query.cursor), query.state is OpenOrDone.DONE
    async with access.transaction() as connection:
        found = await dialog_queries.list_alerts(
            connection, access.business_id, is_done, place.row_id if place else None, query.limit + 1
        )
    return page_of(found, query.limit, show_alert, lambda row: Place(row["alert_id"]))


@router.post("/alerts/{alert_id}/acknowledgement", summary="Take an alert", responses=responses(404))
async def take_alert(access: Authorized, alert_id: UUID, taken: Acknowledgement) -> Alert:
    """Say who takes an emergency; the caller is told. Where somebody has, it stays theirs: see the answer."""
    if await _find_alert(access, alert_id) is None:
        raise not_found("alert")
    await acknowledge_alert(access.context, access.business_id, alert_id, taken.by, taken.minutes)
    row = await _find_alert(access, alert_id)
    if row is None:
        raise not_found("alert")
    return show_alert(row)


async def _find_alert(access: Access, alert_id: UUID) -> dict[str, Any] | None:
    async with access.transaction() as connection:
        return await dialog_queries.get_alert(connection, access.business_id, alert_id)


@router.get("/waiting-list", summary="List who waits for an opening")
async def list_waiting(access: Authorized, query: Annotated[PageQuery, Query()]) -> Page[Waiting]:
    """Return who waits and has not been told of an opening, the latest first."""
    place = read_cursor(query.cursor)
    async with access.transaction() as connection:
        found = await dialog_queries.list_waiting(
            connection, access.business_id, place.row_id if place else None, query.limit + 1
        )
    return page_of(found, query.limit, show_waiting, lambda row: Place(row["waiting_id"]))


def show_turn(row: Mapping[str, Any]) -> Turn:
    """Return the turn of a row."""
    names = ("thread_id", "at", "happened", "heard", "said", "actions")
    reasons = [Reason(sentence=why["sentence"], fact=why.get("fact")) for why in row["why"]]
    return Turn(id=row["turn_id"], why=reasons, **{name: row[name] for name in names})


def show_gap(row: Mapping[str, Any]) -> Gap:
    """Return the gap of a row."""
    names = ("question", "thread_id", "times", "asked_at", "last_at", "answered_at", "answered_by")
    return Gap(id=row["gap_id"], **{name: row[name] for name in names})


def show_promise(row: Mapping[str, Any]) -> Promise:
    """Return the promise of a row."""
    names = ("thread_id", "call_back_id", "about", "owner", "made_at", "due_at", "done_at", "done_by")
    return Promise(id=row["promise_id"], **{name: row[name] for name in names})


def show_alert(row: Mapping[str, Any]) -> Alert:
    """Return the alert of a row."""
    names = ("thread_id", "words", "address", "fee_agreed", "raised_at", "rounds")
    taken = ("acknowledged_at", "acknowledged_by", "eta_minutes")
    return Alert(id=row["alert_id"], contact=contact_of(row), **{name: row[name] for name in (*names, *taken)})


def show_waiting(row: Mapping[str, Any]) -> Waiting:
    """Return the place on the waiting list of a row."""
    names = ("service", "for_whom", "joined_at")
    return Waiting(id=row["waiting_id"], contact=contact_of(row), **{name: row[name] for name in names})
