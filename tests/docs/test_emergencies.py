"""The page of emergencies names every kind in the order that counts, and what is said for each."""

import re

import pytest

from ringback.receptionist.understanding.emergency import EmergencyKind, default_instruction, read_emergency
from tests.docs.pages import names_in, read, rows, section

ROWS = [row for row in rows(section(read("reference/emergencies.md"), "## The kinds")) if row[0].startswith("`")]


def test_every_kind_stands_in_the_order_that_counts_with_what_is_said() -> None:
    told = [(names_in(row[0])[0], row[3]) for row in ROWS]

    assert told == [(kind.value, default_instruction(kind, "generic", "en", "US")) for kind in EmergencyKind]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: names_in(row[0])[0])
def test_the_words_given_as_examples_are_recognised_as_such(row: list[str]) -> None:
    kind = names_in(row[0])[0]

    assert {read_emergency(words, "generic") for words in re.findall(r'"([^"]+)"', row[2])} <= {kind}
