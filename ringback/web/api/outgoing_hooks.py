"""/api/v1/outgoing-hooks: addresses that are told what happens, added and removed by programs."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from ringback.domain.outgoing_hooks import LONGEST_URL, MOST_HOOKS, HookEvent, OffWhy
from ringback.store import outgoing_hooks as stored
from ringback.store.db import Connection
from ringback.web.api.access import WRITTEN_BY, Access, Authorized
from ringback.web.api.problems import ApiRoute, Refusal, not_found, refuse_field, responses
from ringback.workflows import hook_changes
from ringback.workflows.contact_import import Who
from ringback.workflows.hook_changes import Wish

router = APIRouter(route_class=ApiRoute, tags=["outgoing hooks"])

_WHO = Who(WRITTEN_BY, None)


class OutgoingHook(BaseModel):
    """An address that is told what happens."""

    id: UUID
    url: str = Field(examples=["https://example.com/hooks"])
    events: list[HookEvent]
    made_at: AwareDatetime
    made_by: str
    failing_since: AwareDatetime | None = Field(description="Since when nothing has arrived there.")
    off_at: AwareDatetime | None = Field(description="Since when it is off and told nothing.")
    off_why: OffWhy | None


class AddedHook(OutgoingHook):
    """A hook that was just added."""

    secret: str = Field(
        description="What its messages are signed with (Standard Webhooks). It is shown this once.",
        examples=["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
    )


class OutgoingHooks(BaseModel):
    """All hooks: there are never more than ten."""

    items: list[OutgoingHook] = Field(max_length=MOST_HOOKS)


class NewHook(BaseModel):
    """A hook to add."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"url": "https://example.com/hooks", "events": ["call.missed"]}]},
    )

    url: Annotated[str, StringConstraints(max_length=LONGEST_URL)] = Field(
        description="An https address on the public internet."
    )
    events: list[HookEvent] = Field(min_length=1, max_length=len(HookEvent))


@router.get("/outgoing-hooks", summary="List outgoing hooks")
async def list_hooks(access: Authorized) -> OutgoingHooks:
    """Return all hooks, the first made first, without their secrets."""
    async with access.transaction() as connection:
        found = await stored.list_hooks(connection, access.business_id)
    return OutgoingHooks(items=[OutgoingHook(**_fields(row)) for row in found])


@router.post("/outgoing-hooks", status_code=201, summary="Add an outgoing hook", responses=responses(409))
async def add_hook(access: Authorized, wanted: NewHook) -> AddedHook:
    """Add a hook and return its secret, this once. 409 `too_many`: there are ten already."""
    wish = Wish(wanted.url, tuple(dict.fromkeys(wanted.events)))
    # The name is looked up before a transaction begins.
    troubles = await hook_changes.find_troubles(access.context, wish)
    if troubles:
        raise refuse_field("body.url", str(next(iter(troubles.values()))))
    async with access.transaction() as connection:
        added = await hook_changes.add_hook(access.context, connection, access.business_id, wish, _WHO)
        if added is None:
            raise Refusal(409, "too_many", f"There are {MOST_HOOKS} outgoing hooks already. Remove one first.")
        return AddedHook(**_fields(await _load(connection, access, added.hook_id)), secret=added.secret)


@router.delete(
    "/outgoing-hooks/{hook_id}", status_code=204, summary="Remove an outgoing hook", responses=responses(404)
)
async def remove_hook(access: Authorized, hook_id: UUID) -> None:
    """Remove a hook. What it had still to tell is dropped."""
    async with access.transaction() as connection:
        if not await hook_changes.remove_hook(access.context, connection, access.business_id, hook_id, _WHO):
            raise not_found("outgoing hook")


async def _load(connection: Connection, access: Access, hook_id: UUID) -> Mapping[str, Any]:
    row = await stored.get_hook(connection, access.business_id, hook_id)
    if row is None:
        raise not_found("outgoing hook")
    return row


_SAME_NAMES = ("url", "events", "made_at", "made_by", "failing_since", "off_at", "off_why")


def _fields(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": row["hook_id"], **{name: row[name] for name in _SAME_NAMES}}
