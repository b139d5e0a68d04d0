"""What can keep the embedded PostgreSQL from starting, each with a sentence for the person who reads it."""

DAMAGED = "The database files are damaged: restore them from a backup, or move them away to begin empty."


class PostgresWouldNotStart(Exception):
    """The embedded database cannot run; the message says what happened, what to do, and the server's last log lines."""


class NoPostgresBinaries(PostgresWouldNotStart):
    """No usable `postgres` and `initdb` (15 or newer) were found; the message says how to get them."""


class DataInUse(PostgresWouldNotStart):
    """Another process runs a database on the same files; the message names its process id."""


def remedy(said: str) -> str:
    """Return the sentence that tells the operator what to do about the last lines PostgreSQL's programs wrote."""
    return next((told for sign, told in _REMEDIES.items() if sign in said), "Its last lines say why.")


# Signs in the server's own English (it runs with LC_MESSAGES=C); the first that fits wins.
_REMEDIES = {
    "No space left on device": "The disk is full: free some space and start again; what was committed is kept.",
    "Read-only file system": "The disk cannot be written to: make it writable and start again.",
    "Permission denied": "A file or folder below RINGBACK_HOME has the wrong owner or rights.",
    "checkpoint record": DAMAGED,
    "control file": DAMAGED,
    "pg_control": DAMAGED,
    # The major version is compared before: what is left is a control file of nonsense.
    "incompatible with server": DAMAGED,
    "configuration file": "One of the extra database settings is wrong: correct or remove it.",
    "shared memory": "Another program still holds the database's memory: end it, or restart the machine.",
}
