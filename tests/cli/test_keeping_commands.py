"""`ringback secrets` and `ringback privacy`, and what `check` says when a key is lost."""

import json
from pathlib import Path

from tests.cli.test_commands import Ringback, harbor, ringback

# Fixtures that live with the other commands.
__all__ = ["harbor", "ringback"]

# The key file instead of the environment's keys.
IN_FILE = {"RINGBACK_SECRET_KEYS": ""}


def test_keys_of_the_file_are_changed_and_the_old_one_is_dropped_when_nothing_needs_it(
    ringback: Ringback, harbor: Path, tmp_path: Path
) -> None:
    assert ringback("secrets", "rotate", "--json", **IN_FILE).returncode == 1, "the lines were sealed with other keys"
    again = ringback("apply", str(harbor), **IN_FILE)
    assert again.returncode == 0, again.stderr
    first = json.loads(ringback("secrets", "status", "--json", **IN_FILE).stdout)
    rotated = json.loads(ringback("secrets", "rotate", "--json", **IN_FILE).stdout)
    status = json.loads(ringback("secrets", "status", "--json", **IN_FILE).stdout)
    dropped = json.loads(ringback("secrets", "drop", "--json", **IN_FILE).stdout)

    assert (tmp_path / "secret-keys").stat().st_mode & 0o777 == 0o600
    assert first["lost_keys"] == []
    assert rotated["sealed_with"] == status["keys"][0]["key"] == dropped["keys"][0]
    assert [key["sealed"] for key in status["keys"][1:]] == [0] * len(status["keys"][1:])
    assert "secrets drop" in status["next"]
    assert len((tmp_path / "secret-keys").read_text().split()) == 1


def test_a_lost_key_is_a_sentence_in_check_and_status_and_no_stack_trace(ringback: Ringback, harbor: Path) -> None:
    other = ringback("secrets", "new").stdout.strip()
    check = ringback("check", RINGBACK_SECRET_KEYS=other)
    status = json.loads(ringback("secrets", "status", "--json", RINGBACK_SECRET_KEYS=other).stdout)

    assert "was sealed with the key" in check.stdout + check.stderr
    assert "Traceback" not in check.stdout + check.stderr
    assert "behind the first one" in status["next"]
    assert "is none: a key is 32 bytes" in ringback("check", RINGBACK_SECRET_KEYS="short").stderr
    assert "RINGBACK_SECRET_KEYS" in ringback("secrets", "drop", RINGBACK_SECRET_KEYS=other).stderr


def test_migrate_leaves_nothing_in_the_clear(ringback: Ringback, harbor: Path) -> None:
    done = ringback("migrate", "--json")
    assert done.returncode == 0, done.stderr
    status = json.loads(ringback("secrets", "status", "--json").stdout)
    assert (status["in_the_clear"], status["lost_keys"], status["next"]) == (0, [], "All is sealed.")


def test_what_would_go_is_counted_and_an_unknown_number_is_a_sentence(ringback: Ringback, harbor: Path) -> None:
    unknown = ringback("privacy", "erase", "(617) 555-0142", "--business", "harbor-dental")
    assert "has no contact with the number" in unknown.stderr
    old = json.loads(ringback("privacy", "retention", "--business", "harbor-dental", "--dry-run", "--json").stdout)
    assert set(old["would_go"]) >= {"messages", "contacts", "audit"}
