"""`serve` and `migrate`: the database brought up, and web and worker kept alive beside it."""

import asyncio
import os
import socket
import sys
from dataclasses import dataclass

import asyncpg
import httpx2

from ringback import wiring
from ringback.cli import secrets
from ringback.cli.database import in_pool
from ringback.cli.output import fail
from ringback.cli.processes import Child, ProcessTree
from ringback.settings import Settings
from ringback.store import set_up
from ringback.store.embedded import EmbeddedPostgres, PostgresWouldNotStart
from ringback.store.migrate import MigrationChanged, migrate


def start_database(settings: Settings) -> EmbeddedPostgres | None:
    """Start the embedded database, or return None where DATABASE_URL names another."""
    if settings.database_url is not None:
        return None
    postgres = wiring.embedded(settings)
    try:
        postgres.start()
    except PostgresWouldNotStart as error:
        fail(str(error))
    return postgres


def bring_up_to_date(settings: Settings) -> list[str]:
    """Run the migrations that are missing and return their names."""
    try:
        ran = asyncio.run(_migrate(settings))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        fail(f"The database could not be brought up to date ({type(error).__name__}: {error}).")
    except MigrationChanged as error:
        fail(str(error))
    _seal(settings)
    return ran


async def _migrate(settings: Settings) -> list[str]:
    connection = await asyncpg.connect(wiring.owner_url(settings), timeout=10)
    try:
        return await migrate(connection)
    finally:
        await connection.close()


def _seal(settings: Settings) -> None:
    """Seal what an older version kept in the clear. What does not open is told, and stops nothing else."""
    sealed = secrets.seal_everything(settings, secrets.need_sealer(settings))
    for sentence in sealed.stuck:
        print(sentence, file=sys.stderr)


def child_environment(settings: Settings) -> dict[str, str]:
    """Return what our processes must share: above all one shift of the clock, or each would have its own present."""
    shift = wiring.make_clock(settings).shift.total_seconds()
    return {"RINGBACK_CLOCK_SHIFT_SECONDS": repr(shift)}


def serve(settings: Settings) -> None:
    """Run web, worker and database until a signal comes; beside an empty installation, a pretend phone company too."""
    postgres = start_database(settings)
    bring_up_to_date(settings)
    key = in_pool(settings, lambda pool: set_up.make_welcome_key(pool, wiring.make_clock(settings).now()))
    environment = child_environment(settings)
    sandbox = find_sandbox(settings, wanted=key is not None)
    if sandbox is not None:
        environment |= {"RINGBACK_SANDBOX_URL": sandbox.url}
    children = [Child("web", ["web"], environment), Child("worker", ["worker"], environment)]
    if sandbox is not None and sandbox.port is not None:
        children.append(Child("sandbox", ["sandbox", "--port", str(sandbox.port)], environment))
    tree = ProcessTree(children, postgres, on_ready=_FirstAddress(settings, key, sandbox) if key else None)
    tree.stop_on_signals()
    print(f"Ringback runs at {settings.address}", file=sys.stderr)
    tree.run()


@dataclass(frozen=True, slots=True)
class PretendCompany:
    """Where the pretend phone company is, and on which port we must start it (None: it runs already)."""

    url: str
    port: int | None


def find_sandbox(settings: Settings, *, wanted: bool) -> PretendCompany | None:
    """Return the pretend phone company for the set-up wizard: for a newcomer, and while a line of theirs is at it."""
    if settings.sandbox_url is not None:
        return PretendCompany(settings.sandbox_url, None)
    port = int(os.environ.get("SANDBOX_PORT", "8401"))
    url = f"http://127.0.0.1:{port}"
    if not (wanted or asyncio.run(_has_line_at(settings, url))):
        return None
    # Somebody runs one already; a second could not have the port.
    if answers(f"{url}/sandbox/"):
        return PretendCompany(url, None)
    return PretendCompany(url, port) if _is_free(port) else None


async def _has_line_at(settings: Settings, url: str) -> bool:
    connection = await asyncpg.connect(wiring.owner_url(settings), timeout=10)
    try:
        return await set_up.has_line_at(connection, url)
    finally:
        await connection.close()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A port that just closed may be taken again; without this it would look busy for a minute.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def answers(url: str) -> bool:
    """Return whether there is a page at an address."""
    try:
        return httpx2.get(url, timeout=1).status_code == 200
    except httpx2.TransportError:
        return False


class _FirstAddress:
    """Says where the first owner goes, once, when the pages answer."""

    def __init__(self, settings: Settings, key: str, sandbox: PretendCompany | None) -> None:
        self._sandbox = sandbox
        self._here = f"http://127.0.0.1:{settings.port}" if settings.host == "0.0.0.0" else _local(settings)  # noqa: S104
        self._address = f"{settings.address}/welcome/{key}"

    def __call__(self) -> bool:
        """Return whether it was said."""
        # The pretend phone company too: the first page that a newcomer sees would otherwise not offer it.
        sandbox = [f"{self._sandbox.url}/sandbox/"] if self._sandbox else []
        if not all(answers(url) for url in (f"{self._here}/healthz", *sandbox)):
            return False
        print(
            "\nNobody can sign in here yet. Open this address to become the owner; it works once:\n\n"
            f"  {self._address}\n",
            flush=True,
        )
        return True


def _local(settings: Settings) -> str:
    return f"http://{settings.host}:{settings.port}"
