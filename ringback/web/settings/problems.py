"""What the document's checks found wrong, told to somebody who fills in a form and has never seen the document."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ringback.domain.business_places import Document, Place, show_place
from ringback.domain.business_reading import Problem
from ringback.domain.phrases import Phrase, phrase
from ringback.web.settings.forms import Form
from ringback.web.settings.inputs import Input, Kind
from ringback.web.settings.where import where_of

# The document's sentences that name its keys, as a page says them.
_ON_PAGES = {
    "needs price_cents, the lowest price": phrase("needs a price: the lowest one"),
    "%(name)s takes no bookings (takes_bookings = false)": phrase("%(name)s takes no bookings"),
    "not_before and not_after go together; write both or neither": phrase("both times go together: give both or none"),
    "not_before and not_after are the same, which leaves no time for any text": phrase(
        "both times are the same, which leaves no time for any text"
    ),
    'are for kind = "choice" only': phrase("are only for questions with answers to choose from"),
    "is before first_on, %(first_on)s": phrase("the last day is before the first, %(first_on)s"),
    "reaches past horizon_days, which leaves nothing to book": phrase(
        "reaches past the last day that is offered, which leaves nothing to book"
    ),
    "must be a whole number without quotes": phrase("must be a whole number"),
    "must be a number without quotes": phrase("must be a number"),
    '"%(span)s" is empty. A whole day is 00:00-24:00, a closed one is []': phrase(
        "begins and ends at the same time; a whole day is 00:00 to 00:00, a closed one has no times"
    ),
    "%(name)s is already used by %(place)s; keep one": phrase("there is one already: %(name)s"),
    "%(place)s is the emergency visit already; keep one": phrase("another service is the emergency visit already"),
    'no public holidays are known for "%(text)s"; list them as [[holidays]]': phrase(
        'no public holidays are known for "%(text)s"; add them as special days'
    ),
    "free text is not judged, so ask a yes_no, choice or number question": phrase(
        "free text is not judged, so ask for yes or no, a number, or one of several answers"
    ),
    'there is no %(what)s "%(name)s"%(near)s': phrase('there is nothing called "%(name)s" here%(near)s'),
    "names nobody; write staff or on_call = true": phrase("names nobody"),
}
# The document counts cents; somebody who typed dollars must not be told of whole numbers.
_NO_AMOUNT = phrase("must be an amount like 129 or 129.50")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A problem that another page must mend, and its address where we have one."""

    sentence: str
    path: str | None
    title: Phrase | None


@dataclass(slots=True)
class Troubles:
    """All that keeps a form from being saved: by input, about the form as a whole, and elsewhere."""

    by_path: dict[str, list[str]] = field(default_factory=dict)
    whole: list[str] = field(default_factory=list)
    elsewhere: list[Elsewhere] = field(default_factory=list)

    @property
    def count(self) -> int:
        """Return how many there are."""
        return sum(len(some) for some in self.by_path.values()) + len(self.whole) + len(self.elsewhere)


def sort_problems(problems: Sequence[Problem], form: Form, place: Place, document: Document) -> Troubles:
    """Return the problems with each at the input it is about."""
    troubles, anchor = Troubles(), show_place(place)
    for problem in problems:
        if not _is_within(problem.place, anchor):
            troubles.elsewhere.append(_elsewhere(problem, document))
            continue
        rest = problem.place[len(anchor) :].removeprefix(".")
        given = next((each for each in form.inputs if _is_within(rest, each.path)), None)
        if given is None:
            troubles.whole.append(_say(problem.sentence))
        else:
            troubles.by_path.setdefault(given.path, []).append(_sentence(given, problem.sentence))
    return troubles


def _is_within(place: str, anchor: str) -> bool:
    return place == anchor or place.startswith((f"{anchor}.", f"{anchor}["))


def _elsewhere(problem: Problem, document: Document) -> Elsewhere:
    where = where_of(problem.place, document)
    return Elsewhere(_say(problem.sentence), where.path if where else None, where.form.title if where else None)


def _sentence(given: Input, sentence: str) -> str:
    is_number = sentence in ("must be a whole number without quotes", "must be a whole number")
    said = _NO_AMOUNT if given.kind is Kind.MONEY and is_number else _say(sentence)
    return phrase("%(field)s: %(problem)s", field=given.label, problem=said)


def _say(sentence: str) -> str:
    """Return the page's own words for a sentence, with what fills its gaps."""
    if not isinstance(sentence, Phrase):
        return sentence
    values = {name: _say(value) if isinstance(value, Phrase) else value for name, value in sentence.values.items()}
    said = _ON_PAGES.get(sentence.msgid, sentence)
    return phrase(said.msgid, **values) if values else said
