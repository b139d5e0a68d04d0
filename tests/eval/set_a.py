"""Set A (dates and times): from a row of the set to the one day and time that the receptionist would read back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ringback.receptionist.understanding.times import as_point, read_when
from ringback.receptionist.understanding.wishes import Frame, When

# What the set's own slot names ask for.
_ASKED = {"appointment_date": "date", "appointment_time": "time"}


def predict(row: Mapping[str, Any], noisy: bool = False) -> dict[str, str | None]:
    """Return the prediction for a row as the scorer takes it; `noisy` reads the row's text-speak variant."""
    text = row["noisy"] if noisy and row.get("noisy") is not None else row["text"]
    when = read_when(text, _frame(row), row["lang"])
    day, minute = as_point(_mentioned(when))
    return {
        "id": row["id"],
        "date": day.isoformat() if day else None,
        "time": f"{minute // 60 % 24:02}:{minute % 60:02}" if minute is not None else None,
    }


def _frame(row: Mapping[str, Any]) -> Frame:
    """The frame's default opening hours decide am and pm: the rows name no business."""
    ref = datetime.fromisoformat(row["ref"])
    asked = frozenset(_ASKED[slot] for slot in row["asked"] if slot in _ASKED)
    return Frame(today=ref.date(), minute=ref.hour * 60 + ref.minute, asked=asked)


def _mentioned(when: When) -> When:
    """The set wants any time that is named, also a refused one where nothing was wished for."""
    return when if when.wishes else When(wishes=when.not_wishes)
