"""The places of the interface, in the order in which people need them; the first few stand on every page."""

from dataclasses import dataclass

from ringback.domain.phrases import Phrase, phrase
from ringback.web.pages.roles import Role


@dataclass(frozen=True, slots=True)
class Place:
    """A page that others lead to. `counted` names a field of `page_queries.Waiting`, said with `count_words`."""

    path: str
    name: Phrase
    about: Phrase
    counted: str | None = None
    count_words: Phrase | None = None
    # In the bar of every page; the others are reached by "More".
    in_bar: bool = False
    least: Role = Role.VIEWER


PLACES = (
    Place(
        "/threads",
        phrase("Conversations"),
        phrase("Who is waiting for an answer"),
        "threads",
        phrase("need a reply"),
        in_bar=True,
    ),
    Place("/bookings", phrase("Bookings"), phrase("What is agreed, day by day"), in_bar=True),
    Place("/calls", phrase("Calls"), phrase("Every call, and whether the caller was texted"), in_bar=True),
    Place(
        "/call-backs",
        phrase("Call-backs"),
        phrase("Whom to ring, and by when"),
        "call_backs",
        phrase("to do"),
        in_bar=True,
    ),
    Place(
        "/gaps",
        phrase("Questions"),
        phrase("What callers asked and your facts do not say"),
        "gaps",
        phrase("without an answer"),
    ),
)


def places_for(role: Role) -> tuple[Place, ...]:
    """Return the places that a person may see."""
    return tuple(place for place in PLACES if role >= place.least)
