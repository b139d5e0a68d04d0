"""Whether a line may text callers: somebody owns its replies, its words are clean, and its number leads here."""

from dataclasses import dataclass
from enum import StrEnum

from ringback.domain import healthcare
from ringback.domain.business import Business, Line, RoutingRule, Staff
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState
from ringback.domain.linter import Level, lint, longest_values
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.registration import Light, tell_standing
from ringback.domain.trades import builtin_wordings
from ringback.domain.wording import Situation, Wording, choose_wording


class Check(StrEnum):
    """What is looked at before a line goes live."""

    REPLIES = "replies"
    WORDS = "words"
    NUMBER = "number"
    WEBHOOKS = "webhooks"
    REGISTRATION = "registration"
    TEST = "test"


class Verdict(StrEnum):
    """What a check says: fine, think of it, or not before this is mended."""

    FINE = "fine"
    WARNS = "warns"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Checked:
    """One line of the list that stands before "Go live"."""

    check: Check
    verdict: Verdict
    sentence: Phrase


def owners_of(business: Business, line: Line) -> tuple[Staff, ...]:
    """Return who gets the replies to a line whatever is written and whenever, and can be reached by phone."""
    for rule in business.routing.rules:
        if not _takes_all(rule, line):
            continue
        names = {*rule.staff, *((duty.staff for duty in business.routing.roster) if rule.on_call else ())}
        people = tuple(person for person in business.staff if person.name in names and person.phone)
        if people:
            return people
    return ()


def _takes_all(rule: RoutingRule, line: Line) -> bool:
    # A rule for some words or some hours leaves other replies to nobody.
    return not (rule.keywords or rule.services or rule.days) and (not rule.lines or line.label in rule.lines)


def check_line(business: Business, line: Line | None) -> tuple[Checked, ...]:
    """Return what the set-up alone says of a line; what its phone company says is asked elsewhere."""
    if line is None:
        none = phrase("No number is connected yet. Go back to “Your number”.")
        return (Checked(Check.NUMBER, Verdict.BLOCKS, none),)
    return _replies(business, line), _words(business, line), _registration(line)


def is_blocked(checks: tuple[Checked, ...]) -> bool:
    """Return whether anything must be mended first."""
    return any(one.verdict is Verdict.BLOCKS for one in checks)


def _replies(business: Business, line: Line) -> Checked:
    people = owners_of(business, line)
    if not people:
        nobody = phrase("Nobody gets the replies yet. Go back to “Who gets replies” and name a person with a mobile.")
        return Checked(Check.REPLIES, Verdict.BLOCKS, nobody)
    names = ", ".join(person.name for person in people)
    return Checked(Check.REPLIES, Verdict.FINE, phrase("%(names)s gets the replies.", names=names))


def _words(business: Business, line: Line) -> Checked:
    longest = longest_values(line.language, business.name, line.label)
    for wording in words_of(business, line):
        findings = lint(wording.body, wording.language, longest, healthcare=healthcare.is_on(business))
        errors = [one for one in findings if one.level is Level.ERROR]
        if errors:
            wrong = phrase("The words “%(name)s” need mending: %(why)s", name=wording.name, why=errors[0].message)
            return Checked(Check.WORDS, Verdict.BLOCKS, wrong)
    return Checked(Check.WORDS, Verdict.FINE, phrase("The texts to callers are short and clear."))


def words_of(business: Business, line: Line) -> tuple[Wording, ...]:
    """Return the wordings that callers of a line get: nobody there, busy, closed."""
    rules, wordings = builtin_wordings(business.trade, business.tone)
    moments = (
        (Outcome.NO_ANSWER, DayState.OPEN),
        (Outcome.NO_ANSWER, DayState.CLOSED),
        (Outcome.BUSY, DayState.OPEN),
    )
    situations = [
        Situation(outcome, day, line.label, line.language, True, business.trade)  # noqa: FBT003
        for outcome, day in moments
    ]
    chosen = [choose_wording(business.rules + rules, business.wordings + wordings, one) for one in situations]
    return tuple({one.wording.body: one.wording for one in chosen}.values())


def _registration(line: Line) -> Checked:
    told = tell_standing(line)
    verdict = Verdict.FINE if told.light is Light.FINE else Verdict.WARNS
    return Checked(Check.REGISTRATION, verdict, told.sentence)
