"""/api/v1/…/messages: texts both ways, replies, and another attempt at a text the phone company refused."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ringback.domain.messages import Author, Delivery, Direction, MessageState, Purpose
from ringback.store import threads
from ringback.store.ids import new_id
from ringback.web.api.access import WRITTEN_BY, Access, Authorized
from ringback.web.api.fields import MessageText
from ringback.web.api.paging import Page, PageQuery, Place, page_of, read_cursor
from ringback.web.api.parts import Failure, LineLabel, failure_of, line_label
from ringback.web.api.problems import ApiRoute, Refusal, not_found, responses
from ringback.web.api.threads import load_thread
from ringback.workflows.replies import Refused, Reply, retry_reply, send_reply

router = APIRouter(route_class=ApiRoute, tags=["messages"])


class Picture(BaseModel):
    """A picture of an inbound text."""

    position: int
    content_type: str = Field(examples=["image/jpeg"])
    stored: bool = Field(description="Whether we have it; it is fetched soon after the text came.")
    failed: str | None = Field(description="Why we could not fetch it.")


class Message(BaseModel):
    """One text in a thread."""

    id: UUID
    thread_id: UUID
    line: LineLabel
    direction: Direction
    author: Author
    purpose: Purpose
    written_by: str | None = Field(description="Who of the business wrote it; “API” for programs.")
    body: str = Field(examples=["Yes, we can see you today at 3."])
    segments: int = Field(description="How many segments the phone company bills.")
    state: MessageState = Field(description="Where it stands with us.")
    delivery: Delivery | None = Field(description="What the carrier last said of it.")
    failure: Failure | None = Field(description="Why it did not arrive, or is late.")
    attempts: int = Field(description="How often it was handed to the phone company.")
    created_at: AwareDatetime
    send_at: AwareDatetime = Field(description="When it is due.")
    texted_at: AwareDatetime | None = Field(description="When it was last handed to the phone company.")
    pictures: list[Picture]


class NewMessage(BaseModel):
    """A reply to go out."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"id": "0199f0c4-8d3e-7c52-9f6b-3f1f5f1c2a10", "body": "Yes, we can see you today at 3."}]
        },
    )

    body: MessageText
    # Idempotency by the row's own key: it holds for ever, not for the day that a table of used keys is kept.
    id: UUID | None = Field(None, description="Choose one, and sending the request again sends no second text.")


@router.get("/threads/{thread_id}/messages", summary="List the texts of a thread", responses=responses(404))
async def list_messages(access: Authorized, thread_id: UUID, query: Annotated[PageQuery, Query()]) -> Page[Message]:
    """Return the texts of a thread, the latest first."""
    place = read_cursor(query.cursor, timed=True)
    before = (place.at, place.row_id) if place and place.at else None
    async with access.transaction() as connection:
        await load_thread(connection, access, thread_id)
        found = await threads.list_messages(connection, access.business_id, thread_id, before, query.limit + 1)
    return page_of(found, query.limit, show_message, lambda row: Place(row["message_id"], row["created_at"]))


@router.get("/messages/{message_id}", summary="Get a text", responses=responses(404))
async def get_message(access: Authorized, message_id: UUID) -> Message:
    """Return one text with its state and what the carrier said of it."""
    return show_message(await _load_message(access, message_id))


@router.post("/threads/{thread_id}/messages", status_code=201, summary="Send a reply", responses=responses(404, 409))
async def send_message(access: Authorized, thread_id: UUID, wanted: NewMessage) -> Message:
    """Add a reply to a thread and let it go out from the line the contact used last.

    409 `opted_out`, `blocked`, `do_not_text`, `reassigned`, `line_ended`: this contact cannot be texted in this thread.
    409 `id_taken`: another text has this id.
    """
    message_id = wanted.id or new_id()
    # Looked for first: a repeat is answered as it was, even where the contact has opted out since.
    row = await _find_message(access, message_id)
    if row is None:
        reply = Reply(thread_id, message_id, wanted.body, WRITTEN_BY)
        refused = await send_reply(access.context, access.business_id, reply)
        if refused is not None:
            raise refusal_of(refused)
        row = await _load_message(access, message_id)
    # Two requests with one id may race: the row that stands says whose text it is.
    if (row["thread_id"], row["body"]) != (thread_id, wanted.body):
        raise Refusal(409, "id_taken", "Another text has this id. Choose a new one for a new text.")
    return show_message(row)


@router.post(
    "/messages/{message_id}/attempts",
    status_code=202,
    summary="Try a refused text once more",
    responses=responses(404, 409),
)
async def retry_message(access: Authorized, message_id: UUID) -> Message:
    """Send a text again that the phone company refused. 409 `not_refused`: any other may have gone out."""
    refused = await retry_reply(access.context, access.business_id, message_id)
    if refused is not None:
        raise refusal_of(refused)
    return show_message(await _load_message(access, message_id))


# Anything else is about the state of the thread or text: 409, for it may be another one tomorrow.
_STATUS_OF = {"empty": 422, "too_long": 422, "not_found": 404}


def refusal_of(refused: Refused) -> Refusal:
    """Return the problem for a reply that a workflow did not take."""
    return Refusal(_STATUS_OF.get(refused.code, 409), refused.code, refused.sentence)


async def _find_message(access: Access, message_id: UUID) -> dict[str, Any] | None:
    async with access.transaction() as connection:
        return await threads.get_message(connection, access.business_id, message_id)


async def _load_message(access: Access, message_id: UUID) -> dict[str, Any]:
    row = await _find_message(access, message_id)
    if row is None:
        raise not_found("text")
    return row


_SAME_NAMES = (
    *("thread_id", "direction", "author", "purpose", "written_by", "body", "segments", "state", "delivery"),
    *("attempts", "created_at", "send_at"),
)


def show_message(row: Mapping[str, Any]) -> Message:
    """Return the text of a row of messages."""
    return Message(
        id=row["message_id"],
        line=line_label(row),
        failure=failure_of(row["state"], row["error_kind"], row["error_code"]),
        texted_at=row["sending_at"],
        pictures=[Picture(**picture) for picture in row["pictures"]],
        **{name: row[name] for name in _SAME_NAMES},
    )
