"""A running product and its phone company, with the clock at a set's date, for callers who text one after the other."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg
import tomli_w

from ringback.cli import setting_up
from ringback.domain.business import Business
from ringback.settings import Settings
from ringback.store.db import open_pool
from tests.cast import TEST_KEYS
from tests.database import database_folder, running_server
from tests.eval.dialogues import Replay
from tests.eval.shopfile import ZONE, business_file
from tests.journeys.installation import Installation
from tests.patience import PATIENCE_SECONDS
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN, PhoneCompany, running_company

_LOOK_SECONDS = 0.1
_STANDING = """
select
    (select count(*) from messages m where m.business_id = $1 and m.direction = 'in') as received,
    (select count(*) from messages m where m.business_id = $1 and m.unheard) as unheard,
    (select count(*) from messages m
     where m.business_id = $1 and m.direction = 'out' and m.state in ('intended', 'sending')) as on_their_way,
    (select count(*) from handoffs h where h.business_id = $1) as handoffs,
    exists (select from dialogs d where d.business_id = $1 and d.paused_at is not null) as is_quiet
"""
_BOOKED = """
select b.starts_at, s.name as provider from bookings b join staff s using (business_id, staff_id)
where b.business_id = $1 and b.state = 'booked' order by b.made_at
"""


@dataclass
class ClockedInstallation(Installation):
    """An installation whose clock starts at an instant."""

    clock_at: datetime | None = None

    def environment(self) -> dict[str, str]:
        """Return what its processes are started with."""
        clock = {"RINGBACK_CLOCK": self.clock_at.isoformat()} if self.clock_at else {}
        return {**super().environment(), **clock, "RINGBACK_LOG_LEVEL": "warning"}


@dataclass(frozen=True)
class Town:
    """The running product, the phone company, and the database in which the results stand."""

    installation: Installation
    settings: Settings
    company: PhoneCompany
    pool: asyncpg.Pool
    results: asyncpg.Pool

    async def open_shop(self, replay: Replay, slug: str, number: str) -> Business:
        """Apply a business file, as `ringback apply` does, and give its line to the phone company."""
        account = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "api_url": self.installation.company_url}
        path = self.installation.home / f"{slug}.toml"
        await asyncio.to_thread(path.write_text, tomli_w.dumps(business_file(replay, slug, number, account)), "utf-8")
        document = await asyncio.to_thread(setting_up.read_file, path)
        shop = await setting_up.apply_document(self.settings, self.pool, document)
        hooks = setting_up.describe_line(self.settings, shop.lines[0])["hooks"]
        await self.company.add_number(
            number, voice_url=hooks["voice"], status_callback=hooks["call_status"], sms_url=hooks["message"]
        )
        return shop

    async def close_shop(self, shop: Business) -> None:
        """End its line: nothing is to be polled any more."""
        await self.results.execute("update lines set ended_at = now() where business_id = $1", shop.business_id)
        await self.results.execute(
            "update businesses set version = version + 1 where business_id = $1", shop.business_id
        )

    async def settled(self, shop: Business, texts_sent: int) -> Mapping[str, Any] | None:
        """Return how the shop stands once every text to it was dealt with and every answer is out; None: it did not."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
        while asyncio.get_running_loop().time() < deadline:
            [standing] = await self.results.fetch(_STANDING, shop.business_id)
            if standing["received"] >= texts_sent and not standing["unheard"] and not standing["on_their_way"]:
                return dict(standing)
            await asyncio.sleep(_LOOK_SECONDS)
        return None

    async def booked(self, shop: Business) -> list[tuple[datetime, str]]:
        """Return (local start, person) of every booking that stands in the database."""
        rows = await self.results.fetch(_BOOKED, shop.business_id)
        return [(row["starts_at"].astimezone(ZoneInfo(ZONE)), row["provider"]) for row in rows]

    async def why(self, shop: Business) -> list[str]:
        """Return what the receptionist noted as the reasons of its turns, oldest first."""
        rows = await self.results.fetch(
            "select why, actions from turns where business_id = $1 order by turn_id", shop.business_id
        )
        return [f"{_sentences(row['why'])} {_actions(row['actions'])}".strip() for row in rows]


def _sentences(why: Any) -> str:
    reasons = json.loads(why) if isinstance(why, str) else why
    return " ".join(
        f"{reason['sentence']}{' [' + reason['fact'] + ']' if reason.get('fact') else ''}" for reason in reasons
    )


def _actions(actions: Any) -> str:
    found = json.loads(actions) if isinstance(actions, str) else actions
    return " ".join(f"<{action['action']}{' ' + action['kind'] if 'kind' in action else ''}>" for action in found)


@contextmanager
def running_product(ref: datetime) -> Iterator[ClockedInstallation]:
    """Run database, phone company, web and worker with the clock at `ref`, local to the shops."""
    clock_at = ref.replace(tzinfo=ZoneInfo(ZONE))
    with database_folder() as folder:
        home = folder / "home"
        home.mkdir()
        with (
            running_server(folder / "postgres") as server,
            running_company(speed=50, clock_at=clock_at) as company_url,
        ):
            database = asyncio.run(server.create())
            installation = ClockedInstallation(server, database, company_url, home, clock_at=clock_at)
            try:
                installation.start("web")
                installation.start("worker")
                installation.wait_until_ready()
                yield installation
            finally:
                installation.stop()


@asynccontextmanager
async def open_town(installation: ClockedInstallation) -> AsyncIterator[Town]:
    """Yield a town around a running product."""
    url = installation.server.app_url(installation.database)
    settings = Settings.model_validate(
        {
            "DATABASE_URL": url,
            "RINGBACK_PORT": installation.port,
            "clock": installation.clock_at,
            "secret_keys": TEST_KEYS,
        }
    )
    pool = await open_pool(url, size=4)
    # Only the owner sees the rows of every business at once.
    results = await open_pool(installation.server.owner_url(installation.database), size=8)
    try:
        async with PhoneCompany(installation.company_url) as company:
            yield Town(installation, settings, company, pool, results)
    finally:
        await pool.close()
        await results.close()
