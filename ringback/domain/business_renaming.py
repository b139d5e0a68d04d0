"""A name that changes in a business's document changes wherever the document uses it."""

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]

# Where names of each list are used; "*" is every entry of a list. Under the last key stands a name or a list of names.
_USED_IN = {
    "staff": (
        "services.*.staff", "lines.*.ring.staff", "receptionist.on_call",
        "routing.backup", "routing.rules.*.staff", "routing.roster.*.staff",
    ),
    "services": ("routing.rules.*.services",),
    "resources": ("services.*.resources",),
    "wordings": ("rules.*.wording",),
    "lines": ("rules.*.lines", "routing.rules.*.lines"),
}  # fmt: skip

# The key by which other entries name one of the list.
NAMED_BY = {"staff": "name", "services": "name", "resources": "kind", "wordings": "name", "lines": "label"}


def rename(document: Document, section: str, old: str, new: str) -> None:
    """Let all that names `old` name `new`, unless another entry of the list still goes by the old name."""
    if any(entry.get(NAMED_BY[section]) == old for entry in document.get(section, ())):
        return
    for path in _USED_IN[section]:
        for table, key in _holders(document, path.split(".")):
            table[key] = _replaced(table[key], old, new)


def _replaced(named: object, old: str, new: str) -> object:
    if isinstance(named, list):
        return [new if name == old else name for name in named]
    return new if named == old else named


def _holders(table: Document, steps: list[str]) -> Iterator[tuple[Document, str]]:
    """Yield each table in which the last step of a path is a key, with that key."""
    step, rest = steps[0], steps[1:]
    if step not in table:
        return
    if not rest:
        yield table, step
    elif rest[0] == "*":
        for entry in table[step]:
            yield from _holders(entry, rest[1:])
    else:
        yield from _holders(table[step], rest)
