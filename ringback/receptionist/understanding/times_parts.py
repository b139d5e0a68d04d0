"""The parts of a day that people name instead of an hour."""

from dataclasses import dataclass
from enum import IntEnum, auto


class Part(IntEnum):
    """A named part of the day."""

    MORNING = auto()
    AFTERNOON = auto()
    EVENING = auto()
    NIGHT = auto()
    LUNCH = auto()
    OPENING = auto()
    AFTER_WORK = auto()
    CLOSING = auto()
    AFTER_LUNCH = auto()
    BEFORE_LUNCH = auto()
    BEFORE_WORK = auto()
    AFTER_SCHOOL = auto()
    EARLY_MORNING = auto()
    MID_MORNING = auto()
    LATE_MORNING = auto()
    EARLY_AFTERNOON = auto()
    MID_AFTERNOON = auto()
    LATE_AFTERNOON = auto()
    EARLY_EVENING = auto()
    LATE_EVENING = auto()
    SMALL_HOURS = auto()
    EARLY = auto()
    LATE = auto()
    MIDDAY = auto()


@dataclass(frozen=True, slots=True)
class Stretch:
    """The minutes of a part; None is open. `half`: 0 puts a clock time beside it before noon, 1 after, None neither."""

    from_minute: int | None
    to_minute: int | None
    half: int | None


STRETCHES = {
    Part.MORNING: Stretch(5 * 60, 12 * 60, 0),
    Part.AFTERNOON: Stretch(12 * 60, 17 * 60, 1),
    Part.EVENING: Stretch(17 * 60, 21 * 60, 1),
    Part.NIGHT: Stretch(19 * 60, 24 * 60, None),
    Part.LUNCH: Stretch(11 * 60 + 30, 13 * 60 + 30, 1),
    Part.OPENING: Stretch(None, None, 0),
    Part.AFTER_WORK: Stretch(17 * 60, None, 1),
    Part.CLOSING: Stretch(None, None, 1),
    Part.AFTER_LUNCH: Stretch(13 * 60, None, 1),
    Part.BEFORE_LUNCH: Stretch(None, 12 * 60, None),
    Part.BEFORE_WORK: Stretch(None, 9 * 60, 0),
    Part.AFTER_SCHOOL: Stretch(15 * 60, None, 1),
    Part.EARLY_MORNING: Stretch(5 * 60, 9 * 60 + 30, 0),
    Part.MID_MORNING: Stretch(9 * 60 + 30, 11 * 60, 0),
    Part.LATE_MORNING: Stretch(10 * 60 + 30, 12 * 60, 0),
    Part.EARLY_AFTERNOON: Stretch(12 * 60, 14 * 60, 1),
    Part.MID_AFTERNOON: Stretch(14 * 60, 16 * 60, 1),
    Part.LATE_AFTERNOON: Stretch(15 * 60 + 30, 17 * 60 + 30, 1),
    Part.EARLY_EVENING: Stretch(17 * 60, 19 * 60, 1),
    Part.LATE_EVENING: Stretch(19 * 60, 22 * 60, 1),
    Part.SMALL_HOURS: Stretch(0, 6 * 60, 0),
    Part.EARLY: Stretch(None, 10 * 60 + 30, 0),
    Part.LATE: Stretch(15 * 60, None, 1),
    Part.MIDDAY: Stretch(12 * 60, 14 * 60, 1),
}

_EDGES = {
    (0, Part.MORNING): Part.EARLY_MORNING, (1, Part.MORNING): Part.MID_MORNING, (2, Part.MORNING): Part.LATE_MORNING,
    (0, Part.AFTERNOON): Part.EARLY_AFTERNOON, (1, Part.AFTERNOON): Part.MID_AFTERNOON,
    (2, Part.AFTERNOON): Part.LATE_AFTERNOON, (0, Part.EVENING): Part.EARLY_EVENING,
    (2, Part.EVENING): Part.LATE_EVENING,
}  # fmt: skip


def narrow(part: Part, edge: int | None) -> Part:
    """Return the early (0), middle (1) or late (2) piece of a part, or the part where it has none."""
    return part if edge is None else _EDGES.get((edge, part), part)


def stretch_of(part: Part, open_from: int, open_to: int) -> Stretch:
    """Return the minutes of the part; the first and the last thing of a day are those of the opening hours."""
    if part is Part.OPENING:
        return Stretch(open_from, open_from + 90, 0)
    if part is Part.CLOSING:
        return Stretch(max(open_from, open_to - 120), open_to, 1)
    return STRETCHES[part]
