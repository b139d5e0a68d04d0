"""What every workflow is given: the database, the clock, the HTTP client and the providers, put together by wiring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

import asyncpg

from ringback.domain.business import Business, Line
from ringback.ports import Adapter, Clock, HttpClient, LineAddress, Mailer, Provider, Pusher
from ringback.receptionist.dialog import Desk, Dialog, Happened, Step
from ringback.store import businesses
from ringback.store.businesses import LineSetup
from ringback.store.db import Connection, business_transaction
from ringback.workflows.report_figures import WriteReport


@dataclass(frozen=True, slots=True)
class Later:
    """The same job is wanted again after so many seconds; it keeps its row, so that there is only ever one."""

    seconds: float


Advance = Callable[[Dialog, Happened, Desk], Step]


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
    # None: this process writes no reports.
    write_report: WriteReport | None = None
    _businesses: dict[UUID, tuple[int, Business]] = field(default_factory=dict, repr=False)
    _adapters: dict[UUID, tuple[int, Adapter]] = field(default_factory=dict, repr=False)

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

    async def adapter(self, connection: Connection, business_id: UUID, line: Line, version: int) -> Adapter:
        """Return the provider's adapter for a line; raises ValueError where a setting of its connection is wrong."""
        cached = self._adapters.get(line.line_id)
        if cached is not None and cached[0] == version:
            return cached[1]
        settings = await businesses.load_line_settings(connection, business_id, line.line_id)
        adapter = self.make_adapter(line, settings)
        self._adapters[line.line_id] = (version, adapter)
        return adapter

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
            settings = await businesses.load_line_settings(connection, business_id, line_id)
            return LineSetup(business, line, settings, version)


def line_of(business: Business, line_id: UUID) -> Line | None:
    """Return the line with this id, or None where it has ended."""
    return next((line for line in business.lines if line.line_id == line_id), None)
