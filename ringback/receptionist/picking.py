"""Which of the times on offer a text takes: by day or hour, by place in the list, "the later one", "whichever"."""

import re

from ringback.domain.bookings import Opening
from ringback.receptionist.draft import Draft
from ringback.receptionist.hearing import Hearing
from ringback.receptionist.understanding.intents import Intent
from ringback.receptionist.understanding.numbers import read_choice
from ringback.receptionist.understanding.words import plain
from ringback.receptionist.wanted import has_time, pick

_ONE = r"(?:the|which ?ever|what ?ever|la|el|lo|cual)(?:'?s|\s+(?:one|time|slot|is|comes|que sea|mas))*\s+"
# "The later one" is one of two; "anything later?" and "later than that" ask for others.
_SOONER = re.compile(rf"\b{_ONE}(?:sooner|soonest|earlier|earliest|quicker|temprano|temprana|pronto)\b(?! than)")
_LATER = re.compile(rf"\b{_ONE}(?:later|latest|tarde|tardia)\b(?! than)|^(?:ok |okay |then )*latest\b")


def picked(draft: Draft, hearing: Hearing) -> Opening | None:
    """Return the offer that the text takes, or None where it takes none, or leaves open which."""
    offered = draft.dialog.offered
    if not offered:
        return None
    if one := _by_order(hearing, offered):
        return one
    fitting = pick(hearing.when, offered, draft.zone)
    if fitting is not None or hearing.has(Intent.DENY):
        return fitting
    # "The first one" is an offer, not the first of the month.
    index = _numbered(draft, hearing)
    if index is None:
        index = read_choice(hearing.text, tuple(draft.start(opening).written for opening in offered))
    bare = hearing.text.strip(" .!#").isdecimal()
    if index is not None and (bare or not any(map(has_time, hearing.when.wishes))):
        return offered[index]
    if hearing.when.wishes:
        return None
    takes_any = hearing.when.any_time or (hearing.has(Intent.CONFIRM) and len(offered) == 1)
    return offered[0] if takes_any else None


def _by_order(hearing: Hearing, offered: tuple[Opening, ...]) -> Opening | None:
    said = plain(hearing.text)
    if hearing.when.soonest or _SOONER.search(said):
        return min(offered, key=lambda opening: opening.starts_at)
    return max(offered, key=lambda opening: opening.starts_at) if _LATER.search(said) else None


def _numbered(draft: Draft, hearing: Hearing) -> int | None:
    """The place of a bare figure, where the offers were numbered when we last asked."""
    said = hearing.text.strip(" .!#")
    is_place = said.isdecimal() and 1 <= int(said) <= len(draft.dialog.offered)
    return int(said) - 1 if is_place and "1 (" in draft.dialog.said else None
