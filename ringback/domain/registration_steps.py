"""Which registration fits a business, and its steps with what each costs and how long it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ringback.domain.business import Business
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.registration import is_toll_free, needs_registration

# Fees and waits were looked up on this day (Twilio's onboarding guides and fee pages); they change without notice.
LOOKED_UP_ON = date(2026, 11, 21)


class Way(StrEnum):
    """A way through the registration with US carriers."""

    SOLE_PROPRIETOR = "sole_proprietor"
    LOW_VOLUME = "low_volume"
    TOLL_FREE = "toll_free"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the owner said of the business; None: not asked yet."""

    has_tax_number: bool | None = None
    is_company: bool | None = None

    @property
    def are_enough(self) -> bool:
        """Return whether they tell which way fits an ordinary number."""
        return self.is_company is not None and self.has_tax_number is not None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `key` is stored when it is ticked off; `costs` and `takes` as looked up on LOOKED_UP_ON."""

    key: str
    title: Phrase
    words: Phrase
    costs: Phrase | None = None
    takes: Phrase | None = None


def ways_for(business: Business, answers: Answers) -> tuple[Way, ...]:
    """Return the ways that the business's numbers need, one each; an ordinary number needs the answers first."""
    numbers = [line.number for line in business.lines if needs_registration(line.number)]
    ordinary = any(not is_toll_free(number) for number in numbers) or not business.lines
    ways = []
    if ordinary and answers.are_enough:
        # Every LLC has an EIN, so TCR takes none as a sole proprietor, whatever its owner files (Twilio's guide).
        alone = not answers.has_tax_number and not answers.is_company
        ways.append(Way.SOLE_PROPRIETOR if alone else Way.LOW_VOLUME)
    if any(is_toll_free(number) for number in numbers):
        ways.append(Way.TOLL_FREE)
    return tuple(ways)


def steps_of(way: Way, answers: Answers) -> tuple[Step, ...]:
    """Return the steps of a way, in order."""
    return tuple(_steps(way, answers))


def _steps(way: Way, answers: Answers) -> Iterator[Step]:
    if way is not Way.SOLE_PROPRIETOR and answers.has_tax_number is False:
        yield _TAX_NUMBER
    yield _PAGES
    match way:
        case Way.SOLE_PROPRIETOR:
            yield from (_PROFILE, _SOLE_BRAND, _SOLE_CAMPAIGN, _SOLE_NUMBER)
        case Way.LOW_VOLUME:
            yield from (_PROFILE, _LOW_BRAND, _LOW_CAMPAIGN, _LOW_NUMBER)
        case Way.TOLL_FREE:
            yield from (_PROFILE, _TOLL_FREE_FORM, _TOLL_FREE_AGAIN)
    yield _LOOK_UP


def known_steps() -> frozenset[str]:
    """Return the keys of all steps."""
    asked = Answers(has_tax_number=False, is_company=True)
    return frozenset(step.key for way in Way for step in steps_of(way, asked))


_TAX_NUMBER = Step(
    "tax_number",
    phrase("Get a tax number for the business"),
    phrase("A company, and any toll-free number, is registered under its EIN (in Canada: the business number). The "
           "tax office gives one; carriers compare the name it is in with the one you hand in."),
    phrase("nothing at the tax office itself"),
)  # fmt: skip
_PAGES = Step(
    "pages",
    phrase("Look at your three public pages"),
    phrase("Reviewers open them. They must answer from anywhere, name your business as the tax office does, and stay "
           "up. If you have a website, link to them there."),
    phrase("nothing"),
    phrase("a few minutes"),
)  # fmt: skip
_PROFILE = Step(
    "profile",
    phrase("Fill in your customer profile at Twilio"),
    phrase("Console → Trust Hub → Customer profiles: name, address, a person to ask. Write everything exactly as your "
           "papers do."),
    phrase("nothing"),
    phrase("minutes to fill in"),
)  # fmt: skip
_SOLE_BRAND = Step(
    "sole_brand",
    phrase("Register your brand as sole proprietor"),
    phrase("Console → Trust Hub → Registrations → A2P brands. A code comes to your own mobile: type it in, or the "
           "brand is not taken."),
    phrase("$4.50 once"),
    phrase("minutes"),
)  # fmt: skip
_SOLE_CAMPAIGN = Step(
    "sole_campaign",
    phrase("Hand in the campaign, use case “Sole proprietor”"),
    phrase("Paste the texts of this page. A brand of this kind has one campaign."),
    phrase("$15 each time you hand it in, then $2 a month"),
    phrase("5 to 15 working days"),
)  # fmt: skip
_SOLE_NUMBER = Step(
    "sole_number",
    phrase("Put your number into the campaign’s Messaging Service"),
    phrase("One number only. About 1 text a second and 3,000 a day over all carriers, 1,000 of them at T-Mobile."),
    phrase("nothing"),
)  # fmt: skip
_LOW_BRAND = Step(
    "low_brand",
    phrase("Register your brand as low-volume standard"),
    phrase("Console → Trust Hub → Registrations → A2P brands: the legal name and the tax number as the tax office has "
           "them, letter for letter. Leave the extra vetting out: a business this size does not need it."),
    phrase("$4.50 once"),
    phrase("minutes"),
)  # fmt: skip
_LOW_CAMPAIGN = Step(
    "low_campaign",
    phrase("Hand in the campaign, use case “Low volume mixed”"),
    phrase("Paste the texts of this page."),
    phrase("$15 each time you hand it in, then $1.50 to $10 a month"),
    phrase("5 to 15 working days"),
)  # fmt: skip
_LOW_NUMBER = Step(
    "low_number",
    phrase("Put your numbers into the campaign’s Messaging Service"),
    phrase("All numbers that text. Up to about 6,000 texts a day over all carriers, 2,000 of them at T-Mobile."),
    phrase("nothing"),
)  # fmt: skip
_TOLL_FREE_FORM = Step(
    "toll_free_form",
    phrase("Hand in the toll-free verification"),
    phrase("Console → Phone Numbers → your toll-free number → Regulatory: paste the texts of this page. The tax number "
           "is asked for since January 2026, links to privacy and terms since September 2026."),
    phrase("nothing that we know of"),
    phrase("3 to 5 working days"),
)  # fmt: skip
_TOLL_FREE_AGAIN = Step(
    "toll_free_again",
    phrase("If it is turned down, hand it in again within 7 days"),
    phrase("The reason stands in the console and on this page. Within a week it keeps its place in the queue."),
    phrase("nothing that we know of"),
    phrase("3 to 5 working days"),
)  # fmt: skip
_LOOK_UP = Step(
    "look_up",
    phrase("Let us look it up"),
    phrase("Once it is approved, press “Look it up now” above, or wait: we ask once a day."),
    phrase("nothing"),
)
