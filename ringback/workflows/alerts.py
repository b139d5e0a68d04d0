"""Emergencies: the people on call are texted, round after round and one more each time, until somebody takes it."""

from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.alert_words import CannotCome, Emergency, alert_text, coming_text, read_answer, taken_text
from ringback.domain.business import Business, Line, Staff
from ringback.domain.messages import Author, Purpose
from ringback.domain.notices import Channel, NoticeKind
from ringback.domain.phones import show_phone
from ringback.domain.phrases import phrase
from ringback.store import alarms, alerts, contacts, dialogs, handoffs, notices, threads
from ringback.store.alerts import OpenAlert
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from ringback.workflows.context import Context, line_of
from ringback.workflows.notices import Notice, notify
from ringback.workflows.outgoing import ForStaff, outgoing_message, text_staff_phone

# Four hours at the usual five minutes: then it stays an alarm on every page.
_MOST_ROUNDS = 48
_COMING_VALID = timedelta(minutes=30)


async def alert_on_call(context: Context, business_id: UUID, alert_id: UUID) -> None:
    """Text the next round of an alert that nobody has taken, if it is due. Runs any number of times."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        alert = await alerts.load_open_alert(connection, business_id, alert_id, lock=False)
        if alert is None or not _is_due(alert, now):
            return
        business = await context.business(connection, business_id, alert.version)
        # A thread whose line has ended is no reason to leave people asleep.
        line = line_of(business, alert.line_id) or next(iter(business.lines), None)
        people = people_on_call(business)
        reached = await _reach(connection, business, line, people, now) if line else []
        # An answer may have come while their threads were waited for; it holds them, and then the alert.
        alert = await alerts.load_open_alert(connection, business_id, alert_id)
        if alert is None or not _is_due(alert, now):
            return
        if await _was_answered(connection, business_id, alert, now):
            return
        # One more person each round; those before stay on it, because a text at night may take a second one.
        called = reached[: alert.rounds + 1]
        words = alert_text(business, _emergency(business, alert, f"{context.public_url}/threads/{alert.thread_id}"))
        sent = await _text(connection, business, line, called, words, now) if line else []
        again = now + timedelta(minutes=business.receptionist.alert_again_minutes)
        is_last = not sent or alert.rounds + 1 >= _MOST_ROUNDS
        await alerts.save_round(connection, business_id, alert_id, sent, None if is_last else again, now)
        await _notify(connection, business, (alert.thread_id, words), people[: alert.rounds + 1], now)
        trouble = _alarm_words(bool(sent), is_last or alert.rounds + 1 > len(reached), len(reached) < len(people))
        if trouble:
            await alarms.raise_alarm(connection, business_id, "emergency", str(alert_id), trouble, now)


def _is_due(alert: OpenAlert, now: datetime) -> bool:
    return alert.next_at is not None and alert.next_at <= now


async def _reach(
    connection: Connection, business: Business, line: Line, people: tuple[Staff, ...], now: datetime
) -> list[Staff]:
    """Return who can be texted, with the threads of all of them locked: whoever answers holds theirs already."""
    business_id = business.business_id
    reached = []
    for person in people:
        contact_id = await contacts.find_or_create_contact(connection, business_id, person.phone or "", now)
        await alerts.find_or_create_alert_thread(connection, business_id, contact_id, line.line_id, now)
        if await alerts.may_be_alerted(connection, business_id, contact_id, line.line_id):
            reached.append(person)
    return reached


def _alarm_words(was_sent: bool, was_everyone: bool, is_short: bool) -> str | None:
    if not was_sent:
        return phrase("There is an emergency and nobody on call has a phone to text. Please see to it, and add one.")
    if was_everyone:
        return phrase("Nobody has taken an emergency yet, though everyone on call was texted. Please see to it.")
    if is_short:
        return phrase(
            "There is an emergency, and somebody on call cannot be texted: the phone stopped our texts or takes none."
        )
    return None


def people_on_call(business: Business) -> tuple[Staff, ...]:
    """Return who is alerted, first to last: those the owner named, else all who take calls, else all with a phone."""
    named = {person.name: person for person in business.staff if person.phone}
    chosen = tuple(named[name] for name in business.receptionist.on_call if name in named)
    return chosen or tuple(p for p in named.values() if p.takes_calls) or tuple(named.values())


async def _text(
    connection: Connection, business: Business, line: Line, people: list[Staff], words: str, now: datetime
) -> list[tuple[UUID, str]]:
    """Return each text with the phone it goes to."""
    phones = [person.phone or "" for person in people]
    told = [(await tell_staff(connection, business, line, phone, words, now), phone) for phone in phones]
    return [(message_id, phone) for message_id, phone in told if message_id is not None]


def _emergency(business: Business, alert: OpenAlert, link: str) -> Emergency:
    caller = show_phone(alert.caller, business.country)
    return Emergency(
        f"{alert.caller_name}, {caller}" if alert.caller_name else caller,
        alert.words,
        alert.address,
        alert.fee_agreed,
        again=alert.rounds > 0,
        link=link,
    )


async def _was_answered(connection: Connection, business_id: UUID, alert: OpenAlert, now: datetime) -> bool:
    """A person wrote to the caller since: they have the emergency, and the caller knows more than we could say."""
    who = await alerts.find_writer_since_raised(connection, business_id, alert.alert_id)
    if who is None:
        return False
    await alerts.acknowledge_alert(connection, business_id, alert.alert_id, who, None, now)
    await alarms.end_alarm(connection, business_id, "emergency", str(alert.alert_id), now)
    return True


async def _notify(
    connection: Connection, business: Business, about: tuple[UUID, str], people: tuple[Staff, ...], now: datetime
) -> None:
    """By push and e-mail as well as by text: each may be the one that wakes somebody."""
    thread_id, words = about
    path = f"/threads/{thread_id}"
    reach = await notices.load_reach(connection, business.business_id, [one.staff_id for one in people], now)
    for channel in (Channel.PUSH, Channel.EMAIL):
        reached = [one.staff_id for one in reach if channel in one.channels]
        told = [Notice(one, NoticeKind.EMERGENCY, words, path, thread_id) for one in reached]
        await notify(connection, business, told, now, frozenset([channel]))


async def tell_staff(
    connection: Connection, business: Business, line: Line, phone: str, body: str, now: datetime
) -> UUID | None:
    """Text a staff phone about what goes on: as valid as a round of alerts, as the next one says it again."""
    text = ForStaff(phone, body, timedelta(minutes=business.receptionist.alert_again_minutes))
    return await text_staff_phone(connection, business.business_id, line, text, now)


async def take_staff_text(
    connection: Connection, business: Business, said: tuple[str, str], now: datetime, *, own_words: bool = False
) -> bool:
    """Read a staff member's text (phone, words) as the answer to the alert they were last sent; False: there is none.

    `own_words`: the caller gets what they wrote, and needs no words of ours beside it.
    """
    business_id, (phone, body) = business.business_id, said
    found = await alerts.find_alert_of_phone(connection, business_id, phone, now - timedelta(hours=12))
    who = next((person.name for person in business.staff if person.phone == phone), phone)
    if found is None or found.acknowledged_by == who:
        return False
    await alerts.note_answer(connection, business_id, found.alert_id, phone, now)
    if found.acknowledged_by is not None:
        line = line_of(business, found.line_id)
        if line is not None:
            words = taken_text(found.acknowledged_by, business.language)
            await tell_staff(connection, business, line, phone, words, now)
        return True
    answer = read_answer(body)
    if isinstance(answer, CannotCome):
        # Said again, it hurries nobody: a phone that answers by itself would race through all the rounds.
        if not found.answered:
            await alerts.hurry_alert(connection, business_id, found.alert_id, now)
        return True
    coming = (who, answer.minutes)
    return await _take(connection, business, found.alert_id, coming, now, tells_caller=not own_words)


async def acknowledge_alert(
    context: Context, business_id: UUID, alert_id: UUID, by: str, eta_minutes: int | None
) -> bool:
    """Somebody takes an emergency on a page or through the API; False where it was taken before."""
    async with business_transaction(context.pool, business_id) as connection:
        business = await context.current_business(connection, business_id)
        return await _take(connection, business, alert_id, (by, eta_minutes), context.clock.now())


async def _take(
    connection: Connection,
    business: Business,
    alert_id: UUID,
    coming: tuple[str, int | None],
    now: datetime,
    *,
    tells_caller: bool = True,
) -> bool:
    business_id, (who, minutes) = business.business_id, coming
    alert = await alerts.get_alert(connection, business_id, alert_id)
    if alert is None:
        return False
    # The caller's thread first and the alert after it, as their own turns lock them.
    await dialogs.load_turn(connection, business_id, alert["thread_id"], now)
    thread_id = await alerts.acknowledge_alert(connection, business_id, alert_id, who, minutes, now)
    if thread_id is None:
        return False
    await handoffs.take_handoffs(connection, business_id, thread_id, who, now)
    await alarms.end_alarm(connection, business_id, "emergency", str(alert_id), now)
    if tells_caller:
        await _tell_caller(connection, business, thread_id, coming, now)
    return True


async def _tell_caller(
    connection: Connection, business: Business, thread_id: UUID, coming: tuple[str, int | None], now: datetime
) -> None:
    """Who comes and when, as they said it themselves; nothing else is known."""
    thread = await threads.get_thread(connection, business.business_id, thread_id)
    line = line_of(business, thread["line_id"]) if thread else None
    if line is None:
        return
    dialog = await dialogs.get_dialog(connection, business.business_id, thread_id)
    body = coming_text(business, *coming, (dialog and dialog["language"]) or line.language)
    message = outgoing_message(new_id(), Author.RECEPTIONIST, Purpose.RECEPTIONIST, body, line)
    message["expires_at"] = now + _COMING_VALID
    await threads.add_message(connection, business.business_id, thread_id, line.line_id, message, now)
