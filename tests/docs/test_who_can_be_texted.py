"""The page of who can be texted tells what the rules do."""

import re

from ringback.domain.number_facts import HIGHEST_PUMPING_RISK, POLICY
from ringback.providers.twilio.errors import _TABLE
from ringback.providers.twilio.lookup import LONGEST_ANSWER_SECONDS
from tests.docs.pages import names_in, read, rows, section

PAGE = read("reference/who-can-be-texted.md")


def test_every_sort_of_line_stands_with_what_follows() -> None:
    told = {names_in(row[0])[0]: row[1] for row in rows(section(PAGE, "## Looking numbers up")) if row[0][0] == "`"}

    assert told == {line_type.value: textable.value for line_type, textable in POLICY.items()}


def test_every_code_is_one_that_is_known() -> None:
    codes = set(re.findall(r"\b\d{5}\b", section(PAGE, "## What carriers say")))

    assert len(codes) >= 10
    assert codes <= {row[0] for row in _TABLE}


def test_the_figures_are_those_in_the_code() -> None:
    assert f"an answer is waited for {LONGEST_ANSWER_SECONDS} seconds at" in PAGE
    assert f"{HIGHEST_PUMPING_RISK} of 100 and more are not texted" in PAGE
