"""Somebody wants no more texts, or wants them again, however we learned it: one way for all of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.domain.consent import mentions_cancelling
from ringback.domain.phrases import phrase
from ringback.domain.textback import Mark, Reason
from ringback.receptionist.dialog import HandOverKind
from ringback.receptionist.understanding.intents import Intent, read_intent
from ringback.store import bookings, contacts, dialogs, handoffs, threads
from ringback.store.contacts import NewMark, OptIn, OptOut
from ringback.store.db import Connection

# Who paused the receptionist, where it was a STOP.
_OPT_OUT = "opt-out"


@dataclass(frozen=True, slots=True)
class Whose:
    """The contact who says it, with their thread where there is one, and their number (E.164)."""

    contact_id: UUID
    phone: str
    thread_id: UUID | None


async def opt_out(connection: Connection, business_id: UUID, whose: Whose, said: OptOut, now: datetime) -> bool:
    """Stop all texts to a contact, in the caller's transaction; False where that stood already."""
    unsaid: list[datetime] = []
    if whose.thread_id is not None:
        # What the receptionist had to say comes first: the opt-out drops all texts alike, and says of none what it was.
        unsaid = await dialogs.silence_receptionist(
            connection, business_id, whose.thread_id, _OPT_OUT, Reason.OPTED_OUT, now
        )
    changes = await contacts.save_opt_out(connection, business_id, whose.contact_id, said, now)
    if changes and whose.thread_id is not None:
        await _ask_about_bookings(connection, business_id, (whose.contact_id, whose.thread_id), (said, unsaid), now)
    return changes


async def _ask_about_bookings(
    connection: Connection,
    business_id: UUID,
    whose: tuple[UUID, UUID],
    what: tuple[OptOut, list[datetime]],
    now: datetime,
) -> None:
    """CANCEL is an opt-out by law, whatever it meant; whether a booking was meant only a call can tell."""
    (contact_id, thread_id), (said, unsaid) = whose, what
    booked = await bookings.list_contact_bookings(connection, business_id, contact_id, now)
    if booked and mentions_cancelling(said.words or ""):
        summary = phrase("They texted CANCEL, which ends our texts, and have a booking. Call them: did they mean that?")
        await handoffs.add_handoff(connection, business_id, thread_id, HandOverKind.UNSURE, summary, now)
    # The turn that booked and the text that said so have one instant.
    elif any(one.changed_at in unsaid for one in booked):
        summary = phrase(
            "They stopped our texts before the confirmation of their booking went out. Call them: does it stand?"
        )
        await handoffs.add_handoff(connection, business_id, thread_id, HandOverKind.UNSURE, summary, now)


async def opt_in(connection: Connection, business_id: UUID, whose: Whose, said: OptIn, now: datetime) -> None:
    """Let texts go to a contact again on the line of their START, and on no other; in the caller's transaction."""
    await contacts.end_opt_out(connection, business_id, whose.contact_id, said)
    if whose.thread_id is not None:
        await dialogs.resume_dialog(connection, business_id, whose.thread_id, now, paused_by=_OPT_OUT)


async def suppress_wrong_number(
    connection: Connection, business_id: UUID, whose: Whose, body: str, now: datetime
) -> bool:
    """Where a text says that we have the wrong number: nothing automatic goes there any more, and a person looks."""
    reading = read_intent(body)
    if not reading.wrong_number or reading.intent is Intent.EMERGENCY or whose.thread_id is None:
        return False
    mark = NewMark(Mark.DO_NOT_TEXT, phrase("They said that we have the wrong number."), "receptionist")
    await contacts.add_mark(connection, business_id, whose.contact_id, mark, now)
    summary = phrase(
        "They say that we have the wrong number. Nothing automatic goes to them now: check whose number it is."
    )
    await handoffs.add_handoff(connection, business_id, whose.thread_id, HandOverKind.UNSURE, summary, now)
    return True


async def record_opt_out(
    connection: Connection, business_id: UUID, contact_id: UUID, words: str, now: datetime
) -> bool:
    """Note that a contact told a person (by phone, voicemail, e-mail …) to send no more texts; it counts as a STOP.

    47 CFR 64.1200(a)(11): voicemail and e-mail are presumed a reasonable way to say it. No confirmation is texted.
    """
    contact = await contacts.get_contact(connection, business_id, contact_id)
    if contact is None:
        raise LookupError(f"contact {contact_id} does not exist")
    thread = await threads.find_thread_of_contact(connection, business_id, contact_id)
    whose = Whose(contact_id, contact["phone"], thread.thread_id if thread else None)
    said = OptOut(thread.line_id if thread else None, "staff", now, words)
    return await opt_out(connection, business_id, whose, said, now)
