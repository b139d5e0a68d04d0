"""The short form of `python -m tests.chaos.api_cases`, with cases of its own."""

import pytest

from tests.chaos import api_cases
from tests.database import Server
from tests.web.api_served import serving_api


@pytest.mark.parametrize("number", [20261121])
def test_no_generated_request_is_answered_with_a_failure_of_ours(server: Server, number: int) -> None:
    with serving_api(server) as served:
        tally = api_cases.ask(served, 300, number)

    assert tally.cases >= 300
    assert tally.broken == []
    assert tally.statuses[200] > 20, "some must reach the rows"
