"""A person of the business writes: the reply goes out from the line the contact used last."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.messages import Author, Purpose
from ringback.domain.phones import is_retired
from ringback.domain.phrases import phrase
from ringback.domain.textback import Mark, Reason
from ringback.store import deliveries, dialogs, presence, suggestions, threads
from ringback.store.db import Connection, business_transaction
from ringback.workflows.context import Context, line_of
from ringback.workflows.outgoing import outgoing_message

# What Twilio takes in one message; others take more.
LONGEST_REPLY = 1600


@dataclass(frozen=True, slots=True)
class Refused:
    """The reply was not taken; `sentence` says why, `code` names it for programs.

    `may_insist`: sent again with `Reply.insists` it goes out.
    """

    code: str
    sentence: str
    may_insist: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """A person's reply. `message_id` is made with the form: the same one sent twice is one reply.

    `seen_id`: the last text its writer saw; `suggestion_id`: what the receptionist suggested, where it was taken.
    """

    thread_id: UUID
    message_id: UUID
    body: str
    written_by: str
    person_id: UUID | None = None
    seen_id: UUID | None = None
    suggestion_id: UUID | None = None
    insists: bool = False


async def send_reply(context: Context, business_id: UUID, reply: Reply) -> Refused | None:
    """Add a reply to its thread and let it go out; None when it was taken (or had been before)."""
    body = reply.body.replace("\r\n", "\n").strip()
    if not body:
        return Refused("empty", phrase("Write something first."))
    if len(body) > LONGEST_REPLY:
        return Refused(
            "too_long",
            phrase("A text can have %(most)s characters; this one has %(count)s.", most=LONGEST_REPLY, count=len(body)),
        )
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        thread = await threads.get_thread(connection, business_id, reply.thread_id)
        if thread is None:
            return Refused("not_found", phrase("There is no such conversation."))
        await dialogs.lock_unsaid(connection, business_id, reply.thread_id)
        refused = _may_not_be_texted(thread) or await _look_first(connection, business_id, reply, now)
        if refused is not None:
            return refused
        line = line_of(await context.current_business(connection, business_id), thread["line_id"])
        if line is None:
            return Refused("line_ended", phrase("The line this person wrote to is no longer yours."))
        message = outgoing_message(reply.message_id, Author.STAFF, Purpose.REPLY, body, line)
        message["written_by"] = reply.written_by
        if await threads.add_message(connection, business_id, reply.thread_id, line.line_id, message, now):
            await _note_sent(connection, business_id, reply, body, now)
    return None


def _may_not_be_texted(thread: dict[str, Any]) -> Refused | None:
    if is_retired(thread["phone"]):
        return Refused("reassigned", phrase("This number belongs to somebody else now. It cannot be texted from here."))
    # A person's text is a text: STOP holds for it, and the carrier would refuse it anyway (21610).
    if thread["opted_out_at"] is not None:
        return Refused("opted_out", phrase("This person asked for no more texts. Call them instead."))
    if Mark.BLOCKED in thread["marks"]:
        return Refused("blocked", phrase("This number is blocked. Unblock it first."))
    if Mark.DO_NOT_TEXT in thread["marks"]:
        return Refused("do_not_text", phrase("This person is marked “do not text”. Take the mark off first."))
    return None


async def _look_first(connection: Connection, business_id: UUID, reply: Reply, now: datetime) -> Refused | None:
    """Return why the writer should look again before this goes out: two answers are worse than a late one."""
    if reply.insists:
        return None
    # Of two who send at once, the second sees what the first has written.
    await threads.lock_thread(connection, business_id, reply.thread_id)
    if reply.seen_id is not None:
        other = await threads.find_reply_after(connection, business_id, reply.seen_id, reply.written_by)
        if other is not None and other["message_id"] != reply.message_id:
            sentence = phrase(
                "%(name)s answered while you wrote: “%(body)s” Send yours as well?",
                name=other["written_by"],
                body=other["body"][:200],
            )
            return Refused("answered", sentence, may_insist=True)
    if reply.person_id is not None:
        others = await presence.list_others(connection, business_id, reply.thread_id, reply.person_id, now)
        # Of two who write at once, the one who began is not held up.
        if others and others[0]["is_first"]:
            sentence = phrase("%(name)s is writing an answer right now. Send yours as well?", name=others[0]["name"])
            return Refused("typing", sentence, may_insist=True)
    if reply.suggestion_id is not None:
        found = await suggestions.find_suggestion(connection, business_id, reply.thread_id)
        if found is None or found["suggestion_id"] != reply.suggestion_id:
            sentence = phrase("Something newer was written since this was suggested. Read it first. Send all the same?")
            return Refused("stale", sentence, may_insist=True)
    return None


async def _note_sent(connection: Connection, business_id: UUID, reply: Reply, body: str, now: datetime) -> None:
    await threads.note_reply(connection, business_id, reply.thread_id)
    # From here on a person speaks: whatever the receptionist had still to say is dropped.
    await dialogs.silence_receptionist(
        connection, business_id, reply.thread_id, reply.written_by, Reason.PERSON_WROTE, now
    )
    if reply.person_id is not None:
        await presence.end_typing(connection, business_id, reply.thread_id, reply.person_id, now)
    if reply.suggestion_id is not None:
        suggested = await suggestions.get_body(connection, business_id, reply.suggestion_id)
        how = "sent" if suggested == body else "edited"
        await suggestions.settle_suggestion(connection, business_id, reply.suggestion_id, how, now)


async def retry_reply(context: Context, business_id: UUID, message_id: UUID) -> Refused | None:
    """Send a refused text once more. A text that may have gone out is never sent again from here."""
    async with business_transaction(context.pool, business_id) as connection:
        message = await threads.get_message(connection, business_id, message_id)
        if message is None:
            return Refused("not_found", phrase("There is no such text."))
        if message["purpose"] != Purpose.REPLY:
            return Refused(
                "not_a_reply", phrase("An automatic text is not sent again by hand. Write to them, or call.")
            )
        if message["state"] != "rejected":
            return Refused("not_refused", phrase("Only a text that the phone company refused can be sent again."))
        await deliveries.send_again(connection, business_id, message_id, message["attempts"], context.clock.now())
    return None
