"""Addresses, postcodes, areas, phone numbers, counts and picks are read as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.receptionist.understanding.numbers import read_choice, read_number, read_phone
from ringback.receptionist.understanding.places import is_in_area, read_address, read_postcode


@pytest.mark.parametrize(
    ("text", "country", "address"),
    [
        ("123 Main St", "US", "123 Main St"),
        (
            "my sink leaks at 1420 W Fullerton Ave apt 3B, Chicago IL 60614, can you come today?",
            "US",
            "1420 W Fullerton Ave apt 3B, Chicago IL 60614",
        ),
        ("12 Elm St. Please ring the bell", "US", "12 Elm St"),
        ("15 harbor view rd\nthanks!", "US", "15 harbor view rd"),
        ("220 E 42nd St, New York", "US", "220 E 42nd St, New York"),
        ("1250 Dundas St W unit 4, Toronto ON M6J 1X7", "CA", "1250 Dundas St W unit 4, Toronto ON M6J 1X7"),
        ("Flat 3, 12 High Street, Leeds LS1 4AP", "GB", "Flat 3, 12 High Street, Leeds LS1 4AP"),
        ("221B Baker Street, London NW1 6XE please", "GB", "221B Baker Street, London NW1 6XE"),
        ("3/45 King St, Newtown NSW 2042", "AU", "3/45 King St, Newtown NSW 2042"),
        ("Calle Mayor 12, 3º B, 28013 Madrid", "ES", "Calle Mayor 12, 3º B, 28013 Madrid"),
        ("c/ Gran Vía, 45, Madrid", "ES", "c/ Gran Vía, 45, Madrid"),
        ("vivo en calle 5 de mayo 22 int 4, ¿puedes venir?", "MX", "calle 5 de mayo 22 int 4"),
        ("I live at 88 Broadway, Oakland", "US", "88 Broadway, Oakland"),
    ],
)
def test_an_address_is_found_in_free_text(text: str, country: str, address: str) -> None:
    assert read_address(text, asked=False, country=country) == address


@pytest.mark.parametrize(
    ("text", "country", "address"),
    [
        ("456 N Michigan", "US", "456 N Michigan"),
        ("It's 12 oak street thanks", "US", "12 oak street"),
        ("Rose Cottage, Mill Lane, Kinsale", "IE", "Rose Cottage, Mill Lane, Kinsale"),
    ],
)
def test_an_address_that_was_asked_for_may_be_shorter(text: str, country: str, address: str) -> None:
    assert read_address(text, asked=True, country=country) == address


def test_a_number_and_a_word_are_no_address_unasked() -> None:
    assert read_address("456 N Michigan", asked=False, country="US") is None


@pytest.mark.parametrize(
    "text",
    [
        *("3pm works", "at 10 or 11", "2 people", "4 pm", "the second one", "no", "5 cleaning", "60614", "in 2 weeks"),
        *("10 am next week by the park", "2 weeks ago in the park", "I have 2 kids", "call 312 555 0142"),
    ],
)
def test_times_and_counts_are_no_address(text: str) -> None:
    assert read_address(text, asked=True, country="US") is None


@pytest.mark.parametrize(
    ("text", "country", "postcode"),
    [
        ("I'm in 60614", "US", "60614"),
        ("12345 Main St, Denver 80202", "US", "80202"),
        ("12345 Main St", "US", None),
        ("zip is 12345 ok", "US", "12345"),
        ("sw1a 1aa", "GB", "SW1A 1AA"),
        ("m5v2t6", "CA", "M5V2T6"),
        ("D02 X285", "IE", "D02 X285"),
        ("Newtown NSW 2042", "AU", "2042"),
        ("28013 Madrid", "ES", "28013"),
        ("312 555 0142", "US", None),
    ],
)
def test_a_postcode_is_told_from_a_house_number(text: str, country: str, postcode: str | None) -> None:
    assert read_postcode(text, country) == postcode


@pytest.mark.parametrize(
    ("text", "area", "answer"),
    [
        ("do you come to 60614?", ("60614",), True),
        ("60601", ("606",), True),
        ("12 Elm St, 75001", ("606",), False),
        ("do you come to evenston", ("60614", "Evanston"), True),
        ("Skokie?", ("Evanston",), None),
        ("12 Elm St", ("606",), None),
        ("SW1A", ("SW1",), True),
        ("sw1a 1aa", ("EC", "N1"), False),
        ("call 312 555 0142", ("606",), None),
        ("anything", (), None),
    ],
)
def test_the_area_says_yes_no_or_cannot_tell(text: str, area: tuple[str, ...], answer: bool | None) -> None:
    assert is_in_area(text, area) is answer


@pytest.mark.parametrize(
    ("text", "country", "phone"),
    [
        ("call me at 312-555-0142", "US", "+13125550142"),
        ("(617) 555 0110 thanks", "US", "+16175550110"),
        ("+34 612 345 678", "US", "+34612345678"),
        ("07400 123456", "GB", "+447400123456"),
        ("12 Elm St 60614", "US", None),
        ("at 3 or 4", "US", None),
    ],
)
def test_a_phone_number_becomes_e164(text: str, country: str, phone: str | None) -> None:
    assert read_phone(text, country) == phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("2", 2), ("about 1,500 sq ft", 1500), ("2.5 baths", 2.5), ("5k", 5000), ("a couple", 2), ("one", 1)),
        *(("twenty five", 25), ("two hundred fifty", 250), ("I have three", 3), ("none", None), ("no idea", None)),
        *(("treinta y dos", 32), ("una docena", 12), ("ciento veinte", 120), ("un niño", None)),
    ],
)
def test_a_count_is_read_in_digits_and_words(text: str, number: float | None) -> None:
    assert read_number(text) == number


TIMES = ("Thu Nov 26, 10 AM", "Fri Nov 27, 2 PM")


@pytest.mark.parametrize(
    ("text", "options", "place"),
    [
        ("the first one", TIMES, 0),
        ("la segunda", TIMES, 1),
        ("2", TIMES, 1),
        ("#1", TIMES, 0),
        ("option 2 please", TIMES, 1),
        ("the last one", TIMES, 1),
        ("either", TIMES, None),
        ("3", TIMES, None),
        ("2", ("Thu 2 PM", "Fri 10 AM"), None),
        ("gas", ("Gas", "Electric"), 0),
        ("its electrc", ("Gas", "Electric"), 1),
        ("both", ("Gas", "Electric"), None),
        ("I don't know", ("Gas", "Electric"), None),
        ("the furnace", ("AC tune-up", "Furnace tune-up"), 1),
        ("tune up", ("AC tune-up", "Furnace tune-up"), None),
        ("2 bedrooms", ("1 bedroom", "2 bedrooms", "3 bedrooms"), 1),
        ("Where can I park?", ("Where can I park?", "Do you validate parking?"), 0),
        ("one", (), None),
        ("the last one", (), None),
    ],
)
def test_a_pick_is_read_by_place_or_by_its_own_words(text: str, options: tuple[str, ...], place: int | None) -> None:
    assert read_choice(text, options) == place


def made_of(*words: str) -> st.SearchStrategy[str]:
    """Any text, and as often one of these words: no chance would ever put together an address or a pick."""
    return st.text(max_size=80) | st.lists(st.sampled_from(words), max_size=8).map(" ".join)


PICKS = made_of(*"the first second later last one two 2 3 b option number either cleaning check up no".split())


@given(PICKS, st.lists(PICKS, max_size=4))
def test_a_pick_is_always_one_of_the_options(text: str, options: list[str]) -> None:
    place = read_choice(text, tuple(options))
    assert place is None or 0 <= place < len(options)


ADDRESSES = made_of(
    *"12 456 Elm St Ave, #4 Apt 3B Denver, CO 80202 SW1A 1AA 28013 calle Mayor n.º and thanks! at 3pm . ,".split(),
    *("my address is", "I live at", "12 Elm St", "Calle Mayor 5", "Rose Cottage, Mill Lane, Kinsale", "\n", "  "),
)


@given(ADDRESSES, st.sampled_from(["US", "CA", "GB", "IE", "AU", "NZ", "ES", "MX", "FR"]))
def test_an_address_is_always_in_the_callers_words(text: str, country: str) -> None:
    address = read_address(text, asked=True, country=country)
    assert address is None or address in " ".join(text.split())
