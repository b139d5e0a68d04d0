"""Reads a registration's texts before a reviewer does: the reasons for which carriers are known to turn one down."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from ringback.domain.lint_words import lint_words
from ringback.domain.linter import Level
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.registration_campaign import Campaign

# Lengths: twilio-oai, messaging_v1, us_app_to_person.
_LENGTHS = {"description": (40, 4096), "message_flow": (40, 2048), "stop_text": (20, 320), "help_text": (20, 320)}
_SAMPLE_LENGTH = (20, 1024)
# Public shorteners hide where a link leads; carriers filter them (CTIA Messaging Principles 5.3.4).
_SHORTENERS = re.compile(
    r"\b(?:bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|rb\.gy|tiny\.cc|"
    r"shorturl\.at|t\.ly|lnkd\.in)\b",
    re.IGNORECASE,
)
# What a message flow must say, and how one tells that it does.
_FLOW: tuple[tuple[str, Phrase], ...] = (
    (r"(?i)\bcall", phrase("Say how people agree to texts: they call a number that you publish.")),
    (r"(?i)frequency", phrase("Say how often you text (“Message frequency varies”).")),
    (r"(?i)(?:msg|message) (?:&|and) data rates may apply", phrase("Say “Msg & data rates may apply”.")),
    (r"\bSTOP\b", phrase("Say how to stop: “Reply STOP to opt out”.")),
    (r"\bHELP\b", phrase("Say how to get help: “HELP for help”.")),
    (r"(?i)privacy", phrase("Name the privacy policy and its address.")),
)
_LOCAL_HOSTS = re.compile(
    r"localhost|127\..*|10\..*|192\.168\..*|.*\.(?:local|internal|test|example|invalid)|\[?::1\]?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """One thing about a field of the campaign; an error is a known reason to be turned down."""

    field: str
    level: Level
    sentence: Phrase


def lint_campaign(campaign: Campaign) -> tuple[Found, ...]:
    """Return what a reviewer would find, errors first."""
    found = [
        *_lengths(campaign),
        *_flow(campaign.message_flow),
        *_samples(campaign),
        *_answers(campaign),
        *_addresses(campaign),
        *_identity(campaign),
    ]
    return tuple(sorted(found, key=lambda one: one.level is not Level.ERROR))


def _error(field: str, sentence: Phrase) -> Found:
    return Found(field, Level.ERROR, sentence)


def _warning(field: str, sentence: Phrase) -> Found:
    return Found(field, Level.WARNING, sentence)


def _lengths(campaign: Campaign) -> Iterator[Found]:
    for field, (least, most) in _LENGTHS.items():
        yield from _length(field, getattr(campaign, field), least, most)


def _length(field: str, text: str, least: int, most: int) -> Iterator[Found]:
    if not least <= len(text) <= most:
        yield _error(
            field,
            phrase("This has %(count)s characters; the form takes %(least)s to %(most)s.", count=len(text), least=least,
                   most=most),
        )  # fmt: skip


def _flow(text: str) -> Iterator[Found]:
    if "https://" not in text:
        yield _error("message_flow", phrase("Give the address of a public page that shows how people agree."))
    # The words of an address explain nothing to whoever reads.
    said = re.sub(r"https?://\S+", "", text)
    for pattern, sentence in _FLOW:
        if not re.search(pattern, said):
            yield _error("message_flow", sentence)


def _samples(campaign: Campaign) -> Iterator[Found]:
    if len(campaign.samples) < 2:
        yield _error("samples", phrase("At least two samples are asked for: write a wording of your own for one more."))
    if not any(_is_whole(text, campaign.brand) for text in campaign.samples):
        yield _error("samples", phrase("One sample at least must name your business and say how to stop (STOP)."))
    for number, text in enumerate(campaign.samples, 1):
        yield from _length("samples", text, *_SAMPLE_LENGTH)
        yield from _sample(text, campaign.brand, number)


def _is_whole(text: str, brand: str) -> bool:
    return _names(text, brand) and "STOP" in text


def _names(text: str, brand: str) -> bool:
    return brand.casefold() in text.casefold()


def _sample(text: str, brand: str, number: int) -> Iterator[Found]:
    if not _names(text, brand):
        yield _error("samples", phrase("Sample %(number)s does not name your business.", number=number))
    if "STOP" not in text:
        yield _warning("samples", phrase("Sample %(number)s does not say how to stop. Add “Reply STOP to opt out”.",
                                         number=number))  # fmt: skip
    if short := _SHORTENERS.search(text):
        yield _error(
            "samples",
            phrase("Sample %(number)s has a link that a public shortener made (%(link)s). Use an address of your own.",
                   number=number, link=short.group()),
        )  # fmt: skip
    if sold := lint_words("en").promotion.search(text) or lint_words("es").promotion.search(text):
        yield _error(
            "samples",
            phrase("Sample %(number)s reads as advertising (“%(words)s”), which this registration does not cover.",
                   number=number, words=sold.group().strip()),
        )  # fmt: skip


def _answers(campaign: Campaign) -> Iterator[Found]:
    for field in ("stop_text", "help_text"):
        if not _names(getattr(campaign, field), campaign.brand):
            yield _error(field, phrase("Name your business here."))
    if "STOP" not in campaign.help_text:
        yield _error("help_text", phrase("Say how to stop here too."))
    if not re.search(r"\d{3}|@|https?://", campaign.help_text):
        yield _error("help_text", phrase("Say how to reach a person: connect a number first."))
    for field in ("stop_words", "help_words"):
        if not all(word.isalnum() for word in getattr(campaign, field).split(", ")):
            yield _error(field, phrase("Words with letters and figures only."))


def _addresses(campaign: Campaign) -> Iterator[Found]:
    for field in ("consent_url", "privacy_url", "terms_url"):
        parts = urlsplit(getattr(campaign, field))
        if parts.scheme != "https" or not parts.hostname or _LOCAL_HOSTS.fullmatch(parts.hostname):
            yield _error(
                field,
                phrase("Reviewers cannot open this address from outside. Set RINGBACK_PUBLIC_URL to your https "
                       "address."),
            )  # fmt: skip
    if campaign.privacy_url == campaign.terms_url:
        yield _error("terms_url", phrase("Privacy and terms need an address each."))


def _identity(campaign: Campaign) -> Iterator[Found]:
    if not campaign.website:
        yield _warning(
            "website",
            phrase("Give your website on “Public pages”, if you have one: it must be up and name the business as your "
                   "tax papers do. Without one your public page here can stand in."),
        )  # fmt: skip
    if campaign.website and _SHORTENERS.search(campaign.website):
        yield _error("website", phrase("Give the address itself, not one that a public shortener made."))
    if not campaign.legal_name:
        yield _warning(
            "legal_name", phrase("Give the legal name on “Public pages”, exactly as your tax papers have it.")
        )
