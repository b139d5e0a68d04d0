"""A person of the business writes: the reply goes out from the line the contact used last."""

from dataclasses import dataclass
from uuid import UUID

from ringback.domain.messages import Author, Purpose
from ringback.domain.textback import Reason
from ringback.store import businesses, deliveries, dialogs, threads
from ringback.store.db import business_transaction
from ringback.workflows.context import Context, line_of
from ringback.workflows.outgoing import outgoing_message

# What Twilio takes in one message; others take more.
_LONGEST_REPLY = 1600


@dataclass(frozen=True, slots=True)
class Refused:
    """The reply was not taken; `sentence` says why, `code` names it for programs."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A person's reply. `message_id` is made with the form: the same one sent twice is one reply."""

    thread_id: UUID
    message_id: UUID
    body: str
    written_by: str


async def send_reply(context: Context, business_id: UUID, reply: Reply) -> Refused | None:
    """Add a reply to its thread and let it go out; None when it was taken (or had been before)."""
    body = reply.body.replace("\r\n", "\n").strip()
    if not body:
        return Refused("empty", "Write something first.")
    if len(body) > _LONGEST_REPLY:
        return Refused("too_long", f"A text can have {_LONGEST_REPLY} characters; this one has {len(body)}.")
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        thread = await threads.get_thread(connection, business_id, reply.thread_id)
        if thread is None:
            return Refused("not_found", "There is no such conversation.")
        # A person's text is a text: STOP holds for it, and the carrier would refuse it anyway (21610).
        if thread["opted_out_at"] is not None:
            return Refused("opted_out", "This person asked for no more texts. Call them instead.")
        version = await businesses.load_version(connection, business_id)
        line = line_of(await context.business(connection, business_id, version), thread["line_id"])
        if line is None:
            return Refused("line_ended", "The line this person wrote to is no longer yours.")
        message = outgoing_message(reply.message_id, Author.STAFF, Purpose.REPLY, body, line)
        message["written_by"] = reply.written_by
        if await threads.add_message(connection, business_id, reply.thread_id, line.line_id, message, now):
            await threads.note_reply(connection, business_id, reply.thread_id)
            # From here on a person speaks: whatever the receptionist had still to say is dropped.
            await dialogs.silence_receptionist(
                connection, business_id, reply.thread_id, reply.written_by, Reason.PERSON_WROTE, now
            )
    return None


async def retry_reply(context: Context, business_id: UUID, message_id: UUID) -> Refused | None:
    """Send a refused text once more. A text that may have gone out is never sent again from here."""
    async with business_transaction(context.pool, business_id) as connection:
        message = await threads.get_message(connection, business_id, message_id)
        if message is None:
            return Refused("not_found", "There is no such text.")
        if message["purpose"] != Purpose.REPLY:
            return Refused("not_a_reply", "An automatic text is not sent again by hand. Write to them, or call.")
        if message["state"] != "rejected":
            return Refused("not_refused", "Only a text that the phone company refused can be sent again.")
        await deliveries.send_again(connection, business_id, message_id, message["attempts"], context.clock.now())
    return None
