"""Keep the numbered log of everything that happened, for the console, the tests and outside scripts."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# About 25 events make one call, so this is some thousands of calls back.
KEPT = 100_000


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: `text` for people, `details` for programs, `phones` whose handsets it concerns."""

    seq: int
    at: datetime
    kind: str
    text: str
    details: Mapping[str, Any]
    phones: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return the event as the control API shows it."""
        return {
            "seq": self.seq,
            "at": self.at.isoformat(),
            "kind": self.kind,
            "text": self.text,
            "phones": list(self.phones),
            **self.details,
        }


class EventLog:
    """An ordered log whose readers can wait for the next entry."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._dropped = 0
        self._news = asyncio.Event()
        self.closed = False

    @property
    def last_seq(self) -> int:
        """Return the number of the newest event, 0 when there is none."""
        return self._dropped + len(self._events)

    def add(self, at: datetime, kind: str, text: str, details: Mapping[str, Any], phones: tuple[str, ...]) -> Event:
        """Append one event and wake every reader."""
        event = Event(self.last_seq + 1, at, kind, text, details, phones)
        self._events.append(event)
        if len(self._events) > KEPT:
            # Half at a time: dropping one by one would copy the list for every event.
            del self._events[: KEPT // 2]
            self._dropped += KEPT // 2
        # Each event object is used once: a reader that comes after `set` must wait for the next one.
        news, self._news = self._news, asyncio.Event()
        news.set()
        return event

    def since(self, after: int) -> list[Event]:
        """Return the events numbered above `after`, oldest first."""
        # A number from before a restart of the company counts as having seen nothing.
        seen = after if after <= self.last_seq else 0
        return self._events[max(0, seen - self._dropped) :]

    async def wait(self, after: int, seconds: float) -> list[Event]:
        """Return the events above `after`, waiting up to `seconds` of wall time for the first one."""
        if found := self.since(after):
            return found
        try:
            await asyncio.wait_for(self._news.wait(), seconds)
        except TimeoutError:
            return []
        return self.since(after)

    def close(self) -> None:
        """Let every waiting reader go, because the company shuts."""
        self.closed = True
        self._news.set()

    def clear(self) -> None:
        """Forget what happened; numbering goes on, so a reader's `after` stays valid."""
        # A test that still polls with an old number must not be shown the new run from its beginning.
        self._dropped = self.last_seq
        self._events = []
