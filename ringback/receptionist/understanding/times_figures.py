"""Figures as people write them: which are clock times, days or plain numbers, and which are never a time."""

import re
from datetime import date

from ringback.receptionist.understanding.times_kinds import Kind

FIGURE_OR_WORD = re.compile(
    r"""
      (?P<money>[$£€]\s?\d[\d.,]*k?|\b\d[\d.,]*\s?(?:[$£€%]|k\b))
    | (?P<iso>\b(?P<iy>(?:19|20)\d\d)(?P<is>[-/.]?)(?P<im>0[1-9]|1[0-2])(?P=is)(?P<id>[0-3]\d)\b)
    | (?P<full>\b(?P<fa>\d\d?)(?P<fs>[-/.])(?P<fb>\d\d?)(?P=fs)(?P<fy>(?:19|20)\d\d|\d\d)\b)
    | (?P<phone>\+?\(?\b\d{3}\)?[\s.-]{0,2}\d{3}[\s.-]?\d{4}\b|\+\d[\d\s().-]{7,}\d|\b\d{5,}|\b\d{3}[.-]\d{4}\b)
    | (?P<ratio>\b24/7\b|\b\d:\d\b|\#\s?\d+|\b\d{1,3}(?:,\d{3})+\b|\b\d+[.,]\d(?!\d)|\b\d+[.]\d{3,})
    | (?P<clock>\b(?P<ch>[01]?\d|2[0-4])\s?(?P<cs>[:h])\s?(?P<cm>[0-5]\d)(?::[0-5]\d)?(?![\d:]))
    | (?P<dotted>\b(?P<da>\d\d?)\.(?P<db>\d\d)\b)
    | (?P<slashed>\b(?P<sa>\d\d?)/(?P<sb>\d\d?)\b)
    | (?P<dashed>\b(?P<ha>\d\d?)\s?[-–]\s?(?P<hb>\d\d?)(?![\d:]|\s?[-–.]\s?\d))
    | (?P<ordinal>\b(?P<on>\d\d?)(?:st|nd|rd|\s?th|er|ro|[ºª°])(?![a-z]))
    | (?P<texted>\b(?:2(?:moro|morro|morrow|mrw|mro|day|nite|night)|b4)\b)
    | (?P<number>\b\d{1,4})
    | (?P<meridiem>(?<=[\d\s])[ap]\s?\.\s?m\b\.?)
    | (?P<word>[a-z]+(?:['"`´’‘][a-z]+)*|[&@])
    | (?P<stop>[.!?;\n]+)
    | (?P<comma>[,()/:"]+)
    | (?P<dash>[-–—~]+)
    """,
    re.VERBOSE,
)

# "3pm", "10ish", "2h": what may stand right behind a figure; other letters make a part number of it ("3xl").
TAILS = frozenset("a p am pm ish h hs hr hrs hour hours oclock min mins d day days wk wks weeks ampm".split())

_FIGURE = (Kind.FIGURE, 0)
_PAIRS = {
    "dotted": (Kind.DOTTED, "da", "db"),
    "slashed": (Kind.SLASHED, "sa", "sb"),
    "dashed": (Kind.DASHED, "ha", "hb"),
}
# Outside of these, four figures are rather hours and minutes ("1930").
_YEARS = range(2012, 2040)


def read_figure(match: re.Match[str], *, day_first: bool) -> tuple[Kind, int]:
    """Return what a match of FIGURE_OR_WORD amounts to, as a kind and its value. Words and signs are not for here."""
    group, name = match.group, match.lastgroup
    if name in _PAIRS:
        kind, first, second = _PAIRS[name]
        return kind, int(group(first)) * 100 + int(group(second))
    match name:
        case "iso":
            return _date(int(group("iy")), int(group("im")), int(group("id")))
        case "full":
            return _full(int(group("fa")), int(group("fb")), int(group("fy")), day_first=day_first)
        case "clock":
            return _clock(group("ch"), int(group("cm")))
        case "ordinal":
            return Kind.ORDINAL, int(group("on"))
        case "number":
            return _number(group())
    return _FIGURE


def _full(first: int, second: int, year: int, *, day_first: bool) -> tuple[Kind, int]:
    day, month = (first, second) if (day_first or first > 12) and second <= 12 else (second, first)
    return _date(year + 2000 if year < 100 else year, month, day)


def _date(year: int, month: int, day: int) -> tuple[Kind, int]:
    try:
        return Kind.DATE, date(year, month, day).toordinal()
    except ValueError:
        return _FIGURE


def _clock(hour: str, minute: int) -> tuple[Kind, int]:
    minutes = int(hour) % 24 * 60 + minute
    # "09:45" and "15:30" are the 24-hour clock; "9:45" may be either half of the day.
    sure = hour.startswith("0") or int(hour) > 12
    return Kind.CLOCK24 if sure else Kind.CLOCK, minutes


def _number(figures: str) -> tuple[Kind, int]:
    value = int(figures)
    if len(figures) == 4:
        return Kind.YEAR if value in _YEARS else Kind.FOUR, value
    if len(figures) == 2 and figures.startswith("0"):
        return Kind.PADDED, value
    # Three figures are hours and minutes only before am or pm ("930am").
    return (Kind.NUMBER, value) if len(figures) <= 2 else (Kind.FOUR, value) if len(figures) == 3 else _FIGURE
