"""Everything sealed with the newest key: after migrations for what was in the clear, and when keys are rotated."""

from dataclasses import dataclass
from datetime import datetime

from ringback.ports.sealing import CannotOpen, Sealer
from ringback.store import installation_keys, sealing
from ringback.store.db import Connection
from ringback.workflows.secrets import open_key, seal_key

_BATCH = 200
# Opened by every process that says whether it is ready: one that lacks the key finds out before a caller does.
_PROBE = "key_ring_probe"


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many values were sealed anew, and the sentences of those that do not open."""

    done: int
    stuck: tuple[str, ...]


async def seal_all(connection: Connection, sealer: Sealer, key_id: str, now: datetime) -> Resealed:
    """Seal whatever is in the clear or sealed with another key than `key_id`; the connection is the owner's.

    Can be stopped and run again at any time, beside web and worker.
    """
    await installation_keys.keep_key(connection, _PROBE, seal_key(sealer, _PROBE, {"opens": "yes"}), now)
    done, stuck = 0, list[str]()
    while batch := await sealing.list_sealed_otherwise(connection, key_id, len(stuck), _BATCH):
        for old in batch:
            try:
                secret = sealer.unseal(old.kept, old.bound_to)
            except CannotOpen as error:
                stuck.append(str(error))
                continue
            await sealing.replace_kept(connection, old, sealer.seal(secret, old.bound_to))
            done += 1
    return Resealed(done, tuple(dict.fromkeys(stuck)))


async def find_locked(connection: Connection, sealer: Sealer) -> list[str]:
    """Return a sentence for each key of the installation that this process cannot open."""
    found = []
    for name, value in await installation_keys.list_keys(connection):
        try:
            open_key(sealer, name, value)
        except CannotOpen as error:
            found.append(str(error))
    return list(dict.fromkeys(found))
