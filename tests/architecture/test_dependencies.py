"""Every direct dependency is worth its place, and both locks pin all of them with hashes and without addresses."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.sources import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUNTIME = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
DEVELOPERS = [Requirement(line) for line in PROJECT["project"]["optional-dependencies"]["dev"]]
BUILD = [Requirement(line) for line in PROJECT["dependency-groups"]["build"]]
LOCKS = {
    "requirements.lock": [*RUNTIME, *BUILD],
    "requirements-dev.lock": [*RUNTIME, *BUILD, *DEVELOPERS],
}
REASONS = ROOT / "docs" / "reference" / "dependencies.md"

PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
ROW = re.compile(r"^\| `([^`]+)` \| (.+?) \|$", re.MULTILINE)


def pins(lock: str) -> dict[str, Version]:
    """The version that a lock names for each package."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {canonicalize_name(name): Version(version) for name, version in PIN.findall(text)}


def test_there_are_at_most_28_direct_runtime_dependencies() -> None:
    assert len(RUNTIME) <= 28


def test_the_reference_gives_a_reason_for_each_direct_dependency_and_for_no_other() -> None:
    reasons = dict(ROW.findall(REASONS.read_text(encoding="utf-8")))

    assert sorted(reasons) == sorted(one.name for one in RUNTIME)
    assert [name for name, reason in reasons.items() if len(reason.split()) < 5] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_direct_dependency_inside_its_range(lock: str) -> None:
    pinned = pins(lock)
    outside = [
        str(one)
        for one in LOCKS[lock]
        if (version := pinned.get(canonicalize_name(one.name))) is None or version not in one.specifier
    ]

    assert outside == [], f"Run `make lock`: {lock} does not hold these."


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_a_hash_for_every_pin_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]

    assert len(entries) == len(pins(lock)) > 0
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"\S*://\S*|^-+\S*(?:index|find-links)\S*", text, re.MULTILINE) == []


def test_developers_run_the_versions_that_users_run() -> None:
    developers = pins("requirements-dev.lock")

    assert {name: developers.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


def test_packaging_is_read_from_a_file_of_this_clone() -> None:
    assert Path(ROOT / PROJECT["project"]["readme"]).is_file()
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").split()[:2] == ["Apache", "License"]
