"""The key ring and its seal: what opens, what does not, and what a person is told then."""

import os
import stat
from pathlib import Path
from uuid import UUID

import pytest

from ringback.ports.sealing import CannotOpen, Place, is_sealed, key_id
from ringback.settings import Settings
from ringback.wiring.secrets import (
    BadKeys,
    KeyRing,
    RingSealer,
    key_file,
    make_sealer,
    new_key,
    read_keys,
    write_keys,
)
from ringback.workflows.secrets import NoSealer

HERE = Place(UUID(int=1), "connections", "settings.auth_token")
ELSEWHERE = [
    Place(UUID(int=2), "connections", "settings.auth_token"),
    Place(None, "connections", "settings.auth_token"),
    Place(UUID(int=1), "set_ups", "settings.auth_token"),
    Place(UUID(int=1), "connections", "settings.account_sid"),
]


def sealer_of(*keys: str) -> RingSealer:
    """A sealer with these keys, the first of which seals."""
    return RingSealer(KeyRing(None, read_keys(",".join(keys), "the test")))


def at(home: Path) -> Settings:
    """Settings of an installation whose keys are in a file below `home`."""
    return Settings.model_validate({"home": home, "secret_keys": None})


def test_a_secret_comes_back_and_its_seal_shows_nothing_of_it() -> None:
    sealer = sealer_of(new_key())
    first, second = (sealer.seal(b"harbor's token", HERE) for _ in range(2))

    assert first != second, "the same secret twice must not look the same"
    assert is_sealed(first)
    assert "harbor" not in first
    assert sealer.unseal(first, HERE) == sealer.unseal(second, HERE) == b"harbor's token"


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_seal_that_was_moved_elsewhere_does_not_open(place: Place) -> None:
    sealer = sealer_of(new_key())
    sealed = sealer.seal(b"harbor's token", HERE)

    with pytest.raises(CannotOpen, match="changed, or moved"):
        sealer.unseal(sealed, place)


def test_a_seal_of_which_one_character_was_changed_does_not_open() -> None:
    sealer = sealer_of(new_key())
    sealed = sealer.seal(b"harbor's token", HERE)
    start = sealed.rindex(":") + 1
    for position in range(start, len(sealed) - 1):
        changed = "A" if sealed[position] != "A" else "B"
        with pytest.raises(CannotOpen):
            sealer.unseal(sealed[:position] + changed + sealed[position + 1 :], HERE)
    with pytest.raises(CannotOpen):
        sealer.unseal(sealed[:start], HERE)


def test_the_first_key_seals_and_all_open() -> None:
    old, new = new_key(), new_key()
    before = sealer_of(old).seal(b"token", HERE)
    both = sealer_of(new, old)

    assert both.unseal(before, HERE) == b"token"
    assert key_id(both.seal(b"token", HERE)) == both.key_ids[0] != key_id(before)


def test_a_lost_key_is_named_with_what_to_do_and_no_secret() -> None:
    sealed = sealer_of(new_key()).seal(b"token", HERE)

    with pytest.raises(CannotOpen, match=f"the key {key_id(sealed)}, which is not in RINGBACK_SECRET_KEYS") as told:
        sealer_of(new_key()).unseal(sealed, HERE)
    assert "token" not in str(told.value)


@pytest.mark.parametrize(
    "keys", ["short", new_key() + ",!!", new_key()[:-3], "," * 3], ids=["short", "second", "cut", "none"]
)
def test_keys_that_are_none_are_refused_in_a_sentence_that_does_not_repeat_them(keys: str) -> None:
    with pytest.raises(BadKeys) as told:
        read_keys(keys, "RINGBACK_SECRET_KEYS")
    assert "RINGBACK_SECRET_KEYS" in str(told.value)
    assert not any(key in str(told.value) for key in keys.split(",") if len(key) > 5)


def test_the_first_start_makes_a_key_file_for_its_owner_alone_and_the_second_keeps_it(tmp_path: Path) -> None:
    settings = at(tmp_path / "home")
    sealed = make_sealer(settings).seal(b"token", HERE)

    assert make_sealer(settings).unseal(sealed, HERE) == b"token"
    assert stat.S_IMODE(key_file(settings).stat().st_mode) == 0o600
    assert [entry.name for entry in (tmp_path / "home").iterdir()] == [key_file(settings).name]


def test_a_running_process_takes_up_a_new_key_by_itself(tmp_path: Path) -> None:
    settings = at(tmp_path)
    running = make_sealer(settings)
    before = running.seal(b"token", HERE)
    old = key_file(settings).read_text().strip()
    write_keys(key_file(settings), [new_key(), old])
    # Two writes within one tick of the file system's clock must not be taken for one.
    os.utime(key_file(settings), ns=(1, key_file(settings).stat().st_mtime_ns + 1))

    by_other = make_sealer(settings).seal(b"token", HERE)
    assert running.unseal(by_other, HERE) == running.unseal(before, HERE) == b"token"
    assert key_id(running.seal(b"token", HERE)) == key_id(by_other)


def test_an_empty_or_missing_key_file_says_that_the_backup_has_it(tmp_path: Path) -> None:
    settings = at(tmp_path)
    sealer = make_sealer(settings)
    key_file(settings).write_text("")
    with pytest.raises(BadKeys, match="Restore it from your backup"):
        make_sealer(settings)
    key_file(settings).unlink()
    with pytest.raises(BadKeys, match="Restore it from your backup"):
        sealer.seal(b"token", HERE)


def test_a_process_without_a_key_ring_keeps_no_secret_in_the_clear() -> None:
    with pytest.raises(CannotOpen, match="no key ring"):
        NoSealer().seal(b"token", HERE)
    with pytest.raises(CannotOpen, match="no key ring"):
        NoSealer().unseal(sealer_of(new_key()).seal(b"token", HERE), HERE)
