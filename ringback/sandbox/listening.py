"""Speak to a handset and listen to it: the time words take, the keys pressed, what was recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from ringback.sandbox.calls import Call, CallOver, Spoken
from ringback.sandbox.company import Company
from ringback.sandbox.switchboard import phones_of
from ringback.sandbox.twiml import Gather, Pause, Play, Record, Say

CHARACTERS_PER_SECOND = 15
PLAY_SECONDS = 3.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What a `<Gather>` collected; both empty when nothing came."""

    digits: str = ""
    speech: str = ""

    def params(self) -> dict[str, str]:
        """Return what the `action` request carries."""
        if self.speech:
            return {"SpeechResult": self.speech, "Confidence": "0.9"}
        return {"Digits": self.digits}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording; `ended_by` is the key pressed, `hangup`, or empty when time or silence ended it."""

    seconds: int
    ended_by: str
    text: str


def tell(company: Company, call: Call, prompts: Sequence[Say | Play | Pause]) -> float:
    """Put the words on the handset's screen; return how many seconds they take."""
    seconds = 0.0
    for prompt in prompts:
        match prompt:
            case Say(text=text):
                call.hears.append(text)
                name = company.name_of(call.handset_number)
                company.log("call.said", f"{name} hears: {text}", *phones_of(call), call=call.sid, words=text)
                seconds += max(0.5, len(text) / CHARACTERS_PER_SECOND)
            case Play():
                call.hears.append("♪")
                seconds += PLAY_SECONDS
            case Pause(seconds=length):
                seconds += length
    return seconds


async def gather(company: Company, call: Call, verb: Gather) -> Heard:
    """Prompt and collect; the first key or word interrupts the prompt."""
    # The first key may come while the prompt is still being spoken.
    patience = tell(company, call, verb.prompts) + verb.timeout_seconds
    digits = ""
    while verb.num_digits is None or len(digits) < verb.num_digits:
        sound = await call.within(call.sounds.get(), company.clock.wall_seconds(patience))
        match sound:
            case None:
                break
            case Spoken(text=text):
                if "speech" in verb.inputs:
                    return Heard(digits, text)
            # The finishing key ends the input and is not part of it.
            case key if key == verb.finish_on_key:
                break
            case key if "dtmf" in verb.inputs:
                digits += key
                patience = verb.timeout_seconds
    return Heard(digits)


async def record(company: Company, call: Call, verb: Record) -> Recorded:
    """Record until silence, a key, the limit or a hang-up; 0 seconds when nothing was said."""
    started_at, said = company.clock.now(), list[Spoken]()
    try:
        ended_by = await _take(company, call, verb, said)
    # A caller who hangs up ends the message; even a short silence was recorded by then.
    except CallOver:
        length = company.clock.seconds_between(started_at, company.clock.now())
        return Recorded(max(1, length), "hangup", _joined(said))
    return Recorded(round(min(sum(one.seconds for one in said), verb.max_seconds)), ended_by, _joined(said))


async def _take(company: Company, call: Call, verb: Record, said: list[Spoken]) -> str:
    while sum(one.seconds for one in said) < verb.max_seconds:
        sound = await call.within(call.sounds.get(), company.clock.wall_seconds(verb.silence_seconds))
        if isinstance(sound, Spoken):
            said.append(sound)
            await call.within(company.clock.sleep(sound.seconds))
        elif sound is None or sound in verb.finish_on_key:
            return sound or ""
    return ""


def _joined(said: list[Spoken]) -> str:
    return " ".join(one.text for one in said)
