"""Which system user owns the database files and runs the server: ourselves, or an unprivileged one if we are root."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NotRequired, TypedDict

from ringback.store.embedded.errors import PostgresWouldNotStart

# A name made for us comes first; `postgres` is where people expect database files; `nobody` exists everywhere.
_UNPRIVILEGED_NAMES = ("ringback", "postgres", "nobody")
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class _Switch(TypedDict):
    user: NotRequired[int]
    group: NotRequired[int]
    extra_groups: NotRequired[list[int]]


@dataclass(frozen=True, slots=True)
class ServerAccount:
    """The system user that runs PostgreSQL; `is_switched` when it is not the user we run as."""

    name: str
    uid: int
    gid: int
    is_switched: bool

    def run(self, argv: list[str], stdin: str = "", passed: tuple[int, ...] = ()) -> "subprocess.CompletedProcess[str]":
        """Run a tool as this user to its end, with the file descriptors `passed`; raises OSError if it cannot start."""
        return subprocess.run(
            argv,
            cwd="/",
            pass_fds=passed,
            input=stdin,
            env=_environment(),
            text=True,
            errors="replace",
            capture_output=True,
            check=False,
            preexec_fn=_end_with_parent(signal.SIGKILL),
            **self._switch(),
        )

    def spawn(self, argv: list[str], output: IO[bytes], passed: tuple[int, ...] = ()) -> "subprocess.Popen[bytes]":
        """Start the server as this user; on Linux it stops (SIGINT) when the thread that called this ends."""
        return subprocess.Popen(
            argv,
            cwd="/",
            pass_fds=passed,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # An own session keeps the terminal's Ctrl-C from stopping the database before its clients.
            start_new_session=True,
            umask=0o077,
            preexec_fn=_end_with_parent(signal.SIGINT),  # noqa: PLW1509 (it takes no lock: one system call before exec)
            **self._switch(),
        )

    def can_enter(self, folder: Path) -> bool:
        """Return whether this user may pass through `folder` and every folder above it."""
        return self.run(["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]).returncode == 0

    @contextmanager
    def way_to(self, folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield a path by which this user's processes reach `folder`, and the file descriptors to pass them for it.

        A switched user often cannot pass through the folders above (/root is closed). A descriptor that we opened
        needs no such right, and Linux gives it an absolute path.
        """
        if not self.is_switched or sys.platform != "linux":
            yield str(folder), ()
            return
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield f"/proc/self/fd/{opened}", (opened,)
        finally:
            os.close(opened)

    def give(self, path: Path) -> None:
        """Make `path` (never followed if it is a link) belong to this user; does nothing when we are that user."""
        if self.is_switched:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def _switch(self) -> _Switch:
        return _Switch(user=self.uid, group=self.gid, extra_groups=[]) if self.is_switched else _Switch()


def choose_account(home: Path, data: Path) -> ServerAccount:
    """Return ourselves; or, for root, the owner of the data or home, else an unprivileged user of this system.

    Raises PostgresWouldNotStart when the data belongs to somebody else or our user id has no name.
    """
    if os.geteuid() != 0:
        return _ourselves(os.geteuid(), data)
    owners = [place.stat().st_uid for place in (data, home) if place.exists()]
    entry = next((found for owner in owners if owner != 0 and (found := _entry(owner))), None) or _unprivileged()
    account = ServerAccount(entry.pw_name, entry.pw_uid, entry.pw_gid, is_switched=True)
    try:
        account.run(["/bin/sh", "-c", ":"])
    except PermissionError as error:
        # Root of a container that was started without the capabilities SETUID and SETGID.
        raise PostgresWouldNotStart(
            f"PostgreSQL does not run as root, and this system does not let us run it as the user {account.name} "
            f"({error.strerror}). Run Ringback as an ordinary user, or let root change users here."
        ) from error
    return account


def our_name() -> str:
    """Return the name of the system user we run as; raises PostgresWouldNotStart when the id has none."""
    entry = _entry(os.geteuid())
    if entry is None:
        raise PostgresWouldNotStart(
            f"The user id {os.geteuid()} has no name on this system, and PostgreSQL does not run without one. "
            "Add it to /etc/passwd, run Ringback as another user, or set DATABASE_URL to a database of your own."
        )
    return entry.pw_name


def _ourselves(uid: int, data: Path) -> ServerAccount:
    owner = data.stat().st_uid if data.exists() else uid
    if owner != uid:
        found = _entry(owner)
        raise PostgresWouldNotStart(
            f"The database in {data} belongs to the user {found.pw_name if found else owner}, not to {our_name()}. "
            f"Start Ringback as it was started before, or hand the files over with chown -R {our_name()}."
        )
    return ServerAccount(our_name(), uid, os.getegid(), is_switched=False)


def _unprivileged() -> pwd.struct_passwd:
    for name in _UNPRIVILEGED_NAMES:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresWouldNotStart(
        "PostgreSQL does not run as root, and this system has none of the users "
        f"{', '.join(_UNPRIVILEGED_NAMES)}. Create one (useradd --system ringback) and start again."
    )


def _entry(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _environment() -> dict[str, str]:
    # Nothing of ours leaks in: a PGDATA or LC_MESSAGES of the operator's shell would change what the server does.
    return {"PATH": os.defpath, "LC_ALL": "C"}


def _end_with_parent(death: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def arrange() -> None:
        if _LIBC is None:
            return
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death), 0, 0, 0)
        # The parent may have died before the line above took effect.
        if os.getppid() != parent:
            os._exit(1)

    return arrange
