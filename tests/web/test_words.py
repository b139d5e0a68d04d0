"""The interface in Spanish: nothing is missing, nothing is left over, and what is filled in stays filled in."""

import re
from typing import cast

from ringback.domain.errors import ProviderErrorKind, words_for_owner
from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import NO_LOOK_UPS
from ringback.web.words import LOCALE, gettext, in_language, ngettext, say
from tools.words import Msgid, extract, read_spanish

_GAP = re.compile(r"%\(\w+\)[sd]|%%")
_TAG = re.compile(r"</?[a-z][^>]*>")


def _said() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for message in read_spanish():
        if message.id:
            texts = message.string if isinstance(message.string, (list, tuple)) else (message.string or "",)
            found[_first(message.id)] = tuple(texts)
    return found


def _first(msgid: object) -> str:
    return msgid if isinstance(msgid, str) else str(next(iter(cast("tuple[str, ...]", msgid))))


def _forms(msgid: Msgid) -> tuple[str, ...]:
    return (msgid,) if isinstance(msgid, str) else msgid


def test_every_sentence_of_the_interface_has_its_spanish() -> None:
    said = _said()

    assert [msgid for msgid in extract() if not all(said.get(_first(msgid), ("",)))] == []


def test_letters_without_markup_say_only_what_the_pages_say_too() -> None:
    # The catalogue is made of the pages: words that stand in a .txt alone would never get their Spanish.
    letters = [path.read_text("utf-8") for path in (LOCALE.parent / "templates").rglob("*.txt")]
    said = {found for text in letters for found in re.findall(r'_\("([^"]+)"', text)}

    assert said
    assert said - set(_said()) == set()


def test_the_catalogue_holds_nothing_that_nobody_says() -> None:
    assert set(_said()) - {_first(msgid) for msgid in extract()} == set()


def test_what_is_filled_in_and_marked_up_is_the_same_in_both_languages() -> None:
    said, wrong = _said(), []
    for msgid in extract():
        for english, spanish in zip(_forms(msgid), said.get(_first(msgid), ()), strict=False):
            same_gaps = sorted(_GAP.findall(_forms(msgid)[-1])) == sorted(_GAP.findall(spanish))
            same_tags = sorted(_TAG.findall(english)) == sorted(_TAG.findall(spanish))
            if not (same_gaps and same_tags):
                wrong.append((english, spanish))

    assert wrong == []


def test_a_sentence_of_python_is_said_in_the_language_of_its_reader() -> None:
    missing = phrase("There is no such conversation.")
    age = phrase("%(count)s min ago", count=3)

    with in_language("es"):
        spanish = (say(missing), say(age), gettext("Bookings"), ngettext("%(n)s call", "%(n)s calls", 2))

    assert (say(missing), say(age)) == ("There is no such conversation.", "3 min ago")
    assert spanish[:3] == ("No existe esa conversación.", "hace 3 min", "Reservas")
    assert spanish[3] == "%(n)s calls"


def test_a_stored_sentence_is_said_in_the_language_of_its_reader_with_what_was_filled_in() -> None:
    why = words_for_owner(ProviderErrorKind.CREDENTIALS)
    stored = str(NO_LOOK_UPS.msgid) % {"line": "Main", "why": why}

    with in_language("es"):
        spanish, expected = say(stored), gettext(NO_LOOK_UPS.msgid) % {"line": "Main", "why": gettext(why)}

    assert say(stored) == stored
    assert spanish == expected
    assert "cannot be looked up" not in spanish
    assert why not in spanish


def test_a_language_that_we_do_not_have_is_english() -> None:
    with in_language("fr"):
        assert gettext("Bookings") == "Bookings"
