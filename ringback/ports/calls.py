"""What a phone company says to us, and what it can be told to do with a call, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.call_back_calls import RingProgress
from ringback.domain.calls import CallEvent
from ringback.domain.messages import MessageProgress, MessageReceived


@dataclass(frozen=True, slots=True)
class HookRequest:
    """A provider's callback. `url` is the address we gave the provider (from RINGBACK_PUBLIC_URL, with the raw query,
    without fragment), never one built from Host headers; `headers` have lower-case names; `what` is the hook's name."""

    what: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    method: str = "POST"


class HookUnreadable(ValueError):
    """The callback is signed but malformed (not UTF-8, a field missing): the sentence says which."""


@dataclass(frozen=True, slots=True)
class HookReply:
    """What the provider must get at once."""

    body: bytes = b""
    content_type: str = "text/plain"
    status: int = 200


@dataclass(frozen=True, slots=True)
class InboundEvent:
    """One callback in normal form. `delivery_key` is the same for every delivery of the same fact, for ever;
    `raw` is what the provider sent, as text fields, kept for support."""

    delivery_key: str
    event: CallEvent | MessageReceived | MessageProgress | RingProgress
    raw: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class RingStaff:
    """Ring these phones (E.164) for `seconds`; the caller keeps hearing ringing until one of them takes the call."""

    phones: tuple[str, ...]
    seconds: int
    in_turn: bool
    whisper: bool
    caller_id: str


@dataclass(frozen=True, slots=True)
class SayAndHangUp:
    """Answer, say `words` in `language` (BCP 47), hang up."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Whisper:
    """Said to the phone that answered, before the caller is put through: press 1 to take the call."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class AskToConnect:
    """Said to the staff phone that we rang: press 1 to be connected. `reference` is our id of the call."""

    words: str
    language: str
    reference: str


@dataclass(frozen=True, slots=True)
class Connect:
    """Ring a contact for somebody of ours who waits on the line, and put both through."""

    phone: str
    caller_id: str
    seconds: int
    reference: str


class VoiceStep(StrEnum):
    """Steps that need no words."""

    REFUSE = "refuse"
    BRIDGE = "bridge"
    HANG_UP = "hang_up"
    NOTHING = "nothing"


VoicePlan = RingStaff | SayAndHangUp | Whisper | AskToConnect | Connect | VoiceStep


@dataclass(frozen=True, slots=True)
class RingOut:
    """A call to a phone of ours, from one of our lines. `reference` is our id of it: callbacks carry it back."""

    phone: str
    caller_id: str
    reference: str
    seconds: int
