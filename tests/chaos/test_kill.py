"""kill -9 of web, worker and database during a burst: a shorter run of `make chaos`."""

import random
from pathlib import Path

from tests.chaos.burst import run_round, running_product
from tests.sandbox.company import PhoneCompany


async def test_every_caller_is_texted_exactly_once_though_every_process_is_killed(tmp_path: Path) -> None:
    """Two bursts of 60 calls; each kills web, worker and database once."""
    with running_product(tmp_path) as (product, company_url):
        async with PhoneCompany(company_url) as company:
            for number in range(2):
                texts = await run_round(product, company, number, 60, random.Random(number))
                assert len(texts) == 60
                assert set(texts.values()) == {1}
