"""Inputs as a page draws them: with their texts, their choices, and what is wrong with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ringback.domain.business import Business
from ringback.domain.phrases import Phrase, phrase
from ringback.web.settings.forms import Form, Group, fill
from ringback.web.settings.inputs import Input, Kind, Option, Texts, says_the_same

_LONGEST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a page."""

    given: Input
    texts: Texts
    options: tuple[Option, ...]
    problems: tuple[str, ...]

    @property
    def id(self) -> str:
        """Return the id of its element, to which labels and the summary of problems lead."""
        return f"f-{self.given.path.replace('.', '-')}"

    @property
    def text(self) -> str:
        """Return the one text of an input that has one."""
        return self.texts[-1] if self.texts else ""

    @property
    def rows(self) -> list[Texts]:
        """Return rows of texts with empty ones behind them, for what takes several."""
        size = {Kind.SPANS: 2, Kind.TIMES_OFF: 4}.get(self.given.kind, 1)
        filled = [self.texts[start : start + size] for start in range(0, len(self.texts), size)]
        filled = [row for row in filled if len(row) == size and any(row)]
        wanted = len(filled) + 1
        if self.given.kind is Kind.SPANS:
            # A break at noon is common; a third span of a day is not.
            wanted = max(wanted, 2)
        if self.given.kind is Kind.ORDERED:
            wanted = min(max(wanted + 1, 3), len(self.options))
        return filled + [("",) * size] * max(wanted - len(filled), 0)


@dataclass(frozen=True, slots=True)
class Fieldset:
    """A group of fields; an extra one is open where it has something to show."""

    group: Group
    fields: tuple[Field, ...]
    is_open: bool


def draw(
    form: Form, texts: Mapping[str, Texts], business: Business, problems: Mapping[str, Sequence[str]]
) -> list[Fieldset]:
    """Return the groups of a form with their fields."""
    sets, usual = [], fill(form, None)
    for group in form.groups:
        fields = tuple(_field(each, texts.get(each.path, ()), business, problems) for each in group.inputs)
        # What somebody has set is never out of sight.
        said = any(not says_the_same(one.given.kind, one.texts, usual[one.given.path]) for one in fields)
        sets.append(Fieldset(group, fields, said or any(one.problems for one in fields)))
    return sets


def _field(given: Input, texts: Texts, business: Business, problems: Mapping[str, Sequence[str]]) -> Field:
    wrong = tuple(problems.get(given.path, ()))
    if given.choices is None:
        return Field(given, texts, (), wrong)
    options = tuple(given.choices(business))
    known = {option.value for option in options}
    # What the document has stays choosable although nothing goes by that name any more.
    kept = tuple(Option(text, text) for text in texts if text and text not in known)
    return Field(given, texts, options + kept, wrong)


@dataclass(frozen=True, slots=True)
class Difference:
    """An input that has another value now."""

    label: Phrase
    before: str
    after: str


def differences(
    form: Form, before: Mapping[str, Texts], after: Mapping[str, Texts], business: Business
) -> list[Difference]:
    """Return the inputs whose texts differ, with both in words."""
    return [
        Difference(each.label, _words(each, one, business), _words(each, other, business))
        for each in form.inputs
        for one, other in [(before.get(each.path, ()), after.get(each.path, ()))]
        if not says_the_same(each.kind, one, other)
    ]


_YES, _NO, _NOTHING = phrase("yes"), phrase("no"), phrase("nothing")


def _words(given: Input, texts: Texts, business: Business) -> str:
    if given.kind in (Kind.YES, Kind.OWN):
        return _YES if texts else _NO
    labels = {option.value: option.label for option in given.choices(business)} if given.choices else {}
    said = [labels.get(text, text) for text in texts if text]
    if len(said) == 1:
        return _short(said[0])
    if given.kind in (Kind.SPANS, Kind.TIMES_OFF):
        return _pairs(said) or _NOTHING
    return ", ".join(said) or _NOTHING


def _pairs(said: Sequence[str]) -> str:
    return ", ".join("–".join(said[start : start + 2]) for start in range(0, len(said), 2))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_SHOWN else text[:_LONGEST_SHOWN] + "…"
