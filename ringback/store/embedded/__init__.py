"""PostgreSQL run by Ringback itself: found, created, started, watched and stopped without anybody's help."""

from ringback.store.embedded.binaries import find_binaries
from ringback.store.embedded.errors import DataInUse, NoPostgresBinaries, PostgresWouldNotStart
from ringback.store.embedded.paths import Role
from ringback.store.embedded.server import EmbeddedPostgres

__all__ = ["DataInUse", "EmbeddedPostgres", "NoPostgresBinaries", "PostgresWouldNotStart", "Role", "find_binaries"]
