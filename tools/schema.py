"""Write ringback/store/schema.sql: what all migrations amount to, for people to read. Run it after a new migration."""

import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import asyncpg

from ringback.store.embedded import EmbeddedPostgres, Role, find_binaries
from ringback.store.migrate import migrate

SCHEMA = Path(__file__).parents[1] / "ringback" / "store" / "schema.sql"
_HEAD = """\
-- Made by tools/schema.py: what all migrations amount to. Never edit it; add a migration and make it anew.
-- tests/store/test_migrations.py proves that it and the migrations give the same database.

-- Functions come before the tables that they name.
SET check_function_bodies = false;

"""
# What pg_dump says of itself and of its session; the token after \restrict is random.
_NOISE = re.compile(r"--($| .*)|\\(un)?restrict .*|SET (?!default_)\w+ = .*|SELECT pg_catalog\.set_config\(.*")


def dump(database_url: str) -> str:
    """Return the schema of a database as SQL that any owner may run: no owner is named, nothing is random."""
    command = [str(find_binaries(None) / "pg_dump"), "--schema-only", "--no-owner", f"--dbname={database_url}"]
    written = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return _HEAD + plain(written)


def plain(written: str) -> str:
    """Return pg_dump's SQL without its session settings, its headings and the name of the owner."""
    lines = [line for line in written.splitlines() if not _NOISE.fullmatch(line)]
    owned = re.sub(r"\b(TO|FOR ROLE) ringback_owner\b", r"\1 CURRENT_USER", "\n".join(lines))
    return re.sub(r"\n{3,}", "\n\n", owned).strip() + "\n"


async def _migrate(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await migrate(connection)
    finally:
        await connection.close()


def main() -> None:
    """Migrate an empty database and write its schema down."""
    with tempfile.TemporaryDirectory() as home, EmbeddedPostgres(Path(home), fast_unsafe=True) as postgres:
        asyncio.run(_migrate(postgres.url(Role.OWNER)))
        SCHEMA.write_text(dump(postgres.url(Role.OWNER)), encoding="utf-8")
    sys.stdout.write(f"{SCHEMA} is up to date\n")


if __name__ == "__main__":
    main()
