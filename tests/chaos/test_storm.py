"""A storm of spoofed calls against the running product: a short form of `python -m tests.chaos.storm`."""

from pathlib import Path

from tests.chaos.storm import Storm, blow, judge


async def test_a_storm_of_150_spoofed_calls_spends_no_more_than_the_cap_and_is_told_once(tmp_path: Path) -> None:
    storm = Storm(calls=150, known=3, cap_cents=80)
    figures = await blow(storm, tmp_path)
    assert judge(storm, figures) == []
    assert figures["calls"] == 153
