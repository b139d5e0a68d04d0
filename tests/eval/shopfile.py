"""The business file of the shop that a dialogue's caller texts: a plain business of its trade."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tests.cast import SAM_PHONE
from tests.eval.dialogues import Replay

# The clock of the set is local time; where its businesses lie, so that "today" is theirs.
ZONE = "America/Los_Angeles"
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_OPEN = ["07:00-22:00"]
_TRADES = {
    "dentist": ("dental", "Harbor Dental", "Check-up", ["dentist", "dental check-up", "cleaning", "teeth"]),
    "hair salon": ("salon", "Harbor Hair", "Haircut", ["hair", "salon", "stylist", "barber"]),
    "doctor": ("medical", "Harbor Clinic", "Doctor's visit", ["doctor", "consultation", "check-up"]),
    "therapist": ("medical", "Harbor Therapy", "Therapy session", ["therapist", "counseling", "psychologist"]),
}


def business_file(replay: Replay, slug: str, number: str, connection: Mapping[str, str]) -> dict[str, Any]:
    """Return the business file of one shop: one service, the people of the dialogue and Sam, open every day."""
    trade, name, service, also = _TRADES.get(replay.vertical, ("generic", "Harbor", "Visit", [replay.vertical]))
    off = _time_off(replay)
    staff = [{"name": person, "takes_calls": False} | off for person in replay.world.names if person != "Sam"]
    return {
        "business": {
            "slug": slug,
            "name": name,
            "trade": trade,
            "zone": ZONE,
            "country": "US",
            "language": "en",
            "address": "12 Harbor Street, San Francisco",
        },
        "hours": dict.fromkeys(_DAYS, _OPEN),
        # The set's times lie on quarters of an hour, some of them on the day itself.
        "booking": {"lead_minutes": 30, "horizon_days": 60, "grid_minutes": 15},
        # A simulated caller sends two texts within milliseconds, where thumbs need seconds.
        "receptionist": {"settle_seconds": 0.4},
        "staff": [*staff, {"name": "Sam", "phone": SAM_PHONE} | off],
        "services": [{"name": service, "minutes": 15 if off else 30, "price_cents": 8500, "also": also}],
        "facts": [
            {"question": "Do you have parking?", "answer": "Yes, parking is free behind the building."},
            {"question": "Do you take cards?", "answer": "Yes, we take all major cards."},
        ],
        "lines": [{"number": number, "provider": "twilio", "mode": "front", "set": dict(connection)}],
    }


def _time_off(replay: Replay) -> dict[str, Any]:
    """Nobody is free when the business of the source had no time either, and the caller took what was offered."""
    if replay.taken_at is None:
        return {}
    start = datetime.strptime(replay.taken_at, "%H:%M")  # noqa: DTZ007
    span = f"{start:%H:%M}-{start + timedelta(minutes=15):%H:%M}"
    return {"time_off": [{"first_on": replay.goal.on, "last_on": replay.goal.on, "span": span}]}
