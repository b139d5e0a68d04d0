"""Files of contacts as people have them: tables (CSV) in any common form, read into numbers with names."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ringback.domain.caller_names import visible
from ringback.domain.phones import normalise_phone
from ringback.domain.phrases import Phrase, phrase

MOST_ROWS = 10_000
LONGEST_NAME = 80
# More are never shown to choose from; address books export up to some eighty.
_MOST_COLUMNS = 120
_LANGUAGES = {
    "en": "en", "eng": "en", "english": "en", "ingles": "en", "inglés": "en",
    "es": "es", "spa": "es", "spanish": "es", "espanol": "es", "español": "es", "castellano": "es",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of the file (E.164) with the name that goes with it; `line` is where it stands, from 1."""

    line: int
    phone: str
    name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """A row that is no use, with what it said, cut short, and why."""

    line: int
    said: str
    why: Phrase


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: each number once."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table has what we want, counted from 0. Names of several columns are put together in this order."""

    phones: tuple[int, ...] = ()
    names: tuple[int, ...] = ()
    language: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows: the headings, and (line, cells) of each row that is not empty."""

    headings: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


class UnreadableFile(ValueError):
    """The file cannot be read at all; `why` says what to do."""

    def __init__(self, why: Phrase) -> None:
        super().__init__(why)
        self.why = why


def decode_file(content: bytes) -> str:
    """Return the text of a file in the encodings that spreadsheets and address books write. Raises UnreadableFile."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", "replace")
    else:
        # What Windows writes is nearly never valid UTF-8 by accident, so this order tells them apart.
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", "replace")
    # A text has no NUL; a spreadsheet's own format, an archive and a picture have many.
    if "\0" in text:
        raise UnreadableFile(
            phrase("This is no CSV or vCard file. In your spreadsheet or address book, choose “Export” and then CSV.")
        )
    if not text.strip():
        raise UnreadableFile(phrase("This file is empty."))
    return text


def read_table(text: str, country: str) -> Table:
    """Return the rows of a CSV file, whatever it separates its cells with. Raises UnreadableFile."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)
    rows = list(_rows(lines, _separator(text)))
    if len(rows) > MOST_ROWS + 1:
        raise too_long()
    # Without headings, the first row is somebody already.
    if rows and any(normalise_phone(cell, country) for cell in rows[0][1]):
        return Table(tuple("" for _ in rows[0][1]), tuple(rows))
    return Table(rows[0][1] if rows else (), tuple(rows[1:]))


def too_long() -> UnreadableFile:
    """Return the refusal of a file with too many rows."""
    return UnreadableFile(
        phrase("This file has more than %(most)s rows. Split it, and bring the parts one after the other.", most=10_000)
    )


def _rows(lines: Sequence[str], separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(lines, delimiter=separator)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, tuple(cell.strip() for cell in cells[:_MOST_COLUMNS])
            start = reader.line_num + 1
    except csv.Error:
        raise UnreadableFile(phrase("Line %(line)s cannot be read. Is a quote open there?", line=start)) from None


def _separator(text: str) -> str:
    head = text.lstrip().partition("\n")[0]
    return max(",;\t|", key=head.count)


_PHONE = re.compile(r"\b(phone|telephone|tel|mobile|cell|cellphone|landline|m[oó]vil|celular|tel[eé]fono|fijo)\b")
_NO_PHONE = re.compile(r"\b(label|type|tipo|etiqueta|fax|pager|e-?mail|correo|ext|extension|extensi[oó]n|carrier)\b")
_BARE_NUMBER = re.compile(r"^(number|n[uú]mero|contact number|n[uú]mero de contacto)$")
_WHOLE_NAME = re.compile(
    r"^(name|full name|display name|contact|contact name|caller|patient|customer|client|nombre completo|contacto"
    r"|paciente|cliente|nombre y apellidos?|customer name|client name|patient name)$"
)
_FIRST_NAME = re.compile(r"^(first|first ?name|given name|forename|nombre|nombres|nombre de pila)$")
_LAST_NAME = re.compile(r"^(last|last ?name|surname|family name|apellidos?|primer apellido)$")
_COMPANY = re.compile(r"^(company|organi[sz]ation|organi[sz]ation name|business|supplier|empresa|proveedor)$")
_LANGUAGE = re.compile(r"^(language|preferred language|lang|idioma|lengua)$")


def guess_columns(table: Table, country: str) -> Columns:
    """Return what the headings say, in English or Spanish; without a heading for the number, what the cells show."""
    headings = [" ".join(re.sub(r"[_./:()#-]+", " ", one.casefold()).split()) for one in table.headings]
    phones = [n for n, one in enumerate(headings) if _PHONE.search(one) and not _NO_PHONE.search(one)]
    phones = phones or _matching(headings, _BARE_NUMBER) or _looks_like_phones(table, country)
    # "Nombre" is a whole name alone, and a first name beside "Apellidos".
    parts = [*_matching(headings, _FIRST_NAME)[:1], *_matching(headings, _LAST_NAME)[:1]]
    names = _matching(headings, _WHOLE_NAME)[:1] or parts or _matching(headings, _COMPANY)[:1]
    if not names and not any(headings):
        names = [n for n in range(len(headings)) if n not in phones][:1]
    language = next(iter(_matching(headings, _LANGUAGE)), None)
    return Columns(tuple(phones[:3]), tuple(names), language)


def _matching(headings: Sequence[str], pattern: re.Pattern[str]) -> list[int]:
    return [n for n, one in enumerate(headings) if pattern.search(one)]


def _looks_like_phones(table: Table, country: str) -> list[int]:
    sample = [cells for _, cells in table.rows[:20]]
    found = [
        sum(1 for cells in sample if len(cells) > n and normalise_phone(cells[n], country))
        for n in range(len(table.headings))
    ]
    best = max(found, default=0)
    return [found.index(best)] if best else []


def read_rows(table: Table, columns: Columns, country: str) -> Reading:
    """Return each number of a table with its name; a row with no number that can be called is a fault."""
    return collect((_read_row(line, cells, columns, country) for line, cells in table.rows), country)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone of the file before their numbers are looked at."""

    line: int
    said_phones: tuple[str, ...]
    name: str | None
    language: str | None


def _read_row(line: int, cells: Sequence[str], columns: Columns, country: str) -> Person:
    def cell(n: int) -> str:
        return cells[n] if n < len(cells) else ""

    # Google puts all numbers of one kind into one cell, between triple colons.
    phones = [part.strip() for n in columns.phones for part in cell(n).split(":::")]
    name = clean_name(" ".join(cell(n) for n in columns.names))
    language = read_language(cell(columns.language)) if columns.language is not None else None
    return Person(line, tuple(one for one in phones if one), name, language)


def clean_name(text: str) -> str | None:
    """Return a name on one line and not too long, or None where there is nothing to read."""
    return visible(text)[:LONGEST_NAME].strip() or None


def read_language(text: str) -> str | None:
    """Return the language of ours that a cell names."""
    return _LANGUAGES.get(text.strip().casefold().partition("-")[0].partition("_")[0])


def collect(people: Iterable[Person], country: str) -> Reading:
    """Return each number once, with the first name that stands beside it, and what is wrong with the rest."""
    entries: dict[str, Entry] = {}
    faults: list[Fault] = []
    for person in people:
        if not person.said_phones:
            faults.append(Fault(person.line, person.name or "", phrase("It has no phone number.")))
        for said in person.said_phones:
            phone = normalise_phone(said, country)
            if phone is None:
                faults.append(_no_number(person.line, said))
            elif phone not in entries:
                entries[phone] = Entry(person.line, phone, person.name, person.language)
            elif person.line != entries[phone].line:
                faults.append(_twin(person, said, entries[phone].line))
                # The later row may know the name that the first one lacks.
                entries[phone] = replace(entries[phone], name=entries[phone].name or person.name)
    return Reading(tuple(entries.values()), tuple(faults))


def _no_number(line: int, said: str) -> Fault:
    shown = visible(said)[:60]
    if not any(character.isdecimal() for character in said):
        return Fault(line, shown, phrase("This is no phone number."))
    return Fault(line, shown, phrase("This number cannot be called as it stands. Numbers abroad begin with “+”."))


def _twin(person: Person, said: str, first: int) -> Fault:
    shown = f"{person.name}, {visible(said)}" if person.name else visible(said)
    return Fault(person.line, shown[:60], phrase("The same number stands on line %(line)s.", line=first))
