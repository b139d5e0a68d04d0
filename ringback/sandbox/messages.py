"""A text as the phone company sees it, and the statuses it goes through."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ringback.sandbox.accounts import Account, new_sid
from ringback.sandbox.segments import count_segments


class MessageStatus(StrEnum):
    """The vendor's states that occur here."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    FAILED = "failed"
    RECEIVED = "received"


class MessageDirection(StrEnum):
    INBOUND = "inbound"
    API = "outbound-api"
    REPLY = "outbound-reply"


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or other attachment."""

    content_type: str
    content: bytes
    created_at: datetime
    sid: str = field(default_factory=lambda: new_sid("ME"))


@dataclass(slots=True, eq=False)
class Message:
    """A message resource. `request_number` tells which REST request made it, None for texts that did not come so."""

    account: Account
    direction: MessageDirection
    from_: str
    to: str
    body: str
    created_at: datetime
    status: MessageStatus = MessageStatus.QUEUED
    media: tuple[Media, ...] = ()
    media_urls: tuple[str, ...] = ()
    status_callback: str = ""
    validity_seconds: float = 36_000
    request_number: int | None = None
    sent_at: datetime | None = None
    updated_at: datetime | None = None
    error_code: int | None = None
    sid: str = field(init=False)
    num_segments: int = field(init=False)
    history: list[tuple[MessageStatus, datetime]] = field(default_factory=list)
    report_order: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.sid = new_sid("MM" if self.media or self.media_urls else "SM")
        self.num_segments = count_segments(self.body)
        self.history.append((self.status, self.created_at))

    def move(self, status: MessageStatus, at: datetime, error_code: int | None = None) -> None:
        """Enter the next status."""
        self.status, self.updated_at, self.error_code = status, at, error_code
        self.history.append((status, at))
