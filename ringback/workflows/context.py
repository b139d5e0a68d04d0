"""What every workflow is given: the database, the clock, the HTTP client and the providers, put together by wiring."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from ringback.domain.business import Business, Line
from ringback.domain.phrases import Phrase
from ringback.ports import Adapter, Clock, HttpClient, LineAddress, Mailer, Provider, Pusher
from ringback.ports.hooks import HookSigner
from ringback.ports.sealing import Sealer
from ringback.receptionist.dialog import Desk, Dialog, Happened, Step
from ringback.store import businesses, erasing
from ringback.store.businesses import LineSetup
from ringback.store.db import Connection, business_transaction
from ringback.workflows.report_figures import WriteReport
from ringback.workflows.secrets import NoSealer, open_settings

# Of the jobs of a worker, which are twenty by default.
_HOOKS_AT_A_TIME = 4


@dataclass(frozen=True, slots=True)
class Later:
    """The same job is wanted again after so many seconds; it keeps its row, so that there is only ever one."""

    seconds: float


Advance = Callable[[Dialog, Happened, Desk], Step]


CheckAddress = Callable[[str], Awaitable[Phrase | None]]


async def _no_trouble(url: str) -> Phrase | None:
    return None


def _advance(dialog: Dialog, happened: Happened, desk: Desk) -> Step:
    # The web process holds no turns: the engine and its lexicons are loaded by the first one.
    from ringback.receptionist.engine import advance  # noqa: PLC0415

    return advance(dialog, happened, desk)


@dataclass(slots=True)
class Context:
    """The tools of a workflow. The cache of businesses is right for ever: it is keyed by the set-up's version."""

    pool: asyncpg.Pool
    clock: Clock
    http: HttpClient
    providers: Mapping[str, Provider]
    public_url: str
    # The receptionist's engine.
    advance: Advance = _advance
    # None: no mail server is set up, and whoever wanted to write is told so.
    mailer: Mailer | None = None
    push: Pusher | None = None
    # Where a pretend phone company may run beside us; None: none is offered.
    sandbox_url: str | None = None
    # Why an address may not be reached from here, as a sentence; the HTTP client itself asks again before it sends.
    check_address: CheckAddress = _no_trouble
    # None: this process sends no outgoing hooks.
    hook_signer: HookSigner | None = None
    hook_slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_HOOKS_AT_A_TIME), repr=False)
    # None: this process writes no reports.
    write_report: WriteReport | None = None
    # Opens what is kept sealed; without one, nothing that is sealed can be used.
    sealer: Sealer = field(default_factory=NoSealer, repr=False)
    _businesses: dict[UUID, tuple[int, Business]] = field(default_factory=dict, repr=False)
    _adapters: dict[UUID, tuple[int, Adapter]] = field(default_factory=dict, repr=False)
    _erased: dict[UUID, tuple[int, frozenset[bytes]]] = field(default_factory=dict, repr=False)

    async def business(self, connection: Connection, business_id: UUID, version: int) -> Business:
        """Return the business at this version of its set-up, from memory where nothing has changed."""
        cached = self._businesses.get(business_id)
        if cached is not None and cached[0] == version:
            return cached[1]
        business = await businesses.load_business(connection, business_id)
        if business is None:
            raise LookupError(f"business {business_id} does not exist")
        self._businesses[business_id] = (version, business)
        return business

    async def current_business(self, connection: Connection, business_id: UUID) -> Business:
        """Return the business as its set-up is now, for who does not know the version."""
        return await self.business(connection, business_id, await businesses.load_version(connection, business_id))

    async def erased_numbers(self, connection: Connection, business_id: UUID, version: int) -> frozenset[bytes]:
        """Return the keyed hashes of erased numbers that must not be texted: each new one is a new version."""
        cached = self._erased.get(business_id)
        if cached is not None and cached[0] == version:
            return cached[1]
        kept = await erasing.list_numbers(connection, business_id)
        self._erased[business_id] = (version, kept)
        return kept

    async def adapter(self, connection: Connection, business_id: UUID, line: Line, version: int) -> Adapter:
        """Return the provider's adapter for a line; raises ValueError where a setting of its connection is wrong."""
        cached = self._adapters.get(line.line_id)
        if cached is not None and cached[0] == version:
            return cached[1]
        settings = await self.line_settings(connection, business_id, line.line_id)
        adapter = self.make_adapter(line, settings)
        self._adapters[line.line_id] = (version, adapter)
        return adapter

    async def line_settings(self, connection: Connection, business_id: UUID, line_id: UUID) -> dict[str, str]:
        """Return the settings of a line's connection, opened: never shown, never logged. Raises CannotOpen."""
        kept = await businesses.load_line_settings(connection, business_id, line_id)
        return open_settings(self.sealer, business_id, kept)

    def make_adapter(self, line: Line, settings: Mapping[str, str]) -> Adapter:
        """Return an adapter with the addresses of this line's callbacks."""
        return self.providers[line.provider].make(settings, self.address(line))

    def address(self, line: Line) -> LineAddress:
        """Return where the callbacks of a line go."""
        return LineAddress(f"{self.public_url}/hooks/{line.hook_key}")

    async def setup_of_hook(self, hook_key: str) -> LineSetup | None:
        """Return the line a hook address belongs to, or None where there is none."""
        found = await businesses.find_line(self.pool, hook_key)
        if found is None:
            return None
        business_id, line_id = found
        async with business_transaction(self.pool, business_id) as connection:
            version = await businesses.load_version(connection, business_id)
            business = await self.business(connection, business_id, version)
            line = line_of(business, line_id)
            if line is None:
                return None
            settings = await self.line_settings(connection, business_id, line_id)
            return LineSetup(business, line, settings, version)


def line_of(business: Business, line_id: UUID) -> Line | None:
    """Return the line with this id, or None where it has ended."""
    return next((line for line in business.lines if line.line_id == line_id), None)
