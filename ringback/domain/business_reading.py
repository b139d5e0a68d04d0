"""A business file's shape: every section read on its own, so that one mistake does not hide the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from ringback.domain.business_document import (
    BookingSection,
    BrakesSection,
    BusinessSection,
    FactEntry,
    HolidayEntry,
    HoursSection,
    LineEntry,
    LookupSection,
    PrivacySection,
    ReceptionistSection,
    ResourceEntry,
    RoutingSection,
    RuleEntry,
    Section,
    ServiceEntry,
    StaffEntry,
    TextBackSection,
    WordingEntry,
)
from ringback.domain.business_values import suggest
from ringback.domain.phrases import Phrase, phrase

S = TypeVar("S", bound=Section)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Placed(Generic[T]):
    """A value and where it stands: `lines[1]` is the second entry of the list of lines."""

    place: str
    value: T


@dataclass(frozen=True, slots=True)
class Sections:
    """What a file says. None: the section is not there, so what the business has stays as it is."""

    business: BusinessSection
    hours: HoursSection | None
    text_back: TextBackSection | None
    booking: BookingSection | None
    receptionist: ReceptionistSection | None
    routing: RoutingSection | None
    number_lookup: LookupSection | None
    brakes: BrakesSection | None
    privacy: PrivacySection | None
    holidays: list[Placed[HolidayEntry]] | None
    staff: list[Placed[StaffEntry]] | None
    resources: list[Placed[ResourceEntry]] | None
    services: list[Placed[ServiceEntry]] | None
    facts: list[Placed[FactEntry]] | None
    wordings: list[Placed[WordingEntry]] | None
    rules: list[Placed[RuleEntry]] | None
    lines: list[Placed[LineEntry]] | None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where: a page shows it beside the field, a command with its place.

    `sentence` has neither the place nor a full stop. It is a Phrase, so that a page can say it in another language.
    """

    place: str
    sentence: str

    def __str__(self) -> str:
        # The linter's sentences end by themselves.
        return f"{self.place}: {self.sentence.removesuffix('.')}."


@dataclass(slots=True)
class Problems:
    """All that is wrong, in the order found. A broken section lacks values, so what refers to it is not judged."""

    found: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)

    def add(self, place: str, sentence: str) -> None:
        """Note one problem; the sentence needs neither the place nor a full stop."""
        self.found.append(Problem(place, sentence))


def refuse_unknown(place: str, what: str, named: Sequence[str], known: Sequence[str], problems: Problems) -> None:
    """Add a problem for each name that is none of the known ones, with the nearest of them."""
    for name in named:
        if name not in known:
            near = suggest(name, known)
            problems.add(place, phrase('there is no %(what)s "%(name)s"%(near)s', what=what, name=name, near=near))


def read_sections(document: Mapping[str, object], problems: Problems) -> Sections:
    """Return all sections without what is wrong in them, which is added to `problems`."""
    _refuse_strangers(document, problems)
    return Sections(
        business=_table(document, "business", BusinessSection, problems) or BusinessSection(),
        hours=_table(document, "hours", HoursSection, problems),
        text_back=_table(document, "text_back", TextBackSection, problems),
        booking=_table(document, "booking", BookingSection, problems),
        receptionist=_table(document, "receptionist", ReceptionistSection, problems),
        routing=_table(document, "routing", RoutingSection, problems),
        number_lookup=_table(document, "number_lookup", LookupSection, problems),
        brakes=_table(document, "brakes", BrakesSection, problems),
        privacy=_table(document, "privacy", PrivacySection, problems),
        holidays=_list(document, "holidays", HolidayEntry, problems),
        staff=_list(document, "staff", StaffEntry, problems),
        resources=_list(document, "resources", ResourceEntry, problems),
        services=_list(document, "services", ServiceEntry, problems),
        facts=_list(document, "facts", FactEntry, problems),
        wordings=_list(document, "wordings", WordingEntry, problems),
        rules=_list(document, "rules", RuleEntry, problems),
        lines=_list(document, "lines", LineEntry, problems),
    )


def _refuse_strangers(document: Mapping[str, object], problems: Problems) -> None:
    known = Sections.__dataclass_fields__
    # Keys typed above the first [table] land at the top level of TOML: the commonest slip of all.
    for key in document:
        if key in BusinessSection.model_fields:
            problems.add(key, phrase("belongs under [business]"))
        elif key not in known:
            near = suggest(key, known)
            problems.add(key, phrase("is not a section of a business file%(near)s", near=near))


def _table(document: Mapping[str, object], name: str, model: type[S], problems: Problems) -> S | None:
    raw = document.get(name)
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        problems.add(name, phrase("must be a table: write [%(name)s] and its keys below", name=name))
        problems.broken.add(name)
        return None
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        _explain(error, name, model, problems)
        problems.broken.add(name)
        wrong = {detail["loc"][0] for detail in error.errors()}
        # No key of a table is required, so what is left of it is a valid table.
        return model.model_validate({key: value for key, value in raw.items() if key not in wrong})


def _list(document: Mapping[str, object], name: str, model: type[S], problems: Problems) -> list[Placed[S]] | None:
    raw = document.get(name)
    # An empty list is something said (none of these); None, as JSON may have it, is not.
    if raw is None:
        return None
    if not isinstance(raw, list | tuple):
        problems.add(name, phrase("must be a list: write [[%(name)s]] above each entry", name=name))
        problems.broken.add(name)
        return None
    # Entry by entry, so that the places are those of the file although broken entries drop out.
    entries = [_entry(raw_entry, f"{name}[{index}]", model, problems) for index, raw_entry in enumerate(raw)]
    if None in entries:
        problems.broken.add(name)
    return [entry for entry in entries if entry is not None]


def _entry(raw: object, place: str, model: type[S], problems: Problems) -> Placed[S] | None:
    if not isinstance(raw, Mapping):
        name = place.partition("[")[0]
        problems.add(place, phrase("must be a table: write [[%(name)s]] and its keys below", name=name))
        return None
    try:
        return Placed(place, model.model_validate(raw))
    except ValidationError as error:
        _explain(error, place, model, problems)
        return None


def _explain(error: ValidationError, place: str, model: type[Section], problems: Problems) -> None:
    for detail in error.errors(include_url=False):
        problems.add(_place(place, detail), _sentence(detail, model))


def _place(place: str, detail: ErrorDetails) -> str:
    return place + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in detail["loc"])


# By pydantic's error type, because its own words speak to programmers.
_SENTENCES = {
    "missing": phrase("is missing"),
    "string_type": phrase('must be text in quotes, like "this"'),
    "string_too_short": phrase("is empty"),
    "string_too_long": phrase("is too long: at most %(max_length)s characters"),
    "string_unicode": phrase("has a character that cannot be shown; take it out"),
    "int_type": phrase("must be a whole number without quotes"),
    "int_from_float": phrase("must be a whole number"),
    "float_type": phrase("must be a number without quotes"),
    "finite_number": phrase("must be a number without quotes"),
    "bool_type": phrase("must be true or false, without quotes"),
    "date_type": phrase("must be a date like 2026-12-25"),
    "list_type": phrase('must be a list, like ["this", "that"]'),
    "dict_type": phrase('must be a table, like { key = "value" }'),
    "model_type": phrase('must be a table, like { key = "value" }'),
    "greater_than_equal": phrase("must be at least %(ge)s"),
    "less_than_equal": phrase("must be at most %(le)s"),
    "enum": phrase('"%(input)s" is not one of %(expected)s'),
    "literal_error": phrase('"%(input)s" is not one of %(expected)s'),
}
_PATTERNS = {
    "slug": phrase('"%(input)s" is not a slug; write it in small letters, digits and hyphens, like "peak-hvac"'),
    "provider": phrase('"%(input)s" is not a provider; write its name in small letters, like "twilio"'),
    "email": phrase('"%(input)s" is not an e-mail address; write it like "olga@example.com"'),
}


def _sentence(detail: ErrorDetails, model: type[Section]) -> str:
    # Only sentences on keys that are never secret show what was written; `set` may hold an auth token.
    context = {"input": detail["input"], **{name: _plainly(value) for name, value in detail.get("ctx", {}).items()}}
    key = str(detail["loc"][-1])
    match detail["type"]:
        case "value_error":
            sentence: str = context["error"].args[0]
            return sentence
        case "extra_forbidden":
            near = suggest(key, _keys_beside(detail, model))
            return phrase("is not a key of this section%(near)s", near=near)
        case "string_pattern_mismatch":
            return _filled(_PATTERNS[key], context)
        case kind if kind in _SENTENCES:
            return _filled(_SENTENCES[kind], context)
        case _:
            # None is known; a future pydantic may have more, and its words are better than none.
            return detail["msg"]


def _plainly(value: object) -> object:
    # The limit of a number with a fraction is said as people write it: 5, not 5.0.
    return f"{value:g}" if isinstance(value, float) else value


def _filled(sentence: Phrase, context: Mapping[str, object]) -> str:
    gaps = {name: value for name, value in context.items() if f"%({name})s" in sentence.msgid}
    return phrase(sentence.msgid, **gaps)


def _keys_beside(detail: ErrorDetails, model: type[Section]) -> list[str]:
    """The keys allowed where the unknown one stands: in the entry, or in a table inside it (`ring`, `details`)."""
    for part in detail["loc"][:-1]:
        # A number counts the tables of a list, whose keys were found with the list's own name.
        if isinstance(part, str):
            model = _table_in(model.model_fields[part].annotation) or model
    return list(model.model_fields)


def _table_in(annotation: object) -> type[Section] | None:
    kinds = [annotation, *get_args(annotation)]
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, Section)), None)
