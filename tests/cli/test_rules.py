"""`ringback rules`: the law for one number at one instant, as a person and as a program read it."""

import json
from pathlib import Path

import pytest

from ringback.cli import rules
from ringback.cli.output import show
from ringback.domain.law.files import texting_rules
from ringback.settings import Settings
from tests.cli.test_commands import Ringback, harbor, ringback

__all__ = ["harbor", "ringback"]


def explained(number: str, at: str, address: str | None = None) -> dict[str, object]:
    return rules.explain(Settings(), number, at, None, address)


def test_an_evening_in_florida_is_explained_with_its_rule_and_the_next_morning() -> None:
    found = explained("+13055550142", "2026-11-21T20:30")
    assert found["at"] == "2026-11-22T01:30:00+00:00"
    assert (found["allowed"], found["next_allowed_at"]) == (False, "2026-11-22T13:00:00+00:00")
    assert found["next_allowed_local"] == "Sun 2026-11-22 08:00"
    assert (found["most_in_24_hours"], found["rule_version"]) == (3, "US-FL@1 US@1")
    florida = found["jurisdictions"]["US-FL"]  # type: ignore[index]
    assert florida["citation"].startswith("Fla. Stat. 501.616(6)")
    assert (florida["why"], florida["open_now"], florida["hours_today"]) == ("The area code", False, "08:00-20:00")
    assert found["recording"]["all_parties_must_know"] is True  # type: ignore[index]


def test_an_address_counts_before_the_number_and_an_offset_as_it_says() -> None:
    found = explained("+13055550142", "2026-11-21T20:30-06:00", "60601")
    assert found["at"] == "2026-11-22T02:30:00+00:00"
    assert (found["allowed"], found["rule_version"]) == (True, "US-IL@1 US@1")


@pytest.mark.parametrize(
    ("number", "at", "says"),
    [("hello", "2026-11-21T20:30", "is no phone number"), ("+13055550142", "tonight", "is no time")],
)
def test_what_cannot_be_read_ends_with_a_sentence(
    capsys: pytest.CaptureFixture[str], number: str, at: str, says: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        explained(number, at)
    assert ended.value.code == 2
    assert says in capsys.readouterr().err


def test_the_list_has_every_rule_and_prints_for_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:
    listed = rules.list_rules()
    assert len(listed["texting"]) == sum(len(versions) for versions in texting_rules().values())
    show(listed, as_json=False)
    assert "R.I. Gen. Laws 5-61-3.6" in capsys.readouterr().out
    show(listed, as_json=True)
    assert json.loads(capsys.readouterr().out)["disclosure"]["US-CO@1"]["effective_from"] == "2027-01-01"


def test_a_business_adds_its_own_place_and_clock(ringback: Ringback, harbor: Path) -> None:
    typed = ("rules", "explain", "--number", "+13125550142", "--at", "2026-11-20T07:30", "--json")
    done = ringback(*typed, "--business", "harbor-dental")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found["local"]) == ["America/Chicago", "America/New_York"]
    assert found["rule_version"] == "US-IL@1 US-MA@1 US@1"
    assert found["jurisdictions"]["US-MA"]["why"] == "The business's own number"
