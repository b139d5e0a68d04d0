"""Reads what a text says about days and hours, in English and Spanish.

The way of a text: terms (times_tokens), pieces (times_scan with the rules of times_days and times_hours), drafts
(times_compose), and here wishes. Nothing is guessed silently: what stays in doubt is marked on the wish.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from ringback.receptionist.understanding.times_compose import Composer, Draft, Fate
from ringback.receptionist.understanding.times_kinds import Kind, Lexicon, Terms
from ringback.receptionist.understanding.times_lexicon_en import lexicon as english
from ringback.receptionist.understanding.times_lexicon_es import lexicon as spanish
from ringback.receptionist.understanding.times_pieces import Days, Hours
from ringback.receptionist.understanding.times_scan import Scan, scan
from ringback.receptionist.understanding.times_settle import settle
from ringback.receptionist.understanding.times_spelling import Speller
from ringback.receptionist.understanding.times_tokens import read_terms
from ringback.receptionist.understanding.wishes import Frame, When, Wish


@dataclass(frozen=True, slots=True)
class _Pack:
    lexicon: Lexicon
    speller: Speller


# "Una de" begins many things that are no hours; after "la" and before a part of the day it is one o'clock.
_LA_UNA = re.compile(r"\bla una de la(?= (?:tarde|mañana|manana|madrugada|noche))", re.IGNORECASE)
_PACKS = {pack.language: _Pack(pack, Speller(pack)) for pack in (english(), spanish())}


def read_when(text: str, frame: Frame, language: str = "en") -> When:
    """Return everything that the text says about time. A language without a pack is read as English."""
    pack = _PACKS.get(language, _PACKS["en"])
    terms = read_terms(_LA_UNA.sub("la 1 de la", text), pack.lexicon, pack.speller)
    reading = Scan(terms, frame, pack.lexicon.language, pack.lexicon.day_first)
    drafts = Composer(terms).drafts(list(scan(reading)))
    by_fate = {fate: tuple(_wish(d, frame, terms) for d in drafts if d.fate is fate) for fate in Fate}
    return _with_flags(by_fate, terms)


def as_point(when: When) -> tuple[date | None, int | None]:
    """Return the one day and minute that a read-back would take: the first wish, and the end of it that was named.

    A part of the day ("morning") is no minute, weekdays without a date are no day.
    """
    if not when.wishes:
        return None, None
    wish = when.wishes[0]
    day = wish.named_on or wish.first_on or wish.last_on
    if wish.part or wish.elsewhere:
        return day, None
    return day, wish.from_minute if wish.from_minute is not None else wish.to_minute


def _with_flags(by_fate: dict[Fate, tuple[Wish, ...]], terms: Terms) -> When:
    wishes = tuple(dict.fromkeys(by_fate[Fate.WISHED]))
    alone = {letter for letter in terms.letters if letter not in _POLITE}
    edge = terms.one(Kind.EDGE, 0, len(terms.items)) if alone == {Kind.EDGE.value} else None
    return When(
        wishes=wishes,
        not_wishes=by_fate[Fate.REFUSED],
        instead_of=by_fate[Fate.REPLACED],
        soonest=Kind.SOONEST.value in terms.letters and Kind.NOT.value + Kind.SOONEST.value not in terms.letters,
        any_time=Kind.ANY_TIME.value in terms.letters and not wishes,
        earlier=Kind.EARLIER.value in terms.letters or edge == 0,
        later=Kind.LATER.value in terms.letters or edge == 2,
    )


_POLITE = frozenset({Kind.STOP.value, Kind.COMMA.value, Kind.WORD.value, Kind.A.value, Kind.THE.value})


def _wish(draft: Draft, frame: Frame, terms: Terms) -> Wish:
    days = _bounded(draft.days or Days(), "" if draft.fate is Fate.REPLACED else draft.lead)
    hours = draft.hours or Hours()
    settled = settle(hours, frame, today=days.first_on == frame.today == days.last_on)
    return Wish(
        first_on=days.first_on,
        last_on=days.last_on,
        from_minute=settled.from_minute,
        to_minute=settled.to_minute,
        weekdays=days.weekdays,
        exact=hours.exact,
        about=hours.about,
        half_unsure=settled.unsure,
        day_unsure=days.unsure,
        named_on=_named(draft),
        part=hours.part.name.lower() if hours.part is not None and not hours.has_clock else "",
        elsewhere=hours.foreign,
        words=terms.words(draft.start, draft.end),
    )


def _bounded(days: Days, lead: str) -> Days:
    """The days that "after", "before", "until" and "from" leave open on one side."""
    first, last = days.first_on, days.last_on
    if not lead or first is None or last is None:
        return days
    if lead.startswith(Kind.FROM.value):
        return Days(first, None, unsure=days.unsure)
    if lead.startswith(Kind.AFTER.value):
        return Days(last + timedelta(days=1), None, unsure=days.unsure)
    if lead.startswith(Kind.BEFORE.value):
        return Days(None, first - timedelta(days=1), unsure=days.unsure)
    until = lead.startswith((Kind.UNTIL.value, Kind.BY.value))
    return Days(None, last, unsure=days.unsure) if until else days


def _named(draft: Draft) -> date | None:
    """The day that an open stretch was named by: "before Friday" names the Friday."""
    bound = draft.lead.startswith((Kind.AFTER.value, Kind.BEFORE.value))
    return draft.days.first_on if bound and draft.days is not None else None
