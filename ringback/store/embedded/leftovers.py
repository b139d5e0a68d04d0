"""Server processes a killed Ringback left behind on our data: found by a mark in their command line, then ended."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from ringback.store.embedded.errors import DataInUse, PostgresWouldNotStart

_POLL_SECONDS = 0.02
_log = logging.getLogger(__name__)


def mark(data: Path) -> str:
    """Return the `cluster_name` of the server on `data`: it stands in the title of each of its processes.

    Made of device and inode, it stays with the files when a folder above is renamed and never names a copy of them.
    """
    found = data.stat()
    # Of fixed length, so that no mark is the beginning of another.
    return f"ringback-{found.st_dev:x}-{found.st_ino:016x}"


def server_processes(data: Path) -> list[int]:
    """Return the ids of all living processes of a server that Ringback started on `data`, in no order."""
    wanted = mark(data)
    return [pid for pid, command in _commands() if wanted in command and _is_postgres(command)]


def end_leftovers(data: Path, patience_seconds: float) -> None:
    """End every server process still running on `data`, gently first; then forget a process id that is not a server's.

    Call it only with the lock held. Raises DataInUse for a server that somebody else started on the data, and
    PostgresWouldNotStart for a process that not even SIGKILL ends.
    """
    first_pid = _postmaster_pid(data)
    if first_pid in server_processes(data):
        _log.warning(
            "A database server (process %d) of an earlier Ringback still runs; it is being stopped.", first_pid
        )
        _signal([first_pid], signal.SIGINT)
        wait_until(lambda: not server_processes(data), patience_seconds)
    for death, seconds in ((signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        _signal(server_processes(data), death)
        wait_until(lambda: not server_processes(data), seconds)
    if left := server_processes(data):
        raise PostgresWouldNotStart(
            f"The process {left[0]} of an earlier database server cannot be ended. Restart the machine."
        )
    if first_pid is not None:
        _forget(data, first_pid)


def forget_socket(folder: Path) -> None:
    """Remove the socket a killed server left in our own folder; call it only with the lock held and no server running.

    Its lock file names the dead server: a zombie (a container whose first process reaps nobody) counts as alive.
    """
    for left in folder.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def wait_until(is_so: Callable[[], bool], seconds: float) -> bool:
    """Return True as soon as `is_so()`, or False when it is still not so after `seconds`."""
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(_POLL_SECONDS)
    return True


def _forget(data: Path, pid: int) -> None:
    command = dict(_commands()).get(pid, "")
    if _is_postgres(command):
        raise DataInUse(
            f"The process {pid} is a PostgreSQL server on {data} that Ringback did not start. Stop it and start again."
        )
    # PostgreSQL takes any living process with this id, even a zombie or one of ours after a reboot, for a server.
    if _exists(pid):
        (data / "postmaster.pid").unlink(missing_ok=True)


def _postmaster_pid(data: Path) -> int | None:
    try:
        first_line = (data / "postmaster.pid").read_text(encoding="utf-8", errors="replace").split("\n")[0]
    except FileNotFoundError:
        return None
    return int(first_line) if first_line.isdigit() else None


def _commands() -> list[tuple[int, str]]:
    if not Path("/proc/self/cmdline").exists():
        ps = ["/bin/ps", "-axo", "pid=,command="]
        listing = subprocess.run(ps, capture_output=True, text=True, check=True).stdout
        return [
            (int(pid), command) for pid, _, command in (line.strip().partition(" ") for line in listing.splitlines())
        ]
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            found.append(
                (int(folder.name), (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace"))
            )
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found


def _is_postgres(command: str) -> bool:
    program = command.split(" ", 1)[0].rstrip(":")
    return Path(program).name in ("postgres", "postmaster")


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
