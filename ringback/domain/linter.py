"""Reads an owner's wording before callers do: what must be mended, and what would make it work better."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.caller_names import LONGEST_CALLER_NAME
from ringback.domain.health_words import find_health_word
from ringback.domain.hours import longest_opening
from ringback.domain.law.disclosing import with_mark
from ringback.domain.links import find_link
from ringback.domain.lint_words import LintWords, lint_words
from ringback.domain.phrases import phrase
from ringback.domain.segments import Encoding, Segments, count_segments, gsm7_like
from ringback.domain.wording import UnknownMergeField, render_wording, split_fields


class Level(StrEnum):
    """An error blocks saving; a warning explains."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a wording. `code` is stable; `message` is a sentence for the owner."""

    level: Level
    code: str
    message: str


def lint(
    body: str,
    language: str,
    longest: Mapping[str, str],
    *,
    first_text: bool = True,
    added: str = "",
    healthcare: bool = False,
) -> tuple[Finding, ...]:
    """Return what is wrong with `body`, errors first; empty when nothing is.

    `longest` maps merge fields to the longest value each may get (`longest_values` fills in those left out).
    Only a text that is not the first of a thread may carry a link. `added` is what a law adds to the text.
    In `healthcare` mode the words name no condition and no treatment.
    """
    words = lint_words(language)
    findings = [
        *_field_errors(body),
        *_size(body, language, longest),
        *_size_added(body, language, longest, added),
        *_naming(body, longest.get("business", "")),
        *(_links(body) if first_text else ()),
        *(_health(body, longest.get("business", "")) if healthcare else ()),
        *_opting_out(body, words),
        *_asking(body, words),
        *_manners(body, words),
    ]
    return tuple(sorted(findings, key=lambda finding: finding.level is not Level.ERROR))


def longest_values(language: str, business: str = "", line: str = "") -> dict[str, str]:
    """Return the longest value of each merge field. Without a name or label, 33 or 20 characters stand for it."""
    return {
        "business": business or "n" * 33,
        "opens": longest_opening(language),
        "until": longest_opening(language),
        "caller_name": "n" * LONGEST_CALLER_NAME,
        "line": line or "n" * 20,
    }


def _error(code: str, message: str) -> Finding:
    return Finding(Level.ERROR, code, message)


def _warning(code: str, message: str) -> Finding:
    return Finding(Level.WARNING, code, message)


def _field_errors(body: str) -> Iterator[Finding]:
    try:
        list(split_fields(body))
    except UnknownMergeField as error:
        yield _error("unknown_field", str(error))


def _size(body: str, language: str, longest: Mapping[str, str]) -> Iterator[Finding]:
    values = {**longest_values(language), **{field: value for field, value in longest.items() if value}}
    try:
        text = render_wording(body, values)
    except UnknownMergeField:
        # The field is an error already; the rest of the text can still be too long.
        text = body
    size = count_segments(text)
    if size.count > 1:
        room = 160 if size.encoding is Encoding.GSM7 else 70
        yield _error(
            "too_long",
            phrase(
                "With the longest names and times this is %(units)s characters and costs %(count)s texts. "
                "Shorten it by %(over)s to fit one.",
                units=size.units,
                count=size.count,
                over=size.units - room,
            ),
        )
    if size.forced_by:
        yield _warning("forces_ucs2", _ucs2_message(size))


def _size_added(body: str, language: str, longest: Mapping[str, str], added: str) -> Iterator[Finding]:
    """What the law adds is no mistake of whoever wrote the words: it may cost more, and blocks nothing."""
    values = {**longest_values(language), **{field: value for field, value in longest.items() if value}}
    try:
        text = render_wording(body, values)
    except UnknownMergeField:
        return
    size = count_segments(with_mark(text, added))
    if size.count > count_segments(text).count:
        sentence = phrase(
            "The law where you are adds “%(added)s”. With the longest names and times that makes %(units)s characters, "
            "and %(count)s texts to pay for. Say “automated assistant” yourself, or shorten it.",
            added=added,
            units=size.units,
            count=size.count,
        )
        yield _warning("law_makes_it_long", sentence)


def _ucs2_message(size: Segments) -> str:
    parts = [_replacement(character) for character in size.forced_by[:8]]
    return phrase("These characters leave room for 70 instead of 160: %(parts)s.", parts=", ".join(parts))


def _replacement(character: str) -> str:
    plain = gsm7_like(character).strip()
    shown = character if character.isprintable() else f"U+{ord(character):04X}"
    return f"{shown} (write {plain})" if plain else f"{shown} (leave it out)"


def _naming(body: str, business: str) -> Iterator[Finding]:
    if not _names_business(body, business):
        yield _error("business_not_named", phrase("Name the business in the first sentence, with {business}."))


def _links(body: str) -> Iterator[Finding]:
    link = find_link(re.sub(r"\{\w+\}", " ", body))
    if link:
        sentence = phrase(
            'A first text must not carry a link: leave out "%(link)s". Later texts may have one.', link=link
        )
        yield _error("link", sentence)


def _health(body: str, business: str) -> Iterator[Finding]:
    # A practice may be called "Crown Dental": its own name tells nothing of whoever reads it.
    found = find_health_word(re.sub(re.escape(business), " ", body, flags=re.IGNORECASE) if business else body)
    if found:
        sentence = phrase(
            "“%(word)s” tells what somebody is treated for, and a text can be read by others. In healthcare mode speak "
            "of an appointment or a message only.",
            word=found,
        )
        yield _error("health_detail", sentence)


def _opting_out(body: str, words: LintWords) -> Iterator[Finding]:
    if not words.opt_out.search(body):
        sentence = phrase('Say how to stop the texts, such as "%(sample)s"', sample=words.opt_out_sample)
        yield _warning("no_opt_out", sentence)


def _names_business(body: str, business: str) -> bool:
    # The name goes first, for "St. Mary's" has a full stop of its own.
    marked = re.sub(re.escape(business), "{business}", body, flags=re.IGNORECASE) if business else body
    first = re.split(r"(?<=[.!?])\s|\n", marked.strip(), maxsplit=1)[0]
    return "{business}" in first


def _asking(body: str, words: LintWords) -> Iterator[Finding]:
    plain = _plain(body)
    # "???" is one question; how it is written is for another rule to say.
    questions = len(re.findall(r"\?+", plain))
    if questions == 0:
        sentence = phrase("Ask one question: callers reply more often when there is something to answer.")
        yield _warning("no_question", sentence)
    if questions > 1:
        sentence = phrase("Ask one question, not %(count)s: callers answer the last or none.", count=questions)
        yield _warning("many_questions", sentence)
    if len(words.apology.findall(plain)) > 1:
        yield _warning("many_apologies", phrase("Say sorry once; twice sounds like a form letter."))
    if not words.expectation.search(plain):
        sample = words.expectation_sample
        sentence = phrase('Say what happens next, such as "%(sample)s" or {opens}.', sample=sample)
        yield _warning("no_expectation", sentence)


def _manners(body: str, words: LintWords) -> Iterator[Finding]:
    said = re.sub(r"\{\w+\}", " ", body)
    shouted = _shouted(said)
    if shouted:
        sentence = phrase('Capitals read as shouting, and carriers filter them: "%(shouted)s".', shouted=shouted)
        yield _warning("capitals", sentence)
    repeated = _REPEATED.search(said)
    if repeated:
        sentence = phrase('One mark is enough: "%(marks)s".', marks=repeated.group())
        yield _warning("repeated_punctuation", sentence)
    promotion = words.promotion.search(_plain(said))
    if promotion:
        yield _warning(
            "promotional",
            phrase(
                '"%(words)s" makes this an advertisement, which needs the caller\'s written consent.',
                words=promotion.group().strip(),
            ),
        )


# Three full stops are an ellipsis; "?!" counts as repeated.
_REPEATED = re.compile(r"([,;:$*])\1+|[!?]{2,}|[¡¿]{2,}|(?<!\.)\.\.(?!\.)|\.{4,}")

# Words that texts have to print in capitals, and initials that everyone reads as such.
_SPELT_IN_CAPITALS = frozenset(
    "STOP START HELP BAJA ALTO AYUDA HVAC SUV BBQ DMV ASAP AM PM AC EV TV US USA UK ID VIP RV ATV DUI LLC INC".split()
)


def _shouted(text: str) -> str | None:
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word not in _SPELT_IN_CAPITALS]
    loud = [word for word in words if word.isupper() and len(word) > 1]
    # One short word may be initials; two in a text, or one long one, are shouting.
    return " ".join(loud) if len(loud) > 1 or any(len(word) > 3 for word in loud) else None


def _plain(text: str) -> str:
    """Return `text` without accents and look-alikes, so that one spelling of each word list is enough."""
    folded = unicodedata.normalize("NFKD", text).replace("\u2019", "'")
    return "".join(character for character in folded if not unicodedata.combining(character))
