"""Where everything of the embedded database lies below RINGBACK_HOME, and the addresses to connect to."""

import hashlib
import os
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

DATABASE = "ringback"
# Linux allows 108 bytes with the closing zero; macOS 104.
_SOCKET_PATH_BYTES = 107 if sys.platform == "linux" else 103
_SOCKET_FILE = ".s.PGSQL.5432"


class Role(StrEnum):
    """Who a connection logs in as: the superuser, the owner of the tables, or the application that owns nothing."""

    SUPERUSER = "postgres"
    OWNER = "ringback_owner"
    APP = "ringback_app"


@dataclass(frozen=True, slots=True)
class ClusterPaths:
    """Every place the embedded database uses; all but a socket that would be too deep lie below `home`."""

    home: Path

    @property
    def root(self) -> Path:
        """Return the folder that holds everything of the database."""
        return self.home / "postgres"

    @property
    def data(self) -> Path:
        """Return PostgreSQL's data directory; present only when it is complete."""
        return self.root / "data"

    @property
    def logs(self) -> Path:
        """Return the folder of the server's log files, one per weekday."""
        return self.root / "log"

    @property
    def start_log(self) -> Path:
        """Return the file with what the server said before it opened its own log."""
        return self.root / "start.log"

    @property
    def lock(self) -> Path:
        """Return the file that is locked, and names our process id, while we run a server on the data."""
        return self.root / "lock"

    @property
    def socket(self) -> Path:
        """Return the folder of the unix socket: below home, or a short one if that path is too long to connect to."""
        inside = self.root / "run"
        # asyncpg splits a host at commas.
        if len(os.fsencode(inside / _SOCKET_FILE)) <= _SOCKET_PATH_BYTES and "," not in str(inside):
            return inside
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:16]
        # Only root may write to /run; a user's folder there vanishes at logout, under a running server.
        place = "/run" if os.geteuid() == 0 and Path("/run").is_dir() else "/tmp"  # noqa: S108 (a folder found there is checked)
        return Path(place) / f"ringback-{os.geteuid()}-{digest}"

    @property
    def shelves(self) -> tuple[Path, Path]:
        """Return where copies of PostgreSQL's programs may lie, best first."""
        return self.root / "binaries", Path("/var/cache/ringback")

    def url(self, role: Role, database: str = DATABASE) -> str:
        """Return the address for asyncpg or libpq; the user is proved by the socket, so there is no password."""
        return f"postgresql://{role}@/{quote(database, safe='')}?host={quote(str(self.socket), safe='/')}&port=5432"
