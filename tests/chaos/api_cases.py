"""20,000 generated requests on the API, right and wrong ones: `python -m tests.chaos.api_cases`; no answer is a 5xx."""

import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from tests.database import database_folder, running_server
from tests.web.api_served import KEY, Served, api_document, serving_api

CASES = 20_000


@dataclass
class Tally:
    """How the cases were answered: by status, and in words those that nobody may see."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        """Return how many requests were answered."""
        return sum(self.statuses.values())


def ask(served: Served, cases: int, number: int = 1) -> Tally:
    """Ask every operation its share of the cases; `number` seeds what is generated."""
    tally = Tally()
    schema = schemathesis.openapi.from_dict(api_document())
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    share = -(-cases // len(operations))
    for operation in operations:
        _ask_one(operation, served, share, number, tally)
    return tally


def _ask_one(operation: Any, served: Served, share: int, number: int, tally: Tally) -> None:
    right, wrong = share - share // 2, share // 2
    for mode, count in ((GenerationMode.POSITIVE, right), (GenerationMode.NEGATIVE, wrong)):
        _run(operation.as_strategy(generation_mode=mode), served, count, number, tally)


def _run(strategy: Any, served: Served, count: int, number: int, tally: Tally) -> None:
    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=strategy)
    def answered(case: Any) -> None:
        served.aim(case)
        # A third would else be refused at the door; what a wrong key gets is tested elsewhere.
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {KEY}"}
        response = case.call(base_url=served.url)
        tally.statuses[response.status_code] += 1
        if response.status_code >= 500:
            tally.broken.append(f"{response.status_code}: {case.as_curl_command()}")

    answered()


def measure(cases: int, number: int = 1) -> dict[str, int | str]:
    """Return the figures of a run against a database of its own; what was broken is told on standard error."""
    with database_folder() as folder, running_server(folder) as server, serving_api(server) as served:
        tally = ask(served, cases, number)
    for words in tally.broken[:10]:
        sys.stderr.write(f"{words}\n")
    statuses = " ".join(f"{status}={count}" for status, count in sorted(tally.statuses.items()))
    return {"api_cases": tally.cases, "api_server_errors": len(tally.broken), "api_statuses": statuses}


if __name__ == "__main__":
    figures = measure(int(os.environ.get("API_CASES", CASES)), int(os.environ.get("SEED", "1")))
    sys.stdout.writelines(f"{name}: {value}\n" for name, value in figures.items())
    raise SystemExit(1 if figures["api_server_errors"] else 0)
