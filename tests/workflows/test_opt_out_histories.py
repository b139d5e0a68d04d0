"""A short run of `python -m tests.chaos.opt_outs`: no text after an opt-out but the one already handed over."""

from tests.chaos.opt_outs import run_histories
from tests.database import Server


def test_whatever_happens_nothing_is_sent_after_an_opt_out_but_what_was_already_handed_over(server: Server) -> None:
    world = run_histories(server, runs=25, steps=12)

    assert world.histories >= 25
    assert world.opted_out > 5
    assert world.sent > 5
