"""The API before a database with things to see in it: a missed call, a thread, a contact, a call-back, an alarm."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

import httpx2
from fastapi import FastAPI

from ringback.domain.bookings import Booking, MadeBy, Opening, Search, Terms, Wanted
from ringback.domain.business import Business, Service
from ringback.domain.calls import CallEvent, CallEventKind, CallResult, Plan
from ringback.domain.hours import DayState
from ringback.ports import InboundEvent
from ringback.ports.sealing import Sealed
from ringback.store import (
    alarms,
    alerts,
    bookings,
    businesses,
    call_backs,
    events,
    gaps,
    outgoing_hooks,
    people,
    waiting_list,
)
from ringback.store.alerts import NewAlert
from ringback.store.bookings import Placing
from ringback.store.call_backs import NewCallBack
from ringback.store.db import Connection, business_transaction
from ringback.store.events import CallArrival
from ringback.store.ids import new_id
from ringback.store.outgoing_hooks import NewHook
from ringback.web import api
from ringback.workflows.context import Context
from ringback.workflows.settle import settle_call
from tests.cast import CARLA, SETTINGS


def api_app(context: Context) -> FastAPI:
    """Return an application that is the API and nothing else."""
    app = FastAPI(openapi_url="/api/v1/openapi.json", docs_url=None, redoc_url=None)
    app.include_router(api.router)
    api.install_problems(app)
    app.state.context = context
    return app


async def make_key(context: Context, business: Business) -> str:
    """Return a live API key of a business."""
    return await people.create_api_key(context.pool, business.business_id, "test", context.clock.now())


@asynccontextmanager
async def client_of(app: FastAPI, key: str | None) -> AsyncIterator[httpx2.AsyncClient]:
    """Yield a client that sends this key with every request."""
    headers = {"authorization": f"Bearer {key}"} if key else {}
    # What a bug raises must be answered, as a server over a socket would answer it.
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://ringback.test", headers=headers) as client:
        yield client


async def ring(context: Context, business: Business, caller: str = CARLA, name: str = "CA1") -> UUID:
    """Let a caller ring the first line until nobody answers; return the settled call's id."""
    line, now = business.lines[0], context.clock.now()
    arrival = CallArrival(business.business_id, line.line_id, "twilio", caller, Plan.RING, DayState.OPEN)
    for kind, result in ((CallEventKind.RINGING, None), (CallEventKind.DIALED, CallResult.NO_ANSWER)):
        event = CallEvent(kind, name, now, caller, line.number, result=result)
        await events.receive_call(context.pool, arrival, InboundEvent(f"{name}-{kind}", event, {}), (), now)
    async with business_transaction(context.pool, business.business_id) as connection:
        call_id: UUID = await connection.fetchval("select call_id from calls where provider_call_id = $1", name)
    await settle_call(context, business.business_id, call_id, timer=False)
    return call_id


@dataclass(frozen=True)
class Seen:
    """What a business has to see, by the names that the API's addresses use."""

    call_id: UUID
    thread_id: UUID
    message_id: UUID
    contact_id: UUID
    call_back_id: UUID
    booking_id: UUID
    gap_id: UUID
    alert_id: UUID
    hook_id: UUID

    def ids(self) -> dict[str, str]:
        """Return the ids by name."""
        return {name: str(getattr(self, name)) for name in self.__dataclass_fields__}


async def fill(context: Context, business: Business) -> Seen:
    """Give a business one of everything; the text-back was refused by the phone company."""
    call_id, now = await ring(context, business), context.clock.now()
    async with business_transaction(context.pool, business.business_id) as connection:
        contact_id = await connection.fetchval("select contact_id from calls where call_id = $1", call_id)
        message_id = await connection.fetchval("select message_id from messages")
        thread_id = await connection.fetchval("select thread_id from messages")
        await connection.execute(
            "update messages set state = 'rejected', purpose = 'reply', error_kind = 'landline', error_code = '30006', "
            "sending_at = $1",
            now,
        )
        call_back = NewCallBack(call_id, contact_id, CARLA, "The text did not arrive.", now)
        await call_backs.add_call_back(connection, business.business_id, call_back, now)
        call_back_id = await connection.fetchval("select call_back_id from call_backs")
        await alarms.raise_alarm(connection, business.business_id, "brake", "x", "Too many texts were due.", now)
        follows = await _add_what_follows(connection, business, contact_id, thread_id, now)
    return Seen(call_id, thread_id, message_id, contact_id, call_back_id, *follows)


async def _add_what_follows(
    connection: Connection, business: Business, contact_id: UUID, thread_id: UUID, now: datetime
) -> tuple[UUID, UUID, UUID, UUID]:
    """Let the shop do cleanings, and give it a booking, a question without an answer, an emergency and a hook."""
    business_id = business.business_id
    shop = replace(business, services=(Service("Cleaning", 60, 12900),))
    await businesses.save_business(connection, shop, {line.number: SETTINGS for line in shop.lines}, now)
    starts_at = now + timedelta(hours=24)
    opening = Opening(starts_at, starts_at + timedelta(hours=1), business.staff[0].staff_id)
    placing = Placing(Wanted(contact_id, "Cleaning", opening), Terms(opening.ends_at))
    booked = await bookings.book(connection, business_id, new_id(), placing, MadeBy.STAFF, now)
    assert isinstance(booked, Booking)
    await gaps.record_gap(connection, business_id, thread_id, "Do you take insurance?", now)
    gap_id: UUID = await connection.fetchval("select gap_id from gaps")
    alert_id = await alerts.raise_alert(connection, business_id, thread_id, NewAlert("It bleeds"), now)
    await waiting_list.join_waiting_list(connection, business_id, contact_id, Search("Cleaning"), None, now)
    hook = NewHook(new_id(), "https://hooks.example.com/olga", ("call.missed",), Sealed("sealed"), "Olga")
    await outgoing_hooks.add_hook(connection, business_id, hook, 10, now)
    return booked.booking_id, gap_id, alert_id, hook.hook_id


def another_id() -> str:
    """Return an id that nothing has."""
    return str(new_id())
