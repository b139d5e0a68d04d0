"""Web, worker and database in one process tree: started in order, started again when they die, stopped cleanly."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from ringback.store.embedded import EmbeddedPostgres, PostgresWouldNotStart

_PR_SET_PDEATHSIG = 1
_TICK_SECONDS = 0.1
_QUICK_DEATH_SECONDS = 5.0
_STOP_SECONDS = 20.0


def _end_with_parent() -> None:
    """On Linux a child of ours ends when we are killed, so that a restart finds no strangers on its port."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


@dataclass
class Child:
    """One of our processes."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    not_before: float = 0.0

    def start(self) -> None:
        """Start the process."""
        command = [sys.executable, "-m", "ringback.cli", *self.arguments]
        # We have no other thread when a child starts, which is what makes preexec_fn safe.
        self.process = subprocess.Popen(
            command,
            env={**os.environ, **self.environment},
            preexec_fn=_end_with_parent,  # noqa: PLW1509
            stdin=subprocess.DEVNULL,
        )
        self.started = time.monotonic()

    def keep_alive(self) -> None:
        """Start the process again if it died; one that dies at once waits a second."""
        if self.process is not None and self.process.poll() is None:
            return
        now = time.monotonic()
        if self.process is not None:
            print(f"{self.name} ended with code {self.process.returncode}; starting it again.", file=sys.stderr)
            # A process that cannot start would otherwise be started ten times a second.
            quick = now - self.started < _QUICK_DEATH_SECONDS
            self.not_before = now + 1.0 if quick else now
            self.process = None
        if now >= self.not_before:
            self.start()

    def end(self) -> None:
        """Ask the process to finish what it does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, until: float) -> None:
        """Wait until it is gone, and kill it when it takes too long."""
        if self.process is None:
            return
        try:
            self.process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


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
