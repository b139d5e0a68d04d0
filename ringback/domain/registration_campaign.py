"""The texts that a registration asks for, made from a business's own set-up, ready to paste."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ringback.domain.business import Business, Line
from ringback.domain.consent import help_answer, opt_out_answer
from ringback.domain.going_live import words_of
from ringback.domain.phones import show_phone
from ringback.domain.registration_pages import Page, PageExtras, spoken_line
from ringback.domain.wording import render_wording

# Keywords as this product and the phone companies take them; the fields hold letters and figures alone.
STOP_WORDS = ("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT")
HELP_WORDS = ("HELP", "INFO")
_MOST_SAMPLES = 5
_SAMPLE_VALUES = {"opens": "Mon 8 AM", "until": "3 PM", "caller_name": "Carla"}


@dataclass(frozen=True, slots=True)
class Campaign:
    """What is handed in, in English, which the reviewers read; samples are in the language of each wording."""

    brand: str
    legal_name: str
    website: str
    description: str
    message_flow: str
    samples: tuple[str, ...]
    stop_words: str
    stop_text: str
    help_words: str
    help_text: str
    monthly_volume: str
    consent_url: str
    privacy_url: str
    terms_url: str


def write_campaign(business: Business, extras: PageExtras, site: str) -> Campaign:
    """Return the texts of a business; `site` is what the addresses of its public pages begin with."""
    urls = {page: f"{site}/{page.value}" for page in Page}
    number = show_phone(business.lines[0].number, business.country) if business.lines else ""
    return Campaign(
        brand=business.name,
        legal_name=extras.legal_name,
        website=extras.website,
        description=_description(business),
        message_flow=_message_flow(business, extras, urls),
        samples=write_samples(business),
        stop_words=", ".join(STOP_WORDS),
        stop_text=opt_out_answer(business.name, "en"),
        help_words=", ".join(HELP_WORDS),
        help_text=help_answer(business.name, number, "en"),
        # What a small business misses; Twilio's form offers 10, 100, 1,000, 10,000 and so on.
        monthly_volume="1,000",
        consent_url=urls[Page.CONSENT],
        privacy_url=urls[Page.PRIVACY],
        terms_url=urls[Page.TERMS],
    )


def _description(business: Business) -> str:
    return (
        f"{business.name} texts people who called it and reached nobody: one message about the missed call, so that "
        "they can say what they need. When they answer, the texts that follow are part of that conversation or concern "
        "a booking they made (confirmation, reminder, change). No marketing is sent."
    )


def _message_flow(business: Business, extras: PageExtras, urls: dict[Page, str]) -> str:
    numbers = " or ".join(show_phone(line.number, business.country) for line in business.lines)
    where = f" on {extras.website}," if extras.website else " on its website,"
    spoken = f" Callers hear this before they are texted: “{spoken_line(business, 'en')}”" if extras.plays_line else ""
    return (
        f"Consumers opt in by calling {business.name} at {numbers}, a number it publishes{where} signs and listings. "
        f"The inbound call is the opt-in: if it is missed, {business.name} sends one text message about that call to "
        f"the number that called, and no second one within {business.policy.window_hours:g} hours.{spoken} Further "
        "texts are sent only when the consumer answers, as part of that conversation or about a booking they made. "
        "Numbers are never bought, shared or imported for texting. Message frequency varies. Msg & data rates may "
        "apply. Reply STOP to opt out, HELP for help. This is explained to the public at "
        f"{urls[Page.CONSENT]} . Privacy policy: {urls[Page.PRIVACY]} . Terms: {urls[Page.TERMS]} ."
    )


def write_samples(business: Business) -> tuple[str, ...]:
    """Return texts as callers get them, in the owner's words, with sample values filled in; each once."""
    texts = (text for line in business.lines for text in _texts(business, line))
    return tuple(dict.fromkeys(texts))[:_MOST_SAMPLES]


def sample_text(business: Business, language: str) -> str:
    """Return a text as callers of a language get it; empty while there is no line."""
    lines = (replace(line, language=language) for line in business.lines)
    return next((text for line in lines for text in _texts(business, line)), "")


def _texts(business: Business, line: Line) -> Iterator[str]:
    values = {**_SAMPLE_VALUES, "business": business.name, "line": line.label}
    for wording in words_of(business, line):
        yield render_wording(wording.body, values)
