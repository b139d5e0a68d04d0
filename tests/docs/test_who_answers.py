"""What "Who answers" promises of texts and times is what the rules do."""

import re
from uuid import UUID

from ringback.domain.away import Away, Back, read_away
from ringback.domain.business import RoutingPolicy
from ringback.domain.relaying import Send, Speak, Standing, read_staff_text
from tests.cast import NOON
from tests.docs.pages import read, rows, section

PAGE = "how-to/who-answers.md"
ONE = Standing([UUID(int=1)])


def test_each_text_of_the_relay_table_means_what_stands_beside_it() -> None:
    said = [cells[0] for cells in rows(section(read(PAGE), "## Answer from your own phone"))[1:]]
    meanings = [read_staff_text(text, ONE) for text in said if text != "STOP"]
    assert [type(meaning) for meaning in meanings] == [Send, Speak, Speak]


def test_each_text_of_the_busy_table_is_understood() -> None:
    said = [cells[0] for cells in rows(section(read(PAGE), "## Busy until 3"))[1:]]
    texts = [text.strip() for cell in said for text in cell.split(",")]
    read_as = [read_away(text, NOON, "America/Chicago") for text in texts]
    assert len(texts) == 7
    assert all(isinstance(meaning, Away | Back) for meaning in read_as), list(zip(texts, read_as, strict=True))


def test_the_minutes_it_names_are_the_defaults() -> None:
    told = re.search(r"due (\d+) minutes after the caller wrote", read(PAGE))
    assert told is not None
    assert int(told[1]) == RoutingPolicy().target_minutes
