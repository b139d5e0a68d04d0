"""A business with a row in every table, made by the store's own functions, and a dump of all that belongs to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from ringback.domain.business import Business
from ringback.domain.calls import CallEvent, CallEventKind, CallResult, Plan
from ringback.domain.hours import DayState
from ringback.domain.messages import Delivery, MessageProgress, MessageReceived, Picture
from ringback.domain.textback import Mark
from ringback.ports import InboundEvent
from ringback.ports.sealing import Sealed
from ringback.store import alarms, businesses, call_backs, calls, contacts, deliveries, events, people, threads
from ringback.store.call_backs import NewCallBack
from ringback.store.contacts import NewMark, OptOut
from ringback.store.db import Connection, business_transaction
from ringback.store.deliveries import Outgoing
from ringback.store.events import CallArrival, Settle
from ringback.store.ids import new_id
from ringback.store.link_secrets import LinkPurpose, keep_secret
from ringback.store.people import Person
from ringback.store.threads import FetchedPicture
from tests.cast import CARLA, NOON, open_shop
from tests.store.agency_stock import add_agency
from tests.store.booking_stock import BookingStock, add_bookings
from tests.store.brakes_stock import add_brakes
from tests.store.dialog_stock import DialogStock, add_dialog
from tests.store.inbox_stock import add_inbox
from tests.store.law_stock import add_law
from tests.store.notices_stock import add_notices
from tests.store.number_stock import add_number_facts
from tests.store.outgoing_hooks_stock import add_hook_rows
from tests.store.people_stock import add_people_rows
from tests.store.privacy_stock import add_privacy
from tests.store.recovery_stock import add_recovery
from tests.store.registration_stock import add_registration
from tests.store.routing_stock import RoutingStock, add_routing
from tests.store.wizard_stock import add_wizard
from tests.store.workplace_stock import add_workplace

# Carla's sister, who has said STOP, so that every table has a row.
DORA = "+13125550143"
LATER = NOON + timedelta(minutes=5)
BUSINESS_TABLES = (
    "select table_name from information_schema.columns where table_schema = 'public' and column_name = 'business_id' "
    "and table_name in (select tablename from pg_tables where schemaname = 'public') order by 1"
)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Stock:
    """Ids of what one business has. Each text stands in the state its name says."""

    business: Business
    contact_id: UUID
    opted_out_id: UUID
    thread_id: UUID
    closed_thread_id: UUID
    texted_call_id: UUID
    open_call_id: UUID
    event_id: UUID
    call_back_id: UUID
    person_id: UUID
    session: str
    api_key: str
    intended_id: UUID
    sending_id: UUID
    uncertain_id: UUID
    accepted_id: UUID
    received_id: UUID
    outgoing: Outgoing
    dialog: DialogStock
    bookings: BookingStock
    routing: RoutingStock

    @property
    def business_id(self) -> UUID:
        """Return the id of the business."""
        return self.business.business_id

    @property
    def line_id(self) -> UUID:
        """Return its first line."""
        return self.business.lines[0].line_id


def call_event(call_id: str, kind: CallEventKind = CallEventKind.RINGING, **more: Any) -> CallEvent:
    """Return something a phone company said of Carla's call."""
    return CallEvent(kind, call_id, NOON, caller=CARLA, **more)


def told(event: CallEvent | MessageReceived | MessageProgress, key: str) -> InboundEvent:
    """Return an event as it arrives; `key` is its delivery key."""
    return InboundEvent(key, event, {"SmsSid": key})


def arrival(business: Business, phone: str | None = CARLA) -> CallArrival:
    """Return where a call to the first line of a business belongs."""
    return CallArrival(business.business_id, business.lines[0].line_id, "twilio", phone, Plan.RING, DayState.OPEN)


async def take_call(connection: Connection, business: Business, call_id: str, phone: str | None = CARLA) -> UUID:
    """Let a call come in and be missed; return our id of it."""
    place = arrival(business, phone)
    await events.receive_call(connection, place, told(call_event(call_id), call_id), [Settle(30.0, timer=True)], NOON)
    missed = call_event(call_id, CallEventKind.ENDED, result=CallResult.NO_ANSWER, caller_gone=True)
    await events.receive_call(connection, place, told(missed, f"{call_id}-ended"), [Settle(0.0)], NOON)
    found: UUID = await connection.fetchval(
        "select call_id from calls where business_id = $1 and provider_call_id = $2", business.business_id, call_id
    )
    return found


def text(body: str, **more: Any) -> dict[str, Any]:
    """Return the row of a text that staff wrote and that is still to be handed over."""
    out = {"direction": "out", "author": "staff", "purpose": "reply", "state": "intended", "provider": "twilio"}
    return {"message_id": new_id(), "body": body, "segments": 1, "send_at": NOON, **out, **more}


def text_back(body: str = "Sorry we missed you.", **more: Any) -> dict[str, Any]:
    """Return the row of a text that answers a missed call."""
    return text(body, author="system", purpose="text_back", **more)


def decision(word: str = "send", **more: Any) -> dict[str, Any]:
    """Return the row of a decision about a missed call."""
    row = {"text_back_id": new_id(), "thread_id": new_id(), "outcome": "no_answer", "over_at": NOON, "decision": word}
    why = {"why": "nobody answered", "claim_until": NOON + timedelta(hours=24), "send_at": NOON, "wording": "missed"}
    return {**row, **why, **({} if word == "send" else {"reason": "stale"}), **more}


def exchange() -> dict[str, Any]:
    """Return the record of a request to the provider."""
    what = {"what": "send", "request": {"Body": "Hello"}, "status": 201, "response": "{}"}
    return {"exchange_id": new_id(), "provider": "twilio", **what}


def inbound_text(message_id: str, sender: str = CARLA) -> MessageReceived:
    """Return a text from Carla, with a picture."""
    return MessageReceived(message_id, sender, "+13125550100", "Here is my tooth", NOON, (Picture("u", "image/png"),))


async def stock(pool: asyncpg.Pool, business: Business, word: str) -> Stock:
    """Open the shop and give it a row in every table; every free text contains `word`."""
    await open_shop(pool, business, {"account_sid": f"AC-{word}", "auth_token": f"token-{word}"})
    async with business_transaction(pool, business.business_id) as connection:
        callers = await _add_callers(connection, business, word)
        texts = await _add_texts(connection, business, callers, word)
        talked = await add_dialog(connection, business, callers, texts, word)
        booked = await add_bookings(connection, business, callers, word)
        await _add_troubles(connection, business, callers, word)
        await add_workplace(connection, business, word)
        await add_wizard(connection, business, word)
        await add_number_facts(connection, business, word)
        await add_hook_rows(connection, business, word)
        await add_registration(connection, business, word)
        await add_privacy(connection, business, word)
        waiting = await add_routing(connection, business, callers["thread_id"], word)
        await add_inbox(connection, business, callers["thread_id"], texts["received_id"], word)
        await add_agency(connection, business, word)
        for purpose in LinkPurpose:
            secret = Sealed(f"secret of {word}".encode().hex())
            await keep_secret(connection, business.business_id, purpose, secret, NOON)
        signed_in = await _add_people(connection, business, word)
        await add_recovery(connection, business, signed_in["person_id"], word)
        await add_people_rows(connection, business, signed_in["person_id"], word)
        await add_notices(connection, business, (signed_in["person_id"], signed_in["session"]), word)
        await add_brakes(connection, business, signed_in["person_id"], word)
        areas: dict[str, Any] = {"dialog": talked, "bookings": booked, "routing": waiting}
        return Stock(business=business, **callers, **texts, **signed_in, **areas)


async def _add_callers(connection: Connection, business: Business, word: str) -> dict[str, Any]:
    business_id, line_id = business.business_id, business.lines[0].line_id
    carla = await contacts.find_or_create_contact(connection, business_id, CARLA, NOON)
    dora = await contacts.find_or_create_contact(connection, business_id, DORA, NOON)
    await contacts.save_contact(connection, business_id, carla, f"Carla of {word}", "en")
    await contacts.add_mark(connection, business_id, dora, NewMark(Mark.SPAM, f"{word} says so", "Olga"), NOON)
    texted = await take_call(connection, business, "CA1")
    intended = text_back(f"{word} missed your call.")
    await calls.save_decision(connection, business_id, texted, decision(why=f"{word} missed it"), intended, NOON)
    closed = await threads.find_or_create_thread(connection, business_id, dora, line_id, NOON)
    await threads.close_thread(connection, business_id, closed, f"Olga of {word}", NOON)
    await contacts.save_opt_out(connection, business_id, dora, OptOut(line_id, "keyword", NOON, f"STOP {word}"), NOON)
    return {
        "contact_id": carla, "opted_out_id": dora, "closed_thread_id": closed,
        "texted_call_id": texted, "open_call_id": await take_call(connection, business, "CA2"),
        "thread_id": await threads.find_or_create_thread(connection, business_id, carla, line_id, NOON),
        "intended_id": intended["message_id"],
    }  # fmt: skip


async def _add_texts(
    connection: Connection, business: Business, callers: Mapping[str, UUID], word: str
) -> dict[str, Any]:
    business_id, line_id, thread_id = business.business_id, business.lines[0].line_id, callers["thread_id"]
    ids: dict[str, Any] = {}
    for state in ("sending", "uncertain", "accepted", "received"):
        way = {"direction": "in", "author": "contact", "purpose": "inbound"} if state == "received" else {}
        known = {"provider_message_id": "SM-out"} if state == "accepted" else {}
        row = text(f"{state} at {word}", state=state, **way, **known)
        await threads.add_message(connection, business_id, thread_id, line_id, row, NOON)
        ids[f"{state}_id"] = row["message_id"]
    await add_law(connection, business_id, ids["accepted_id"], word)
    pictures = [Picture(f"http://{word}/0", "image/png"), Picture(f"http://{word}/1", "image/png")]
    await threads.add_pictures(connection, business_id, ids["received_id"], pictures)
    fetched = FetchedPicture(0, "image/png", word.encode())
    await threads.save_picture(connection, business_id, ids["received_id"], fetched, NOON)
    await threads.note_inbound(connection, business_id, thread_id, NOON)
    await events.receive_text(connection, business_id, line_id, "twilio", told(inbound_text("SM-in"), "SM-in"), NOON)
    progress = MessageProgress("SM-out", Delivery.SENT, NOON)
    await events.receive_text(connection, business_id, line_id, "twilio", told(progress, "SM-out-sent"), NOON)
    event_id = await connection.fetchval(
        "select event_id from inbound_events where business_id = $1 and kind = 'message'", business_id
    )
    outgoing = await deliveries.load_delivery(connection, business_id, callers["intended_id"], NOON)
    return {**ids, "event_id": event_id, "outgoing": outgoing}


async def _add_troubles(connection: Connection, business: Business, callers: dict[str, Any], word: str) -> None:
    business_id = business.business_id
    ring = NewCallBack(callers["open_call_id"], callers["contact_id"], CARLA, f"{word} must ring", NOON)
    await call_backs.add_call_back(connection, business_id, ring, NOON)
    callers["call_back_id"] = (await call_backs.list_call_backs(connection, business_id))[0]["call_back_id"]
    await alarms.raise_alarm(connection, business_id, "credentials", "twilio", f"{word} was refused", NOON)
    await deliveries.save_sent(
        connection, business_id, callers["intended_id"], {"state": "uncertain"}, exchange(), NOON
    )
    await businesses.save_polled(connection, business_id, business.lines[0].line_id, NOON)


async def _add_people(connection: Connection, business: Business, word: str) -> dict[str, Any]:
    person = Person(new_id(), f"olga@{word}.example", f"Olga of {word}", "argon2-hash")
    person_id = await people.save_person(connection, person, business.business_id, "owner", NOON)
    return {
        "person_id": person_id,
        "session": await people.start_session(connection, person_id, business.business_id, NOON),
        "api_key": await people.create_api_key(connection, business.business_id, f"{word} key", NOON),
    }


async def dump_rows(connection: Connection, business_id: UUID) -> list[str]:
    """Return every row of a business, its jobs too, as sorted lines of table and JSON."""
    tables = [row[0] for row in await connection.fetch(BUSINESS_TABLES)]
    per_table = [f"select '{table} ' || to_jsonb(t)::text from {table} t where t.business_id = $1" for table in tables]
    jobs = (
        "select 'job ' || to_jsonb(q)::text || convert_from(payload, 'UTF8') from jobs.pgqueuer q "
        "where convert_from(payload, 'UTF8')::jsonb->>'business' = $1::text"
    )
    found = await connection.fetch(" union all ".join(per_table), business_id)
    jobs_found = await connection.fetch(jobs, str(business_id))
    return sorted(row[0] for row in [*found, *jobs_found])


def secrets_of(dumped: list[str], other: list[str]) -> frozenset[str]:
    """Return ids and words that only the first of two dumps has: what the other business must never read."""
    own, others = "\n".join(dumped), "\n".join(other)
    return frozenset(_UUID.findall(own)) - frozenset(_UUID.findall(others))


def at(minutes: float) -> datetime:
    """Return the instant so many minutes after NOON."""
    return NOON + timedelta(minutes=minutes)
