"""Every figure of the dashboard: its name, what exactly it counts, and which rows of the ledger it opens."""

from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.phrases import Phrase, phrase


class Figure(StrEnum):
    """What can be counted in the ledger of calls; each is a field of `recovery.Counts`."""

    CALLS = "calls"
    MISSED = "missed"
    TEXTED = "texted"
    REPLIED = "replied"
    RECOVERED = "recovered"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    ESTIMATED = "estimated"
    LOST = "lost"
    CALLED_BACK = "called_back"


class Cut(StrEnum):
    """What the ledger can be cut by."""

    ALL = "all"
    HOUR = "hour"
    LINE = "line"
    OUTCOME = "outcome"
    WORDING = "wording"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure in words, and the rows it stands for."""

    key: str
    name: Phrase
    meaning: Phrase
    rows: Figure | None = None


_CREDIT = phrase(
    "A reply or a booking is credited to the caller’s first missed call that was texted in the 30 days before it, "
    "and each missed call to at most one job."
)

# In the order in which a page and a document tell them; docs/reference/figures.md has the same sentences.
DEFINITIONS = (
    Definition(
        "calls",
        phrase("Calls"),
        phrase("Calls to your lines that are over, by the day they came in, in your time zone."),
        Figure.CALLS,
    ),
    Definition(
        "missed",
        phrase("Missed calls"),
        phrase("Calls for which nobody of yours spoke with the caller. A blocked caller was refused, not missed."),
        Figure.MISSED,
    ),
    Definition(
        "texted",
        phrase("Texted"),
        phrase(
            "Missed calls whose text-back the phone company took, and has not reported as undelivered. "
            "A caller gets one text, however often they ring, so fewer calls are texted than missed."
        ),
        Figure.TEXTED,
    ),
    Definition(
        "replied",
        phrase("Replied"),
        phrase("Texted calls that were followed by a text from the caller within 30 days. STOP is no reply."),
        Figure.REPLIED,
    ),
    Definition(
        "booked",
        phrase("Booked"),
        phrase(
            "Texted calls that were followed within 30 days by a booking of the caller that stands or is done. "
            "Cancelled bookings and no-shows do not count, and some book without a reply."
        ),
        Figure.BOOKED,
    ),
    Definition(
        "confirmed",
        phrase("Confirmed jobs"),
        phrase("Texted calls for which one of you has noted what the job brought."),
        Figure.CONFIRMED,
    ),
    Definition(
        "recovered",
        phrase("Recovered"),
        phrase("Booked or confirmed. A reply alone is not a recovered job."),
        Figure.RECOVERED,
    ),
    Definition("credit", phrase("Who gets the credit"), _CREDIT),
    Definition("recovery_rate", phrase("Recovery rate"), phrase("Recovered ÷ missed calls.")),
    Definition(
        "confirmed_value",
        phrase("Confirmed revenue"),
        phrase("The sum of what people noted for confirmed jobs. It is never part of the estimate."),
        Figure.CONFIRMED,
    ),
    Definition(
        "estimated_value",
        phrase("Estimated revenue"),
        phrase(
            "For recovered jobs that nobody confirmed: the value you set for the service, else the price of the "
            "booking, else your average job, times the close rate. It is worked out with today’s values."
        ),
        Figure.ESTIMATED,
    ),
    # The only one that is about when a job came in, and not about when the call was missed.
    Definition(
        "recovered_today",
        phrase("Recovered today"),
        phrase("Jobs booked or confirmed today, whenever the call was missed; compared with yesterday."),
    ),
    # By caller and not by call: three tries of one caller are one lead.
    Definition(
        "lost",
        phrase("Lost leads"),
        phrase(
            "Callers who so far have not written, booked, been called back or reached you on a later call, counted at "
            "their last missed call. Your own numbers, blocked callers and spam are left out."
        ),
        Figure.LOST,
    ),
    Definition(
        "call_back_time",
        phrase("Average call-back time"),
        phrase("From a missed call to the moment somebody ticked off its call-back."),
        Figure.CALLED_BACK,
    ),
    Definition(
        "answer_time",
        phrase("Time to answer"),
        phrase(
            "From the moment a conversation came to need a reply to the reply, by the day of the reply. In time means "
            "before the time that you set for answers."
        ),
    ),
    Definition(
        "text_cost",
        phrase("What texting cost"),
        phrase(
            "Segments of all texts to these callers within their 30 days, times your price of a segment. "
            "Until you set it, 1.1 cents is an estimate."
        ),
    ),
    Definition(
        "score",
        phrase("Recovery score"),
        phrase(
            "40 × texted ÷ missed + 30 × replied ÷ texted + 30 × recovered ÷ replied, each share at most 1: "
            "100 would be every missed caller texted, every one replying, every reply a job."
        ),
    ),
    Definition(
        "before",
        phrase("The period before"),
        phrase(
            "As many days, right before. Days before your first counted call are told apart: they say nothing. "
            "Recent calls have had less time to become jobs."
        ),
    ),
    Definition(
        "quotes",
        phrase("Quotes"),
        phrase("Quotes asked for in these days, and how many of them were sent and accepted by now."),
    ),
)

NAMES = {definition.key: definition.name for definition in DEFINITIONS} | {
    "estimated": phrase("Recovered, not confirmed"),
    "called_back": phrase("Called back"),
}
