"""Settles am and pm: by the part of the day said with it, by the other end of a range, by the opening hours."""

from dataclasses import dataclass

from ringback.receptionist.understanding.times_parts import Part, stretch_of
from ringback.receptionist.understanding.times_pieces import Clock, Hours
from ringback.receptionist.understanding.wishes import Frame

_NOON = 720
_DAY = 1440


@dataclass(frozen=True, slots=True)
class Settled:
    """Minutes after midnight; `unsure` where the half of the day is a guess."""

    from_minute: int | None = None
    to_minute: int | None = None
    unsure: bool = False


def settle(hours: Hours, frame: Frame, *, today: bool) -> Settled:
    """Return the minutes that the hours mean. `today`: they are of today, where what is past is not meant."""
    if not hours.has_clock:
        return _part_alone(hours, frame)
    if hours.start is not None and hours.end is not None:
        return _range(hours.start, hours.end, hours.part, frame)
    clock = hours.start or hours.end or Clock(0)
    minute, unsure = _minute(clock, hours.part, frame, today=today)
    unsure = unsure or hours.doubtful
    if hours.exact:
        return Settled(minute, minute, unsure)
    return Settled(minute, None, unsure) if hours.start is not None else Settled(None, minute, unsure)


def _part_alone(hours: Hours, frame: Frame) -> Settled:
    if hours.part is None:
        return Settled()
    stretch = stretch_of(hours.part, frame.open_from, frame.open_to)
    return Settled(stretch.from_minute, stretch.to_minute)


def _minute(clock: Clock, part: Part | None, frame: Frame, *, today: bool) -> tuple[int, bool]:
    if clock.sure:
        return clock.minute, False
    if part is not None and (said := _of_part(clock.minute, part)) is not None:
        return said, False
    return _by_opening_hours(clock.minute % _NOON, frame, today=today)


def _of_part(minute: int, part: Part) -> int | None:
    """ "8 at night" is 20:00 and "2 at night" 2:00; "a quarter to 12 in the morning" is before noon."""
    if part is Part.NIGHT:
        early = minute % _NOON
        return early if early < 5 * 60 else early + _NOON
    half = stretch_of(part, 0, _DAY).half
    if half is None:
        return None
    # "12:15 in the morning" is heard of businesses that open at night, not of ours: it is just past noon.
    return minute % _NOON + _NOON * half if half or minute < _NOON else minute


def _by_opening_hours(early: int, frame: Frame, *, today: bool) -> tuple[int, bool]:
    """The half of the day in which the business is open; both or neither leaves a doubt."""
    late = early + _NOON
    inside = [m for m in (early, late) if frame.open_from <= m < frame.open_to]
    # Closing time itself is no start, but "until 6" and "at 6" mean that 6 and not the one before dawn.
    inside = inside or [m for m in (early, late) if m == frame.open_to]
    ahead = [m for m in inside if not today or m > frame.minute]
    if len(ahead) == 1:
        return ahead[0], False
    if len(inside) == 1:
        return inside[0], True
    usual = early if early >= 8 * 60 else late
    if ahead:
        return usual, True
    nearest = min((early, late), key=lambda m: (_outside(m, frame), m != usual))
    return nearest, True


def _outside(minute: int, frame: Frame) -> int:
    return max(frame.open_from - minute, minute - frame.open_to, 0)


def _range(start: Clock, end: Clock, part: Part | None, frame: Frame) -> Settled:
    """In "9 to 5" each end settles the other: the range runs forward, and as short as it can."""
    if not start.sure and end.sure:
        earlier = [m for m in (start.minute % _NOON, start.minute % _NOON + _NOON) if m < end.minute]
        return Settled(max(earlier, default=start.minute), end.minute)
    first, unsure = _minute(start, part, frame, today=False)
    if end.sure:
        return Settled(first, end.minute if end.minute > first else None, unsure)
    later = [m for m in (end.minute % _NOON, end.minute % _NOON + _NOON, _DAY) if m > first]
    return Settled(first, min(later), unsure)
