"""What a file of contacts would change: who is new, who gets a name, who gets a mark; nothing is overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from ringback.domain.contact_files import Entry
from ringback.domain.textback import Mark


class ImportKind(StrEnum):
    """Who the people of a file are to the business."""

    REGULARS = "customers"
    PATIENTS = "patients"
    FRIENDS = "friends"
    SUPPLIERS = "suppliers"


# They ring on other business than a lost job: an automatic "sorry we missed you" would be out of place.
NOT_TEXTED = frozenset({ImportKind.FRIENDS, ImportKind.SUPPLIERS})


@dataclass(frozen=True, slots=True)
class Known:
    """A contact that is there already, with the marks that stand."""

    contact_id: UUID
    name: str | None
    language: str | None
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Planned:
    """What becomes of one number of the file; `known` is None for somebody new."""

    entry: Entry
    known: Known | None
    name: str | None
    language: str | None
    marked: bool

    @property
    def changes(self) -> bool:
        """Return whether anything becomes of it at all."""
        return self.known is None or self.marked or (self.name, self.language) != (None, None)


def plan_import(entries: Iterable[Entry], known: Mapping[str, Known], kind: ImportKind) -> list[Planned]:
    """Return what becomes of each number; `known` has the contacts that are there, by number."""
    return [_plan(entry, known.get(entry.phone), kind in NOT_TEXTED) for entry in entries]


def _plan(entry: Entry, known: Known | None, marks: bool) -> Planned:
    if known is None:
        return Planned(entry, None, entry.name, entry.language, marks)
    # A name that is there may have been typed by a person, who knew better than a file.
    name = entry.name if known.name is None else None
    language = entry.language if known.language is None else None
    return Planned(entry, known, name, language, marks and Mark.DO_NOT_TEXT not in known.marks)
