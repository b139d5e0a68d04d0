"""What a change changed, line by line, as people read it: "mon: 08:00-17:00 → closed"."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_MOST = 40
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that changed; None where it was not there. `place` is empty for a change that is one value."""

    place: str
    before: str | None
    after: str | None


def tell_differences(before: Any, after: Any) -> list[Difference]:
    """Return what differs between two JSON values, in the order in which they have it; at most so many."""
    # Places of both, so that what is gone is told where it was.
    was, became = dict(_leaves(before, "")), dict(_leaves(after, ""))
    places = list(dict.fromkeys([*was, *became]))
    found = [Difference(place, was.get(place), became.get(place)) for place in places]
    return [one for one in found if one.before != one.after][:_MOST]


def _leaves(value: Any, place: str) -> Iterator[tuple[str, str]]:
    match value:
        case None:
            return
        case Mapping():
            for key, one in value.items():
                yield from _leaves(one, f"{place} › {_plain(key)}" if place else _plain(key))
        case str():
            yield place, value[:_LONGEST]
        case Sequence() if all(isinstance(one, str | int | float) for one in value):
            # A short list of words is one value: "en, es" rather than a line for each.
            yield place, ", ".join(str(one) for one in value)[:_LONGEST]
        case Sequence():
            for number, one in enumerate(value, 1):
                yield from _leaves(one, f"{place} › {_name_of(one, number)}" if place else _name_of(one, number))
        case bool():
            yield place, "✓" if value else "×"
        case _:
            yield place, str(value)


def _name_of(one: Any, number: int) -> str:
    """Return what tells an entry of a list apart: its name, else where it stands."""
    named = one if isinstance(one, Mapping) else {}
    return str(named.get("name") or named.get("question") or named.get("number") or number)[:60]


def _plain(key: object) -> str:
    return str(key).replace("_", " ")
