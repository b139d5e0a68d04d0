"""`ringback agency`: an agency, its businesses, and the people who may enter them."""

import json
from pathlib import Path

from tests.cli.test_commands import Ringback, harbor, ringback

# Fixtures that live with the other commands.
__all__ = ["harbor", "ringback"]


def test_an_agency_looks_after_businesses_and_a_new_person_gets_a_password_once(
    ringback: Ringback, harbor: Path
) -> None:
    made = ringback("agency", "create", "Bright Agency", "--json")
    assert json.loads(made.stdout) == {"agency": "bright-agency", "name": "Bright Agency"}
    add = ("agency", "add", "bright-agency", "--business", "harbor-dental", "--email", "ana@bright.example", "--json")

    first, second = (json.loads(ringback(*add).stdout) for _ in range(2))
    assert first["businesses"] == second["businesses"] == ["harbor-dental"]
    assert len(first["password"]) > 10
    assert "password" not in second, "whoever can sign in already keeps their password"


def test_an_agency_without_a_business_lets_nobody_in_and_mistakes_end_with_a_sentence(
    ringback: Ringback, harbor: Path
) -> None:
    assert "Create it first" in ringback("agency", "add", "bright", "--business", "harbor-dental").stderr
    ringback("agency", "create", "Bright")
    assert "There is an agency “bright” already." in ringback("agency", "create", "bright").stderr
    alone = ringback("agency", "add", "bright", "--email", "ana@bright.example")
    assert "Add one with --business first." in alone.stderr
    assert ringback("agency", "add", "bright").returncode == 2
    assert ringback("agency", "create", "…").returncode == 2
    ringback("agency", "create", "Other")
    assert ringback("agency", "add", "bright", "--business", "harbor-dental").returncode == 0
    taken = ringback("agency", "add", "other", "--business", "harbor-dental")
    assert "Another agency looks after" in taken.stderr
