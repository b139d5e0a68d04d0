"""The words of an automatic text: which wording a call earns, and what it says once its merge fields are filled."""

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.caller_names import clean_caller_name, visible
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState
from ringback.domain.trade_texts import Moment, Tone, write_text


class Contacts(StrEnum):
    """Which contacts a rule is for: anyone, those who never called or wrote before, or those who did."""

    ANY = "any"
    FIRST_TIME = "first_time"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Wording:
    """Words with merge fields like {business}; `name` is unique within the business."""

    name: str
    language: str
    body: str


@dataclass(frozen=True, slots=True)
class Rule:
    """When to use the wording named `wording`. An empty set means that anything matches."""

    wording: str
    outcomes: frozenset[Outcome] = frozenset()
    days: frozenset[DayState] = frozenset()
    lines: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    contacts: Contacts = Contacts.ANY


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a missed call when its wording is chosen. `line` is the line's label."""

    outcome: Outcome
    day: DayState
    line: str
    language: str
    first_time: bool
    trade: str


@dataclass(frozen=True, slots=True)
class Choice:
    """The wording a call gets. `rule_index` is None for the trade's built-in wording; `why` is for the owner."""

    rule_index: int | None
    wording: Wording
    why: str


class UnknownMergeField(ValueError):
    """A wording asks for something that is no merge field; the message is for the person who wrote it."""


class MissingMergeValue(ValueError):
    """A text cannot go out because the one field it cannot do without, the business's name, is empty."""


MERGE_FIELDS = frozenset({"business", "opens", "caller_name", "line", "until"})


def choose_wording(rules: Sequence[Rule], wordings: Iterable[Wording], situation: Situation) -> Choice:
    """Return the wording of the first rule that matches, else the trade's built-in one.

    `why` names the rule that fired and, for each rule before it, the first thing that kept it from firing.
    """
    named = {wording.name: wording for wording in wordings}
    passed_over: list[str] = []
    for index, rule in enumerate(rules):
        reason = _why_not(rule, situation, named)
        if reason is None:
            return Choice(index, named[rule.wording], _sentences(_fired(index, rule), passed_over))
        passed_over.append(f'Rule {index + 1} ("{rule.wording}") did not fire: {reason}.')
    built_in = Wording("built-in", situation.language, built_in_body(situation))
    fallback = f"No rule of yours fits, so the built-in {moment_of(situation.day, situation.outcome)} wording is used."
    return Choice(None, built_in, _sentences(fallback, passed_over))


def built_in_body(situation: Situation, tone: Tone = Tone.WARM) -> str:
    """Return the built-in words for a situation in its language, or in English if we do not write that one."""
    moment = moment_of(situation.day, situation.outcome)
    return write_text(situation.trade, tone, situation.language, moment)


def moment_of(day: DayState, outcome: Outcome) -> Moment:
    """Return which of the built-in moments a call fell in. Closed comes first: then nobody was on another call."""
    if day is not DayState.OPEN:
        return Moment.CLOSED
    return Moment.BUSY if outcome is Outcome.BUSY else Moment.MISSED


def _sentences(first: str, others: Sequence[str]) -> str:
    return " ".join([first, *others])


def _fired(index: int, rule: Rule) -> str:
    wanted: list[str] = [_listed(values) for values in _conditions(rule) if values]
    if rule.contacts is not Contacts.ANY:
        wanted.append(_CONTACT_WORDS[rule.contacts])
    fits = "it is for every call" if not wanted else f"it is for {', '.join(wanted)}"
    return f'Rule {index + 1} ("{rule.wording}") fired: {fits}.'


def _conditions(rule: Rule) -> tuple[frozenset[str], ...]:
    return (
        frozenset(outcome.value for outcome in rule.outcomes),
        frozenset(day.value for day in rule.days),
        rule.lines,
        rule.languages,
    )


def _why_not(rule: Rule, situation: Situation, named: Mapping[str, Wording]) -> str | None:
    """Return what keeps `rule` from firing, as the end of a sentence, or None when it fires."""
    facts = (situation.outcome.value, situation.day.value, situation.line, situation.language)
    nouns = ("the call was", "the business was", "the line was", "the language was")
    for wanted, fact, noun in zip(_conditions(rule), facts, nouns, strict=True):
        if wanted and fact not in wanted:
            return f"it is for {_listed(wanted)} and {noun} {_spaced(fact)}"
    contact = Contacts.FIRST_TIME if situation.first_time else Contacts.KNOWN
    if rule.contacts not in (Contacts.ANY, contact):
        return f"it is for {_CONTACT_WORDS[rule.contacts]} and this was one of the {_CONTACT_WORDS[contact]}"
    return None if rule.wording in named else "there is no wording of that name"


_CONTACT_WORDS = {Contacts.FIRST_TIME: "first-time contacts", Contacts.KNOWN: "known contacts"}


def _listed(values: frozenset[str]) -> str:
    return " or ".join(_spaced(value) for value in sorted(values))


def _spaced(value: str) -> str:
    return value.replace("_", " ")


def render_wording(body: str, fields: Mapping[str, str]) -> str:
    """Return the text with its merge fields filled.

    An unknown caller, line or time leaves a sentence that still reads: its space and comma go too. Raises
    UnknownMergeField for anything that is not a plain {field} of MERGE_FIELDS, and MissingMergeValue when the
    business has no name. Braces that are wanted as such are doubled.
    """
    text, begins_anew = "", False
    for literal, field in split_fields(body):
        text = _append(text, literal, begins_anew)
        if field is None:
            continue
        value = _value_of(field, fields)
        text += value
        begins_anew = not value and _begins_a_sentence(text)
        if not value and not begins_anew:
            text = text.removesuffix(" ")
    return text


def _begins_a_sentence(text: str) -> bool:
    said = text.rstrip(" ")
    return not said or said[-1] in ".!?\n"


def split_fields(body: str) -> Iterator[tuple[str, str | None]]:
    """Yield (literal, merge field after it or None at the end). Raises UnknownMergeField, a field at a time."""
    # Never str.format or a template language: an owner's {x:>999999999} would eat the server's memory.
    try:
        pieces = list(string.Formatter().parse(body))
    except ValueError as error:
        raise UnknownMergeField("A curly bracket has no partner. Write {{ or }} for a bracket as such.") from error
    for literal, field, spec, conversion in pieces:
        # No attributes, formats or conversions either: each reaches further into the program than words should.
        if field is not None and (field not in MERGE_FIELDS or spec or conversion):
            written = f"{field}{'!' + conversion if conversion else ''}{':' + spec if spec else ''}"
            known = ", ".join(f"{{{name}}}" for name in sorted(MERGE_FIELDS))
            raise UnknownMergeField(f"{{{written}}} is not a merge field. The merge fields are {known}.")
        yield literal, field


def _append(text: str, literal: str, begins_anew: bool) -> str:
    """Return text + literal, mended where the two meet."""
    if begins_anew:
        # The sentence began with a field that is empty: what follows begins it instead.
        literal = literal.lstrip(" ,")
        literal = literal[:1].upper() + literal[1:]
    if text.endswith(",") and literal[:1] in (".", "!", "?", ",", ";", ":"):
        text = text.removesuffix(",")
    if text.endswith(".") and literal.startswith(".") and not literal.startswith(".."):
        # A business called "Harbor Co." at the end of a sentence.
        literal = literal[1:]
    return text + literal


def _value_of(field: str, fields: Mapping[str, str]) -> str:
    value = fields.get(field, "")
    if field == "caller_name":
        return clean_caller_name(value)
    value = visible(value)
    if field == "business" and not value:
        raise MissingMergeValue("A text cannot say who it is from: the business has no name.")
    return value
