"""The real product for journeys: web and worker as processes, a real database, a phone company over HTTP."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.cast import TEST_KEYS
from tests.database import Server
from tests.patience import PATIENCE_SECONDS


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Installation:
    """A running product on a database of its own."""

    server: Server
    database: str
    company_url: str
    home: Path
    port: int = field(default_factory=free_port)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The address of the web process, which is also what the phone company is given."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> dict[str, str]:
        """Return what a process of this installation is started with."""
        return {
            **os.environ,
            "DATABASE_URL": self.server.app_url(self.database),
            "RINGBACK_OWNER_DATABASE_URL": self.server.owner_url(self.database),
            "RINGBACK_PORT": str(self.port),
            "RINGBACK_HOME": str(self.home),
            "RINGBACK_SECRET_KEYS": TEST_KEYS,
        }

    def start(self, name: str) -> None:
        """Start `web` or `worker`; its log is kept in the home folder."""
        log = (self.home / f"{name}.log").open("ab")
        command = [sys.executable, "-m", "ringback.cli", name]
        self.processes[name] = subprocess.Popen(command, env=self.environment(), stdout=log, stderr=log)
        log.close()

    def kill(self, name: str) -> None:
        """End a process as a crash would."""
        self.processes[name].kill()
        self.processes[name].wait()

    def wait_until_ready(self) -> None:
        """Wait until calls can be taken and texted; fails with what is missing."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        said = "nothing answered"
        while time.monotonic() < deadline:
            try:
                answer = httpx2.get(f"{self.url}/readyz", timeout=PATIENCE_SECONDS)
                if answer.status_code == 200:
                    return
                said = answer.text
            except httpx2.TransportError as error:
                said = str(error)
            time.sleep(0.05)
        raise AssertionError(f"not ready: {said}\n{self.logs()}")

    def logs(self) -> str:
        """Return the last lines of every process's log."""
        parts = [f"--- {log.name}\n{log.read_text()[-3000:]}" for log in sorted(self.home.glob("*.log"))]
        return "\n".join(parts)

    def stop(self) -> None:
        """Stop every process, politely first."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def running_installation(server: Server, company_url: str, home: Path) -> Iterator[Installation]:
    """Yield a ready installation and stop it afterwards."""
    database = asyncio.run(server.create())
    installation = Installation(server, database, company_url, home)
    try:
        installation.start("web")
        installation.start("worker")
        installation.wait_until_ready()
        yield installation
    finally:
        installation.stop()
        asyncio.run(server.drop(database))
