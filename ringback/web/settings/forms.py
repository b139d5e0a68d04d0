"""A settings form: inputs over one part of the business's document, filled from it and laid back over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_args

from pydantic_core import PydanticUndefined

from ringback.domain.business_document import Section
from ringback.domain.phrases import Phrase
from ringback.web.settings.inputs import ABSENT, Input, Kind, Texts, Typed, read, says_the_same, show

Part = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """Inputs that belong together; `is_extra` ones are folded until somebody wants them."""

    title: Phrase
    inputs: tuple[Input, ...]
    is_extra: bool = False
    hint: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Entries:
    """What a form about the entries of a list needs beside: their names, and what stands where there are none."""

    # The key by which people know an entry.
    known_by: str
    add: Phrase
    empty: Phrase
    is_ordered: bool = False
    can_add: bool = True
    remove: Phrase | None = None
    # What removing does, said before it is done.
    removal: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A page of settings. `section` is where its part stands in the document, `model` the checks it must pass."""

    slug: str
    section: str
    model: type[Section]
    title: Phrase
    about: Phrase
    groups: tuple[Group, ...]
    entries: Entries | None = None

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Return all inputs in their order."""
        return tuple(each for group in self.groups for each in group.inputs)

    def entries_or_fail(self) -> Entries:
        """Return what is said of entries; only forms about a list have it."""
        if self.entries is None:
            raise LookupError(f"{self.section} is no list")
        return self.entries


def fill(form: Form, part: Part | None) -> dict[str, Texts]:
    """Return the texts of every input as the document has them; a new entry has the defaults."""
    return {each.path: show(each.kind, _value(form, each, part or {})) for each in form.inputs}


def patch(form: Form, part: Part | None, typed: Typed, country: str) -> Part:
    """Return the part with what was typed. An input that was left as it came leaves its key as it is."""
    before, after = fill(form, part), dict(part or {})
    # A table that is to go must go after its own inputs were laid into it.
    for each in sorted(form.inputs, key=lambda one: one.kind is Kind.OWN):
        texts = typed.get(each.path, ())
        if not says_the_same(each.kind, texts, before[each.path]):
            _put(after, each.path, read(each, texts, country))
    if part is None:
        # What has to be said must be asked for, though it was left as empty as it came.
        for each in form.inputs:
            if each.required and each.path not in after:
                _put(after, each.path, read(each, typed.get(each.path, ()), country))
    return after


def _put(part: Part, path: str, value: Any) -> None:
    *way, last = path.split(".")
    holder = part
    for step in way:
        if value is ABSENT and step not in holder:
            return
        # A copy, because the part as it was is still to be compared with.
        holder[step] = dict(holder.get(step) or {})
        holder = holder[step]
    if value is ABSENT:
        holder.pop(last, None)
    elif value == {}:
        holder.setdefault(last, {})
    else:
        holder[last] = value


def _value(form: Form, given: Input, part: Mapping[str, Any]) -> Any:
    held: Any = part
    for step in given.path.split("."):
        if not isinstance(held, Mapping) or step not in held:
            return _default(form.model, given.path)
        held = held[step]
    return held


def _default(model: type[Section], path: str) -> Any:
    *way, last = path.split(".")
    for step in way:
        kinds = (model.model_fields[step].annotation, *get_args(model.model_fields[step].annotation))
        model = next(kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Section))
    default = model.model_fields[last].get_default(call_default_factory=True)
    if default is PydanticUndefined:
        return None
    if isinstance(default, float) and default.is_integer():
        return int(default)
    return default.value if isinstance(default, StrEnum) else default
