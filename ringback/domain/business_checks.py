"""What no single value of a business file shows: twins, names that lead nowhere, wordings that must not go out."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ringback.domain.business import Business
from ringback.domain.business_booking_checks import check_booking
from ringback.domain.business_document import Section
from ringback.domain.business_reading import Placed, Problems, Sections, refuse_unknown
from ringback.domain.business_routing_checks import check_routing
from ringback.domain.healthcare import is_on
from ringback.domain.linter import Level, lint, longest_values
from ringback.domain.phrases import phrase

S = TypeVar("S", bound=Section)


@dataclass(frozen=True, slots=True)
class Draft:
    """The business as it would become, and for each staff member, wording, rule and line where it stands."""

    business: Business
    sections: Sections
    places: Mapping[str, Sequence[str]]


_NEEDED_BY_NEW = ("name", "zone", "country")


def find_missing(document: Mapping[str, object], is_new: bool, problems: Problems) -> None:
    """Add what a file must say and does not: a new business needs more than one that is updated."""
    # Asked of the raw file, so that a key with a wrong value is not called missing as well.
    said = document.get("business", {})
    if isinstance(said, Mapping):
        for key in ("slug", *(_NEEDED_BY_NEW if is_new else ())):
            if said.get(key) is None:
                problems.add(f"business.{key}", phrase("is missing"))
    if is_new and document.get("hours") is None:
        problems.add("hours", phrase("is missing; say on which days and at what times the business works"))


def find_contradictions(draft: Draft, providers: frozenset[str], problems: Problems) -> None:
    """Add all that is wrong between the parts of the business as it would become."""
    _check_twins(draft.sections, problems)
    _check_times(draft, problems)
    _check_providers(draft.sections, providers, problems)
    _check_loops(draft, problems)
    _check_rules(draft, problems)
    _check_ringing(draft, problems)
    check_routing(draft.business, problems)
    check_booking(draft.business, draft.places, problems)
    _check_wordings(draft, problems)


def _check_twins(sections: Sections, problems: Problems) -> None:
    _refuse_twins(sections.holidays, lambda holiday: holiday.on, "on", problems)
    _refuse_twins(sections.staff, lambda person: person.name, "name", problems)
    _refuse_twins(sections.resources, lambda resource: resource.name, "name", problems)
    _refuse_twins(sections.services, lambda service: service.name, "name", problems)
    _refuse_twins(sections.facts, lambda fact: fact.question, "question", problems)
    _refuse_twins(sections.wordings, lambda wording: wording.name, "name", problems)
    _refuse_twins(sections.lines, lambda line: line.number, "number", problems)


def _refuse_twins(
    entries: list[Placed[S]] | None, known_by: Callable[[S], Hashable], key: str, problems: Problems
) -> None:
    first: dict[Hashable, str] = {}
    for entry in entries or ():
        name = known_by(entry.value)
        # What changes hands by name or number (ids, rules, history) must lead to one entry.
        if name in first:
            twin = {"name": name, "place": first[name]}
            problems.add(f"{entry.place}.{key}", phrase("%(name)s is already used by %(place)s; keep one", **twin))
        first.setdefault(name, entry.place)


def _check_times(draft: Draft, problems: Problems) -> None:
    policy = draft.business.policy
    # A time that was refused has dropped out, which would look like one that was forgotten.
    if "text_back" in problems.broken:
        return
    if (policy.not_before is None) != (policy.not_after is None):
        problems.add("text_back", phrase("not_before and not_after go together; write both or neither"))
    elif policy.not_before is not None and policy.not_before == policy.not_after:
        problems.add("text_back", phrase("not_before and not_after are the same, which leaves no time for any text"))


def _check_providers(sections: Sections, providers: frozenset[str], problems: Problems) -> None:
    for entry in sections.lines or ():
        kind = entry.value.provider
        if kind not in providers:
            known = ", ".join(sorted(providers))
            missing = phrase('there is no provider "%(kind)s" here; use one of %(known)s', kind=kind, known=known)
            problems.add(f"{entry.place}.provider", missing)


def _check_loops(draft: Draft, problems: Problems) -> None:
    # The call would come back to us as a new one, and ring again.
    numbers = {line.number for line in draft.business.lines}
    for place, person in zip(draft.places["staff"], draft.business.staff, strict=True):
        if person.phone in numbers:
            loop = phrase("%(phone)s is a line of this business, which would ring itself", phone=person.phone)
            problems.add(f"{place}.phone", loop)
    for place, line in zip(draft.places["lines"], draft.business.lines, strict=True):
        if line.forwarding_number in numbers:
            loop = phrase("is a line of this business; write the old number, or leave it")
            problems.add(f"{place}.forwarding_number", loop)


def _check_rules(draft: Draft, problems: Problems) -> None:
    wordings = [wording.name for wording in draft.business.wordings]
    labels = [line.label for line in draft.business.lines]
    for place, rule in zip(draft.places["rules"], draft.business.rules, strict=True):
        if "wordings" not in problems.broken:
            refuse_unknown(f"{place}.wording", "wording", [rule.wording], wordings, problems)
        if "lines" not in problems.broken:
            refuse_unknown(f"{place}.lines", "line with the label", sorted(rule.lines), labels, problems)


def _check_ringing(draft: Draft, problems: Problems) -> None:
    if "staff" in problems.broken:
        return
    names = [person.name for person in draft.business.staff]
    for place, line in zip(draft.places["lines"], draft.business.lines, strict=True):
        refuse_unknown(f"{place}.ring.staff", "staff member", line.ring.staff, names, problems)


def _check_wordings(draft: Draft, problems: Problems) -> None:
    if not draft.business.name:
        return
    # Kept wordings are read too: a longer name or label can push them over one segment.
    label = max((line.label for line in draft.business.lines), key=len, default="")
    for place, wording in zip(draft.places["wordings"], draft.business.wordings, strict=True):
        longest = longest_values(wording.language, draft.business.name, label)
        for finding in lint(wording.body, wording.language, longest, healthcare=is_on(draft.business)):
            if finding.level is Level.ERROR:
                problems.add(f"{place}.body", finding.message)
