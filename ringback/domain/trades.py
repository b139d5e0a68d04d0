"""What a business of a trade starts with: the rules and wordings it can use as they are or make its own."""

from itertools import product

from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState
from ringback.domain.trade_texts import GENERIC, TRADES, Moment, Tone, write_text
from ringback.domain.wording import Rule, Situation, Wording, moment_of

__all__ = ["GENERIC", "TONES", "TRADES", "Tone", "builtin_wording", "builtin_wordings"]

TONES = tuple(tone.value for tone in Tone)

# The last language of each moment takes callers of every other one too.
_LANGUAGES = ("es", "en")
# In the order of the rules: a call to a closed business is answered as such even when a phone was busy.
_NAMES = {Moment.CLOSED: "After hours", Moment.BUSY: "Busy", Moment.MISSED: "Missed call"}


def builtin_wordings(trade: str, tone: str = "warm") -> tuple[tuple[Rule, ...], tuple[Wording, ...]]:
    """Return rules, in order, and the wordings they name, for a new business. Raises ValueError for no such tone."""
    pairs = list(product(_LANGUAGES, _NAMES))
    rules = tuple(_rule(language, moment) for language, moment in pairs)
    wordings = tuple(_wording(trade, Tone(tone), language, moment) for language, moment in pairs)
    return rules, wordings


def builtin_wording(trade: str, tone: str, language: str, situation: Situation) -> Wording:
    """Return the built-in wording for a call; `language` is the one to write in. Raises ValueError for no such tone."""
    spoken = "es" if language.lower().startswith("es") else "en"
    return _wording(trade, Tone(tone), spoken, moment_of(situation.day, situation.outcome))


def _wording(trade: str, tone: Tone, language: str, moment: Moment) -> Wording:
    return Wording(_name(language, moment), language, write_text(trade, tone, language, moment))


def _name(language: str, moment: Moment) -> str:
    return _NAMES[moment] if language == "en" else f"{_NAMES[moment]} (Spanish)"


def _rule(language: str, moment: Moment) -> Rule:
    return Rule(
        wording=_name(language, moment),
        outcomes=frozenset({Outcome.BUSY} if moment is Moment.BUSY else ()),
        days=frozenset({DayState.CLOSED, DayState.HOLIDAY} if moment is Moment.CLOSED else ()),
        languages=frozenset({language} if language != "en" else ()),
    )
