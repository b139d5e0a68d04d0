"""`ringback serve` as the benchmark runs it: as a newcomer would, with one line and no pauses."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from tests.bench.turns import RECEPTIONIST
from tests.chaos.burst import BUSINESS, NUMBER
from tests.journeys.installation import free_port

TOKEN = "bench-token"
_CONNECTION = "set = {{ account_sid = 'AC{zeros}', auth_token = '{token}', api_url = '{api}' }}\n"
_LINE = """
[[lines]]
number = "{number}"
provider = "twilio"
label = "Line {n}"
registration = "not_needed"
texts_per_second = 0
"""
__all__ = ["NUMBER", "TOKEN", "Serving", "serving"]


@dataclass
class Serving:
    """A running `ringback serve`."""

    home: Path
    environment: dict[str, str]
    # By number; NUMBER is the main line.
    voice_urls: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start it (again)."""
        with (self.home.parent / "serve.log").open("ab") as log:
            command = [sys.executable, "-m", "ringback.cli", "serve"]
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def wait_until_ready(self) -> None:
        """Wait until calls can be taken and texted."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if httpx2.get(f"http://127.0.0.1:{self.environment['RINGBACK_PORT']}/readyz").status_code == 200:
                    return
            except httpx2.TransportError:
                pass
            time.sleep(0.1)
        raise SystemExit("ringback serve did not get ready")

    def open_lines(self, count: int) -> None:
        """Let the business have so many lines, whose texts go where those of the sandbox would."""
        api = self.environment["RINGBACK_SANDBOX_URL"]
        connection = _CONNECTION.format(zeros="0" * 32, token=TOKEN, api=api)
        others = [_LINE.format(number=f"+131255501{n:02d}", n=n) + connection for n in range(1, count)]
        file = self.home.parent / "harbor.toml"
        file.write_text(BUSINESS + connection + "".join(others) + RECEPTIONIST)
        command = [sys.executable, "-m", "ringback.cli", "apply", str(file), "--json"]
        applied = json.loads(subprocess.run(command, env=self.environment, capture_output=True, check=True).stdout)
        self.voice_urls = {
            number: line["hooks"]["voice"].partition("#")[0] for number, line in applied["lines"].items()
        }

    def pids(self) -> list[int]:
        """Return the process and all its descendants."""
        found: list[int] = []
        queue = [self.process.pid] if self.process else []
        while queue:
            pid = queue.pop()
            found.append(pid)
            for task in Path(f"/proc/{pid}/task").glob("*/children"):
                queue += [int(child) for child in task.read_text().split()]
        return found

    def pss_mb(self) -> float:
        """Return the proportional set size of the whole tree in MB (shared pages counted once)."""
        total = 0
        for pid in self.pids():
            try:
                figures = Path(f"/proc/{pid}/smaps_rollup").read_text()
            except (FileNotFoundError, ProcessLookupError):
                continue  # a database process that ended meanwhile
            total += sum(int(line.split()[1]) for line in figures.splitlines() if line.startswith("Pss:"))
        return total / 1024

    def kill_everything(self) -> None:
        """kill -9 of the whole tree."""
        for pid in self.pids():
            os.kill(pid, signal.SIGKILL)
        if self.process is not None:
            self.process.wait()


@contextmanager
def serving(folder: Path, api_url: str) -> Iterator[Serving]:
    """Yield a product with one line whose texts go to `api_url`."""
    folder.chmod(0o755)
    environment = {**os.environ, "RINGBACK_HOME": str(folder / "home"), "RINGBACK_PORT": str(free_port())}
    # A phone company that is there already: an installation in use starts none of its own to try things with.
    environment["RINGBACK_SANDBOX_URL"] = api_url
    product = Serving(folder / "home", environment)
    product.start()
    try:
        product.wait_until_ready()
        product.open_lines(1)
        yield product
    finally:
        if product.process is not None:
            product.process.terminate()
            product.process.wait(60)
