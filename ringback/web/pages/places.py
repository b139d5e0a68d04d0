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
    Place("/dashboard", phrase("Dashboard"), phrase("What it brought, and what leaks"), in_bar=True),
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
    Place("/quick-replies", phrase("Quick replies"), phrase("Words that you write again and again")),
    Place("/contacts", phrase("Contacts"), phrase("Who your callers are, and who gets no automatic text")),
    Place("/settings", phrase("Settings"), phrase("Hours, lines, wording, services, facts and the receptionist")),
    Place("/away", phrase("Busy or back"), phrase("Who is away until when: no calls, nothing new to answer")),
    Place("/routing", phrase("Who answers"), phrase("Who gets a reply to write, how soon, and who is told next")),
    Place("/people", phrase("People"), phrase("Who works here, and what they may do"), least=Role.OWNER),
    Place("/me", phrase("You"), phrase("Your name, how you sign in, and where you are signed in")),
    Place("/me/notices", phrase("Your alerts"), phrase("How you are told, on this phone and elsewhere")),
    Place("/privacy", phrase("Privacy"), phrase("How long things are kept, and healthcare mode"), least=Role.OWNER),
    Place("/audit", phrase("Who changed what"), phrase("Every change, and what it was before"), least=Role.OWNER),
    Place(
        "/registration",
        phrase("Registration"),
        phrase("Whether carriers let your numbers text, and the texts and pages they ask for"),
        least=Role.OWNER,
    ),
    Place("/law", phrase("The law on texts"), phrase("May we text this number now, and by which rule")),
    Place(
        "/outgoing-hooks",
        phrase("Outgoing hooks"),
        phrase("Your own programs are told what happens here"),
        least=Role.OWNER,
    ),
    Place("/brakes", phrase("Brakes"), phrase("What texts may cost today, how many go out, and what is held")),
    Place("/set-up", phrase("Set-up"), phrase("From nothing to the first text, step by step"), least=Role.OWNER),
    Place("/agency", phrase("Businesses"), phrase("All businesses that you look after"), least=Role.AGENCY),
)


def places_for(role: Role) -> tuple[Place, ...]:
    """Return the places that a person may see."""
    return tuple(place for place in PLACES if role >= place.least)
