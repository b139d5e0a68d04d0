"""Rule files: complete, read strictly, and never changed without a new version and a new date."""

import hashlib
import itertools
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from ringback.domain.law.files import (
    RuleFileBroken,
    disclosure_rules,
    read_disclosure,
    read_recording,
    read_texting,
    recording_rules,
    rule_files,
    texting_rules,
)
from ringback.domain.law.values import Confidence, Grounds

# One line for each version of each file that ever stood here: file, version, verified_on, SHA-256 of its text.
RECORDED = Path(__file__).parent / "recorded_versions.txt"
SUBJECTS = ("texting", "recording", "disclosure")
FILES = [(name, text) for subject in SUBJECTS for name, text in rule_files(subject)]
FLORIDA = dict(FILES)["texting/us-fl.toml"]
WASHINGTON = dict(FILES)["recording/us-wa.toml"]
MAINE = dict(FILES)["disclosure/us-me.toml"]

# facts of the issue: each of these must have a file of its own.
STATES_ASKED_FOR = "FL OK MD TX WA CT RI AL LA MS MA NJ NV KY MI MN NM PA NY".split()
COUNTRIES_ASKED_FOR = "US CA GB AU IE NZ ES MX".split()
ALL_PARTY_STATES = "CA FL IL MD MA MT NH PA WA CT DE NV MI".split()


def recorded() -> dict[tuple[str, str], tuple[date, str]]:
    rows = (line.split() for line in RECORDED.read_text(encoding="utf-8").splitlines() if line.strip())
    return {(name, version): (date.fromisoformat(on), digest) for name, version, on, digest in rows}


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(("name", "text"), FILES, ids=[name for name, _ in FILES])
def test_a_file_that_changes_gets_a_new_version_and_a_new_date(name: str, text: str) -> None:
    said = tomllib.loads(text)
    expected = recorded().get((name, said["version"]))
    assert expected is not None, f"{name}: record version {said['version']} in {RECORDED.name}"
    assert expected == (said["verified_on"], digest(text)), (
        f"{name} has changed. Check it against its citation, raise `version`, set `verified_on` to today, "
        f"and record that version in {RECORDED.name}."
    )


def test_a_later_version_was_verified_later() -> None:
    versions: dict[str, list[tuple[int, date]]] = {}
    for (name, version), (on, _) in recorded().items():
        versions.setdefault(name, []).append((int(version), on))
    for found in versions.values():
        # A file that replaced another (Pennsylvania's) may begin with version 2; the order of dates holds all the same.
        dates = [on for _, on in sorted(found)]
        assert dates == sorted(set(dates))


def test_no_record_is_of_a_file_that_is_gone() -> None:
    assert {name for name, _ in recorded()} == {name for name, _ in FILES}


@pytest.mark.parametrize(
    "field",
    ["jurisdiction", "name", "version", "covers", "citation", "source", "confidence", "verified_on", "effective_from"],
)
@pytest.mark.parametrize(
    ("read", "text"), [(read_texting, FLORIDA), (read_recording, WASHINGTON), (read_disclosure, MAINE)]
)
def test_a_file_without_one_of_its_grounds_is_refused(read: object, text: str, field: str) -> None:
    shortened = "\n".join(line for line in text.splitlines() if not line.startswith(f"{field} ="))
    with pytest.raises(RuleFileBroken, match=field):
        read("it.toml", shortened)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('sun = "08:00-20:00"\n', "", "each of mon"),
        ('mon = "08:00-20:00"', 'mon = "8-20"', "09:00-20:00"),
        ('mon = "08:00-20:00"', 'mon = "20:00-08:00"', "before it begins"),
        ('confidence = "statute_read"', 'confidence = "sure"', "confidence is one of"),
        ("verified_on = 2026-11-21", 'verified_on = "2026-11-21"', "dates are written"),
        ("verified_on = 2026-11-21", "verified_on = 2026-11-21T10:00:00", "dates are written"),
        ("most_a_day = 3", "most_a_day = 3\nmost_a_week = 9", "most_a_week"),
        ('name = "Florida"', "name = Florida", "it.toml"),
    ],
)
def test_a_file_that_says_something_else_is_refused(before: str, after: str, says: str) -> None:
    assert before in FLORIDA
    with pytest.raises(RuleFileBroken, match=says):
        read_texting("it.toml", FLORIDA.replace(before, after))


def test_every_place_asked_for_has_its_file() -> None:
    assert {f"US-{state}" for state in STATES_ASKED_FOR} | set(COUNTRIES_ASKED_FOR) | {"XX"} <= set(texting_rules())
    assert {f"US-{state}" for state in ALL_PARTY_STATES} <= {
        name for name, rules in recording_rules().items() if rules[-1].all_parties
    }
    assert {"US-ME", "US-UT", "US-CA", "US-CO", "ES", "IE"} <= set(disclosure_rules())


def grounds() -> list[Grounds]:
    return [
        rule.grounds
        for rules in (texting_rules(), recording_rules(), disclosure_rules())
        for versions in rules.values()
        for rule in versions
    ]


def test_every_rule_cites_where_it_stands() -> None:
    for one in grounds():
        assert len(one.citation) > 10, one
        assert one.source.startswith("http") or one.jurisdiction == "XX", one
        assert one.effective_until is None or one.effective_until > one.effective_from, one
        assert isinstance(one.confidence, Confidence), one


def test_versions_of_one_place_follow_each_other_without_a_gap_or_an_overlap() -> None:
    for versions in texting_rules().values():
        for earlier, later in itertools.pairwise(versions):
            assert earlier.grounds.effective_until == later.grounds.effective_from


@pytest.mark.parametrize("one", grounds(), ids=lambda one: f"{one.label} {one.covers[:12]}")
def test_every_rule_holds_from_its_first_day_to_the_day_before_its_last(one: Grounds) -> None:
    day = timedelta(days=1)
    assert not one.is_in_force(one.effective_from - day)
    assert one.is_in_force(one.effective_from)
    until = one.effective_until
    if until is not None:
        assert (one.is_in_force(until - day), one.is_in_force(until)) == (True, False)


# One hour or day of these is stricter than the pack for unknown places, which is the strictest of the common rules
# (facts on quiet hours: 9 to 8, Sundays from noon, no federal holidays, three a day). Another one needs a decision.
STRICTER_THAN_UNKNOWN = "AU CA ES US-AL US-KY US-LA US-MS US-PA US-RI US-SD US-UT".split()


def test_an_unknown_place_has_hours_as_strict_as_all_but_these() -> None:
    [unknown] = texting_rules()["XX"]
    stricter = {
        name
        for name, versions in texting_rules().items()
        for theirs, ours in zip(versions[-1].weekly, unknown.weekly, strict=True)
        if ours is not None and (theirs is None or theirs.first > ours.first or theirs.last < ours.last)
    }
    assert sorted(stricter) == STRICTER_THAN_UNKNOWN
    assert (unknown.holidays, unknown.most_a_day) == ("US", 3)
