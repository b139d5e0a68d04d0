"""/api/v1/call-backs and /api/v1/alarms: what a person must do, because no text and no program can."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field

from ringback.store import api_queries, call_backs
from ringback.store.db import Connection
from ringback.web.api.access import WRITTEN_BY, Access, Authorized
from ringback.web.api.dialogs import DutyQuery, OpenOrDone
from ringback.web.api.paging import Page, PageQuery, Place, page_of, read_cursor
from ringback.web.api.parts import ContactPart, contact_part
from ringback.web.api.problems import ApiRoute, not_found, responses

router = APIRouter(route_class=ApiRoute, tags=["duties"])


class CallBack(BaseModel):
    """A caller whom a person must ring."""

    id: UUID
    call_id: UUID | None
    contact: ContactPart | None
    caller: str = Field(description="The caller id as the phone company gave it.", examples=["+13125550142"])
    why: str = Field(description="Why no text can do it.")
    urgent: bool
    due_at: AwareDatetime
    created_at: AwareDatetime
    done_at: AwareDatetime | None
    done_by: str | None = Field(description="Who rang; “API” where a program said so.")


# No route ends an alarm: that is done by whatever found its cause gone.
class Alarm(BaseModel):
    """Something that only the owner can mend."""

    id: UUID
    kind: str = Field(examples=["bad_signature"])
    words: str = Field(description="What is wrong and what to do, as a sentence.")
    raised_at: AwareDatetime
    last_at: AwareDatetime = Field(description="When it was last still so.")
    times: int = Field(description="How often it happened.")


@router.get("/call-backs", summary="List call-backs")
async def list_call_backs(access: Authorized, query: Annotated[DutyQuery, Query()]) -> Page[CallBack]:
    """Return call-backs, the latest first."""
    place, is_done = read_cursor(query.cursor), query.state is OpenOrDone.DONE
    async with access.transaction() as connection:
        found = await api_queries.list_call_backs(
            connection, access.business_id, is_done, place.row_id if place else None, query.limit + 1
        )
    return page_of(found, query.limit, show_call_back, lambda row: Place(row["call_back_id"]))


@router.post("/call-backs/{call_back_id}/completion", summary="Complete a call-back", responses=responses(404))
async def complete_call_back(access: Authorized, call_back_id: UUID) -> CallBack:
    """Say that somebody has rung. Saying it twice changes nothing."""
    async with access.transaction() as connection:
        call_back = await _load_call_back(connection, access, call_back_id)
        # Who rang first and when stays on record.
        if call_back.done_at is not None:
            return call_back
        await call_backs.finish_call_back(connection, access.business_id, call_back_id, WRITTEN_BY, access.now())
        return await _load_call_back(connection, access, call_back_id)


@router.get("/alarms", summary="List alarms")
async def list_alarms(access: Authorized, query: Annotated[PageQuery, Query()]) -> Page[Alarm]:
    """Return the alarms that stand, the latest first. An alarm ends when its cause does."""
    place = read_cursor(query.cursor)
    async with access.transaction() as connection:
        found = await api_queries.list_alarms(
            connection, access.business_id, place.row_id if place else None, query.limit + 1
        )
    return page_of(found, query.limit, show_alarm, lambda row: Place(row["alarm_id"]))


async def _load_call_back(connection: Connection, access: Access, call_back_id: UUID) -> CallBack:
    row = await api_queries.get_call_back(connection, access.business_id, call_back_id)
    if row is None:
        raise not_found("call-back")
    return show_call_back(row)


def show_call_back(row: Mapping[str, Any]) -> CallBack:
    """Return the call-back of a row."""
    names = ("call_id", "caller", "why", "urgent", "due_at", "created_at", "done_at", "done_by")
    return CallBack(id=row["call_back_id"], contact=contact_part(row), **{name: row[name] for name in names})


def show_alarm(row: Mapping[str, Any]) -> Alarm:
    """Return the alarm of a row."""
    return Alarm(id=row["alarm_id"], **{name: row[name] for name in ("kind", "words", "raised_at", "last_at", "times")})
