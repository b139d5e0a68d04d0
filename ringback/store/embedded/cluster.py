"""The database files: their folders with the right owners, the first creation, and the version check."""

import os
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

from ringback.store.embedded.account import ServerAccount
from ringback.store.embedded.errors import DAMAGED, PostgresWouldNotStart, remedy
from ringback.store.embedded.paths import DATABASE, ClusterPaths, Role


def prepare_places(paths: ClusterPaths, account: ServerAccount) -> None:
    """Make the folders, closed to all but us and `account`; raises PostgresWouldNotStart if one cannot be trusted."""
    paths.home.mkdir(parents=True, mode=0o700, exist_ok=True)
    paths.root.mkdir(mode=0o700, exist_ok=True)
    if account.is_switched:
        os.chown(paths.root, 0, account.gid)
        paths.root.chmod(0o710)
    if paths.socket.parent != paths.root:
        _refuse_if_foreign(paths.socket, account)
    for place in (paths.logs, paths.socket):
        place.mkdir(mode=0o700, exist_ok=True)
        account.give(place)
        place.chmod(0o700)
    # A backup restored by root belongs to root, and PostgreSQL refuses data that is not its own.
    if paths.data.exists() and paths.data.stat().st_uid != account.uid:
        for place in (paths.data, *paths.data.rglob("*")):
            account.give(place)


def create_cluster(paths: ClusterPaths, account: ServerAccount, binaries: Path, major: int, *, is_synced: bool) -> None:
    """Make the data directory with roles and database; an attempt cut short leaves nothing that looks complete."""
    for abandoned in paths.root.glob("new-*"):
        shutil.rmtree(abandoned)
    staging = Path(tempfile.mkdtemp(prefix="new-", dir=paths.root))
    account.give(staging)
    initdb = [str(binaries / "initdb"), *_initdb_options(major, is_synced=is_synced)]
    try:
        with account.way_to(staging) as (place, passed):
            _finish(account.run([*initdb, "-D", place], "", passed))
            single = [str(binaries / "postgres"), "--single", "-D", place, "postgres"]
            _finish(account.run(single, _FIRST_STATEMENTS, passed))
        staging.rename(paths.data)
        _make_durable(paths.root)
    finally:
        # Whatever a failure left is of no use, and on a full disk its 40 MB are needed.
        shutil.rmtree(staging, ignore_errors=True)


def data_major(paths: ClusterPaths) -> int | None:
    """Return the major version the data was made with, or None before the first start."""
    try:
        text = (paths.data / "PG_VERSION").read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        if paths.data.exists():
            raise PostgresWouldNotStart(
                f"{paths.data} exists but is no PostgreSQL data (it has no PG_VERSION). Restore it from a backup, "
                "or move it away to begin with an empty database."
            ) from None
        return None
    if not text.isdigit():
        raise PostgresWouldNotStart(f"{paths.data / 'PG_VERSION'} holds no version. {DAMAGED}")
    return int(text)


def check_major(paths: ClusterPaths, binaries: Path, major: int) -> None:
    """Refuse, with PostgresWouldNotStart, to open data made by another major version than `binaries` have."""
    made_with = data_major(paths)
    if made_with is not None and made_with != major:
        raise PostgresWouldNotStart(
            f"The data in {paths.data} was made by PostgreSQL {made_with}, and the programs in {binaries} are "
            f"version {major}. Set RINGBACK_PG_BIN to the folder of a PostgreSQL {made_with}, or dump the data with it "
            "and restore it here."
        )


# Single-user mode reads one statement per line.
_FIRST_STATEMENTS = f"""\
create role {Role.OWNER} login
create role {Role.APP} login
create database {DATABASE} owner {Role.OWNER}
revoke all on database {DATABASE} from public
grant connect on database {DATABASE} to {Role.APP}
"""


def _initdb_options(major: int, *, is_synced: bool) -> list[str]:
    # The builtin provider folds letters of every language without ICU and never changes with the system's libraries.
    builtin = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    locale = builtin if major >= 17 else ["--locale=C.UTF-8"]
    shared = ["-U", Role.SUPERUSER.value, "-E", "UTF8", "--auth=peer", "--data-checksums", "--no-instructions"]
    return [*shared, *locale, *([] if is_synced else ["--no-sync"])]


def _finish(done: "subprocess.CompletedProcess[str]") -> None:
    # Single-user mode ends with 0 even after a statement failed.
    if done.returncode != 0 or "ERROR:" in done.stderr:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise PostgresWouldNotStart(
            f"The database could not be created: {Path(done.args[0]).name} failed. {remedy(said)} It said last:\n{said}"
        )


def _refuse_if_foreign(place: Path, account: ServerAccount) -> None:
    try:
        found = place.lstat()
    except FileNotFoundError:
        return
    # In a shared /tmp somebody else may have made it first, to listen in our place.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (account.uid, os.geteuid()):
        raise PostgresWouldNotStart(
            f"{place} is needed for the database's socket but belongs to somebody else. Remove it and start again."
        )


def _make_durable(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    os.fsync(descriptor)
    os.close(descriptor)
