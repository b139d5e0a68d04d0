"""The words of an automatic text: which wording a call earns, and what it says once its merge fields are filled."""

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.caller_names import clean_caller_name, visible
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState
from ringback.domain.phrases import Phrase, phrase
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
    """The wording a call gets. `rule_index` is None for the trade's built-in wording; `why` is for the owner.

    `steps` are the sentences of `why` one by one, as phrases: a page can say them in another language.
    """

    rule_index: int | None
    wording: Wording
    why: str
    steps: tuple[str, ...] = ()


class UnknownMergeField(ValueError):
    """A wording asks for something that is no merge field; the message is for the person who wrote it."""


class MissingMergeValue(ValueError):
    """A text cannot go out because the one field it cannot do without, the business's name, is empty."""


MERGE_FIELDS = frozenset({"business", "opens", "caller_name", "line", "until"})


def choose_wording(rules: Sequence[Rule], wordings: Iterable[Wording], situation: Situation) -> Choice:
    """Return the wording of the first rule that matches, else the trade's built-in one.

    `why` names the rule that fired and, for each rule before it, the first thing that kept it from firing.
    """
    # The owner's come first: one with the name of a built-in wording takes its place.
    named: dict[str, Wording] = {}
    for wording in wordings:
        named.setdefault(wording.name, wording)
    passed_over: list[str] = []
    for index, rule in enumerate(rules):
        reason = _why_not(rule, situation, named)
        which = {"number": index + 1, "wording": rule.wording}
        if reason is None:
            fired = phrase('Rule %(number)s ("%(wording)s") fired: %(why)s.', **which, why=_fits(rule))
            return _choice(index, named[rule.wording], [fired, *passed_over])
        passed_over.append(phrase('Rule %(number)s ("%(wording)s") did not fire: %(why)s.', **which, why=reason))
    built_in = Wording("built-in", situation.language, built_in_body(situation))
    moment = _MOMENT_WORDS[moment_of(situation.day, situation.outcome)]
    fallback = phrase("No rule of yours fits, so the built-in %(moment)s wording is used.", moment=moment)
    return _choice(None, built_in, [fallback, *passed_over])


def _choice(rule_index: int | None, wording: Wording, steps: Sequence[str]) -> Choice:
    return Choice(rule_index, wording, " ".join(steps), tuple(steps))


def built_in_body(situation: Situation, tone: Tone = Tone.WARM) -> str:
    """Return the built-in words for a situation in its language, or in English if we do not write that one."""
    moment = moment_of(situation.day, situation.outcome)
    return write_text(situation.trade, tone, situation.language, moment)


def moment_of(day: DayState, outcome: Outcome) -> Moment:
    """Return which of the built-in moments a call fell in. Closed comes first: then nobody was on another call."""
    if day is not DayState.OPEN:
        return Moment.CLOSED
    return Moment.BUSY if outcome is Outcome.BUSY else Moment.MISSED


def _fits(rule: Rule) -> str:
    wanted: list[str] = [_listed(values) for values in _conditions(rule) if values]
    if rule.contacts is not Contacts.ANY:
        wanted.append(_CONTACT_WORDS[rule.contacts])
    if not wanted:
        return phrase("it is for every call")
    return phrase("it is for %(wanted)s", wanted=_joined(wanted, phrase("%(some)s, %(last)s")))


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
    for wanted, fact, sentence in zip(_conditions(rule), facts, _DIFFERED, strict=True):
        if wanted and fact not in wanted:
            return phrase(sentence.msgid, wanted=_listed(wanted), was=_SPOKEN.get(fact, fact))
    contact = Contacts.FIRST_TIME if situation.first_time else Contacts.KNOWN
    if rule.contacts not in (Contacts.ANY, contact):
        wanted_one, was = _CONTACT_WORDS[rule.contacts], _CONTACT_WORDS[contact]
        return phrase("it is for %(wanted)s and this was one of the %(was)s", wanted=wanted_one, was=was)
    return None if rule.wording in named else phrase("there is no wording of that name")


_DIFFERED = (
    phrase("it is for %(wanted)s and the call was %(was)s"),
    phrase("it is for %(wanted)s and the business was %(was)s"),
    phrase("it is for %(wanted)s and the line was %(was)s"),
    phrase("it is for %(wanted)s and the language was %(was)s"),
)
_CONTACT_WORDS = {Contacts.FIRST_TIME: phrase("first-time contacts"), Contacts.KNOWN: phrase("known contacts")}
_MOMENT_WORDS = {Moment.MISSED: phrase("missed"), Moment.BUSY: phrase("busy"), Moment.CLOSED: phrase("closed")}

# Outcomes, days and languages as the reasons of a choice say them; a line is said by its own label.
_SPOKEN = {
    "answered_by_staff": phrase("answered by staff"),
    "answered_by_receptionist": phrase("answered by receptionist"),
    "receptionist_failed": phrase("receptionist failed"),
    "no_answer": phrase("no answer"),
    "busy": phrase("busy"),
    "declined": phrase("declined"),
    "closed": phrase("closed"),
    "abandoned": phrase("abandoned"),
    "voicemail_left": phrase("voicemail left"),
    "voicemail_empty": phrase("voicemail empty"),
    "carrier_voicemail": phrase("carrier voicemail"),
    "overflow": phrase("overflow"),
    "unreachable": phrase("unreachable"),
    "failed": phrase("failed"),
    "blocked": phrase("blocked"),
    "open": phrase("open"),
    "holiday": phrase("holiday"),
}


def _listed(values: frozenset[str]) -> str:
    return _joined([_SPOKEN.get(value, value) for value in sorted(values)], phrase("%(some)s or %(last)s"))


def _joined(parts: Sequence[str], link: Phrase) -> str:
    said = parts[0]
    for part in parts[1:]:
        said = phrase(link.msgid, some=said, last=part)
    return said


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
