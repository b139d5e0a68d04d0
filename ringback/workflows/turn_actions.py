"""What a turn decided beside its words is written down: hand-overs, promises, gaps, alerts, quotes, marks."""

from datetime import datetime
from typing import assert_never
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.phrases import phrase
from ringback.domain.textback import Mark
from ringback.receptionist.dialog import (
    Action,
    AlertOnCall,
    Close,
    ConfirmBooking,
    HandOver,
    JoinWaitingList,
    MarkContact,
    NameContact,
    PromiseCall,
    RecordGap,
    Release,
    RequestQuote,
    SetLanguage,
)
from ringback.store import alerts, contacts, gaps, handoffs, promises, quotes
from ringback.store.alerts import NewAlert
from ringback.store.contacts import NewMark
from ringback.store.db import Connection
from ringback.store.dialogs import TurnTable
from ringback.store.promises import NewPromise
from ringback.workflows.needs import act_on_calendar

_MARKS = {
    "spam": NewMark(Mark.SPAM, phrase("The receptionist took their text for advertising."), "receptionist"),
    "wrong_number": NewMark(Mark.DO_NOT_TEXT, phrase("They said that we have the wrong number."), "receptionist"),
}


async def take_actions(
    connection: Connection, business: Business, table: TurnTable, actions: tuple[Action, ...], now: datetime
) -> None:
    """Write every action of a turn, inside its transaction."""
    # One write for name and language together, and none where the turn changed neither.
    await _describe_contact(connection, business.business_id, table, actions)
    for action in actions:
        match action:
            case Release() | ConfirmBooking() | JoinWaitingList():
                await act_on_calendar(connection, business, table.contact_id, action, now)
            case NameContact() | SetLanguage() | Close():
                # Written with the contact above, and with the thread in save_turn.
                pass
            case _:
                await _note(connection, business, table, action, now)


async def _note(
    connection: Connection,
    business: Business,
    table: TurnTable,
    action: HandOver | PromiseCall | RecordGap | AlertOnCall | RequestQuote | MarkContact,
    now: datetime,
) -> None:
    business_id, thread_id = business.business_id, table.thread_id
    match action:
        case HandOver(kind, summary):
            await handoffs.add_handoff(connection, business_id, thread_id, kind, summary, now)
        case PromiseCall(due_at, about):
            promise = NewPromise(thread_id, about, due_at, owner_of_promises(business))
            await promises.add_promise(connection, business_id, promise, now)
        case RecordGap(question):
            await gaps.record_gap(connection, business_id, thread_id, question[:500], now)
        case AlertOnCall(words, address, fee_agreed):
            alert = NewAlert(words, address, fee_agreed)
            await alerts.raise_alert(connection, business_id, thread_id, alert, now)
        case RequestQuote(service, details):
            await quotes.request_quote(connection, business_id, thread_id, service, details, now)
        case MarkContact(kind):
            await contacts.add_mark(connection, business_id, table.contact_id, _MARKS[kind], now)
        case _:
            assert_never(action)


def owner_of_promises(business: Business) -> str | None:
    """Return who calls back where nobody was named: the first who takes calls."""
    return next((person.name for person in business.staff if person.takes_calls), None)


async def _describe_contact(
    connection: Connection, business_id: UUID, table: TurnTable, actions: tuple[Action, ...]
) -> None:
    name, language = table.contact.name, table.contact.language
    for action in actions:
        match action:
            case NameContact(said):
                name = said
            case SetLanguage(spoken):
                language = spoken
            case _:
                pass
    if (name, language) != (table.contact.name, table.contact.language):
        await contacts.save_contact(connection, business_id, table.contact_id, name, language)
