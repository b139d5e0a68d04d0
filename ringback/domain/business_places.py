"""Places in a business's document: ("services", 3, "details", 0) is what a problem calls services[3].details[0]."""

from copy import deepcopy
from typing import Any

Place = tuple[str | int, ...]
Document = dict[str, Any]


def show_place(place: Place) -> str:
    """Return a place as the problems of a business file name it."""
    first, *rest = place
    return str(first) + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in rest)


def value_at(document: Document, place: Place) -> Any:
    """Return what stands at a place, or None where nothing does (yet)."""
    value: Any = document
    for step in place:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list) and 0 <= step < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def put(document: Document, place: Place, value: Any) -> Document:
    """Return the document with a value at a place; None takes away what is there, past a list's end it is added."""
    changed = deepcopy(document)
    *way, last = place
    holder: Any = changed
    for step in way:
        # The list of a table's parts (`details` of a service) need not be there yet.
        holder = holder.setdefault(step, []) if isinstance(holder, dict) else holder[step]
    if isinstance(last, str):
        holder[last] = value
    elif value is None:
        del holder[last]
    else:
        holder[last : last + 1] = [value]
    return changed
