"""What the guide for owners says of people is what the code does."""

from datetime import timedelta
from pathlib import Path

from ringback.store.people import SESSION_DAYS
from ringback.web.people.role_words import ROLE_NAMES
from ringback.workflows.invitations import INVITATION_DAYS, OWNER_RESET_VALID, RESET_VALID

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "people.md"


def test_the_guide_names_every_role_and_every_span() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    roles = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")][1:]

    assert roles == [str(name) for name in ROLE_NAMES.values()]
    assert f"once and for {INVITATION_DAYS} days" in text
    assert f"after {SESSION_DAYS} days" in text
    assert (timedelta(hours=1), timedelta(days=1)) == (RESET_VALID, OWNER_RESET_VALID)
    assert "works once, for an hour" in text
    assert "for a day" in text
