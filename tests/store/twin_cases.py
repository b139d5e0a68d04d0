"""For every store function that works on one business: a call of it with Harbor Dental's ids."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from uuid import UUID

from ringback.domain.messages import Delivery, Picture
from ringback.domain.textback import Mark, Reason
from ringback.store import (
    alarms,
    api_queries,
    businesses,
    call_backs,
    calls,
    contacts,
    deliveries,
    events,
    feed,
    page_queries,
    threads,
)
from ringback.store.api_queries import CallFilter, ThreadFilter
from ringback.store.call_backs import NewCallBack
from ringback.store.contacts import NewMark, OptOut
from ringback.store.db import Connection
from ringback.store.feed import Position
from ringback.store.threads import FetchedPicture
from tests.cast import CARLA
from tests.store.stock import LATER, Stock, arrival, call_event, decision, exchange, inbound_text, text_back, told

START = Position(0, 0)


@dataclass(frozen=True)
class Ask:
    """Who asks: a transaction of one business, the business named in the argument, and Harbor's ids."""

    connection: Connection
    business_id: UUID
    harbor: Stock


Case = Callable[[Ask], Awaitable[object]]


async def _move_into_harbor(ask: Ask) -> None:
    business = replace(ask.harbor.business, business_id=ask.business_id, slug="another-slug")
    await businesses.save_business(ask.connection, business, {}, LATER)


async def _receive_call(ask: Ask) -> object:
    place = replace(arrival(ask.harbor.business), business_id=ask.business_id)
    return await events.receive_call(ask.connection, place, told(call_event("CA3"), "CA3"), [], LATER)


# These take the business from their argument and set it for the transaction: they serve hooks and jobs, which name
# the business themselves, in one round trip.
SETS_BUSINESS: dict[str, Case] = {
    "businesses.save_business": _move_into_harbor,
    "calls.load_call": lambda a: calls.load_call(a.connection, a.business_id, a.harbor.open_call_id, LATER),
    "calls.save_decision": lambda a: calls.save_decision(
        a.connection, a.business_id, a.harbor.open_call_id, decision("skip"), None, LATER
    ),
    "deliveries.load_delivery": lambda a: deliveries.load_delivery(
        a.connection, a.business_id, a.harbor.intended_id, LATER
    ),
    "deliveries.save_sent": lambda a: deliveries.save_sent(
        a.connection, a.business_id, a.harbor.sending_id, {"state": "accepted", "retry_after": 1.0}, exchange(), LATER
    ),
    "events.receive_call": _receive_call,
    "events.receive_text": lambda a: events.receive_text(
        a.connection, a.business_id, a.harbor.line_id, "twilio", told(inbound_text("SM3"), "SM3"), LATER
    ),
}

_CALLS: dict[str, Case] = {
    "calls.release_claim": lambda a: calls.release_claim(a.connection, a.business_id, a.harbor.intended_id),
    "calls.list_calls": lambda a: calls.list_calls(a.connection, a.business_id, None, 50),
    "calls.get_call": lambda a: calls.get_call(a.connection, a.business_id, a.harbor.texted_call_id),
    "calls.list_call_events": lambda a: calls.list_call_events(a.connection, a.business_id, a.harbor.texted_call_id),
    "api_queries.list_calls": lambda a: api_queries.list_calls(
        a.connection, a.business_id, CallFilter(contact_id=a.harbor.contact_id), None, 50
    ),
    "api_queries.get_call": lambda a: api_queries.get_call(a.connection, a.business_id, a.harbor.texted_call_id),
    "page_queries.list_text_back_calls": lambda a: page_queries.list_text_back_calls(
        a.connection, a.business_id, [a.harbor.intended_id]
    ),
    "page_queries.list_thread_calls": lambda a: page_queries.list_thread_calls(
        a.connection, a.business_id, a.harbor.thread_id, 50
    ),
    "events.claim_event": lambda a: events.claim_event(a.connection, a.business_id, a.harbor.event_id),
    "events.finish_event": lambda a: events.finish_event(a.connection, a.business_id, a.harbor.event_id, LATER),
    "call_backs.add_call_back": lambda a: call_backs.add_call_back(
        a.connection,
        a.business_id,
        NewCallBack(a.harbor.open_call_id, a.harbor.contact_id, CARLA, "again", LATER, urgent=True),
        LATER,
    ),
    "call_backs.add_call_back_for_message": lambda a: call_backs.add_call_back_for_message(
        a.connection, a.business_id, a.harbor.intended_id, "it was refused", LATER
    ),
    "call_backs.finish_call_back": lambda a: call_backs.finish_call_back(
        a.connection, a.business_id, a.harbor.call_back_id, "Rex", LATER
    ),
    "call_backs.list_call_backs": lambda a: call_backs.list_call_backs(a.connection, a.business_id),
    "api_queries.list_call_backs": lambda a: api_queries.list_call_backs(
        a.connection, a.business_id, is_done=False, after=None, limit=50
    ),
    "api_queries.get_call_back": lambda a: api_queries.get_call_back(
        a.connection, a.business_id, a.harbor.call_back_id
    ),
}

_CONTACTS: dict[str, Case] = {
    "contacts.find_or_create_contact": lambda a: contacts.find_or_create_contact(
        a.connection, a.business_id, CARLA, LATER
    ),
    "contacts.save_contact": lambda a: contacts.save_contact(
        a.connection, a.business_id, a.harbor.contact_id, "Rex's now", "es"
    ),
    "contacts.get_contact": lambda a: contacts.get_contact(a.connection, a.business_id, a.harbor.contact_id),
    "api_queries.list_contacts": lambda a: api_queries.list_contacts(a.connection, a.business_id, None, 50),
    "api_queries.find_contact": lambda a: api_queries.find_contact(a.connection, a.business_id, CARLA),
    "contacts.add_mark": lambda a: contacts.add_mark(
        a.connection, a.business_id, a.harbor.contact_id, NewMark(Mark.BLOCKED, "a rival's", "Rex"), LATER
    ),
    "contacts.end_mark": lambda a: contacts.end_mark(
        a.connection, a.business_id, a.harbor.opted_out_id, Mark.SPAM, "Rex", LATER
    ),
    "contacts.save_opt_out": lambda a: contacts.save_opt_out(
        a.connection, a.business_id, a.harbor.contact_id, OptOut(a.harbor.line_id, "staff", LATER), LATER
    ),
    "contacts.end_opt_out": lambda a: contacts.end_opt_out(
        a.connection, a.business_id, a.harbor.opted_out_id, "Rex said so", LATER
    ),
    "contacts.is_opted_out": lambda a: contacts.is_opted_out(a.connection, a.business_id, a.harbor.opted_out_id),
}

_DELIVERIES: dict[str, Case] = {
    "deliveries.save_sending": lambda a: deliveries.save_sending(a.connection, a.business_id, a.harbor.outgoing, LATER),
    "deliveries.drop_message": lambda a: deliveries.drop_message(
        a.connection, a.business_id, a.harbor.intended_id, Reason.STALE, LATER
    ),
    "deliveries.known_provider_ids": lambda a: deliveries.known_provider_ids(
        a.connection, a.business_id, a.harbor.thread_id
    ),
    "deliveries.save_found": lambda a: deliveries.save_found(
        a.connection, a.business_id, replace(a.harbor.outgoing, message_id=a.harbor.uncertain_id), "SM-found", LATER
    ),
    "deliveries.send_again": lambda a: deliveries.send_again(
        a.connection, a.business_id, a.harbor.uncertain_id, 0, LATER
    ),
    "deliveries.put_back": lambda a: deliveries.put_back(a.connection, a.business_id, a.harbor.sending_id, 0),
    "deliveries.give_up": lambda a: deliveries.give_up(
        a.connection, a.business_id, a.harbor.intended_id, "credentials", LATER
    ),
    "deliveries.apply_progress": lambda a: deliveries.apply_progress(
        a.connection, a.business_id, "SM-new", a.harbor.sending_id, Delivery.FAILED, LATER
    ),
    "deliveries.save_failure": lambda a: deliveries.save_failure(
        a.connection, a.business_id, a.harbor.accepted_id, "filtered", "30007"
    ),
}

_THREADS: dict[str, Case] = {
    "threads.find_or_create_thread": lambda a: threads.find_or_create_thread(
        a.connection, a.business_id, a.harbor.contact_id, a.harbor.line_id, LATER
    ),
    "threads.add_message": lambda a: threads.add_message(
        a.connection, a.business_id, a.harbor.thread_id, a.harbor.line_id, text_back(), LATER
    ),
    "threads.add_pictures": lambda a: threads.add_pictures(
        a.connection, a.business_id, a.harbor.accepted_id, [Picture("http://rex", "image/png")]
    ),
    "threads.list_missing_pictures": lambda a: threads.list_missing_pictures(
        a.connection, a.business_id, a.harbor.received_id
    ),
    "threads.save_picture": lambda a: threads.save_picture(
        a.connection, a.business_id, a.harbor.received_id, FetchedPicture(1, "image/png", b"rex"), LATER
    ),
    "threads.get_picture": lambda a: threads.get_picture(a.connection, a.business_id, a.harbor.received_id, 0),
    "threads.note_inbound": lambda a: threads.note_inbound(
        a.connection, a.business_id, a.harbor.closed_thread_id, LATER
    ),
    "threads.note_reply": lambda a: threads.note_reply(a.connection, a.business_id, a.harbor.thread_id),
    "threads.raise_urgency": lambda a: threads.raise_urgency(a.connection, a.business_id, a.harbor.contact_id, LATER),
    "threads.close_thread": lambda a: threads.close_thread(
        a.connection, a.business_id, a.harbor.thread_id, "Rex", LATER
    ),
    "api_queries.reopen_thread": lambda a: api_queries.reopen_thread(
        a.connection, a.business_id, a.harbor.closed_thread_id, LATER
    ),
    "threads.list_threads": lambda a: threads.list_threads(a.connection, a.business_id, None, 50),
    "api_queries.list_threads": lambda a: api_queries.list_threads(
        a.connection, a.business_id, ThreadFilter(contact_id=a.harbor.contact_id), None, 50
    ),
    "threads.get_thread": lambda a: threads.get_thread(a.connection, a.business_id, a.harbor.thread_id),
    "threads.list_messages": lambda a: threads.list_messages(a.connection, a.business_id, a.harbor.thread_id, None, 50),
    "threads.get_message": lambda a: threads.get_message(a.connection, a.business_id, a.harbor.received_id),
    "page_queries.count_waiting": lambda a: page_queries.count_waiting(a.connection, a.business_id),
    "page_queries.newest_thread": lambda a: page_queries.newest_thread(a.connection, a.business_id),
}

_SHOP: dict[str, Case] = {
    "alarms.raise_alarm": lambda a: alarms.raise_alarm(
        a.connection, a.business_id, "credentials", "twilio", "Rex was here", LATER
    ),
    "alarms.end_alarm": lambda a: alarms.end_alarm(a.connection, a.business_id, "credentials", "twilio", LATER),
    "alarms.end_line_alarms": lambda a: alarms.end_line_alarms(
        a.connection, a.business_id, ["credentials"], "twilio", LATER
    ),
    "alarms.list_alarms": lambda a: alarms.list_alarms(a.connection, a.business_id),
    "api_queries.list_alarms": lambda a: api_queries.list_alarms(a.connection, a.business_id, None, 50),
    "businesses.load_business": lambda a: businesses.load_business(a.connection, a.business_id),
    "businesses.load_version": lambda a: businesses.load_version(a.connection, a.business_id),
    "businesses.load_line_settings": lambda a: businesses.load_line_settings(
        a.connection, a.business_id, a.harbor.line_id
    ),
    "businesses.save_line": lambda a: businesses.save_line(
        a.connection, a.business_id, replace(a.harbor.business.lines[0], label="Rex's"), {"auth_token": "rex"}, LATER
    ),
    "businesses.save_polled": lambda a: businesses.save_polled(a.connection, a.business_id, a.harbor.line_id, LATER),
    "businesses.load_polled": lambda a: businesses.load_polled(a.connection, a.business_id, a.harbor.line_id),
    "feed.list_changes": lambda a: feed.list_changes(a.connection, a.business_id, START),
}

BY_ARGUMENT: dict[str, Case] = {**_CALLS, **_CONTACTS, **_DELIVERIES, **_THREADS, **_SHOP}
