"""`secrets`: the keys that stored secrets are sealed with: which there are, what is sealed with each, and new ones."""

from collections import Counter
from typing import Any

from ringback import wiring
from ringback.cli.database import as_owner
from ringback.cli.output import fail
from ringback.settings import Settings
from ringback.store import sealing
from ringback.wiring.secrets import BadKeys, RingSealer, key_file, make_sealer, new_key, write_keys
from ringback.workflows.resealing import Resealed, seal_all

_CLEAR = "in the clear"


def need_sealer(settings: Settings) -> RingSealer:
    """Return the sealer, or end with a sentence where the keys cannot be used."""
    try:
        return make_sealer(settings)
    except BadKeys as error:
        fail(str(error))


def show_status(settings: Settings) -> dict[str, Any]:
    """`ringback secrets status`: the keys by id, how many values each has sealed, and what no key opens."""
    sealer = need_sealer(settings)
    counted = as_owner(settings, sealing.count_by_key)
    by_key = Counter[str]()
    for _, key_id, count in counted:
        by_key[key_id or _CLEAR] += count
    known = sealer.key_ids
    lost = sorted(set(by_key) - set(known) - {_CLEAR})
    return {
        "from": "RINGBACK_SECRET_KEYS" if settings.secret_keys else str(key_file(settings)),
        "keys": [{"key": key, "seals": key == known[0], "sealed": by_key[key]} for key in known],
        "in_the_clear": by_key[_CLEAR],
        "lost_keys": [{"key": key, "sealed": by_key[key]} for key in lost],
        "next": _next_step(by_key, known, lost),
    }


def _next_step(by_key: Counter[str], known: tuple[str, ...], lost: list[str]) -> str:
    if lost:
        return f"Put the key(s) {', '.join(lost)} back behind the first one, or enter those secrets once more."
    if by_key[_CLEAR] or any(by_key[key] for key in known[1:]):
        return "Run `ringback secrets rotate`: not everything is sealed with the first key."
    unused = ", ".join(known[1:])
    return f"Nothing is sealed with {unused} any more: `ringback secrets drop`." if unused else "All is sealed."


def rotate(settings: Settings) -> dict[str, Any]:
    """`ringback secrets rotate`: everything sealed with a new key, while web and worker go on.

    Keys of the environment are the operator's: then everything is sealed with the first of them.
    """
    sealer = need_sealer(settings)
    if not settings.secret_keys:
        path = key_file(settings)
        # Running processes read the file again, so that from here on everybody seals with the new key.
        write_keys(path, [new_key(), *path.read_text().split()])
    done = seal_everything(settings, sealer)
    if done.stuck:
        fail("\n- ".join([f"{done.done} sealed anew, but not everything opens:", *done.stuck]))
    return {"sealed_with": sealer.key_ids[0], "sealed_anew": done.done, "keys": list(sealer.key_ids)}


def drop_old(settings: Settings) -> dict[str, Any]:
    """`ringback secrets drop`: old keys leave the key file, where nothing is sealed with them any more."""
    sealer = need_sealer(settings)
    first, *old = sealer.key_ids
    if settings.secret_keys:
        fail("The keys are in RINGBACK_SECRET_KEYS: take the old ones out there (`ringback secrets status` counts).")
    still = {key_id for _, key_id, _ in as_owner(settings, sealing.count_by_key)} & set(old)
    if still:
        fail(f"Still sealed with {', '.join(sorted(still))}: run `ringback secrets rotate` first.")
    path = key_file(settings)
    write_keys(path, path.read_text().split()[:1])
    return {"keys": [first], "dropped": old}


def seal_everything(settings: Settings, sealer: RingSealer) -> Resealed:
    """Seal whatever is not sealed with the first key; does nothing where everything is."""
    now = wiring.make_clock(settings).now()
    key_id = sealer.key_ids[0]
    return as_owner(settings, lambda connection: seal_all(connection, sealer, key_id, now))
