"""Puts pieces together: which hour goes with which day, what is an alternative, what was refused or taken back."""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

from ringback.receptionist.understanding.times_kinds import Kind, Terms, compile_rule
from ringback.receptionist.understanding.times_pieces import Aside, Days, Hours
from ringback.receptionist.understanding.times_scan import Placed

# What may stand between "not" and the time that it refuses.
_LINK = "(ON|AT|IN|THE|THIS|FOR|OF|AROUND|LAS|ANY)*"
_REFUSES = compile_rule(f".*(NOT|BUSY) {_LINK}")
_REPLACES = compile_rule(f".*INSTEAD_OF {_LINK}")
_FAILS = compile_rule("(COMMA|WORD|AND|THE){0,2}(FAILS|BUSY)|COMMA?NO(COMMA|STOP)")
_NO_SUCH = compile_rule(f".*NO {_LINK}")
_NO_BUT = compile_rule("COMMA?NO(THE|ON|AT|LAS)*")
# Between two times that share a day, and between two days that share an hour.
_SAME_BREATH = compile_rule("(OR|AND|COMMA|ON|AT|THE|FOR|LAS|IN)*")
_ALTERNATIVE = compile_rule("(OR|AND|COMMA|THE|ON)*")
_RIGHT_BEHIND = compile_rule("(ON|THE|FOR|IN|OF)*")
_UP_TO = compile_rule("(TO|UNTIL|DASH|THE|ON)*(TO|UNTIL|DASH|AT)(THE|ON)*")
_TO_LAST = compile_rule(".*(TO|FOR|ON)(THE|LAS)*")
_AND = compile_rule("AND(THE|ON)*")
_LEADS = compile_rule("(AFTER|BEFORE|UNTIL|BY|FROM|SINCE|BETWEEN)(THE|ON|AT|LAS)*")
# The last letter is the first of the piece itself: "to 4" may be read as one.
_MOVES_TO = compile_rule(".*(TO|FOR|AT|ON)(THE|ON|LAS)*.?")


# "no mornings", "no Mondays": said of all of them.
_PLURAL = Kind.PARTS.value + Kind.WEEKDAYS.value


class Fate(Enum):
    """What is to become of a draft."""

    WISHED = auto()
    REFUSED = auto()
    # Said only as what is to be changed: "move my Tuesday appointment to Friday".
    REPLACED = auto()


@dataclass(frozen=True, slots=True)
class Draft:
    """A wish in the making; `hours_first`: its hours were said before its day; `week`: the one its weekday is of."""

    start: int
    end: int
    days: Days | None = None
    hours: Hours | None = None
    lead: str = ""
    fate: Fate = Fate.WISHED
    hours_first: bool = False
    week: Days | None = None
    # The day is that of the wish before, until another is said: "5pm today or 9am tomorrow".
    inherited: bool = False


class Composer:
    """Takes pieces in order and keeps the drafts so far."""

    def __init__(self, terms: Terms) -> None:
        self._letters = terms.letters
        self._drafts: list[Draft] = []
        self._end = 0

    def drafts(self, pieces: list[Placed]) -> list[Draft]:
        """Return the drafts of all pieces, with the hours and days that alternatives share."""
        for place, placed in enumerate(pieces):
            following = pieces[place + 1].start if place + 1 < len(pieces) else len(self._letters)
            if not self._is_aside(placed):
                self._take(placed, following)
            self._end = placed.end
        return self._share_hours()

    def _is_aside(self, placed: Placed) -> bool:
        return isinstance(placed.piece, Aside) or self._lead(placed.start).startswith(Kind.SINCE.value)

    def _lead(self, start: int) -> str:
        """The letters of the bound before a place ("after the" ...), from the end of the piece before."""
        for begin in range(max(self._end, start - 3), start):
            if _LEADS.fullmatch(self._letters, begin, start):
                return self._letters[begin:start]
        return ""

    def _take(self, placed: Placed, following: int) -> None:
        gap = self._letters[self._end : placed.start]
        new = self._draft(placed, gap, following)
        last = self._drafts[-1] if self._drafts else None
        if last is None:
            self._drafts.append(new)
        elif not self._is_moving(last, gap) and (ranged := _as_range(last, new, gap)) is not None:
            self._drafts[-1] = ranged
        else:
            self._join(last, new, gap)

    def _draft(self, placed: Placed, gap: str, following: int) -> Draft:
        fate = Fate.WISHED
        if _REPLACES.fullmatch(gap):
            fate = Fate.REPLACED
        elif self._is_refused(placed, gap, following):
            fate = Fate.REFUSED
        if isinstance(placed.piece, Hours):
            return Draft(placed.start, placed.end, None, placed.piece, "", fate)
        days = placed.piece if isinstance(placed.piece, Days) else None
        hours, lead, week = days.hours if days else None, self._lead(placed.start), self._week(placed, days)
        return Draft(placed.start, placed.end, days, hours, lead, fate, week=week)

    def _week(self, placed: Placed, days: Days | None) -> Days | None:
        """The week that was said with a weekday ("Thursday next week"), for other weekdays said beside it."""
        letters = self._letters[placed.start : placed.end]
        if days is None or days.first_on is None or not {Kind.WEEK.value, Kind.WEEKDAY.value} <= set(letters):
            return None
        monday = days.first_on - timedelta(days=days.first_on.weekday())
        return Days(monday, monday + timedelta(days=6))

    def _is_refused(self, placed: Placed, gap: str, following: int) -> bool:
        last = self._drafts[-1] if self._drafts else None
        inherited = last is not None and last.fate is Fate.REFUSED and _ALTERNATIVE.fullmatch(gap) and last.end
        # "not Monday or Tuesday" refuses both, "not Monday, Tuesday" only one.
        if inherited and Kind.COMMA.value not in gap:
            return True
        if _REFUSES.fullmatch(gap) and not (last and last.fate is Fate.REFUSED and gap[0] == Kind.BUSY.value):
            return True
        if self._letters[placed.start] in _PLURAL and _NO_SUCH.fullmatch(gap):
            return True
        after = self._letters[placed.end : following]
        return _FAILS.match(after) is not None or self._letters[placed.end :] == Kind.NO.value

    def _join(self, last: Draft, new: Draft, gap: str) -> None:
        if new.fate is not last.fate:
            # "Tuesday, but not before 3" and "not Tuesday at 3" are about different wishes.
            self._append(last, new, gap)
        elif (narrowed := self._narrowed(last, new, gap)) is not None:
            self._drafts[-1] = narrowed
        elif (merged := _merged(last, new, gap)) is not None:
            self._drafts[-1] = merged
        elif self._is_moving(last, gap + self._letters[new.start]) and new.fate is Fate.WISHED:
            self._drafts[-1] = replace(last, fate=Fate.REPLACED)
            self._drafts.append(new)
        elif (Kind.SORRY.value in gap or _NO_BUT.fullmatch(gap)) and last.fate is Fate.WISHED:
            self._drafts[-1] = _corrected(last, new)
        else:
            self._append(last, new, gap)

    def _narrowed(self, last: Draft, new: Draft, gap: str) -> Draft | None:
        """Read "next week, Thursday afternoon" and "Thursday afternoon next week" as one day of that week."""
        if last.days is None or new.days is None or Kind.OR.value in gap:
            return None
        if self._is_weekday(new) and last.hours is None:
            weekday, week = new.days, last.days
        elif self._letters[last.start] == Kind.WEEKDAY.value:
            weekday, week = last.days, new.days
        else:
            return None
        days = _weekday_within(weekday, week)
        return None if days is None else replace(last, days=days, end=new.end, week=week)

    def _is_weekday(self, draft: Draft) -> bool:
        """Whether its day is a bare weekday, which may be one of any week."""
        end = draft.start + 1
        return self._letters[draft.start] == Kind.WEEKDAY.value and (draft.hours is not None or draft.end == end)

    def _is_moving(self, last: Draft, gap: str) -> bool:
        before = self._letters[: last.start]
        moving = Kind.MOVE.value in before and Kind.STOP.value not in gap and not _TO_LAST.fullmatch(before)
        return moving and Kind.OR.value not in gap and _MOVES_TO.fullmatch(gap) is not None

    def _append(self, last: Draft, new: Draft, gap: str) -> None:
        """Add an alternative; "Monday at 3 or 4" and "Tuesday, not at 3" share the day."""
        # "next week except Friday" and "next week, Monday or Friday" mean the Friday of that week.
        week = last.week or last.days
        if self._is_weekday(new) and new.days and week and (last.week or new.fate is Fate.REFUSED):
            new = replace(new, days=_weekday_within(new.days, week) or new.days, week=last.week)
        inherits = new.days is None and last.days is not None and last.fate is not Fate.REPLACED
        if inherits and (new.fate is last.fate or _SAME_BREATH.match(gap)):
            new = replace(new, days=last.days, lead=last.lead, inherited=True)
        self._drafts.append(new)

    def _share_hours(self) -> list[Draft]:
        """Give "Monday or Tuesday morning" the morning twice, and "3 pm Tuesday or Wednesday" the 3 pm."""
        drafts = self._drafts
        for place in range(len(drafts) - 2, -1, -1):
            one, two = drafts[place], drafts[place + 1]
            if self._is_one_list(one, two) and one.hours is None and two.hours and not two.hours_first:
                one = replace(one, hours=two.hours)
            if self._is_one_list(one, two) and self._is_weekday(one) and one.days and two.week and not one.week:
                one = replace(one, days=_weekday_within(one.days, two.week) or one.days, week=two.week)
            drafts[place] = one
        for place in range(1, len(drafts)):
            one, two = drafts[place - 1], drafts[place]
            if self._is_one_list(one, two) and two.hours is None and one.hours and one.hours_first:
                drafts[place] = replace(two, hours=one.hours, hours_first=True)
        return drafts

    def _is_one_list(self, one: Draft, two: Draft) -> bool:
        alternative = _ALTERNATIVE.fullmatch(self._letters, one.end, two.start) is not None
        return one.fate is two.fate and one.days is not None and two.days is not None and alternative


def _as_range(last: Draft, new: Draft, gap: str) -> Draft | None:
    """Read "Monday to Wednesday", "between the 5th and the 8th" as one stretch of days."""
    if last.days is None or new.days is None or last.hours is not None or Kind.SORRY.value in gap:
        return None
    between = last.lead.startswith(Kind.BETWEEN.value) and _AND.fullmatch(gap)
    first, end = last.days.first_on, new.days.last_on
    if not (between or _UP_TO.fullmatch(gap)) or first is None or end is None:
        return None
    # "Monday to Friday", said on a Wednesday: the Friday after that Monday.
    end += timedelta(days=7 if first - timedelta(days=7) < end < first else 0)
    if end < first:
        return None
    stretch = Days(first, end, unsure=last.days.unsure or new.days.unsure, hours=new.days.hours)
    return replace(last, days=stretch, end=new.end, lead="", hours=new.hours)


def _weekday_within(weekday: Days, stretch: Days) -> Days | None:
    """The day of the stretch, of a week at most, that has the weekday of the other; None where there is none."""
    day, first, last = weekday.first_on, stretch.first_on, stretch.last_on
    if day is None or day != weekday.last_on or first is None or last is None or not 0 < (last - first).days < 7:
        return None
    found = first + timedelta(days=(day.weekday() - first.weekday()) % 7)
    return Days(found, found) if found <= last else None


def _merged(last: Draft, new: Draft, gap: str) -> Draft | None:
    """One wish of a day and an hour, or of an hour and its part of the day; None where they do not go together."""
    takes_day = last.days is None and Kind.OR.value not in gap
    if new.days is not None and (takes_day or (last.inherited and _RIGHT_BEHIND.fullmatch(gap))):
        hours = _both(last.hours, new.hours)
        return replace(new, start=last.start, hours=hours, fate=last.fate, hours_first=True)
    if new.days is not None or new.hours is None or Kind.OR.value in gap:
        return None
    hours = _both(last.hours, new.hours)
    return None if hours is None else replace(last, hours=hours, end=new.end)


def _both(one: Hours | None, two: Hours | None) -> Hours | None:
    """Join "in the evening" with "at eight", "after 3" with "before 5"; None where both are whole by themselves."""
    if one is None or two is None:
        return one or two
    if one.has_clock and not two.has_clock:
        return replace(one, part=one.part or two.part)
    if two.has_clock and not one.has_clock:
        return replace(two, part=two.part or one.part)
    if one.exact or two.exact or not one.has_clock:
        return None
    if one.end is None and two.start is None:
        return Hours(one.start, two.end, one.part or two.part)
    return Hours(two.start, one.end, one.part or two.part) if two.end is None and one.start is None else None


def _corrected(last: Draft, new: Draft) -> Draft:
    """Let what was said later take the place of the same thing said before."""
    start = new.start if last.days is None or new.days is not None else last.start
    return replace(
        last,
        start=start,
        end=new.end,
        days=new.days or last.days,
        lead=new.lead if new.days else last.lead,
        hours=new.hours or last.hours,
    )
