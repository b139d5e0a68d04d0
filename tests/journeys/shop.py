"""A business in a running installation, with what a test wants to do and to know."""

import asyncio
import secrets
import time
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import asyncpg

from ringback.domain.business import Business, Line, Mode, Ring, Staff, TextBackPolicy
from ringback.ports import LineAddress
from ringback.providers import twilio
from ringback.store.db import business_transaction
from tests.cast import CARLA, OLGA_PHONE, SAM_PHONE, harbor, open_shop
from tests.journeys.installation import Installation
from tests.patience import PATIENCE_SECONDS
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN, PhoneCompany

QUICK = TextBackPolicy(delay_seconds=0.3, settle_seconds=0.2)


def new_harbor(**changes: Any) -> Business:
    """Return Harbor Dental under ids of its own, with quick policies and two staff phones that ring 10 s."""
    shop = harbor(uuid4())
    lines = tuple(
        replace(line, line_id=uuid4(), hook_key=secrets.token_urlsafe(12), ring=Ring(seconds=10), texts_per_second=0.0)
        for line in shop.lines
    )
    staff = (Staff(uuid4(), "Sam", SAM_PHONE), Staff(uuid4(), "Olga", OLGA_PHONE))
    shop = replace(shop, slug=f"harbor-{uuid4().hex[:8]}", lines=lines, staff=staff, policy=QUICK)
    return replace(shop, **changes)


def with_mode(shop: Business, mode: Mode, **line_changes: Any) -> Business:
    """Return the shop with every line in a mode."""
    return replace(shop, lines=tuple(replace(line, mode=mode, **line_changes) for line in shop.lines))


@dataclass
class Shop:
    """Harbor Dental, open for business at the sandbox phone company."""

    installation: Installation
    company: PhoneCompany
    pool: asyncpg.Pool
    business: Business

    @property
    def main(self) -> Line:
        """The main line."""
        return self.business.lines[0]

    @property
    def ads(self) -> Line:
        """The line of the advertisement."""
        return self.business.lines[1]

    async def open(self) -> "Shop":
        """Store the business and let its numbers' hooks point at it."""
        settings = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "api_url": self.installation.company_url}
        await open_shop(self.pool, self.business, settings)
        # Every test has a business of its own and the same Carla: after twenty of them she would pass for a machine.
        await self.pool.execute("delete from ring_counts")
        for line in self.business.lines:
            await self.connect(line)
        return self

    async def close(self) -> None:
        """End the lines: the next shop has the same numbers, and polls must not see its calls here."""
        await self.fetch("update lines set ended_at = now() returning 1")
        await self.fetch("update businesses set version = version + 1 returning 1")

    async def connect(self, line: Line, **changes: Any) -> None:
        """Give the phone company the hook addresses of a line."""
        hooks = twilio.PROVIDER.hook_urls(LineAddress(f"{self.installation.url}/hooks/{line.hook_key}"))
        addresses = {
            "voice_url": hooks["voice"],
            "status_callback": hooks["call_status"],
            "sms_url": hooks["message"],
        }
        await self.company.add_number(line.number, **(addresses | changes))

    async def phones(self, manner: str, **options: Any) -> None:
        """Script the staff's phones."""
        for phone in (SAM_PHONE, OLGA_PHONE):
            await self.company.behave(phone, manner, **options)

    async def ring(self, caller: str = CARLA, line: Line | None = None, **options: Any) -> str:
        """Let someone ring a line; returns the call's id at the phone company."""
        return await self.company.place_call(caller, (line or self.main).number, **options)

    async def fetch(self, sql: str, *arguments: Any) -> list[asyncpg.Record]:
        """Run a query that sees this business."""
        async with business_transaction(self.pool, self.business.business_id) as connection:
            return await connection.fetch(sql, *arguments)

    async def decided(self, call: str) -> asyncpg.Record:
        """Wait for the decision about a call and return it (outcome, decision, reason, wording, why, day, plan)."""
        sql = (
            "select t.*, c.outcome as call_outcome, c.day, c.plan, c.provider_call_id from calls c "
            "join text_backs t using (business_id, call_id) where c.provider_call_id = $1"
        )
        found: list[asyncpg.Record] = await self.wait_for(lambda: self.fetch(sql, call), f"a decision about {call}")
        return found[0]

    async def wait_for(self, look: Any, what: str) -> Any:
        """Return the first result of `look` that is not empty; fails with the processes' logs."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = await look()
            if found:
                return found
            await asyncio.sleep(0.03)
        raise AssertionError(f"waited in vain for {what}\n{self.installation.logs()}")

    async def quiet(self) -> None:
        """Wait until every job due within ten seconds has run: then no text is on its way any more.

        What only watches over a text to staff looks again every ten seconds, and sends nothing.
        """

        async def none_left() -> bool:
            return not await self.pool.fetchval(
                "select count(*) from jobs.pgqueuer where status in ('queued', 'picked') "
                "and execute_after < now() + case when entrypoint = 'send_notice' then interval '1 second' "
                "  else interval '10 seconds' end and payload like $1",
                f"%{self.business.business_id}%".encode(),
            )

        await self.wait_for(none_left, "quiet")

    async def texts(self, to: str = CARLA) -> list[dict[str, Any]]:
        """Return the texts the phone company accepted from us, once nothing more is on its way."""
        await self.quiet()
        return await self.company.messages(to=to)

    async def missed(self, caller: str = CARLA, line: Line | None = None, **options: Any) -> asyncpg.Record:
        """Let someone ring, wait for the end, and return the decision."""
        return await self.decided(await self.ring(caller, line, **options))
