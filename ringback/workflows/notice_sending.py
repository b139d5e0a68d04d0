"""One notice moved on: handed over, looked after, and passed to the next way where it told nobody."""

from datetime import datetime, timedelta
from typing import assert_never
from uuid import UUID

from ringback.domain.business import Line
from ringback.domain.notice_texts import letter, notice_text
from ringback.domain.notices import Channel, is_settled_by_reply
from ringback.domain.phrases import phrase
from ringback.store import alarms, mails, threads
from ringback.store import notices as stored
from ringback.store.db import Connection, business_transaction
from ringback.store.notices import StoredNotice
from ringback.workflows.context import Context, Later, line_of
from ringback.workflows.mail import NO_SERVER, Mail, enqueue_mail
from ringback.workflows.outgoing import ForStaff, text_staff_phone
from ringback.workflows.push_telling import Ready, begin_push, push
from ringback.workflows.telling import Telling, arrive, go_on, words_of

_LOOK_AGAIN_SECONDS = 10.0
# An older text would only add to the noise.
_TEXT_VALID = timedelta(minutes=30)
_OVERTAKEN = phrase("Not sent: somebody had answered by then.")
_GONE_FROM_STAFF = phrase("Not sent: they do not work here any more.")
_NO_LINE = phrase("Not texted: no line of yours can text.")
_STOPPED = phrase("Not texted: this phone stopped our texts, or takes none.")
_TEXT_FAILED = phrase("The text did not go out.")


async def send_notice(context: Context, business_id: UUID, notice_id: UUID) -> Later | None:
    """Move one notice on: hand it over, see what became of it, and let the next way follow where it told nobody."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        notice = await stored.begin_notice(connection, business_id, notice_id, now)
        if notice is None:
            return None
        telling = await _load(context, connection, business_id, notice, now)
        if telling is None:
            await stored.settle_notice(connection, business_id, notice_id, _GONE_FROM_STAFF, now)
            return None
        if notice.send_at > now:
            return Later((notice.send_at - now).total_seconds())
        # Checked again on every way: the push may have been what made them answer.
        if await _is_overtaken(connection, business_id, notice):
            await stored.settle_notice(connection, business_id, notice_id, _OVERTAKEN, now)
            return None
        match notice.channel:
            case Channel.SMS:
                return await _text(context, connection, telling)
            case Channel.EMAIL:
                return await _mail(context, connection, telling)
            case Channel.PUSH:
                ready = await begin_push(context, connection, telling)
            case _:
                assert_never(notice.channel)
    return await push(context, telling, ready) if isinstance(ready, Ready) else ready


async def _load(
    context: Context, connection: Connection, business_id: UUID, notice: StoredNotice, now: datetime
) -> Telling | None:
    people = await stored.load_reach(connection, business_id, [notice.staff_id], now)
    business = await context.current_business(connection, business_id)
    rules = await stored.load_rules(connection, business_id)
    return Telling(notice, people[0], business, rules, now) if people else None


async def _is_overtaken(connection: Connection, business_id: UUID, notice: StoredNotice) -> bool:
    if notice.sent_at or notice.thread_id is None or not is_settled_by_reply(notice.kind):
        return False
    return await stored.is_answered(connection, business_id, notice.thread_id)


async def _text(context: Context, connection: Connection, telling: Telling) -> Later | None:
    notice, business_id = telling.notice, telling.business_id
    if notice.message_id is None:
        # The text has its own job, states and brakes; this one only watches.
        failed = await _write_text(context, connection, telling)
        return Later(_LOOK_AGAIN_SECONDS) if failed is None else await go_on(connection, telling, failed)
    fate = await stored.get_text_fate(connection, business_id, notice.message_id)
    match fate.state if fate else "dropped":
        case "accepted":
            return await arrive(connection, telling, (fate and fate.sending_at) or telling.now)
        case "rejected" | "dropped":
            return await go_on(connection, telling, _TEXT_FAILED)
        case _:
            return Later(_LOOK_AGAIN_SECONDS)


async def _write_text(context: Context, connection: Connection, telling: Telling) -> str | None:
    """Put the text into the staff phone's own thread; return why not, where it cannot be."""
    business_id, now = telling.business_id, telling.now
    line = await _line(connection, telling)
    if line is None:
        return _NO_LINE
    text = ForStaff(telling.person.phone or "", notice_text(words_of(context, telling)), _TEXT_VALID)
    message_id = await text_staff_phone(connection, business_id, line, text, now)
    if message_id is None:
        return _STOPPED
    await stored.save_carrier(connection, business_id, telling.notice.notice_id, message_id, None)
    return None


async def _line(connection: Connection, telling: Telling) -> Line | None:
    """The line of the thread, so that an answer comes back where the caller is; else the first."""
    business, thread_id = telling.business, telling.notice.thread_id
    thread = await threads.get_thread(connection, business.business_id, thread_id) if thread_id else None
    own = line_of(business, thread["line_id"]) if thread else None
    return own or next(iter(business.lines), None)


async def _mail(context: Context, connection: Connection, telling: Telling) -> Later | None:
    notice, business_id = telling.notice, telling.business_id
    if context.mailer is None:
        await alarms.raise_alarm(connection, business_id, "mail", "smtp", NO_SERVER, telling.now)
        return await go_on(connection, telling, NO_SERVER)
    if notice.mail_id is None:
        shows = telling.rules.shows_words
        subject, text = letter(words_of(context, telling), f"{context.public_url}/me/notices", shows_words=shows)
        mail = Mail(telling.person.email or "", subject, text)
        mail_id = await enqueue_mail(connection, context.sealer, mail, telling.now, business_id)
        await stored.save_carrier(connection, business_id, notice.notice_id, None, mail_id)
        return Later(_LOOK_AGAIN_SECONDS)
    fate = await mails.get_fate(connection, notice.mail_id)
    if fate is not None and fate.sent_at is not None:
        return await arrive(connection, telling, fate.sent_at)
    if fate is None or fate.failed is not None:
        return await go_on(connection, telling, (fate and fate.failed) or NO_SERVER)
    # A mail server that is away for a while needs no watching every few seconds.
    return Later(_LOOK_AGAIN_SECONDS + (telling.now - telling.notice.created_at).total_seconds() / 4)
