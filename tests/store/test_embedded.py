"""The embedded PostgreSQL as its users see it: it starts by itself, each role can do what it must, and it stops."""

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from ringback.store.embedded import EmbeddedPostgres, PostgresWouldNotStart, Role
from ringback.store.embedded.binaries import choose_binaries, find_binaries, major_version
from ringback.store.embedded.leftovers import server_processes
from ringback.store.embedded.paths import ClusterPaths
from tests.patience import PATIENCE_SECONDS
from tests.store.embedded_server import answers, ask, data_of, soon

SYSTEM_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared") / "home"


@pytest.fixture(scope="module")
def database(shared_home: Path) -> Iterator[EmbeddedPostgres]:
    """One server for all tests that leave it running."""
    with EmbeddedPostgres(shared_home, fast_unsafe=True) as started:
        yield started


@pytest.mark.parametrize("role", list(Role))
def test_the_first_start_makes_a_database_each_role_can_log_in_to(database: EmbeddedPostgres, role: Role) -> None:
    assert ask(database.url(role), "select current_user || '@' || current_database()") == f"{role}@ringback"


def test_letters_of_every_language_fold_to_lower_case(database: EmbeddedPostgres) -> None:
    assert ask(database.app_url, "select lower('ÉÑÜŁŽ')") == "éñüłž"


def test_the_owner_owns_the_database_and_the_app_owns_nothing(database: EmbeddedPostgres) -> None:
    owner = ask(database.superuser_url, "select pg_get_userbyid(datdba) from pg_database where datname = 'ringback'")
    owned = "select count(*) from pg_shdepend where deptype = 'o' and refobjid = 'ringback_app'::regrole"
    assert owner == Role.OWNER
    assert ask(database.superuser_url, owned) == 0


@pytest.mark.parametrize("role", [Role.OWNER, Role.APP])
def test_neither_owner_nor_app_has_a_special_power(database: EmbeddedPostgres, role: Role) -> None:
    powers = "rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls"
    assert not ask(database.superuser_url, f"select {powers} from pg_roles where rolname = $1", role.value)


@pytest.mark.parametrize(
    "statement", ["create table t ()", "create schema s", "create temporary table t ()", "create role r"]
)
def test_the_app_cannot_create_anything(database: EmbeddedPostgres, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        ask(database.app_url, statement)


def test_the_app_reads_a_table_only_once_it_is_allowed_to(database: EmbeddedPostgres) -> None:
    ask(database.owner_url, "create table kept as select 7 as number")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        ask(database.app_url, "select number from kept")
    ask(database.owner_url, "grant select on kept to ringback_app")
    assert ask(database.app_url, "select number from kept") == 7


def test_nobody_else_reaches_the_server(database: EmbeddedPostgres, shared_home: Path) -> None:
    assert ask(database.superuser_url, "show listen_addresses") == ""
    assert stat.S_IMODE(ClusterPaths(shared_home).socket.stat().st_mode) == 0o700
    assert stat.S_IMODE(data_of(shared_home).stat().st_mode) == 0o700


def test_a_clean_stop_keeps_the_rows_and_frees_the_files(home: Path) -> None:
    with EmbeddedPostgres(home) as first:
        ask(first.owner_url, "create table kept as select 7 as number")
    assert not first.alive()
    assert server_processes(data_of(home)) == []
    with EmbeddedPostgres(home) as second:
        assert ask(second.owner_url, "select number from kept") == 7


def test_stop_ends_open_connections_and_may_be_repeated(home: Path) -> None:
    database = EmbeddedPostgres(home, fast_unsafe=True)
    database.start()
    sleeper = subprocess.Popen([database.binaries / "psql", database.owner_url, "-c", "select pg_sleep(600)"])
    busy = "select count(*) from pg_stat_activity where query = 'select pg_sleep(600)'"
    soon(lambda: bool(ask(database.superuser_url, busy)))
    database.stop()
    database.stop()
    assert sleeper.wait(PATIENCE_SECONDS) != 0


def test_start_while_running_changes_nothing(database: EmbeddedPostgres) -> None:
    pid = database.pid
    database.start()
    assert database.pid == pid
    assert database.poll() is None
    assert not database.restart_if_dead()


@pytest.mark.parametrize("name", ["deep/" * 40, "one, two", 'Olga\'s 100% "dental" files', "é" * 60])
def test_any_home_path_will_do(tmp_path: Path, name: str) -> None:
    home = tmp_path / name / "home"
    with EmbeddedPostgres(home, fast_unsafe=True) as database:
        assert answers(database.app_url)
    assert len(os.fsencode(ClusterPaths(home).socket / ".s.PGSQL.5432")) <= 107
    _forget_short_socket(home)


def test_among_several_programs_those_of_the_data_are_taken() -> None:
    newest = find_binaries(None)
    assert choose_binaries([Path("/nowhere"), newest], major_version(newest)) == newest
    assert find_binaries(None, major_version(newest)) == newest


@pytest.mark.skipif(not SYSTEM_BINARIES, reason="needs a system PostgreSQL (apt-get install postgresql)")
def test_the_programs_of_the_system_run_it_as_well(home: Path) -> None:
    with EmbeddedPostgres(home, SYSTEM_BINARIES[0], fast_unsafe=True) as database:
        assert ask(database.app_url, "select lower('É')") == "é"
        assert database.binaries == SYSTEM_BINARIES[0]


def test_extra_settings_win_and_a_wrong_one_is_told(home: Path) -> None:
    with EmbeddedPostgres(home, extra_settings={"work_mem": "5MB"}, fast_unsafe=True) as database:
        assert ask(database.app_url, "show work_mem") == "5MB"
    with pytest.raises(PostgresWouldNotStart, match=r"extra database settings is wrong.*\n.*no_such_setting"):
        EmbeddedPostgres(home, extra_settings={"no_such_setting": "1"}).start()


def test_committed_means_on_disk_unless_asked_otherwise(home: Path) -> None:
    with EmbeddedPostgres(home) as database:
        assert [ask(database.app_url, f"show {name}") for name in ("fsync", "synchronous_commit")] == ["on", "on"]


def test_the_log_holds_no_phone_number_of_a_failed_statement(database: EmbeddedPostgres, shared_home: Path) -> None:
    ask(database.owner_url, "create table caller (phone text primary key)")
    ask(database.owner_url, "insert into caller values ('+15550100')")
    with pytest.raises(asyncpg.UniqueViolationError):
        ask(database.owner_url, "insert into caller values ('+15550100')")
    logs = [log.read_text() for log in ClusterPaths(shared_home).logs.iterdir()]
    assert "duplicate key" in "".join(logs)
    assert "+15550100" not in "".join(logs)


def _forget_short_socket(home: Path) -> None:
    socket = ClusterPaths(home).socket
    if not socket.is_relative_to(home):
        socket.rmdir()
