"""The public pages that carriers ask a business for: how callers agree to texts, privacy, and terms.

What they must say: 47 CFR 64.1200(a)(10)-(12), the CTIA Messaging Principles (May 2023) 5.1, and the reasons for which
Twilio turns registrations down (www.twilio.com/docs/api/errors/30841, 30842, 30893).
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.business import Business
from ringback.domain.phones import show_phone
from ringback.domain.registration_words import ENGLISH, SPANISH, Paragraphs, Words


class Page(StrEnum):
    """A public page; its value is the end of its address."""

    CONSENT = "sms-consent"
    PRIVACY = "privacy"
    TERMS = "terms"


@dataclass(frozen=True, slots=True)
class PageExtras:
    """What the owner adds to the pages. `plays_line`: callers hear the spoken line before they are texted."""

    pages_on: bool = True
    # The name that the tax office knows, where it is another one: reviewers compare it.
    legal_name: str = ""
    email: str = ""
    website: str = ""
    own_words: str = ""
    own_words_es: str = ""
    plays_line: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its paragraphs, plain text."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page said, to be kept: callers of that day agreed to these words."""

    page: str
    language: str
    version: str
    words: str


@dataclass(frozen=True, slots=True)
class LegalPage:
    """One page in one language. `version` changes with every word of it."""

    page: Page
    language: str
    title: str
    sections: tuple[Section, ...]

    @property
    def words(self) -> str:
        """All that the page says, as plain text."""
        parts = [self.title, *(line for one in self.sections for line in (one.heading, *one.paragraphs))]
        return "\n".join(parts)

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits of what the page says."""
        return hashlib.sha256(self.words.encode()).hexdigest()[:12]

    @property
    def shown(self) -> Shown:
        """What is kept of the page."""
        return Shown(self.page.value, self.language, self.version, self.words)


def write_page(page: Page, business: Business, extras: PageExtras, language: str, sample: str = "") -> LegalPage:
    """Return a page; `language` is "en" or "es", `sample` a text as callers get it."""
    words = SPANISH if language == "es" else ENGLISH
    values = _values(business, extras, words) | {"sample": sample}
    made = {Page.CONSENT: words.consent, Page.PRIVACY: words.privacy, Page.TERMS: words.terms}[page]
    sections = [Section(heading, _filled(lines, values)) for heading, lines in made.items()]
    own = extras.own_words_es if language == "es" else extras.own_words
    if own.strip():
        sections.append(Section(words.own % values, tuple(line.strip() for line in own.splitlines() if line.strip())))
    sections.append(Section(words.contact, _contact(business, extras, words)))
    return LegalPage(page, "es" if language == "es" else "en", words.titles[page.value] % values, tuple(sections))


def _filled(lines: Paragraphs, values: dict[str, str]) -> tuple[str, ...]:
    # A sentence whose value there is not is left out; "%(email)s" and its like stand in sentences of their own.
    return tuple(line % values for line in lines if all(values[name] for name in re.findall(r"%\((\w+)\)s", line)))


def _values(business: Business, extras: PageExtras, words: Words) -> dict[str, str]:
    numbers = [show_phone(line.number, business.country) for line in business.lines]
    return {
        "name": business.name,
        "numbers": words.either.join(numbers),
        "number": numbers[0] if numbers else "",
        "hours": f"{business.policy.window_hours:g}",
        "emergency": "911" if business.country in ("US", "CA") else "112",
        "line": spoken_line(business, words.language) if extras.plays_line else "",
        "email": extras.email,
    }


def _contact(business: Business, extras: PageExtras, words: Words) -> tuple[str, ...]:
    numbers = [show_phone(line.number, business.country) for line in business.lines]
    name = business.name
    if extras.legal_name and extras.legal_name != name:
        name = words.trading_as % {"legal_name": extras.legal_name, "name": name}
    lines = (name, business.address or "", *numbers[:1], extras.email, extras.website)
    return tuple(line for line in lines if line)


def spoken_line(business: Business, language: str) -> str:
    """Return the sentence for a greeting or a voicemail: cheap evidence that callers knew of the text."""
    return (SPANISH if language == "es" else ENGLISH).spoken % {"name": business.name}


def emphasised(paragraph: str) -> tuple[tuple[str, bool], ...]:
    """Return a paragraph in parts, with whether each is a word that reviewers want to see in bold."""
    parts = re.split(r"\b(STOP|HELP|START)\b", paragraph)
    return tuple((part, index % 2 == 1) for index, part in enumerate(parts) if part)
