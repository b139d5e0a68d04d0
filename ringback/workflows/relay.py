"""Staff answer callers from their own phones: a text to the line goes on to whom it is for, from the line's number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID, uuid5

from ringback.domain.alert_words import CannotCome, is_plain_answer, read_answer
from ringback.domain.away import NoTime, read_away, said_text
from ringback.domain.business import Business, Line, Staff
from ringback.domain.healthcare import caller_outside, is_on
from ringback.domain.phones import show_phone
from ringback.domain.relaying import (
    Ask,
    Pick,
    Send,
    Speak,
    Standing,
    Word,
    expired_text,
    question_text,
    read_staff_text,
    refused_text,
    sent_text,
    several_text,
)
from ringback.store import relay
from ringback.store.db import Connection, business_transaction
from ringback.store.jobs import enqueue
from ringback.store.relay import NewRelay, OpenTalk
from ringback.workflows.alerts import take_staff_text, tell_staff
from ringback.workflows.away import say_away
from ringback.workflows.context import Context, line_of
from ringback.workflows.escalation import pass_on
from ringback.workflows.replies import Reply, send_reply
from ringback.workflows.routing import take_thread

# Whoever was told longer ago writes about something else.
_TOLD_WITHIN = timedelta(hours=12)
_TALKED_WITHIN = timedelta(minutes=10)
_ASKED_WITHIN = timedelta(hours=2)
_HELD_FOR = timedelta(minutes=30)
_MOST_LISTED = 9


@dataclass(frozen=True, slots=True)
class StaffText:
    """What one of the staff texted to a line; `message_id` is the text's own."""

    person: Staff
    line: Line
    message_id: UUID
    body: str


async def take_text_of_staff(connection: Connection, business: Business, text: StaffText, now: datetime) -> bool:
    """Act on a staff member's text; False where nothing is open that it could be about: then it is a text like any."""
    if await _take_away(connection, business, text, now):
        return True
    business_id, person = business.business_id, text.person
    talks = await relay.list_open_talks(
        connection, business_id, person.staff_id, now - _TOLD_WITHIN, now - _TALKED_WITHIN
    )
    held = await relay.count_held(connection, business_id, person.staff_id, now)
    question = await relay.load_question(connection, business_id, person.staff_id, now - _ASKED_WITHIN) or ()
    standing = Standing([talk.thread_id for talk in talks[:_MOST_LISTED]], question, held)
    meaning = read_staff_text(text.body, standing)
    # An emergency comes before the rest, unless a number answers our question, or it may be for somebody else.
    is_only_alert = len(talks) == 1 and talks[0].is_emergency
    if (is_plain_answer(text.body) or not talks or is_only_alert) and not isinstance(meaning, Pick):
        # More than "1 30" is for the caller as well: their own words, in place of ours.
        own_words = isinstance(meaning, Send) and not _is_to_us(text.body)
        if await _take_alert(connection, business, text, now, own_words=own_words) and not own_words:
            return True
    match meaning:
        case None:
            return False
        case Pick(thread_id):
            await relay.release_held(connection, business_id, person.staff_id, thread_id, now)
        case Send(thread_id, body):
            await _keep(connection, business, text, (body, standing.talks, thread_id), now)
        case Ask(body, anew):
            await _ask(connection, business, text, (body, talks[:_MOST_LISTED], anew), now)
        case Speak(word, threads):
            await _speak(connection, business, text, (word, threads), now)
        case _:
            assert_never(meaning)
    return True


async def _take_away(connection: Connection, business: Business, text: StaffText, now: datetime) -> bool:
    said = read_away(text.body, now, business.zone)
    if said is None:
        return False
    # "Busy" alone says no to what is open; where nothing is, they meant to say until when.
    if isinstance(said, NoTime):
        return False
    await _take_alert(connection, business, text, now)
    said = await say_away(connection, business, text.person, said, now)
    words = said_text(said, now, business.zone, business.language)
    await _tell(connection, business, text, words, now)
    return True


def _is_to_us(body: str) -> bool:
    return is_plain_answer(body) or isinstance(read_answer(body), CannotCome)


async def _take_alert(
    connection: Connection, business: Business, text: StaffText, now: datetime, *, own_words: bool = False
) -> bool:
    said = (text.person.phone or "", text.body)
    return await take_staff_text(connection, business, said, now, own_words=own_words)


async def _tell(connection: Connection, business: Business, text: StaffText, words: str, now: datetime) -> None:
    await tell_staff(connection, business, text.line, text.person.phone or "", words, now)


async def _keep(
    connection: Connection,
    business: Business,
    text: StaffText,
    what: tuple[str, Sequence[UUID], UUID | None],
    now: datetime,
    *,
    asked: bool = False,
) -> UUID:
    body, choices, thread_id = what
    relay_id = uuid5(text.message_id, "relay")
    new = NewRelay(relay_id, text.person.staff_id, text.line.line_id, body, choices, now + _HELD_FOR, thread_id)
    await relay.add_relay(connection, business.business_id, new, now, asked=asked)
    return relay_id


async def _ask(
    connection: Connection,
    business: Business,
    text: StaffText,
    what: tuple[str, Sequence[OpenTalk], bool],
    now: datetime,
) -> None:
    body, talks, anew = what
    held = (body, [talk.thread_id for talk in talks], None)
    relay_id = await _keep(connection, business, text, held, now, asked=anew)
    payload = {"business": business.business_id, "relay": relay_id}
    await enqueue(connection, "expire_relay", payload, after_seconds=_HELD_FOR.total_seconds())
    if anew:
        callers = [caller_outside(business, show_phone(talk.caller, business.country)) for talk in talks]
        await _tell(connection, business, text, question_text(callers, business.language), now)


async def _speak(
    connection: Connection, business: Business, text: StaffText, said: tuple[Word, Sequence[UUID]], now: datetime
) -> None:
    word, threads = said
    if word is Word.CANNOT:
        # Said of several, each of them goes on to the next person: the safe side.
        for thread_id in threads:
            await pass_on(connection, business.business_id, thread_id, now)
    elif len(threads) == 1:
        await take_thread(connection, business, threads[0], text.person.staff_id, now)
    else:
        await _tell(connection, business, text, several_text(business.language), now)


async def send_relay(context: Context, business_id: UUID, relay_id: UUID) -> None:
    """Send what a staff member wrote as their reply. Runs any number of times: the reply has the relay's own id."""
    async with business_transaction(context.pool, business_id) as connection:
        found = await relay.load_relay(connection, business_id, relay_id)
    if found is None or found["state"] != "going":
        return
    # In a transaction of its own: what the caller gets must not hang on what staff are told of it.
    refused = await send_reply(context, business_id, Reply(found["thread_id"], relay_id, found["body"], found["name"]))
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        found = await relay.load_relay(connection, business_id, relay_id)
        if found is None or found["state"] != "going":
            return
        await relay.settle_relay(connection, business_id, relay_id, "refused" if refused else "sent", now)
        business = await context.current_business(connection, business_id)
        caller = caller_outside(business, show_phone(found["caller"], business.country))
        if refused is not None:
            words = refused_text(caller, refused.sentence, business.language)
        elif business.routing.confirm_relay:
            words = sent_text(caller, business.language)
        else:
            return
        await _tell_writer(connection, business, found["line_id"], found["phone"], words, now)


async def expire_relay(context: Context, business_id: UUID, relay_id: UUID) -> None:
    """A held text that nobody placed goes to nobody, and whoever wrote it is told. Runs any number of times."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        found = await relay.load_relay(connection, business_id, relay_id)
        if found is None or found["state"] != "held" or found["expires_at"] > now:
            return
        await relay.settle_relay(connection, business_id, relay_id, "expired", now)
        business = await context.current_business(connection, business_id)
        body = "…" if is_on(business) else found["body"]
        words = expired_text(body, business.language)
        await _tell_writer(connection, business, found["line_id"], found["phone"], words, now)


async def _tell_writer(
    connection: Connection, business: Business, line_id: UUID, phone: str | None, words: str, now: datetime
) -> None:
    line = line_of(business, line_id)
    if line is not None and phone is not None:
        await tell_staff(connection, business, line, phone, words, now)
