"""A short run of each fuzz target; `make fuzz` is the long one."""

from pathlib import Path

import pytest

pytest.importorskip("atheris", reason="atheris has no release for this Python or system")

from tests.fuzz.__main__ import SHARES, fuzz

RUNS = 3_000


@pytest.mark.parametrize("name", sorted(SHARES))
def test_nothing_that_comes_from_outside_breaks_its_reader(name: str, tmp_path: Path) -> None:
    runs, code, said = fuzz(name, RUNS, 1, tmp_path)

    assert code == 0, said
    assert runs >= RUNS


def test_a_target_that_breaks_is_seen(tmp_path: Path) -> None:
    _, code, said = fuzz("no such target", 1, 1, tmp_path)

    assert code != 0
    assert "no such target" in said
