"""The messy caller: the same goal, texted in a hurry, in pieces, with second thoughts and questions in between."""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tests.eval.caller import Goal, Part, Phrases, Said, World, history, is_booked

_SHORT = {
    "tomorrow": "tmrw",
    "please": "plz",
    "you": "u",
    "are": "r",
    "appointment": "appt",
    "thanks": "thx",
    "and": "&",
    "monday": "mon",
    "tuesday": "tues",
    "wednesday": "weds",
    "thursday": "thurs",
    "friday": "fri",
    "saturday": "sat",
    "sunday": "sun",
    "march": "mar",
}
_QUESTIONS = (
    "do you have parking?",
    "how much is it?",
    "what's your address?",
    "do you take cards?",
    "are you open on sundays?",
)
_SMALL_TALK = ("hi", "hey there", "hello, how are you?", "good morning")
_OTHER_DAYS = ("this sunday", "next wednesday", "the 13th", "tomorrow")


@dataclass(frozen=True, slots=True)
class Mess:
    """What goes astray in one dialogue. `second_thought`: parts first said wrong, with the words.

    `same_turn`: they are put right at once, in a second text. `question` is asked in the turn `question_turn`: instead
    of an answer (`question_alone`), or after it.
    """

    seed: str
    second_thought: Mapping[Part, str] = field(default_factory=dict)
    same_turn: bool = False
    question: str = ""
    question_turn: int = 0
    question_alone: bool = False
    small_talk: str = ""
    thanks: str = ""


def plan_mess(seed: str, phrases: Phrases, other_words: Mapping[Part, Sequence[str]]) -> Mess:
    """Return what goes astray: the same for the same seed. `other_words` are wrong words the dialogue itself has."""
    chance = random.Random(seed)
    wrong: dict[Part, str] = {}
    if chance.random() < 0.6 and phrases.time is not None:
        part = chance.choice([part for part in Part if other_words.get(part) or part is Part.DAY])
        wrong[part] = chance.choice(other_words.get(part) or [day for day in _OTHER_DAYS if day != phrases.day.lower()])
    return Mess(
        seed,
        wrong,
        same_turn=chance.random() < 0.5,
        question=chance.choice(_QUESTIONS) if chance.random() < 0.6 else "",
        question_turn=chance.choice((1, 2, 3)),
        question_alone=chance.random() < 0.5,
        small_talk=chance.choice(_SMALL_TALK) if chance.random() < 0.4 else "",
        thanks=chance.choice(("thanks!", "great, thank you", "thx")) if chance.random() < 0.3 else "",
    )


def say_messily(
    goal: Goal, phrases: Phrases, our_texts: Sequence[Sequence[str]], world: World, mess: Mess
) -> list[str]:
    """Return the texts the messy caller sends after our texts so far, in order; none: they have nothing more to say."""

    def stray(turn: int, said: Said) -> Said | None:
        asks_alone = turn == mess.question_turn and mess.question_alone and bool(mess.question)
        return Said(mess.question) if asks_alone and not said.done else None

    spoken = history(goal, phrases, our_texts, world, stray)
    turn, said = len(our_texts), spoken[-1]
    if said.done:
        return [mess.thanks] if mess.thanks and is_booked(our_texts[-1], world) and spoken.count(said) == 1 else []
    chance = random.Random(f"{mess.seed}/{turn}")
    return [scribble(text, chance) for text in _in_pieces(_meant(said, spoken, turn, phrases, mess), chance)]


def _meant(said: Said, spoken: Sequence[Said], turn: int, phrases: Phrases, mess: Mess) -> list[str]:
    """What is meant in this turn before it is scribbled down: wishes, second thoughts, questions."""
    if turn == 0:
        return [mess.small_talk, said.text] if mess.small_talk else [said.text]
    first_wish = next((n for n, each in enumerate(spoken) if n and each.about & set(mess.second_thought)), None)
    asks = turn == mess.question_turn and bool(mess.question) and said.text != mess.question
    texts = [said.text]
    if first_wish == turn:
        wrong = _with_wrong_words(said.text, phrases, mess)
        texts = [wrong, f"no wait, {said.text}"] if mess.same_turn else [wrong]
    elif first_wish == turn - 1 and not mess.same_turn and not said.text.startswith("No"):
        [part] = mess.second_thought
        with_whom = "with " if part is Part.PROVIDER else ""
        texts = [said.text, f"actually can we make it {with_whom}{_right_words(phrases, part)} instead"]
    return [*texts, mess.question] if asks else texts


def _with_wrong_words(text: str, phrases: Phrases, mess: Mess) -> str:
    for part, words in mess.second_thought.items():
        text = text.replace(_right_words(phrases, part), words)
    return text


def _right_words(phrases: Phrases, part: Part) -> str:
    return {Part.DAY: phrases.day, Part.TIME: phrases.time, Part.PROVIDER: phrases.provider}[part] or ""


def _in_pieces(texts: Sequence[str], chance: random.Random) -> Iterable[str]:
    for text in texts:
        parts = re.split(r"(?<=[a-z][.?!])\s+(?=[A-Z])| (?=at \d)", text, maxsplit=1)
        yield from parts if chance.random() < 0.25 else [text]


def scribble(text: str, chance: random.Random) -> str:
    """Return a text as hurried thumbs write it. Figures stay what they are: a mistyped hour would be another goal."""
    if chance.random() < 0.8:
        text = text.lower()
    if chance.random() < 0.5:
        text = re.sub(r"[,!]|(?<!\d)\.(?!\d)|['’]|\?$", "", text)
    if chance.random() < 0.4:
        text = re.sub(r"(\d) (?=[ap]m\b)", r"\1", text, flags=re.IGNORECASE)
    return re.sub(r"[A-Za-z]+", lambda found: _word(found[0], chance), text)


def _word(word: str, chance: random.Random) -> str:
    if word.lower() in _SHORT and chance.random() < 0.4:
        return _SHORT[word.lower()]
    # Short words carry the meaning ("no", "at", "1st"), and people rarely slip in them.
    if len(word) < 5 or chance.random() >= 0.05:
        return word
    at = chance.randrange(1, len(word) - 2)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return swapped if chance.random() < 0.5 else word[:at] + word[at + 1 :]
