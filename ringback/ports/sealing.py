"""The socket for secrets: whatever the database holds that opens something is sealed before it goes there."""

from dataclasses import dataclass
from typing import NewType, Protocol
from uuid import UUID

# A secret as the database may hold it: "sealed:1:<key id>:<base64url>".
Sealed = NewType("Sealed", str)
SEAL = "sealed:1:"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value belongs; one that is copied to another business, table or column does not open there."""

    business_id: UUID | None
    table: str
    column: str

    @property
    def label(self) -> bytes:
        """The place as bytes, which the seal is bound to."""
        return "\0".join((str(self.business_id or "installation"), self.table, self.column)).encode()


class CannotOpen(ValueError):
    """A secret does not open: its key is not in the key ring, or it was changed. The sentence says what to do."""


class Sealer(Protocol):
    """Seals with the first key of the ring, and opens with any."""

    def seal(self, secret: bytes, place: Place) -> Sealed:
        """Return the secret as the database may hold it."""
        ...

    def unseal(self, kept: str, place: Place) -> bytes:
        """Return the secret; what was kept in the clear before there was a seal is returned as it is.

        Raises CannotOpen.
        """
        ...


def is_sealed(kept: str) -> bool:
    """Return whether a value is sealed."""
    return kept.startswith(SEAL)


def key_id(kept: str) -> str:
    """Return which key a value was sealed with; empty for one in the clear."""
    return kept.removeprefix(SEAL).partition(":")[0] if is_sealed(kept) else ""


def seal_text(sealer: Sealer, secret: str, place: Place) -> Sealed:
    """Return a text, sealed."""
    return sealer.seal(secret.encode(), place)


def open_text(sealer: Sealer, kept: str, place: Place) -> str:
    """Return a sealed text; raises CannotOpen."""
    return sealer.unseal(kept, place).decode()
