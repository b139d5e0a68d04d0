"""Files of contacts as phones, address books and spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.contact_cards import is_card_file, read_cards
from ringback.domain.contact_files import (
    MOST_ROWS,
    Columns,
    Reading,
    UnreadableFile,
    decode_file,
    guess_columns,
    read_rows,
    read_table,
)
from ringback.domain.contact_plans import ImportKind, Known, plan_import
from ringback.domain.phones import normalise_phone
from ringback.store.ids import new_id

CARLA, DORA, NORA = "+13125550142", "+13125550143", "+13125550177"


def people(text: str, country: str = "US") -> list[tuple[str, str | None]]:
    """Return the (number, name) of each entry of a CSV file whose columns were guessed."""
    table = read_table(text, country)
    return [(one.phone, one.name) for one in read_rows(table, guess_columns(table, country), country).entries]


def faults(text: str) -> list[tuple[int, str]]:
    """Return (line, why) of what is no use in a CSV file."""
    table = read_table(text, "US")
    return [(one.line, str(one.why)) for one in read_rows(table, guess_columns(table, "US"), "US").faults]


def cards(text: str, country: str = "US") -> list[tuple[str, str | None]]:
    """Return the (number, name) of each entry of a vCard file."""
    assert is_card_file(text)
    return [(one.phone, one.name) for one in read_cards(text, country).entries]


@pytest.mark.parametrize(
    "text",
    [
        "Name,Phone\nCarla Ruiz,(312) 555-0142\n",
        "name;mobile number;e-mail\nCarla Ruiz;+1 312 555 0142;carla@example.com\n",
        "First Name\tLast Name\tHome Phone\nCarla\tRuiz\t312-555-0142\n",
        "First Name,Last Name,Phone 1 - Label,Phone 1 - Value\nCarla,Ruiz,Mobile,3125550142\n",
        "Nombre,Apellidos,Teléfono móvil\nCarla,Ruiz,312.555.0142\n",
        "Nombre completo,Celular,Fax\nCarla Ruiz,3125550142,3125550199\n",
        'Customer name,"Telephone"\r\n"Carla Ruiz","312 555 0142"\r\n',
        "Carla Ruiz,3125550142\n",
        "Full name,Where to ring\nCarla Ruiz,3125550142\n",
        "\n\nName,Phone\n\nCarla Ruiz,3125550142\n\n",
    ],
)
def test_the_columns_of_common_address_books_are_found(text: str) -> None:
    assert people(text) == [(CARLA, "Carla Ruiz")]


def test_numbers_are_read_as_people_of_the_country_write_them() -> None:
    assert people("Nombre;Móvil\nAna;612 345 678\nJo;+44 7911 123456\n", "ES") == [
        ("+34612345678", "Ana"),
        ("+447911123456", "Jo"),
    ]


def test_each_number_of_a_person_is_an_entry() -> None:
    assert people("Name,Phone 1 - Value,Phone 2 - Value\nCarla,3125550142 ::: 3125550143,3125550177\n") == [
        (CARLA, "Carla"),
        (DORA, "Carla"),
        (NORA, "Carla"),
    ]


def test_rows_that_are_no_use_are_named_by_line_and_reason() -> None:
    text = 'Name,Phone\n"Two\nlines",12\nBob,\nCarla,3125550142\nTwin,(312) 555 0142\nEve,call me\n'
    assert faults(text) == [
        (2, "This number cannot be called as it stands. Numbers abroad begin with “+”."),
        (4, "It has no phone number."),
        (6, "The same number stands on line 5."),
        (7, "This is no phone number."),
    ]


def test_a_later_row_gives_its_name_to_a_number_that_had_none() -> None:
    assert people("Name,Phone\n,3125550142\nCarla,3125550142\n") == [(CARLA, "Carla")]


def test_columns_may_be_chosen_by_hand() -> None:
    table = read_table("A,B,C\n3125550143,Ruiz,3125550142\n", "US")
    chosen = read_rows(table, Columns(phones=(2,), names=(1,)), "US")
    assert [(one.phone, one.name) for one in chosen.entries] == [(CARLA, "Ruiz")]


def test_a_language_column_is_understood_in_both_languages() -> None:
    table = read_table("Name,Phone,Idioma\nAna,3125550142,Español\nBo,3125550143,en-US\nCy,3125550177,fr\n", "US")
    read = read_rows(table, guess_columns(table, "US"), "US")
    assert [one.language for one in read.entries] == ["es", "en", None]


def test_ten_thousand_rows_are_read_and_more_are_refused() -> None:
    rows = [f"N{n},+1312555{n:04d}" for n in range(MOST_ROWS)]
    assert len(read_table("\n".join(["Name,Phone", *rows]), "US").rows) == MOST_ROWS
    with pytest.raises(UnreadableFile, match="more than 10000 rows"):
        read_table("\n".join(["Name,Phone", *rows, "One more,+13125550142"]), "US")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_read_in_the_encodings_that_programs_write(encoding: str) -> None:
    assert decode_file("Núñez, José".encode(encoding)) == "Núñez, José"


@pytest.mark.parametrize("content", [b"", b" \n ", b"PK\x03\x04\x00\x00", b"\x89PNG\r\n\x1a\n\x00"])
def test_what_is_no_file_of_contacts_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableFile) as refused:
        decode_file(content)
    assert str(refused.value).endswith(".")


def test_a_quote_that_is_never_closed_is_refused_with_its_line() -> None:
    with pytest.raises(UnreadableFile, match="Line 2 "):
        read_table('Name,Phone\n"' + "x" * 200_000, "US")


def test_a_card_of_version_3_gives_all_its_numbers_but_the_fax() -> None:
    card = (
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ruiz;Carla;;;\r\nFN:Carla\r\n  Ruiz\r\n"
        "TEL;TYPE=CELL:(312) 555-0142\r\nitem1.TEL;type=WORK;type=VOICE:312-555-0143\r\nTEL;TYPE=FAX:3125550199\r\n"
        "END:VCARD\r\n"
    )
    assert cards(card) == [(CARLA, "Carla Ruiz"), (DORA, "Carla Ruiz")]


def test_a_card_of_version_4_may_hold_numbers_as_addresses() -> None:
    card = (
        "BEGIN:VCARD\nVERSION:4.0\nKIND:individual\nFN:Ruiz\\, Carla\nLANG:es\n"
        'TEL;VALUE=uri;PREF=1;TYPE="voice,home":tel:+1-312-555-0142\nEND:VCARD\n'
    )
    assert cards(card) == [(CARLA, "Ruiz, Carla")]
    assert read_cards(card, "US").entries[0].language == "es"


def test_a_card_of_version_2_may_be_quoted_printable_over_several_lines() -> None:
    card = (
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:N=C3=BA=\n=C3=B1ez;Jos=C3=A9;;;\n"
        "TEL;CELL:3125550142\nEND:VCARD\n"
    )
    assert cards(card) == [(CARLA, "José Núñez")]


def test_a_card_without_a_person_is_known_by_its_company_and_one_without_a_number_is_a_fault() -> None:
    text = (
        "BEGIN:VCARD\nVERSION:3.0\nORG:Molar Supplies;Sales\nTEL:3125550142\nEND:VCARD\n"
        "BEGIN:VCARD\nVERSION:3.0\nFN:Silent\nEND:VCARD\n"
    )
    assert cards(text) == [(CARLA, "Molar Supplies")]
    assert [(one.line, one.said) for one in read_cards(text, "US").faults] == [(6, "Silent")]


def read_csv(text: str, country: str) -> Reading:
    """Read a CSV file whose columns are guessed."""
    table = read_table(text, country)
    return read_rows(table, guess_columns(table, country), country)


@given(st.text(max_size=300), st.sampled_from(["US", "ES", "GB"]))
def test_any_text_is_read_or_refused_with_a_sentence_and_gives_only_numbers_that_can_be_called(
    text: str, country: str
) -> None:
    for read in (read_cards, read_csv):
        try:
            found = read("BEGIN:VCARD\n" + text if read is read_cards else text, country)
        except UnreadableFile as refused:
            sentences = str(refused)
            found = Reading((), ())
        else:
            sentences = "."
        assert sentences.endswith((".", "?"))
        assert all(normalise_phone(one.phone, country) == one.phone for one in found.entries)
        assert len({one.phone for one in found.entries}) == len(found.entries)


def test_nothing_that_is_known_is_overwritten() -> None:
    table = read_table("Name,Phone,Language\nCarla,3125550142,es\nDora,3125550143,es\nNora,3125550177,es\n", "US")
    read = read_rows(table, guess_columns(table, "US"), "US")
    known = {
        CARLA: Known(new_id(), "Mrs Ruiz", "en", frozenset({"do_not_text"})),
        DORA: Known(new_id(), None, None, frozenset()),
    }
    carla, dora, nora = plan_import(read.entries, known, ImportKind.FRIENDS)

    assert (carla.name, carla.language, carla.marked, carla.changes) == (None, None, False, False)
    assert (dora.name, dora.language, dora.marked, dora.changes) == ("Dora", "es", True, True)
    assert (nora.known, nora.name, nora.marked) == (None, "Nora", True)


@pytest.mark.parametrize(
    ("kind", "marked"),
    [
        (ImportKind.REGULARS, False),
        (ImportKind.PATIENTS, False),
        (ImportKind.FRIENDS, True),
        (ImportKind.SUPPLIERS, True),
    ],
)
def test_family_friends_and_suppliers_get_no_automatic_text(kind: ImportKind, marked: bool) -> None:
    table = read_table("Name,Phone\nCarla,3125550142\n", "US")
    read = read_rows(table, guess_columns(table, "US"), "US")
    assert [one.marked for one in plan_import(read.entries, {}, kind)] == [marked]
