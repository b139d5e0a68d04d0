"""Sets of minutes as the bits of one integer: thousands of bookings are compared in a few operations."""

from collections.abc import Iterable, Iterator


def span_mask(spans: Iterable[tuple[int, int]], origin: int, size: int) -> int:
    """Return the minutes that any of the spans (from, to) covers, bit 0 being `origin`; the rest is cut off."""
    starts, ends = bytearray(size // 8 + 1), bytearray(size // 8 + 1)
    reached = 0
    for start, end in sorted(spans):
        first, last = max(start - origin, reached), min(end - origin, size)
        if first < last:
            starts[first >> 3] |= 1 << (first & 7)
            ends[last >> 3] |= 1 << (last & 7)
            reached = last
    # A run of ones is 2^end - 2^start, and disjoint runs add up: one subtraction instead of one for each span.
    return int.from_bytes(ends, "little") - int.from_bytes(starts, "little")


def room_for(mask: int, minutes: int) -> int:
    """Return the minutes from which `minutes` in a row are in the set."""
    # Doubling: seven steps find 90 minutes in a row, in all days at once.
    known = 1
    while known < minutes:
        step = min(known, minutes - known)
        mask &= mask >> step
        known += step
    return mask


def between(first: int, last: int) -> int:
    """Return the set of minutes first..last, both included; empty where last is before first."""
    return ((1 << (last + 1)) - (1 << first)) if first <= last else 0


def lowest(mask: int) -> int:
    """Return the earliest minute of a set that is not empty."""
    return (mask & -mask).bit_length() - 1


def minutes_in(mask: int) -> Iterator[int]:
    """Yield the minutes of a set, the earliest first."""
    while mask:
        yield lowest(mask)
        mask &= mask - 1
