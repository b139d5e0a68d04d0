"""kill -9 of web, worker and database during a burst: a shorter run of `make chaos`."""

import random
from pathlib import Path

from tests.chaos.burst import run_burst, running_product, witness
from tests.sandbox.company import PhoneCompany


async def test_every_caller_is_texted_exactly_once_though_every_process_is_killed(tmp_path: Path) -> None:
    """Two bursts of 60 calls; each kills web, worker and database once."""
    with running_product(tmp_path) as (product, company_url):
        async with PhoneCompany(company_url) as company:
            callers: list[str] = []
            for number in range(2):
                callers += await run_burst(product, company, number, 60, random.Random(number))
            texts = await witness(company, callers)
    assert len(texts) == 120
    assert set(texts.values()) == {1}
