"""The caller simulator: what a caller with a goal texts next, decided from our texts alone. Pure.

A caller says yes only to a read-back whose day, time and (where they asked for one) provider are those of their goal,
and no to everything else, however often it comes back. They answer in their own words from the dialogue, and give up
after twelve of our messages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from tests.eval.reading import Ask, Option, Understood, understand_turn

PATIENCE_MESSAGES = 12
NAME = "Carla Ruiz"


class Part(StrEnum):
    """A part of the wish that a text of ours may have got wrong."""

    DAY = "day"
    TIME = "time"
    PROVIDER = "provider"


@dataclass(frozen=True, slots=True)
class Goal:
    """What must be booked. `provider` is None for callers who never asked for anybody."""

    on: date
    at: str
    provider: str | None = None


@dataclass(frozen=True, slots=True)
class Phrases:
    """The caller's own words. `time` is None where they only took a time offered; `tried` is what they had asked.

    `sentences` are whole turns of theirs that say just these parts of the goal; a wordy caller answers with them.
    """

    opening: str
    day: str
    time: str | None
    tried: str = ""
    provider: str | None = None
    service: str = "an appointment"
    sentences: Mapping[frozenset[Part], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class World:
    """What the caller lives in: their today, and everybody whom our texts may name."""

    today: date
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of the caller; `done`: they have nothing more to say. `about` names the parts of the wish in it."""

    text: str
    done: bool = False
    about: frozenset[Part] = field(default_factory=frozenset)
    is_yes: bool = False


DONE = Said("", done=True)
Stray = Callable[[int, Said], Said | None]


def never_stray(_turn: int, _said: Said) -> Said | None:
    """Stay with the matter."""
    return None


def say(goal: Goal, phrases: Phrases, our_texts: Sequence[Sequence[str]], world: World) -> Said:
    """Return what the caller texts after our texts so far, one list for each of our turns."""
    return history(goal, phrases, our_texts, world)[-1]


def is_booked(texts: Sequence[str], world: World) -> bool:
    """Return whether a turn of ours says that the booking is made."""
    return understand_turn(texts, world.today, world.names).is_booked


def history(
    goal: Goal, phrases: Phrases, our_texts: Sequence[Sequence[str]], world: World, stray: Stray = never_stray
) -> list[Said]:
    """Return every turn of the caller up to now: the opening, and one for each of our turns.

    `stray(turn, said)` is what the caller says in a turn instead of what they would say there, or None.
    """
    caller = _Caller(goal, phrases, world)
    spoken = [Said(phrases.opening)]
    received = 0
    for texts in our_texts:
        received += len(texts)
        heard = understand_turn(texts, world.today, world.names)
        patient = received < PATIENCE_MESSAGES and not heard.is_booked and not spoken[-1].done
        said = caller.answer(heard, spoken) if patient else DONE
        spoken.append(stray(len(spoken), said) or said)
    return spoken


@dataclass(frozen=True, slots=True)
class _Caller:
    goal: Goal
    phrases: Phrases
    world: World

    def answer(self, heard: Understood, spoken: Sequence[Said]) -> Said:
        """Return the next turn after what was heard and what was said so far."""
        # "3:30 in the morning or in the afternoon" names no time yet.
        if not heard.options or heard.ask is Ask.HALF:
            return self.tell(heard)
        wrong = [self.wrong_parts(option, heard) for option in heard.options]
        if frozenset() not in wrong:
            return self.refuse(frozenset.intersection(*wrong) or frozenset.union(*wrong), spoken)
        return self.tell(heard) if heard.ask is Ask.NAME else self.take(heard.options[wrong.index(frozenset())], heard)

    def wrong_parts(self, option: Option, heard: Understood) -> frozenset[Part]:
        """Return the parts of an option that are not the goal's; what it leaves open is not wrong."""
        wrong = set()
        if option.on not in {None, self.goal.on}:
            wrong.add(Part.DAY)
        if option.at not in {None, self.goal.at}:
            wrong.add(Part.TIME)
        others = set(heard.names) - {self.goal.provider}
        # Two offers may be with two people; one offer that also names somebody else is not to be trusted.
        if self.goal.provider and others and (self.goal.provider not in heard.names or len(heard.options) == 1):
            wrong.add(Part.PROVIDER)
        return frozenset(wrong)

    def take(self, option: Option, heard: Understood) -> Said:
        """Say yes to what is wholly right, or add what it still leaves open."""
        open_parts = {Part.DAY: option.on is None, Part.TIME: option.at is None}
        missing = [part for part, is_open in open_parts.items() if is_open]
        if missing:
            return self.wish(frozenset(missing))
        if len(heard.options) > 1:
            # A time they have no words for is named as it was offered.
            offered = Said(f"{option.words} works, please", about=frozenset({Part.DAY, Part.TIME}))
            return self.framed("{} works, please", offered.about) if self.phrases.time else offered
        unnamed = self.goal.provider is not None and self.goal.provider not in heard.names
        if unnamed and heard.binding:
            # A caller who asked for somebody does not agree to whoever it may be.
            return Said(f"Is that with {self.phrases.provider}? I want {self.phrases.provider}")
        # Half of the callers say no more than a bare yes, which carriers also know as a keyword.
        plain_yes = "Yes, that's right" if self.goal.on.day % 2 else "Yes"
        return Said(f"Yes, with {self.phrases.provider}" if unnamed else plain_yes, is_yes=True)

    def refuse(self, wrong: frozenset[Part], spoken: Sequence[Said]) -> Said:
        """Say no, with the right words again; ask for something else where the words do not exist or did not help."""
        tried = self.phrases.time is None and any(self.phrases.tried in said.text for said in spoken)
        if tried and Part.TIME in wrong:
            return Said(f"No, do you have anything else on {self.phrases.day}?", about=frozenset({Part.DAY}))
        said = Said(f"No, {self.wish(wrong).text}", about=wrong)
        # Said already and not understood: then everything at once.
        return said if said != spoken[-1] else self.framed("No, I want {}", frozenset(Part))

    def tell(self, heard: Understood) -> Said:
        """Answer a question that names no time."""
        match heard.ask:
            case Ask.NAME:
                return Said(NAME)
            case Ask.HALF:
                part = "morning" if self.goal.at < "12:00" else "afternoon" if self.goal.at < "17:00" else "evening"
                return Said(f"In the {part}")
            case Ask.PROVIDER:
                return self.wish(frozenset({Part.PROVIDER})) if self.goal.provider else Said("Anyone is fine")
            case Ask.SERVICE:
                return Said(self.phrases.service)
            case Ask.WHEN:
                return self.wish(frozenset({Part.DAY, Part.TIME}))
            case _:
                return self.framed("I'd like to book {}", frozenset({Part.DAY, Part.TIME}))

    def wish(self, parts: frozenset[Part]) -> Said:
        """Return the wanted parts of the wish in the caller's own words."""
        if sentence := self.sentence(parts):
            return Said(sentence, about=parts)
        time = self.phrases.time or self.phrases.tried
        words = {
            frozenset({Part.DAY, Part.TIME}): _joined(self.phrases.day, time),
            frozenset({Part.DAY}): self.phrases.day,
            frozenset({Part.TIME}): time or "Do you have anything else?",
        }
        text = words.get(parts - {Part.PROVIDER}, "")
        if Part.PROVIDER in parts and self.phrases.provider:
            text = f"{text} with {self.phrases.provider}".strip()
        return Said(text, about=parts)

    def framed(self, frame: str, parts: frozenset[Part]) -> Said:
        """Return the wanted parts in a frame of words; a whole sentence of the caller's own needs none."""
        said = self.wish(parts)
        return said if self.sentence(parts) else replace(said, text=frame.format(said.text))

    def sentence(self, parts: frozenset[Part]) -> str:
        """Return the caller's own turn that says these parts (and as little else as possible), or two that do."""
        sentences = self.phrases.sentences
        fitting = sorted((key for key in sentences if key >= parts), key=len)
        if fitting:
            return sentences[fitting[0]]
        single = [sentences.get(frozenset({part}), "") for part in sorted(parts)]
        return " ".join(single) if all(single) else ""


def _joined(day: str, time: str | None) -> str:
    if time is None:
        return day
    # People wrote "in the evening 5:30"; "at evening 5:30" nobody would.
    bare_part = time.split()[0].lower() in {"morning", "afternoon", "evening"}
    return f"{day} {'in the' if bare_part else 'at'} {time}"
