"""What a text says about time: days and hours as wishes, not yet as openings."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Wish:
    """One stretch of time that somebody named, in local days and minutes after midnight.

    None: not said. One day has `first_on == last_on`; a point of time ("at 3") has `from_minute == to_minute` and is
    `exact`; "after 3" has `to_minute` None, "morning" has both. `words` is the part of the text it was read from.
    """

    first_on: date | None = None
    last_on: date | None = None
    from_minute: int | None = None
    to_minute: int | None = None
    # "weekdays", "Mondays", "any Tuesday": Monday 0; empty means every day of the stretch.
    weekdays: frozenset[int] = frozenset()
    exact: bool = False
    # "10ish", "around noon": near it is good too.
    about: bool = False
    # am or pm was neither said nor settled by the opening hours: ask.
    half_unsure: bool = False
    # Which day is meant is in doubt ("next Friday" on a Monday, "Tuesday the 9th" that is a Wednesday): say the date.
    day_unsure: bool = False
    # The day that bounds a stretch without being in it: "before Friday" names that Friday.
    named_on: date | None = None
    # Set where only a part of the day was said, in words of its own: "morning", "after_work".
    part: str = ""
    # A time zone was named, so the minutes may not be those of the business.
    elsewhere: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """All that one text says about time. `wishes` are alternatives, first said first; `not_wishes` were refused.

    `soonest`: "as soon as possible", "asap", "first thing you have"; `any_time`: "whenever", "I'm flexible".
    `earlier` and `later` ask for other openings than those offered.
    """

    wishes: tuple[Wish, ...] = ()
    not_wishes: tuple[Wish, ...] = ()
    # What is to be replaced: the Tuesday of "move my Tuesday appointment to Friday".
    instead_of: tuple[Wish, ...] = ()
    soonest: bool = False
    any_time: bool = False
    earlier: bool = False
    later: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """What a time is read against. `today` and `minute` are local; `open_from..open_to` minutes settle am or pm.

    `asked`: what we had just asked for ("date", "time", or both): a bare "3" is a time only then, a bare "12th" a day.
    """

    today: date
    minute: int = 0
    open_from: int = 8 * 60
    open_to: int = 18 * 60
    asked: frozenset[str] = frozenset()
