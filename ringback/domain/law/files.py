"""Reads the rule files, once, as they are shipped: package data, like the tables of time zones (decision 0011)."""

import functools
import tomllib
from collections.abc import Callable, Mapping
from datetime import date, time
from importlib import resources
from typing import Any, TypeVar

from ringback.domain.law.values import Confidence, DisclosureRule, Grounds, Hours, RecordingRule, TextingRule

_Rule = TypeVar("_Rule")
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TEXTS = frozenset(["jurisdiction", "name", "version", "covers", "citation", "source", "confidence"])
_DATES = frozenset(["verified_on", "effective_from"])
_MAY_BE_LEFT_OUT = frozenset(["effective_until", "note"])


class RuleFileBroken(ValueError):
    """A rule file cannot be used; the sentence names the file and what is wrong with it."""


def read_texting(name: str, text: str) -> TextingRule:
    """Return the texting rule of a file's text; raises RuleFileBroken."""
    rest = _parse(name, text)
    grounds = _grounds(name, rest)
    hours = rest.pop("hours", None)
    if not isinstance(hours, dict) or set(hours) != set(_DAYS):
        raise RuleFileBroken(f"{name}: [hours] names each of {', '.join(_DAYS)} once.")
    weekly = tuple(_hours(name, hours[day]) for day in _DAYS)
    zones = tuple(rest.pop("zones", ()))
    rule = TextingRule(grounds, weekly, rest.pop("holidays", None), rest.pop("most_a_day", None), zones)
    _refuse_rest(name, rest)
    return rule


def read_recording(name: str, text: str) -> RecordingRule:
    """Return the recording rule of a file's text; raises RuleFileBroken."""
    rest = _parse(name, text)
    grounds, all_parties = _grounds(name, rest), _flag(name, rest, "all_parties")
    rule = RecordingRule(grounds, all_parties, _flag(name, rest, "announcement_recorded"))
    _refuse_rest(name, rest)
    return rule


def read_disclosure(name: str, text: str) -> DisclosureRule:
    """Return the disclosure rule of a file's text; raises RuleFileBroken."""
    rest = _parse(name, text)
    rule = DisclosureRule(_grounds(name, rest), _flag(name, rest, "up_front"))
    _refuse_rest(name, rest)
    return rule


@functools.cache
def texting_rules() -> Mapping[str, tuple[TextingRule, ...]]:
    """Return the rules on texting by jurisdiction, in the order in which they come into force."""
    return _by_jurisdiction(_read_all("texting", read_texting), lambda rule: rule.grounds)


@functools.cache
def recording_rules() -> Mapping[str, tuple[RecordingRule, ...]]:
    """Return the rules on recording by jurisdiction, in the order in which they come into force."""
    return _by_jurisdiction(_read_all("recording", read_recording), lambda rule: rule.grounds)


@functools.cache
def disclosure_rules() -> Mapping[str, tuple[DisclosureRule, ...]]:
    """Return the rules on saying that one is a machine by jurisdiction, in the order in which they come into force."""
    return _by_jurisdiction(_read_all("disclosure", read_disclosure), lambda rule: rule.grounds)


def rule_files(subject: str) -> list[tuple[str, str]]:
    """Return (name, text) of each rule file of a subject: "texting", "recording" or "disclosure"."""
    folder = resources.files("ringback.domain.law").joinpath(subject)
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".toml")]
    return sorted((f"{subject}/{entry.name}", entry.read_text(encoding="utf-8")) for entry in found)


def _read_all(subject: str, read: Callable[[str, str], _Rule]) -> list[_Rule]:
    return [read(name, text) for name, text in rule_files(subject)]


def _by_jurisdiction(rules: list[_Rule], grounds: Callable[[_Rule], Grounds]) -> Mapping[str, tuple[_Rule, ...]]:
    found: dict[str, tuple[_Rule, ...]] = {}
    for rule in sorted(rules, key=lambda one: (grounds(one).jurisdiction, grounds(one).effective_from)):
        found[grounds(rule).jurisdiction] = (*found.get(grounds(rule).jurisdiction, ()), rule)
    return found


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleFileBroken(f"{name}: {error}") from error


def _grounds(name: str, rest: dict[str, Any]) -> Grounds:
    """Take what every rule must say out of `rest`."""
    missing = sorted(field for field in _TEXTS | _DATES if not rest.get(field))
    if missing:
        raise RuleFileBroken(f"{name}: {', '.join(missing)} must be said.")
    said = {field: rest.pop(field) for field in _TEXTS | _DATES}
    said |= {field: rest.pop(field) for field in _MAY_BE_LEFT_OUT & set(rest)}
    dates = [said[field] for field in (_DATES | {"effective_until"}) & set(said)]
    # TOML has times with zones too, which are dates to Python's eyes.
    if not all(type(on) is date for on in dates) or not all(isinstance(said[field], str) for field in _TEXTS):
        raise RuleFileBroken(f"{name}: dates are written as 2026-11-21, and everything else in quotes.")
    try:
        confidence = Confidence(said.pop("confidence"))
    except ValueError as error:
        raise RuleFileBroken(f"{name}: confidence is one of {', '.join(Confidence)}.") from error
    return Grounds(**said, confidence=confidence)


def _hours(name: str, said: object) -> Hours | None:
    if said == "none":
        return None
    try:
        first, last = (time.fromisoformat(part) for part in str(said).split("-"))
    except ValueError as error:
        raise RuleFileBroken(f'{name}: hours are written as "09:00-20:00", or "none".') from error
    if first >= last:
        raise RuleFileBroken(f"{name}: {said} ends before it begins.")
    return Hours(first, last)


def _flag(name: str, rest: dict[str, Any], field: str) -> bool:
    said = rest.pop(field, None)
    if not isinstance(said, bool):
        raise RuleFileBroken(f"{name}: {field} is true or false.")
    return said


def _refuse_rest(name: str, rest: Mapping[str, Any]) -> None:
    if rest:
        raise RuleFileBroken(f"{name}: nothing reads {', '.join(sorted(rest))}.")
