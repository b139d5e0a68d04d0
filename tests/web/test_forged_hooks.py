"""Webhooks that were tampered with, at the whole application: a short run of `python -m tests.chaos.forged_hooks`."""

import random
from collections import Counter

import pytest

from tests.chaos.forged_hooks import Tally, on_fresh_database
from tests.chaos.forging import FORGERIES, TOKENS, genuine, is_genuine, tampered
from tests.database import Server


@pytest.fixture(scope="module")
def seeds() -> range:
    """Numbers to make requests from."""
    return range(1, 400)


def test_what_the_forgers_begin_with_is_genuine_to_the_vendors_own_library(seeds: range) -> None:
    choose = random.Random(8400)

    assert all(is_genuine(genuine(seed, choose), TOKENS) for seed in seeds)


def test_every_forgery_forges_and_some_are_found_to_change_nothing(seeds: range) -> None:
    """Were a forgery always equivalent, or never different, the run would prove less than it says."""
    choose, forged, equal = random.Random(8400), Counter[str](), Counter[str]()
    for seed in seeds:
        for forgery in FORGERIES:
            hook = genuine(seed, choose)
            changed = forgery.tamper(hook, choose)
            (equal if is_genuine(changed, TOKENS) else forged)[forgery.name] += 1

    assert {one.name for one in FORGERIES} == set(forged)
    assert {"fields reordered", "field repeated", "border of name and value moved", "another algorithm"} <= set(equal)


def test_the_same_seed_makes_the_same_forgeries() -> None:
    runs = [
        [tampered(genuine(n, choose), choose) for n in range(50)] for choose in (random.Random(7), random.Random(7))
    ]

    assert runs[0] == runs[1]


async def test_no_forged_webhook_is_accepted_and_no_replay_does_anything(server: Server) -> None:
    tally: Tally = await on_fresh_database(server, 500, 8400)

    assert (tally.forged, tally.accepted, tally.stored) == (500, [], [])
    assert tally.equivalent > 20
    assert tally.refused_wrongly == []
    assert tally.replayed > 40
    assert tally.second_effects == []
    # Refused for its signature in nearly every case, and never by an error of ours.
    assert tally.answers[403] + tally.answers[429] > 400
    assert max(tally.answers) < 500
