"""Calls, texts, bookings and call-backs as they stand in the database after the fact, written row by row."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.business import Business
from ringback.store import contacts, threads
from ringback.store.db import Connection
from ringback.store.ids import new_id

VISIT = timedelta(minutes=30)


@dataclass
class History:
    """Writes what happened to one business; `made` numbers what must be unique."""

    connection: Connection
    business: Business
    made: int = 0
    threads: dict[str, UUID] = field(default_factory=dict)

    async def call(
        self, phone: str | None, at: datetime, outcome: str = "no_answer", *, line: int = 0, reason: str | None = None
    ) -> UUID:
        """Let a call come in; a missed one with a number is decided too: skipped for `reason`, where one is given."""
        call_id, line_id = new_id(), self.business.lines[line].line_id
        self.made += 1
        await self.connection.execute(
            "insert into calls (business_id, call_id, line_id, contact_id, provider, provider_call_id, caller, plan, "
            "started_at, over_at, outcome, decided_at) "
            "values ($1, $2, $3, $4, 'twilio', $5, $6, 'ring', $7, $7, $8, $7)",
            *(self.business.business_id, call_id, line_id, await self.contact(phone, at), f"CA-{self.made}-{call_id}"),
            *(phone or "anonymous", at, outcome),
        )
        if reason:
            await self._decide(call_id, line_id, phone, at, outcome, reason=reason)
        return call_id

    async def contact(self, phone: str | None, at: datetime) -> UUID | None:
        """Return the contact with a number; a withheld one is nobody's."""
        if phone is None:
            return None
        return await contacts.find_or_create_contact(self.connection, self.business.business_id, phone, at)

    async def thread(self, phone: str, at: datetime) -> UUID:
        """Return the thread with a number."""
        contact_id = await self.contact(phone, at)
        assert contact_id
        business_id, line_id = self.business.business_id, self.business.lines[0].line_id
        return await threads.find_or_create_thread(self.connection, business_id, contact_id, line_id, at)

    async def text_back(
        self, call_id: UUID, phone: str, at: datetime, *, wording: str = "missed", delivery: str | None = "delivered"
    ) -> UUID:
        """Text the caller of a missed call."""
        message_id = await self.message(phone, at, "Sorry we missed you.", delivery=delivery, purpose="text_back")
        row = await self.connection.fetchrow("select line_id, outcome from calls where call_id = $1", call_id)
        assert row
        await self._decide(call_id, row[0], phone, at, row[1], wording=wording, message_id=message_id)
        return message_id

    async def _decide(
        self, call_id: UUID, line_id: UUID, phone: str | None, at: datetime, outcome: str, **more: object
    ) -> None:
        await self.connection.execute(
            "insert into text_backs (business_id, text_back_id, call_id, contact_id, line_id, decision, reason, "
            "outcome, wording, why, message_id, decided_at) "
            "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, '', $10, $11)",
            *(self.business.business_id, new_id(), call_id, await self.contact(phone, at), line_id),
            *("skip" if more.get("reason") else "send", more.get("reason"), outcome, more.get("wording")),
            *(more.get("message_id"), at),
        )

    async def message(
        self, phone: str, at: datetime, body: str, *, direction: str = "out", delivery: str | None = None,
        purpose: str = "reply", segments: int = 1,
    ) -> UUID:  # fmt: skip
        """Write a text, in or out."""
        message_id, is_in = new_id(), direction == "in"
        await self.connection.execute(
            "insert into messages (business_id, message_id, thread_id, line_id, direction, author, purpose, body, "
            "segments, state, delivery, provider, created_at, send_at, sending_at) "
            "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'twilio', $12, $12, $13)",
            *(self.business.business_id, message_id, await self.thread(phone, at), self.business.lines[0].line_id),
            *(direction, "contact" if is_in else "system", "inbound" if is_in else purpose, body, segments),
            *("received" if is_in else "accepted", delivery, at, None if is_in else at),
        )
        return message_id

    async def reply(self, phone: str, at: datetime, body: str = "Yes please") -> UUID:
        """Let a contact write."""
        return await self.message(phone, at, body, direction="in")

    async def book(
        self, phone: str, at: datetime, *, state: str = "booked", price_cents: int | None = 12900, ahead: int = 1,
        service: str = "Cleaning",
    ) -> UUID:  # fmt: skip
        """Let a contact book something, so many days ahead."""
        booking_id, starts_at = new_id(), at + timedelta(days=ahead)
        await self.connection.execute(
            "insert into bookings (business_id, booking_id, contact_id, service, price_cents, staff_id, starts_at, "
            "ends_at, state, sitting_id, made_by, made_at, changed_at, cancelled_at, seat) "
            "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $2, 'receptionist', $10, $10, $11, 0)",
            *(self.business.business_id, booking_id, await self.contact(phone, at), service, price_cents),
            *(self.business.staff[0].staff_id, starts_at, starts_at + VISIT, state, at),
            at if state == "cancelled" else None,
        )
        return booking_id

    async def call_back(self, call_id: UUID, phone: str | None, at: datetime, done_at: datetime | None) -> None:
        """Note that a person must ring a caller, and that they did."""
        await self.connection.execute(
            "insert into call_backs (business_id, call_back_id, call_id, contact_id, caller, why, due_at, created_at, "
            "done_at, done_by) values ($1, $2, $3, $4, $5, 'stale', $6, $6, $7, 'Sam')",
            *(self.business.business_id, new_id(), call_id, await self.contact(phone, at), phone or "", at, done_at),
        )

    async def opt_out(self, phone: str, at: datetime, words: str) -> None:
        """Let a contact say that they want no more texts."""
        await self.connection.execute(
            "insert into opt_outs (business_id, opt_out_id, contact_id, source, words, opted_out_at) "
            "values ($1, $2, $3, 'keyword', $4, $5) on conflict do nothing",
            *(self.business.business_id, new_id(), await self.contact(phone, at), words, at),
        )

    async def answered_wait(
        self, phone: str, at: datetime, *, by: str, seconds: int, met: bool | None = True, how: str = "reply"
    ) -> None:
        """Let a thread have waited for an answer, and got it."""
        await self.connection.execute(
            "insert into reply_waits (business_id, wait_id, thread_id, needed_at, routed_at, ended_at, ended_how, "
            "answered_by, met) values ($1, $2, $3, $4, $4, $5, $6, $7, $8)",
            *(self.business.business_id, new_id(), await self.thread(phone, at), at, at + timedelta(seconds=seconds)),
            *(how, by, met),
        )
