"""The declarative business file: read into a Business, with every problem named at once, and written back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar
from uuid import UUID

from ringback.domain.business import Business, Line, Resource, Ring, TextBackPolicy
from ringback.domain.business_checks import Draft, find_contradictions, find_missing
from ringback.domain.business_document import (
    HolidayEntry,
    LineEntry,
    RingTable,
    RuleEntry,
    Section,
    TextBackSection,
)
from ringback.domain.business_entries import (
    make_booking_policy,
    make_brake_policy,
    make_fact,
    make_lookup_policy,
    make_privacy_policy,
    make_receptionist_policy,
    make_routing_policy,
    make_service,
    make_staff,
    make_weekly,
)
from ringback.domain.business_reading import Placed, Problem, Problems, Sections, read_sections
from ringback.domain.business_writing import write_business_file
from ringback.domain.hours import Holiday, OpeningHours
from ringback.domain.trades import GENERIC
from ringback.domain.wording import Rule, Wording

__all__ = ["BusinessFileError", "BusinessFileResult", "find_slug", "read_business_file", "write_business_file"]

S = TypeVar("S", bound=Section)
T = TypeVar("T")


class BusinessFileError(ValueError):
    """The file cannot be applied. `problems` has a sentence, with its place in the file, for each thing to mend."""

    def __init__(self, problems: tuple[str, ...], found: tuple[Problem, ...] = ()) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
        # The same, with their places apart: for a form that shows each beside its field.
        self.found = found


@dataclass(frozen=True, slots=True)
class BusinessFileResult:
    """What a file asks for. `connections`: by number, the settings (secrets included) of the lines that give `set`."""

    business: Business
    connections: Mapping[str, Mapping[str, str]] = field(repr=False)


def find_slug(document: Mapping[str, object]) -> str | None:
    """Return the slug by which to look for the existing business; None where the file, still unchecked, has none."""
    said = document.get("business")
    slug = said.get("slug") if isinstance(said, Mapping) else None
    return slug if isinstance(slug, str) else None


def read_business_file(
    document: Mapping[str, object],
    existing: Business | None,
    new_id: Callable[[], UUID],
    new_key: Callable[[], str],
    providers: frozenset[str],
) -> BusinessFileResult:
    """Return the business that a parsed file describes; raises BusinessFileError with all its problems.

    Sections left out keep what `existing` has; lines are added or updated, never removed. `new_key` makes the
    hook key of a new line; `providers` are the kinds of provider this installation knows.
    """
    problems = Problems()
    find_missing(document, existing is None, problems)
    sections = read_sections(document, problems)
    business = _with_lists(sections, _with_policies(sections, existing or _blank(new_id())), new_id)
    business = replace(business, lines=_lines(sections, business, new_id, new_key))
    find_contradictions(Draft(business, sections, _places(sections, business)), providers, problems)
    if problems.found:
        raise BusinessFileError(tuple(str(problem) for problem in problems.found), tuple(problems.found))
    entries = [entry.value for entry in sections.lines or ()]
    return BusinessFileResult(business, {line.number: line.set for line in entries if line.set is not None})


def _blank(business_id: UUID) -> Business:
    # The blanks never leave this module: find_missing refuses the file that does not fill them.
    return Business(business_id, "", "", GENERIC, "", "", "en", OpeningHours({}))


def _with_policies(sections: Sections, business: Business) -> Business:
    said = sections.business.model_dump(exclude_none=True)
    if "text_countries" in said:
        # Twins would be kept for ever, and fromkeys drops them without losing the order.
        said["text_countries"] = tuple(dict.fromkeys(said["text_countries"]))
    if "address" in said:
        said["address"] = said["address"] or None
    return replace(
        business,
        **said,
        policy=_made_or_kept(sections.text_back, business.policy, _policy),
        booking=_made_or_kept(sections.booking, business.booking, make_booking_policy),
        receptionist=_made_or_kept(sections.receptionist, business.receptionist, make_receptionist_policy),
        routing=_made_or_kept(sections.routing, business.routing, make_routing_policy),
        number_lookup=_made_or_kept(sections.number_lookup, business.number_lookup, make_lookup_policy),
        brakes=_made_or_kept(sections.brakes, business.brakes, make_brake_policy),
        privacy=_made_or_kept(sections.privacy, business.privacy, make_privacy_policy),
        hours=_hours(sections, business.hours),
    )


def _made_or_kept(section: S | None, kept: T, make: Callable[[S], T]) -> T:
    return kept if section is None else make(section)


def _policy(section: TextBackSection) -> TextBackPolicy:
    outcomes_off = frozenset(outcome.value for outcome in section.outcomes_off)
    return TextBackPolicy(**section.model_dump(exclude={"outcomes_off"}), outcomes_off=outcomes_off)


def _hours(sections: Sections, hours: OpeningHours) -> OpeningHours:
    weekly = _made_or_kept(sections.hours, hours.weekly, make_weekly)
    holidays = _said_or_kept(sections.holidays, hours.holidays, _holiday)
    return OpeningHours(weekly, tuple(sorted(holidays, key=lambda holiday: holiday.on)))


def _holiday(entry: HolidayEntry) -> Holiday:
    return Holiday(entry.on, entry.name, entry.spans)


def _with_lists(sections: Sections, business: Business, new_id: Callable[[], UUID]) -> Business:
    """Replace each list that the file has: staff, resources, services, facts, wordings and rules."""
    # Calls, threads and alerts point at people by id, so a person who keeps the name keeps the id.
    ids = {person.name: person.staff_id for person in business.staff}
    return replace(
        business,
        staff=_said_or_kept(
            sections.staff, business.staff, lambda entry: make_staff(entry, ids.get(entry.name) or new_id())
        ),
        resources=_said_or_kept(sections.resources, business.resources, lambda entry: Resource(entry.name, entry.kind)),
        services=_said_or_kept(sections.services, business.services, make_service),
        facts=_said_or_kept(sections.facts, business.facts, make_fact),
        wordings=_said_or_kept(
            sections.wordings,
            business.wordings,
            lambda entry: Wording(entry.name, entry.language or business.language, entry.body),
        ),
        rules=_said_or_kept(sections.rules, business.rules, _rule),
    )


def _said_or_kept(entries: list[Placed[S]] | None, kept: tuple[T, ...], make: Callable[[S], T]) -> tuple[T, ...]:
    return kept if entries is None else tuple(make(entry.value) for entry in entries)


def _rule(entry: RuleEntry) -> Rule:
    return Rule(
        wording=entry.wording,
        outcomes=frozenset(entry.outcomes),
        days=frozenset(entry.days),
        lines=frozenset(entry.lines),
        languages=frozenset(entry.languages),
        contacts=entry.contacts,
    )


def _lines(
    sections: Sections, business: Business, new_id: Callable[[], UUID], new_key: Callable[[], str]
) -> tuple[Line, ...]:
    entries = {entry.value.number: entry.value for entry in sections.lines or ()}
    kept = {line.number: line for line in business.lines}
    # Hook keys are in addresses that the phone company has been given: an existing line keeps its own.
    updated = [_line(entries.get(number), line, business.language) for number, line in kept.items()]
    added = [_new_line(entry, new_id(), new_key()) for number, entry in entries.items() if number not in kept]
    return (*updated, *(_line(entries[line.number], line, business.language) for line in added))


def _new_line(entry: LineEntry, line_id: UUID, hook_key: str) -> Line:
    return Line(line_id, entry.number, entry.provider, entry.mode, entry.label, "", hook_key)


def _line(entry: LineEntry | None, line: Line, language: str) -> Line:
    if entry is None:
        return line
    return replace(
        line,
        provider=entry.provider,
        mode=entry.mode,
        label=entry.label,
        language=entry.language or language,
        ring=_ring(entry.ring),
        forwarding_number=entry.forwarding_number,
        # Silence must not lift a hold: a line that waits for its registration goes on waiting.
        registration=entry.registration or line.registration,
        text_back=entry.text_back,
        texts_per_second=entry.texts_per_second,
    )


def _ring(table: RingTable) -> Ring:
    return Ring(table.order, table.seconds, table.whisper, tuple(dict.fromkeys(table.staff)))


def _places(sections: Sections, business: Business) -> dict[str, list[str]]:
    places = {entry.value.number: entry.place for entry in sections.lines or ()}
    # What the file does not mention can still be contradicted by it, and then has no index to name.
    return {
        "staff": _list_places("staff", sections.staff, len(business.staff)),
        "services": _list_places("services", sections.services, len(business.services)),
        "wordings": _list_places("wordings", sections.wordings, len(business.wordings)),
        "rules": _list_places("rules", sections.rules, len(business.rules)),
        "lines": [places.get(line.number, f"lines ({line.number}, not in this file)") for line in business.lines],
    }


def _list_places(name: str, entries: Sequence[Placed[S]] | None, count: int) -> list[str]:
    if entries is None:
        return [f"{name}[{index}] (not in this file)" for index in range(count)]
    return [entry.place for entry in entries]
