"""The interface in its reader's language: English in the templates, Spanish from `locale/es.po`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

from ringback.domain.phrases import Phrase
from ringback.domain.stored_phrases import read_stored

LANGUAGES = ("en", "es")
LOCALE = Path(__file__).parent / "locale"

# Set once per request; what a request starts (a stream, a part of a page) inherits it.
_language: ContextVar[str] = ContextVar("language", default="en")


def use_language(language: str) -> None:
    """Say everything that this request answers in a language of ours."""
    _language.set(language if language in LANGUAGES else "en")


def current_language() -> str:
    """Return the language this request is answered in."""
    return _language.get()


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Say things in a language for a while: an e-mail to somebody who reads another one."""
    token = _language.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _language.reset(token)


def gettext(msgid: str) -> str:
    """Return a sentence in the current language; without a translation, as it is."""
    said = _catalog(_language.get()).get(msgid)
    return said[0] if said and said[0] else msgid


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form of a sentence that goes with a number."""
    language = _language.get()
    said = _catalog(language).get(singular)
    form = min(_plural(language, number), len(said) - 1) if said else 0
    return said[form] if said and said[form] else singular if number == 1 else plural


def say(text: str) -> str:
    """Return a sentence that Python made, in the current language; see `phrases.Phrase`."""
    if not isinstance(text, Phrase):
        stored = _read_stored(text)
        return gettext(text) if stored is None else say(stored)
    said = gettext(text.msgid)
    values = {name: say(value) if isinstance(value, Phrase) else value for name, value in text.values.items()}
    return said % values if values else said


def _read_stored(text: str) -> Phrase | None:
    known = _catalog(_language.get())
    return read_stored(text) if text and known and text not in known else None


@cache
def _catalog(language: str) -> dict[str, tuple[str, ...]]:
    path = LOCALE / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        found = read_po(file, locale=language)
    return {_first(message.id): _forms(message.string) for message in found if message.id}


def _first(msgid: str | Sequence[str]) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]


def _forms(said: str | Sequence[str] | None) -> tuple[str, ...]:
    return (said or "",) if said is None or isinstance(said, str) else tuple(said)


def _plural(language: str, number: int) -> int:
    # Babel names the forms; ours come in the order of the catalogue: one, other.
    return 0 if Locale(language).plural_form(number) == "one" else 1
