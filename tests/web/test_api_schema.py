"""The OpenAPI document holds: generated requests, right and wrong ones, are answered as it says, never with a 5xx."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.config import SchemathesisConfig

from tests.database import Server
from tests.web.api_served import KEY, Served, api_document, serving_api

CONFIG = {
    "auth": {"openapi": {"API key": {"bearer": KEY}}},
    "phases": {"coverage": {"unexpected-methods": []}},
    "checks": {
        # Whether a text is a phone number, and a cursor ours, is more than JSON Schema can say.
        "positive_data_acceptance": {"expected-statuses": ["2xx", "400", "404", "409", "422"]},
    },
}
schema = schemathesis.openapi.from_dict(api_document(), config=SchemathesisConfig.from_dict(CONFIG))


@pytest.fixture(scope="module")
def served(server: Server) -> Iterator[Served]:
    """Serve the API over a database of its own for all the cases."""
    with serving_api(server) as running:
        yield running


@schema.parametrize()
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
def test_generated_requests_are_answered_as_the_document_says(case: schemathesis.Case[Any], served: Served) -> None:
    served.aim(case)
    case.call_and_validate(base_url=served.url)
