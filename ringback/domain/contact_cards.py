"""Address cards as phones export them: vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), read into people and numbers."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ringback.domain.contact_files import MOST_ROWS, Person, Reading, clean_name, collect, read_language, too_long

_BEGIN = re.compile(r"\s*BEGIN:VCARD\b", re.IGNORECASE)
# A number for faxes or pagers reaches nobody who could answer.
_SILENT = re.compile(r"\b(FAX|PAGER)\b", re.IGNORECASE)
# What stands before the value: `item1.TEL;TYPE="cell,voice"`; a colon inside quotes belongs to a parameter.
_PROPERTY = re.compile(
    r'(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<parameters>(?:;(?:"[^"]*"|[^":])*)?):(?P<value>.*)', re.DOTALL
)
_SOFT_BREAK = re.compile(r"ENCODING=QUOTED-PRINTABLE|;QUOTED-PRINTABLE", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Property:
    name: str
    parameters: str
    value: str


def is_card_file(text: str) -> bool:
    """Return whether a file holds address cards."""
    return _BEGIN.match(text) is not None


def read_cards(text: str, country: str) -> Reading:
    """Return each number of the cards with the name of its card. Raises UnreadableFile."""
    cards = list(_cards(text))
    if len(cards) > MOST_ROWS:
        raise too_long()
    return collect((_read_card(line, card) for line, card in cards), country)


def _cards(text: str) -> Iterator[tuple[int, list[_Property]]]:
    """Yield each card with the line on which it begins."""
    begun, card = 0, list[_Property]()
    for line, written in _unfolded(text):
        match = _PROPERTY.fullmatch(written)
        # A line that is no property is a photograph's, or broken: the card goes on without it.
        if match is None:
            continue
        found = _Property(match["name"].upper(), match["parameters"], match["value"])
        if found.name == "BEGIN" and found.value.strip().upper() == "VCARD":
            begun, card = line, []
        elif found.name == "END" and begun:
            yield begun, card
            begun = 0
        else:
            card.append(found)


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield whole lines: folded ones (RFC 6350, 3.2) and those broken by a quoted-printable "=" are put together."""
    held, start = "", 0
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if held and _SOFT_BREAK.search(held) and held.endswith("="):
            held = held[:-1] + line
        elif held and line[:1] in (" ", "\t"):
            held += line[1:]
        else:
            if held:
                yield start, held
            held, start = line, number
    if held:
        yield start, held


def _read_card(line: int, card: list[_Property]) -> Person:
    # The first of a name counts, as cards put what matters first.
    said = {one.name: _value(one) for one in reversed(card)}
    phones = [_value(one) for one in card if one.name == "TEL" and not _SILENT.search(one.parameters)]
    name = _plain(said.get("FN", "")) or _parts_of_name(said.get("N", "")) or _plain(_split(said.get("ORG", ""))[0])
    numbers = tuple(re.sub(r"^tel:", "", phone.strip(), flags=re.IGNORECASE) for phone in phones if phone.strip())
    return Person(line, numbers, clean_name(name), read_language(said.get("LANG", "")))


def _parts_of_name(value: str) -> str:
    """Return "Carla Ruiz" of "Ruiz;Carla;;;" (family name first, RFC 6350, 6.2.2)."""
    parts = [_plain(part) for part in _split(value)] + ["", ""]
    return f"{parts[1]} {parts[0]}".strip()


def _split(value: str) -> list[str]:
    return re.split(r"(?<!\\);", value)


def _plain(value: str) -> str:
    return re.sub(r"\\([\\,;:])", r"\1", re.sub(r"\\[nN]", " ", value)).strip()


def _value(one: _Property) -> str:
    if not _SOFT_BREAK.search(one.parameters):
        return one.value
    charset = re.search(r"CHARSET=([\w-]+)", one.parameters, re.IGNORECASE)
    content = binascii.a2b_qp(one.value.encode("utf-8"))
    try:
        return content.decode(charset[1] if charset else "utf-8", "replace")
    except LookupError:
        return content.decode("utf-8", "replace")
