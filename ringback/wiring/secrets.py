"""The key ring: AES-256-GCM keys that are never in the database, and the seal that is made with them."""

import hashlib
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ringback.ports.sealing import SEAL, CannotOpen, Place, Sealed, is_sealed, key_id
from ringback.settings import Settings

FILE_NAME = "secret-keys"
_KEY_BYTES = 32
# NIST SP 800-38D 8.2.2: 96 random bits for each message, below 2^32 messages a key.
_NONCE_BYTES = 12


class BadKeys(CannotOpen):
    """The key ring cannot be used: the sentence says which key, from where, and what a key looks like."""


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One key of the ring. `key_id` stands in front of everything sealed with it, and tells nothing about it."""

    key_id: str
    cipher: AESGCM


@dataclass(slots=True, repr=False)
class KeyRing:
    """The keys in their order. Those of a file are read again when it changes, so that no process must restart."""

    path: Path | None
    _keys: tuple[Key, ...] = ()
    _read_at: int = field(default=0)

    def keys(self, *, again: bool = False) -> tuple[Key, ...]:
        """Return the keys, the one that seals first; `again` reads a changed file anew. Raises BadKeys."""
        if self.path is None or not (again or not self._keys):
            return self._keys
        changed = _changed_at(self.path)
        if not self._keys or changed != self._read_at:
            # The instant before the content: a change between the two is then seen the next time.
            self._keys, self._read_at = read_keys(_read(self.path), str(self.path)), changed
        return self._keys


@dataclass(frozen=True, slots=True, repr=False)
class RingSealer:
    """Seals for one place: a value moved to another business, table or column does not open."""

    ring: KeyRing

    def seal(self, secret: bytes, place: Place) -> Sealed:
        """Return the secret, sealed with the first key; raises BadKeys."""
        # Seldom done, and after a rotation nothing may be sealed with the old key any more.
        key = self.ring.keys(again=True)[0]
        nonce = os.urandom(_NONCE_BYTES)
        box = nonce + key.cipher.encrypt(nonce, secret, place.label)
        return Sealed(f"{SEAL}{key.key_id}:{urlsafe_b64encode(box).decode().rstrip('=')}")

    def unseal(self, kept: str, place: Place) -> bytes:
        """Return the secret; raises CannotOpen, and BadKeys where there is no ring."""
        if not is_sealed(kept):
            return kept.encode()
        key = self._find(key_id(kept))
        box = _decode(kept.removeprefix(SEAL).partition(":")[2])
        try:
            return key.cipher.decrypt(box[:_NONCE_BYTES], box[_NONCE_BYTES:], place.label)
        except (InvalidTag, ValueError) as error:
            raise CannotOpen(
                f"A secret in {place.table}.{place.column} does not open: it was changed, or moved from elsewhere. "
                "Restore it from a backup, or enter it once more."
            ) from error

    def _find(self, wanted: str) -> Key:
        for again in (False, True):
            for key in self.ring.keys(again=again):
                if key.key_id == wanted:
                    return key
        where = self.ring.path or "RINGBACK_SECRET_KEYS"
        raise CannotOpen(
            f"A secret was sealed with the key {wanted}, which is not in {where}. "
            "Put that key back behind the first one, or enter the secret once more."
        )

    @property
    def key_ids(self) -> tuple[str, ...]:
        """The ids of the keys, the one that seals first; raises BadKeys."""
        return tuple(key.key_id for key in self.ring.keys(again=True))


def make_sealer(settings: Settings) -> RingSealer:
    """Return the sealer of this installation; raises BadKeys. A key file is made at the first start."""
    if settings.secret_keys:
        return RingSealer(KeyRing(None, read_keys(settings.secret_keys.get_secret_value(), "RINGBACK_SECRET_KEYS")))
    path = key_file(settings)
    if not path.exists():
        _create(path, new_key())
    ring = KeyRing(path)
    ring.keys()
    return RingSealer(ring)


def key_file(settings: Settings) -> Path:
    """Return where the keys are, unless RINGBACK_SECRET_KEYS holds them."""
    return settings.home.expanduser() / FILE_NAME


def new_key() -> str:
    """Return a new key as it is written in the environment or the file: 32 random bytes, base64url."""
    return urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode().rstrip("=")


def read_keys(text: str, where: str) -> tuple[Key, ...]:
    """Return the keys of a comma or line separated text; raises BadKeys."""
    words = text.replace(",", " ").split()
    if not words:
        raise BadKeys(f"{where} holds no key. Restore it from your backup: without it no stored secret opens.")
    return tuple(_read_key(word, number, where) for number, word in enumerate(words, start=1))


def _read_key(word: str, number: int, where: str) -> Key:
    raw = _decode(word)
    if len(raw) != _KEY_BYTES:
        raise BadKeys(
            f"Key {number} of {where} is none: a key is {_KEY_BYTES} bytes in base64 (`ringback secrets new`)."
        )
    # A name for the key, from which nobody learns the key.
    return Key(hashlib.sha256(b"ringback key" + raw).hexdigest()[:8], AESGCM(raw))


def write_keys(path: Path, words: Sequence[str]) -> None:
    """Replace the key file at one stroke: a process that reads meanwhile sees the old one or the new one."""
    _write_beside(path, words).replace(path)


def _create(path: Path, word: str) -> None:
    beside = _write_beside(path, [word])
    try:
        # Of two processes that start at once only one makes the key, and none ever sees half a file.
        os.link(beside, path)
    except FileExistsError:
        return
    finally:
        beside.unlink()


def _write_beside(path: Path, words: Sequence[str]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write("\n".join(words) + "\n")
        file.flush()
        # A key that a power cut takes is a key that opens nothing any more.
        os.fsync(file.fileno())
    return beside


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError as error:
        raise BadKeys(f"The key file {path} cannot be read ({error.strerror}). Restore it from your backup.") from error


def _changed_at(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise BadKeys(f"The key file {path} cannot be read ({error.strerror}). Restore it from your backup.") from error


def _decode(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text.replace("+", "-").replace("/", "_") + "=" * (-len(text) % 4))
    except (ValueError, NotBase64):
        return b""
