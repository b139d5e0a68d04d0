"""New ids: UUID version 7, so that rows made together lie together in every index (RFC 9562)."""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a UUID whose first 48 bits are Unix milliseconds and whose other bits are random."""
    return uuid7(time.time_ns() // 1_000_000, os.urandom(10))


def uuid7(milliseconds: int, randomness: bytes) -> UUID:
    """Return the UUID version 7 of an instant and 10 random bytes."""
    value = (milliseconds & (2**48 - 1)) << 80 | int.from_bytes(randomness, "big")
    value = value & ~(0xF << 76) | 7 << 76
    return UUID(int=value & ~(3 << 62) | 2 << 62)
