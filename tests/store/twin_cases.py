"""For every store function that works on one business: a call of it with Harbor Dental's ids."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from ringback.domain.bookings import BookingState, MadeBy, Search
from ringback.domain.messages import Delivery, MessageProgress, Picture
from ringback.domain.textback import Mark, Reason
from ringback.store import (
    alarms,
    alerts,
    api_queries,
    bookings,
    businesses,
    call_backs,
    calls,
    contacts,
    deliveries,
    dialogs,
    events,
    feed,
    gaps,
    handoffs,
    page_queries,
    promises,
    quotes,
    reminders,
    threads,
    waiting_list,
)
from ringback.store.alerts import NewAlert
from ringback.store.api_queries import CallFilter, ThreadFilter
from ringback.store.bookings import Asking
from ringback.store.call_backs import NewCallBack
from ringback.store.contacts import NewMark, OptIn, OptOut
from ringback.store.db import Connection
from ringback.store.feed import Position
from ringback.store.promises import NewPromise
from ringback.store.threads import FetchedPicture
from tests.cast import CARLA
from tests.store.agency_cases import AGENCY_CASES, AGENCY_SETS_BUSINESS, CALLING_CASES
from tests.store.booking_stock import placing
from tests.store.brakes_cases import BRAKES_CASES
from tests.store.consent_cases import CONSENT_CASES
from tests.store.dialog_stock import turn_row
from tests.store.inbox_cases import INBOX_CASES
from tests.store.law_cases import LAW_CASES
from tests.store.notices_cases import NOTICES_CASES
from tests.store.number_cases import NUMBER_CASES
from tests.store.outgoing_hooks_cases import OUTGOING_HOOKS_CASES
from tests.store.people_cases import PEOPLE_CASES
from tests.store.privacy_cases import PRIVACY_CASES
from tests.store.query_cases import QUERY_CASES
from tests.store.recovery_cases import RECOVERY_CASES
from tests.store.registration_cases import REGISTRATION_CASES
from tests.store.routing_cases import ROUTING_CASES
from tests.store.settings_cases import SETTINGS_CASES
from tests.store.stock import LATER, Stock, arrival, call_event, decision, exchange, inbound_text, text_back, told
from tests.store.wizard_cases import WIZARD_CASES
from tests.store.workplace_cases import WORKPLACE_CASES

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


async def _lock_unsaid(ask: Ask) -> object:
    unsaid = "update messages set state = 'intended', purpose = 'receptionist' where message_id = $1"
    await ask.connection.execute(unsaid, ask.harbor.sending_id)
    return await dialogs.lock_unsaid(ask.connection, ask.business_id, ask.harbor.thread_id)


# These take the business from their argument and set it for the transaction: they serve hooks and jobs, which name
# the business themselves, in one round trip.
SETS_BUSINESS: dict[str, Case] = {
    **AGENCY_SETS_BUSINESS,
    "businesses.save_business": _move_into_harbor,
    "calls.load_call": lambda a: calls.load_call(a.connection, a.business_id, a.harbor.open_call_id, LATER),
    "calls.save_decision": lambda a: calls.save_decision(
        a.connection, a.business_id, a.harbor.open_call_id, decision("skip"), None, LATER
    ),
    "deliveries.load_delivery": lambda a: deliveries.load_delivery(
        a.connection, a.business_id, a.harbor.intended_id, LATER
    ),
    "dialogs.load_turn": lambda a: dialogs.load_turn(a.connection, a.business_id, a.harbor.thread_id, LATER),
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
    "call_backs.withdraw_call_back": lambda a: call_backs.withdraw_call_back(
        a.connection, a.business_id, a.harbor.open_call_id, LATER
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
        a.connection, a.business_id, a.harbor.opted_out_id, OptIn(a.harbor.line_id, LATER, "Rex said so")
    ),
    "contacts.is_opted_out": lambda a: contacts.is_opted_out(a.connection, a.business_id, a.harbor.opted_out_id),
}

_DELIVERIES: dict[str, Case] = {
    "deliveries.save_sending": lambda a: deliveries.save_sending(
        a.connection, a.business_id, a.harbor.outgoing, None, LATER
    ),
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
        a.connection,
        a.business_id,
        "twilio",
        MessageProgress("SM-new", Delivery.FAILED, LATER, reference=str(a.harbor.sending_id)),
        LATER,
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
    "threads.lock_thread": lambda a: threads.lock_thread(a.connection, a.business_id, a.harbor.thread_id),
    "threads.note_reply": lambda a: threads.note_reply(a.connection, a.business_id, a.harbor.thread_id),
    "threads.raise_urgency": lambda a: threads.raise_urgency(a.connection, a.business_id, a.harbor.contact_id, LATER),
    "threads.close_thread": lambda a: threads.close_thread(
        a.connection, a.business_id, a.harbor.thread_id, "Rex", LATER
    ),
    "api_queries.list_threads": lambda a: api_queries.list_threads(
        a.connection, a.business_id, ThreadFilter(contact_id=a.harbor.contact_id), None, 50
    ),
    "threads.get_thread": lambda a: threads.get_thread(a.connection, a.business_id, a.harbor.thread_id),
    "threads.list_messages": lambda a: threads.list_messages(a.connection, a.business_id, a.harbor.thread_id, None, 50),
    "threads.get_message": lambda a: threads.get_message(a.connection, a.business_id, a.harbor.received_id),
    "page_queries.count_waiting": lambda a: page_queries.count_waiting(a.connection, a.business_id),
}

_BOOKINGS: dict[str, Case] = {
    "bookings.load_busy": lambda a: bookings.load_busy(
        a.connection, a.business_id, LATER, LATER + timedelta(days=9), LATER, Asking()
    ),
    "bookings.hold": lambda a: bookings.hold(
        a.connection, a.business_id, placing(a.harbor.contact_id, a.harbor.business.staff[0].staff_id, 48), LATER, LATER
    ),
    "bookings.book": lambda a: bookings.book(
        a.connection,
        a.business_id,
        a.harbor.bookings.held_id,
        placing(a.harbor.contact_id, a.harbor.business.staff[0].staff_id, 48),
        MadeBy.API,
        LATER,
    ),
    "bookings.move": lambda a: bookings.move(
        a.connection, a.business_id, a.harbor.bookings.moving_id, a.harbor.bookings.held_id, LATER
    ),
    "bookings.cancel": lambda a: bookings.cancel(
        a.connection, a.business_id, a.harbor.bookings.booked_id, "Rex", "a rival's", LATER
    ),
    "bookings.release": lambda a: bookings.release(a.connection, a.business_id, a.harbor.bookings.held_id, LATER),
    "bookings.mark": lambda a: bookings.mark(
        a.connection, a.business_id, a.harbor.bookings.booked_id, BookingState.NO_SHOW, "Rex", LATER
    ),
    "bookings.confirm": lambda a: bookings.confirm(a.connection, a.business_id, a.harbor.bookings.booked_id, LATER),
    "bookings.claim_reminder": lambda a: bookings.claim_reminder(
        a.connection, a.business_id, a.harbor.bookings.booked_id, LATER
    ),
    "bookings.get_booking": lambda a: bookings.get_booking(a.connection, a.business_id, a.harbor.bookings.booked_id),
    "bookings.list_bookings": lambda a: bookings.list_bookings(
        a.connection, a.business_id, LATER, LATER + timedelta(days=9)
    ),
    "bookings.list_contact_bookings": lambda a: bookings.list_contact_bookings(
        a.connection, a.business_id, a.harbor.contact_id, LATER
    ),
    "waiting_list.join_waiting_list": lambda a: waiting_list.join_waiting_list(
        a.connection, a.business_id, a.harbor.contact_id, Search("cleaning"), None, LATER
    ),
    "waiting_list.list_waiting": lambda a: waiting_list.list_waiting(a.connection, a.business_id, None),
    "waiting_list.take_waiting": lambda a: waiting_list.take_waiting(
        a.connection, a.business_id, a.harbor.bookings.waiting_id, LATER
    ),
}

_DIALOGS: dict[str, Case] = {
    "dialogs.save_turn": lambda a: dialogs.save_turn(
        a.connection, a.business_id, a.harbor.thread_id, turn_row("rival", [a.harbor.received_id]), [], LATER
    ),
    "dialogs.await_turn": lambda a: dialogs.await_turn(
        a.connection, a.business_id, a.harbor.closed_thread_id, a.harbor.received_id, 0.0
    ),
    "dialogs.forget_unheard": lambda a: dialogs.forget_unheard(a.connection, a.business_id, a.harbor.thread_id),
    "dialogs.lock_unsaid": _lock_unsaid,
    "dialogs.silence_receptionist": lambda a: dialogs.silence_receptionist(
        a.connection, a.business_id, a.harbor.thread_id, "Rex", Reason.PERSON_WROTE, LATER
    ),
    "dialogs.resume_dialog": lambda a: dialogs.resume_dialog(
        a.connection, a.business_id, a.harbor.closed_thread_id, LATER
    ),
    "dialogs.set_follow_up": lambda a: dialogs.set_follow_up(a.connection, a.business_id, a.harbor.thread_id, LATER),
    "dialogs.get_dialog": lambda a: dialogs.get_dialog(a.connection, a.business_id, a.harbor.thread_id),
    "dialogs.list_turns": lambda a: dialogs.list_turns(a.connection, a.business_id, a.harbor.thread_id, 9),
    "handoffs.add_handoff": lambda a: handoffs.add_handoff(
        a.connection, a.business_id, a.harbor.thread_id, "anger", "Rex is cross", LATER
    ),
    "handoffs.take_handoffs": lambda a: handoffs.take_handoffs(
        a.connection, a.business_id, a.harbor.thread_id, "Rex", LATER
    ),
    "gaps.record_gap": lambda a: gaps.record_gap(a.connection, a.business_id, a.harbor.thread_id, "Rex?", LATER),
    "gaps.answer_gap": lambda a: gaps.answer_gap(a.connection, a.business_id, a.harbor.dialog.gap_id, "Rex", LATER),
    "gaps.list_gaps": lambda a: gaps.list_gaps(a.connection, a.business_id, 9),
    "promises.add_promise": lambda a: promises.add_promise(
        a.connection, a.business_id, NewPromise(a.harbor.thread_id, "Rex calls", LATER), LATER
    ),
    "promises.warn_of_promise": lambda a: promises.warn_of_promise(
        a.connection, a.business_id, a.harbor.dialog.promise_id, LATER
    ),
    "promises.list_promises": lambda a: promises.list_promises(a.connection, a.business_id, 9),
    "quotes.request_quote": lambda a: quotes.request_quote(
        a.connection, a.business_id, a.harbor.thread_id, "rival", {}, LATER
    ),
    "quotes.mark_quote_sent": lambda a: quotes.mark_quote_sent(
        a.connection, a.business_id, a.harbor.dialog.quote_id, "Rex", LATER
    ),
    "quotes.mark_quote_accepted": lambda a: quotes.mark_quote_accepted(
        a.connection, a.business_id, a.harbor.dialog.sent_quote_id, LATER
    ),
    "quotes.list_quotes": lambda a: quotes.list_quotes(a.connection, a.business_id, 9),
    "threads.find_thread_of_contact": lambda a: threads.find_thread_of_contact(
        a.connection, a.business_id, a.harbor.contact_id
    ),
}

_ALERTS: dict[str, Case] = {
    "alerts.raise_alert": lambda a: alerts.raise_alert(
        a.connection, a.business_id, a.harbor.thread_id, NewAlert("Rex burns"), LATER
    ),
    "alerts.load_open_alert": lambda a: alerts.load_open_alert(a.connection, a.business_id, a.harbor.dialog.alert_id),
    "alerts.save_round": lambda a: alerts.save_round(
        a.connection, a.business_id, a.harbor.dialog.alert_id, [(a.harbor.sending_id, CARLA)], LATER, LATER
    ),
    "alerts.find_alert_of_phone": lambda a: alerts.find_alert_of_phone(
        a.connection, a.business_id, a.harbor.dialog.staff_phone, LATER - timedelta(days=1)
    ),
    "alerts.find_or_create_alert_thread": lambda a: alerts.find_or_create_alert_thread(
        a.connection, a.business_id, a.harbor.contact_id, a.harbor.line_id, LATER
    ),
    "alerts.note_answer": lambda a: alerts.note_answer(
        a.connection, a.business_id, a.harbor.dialog.alert_id, a.harbor.dialog.staff_phone, LATER
    ),
    "alerts.find_alert_of_text": lambda a: alerts.find_alert_of_text(a.connection, a.business_id, a.harbor.accepted_id),
    "alerts.may_be_alerted": lambda a: alerts.may_be_alerted(
        a.connection, a.business_id, a.harbor.opted_out_id, a.harbor.line_id
    ),
    "alerts.hurry_alert": lambda a: alerts.hurry_alert(a.connection, a.business_id, a.harbor.dialog.alert_id, LATER),
    "alerts.acknowledge_alert": lambda a: alerts.acknowledge_alert(
        a.connection, a.business_id, a.harbor.dialog.alert_id, "Rex", 5, LATER
    ),
    "alerts.list_alerts": lambda a: alerts.list_alerts(a.connection, a.business_id, 9),
    "alerts.get_alert": lambda a: alerts.get_alert(a.connection, a.business_id, a.harbor.dialog.alert_id),
    "reminders.plan_reminder": lambda a: reminders.plan_reminder(
        a.connection, a.business_id, a.harbor.dialog.booking_id, LATER, LATER
    ),
    "reminders.load_due_reminder": lambda a: reminders.load_due_reminder(
        a.connection, a.business_id, a.harbor.dialog.booking_id, LATER
    ),
    "reminders.finish_reminder": lambda a: reminders.finish_reminder(
        a.connection, a.business_id, a.harbor.dialog.booking_id, None
    ),
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

BY_ARGUMENT: dict[str, Case] = {
    **_BOOKINGS,
    **_CALLS,
    **_CONTACTS,
    **_DELIVERIES,
    **_THREADS,
    **_DIALOGS,
    **_ALERTS,
    **_SHOP,
    **QUERY_CASES,
    **PRIVACY_CASES,
    **INBOX_CASES,
    **LAW_CASES,
    **WORKPLACE_CASES,
    **WIZARD_CASES,
    **BRAKES_CASES,
    **NUMBER_CASES,
    **OUTGOING_HOOKS_CASES,
    **REGISTRATION_CASES,
    **RECOVERY_CASES,
    **ROUTING_CASES,
    **SETTINGS_CASES,
    **PEOPLE_CASES,
    **NOTICES_CASES,
    **AGENCY_CASES,
    **CONSENT_CASES,
    **CALLING_CASES,
}
