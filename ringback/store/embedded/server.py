"""Starts PostgreSQL as our child, waits until it answers, starts it again when it dies, and stops it cleanly."""

import fcntl
import logging
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from ringback.store.embedded.account import ServerAccount, choose_account
from ringback.store.embedded.binaries import find_binaries, major_version, reachable_binaries
from ringback.store.embedded.cluster import check_major, create_cluster, data_major, prepare_places
from ringback.store.embedded.errors import DataInUse, PostgresWouldNotStart, remedy
from ringback.store.embedded.leftovers import end_leftovers, forget_socket, mark, wait_until
from ringback.store.embedded.paths import DATABASE, ClusterPaths, Role
from ringback.store.embedded.settings import UNSAFE_SETTINGS, server_settings, write_settings

_STOP_SECONDS = 30.0
_REPORT_SECONDS = 10.0
_ORPHAN_SECONDS = 15.0
_PAUSE_SECONDS = 0.2
_MEMORY_IS_HELD = "pre-existing shared memory block"
_STARTING = "LOG:  starting PostgreSQL"
_LOG_LINES = 8
_log = logging.getLogger(__name__)


class EmbeddedPostgres:
    """A PostgreSQL server on the files below `home`, which lives as long as this process; also a context manager."""

    def __init__(
        self,
        home: Path,
        configured_binaries: Path | None = None,
        *,
        extra_settings: Mapping[str, str] | None = None,
        fast_unsafe: bool = False,
    ) -> None:
        """Name the files and programs; nothing is touched before `start`.

        `home` is RINGBACK_HOME, `configured_binaries` RINGBACK_PG_BIN, `extra_settings` lines for postgresql.conf that
        win over ours. `fast_unsafe` is for tests only: nothing is flushed to disk, so a power cut ruins the data.
        """
        self._paths = ClusterPaths(home.resolve())
        self._configured_binaries = configured_binaries
        self._settings = (UNSAFE_SETTINGS if fast_unsafe else {}) | dict(extra_settings or {})
        self._is_synced = not fast_unsafe
        self._lock: IO[str] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._binaries: Path | None = None

    @property
    def app_url(self) -> str:
        """Return the address for web and worker: a role that owns nothing. Known before the server runs."""
        return self.url(Role.APP)

    @property
    def owner_url(self) -> str:
        """Return the address for migrations: the role that owns the database and its tables."""
        return self.url(Role.OWNER)

    @property
    def superuser_url(self) -> str:
        """Return the superuser's address, for backups and tests; row-level security does not bind it."""
        return self.url(Role.SUPERUSER)

    def url(self, role: Role, database: str = DATABASE) -> str:
        """Return an address asyncpg and libpq understand; it works for the system user we run as, in any process."""
        return self._paths.url(role, database)

    @property
    def pid(self) -> int | None:
        """Return the process id of the server, or None while none was started."""
        return self._process.pid if self._process else None

    @property
    def binaries(self) -> Path:
        """Return the folder of the programs in use, pg_dump among them; raises PostgresWouldNotStart before `start`."""
        if self._binaries is None:
            raise PostgresWouldNotStart("The embedded database was not started yet, so its programs are not chosen.")
        return self._binaries

    def start(self) -> None:
        """Make the data on the first start, run the server, and return when it accepts connections.

        Blocks as long as crash recovery takes and says so in the log every 10 s. Call it from the main thread: on Linux
        the server stops when the starting thread ends. Does nothing while the server runs. Raises DataInUse,
        NoPostgresBinaries or PostgresWouldNotStart, each with a sentence for the operator, and then holds nothing.
        """
        if threading.current_thread() is not threading.main_thread():
            raise RuntimeError(
                "Start the embedded database from the main thread: it stops when the thread that started it ends."
            )
        if self.alive():
            return
        with ExitStack() as undo, _told_as_sentence(self._paths.home):
            undo.callback(self.stop)
            self._run()
            undo.pop_all()

    def alive(self) -> bool:
        """Return whether our server runs; it may still be recovering from a crash of one of its own processes."""
        return self._process is not None and self._process.poll() is None

    def poll(self) -> int | None:
        """Return the exit code of a server that died (negative: the signal), None while it runs or was not started."""
        return self._process.poll() if self._process else None

    def restart_if_dead(self) -> bool:
        """Start the server again if it died; return whether it had. Raises as `start` does: then `start` is next."""
        code = self.poll()
        if code is None:
            return False
        _log.error("The database server ended by itself (exit code %d); it is started again.", code)
        self.start()
        return True

    def stop(self, patience_seconds: float = _STOP_SECONDS) -> None:
        """End the server: open transactions are rolled back; harder signals follow after `patience_seconds` each."""
        process, self._process = self._process, None
        if process is not None:
            _end(process, patience_seconds)
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.close()

    def __enter__(self) -> Self:
        """Start and return itself."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop."""
        self.stop()

    def _run(self) -> None:
        paths = self._paths
        account = choose_account(paths.home, paths.data)
        prepare_places(paths, account)
        self._lock = self._lock or _take_lock(paths)
        binaries = find_binaries(self._configured_binaries, data_major(paths))
        major = major_version(binaries)
        check_major(paths, binaries, major)
        self._binaries = reachable_binaries(binaries, account, paths.shelves)
        if data_major(paths) is None:
            create_cluster(paths, account, self._binaries, major, is_synced=self._is_synced)
        end_leftovers(paths.data, _STOP_SECONDS)
        forget_socket(paths.socket)
        write_settings(paths, account, server_settings(paths, major) | self._settings)
        self._spawn_until_ready(account)

    def _spawn_until_ready(self, account: ServerAccount) -> None:
        give_up_at = time.monotonic() + _ORPHAN_SECONDS
        while not self._spawn(account):
            said = _last_words(self._paths)
            # Processes of a killed server vanish from the process list a moment before they let go of its memory.
            if _MEMORY_IS_HELD not in said or time.monotonic() > give_up_at:
                raise PostgresWouldNotStart(
                    f"The database server ended while it was starting. {remedy(said)} It said last:\n{said}"
                )
            wait_until(self.alive, _PAUSE_SECONDS)

    def _spawn(self, account: ServerAccount) -> bool:
        paths = self._paths
        name = f"cluster_name={mark(paths.data)}"
        with paths.start_log.open("wb") as output, account.way_to(paths.data) as (place, passed):
            self._process = account.spawn([str(self.binaries / "postgres"), "-D", place, "-c", name], output, passed)
        began_at = time.monotonic()
        # No limit: recovery takes as long as it takes, and killing it would only begin it anew.
        while not wait_until(self._is_ready_or_dead, _REPORT_SECONDS):
            _log.warning("The database is recovering, %.0f s so far; nothing is lost.", time.monotonic() - began_at)
        return self.alive()

    def _is_ready_or_dead(self) -> bool:
        return not self.alive() or _is_ready(self._paths.data, self.pid)


def _take_lock(paths: ClusterPaths) -> IO[str]:
    opened = paths.lock.open("a+", encoding="ascii")
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        opened.seek(0)
        holder = opened.read().strip() or "unknown"
        opened.close()
        raise DataInUse(
            f"The database in {paths.data} is already run by the process {holder}. "
            "Stop that Ringback first, or give this one another RINGBACK_HOME."
        ) from None
    # A process forked off us must not hold the lock once we are gone.
    os.register_at_fork(after_in_child=opened.close)
    opened.truncate(0)
    opened.write(f"{os.getpid()}\n")
    opened.flush()
    return opened


def _is_ready(data: Path, pid: int | None) -> bool:
    # PostgreSQL keeps its state in the eighth line; this needs no client and no password.
    try:
        lines = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split("\n")
    except FileNotFoundError:
        return False
    return lines[0] == str(pid) and len(lines) > 7 and lines[7].strip() == "ready"


def _end(process: "subprocess.Popen[bytes]", patience_seconds: float) -> None:
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is None:
            process.send_signal(number)
        try:
            process.wait(patience_seconds)
            return
        except subprocess.TimeoutExpired:
            _log.warning("The database server did not stop within %.0f s of %s.", patience_seconds, number.name)


def _last_words(paths: ClusterPaths) -> str:
    # The server opens its log after its first words; a log not written since then is of an earlier start.
    first_words = paths.start_log.read_text(encoding="utf-8", errors="replace").splitlines()
    opened_ns = paths.start_log.stat().st_mtime_ns
    logs = [file for file in paths.logs.glob("*.log") if file.lstat().st_mtime_ns >= opened_ns]
    lines = [line for file in logs for line in _since_start(file)] or first_words
    return "\n".join(lines[-_LOG_LINES:])


def _since_start(file: Path) -> list[str]:
    # The server's user owns this folder: never follow a link out of it with our rights.
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, encoding="utf-8", errors="replace") as opened:
        return opened.read().rpartition(_STARTING)[2].splitlines()


@contextmanager
def _told_as_sentence(home: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise PostgresWouldNotStart(
            f"The database below {home} cannot be used: {error.strerror} ({error.filename}). Start Ringback as the "
            "same user as before (root or not), or set RINGBACK_HOME to a folder that this user may write to."
        ) from error
    except OSError as error:
        raise PostgresWouldNotStart(
            f"The database below {home} cannot be used: {error.strerror or error} ({error.filename or 'no file'}). "
            "RINGBACK_HOME must be a folder on a disk with free space that can be written to."
        ) from error
