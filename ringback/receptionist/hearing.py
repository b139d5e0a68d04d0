"""Listens: everything that the understanding finds in what a caller said, as one value."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import reduce
from uuid import UUID
from zoneinfo import ZoneInfo

from ringback.domain.business import Business
from ringback.domain.hours import minute_of
from ringback.receptionist.dialog import Desk, Dialog, Heard, Stage
from ringback.receptionist.doubtful_days import with_both_days, with_week_after
from ringback.receptionist.same_time import with_same_time, without_other_figures
from ringback.receptionist.understanding.emergency import is_life_threatening, read_emergency
from ringback.receptionist.understanding.intents import Intent, Reading, read_intent
from ringback.receptionist.understanding.language import read_language
from ringback.receptionist.understanding.name_words import ALSO_NAMES
from ringback.receptionist.understanding.names import read_beneficiary, read_name
from ringback.receptionist.understanding.naming import find_services, find_staff
from ringback.receptionist.understanding.times import read_when
from ringback.receptionist.understanding.wishes import Frame, When
from ringback.receptionist.understanding.words import plain
from ringback.receptionist.wanted import anchored

# "The Friday one" names a day; "Friday at one" an hour.
_PRONOUN = re.compile(
    r"\b((?!(?:at|for|around|about|after|before|by|until|till|to|past|or|and|from|say|maybe|near|between)\b)"
    r"[a-z]+) one\b"
    r"(?! *(?:o.?clock|[ap]\.?m|thirty|fifteen|forty|in the))",
    re.IGNORECASE,
)
# Of two offers "la primera" is one, and not the "primera visita".
_PLACES = re.compile(r"\b(?:first|second|1st|2nd|primer[oa]?|segund[oa])\b(?! (?:visit|time))", re.IGNORECASE)
# Words that put something else in the place of what was agreed.
MOVES = re.compile(
    r"\b(?:instead|actually|change (?:it|that|this)|make (?:it|that)|move \w+ (?:to|till|until)|move (?:it|that|my)"
    r"|push (?:it|that|me)|reschedul\w+|switch|mejor|cambi\w+|en vez)\b",
    re.IGNORECASE,
)
# Of these "actually" and "mejor" begin many an answer; the others are said of what was agreed alone.
REPLACES = re.compile(MOVES.pattern.replace("actually|", "").replace("mejor|", ""), re.IGNORECASE)
_TIME_STAGES = frozenset({Stage.TIME, Stage.CHOICE, Stage.READ_BACK})


@dataclass(frozen=True, slots=True)
class Hearing:
    """What was said and what was found in it. `text` is all texts of the turn, one a line."""

    text: str
    reading: Reading
    when: When
    language: str
    emergency: str | None = None
    services: tuple[str, ...] = ()
    staff: UUID | None = None
    for_whom: str | None = None
    pictures: int = 0
    # Each text by itself, where there were several.
    parts: tuple["Hearing", ...] = ()

    def has(self, intent: Intent) -> bool:
        """Return whether an intent is heard at all."""
        return self.reading.has(intent)

    @property
    def names_a_time(self) -> bool:
        """Whether the caller said anything about when."""
        when = self.when
        return bool(when.wishes or when.not_wishes or when.soonest or when.earlier or when.later)


def listen(heard: Heard, dialog: Dialog, desk: Desk) -> Hearing:
    """Return what a turn's texts say, read together: what counts for one of them counts for the turn."""
    # One thought in three texts is one thought; each by itself tells which of them asked and which answered.
    hearing = _listen(heard, dialog, desk)
    if len(heard.texts) < 2:
        return hearing
    return replace(hearing, parts=tuple(_listen(Heard((text,)), dialog, desk) for text in heard.texts))


def again(parts: Sequence[Hearing | str], dialog: Dialog, desk: Desk) -> Hearing:
    """Return some of a turn's texts, or of its sentences, as if they had been all of it."""
    texts = (part if isinstance(part, str) else part.text for part in parts)
    return listen(Heard(tuple(texts)), dialog, desk)


def _listen(heard: Heard, dialog: Dialog, desk: Desk) -> Hearing:
    text = "\n".join(heard.texts)
    language = read_language(text, dialog.language)
    business = desk.business
    rest = _without_own_name(text, dialog, business)
    # Text by text: "yes" and "do you have parking?" are two readings, not a blur of both.
    readings = [read_intent(_AND.sub("", each), dialog.said, language) for each in heard.texts]
    return Hearing(
        text=text,
        reading=reduce(_together, map(_no_yes_in_questions, heard.texts, readings)) if readings else _NOTHING,
        when=_when(rest, dialog, desk, language),
        language=language,
        emergency=_emergency(text, business),
        services=find_services(_PLACES.sub(" ", rest) if dialog.stage is Stage.CHOICE else rest, business),
        staff=find_staff(rest, business),
        for_whom=read_beneficiary(text),
        pictures=heard.pictures,
    )


def _without_own_name(text: str, dialog: Dialog, business: Business) -> str:
    """A text without the caller's own name: "Carla Ruiz" asks for no Dr. Carla, "Joe Friday" for no Friday."""
    is_asked = dialog.stage is Stage.DETAIL and dialog.asking == "name"
    # Right after the read-back, a first and a last name alone put the name right.
    name = read_name(text, asked=is_asked or dialog.stage is Stage.READ_BACK)
    if name is None or not (is_asked or " " in name):
        return text
    # Whoever writes the whole name of one of ours after the read-back asks for that person.
    if not is_asked and any(plain(name) in plain(person.name) for person in business.staff):
        return text
    return re.sub(rf"\b{re.escape(name)}(?!\w)", " ", text, count=1, flags=re.IGNORECASE)


# "Y" alone is a yes; "y el precio?" only goes on with "and".
_AND = re.compile(
    r"^\W*(?:(?:ok|okay|bueno|vale)\W+)?y\s+(?=[^\W\d_]{2,}|a\b)(?!(?:please|pls|plz|thanks|thank|thx|ty|gracias|yes)\b)",
    re.IGNORECASE,
)
_NOTHING = Reading(Intent.OTHER)
_OPENS_A_QUESTION = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|y|pero)\b\W*)?(?:what|how|when|where|why|who|which|qu[e\u00e9]|c[o\u00f3]mo|cu[a\u00e1]nd?t?o|"
    r"d[o\u00f3]nde|por qu[e\u00e9])\b",
    re.IGNORECASE,
)


def _no_yes_in_questions(text: str, reading: Reading) -> Reading:
    """ "What do I do" ends in what is a yes elsewhere; a question that begins like one agrees to nothing."""
    # "May" and "Will" alone are names.
    if plain(text).strip(" .!") in ALSO_NAMES and reading.intent is Intent.QUESTION:
        return _NOTHING
    if not _OPENS_A_QUESTION.search(text) or reading.intent is not Intent.CONFIRM:
        return reading
    return replace(reading, intent=Intent.QUESTION, also=reading.also - {Intent.CONFIRM, Intent.QUESTION})


def _emergency(text: str, business: Business) -> str | None:
    """The kind of emergency; one that may cost a life is not covered up by the owner's own word for it."""
    known = read_emergency(text, business.trade, ())
    if known is not None and is_life_threatening(known):
        return known
    return read_emergency(text, business.trade, business.receptionist.emergency_words)


# Of several texts in a row the one that asks most of us is the main one; "hi" and "thanks" are not.
_WEIGHT = (
    Intent.OPT_OUT,
    Intent.EMERGENCY,
    Intent.HUMAN,
    Intent.CANCEL,
    Intent.RESCHEDULE,
    Intent.DENY,
    Intent.CONFIRM,
    Intent.BOOK,
    Intent.QUESTION_BOT,
    Intent.QUESTION,
    Intent.SPAM,
    Intent.OTHER,
    Intent.THANKS,
    Intent.GREETING,
)


def _together(one: Reading, other: Reading) -> Reading:
    first, second = sorted((one, other), key=lambda reading: _WEIGHT.index(reading.intent))
    return replace(
        first,
        also=first.also | second.also | {second.intent},
        why="; ".join(filter(None, (one.why, other.why))),
        wrong_number=one.wrong_number or other.wrong_number,
        abuse=one.abuse or other.abuse,
        call_me=one.call_me or other.call_me,
        quote=one.quote or other.quote,
        waiting_list=one.waiting_list or other.waiting_list,
        running_late=one.running_late or other.running_late,
    )


def _when(text: str, dialog: Dialog, desk: Desk, language: str) -> When:
    zone = ZoneInfo(desk.business.zone)
    figures = without_other_figures(_PRONOUN.sub(r"\1", text))
    when = with_same_time(
        text, read_when(figures, _frame(text, dialog, desk), language), _spoken_of(dialog, desk), zone
    )
    when = with_both_days(when, desk.now.astimezone(zone).date())
    windows = dialog.search.windows if dialog.search else ()
    return with_week_after(text, anchored(when, windows, dialog.offered, zone), windows)


def _spoken_of(dialog: Dialog, desk: Desk) -> datetime | None:
    """The one time that "the same time" can mean: the one chosen, else the caller's only booking."""
    if dialog.chosen is not None:
        return dialog.chosen.starts_at
    starts = {booking.starts_at for booking in desk.caller.bookings}
    return starts.pop() if len(starts) == 1 else None


def _frame(text: str, dialog: Dialog, desk: Desk) -> Frame:
    # "Tomorrow" is tomorrow where the business is.
    local = desk.now.astimezone(ZoneInfo(desk.business.zone))
    open_from, open_to = _usual_hours(desk.business)
    # "Move it to 3" names an hour as surely as an answer to "when?".
    is_agreed = dialog.chosen is not None or bool(desk.caller.bookings)
    is_time = dialog.stage in _TIME_STAGES or (is_agreed and MOVES.search(text) is not None)
    asked = frozenset({"date", "time"}) if is_time else frozenset()
    return Frame(local.date(), local.hour * 60 + local.minute, open_from, open_to, asked)


def _usual_hours(business: Business) -> tuple[int, int]:
    """The widest hours of the week, minutes after midnight: they decide whether a bare "3" is am or pm."""
    weeks = [business.hours.weekly, *(person.weekly for person in business.staff if person.weekly)]
    spans = [span for week in weeks for day in week.values() for span in day]
    if not spans:
        return 8 * 60, 18 * 60
    ends = [minute_of(end) if minute_of(end) > minute_of(start) else 24 * 60 for start, end in spans]
    return min(minute_of(start) for start, _ in spans), max(ends)
