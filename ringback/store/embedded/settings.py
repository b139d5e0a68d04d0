"""What the server is told: memory and processes for a small machine, its log, and who may connect as which role."""

import os
from collections.abc import Mapping
from pathlib import Path

from ringback.store.embedded.account import ServerAccount, our_name
from ringback.store.embedded.paths import ClusterPaths, Role


def write_settings(paths: ClusterPaths, account: ServerAccount, settings: Mapping[str, str]) -> None:
    """Replace the server's settings files: postgresql.conf, who may connect, and which system user is which role."""
    lines = [f"{name} = '{_quoted(value)}'" for name, value in settings.items()]
    _replace(paths.data / "postgresql.conf", "\n".join([_HEADING, *lines, ""]), account)
    _replace(paths.data / "pg_hba.conf", "\n".join([_HEADING, *_ACCESS, ""]), account)
    # The socket tells the server which system user connects; web and worker run as we do.
    people = dict.fromkeys((our_name(), account.name))
    mapped = [f'ringback "{person}" {role}' for person in people for role in Role]
    _replace(paths.data / "pg_ident.conf", "\n".join([_HEADING, *mapped, ""]), account)


def server_settings(paths: ClusterPaths, major: int) -> dict[str, str]:
    """Return the settings of a small machine: little memory, few processes when idle, no loss of what was committed."""
    settings = {
        "listen_addresses": "",
        # Relative to the data directory, where the server's user can always go.
        "unix_socket_directories": "../run" if paths.socket.parent == paths.root else str(paths.socket),
        "unix_socket_permissions": "0700",
        "max_connections": "60",
        "shared_buffers": "64MB",
        # Files survive what clears /dev/shm: a 64 MB container limit, or systemd's RemoveIPC when its user logs out.
        "dynamic_shared_memory_type": "mmap",
        # Our queries are short: compiling them or spreading them over processes costs more than it saves.
        "jit": "off",
        "max_worker_processes": "2",
        "max_parallel_workers_per_gather": "0",
        "max_logical_replication_workers": "0",
        "autovacuum_max_workers": "2",
        # The job queue is mostly dead rows within seconds: it is looked at more often than once a minute.
        "autovacuum_naptime": "10s",
        "synchronous_commit": "on",
        # Enough for a base backup or a standby later; the switch needs a restart, so it is on from the first day.
        "wal_level": "replica",
        "max_wal_senders": "3",
        # Bounds both the disk space and how long recovery takes after a crash.
        "min_wal_size": "64MB",
        "max_wal_size": "256MB",
        "timezone": "UTC",
        "lc_messages": "C",
        "default_text_search_config": "pg_catalog.english",
    } | _LOGGING
    if major >= 18:
        # Spares three processes that a small machine has no use for.
        settings["io_method"] = "sync"
    return settings


# For tests: a killed server still keeps what it acknowledged, a power cut ruins everything.
UNSAFE_SETTINGS = {"fsync": "off", "full_page_writes": "off"}

_HEADING = "# Written by Ringback at every start: changes here are lost. Use ALTER SYSTEM, or Ringback's own settings."

_ACCESS = ("local all all peer map=ringback", "local replication all peer map=ringback")

_LOGGING = {
    "logging_collector": "on",
    "log_directory": "../log",
    # One file per weekday, written over a week later: the log can never fill the disk by age.
    "log_filename": "postgres-%a.log",
    "log_rotation_age": "1d",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    "log_statement": "none",
    # Statements and row values hold phone numbers and texts of callers: they stay out of the log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


def _replace(file: Path, text: str, account: ServerAccount) -> None:
    # As root we write into a folder of another user: a fresh file put in place never follows a link planted there.
    fresh = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(text)
    account.give(fresh)
    fresh.rename(file)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")
