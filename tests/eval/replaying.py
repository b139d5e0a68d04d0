"""One caller through the real inbound path: texts go in at the phone company, the result is read from the database."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ringback.domain.business import Business
from tests.bench.load import caller as phone_of
from tests.eval.caller import say
from tests.eval.dialogues import Replay
from tests.eval.messy import plan_mess, say_messily
from tests.eval.town import Town

PERSONAS = ("plain", "messy", "wordy")
# Beyond this many turns of the caller the shop has stopped answering, whatever it counts.
_MOST_TURNS = 20
Script = Callable[[Sequence[Sequence[str]]], list[str]]


@dataclass
class Outcome:
    """What came of one dialogue: the line for the scorer, and all that was said."""

    result: dict[str, Any]
    transcript: list[str] = field(default_factory=list)
    handoffs: int = 0


def script_of(persona: str, replay: Replay) -> Script:
    """Return what a persona texts after our turns so far; an empty list ends the dialogue."""
    phrases = replay.phrases if persona == "wordy" else replace(replay.phrases, sentences={})
    if persona == "messy":
        mess = plan_mess(replay.dialogue_id, phrases, replay.other_words)
        return lambda ours: say_messily(replay.goal, phrases, ours, replay.world, mess)

    def plainly(ours: Sequence[Sequence[str]]) -> list[str]:
        said = say(replay.goal, phrases, ours, replay.world)
        return [] if said.done else [said.text]

    return plainly


@dataclass
class Conversation:
    """A caller's phone and the shop's line, while they text."""

    town: Town
    shop: Business
    phone: str
    number: str
    sent: int = 0
    ours: list[list[str]] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)

    async def take_turn(self, texts: Sequence[str]) -> str | None:
        """Send the caller's texts and wait for all that is answered; returns why the dialogue is over, if it is."""
        for text in texts:
            self.transcript.append(f"caller  | {text}")
            await self.town.company.text(self.phone, self.number, text)
            self.sent += 1
        standing = await self.town.settled(self.shop, self.sent)
        if standing is None:
            return "the product did not answer in time"
        received = [text["body"] for text in await self.town.company.messages(to=self.phone)]
        self.ours.append(received[sum(map(len, self.ours)) :])
        self.transcript += [f"product | {text}" for text in self.ours[-1]] or ["product | (nothing)"]
        return "a person took over" if standing["is_quiet"] else None


async def replay_dialogue(town: Town, replay: Replay, persona: str, number: int) -> Outcome:
    """Let one caller text until they are done; `number` makes the two phone numbers."""
    slug = f"{persona}-{number}"
    line = phone_of(5_000_000 + number)
    shop = await town.open_shop(replay, slug, line)
    talk = Conversation(town, shop, phone_of(number), line)
    script = script_of(persona, replay)
    over = None
    while over is None and len(talk.ours) < _MOST_TURNS and (texts := script(talk.ours)):
        over = await talk.take_turn(texts)
    standing = await town.settled(shop, talk.sent)
    outcome = Outcome(await _result(town, shop, replay, talk, bool(standing and standing["handoffs"])), talk.transcript)
    outcome.transcript.append(f"        | {over or 'the caller is done'}: {outcome.result}")
    outcome.transcript += [f"    why | {reason}" for reason in await town.why(shop)]
    await town.close_shop(shop)
    return outcome


async def _result(town: Town, shop: Business, replay: Replay, talk: Conversation, handed: bool) -> dict[str, Any]:
    booked = await town.booked(shop)
    start, provider = booked[-1] if booked else (None, None)
    result = {
        "id": replay.dialogue_id,
        "outcome": "booked" if booked else "handed_off" if handed else "none",
        "date": start and f"{start:%Y-%m-%d}",
        "time": start and f"{start:%H:%M}",
        "bot_messages": sum(map(len, talk.ours)),
        "n_bookings": len(booked),
    }
    # Callers who never asked for anybody got whoever was free: their provider is not ours to be judged by.
    return result | ({"provider": provider} if replay.goal.provider else {})
