"""What is known of a phone number, from where, and whether it may be texted on the strength of it (PRODUCT 2.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from ringback.domain.phones import PhoneKind
from ringback.domain.phrases import phrase


class LineType(StrEnum):
    """What sort of line a number is, in our words; each provider's words are translated in its own folder."""

    MOBILE = "mobile"
    VOIP = "voip"
    LANDLINE = "landline"
    TOLL_FREE = "toll_free"
    PREMIUM = "premium"
    SHARED_COST = "shared_cost"
    UAN = "uan"
    PERSONAL = "personal"
    VOICEMAIL = "voicemail"
    PAGER = "pager"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class FactSource(StrEnum):
    """Where a fact of a number comes from; one of each is kept, the latest."""

    LOOKUP = "lookup"
    DELIVERY_ERROR = "delivery_error"
    DELIVERED = "delivered"
    TEXTED_US = "texted_us"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class NumberFact:
    """One thing known of a number. `expires_at` None: for ever. `pumping_risk`: 0 to 100, None where not asked.

    `is_reassigned` None: not asked, or nobody can say.
    """

    source: FactSource
    line_type: LineType
    learned_at: datetime
    expires_at: datetime | None = None
    country: str | None = None
    carrier: str | None = None
    pumping_risk: int | None = None
    is_reassigned: bool | None = None


class Textable(StrEnum):
    """What the facts say; UNKNOWN is texted once, and what the carrier then says is the answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


# Twilio may try a landline in the US, Canada and the UK and bill it (error page 30006), so it is not tried unasked.
POLICY: dict[LineType, Textable] = {
    LineType.MOBILE: Textable.YES,
    LineType.VOIP: Textable.YES,
    LineType.LANDLINE: Textable.NO,
    LineType.TOLL_FREE: Textable.NO,
    LineType.PREMIUM: Textable.NO,
    LineType.SHARED_COST: Textable.NO,
    LineType.UAN: Textable.NO,
    LineType.PERSONAL: Textable.NO,
    LineType.VOICEMAIL: Textable.NO,
    LineType.PAGER: Textable.NO,
    LineType.INVALID: Textable.NO,
    LineType.UNKNOWN: Textable.UNKNOWN,
}
# Of 100, and ours to choose: the vendor gives a score of its own making and no line to draw.
HIGHEST_PUMPING_RISK = 75


def judge_number(facts: Sequence[NumberFact], now: datetime) -> Textable:
    """Return whether a number can be texted: what a carrier did counts before what a look-up says.

    A number that texts went to or came from is textable though it is listed as a landline; a later failure ends that.
    """
    known = {fact.source: fact for fact in facts if fact.expires_at is None or fact.expires_at > now}
    asked, failed = known.get(FactSource.LOOKUP), known.get(FactSource.DELIVERY_ERROR)
    # Somebody may earn money by our texting these, and a delivery is what they wait for.
    if asked and is_costly(asked):
        return Textable.NO
    worked_at = max((known[source].learned_at for source in _WORKED if source in known), default=None)
    if failed and (worked_at is None or failed.learned_at >= worked_at):
        return Textable.NO
    if worked_at:
        return Textable.YES
    return POLICY[asked.line_type] if asked else Textable.UNKNOWN


_WORKED = (FactSource.DELIVERED, FactSource.TEXTED_US)


def is_costly(fact: NumberFact) -> bool:
    """Return whether texting the number may cost more than a text, or is worth money to whoever rang from it."""
    dear = (LineType.PREMIUM, LineType.SHARED_COST, LineType.UAN, LineType.PERSONAL, LineType.TOLL_FREE)
    return fact.line_type in dear or (fact.pumping_risk or 0) >= HIGHEST_PUMPING_RISK


def kind_by_facts(kind: PhoneKind, textable: Textable) -> PhoneKind:
    """Return what a number counts as, given the facts: a listed landline that takes texts is like any other."""
    return PhoneKind.TEXTABLE if kind is PhoneKind.LANDLINE and textable is Textable.YES else kind


@dataclass(frozen=True, slots=True)
class Wish:
    """What a look-up is to tell beside the line type; `last_heard_at`: when we last knew whose number it was."""

    phone: str
    pumping_risk: bool = False
    last_heard_at: datetime | None = None


def wants_reassignment(last_heard_at: datetime | None, after_days: int, now: datetime) -> bool:
    """Return whether it is so long since we heard of somebody that the number may be another's by now.

    US carriers rest a number for 45 days before they give it to another (47 CFR 52.15(f)(1)(ii)).
    """
    return last_heard_at is not None and now - last_heard_at > timedelta(days=after_days)


_LINE_TYPES: dict[LineType, str] = {
    LineType.MOBILE: phrase("Mobile"),
    LineType.VOIP: phrase("Internet phone"),
    LineType.LANDLINE: phrase("Landline"),
    LineType.TOLL_FREE: phrase("Toll-free number"),
    LineType.PREMIUM: phrase("Premium-rate number"),
    LineType.SHARED_COST: phrase("Shared-cost number"),
    LineType.UAN: phrase("Company number of its own rate"),
    LineType.PERSONAL: phrase("Personal number of its own rate"),
    LineType.VOICEMAIL: phrase("Voicemail number"),
    LineType.PAGER: phrase("Pager"),
    LineType.INVALID: phrase("No number in use"),
    LineType.UNKNOWN: phrase("Kind of line not known"),
}


def say_line_type(line_type: LineType) -> str:
    """Return a sort of line as people call it."""
    return _LINE_TYPES[line_type]


_FROM: dict[FactSource, str] = {
    FactSource.LOOKUP: phrase("from the phone company’s look-up"),
    FactSource.DELIVERY_ERROR: phrase("learned when a text did not arrive"),
    FactSource.DELIVERED: phrase("a text arrived there"),
    FactSource.TEXTED_US: phrase("a text came from there"),
    FactSource.PERSON: phrase("said by somebody here"),
}


def say_source(source: FactSource) -> str:
    """Return where a fact comes from, to stand before its day."""
    return _FROM[source]
