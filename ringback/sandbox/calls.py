"""A call as the phone company sees it: one line between the exchange and one handset."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from ringback.sandbox.accounts import Account, CompanyNumber, new_sid

T = TypeVar("T")


class CallStatus(StrEnum):
    """The vendor's states; INITIATED appears in webhooks only."""

    QUEUED = "queued"
    # Only ever a webhook's word: asked by the API, such a call is still queued.
    INITIATED = "initiated"
    RINGING = "ringing"
    IN_PROGRESS = "in-progress"
    COMPLETED = "completed"
    BUSY = "busy"
    FAILED = "failed"
    NO_ANSWER = "no-answer"
    CANCELED = "canceled"


class Direction(StrEnum):
    INBOUND = "inbound"
    API = "outbound-api"
    DIAL = "outbound-dial"


class Pickup(StrEnum):
    """What came of ringing a handset."""

    ANSWERED = "answered"
    VOICEMAIL = "voicemail"
    BUSY = "busy"
    DECLINED = "declined"
    FAILED = "failed"


class CallOver(Exception):
    """The call ended while something was still going on in it."""


class Redirected(Exception):
    """The API gave a running call another document."""


@dataclass(frozen=True, slots=True)
class StatusHook:
    """Where the progress of one call is reported, and which events."""

    url: str
    method: str
    events: frozenset[str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words or sounds from the handset, `seconds` long."""

    text: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording resource; `text` is what was said into it, for the tests."""

    account_sid: str
    call_sid: str
    seconds: int
    text: str
    created_at: datetime
    sid: str = field(default_factory=lambda: new_sid("RE"))


@dataclass(slots=True, eq=False)
class Call:
    """A call resource and what is going on in it. The handset's number is `from_` inbound, else `to`."""

    account: Account
    direction: Direction
    from_: str
    to: str
    # Kept apart from `from_`, which is what the business sees and may be withheld.
    handset_number: str
    created_at: datetime
    parent: "Call | None" = None
    line: CompanyNumber | None = None
    status_hook: StatusHook | None = None
    forwarded_from: str = ""
    caller_name: str = ""
    # What the company found of the caller's right to the number; empty where the call carried no signature.
    verstat: str = ""
    sid: str = field(default_factory=lambda: new_sid("CA"))
    status: CallStatus = CallStatus.QUEUED
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    updated_at: datetime | None = None
    # The only place where a declined call differs from a busy line.
    sip_code: int = 200
    reports: int = 0
    # Set by a <Dial> that nobody accepted: what the call ends as if nothing answers it afterwards.
    unanswered_status: CallStatus | None = None
    hears: list[str] = field(default_factory=list)
    keys: str = ""
    peer: "Call | None" = None
    pickup: "asyncio.Future[Pickup]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    sounds: "asyncio.Queue[str | Spoken]" = field(default_factory=asyncio.Queue)
    cut: asyncio.Event = field(default_factory=asyncio.Event)
    # A step of the interpreter; the type would import in a circle.
    next_document: Any = None
    report_order: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_over(self) -> bool:
        """True once the call has its last status."""
        return self.ended_at is not None

    @property
    def is_answered(self) -> bool:
        """True once somebody (or the exchange itself) picked up."""
        return self.answered_at is not None

    async def within(self, work: Awaitable[T], wall_seconds: float | None = None) -> T | None:
        """Await `work` for at most `wall_seconds`, None when time ran out; `work` is then cancelled.

        Raise CallOver as soon as the call ends, Redirected when the API gives it another document.
        """
        done, cut = asyncio.ensure_future(work), asyncio.ensure_future(self.cut.wait())
        try:
            await asyncio.wait({done, cut}, timeout=wall_seconds, return_when=asyncio.FIRST_COMPLETED)
            self.check()
            return done.result() if done.done() else None
        finally:
            done.cancel()
            cut.cancel()

    def check(self) -> None:
        """Raise CallOver or Redirected if the call was cut short."""
        # The end wins over a redirect that came in the same moment.
        if self.is_over:
            raise CallOver
        if self.cut.is_set():
            self.cut.clear()
            raise Redirected
