"""The embedded PostgreSQL when processes die: nothing acknowledged is lost, and the next start always works."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ringback.store.embedded import DataInUse, EmbeddedPostgres
from ringback.store.embedded.account import choose_account
from ringback.store.embedded.leftovers import mark, server_processes
from tests.patience import PATIENCE_SECONDS
from tests.store.embedded_server import answers, ask, data_of, soon

PROJECT = Path(__file__).parents[2]

SUPERVISOR = """
import sys
from pathlib import Path
from ringback.store.embedded import EmbeddedPostgres
with EmbeddedPostgres(Path(sys.argv[1])) as database:
    print("ready", flush=True)
    sys.stdin.read()
"""

# Prints a number only after PostgreSQL said that it is committed.
WRITER = """
import asyncio, itertools, sys
import asyncpg
async def write():
    connection = await asyncpg.connect(sys.argv[1])
    for number in itertools.count():
        await connection.execute("insert into kept values ($1)", number)
        print(number, flush=True)
asyncio.run(write())
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def database(home: Path) -> Iterator[EmbeddedPostgres]:
    with EmbeddedPostgres(home, fast_unsafe=True) as started:
        yield started


@pytest.fixture
def writing(home: Path, tmp_path: Path) -> Iterator[tuple[EmbeddedPostgres, Callable[[], list[int]]]]:
    """A durable database, a process that writes into it without pause, and what that process was told is committed."""
    told = tmp_path / "told"
    with EmbeddedPostgres(home) as started:
        ask(started.owner_url, "create table kept (number bigint primary key)")
        with told.open("wb") as output:
            writer = subprocess.Popen(
                [sys.executable, "-c", WRITER, started.owner_url], stdout=output, stderr=subprocess.DEVNULL
            )
        try:
            soon(lambda: told.stat().st_size > 1000)
            yield started, lambda: [int(line) for line in told.read_text().split("\n")[:-1]]
        finally:
            writer.kill()
            writer.wait()


@pytest.fixture
def supervisor(home: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process that runs the database on `home`, and has said that it is ready."""
    command = [sys.executable, "-c", SUPERVISOR, str(home)]
    child = subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert child.stdin
    assert child.stdout
    assert child.stdout.readline() == "ready\n"
    yield child
    child.kill()
    child.wait()
    child.stdin.close()
    child.stdout.close()


def test_every_acknowledged_row_survives_a_killed_server(
    writing: tuple[EmbeddedPostgres, Callable[[], list[int]]],
) -> None:
    database, told = writing
    assert database.pid
    os.kill(database.pid, signal.SIGKILL)
    soon(lambda: database.poll() is not None)
    assert database.poll() == -signal.SIGKILL
    assert database.restart_if_dead()
    assert ask(database.owner_url, "select count(*) from kept where number = any($1)", told()) == len(told())


def test_every_acknowledged_row_survives_when_all_processes_are_killed(
    writing: tuple[EmbeddedPostgres, Callable[[], list[int]]], home: Path
) -> None:
    database, told = writing
    for pid in server_processes(data_of(home)):
        os.kill(pid, signal.SIGKILL)
    soon(lambda: database.poll() is not None)
    assert database.restart_if_dead()
    assert ask(database.owner_url, "select count(*) from kept where number = any($1)", told()) == len(told())


def test_the_server_goes_with_a_killed_supervisor_and_the_next_start_works(
    supervisor: "subprocess.Popen[str]", home: Path
) -> None:
    address = EmbeddedPostgres(home).owner_url
    ask(address, "create table kept as select 7 as number")
    supervisor.kill()
    supervisor.wait()
    soon(lambda: not answers(address))
    with EmbeddedPostgres(home) as database:
        assert ask(database.owner_url, "select number from kept") == 7


def test_a_second_start_on_the_same_data_names_the_process_that_holds_it(
    supervisor: "subprocess.Popen[str]", home: Path
) -> None:
    second = EmbeddedPostgres(home)
    with pytest.raises(DataInUse, match=f"already run by the process {supervisor.pid}\\. Stop that Ringback first"):
        second.start()
    assert answers(second.app_url)


def test_a_server_that_outlived_its_supervisor_is_stopped_before_the_next_start(
    database: EmbeddedPostgres, home: Path, tmp_path: Path
) -> None:
    database.stop()
    with _server_without_supervisor(
        database, home, tmp_path / "log", f"cluster_name={mark(data_of(home))}"
    ) as outlived:
        database.start()
        assert outlived.wait(PATIENCE_SECONDS) == 0
        assert answers(database.app_url)


def test_a_server_that_somebody_else_started_on_the_data_is_left_alone(
    database: EmbeddedPostgres, home: Path, tmp_path: Path
) -> None:
    database.stop()
    with _server_without_supervisor(database, home, tmp_path / "log", "cluster_name=theirs") as theirs:
        with pytest.raises(
            DataInUse, match=f"process {theirs.pid} is a PostgreSQL server on .* Ringback did not start"
        ):
            database.start()
        assert theirs.poll() is None
        theirs.send_signal(signal.SIGINT)


def test_the_id_of_a_dead_server_may_belong_to_any_other_process_by_now(database: EmbeddedPostgres, home: Path) -> None:
    database.stop()
    other = subprocess.Popen(["sleep", "600"], user=data_of(home).stat().st_uid if os.geteuid() == 0 else None)
    try:
        (data_of(home) / "postmaster.pid").write_text(f"{other.pid}\n{data_of(home)}\n")
        database.start()
        assert answers(database.app_url)
    finally:
        other.kill()
        other.wait()


def test_a_first_start_cut_short_is_begun_anew(home: Path) -> None:
    abandoned = home / "postgres" / "new-abandoned"
    abandoned.mkdir(parents=True)
    (abandoned / "PG_VERSION").write_text("18\n")
    with EmbeddedPostgres(home, fast_unsafe=True) as database:
        assert answers(database.app_url)
    assert not abandoned.exists()


def _server_without_supervisor(
    database: EmbeddedPostgres, home: Path, log: Path, setting: str
) -> "subprocess.Popen[bytes]":
    data = data_of(home)
    account = choose_account(home, data)
    with log.open("wb") as output, account.way_to(data) as (place, passed):
        server = account.spawn([str(database.binaries / "postgres"), "-D", place, "-c", setting], output, passed)
    soon(lambda: answers(database.app_url))
    return server


def test_a_server_that_does_not_listen_any_more_is_killed_by_stop(database: EmbeddedPostgres) -> None:
    ask(database.owner_url, "create table kept as select 7 as number")
    assert database.pid
    os.kill(database.pid, signal.SIGSTOP)
    database.stop(patience_seconds=0.1)
    database.start()
    assert ask(database.owner_url, "select number from kept") == 7


def test_a_socket_lock_that_names_a_zombie_does_not_keep_the_next_server_out(home: Path) -> None:
    database = EmbeddedPostgres(home, fast_unsafe=True)
    database.start()
    folder = Path(database.app_url.partition("host=")[2].partition("&")[0])
    for pid in server_processes(data_of(home)):
        os.kill(pid, signal.SIGKILL)
    soon(lambda: not server_processes(data_of(home)))
    zombie = subprocess.Popen([sys.executable, "-c", ""])
    # Ended but never waited for: its number still answers to kill(pid, 0), which is all that PostgreSQL asks.
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    lock = next(folder.glob(".s.PGSQL.*.lock"))
    lock.write_text(lock.read_text().replace(lock.read_text().split("\n")[0], str(zombie.pid), 1))
    try:
        database.start()
        assert answers(database.app_url)
    finally:
        database.stop()
        zombie.wait()
