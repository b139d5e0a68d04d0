"""A person changes a part of a business's set-up: load, patch, validate, save and note it, in one transaction."""

import hashlib
import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.brake_maxima import over_owners_most
from ringback.domain.business import Business, Line
from ringback.domain.business_file import BusinessFileError, read_business_file, write_business_file
from ringback.domain.business_places import Document, Place, put, value_at
from ringback.domain.business_reading import Problem
from ringback.domain.business_renaming import NAMED_BY, rename
from ringback.store import businesses
from ringback.store.audit import Change, add_entry
from ringback.store.db import Connection
from ringback.store.ids import new_id
from ringback.store.setup_changes import end_line, lock_setup, rename_service
from ringback.workflows.context import Context
from ringback.workflows.secrets import seal_settings


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to become of one part of the document.

    `locate` finds it in the document as it is by then. `seen` is the print of the part as its form showed it.
    `change` gets the part (None: not there yet) and returns what it becomes; None takes it away. `subject` is what
    the audit calls it.
    """

    locate: Callable[[Document], Place | None]
    seen: str
    change: Callable[[Any], Any]
    subject: str


@dataclass(frozen=True, slots=True)
class By:
    """Who makes a change."""

    name: str
    person_id: UUID
    # May open the brakes further than an owner can.
    is_agency: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """It is done; `before` and `after` are equal where the form was sent as it came."""

    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed: the document would have been wrong. `document` is what it would have been.

    `place` is where the part stands in it, whatever its name would be by then.
    """

    problems: tuple[Problem, ...]
    document: Document
    place: Place


@dataclass(frozen=True, slots=True)
class Outdated:
    """Nothing was changed: somebody else has changed this part since the form was opened. `current`: as it is now."""

    current: Any


@dataclass(frozen=True, slots=True)
class Gone:
    """Nothing was changed: somebody else has removed or renamed this part."""


Result = Saved | Refused | Outdated | Gone


def print_of(part: Any) -> str:
    """Return a mark that differs where the part of a document differs; a form carries it until it is sent."""
    text = json.dumps(part, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


async def change_settings(
    connection: Connection, context: Context, business_id: UUID, edit: Edit, by: By, now: datetime
) -> Result:
    """Make one change, in the caller's transaction. What is refused or outdated leaves everything as it was."""
    await lock_setup(connection, business_id)
    business = await _load(connection, business_id)
    document = write_business_file(business)
    place = edit.locate(document)
    if place is None:
        return Gone()
    before = value_at(document, place)
    if print_of(before) != edit.seen:
        return Outdated(before)
    after = edit.change(deepcopy(before))
    if print_of(after) == print_of(before):
        return Saved(before, before)
    step = _Step(business, place, before, after)
    wanted = put(document, place, after)
    if step.renamed is not None:
        rename(wanted, str(place[0]), *step.renamed)
    try:
        become = _read(wanted, step.basis(), context)
    except BusinessFileError as error:
        return Refused(error.found, wanted, place)
    too_much = () if by.is_agency else over_owners_most(business, become)
    if too_much:
        return Refused(too_much, wanted, place)
    await businesses.save_business(connection, become, {}, now)
    await _follow(connection, step, now)
    entry = _entry(step, edit.subject, write_business_file(become))
    await add_entry(connection, business_id, by.name, entry, now, by.person_id)
    return Saved(before, after)


async def _load(connection: Connection, business_id: UUID) -> Business:
    business = await businesses.load_business(connection, business_id)
    if business is None:
        raise LookupError(f"business {business_id} does not exist")
    return business


@dataclass(frozen=True, slots=True)
class _Step:
    """One part of the document, before and after."""

    business: Business
    place: Place
    before: Any
    after: Any

    @property
    def section(self) -> str:
        return str(self.place[0])

    @property
    def renamed(self) -> tuple[str, str] | None:
        """The old and the new name of an entry that others name."""
        key = NAMED_BY.get(self.section)
        if key is None or len(self.place) != 2 or not self.before or not self.after:
            return None
        # A line's label is left out of the document where it is the usual one; what is empty is refused anyway.
        usual = "Main" if key == "label" else None
        old, new = (part.get(key) or usual for part in (self.before, self.after))
        return (old, new) if old and new and old != new else None

    @property
    def ended_line(self) -> Line | None:
        if self.section != "lines" or self.after is not None:
            return None
        return next(line for line in self.business.lines if line.number == self.before["number"])

    def basis(self) -> Business:
        """The business that the document is read over: people keep their ids by name, and lines are never dropped."""
        business = self.business
        if self.section == "staff" and self.renamed is not None:
            old, new = self.renamed
            staff = tuple(replace(one, name=new) if one.name == old else one for one in business.staff)
            return replace(business, staff=staff)
        ended = self.ended_line
        return replace(business, lines=tuple(line for line in business.lines if line is not ended))


def _read(document: Document, basis: Business, context: Context) -> Business:
    # Lines come into being in the set-up, where their connection is tried: no form here makes one.
    return read_business_file(document, basis, new_id, lambda: "", frozenset(context.providers)).business


async def _follow(connection: Connection, step: _Step, now: datetime) -> None:
    """What the document does not hold follows the change: a line that ends, bookings of a service with a new name."""
    business_id, ended = step.business.business_id, step.ended_line
    if step.section == "services" and step.renamed is not None:
        await rename_service(connection, business_id, *step.renamed)
    if ended is not None:
        await end_line(connection, business_id, ended.line_id, now)


def _entry(step: _Step, subject: str, document: Document) -> Change:
    what = ".".join(["settings", *(str(part) for part in step.place if isinstance(part, str))])
    before, after = step.before, None if step.after is None else value_at(document, step.place)
    if not isinstance(before, dict) or not isinstance(after, dict):
        return Change(what, subject, before, after)
    changed = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    return Change(what, subject, _only(before, changed), _only(after, changed))


def _only(part: Mapping[str, Any], keys: list[str]) -> dict[str, Any]:
    return {key: part[key] for key in keys if key in part}


@dataclass(frozen=True, slots=True)
class NewSettings:
    """Settings of a line's provider that take the place of the old ones; those not given stay."""

    line: Line
    given: Mapping[str, str]


async def replace_line_settings(
    connection: Connection, context: Context, business_id: UUID, new: NewSettings, by: By, now: datetime
) -> None:
    """Save them; raises ValueError with the provider's sentence where they would not work."""
    await lock_setup(connection, business_id)
    settings = {**await context.line_settings(connection, business_id, new.line.line_id), **new.given}
    context.make_adapter(new.line, settings)
    sealed = seal_settings(context.sealer, business_id, settings)
    await businesses.save_line(connection, business_id, new.line, sealed, now)
    # Which of them, and never what they are.
    change = Change("settings.connection", new.line.number, None, sorted(new.given))
    await add_entry(connection, business_id, by.name, change, now, by.person_id)
