"""New ids: UUID version 7, so that rows made together lie together in every index (RFC 9562)."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a UUID whose first bits are the present: ids made one after the other sort in that order."""
    return uuid7(time.time_ns(), os.urandom(8))


def read_id(text: str | None) -> UUID | None:
    """Return the id that a text from outside is, or None where it is none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


def uuid7(nanoseconds: int, randomness: bytes) -> UUID:
    """Return the UUID version 7 of a Unix instant and 8 random bytes.

    The 12 bits after the milliseconds hold the fraction of the millisecond (RFC 9562, section 6.2, method 3).
    """
    milliseconds, rest = divmod(nanoseconds, 1_000_000)
    fraction = rest * 4096 // 1_000_000
    value = (milliseconds & (2**48 - 1)) << 80 | 7 << 76 | fraction << 64
    return UUID(int=value | 2 << 62 | int.from_bytes(randomness, "big") & (2**62 - 1))
