"""Web, worker and database in one process tree: started in order, started again when they die, stopped cleanly."""

import ctypes
import gc
import importlib
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from types import FrameType

from ringback.store.embedded import EmbeddedPostgres, PostgresWouldNotStart

_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
_TICK_SECONDS = 0.1
_QUICK_DEATH_SECONDS = 5.0
_STOP_SECONDS = 20.0


# Loaded before the first fork: what web, worker and sandbox have in common is then in memory once.
_SHARED = ("ringback.cli.commands", "ringback.cli.web_process", "ringback.cli.worker_process")


# Elsewhere than on Linux, libraries of the system do not survive a fork.
_CONTEXT = ForkContext() if sys.platform == "linux" else SpawnContext()


def _load_shared() -> None:
    for name in _SHARED:
        importlib.import_module(name)
    gc.collect()
    # What lives now is never looked at by the collector again: its marks would copy the shared pages.
    gc.freeze()


def _live(arguments: Sequence[str], environment: Mapping[str, str]) -> None:
    """Run a command of ours in a new process."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL)
    if sys.platform == "linux":
        kernel = ctypes.CDLL(None, use_errno=True)
        # A child ends when its parent is killed, so that a restart finds no strangers on its port.
        kernel.prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
        kernel.prctl(_PR_SET_NAME, f"ringback {arguments[0]}"[:15].encode(), 0, 0, 0)
    os.environ.update(environment)
    importlib.import_module("ringback.cli.commands").app(list(arguments), prog_name="ringback")


@dataclass
class Child:
    """One of our processes."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    process: BaseProcess | None = None
    started: float = 0.0
    not_before: float = 0.0

    def start(self) -> None:
        """Start the process."""
        _load_shared()
        self.process = _CONTEXT.Process(target=_live, args=(self.arguments, self.environment), name=self.name)
        self.process.start()
        self.started = time.monotonic()

    def keep_alive(self) -> None:
        """Start the process again if it died; one that dies at once waits a second."""
        if self.process is not None and self.process.is_alive():
            return
        now = time.monotonic()
        if self.process is not None:
            print(f"{self.name} ended with code {self.process.exitcode}; starting it again.", file=sys.stderr)
            # A process that cannot start would otherwise be started ten times a second.
            quick = now - self.started < _QUICK_DEATH_SECONDS
            self.not_before = now + 1.0 if quick else now
            self.process = None
        if now >= self.not_before:
            self.start()

    def end(self) -> None:
        """Ask the process to finish what it does."""
        if self.process is not None:
            self.process.terminate()

    def wait(self, until: float) -> None:
        """Wait until it is gone, and kill it when it takes too long."""
        if self.process is None:
            return
        self.process.join(max(until - time.monotonic(), 0.1))
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


@dataclass
class ProcessTree:
    """Keeps children and, where it is embedded, the database alive until it is told to stop."""

    children: list[Child]
    postgres: EmbeddedPostgres | None = None
    # Asked on every tick until it says True: prints the "ready" lines once.
    on_ready: Callable[[], bool] | None = None
    _stopping: bool = field(default=False, init=False)

    def stop_on_signals(self) -> None:
        """Let SIGTERM and SIGINT end the tree."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)

    def _stop(self, _: int, __: FrameType | None) -> None:
        self._stopping = True

    def run(self) -> None:
        """Keep everything running until a signal comes; then stop in the right order."""
        try:
            while not self._stopping:
                self._revive_database()
                for child in self.children:
                    child.keep_alive()
                if self.on_ready is not None and self.on_ready():
                    self.on_ready = None
                time.sleep(_TICK_SECONDS)
        finally:
            self._end()

    def _revive_database(self) -> None:
        if self.postgres is None:
            return
        try:
            if self.postgres.alive():
                return
            print("The database ended; starting it again.", file=sys.stderr)
            self.postgres.start()
        except PostgresWouldNotStart as error:
            # A full disk can be emptied while we wait; web answers 503 meanwhile and loses nothing.
            print(f"{error} Trying again in 5 seconds.", file=sys.stderr)
            time.sleep(5.0)

    def _end(self) -> None:
        until = time.monotonic() + _STOP_SECONDS
        # Web and worker first: the database must outlive the jobs that finish.
        for child in self.children:
            child.end()
        for child in self.children:
            child.wait(until)
        if self.postgres is not None:
            self.postgres.stop()
