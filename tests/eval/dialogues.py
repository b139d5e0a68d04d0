"""Set C as it is replayed: what each dialogue's caller wants, how they put it, and the business they text."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tests.eval.caller import Goal, Part, Phrases, World
from tests.eval.sets import Row

DAY_SLOT, TIME_SLOT = "appointment_date", "appointment_time"
_BOOKING_WORDS = re.compile(
    r"\b(book|appoint|schedul|visit|reserv|consult|see (a|the|him|her)\b|hair|dentist|doctor|salon|therap|available)",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"^(?:(?:yes|yeah|yep|yup|ok|okay|sure|no|nope|great|perfect|sounds good|that works)\b(?: please)?[,.!]*\s+)+",
    re.IGNORECASE,
)
_SERVICE_WORDS = {
    "dentist": "a dental check-up",
    "hair salon": "a haircut",
    "doctor": "a doctor's visit",
    "therapist": "a therapy session",
}


@dataclass(frozen=True, slots=True)
class Replay:
    """One dialogue, ready to be replayed. `taken_at` is a time on the goal's day that the source's business refused."""

    dialogue_id: str
    vertical: str
    ref: datetime
    goal: Goal
    phrases: Phrases
    world: World
    other_words: Mapping[Part, Sequence[str]]
    taken_at: str | None = None


def read_dialogue(row: Row) -> Replay:
    """Return a row of set C as it is replayed."""
    spoken = {Part.DAY: _spoken(row, DAY_SLOT), Part.TIME: _spoken(row, TIME_SLOT), Part.PROVIDER: _providers(row)}
    goal = row["goal"]
    wanted = {Part.DAY: goal["date"], Part.TIME: goal["time"], Part.PROVIDER: goal["provider"]}
    own = {part: _last(spoken[part], value) for part, value in wanted.items()}
    tried, tried_words = spoken[Part.TIME][-1] if spoken[Part.TIME] else (None, "")
    never_said = own[Part.TIME] is None
    phrases = Phrases(
        opening=_opening(row),
        day=own[Part.DAY] or goal["date"],
        time=own[Part.TIME],
        tried=tried_words if never_said else "",
        provider=own[Part.PROVIDER],
        service=_SERVICE_WORDS.get(row["vertical"], "an appointment"),
        sentences=_sentences(row, wanted),
    )
    return Replay(
        dialogue_id=row["id"],
        vertical=row["vertical"],
        ref=datetime.fromisoformat(row["ref"]),
        goal=Goal(date.fromisoformat(goal["date"]), goal["time"], goal["provider"] if own[Part.PROVIDER] else None),
        phrases=phrases,
        world=World(datetime.fromisoformat(row["ref"]).date(), _names(row)),
        other_words={part: [said for value, said in spoken[part] if value != wanted[part]] for part in spoken},
        taken_at=tried if never_said else None,
    )


def _spoken(row: Row, slot: str) -> list[tuple[str, str]]:
    """(value, the caller's words) of a slot, in the order they were said."""
    return [(each["value"], each["phrase"]) for each in row["phrases"].get(slot, ())]


def _providers(row: Row) -> list[tuple[str, str]]:
    return [each for slot in row["phrases"] if _is_provider(slot) for each in _spoken(row, slot)]


def _is_provider(slot: str) -> bool:
    return slot.endswith("_name")


def _last(spoken: Sequence[tuple[str, str]], wanted: str | None) -> str | None:
    return next((words for value, words in reversed(spoken) if value == wanted), None)


def _sentences(row: Row, wanted: Mapping[Part, str]) -> dict[frozenset[Part], str]:
    """The caller's whole turns that say right parts of the goal and no wrong one, by what they say; the last counts."""
    told: dict[int, dict[Part, str]] = {}
    for slot, said in row["phrases"].items():
        for each in said:
            part = {DAY_SLOT: Part.DAY, TIME_SLOT: Part.TIME}.get(slot, Part.PROVIDER if _is_provider(slot) else None)
            if part is not None:
                told.setdefault(each["turn"], {})[part] = each["value"]
    right = {turn: parts for turn, parts in told.items() if all(wanted[part] == parts[part] for part in parts)}
    return {frozenset(parts): _without_answer(row["turns"][turn]["text"]) for turn, parts in sorted(right.items())}


def _without_answer(text: str) -> str:
    """A turn without the yes or no that it begins with: it answers what the source's business had said."""
    return _ANSWER.sub("", text)


def _opening(row: Row) -> str:
    """The caller's first turn that a business could make something of: it books, or names a day, a time, a person."""
    own = [turn for turn in row["turns"] if turn["speaker"] == "USER"]
    text: str = next((turn["text"] for turn in own if _is_about_booking(turn)), own[0]["text"])
    return text


def _is_about_booking(turn: Mapping[str, Any]) -> bool:
    for act, slot, values in turn["acts"]:
        if act == "INFORM" and (slot in {DAY_SLOT, TIME_SLOT} or _is_provider(slot)):
            return True
        books = act == "AFFIRM_INTENT" or (act == "INFORM_INTENT" and "BookAppointment" in values)
        # "Yes, please." answers a question that nobody asked here.
        if books and _BOOKING_WORDS.search(turn["text"]):
            return True
    return False


def _names(row: Row) -> tuple[str, ...]:
    """Every provider of the dialogue, each once, the goal's first."""
    found = [row["goal"]["provider"], *(value for value, _ in _providers(row)), *_named_in_turns(row["turns"])]
    return tuple(dict.fromkeys(name for name in found if name))


def _named_in_turns(turns: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for turn in turns:
        for _, slot, values in turn["acts"]:
            if _is_provider(slot):
                yield from values
