"""A backup by pg_dump, as the owner, has every row; one that would be empty fails instead of saying nothing."""

import asyncio
import subprocess
from pathlib import Path

import asyncpg

from ringback.store.db import Connection
from ringback.store.embedded import find_binaries
from tests.cast import harbor, rex
from tests.database import Server
from tests.store.places import connected, empty_database
from tests.store.stock import dump_rows, stock

TABLES = "select schemaname, tablename from pg_tables where schemaname in ('public', 'jobs')"


async def _run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(find_binaries(None) / tool), *arguments]
    return await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)


async def _counts(url: str) -> dict[str, int]:
    """Return how many rows the owner counts in each table."""
    async with connected(url) as owner:
        tables = await owner.fetch(TABLES)
        return {name: await owner.fetchval(f"select count(*) from {schema}.{name}") for schema, name in tables}


def _copied(backup: str) -> dict[str, int]:
    """Return how many rows a plain backup holds of each table."""
    counts: dict[str, int] = {}
    table = None
    for line in backup.splitlines():
        if line.startswith("COPY "):
            table = line.split()[1].split(".")[1]
            counts[table] = 0
        elif line == "\\.":
            table = None
        elif table is not None:
            counts[table] += 1
    return counts


async def test_a_backup_by_the_owner_has_every_row_and_can_be_restored(
    server: Server, pool: asyncpg.Pool, tmp_path: Path
) -> None:
    for shop, word in ((harbor(), "harbor"), (rex(), "rival")):
        await stock(pool, shop, word)
    url = server.owner_url(await pool.fetchval("select current_database()"))
    backup = await _run("pg_dump", "--enable-row-security", f"--dbname={url}")
    counted = await _counts(url)
    assert (backup.returncode, backup.stderr) == (0, "")
    assert _copied(backup.stdout) == counted
    assert counted["businesses"] == 2
    assert min(counted[table] for table in ("calls", "messages", "threads", "text_backs", "opt_outs", "pgqueuer")) >= 2

    (tmp_path / "backup.sql").write_text(backup.stdout, encoding="utf-8")
    await _restore(server, pool, tmp_path / "backup.sql", counted)


async def _restore(server: Server, pool: asyncpg.Pool, backup: Path, counted: dict[str, int]) -> None:
    async with empty_database(server) as name:
        url = server.owner_url(name)
        restored = await _run("psql", "-X", "-v", "ON_ERROR_STOP=1", f"--dbname={url}", f"--file={backup}")
        assert (restored.returncode, restored.stderr) == (0, "")
        assert await _counts(url) == counted
        async with connected(server.app_url(name)) as copy, pool.acquire() as original:
            assert await _harbors_rows(copy) == await _harbors_rows(original)


async def _harbors_rows(connection: Connection) -> list[str]:
    business_id = harbor().business_id
    await connection.execute("select set_config('app.business', $1, false)", str(business_id))
    return await dump_rows(connection, business_id)


async def test_a_backup_that_row_level_security_would_empty_fails_aloud(server: Server, pool: asyncpg.Pool) -> None:
    url = server.owner_url(await pool.fetchval("select current_database()"))
    by_owner = await _run("pg_dump", f"--dbname={url}")
    by_app = await _run(
        "pg_dump", "--enable-row-security", f"--dbname={url.replace('ringback_owner@', 'ringback_app@')}"
    )

    assert by_owner.returncode != 0
    assert "would be affected by row-level security" in by_owner.stderr
    assert by_app.returncode != 0
