"""The live feed of one web process: it hears of every change and wakes the streams of the business it belongs to."""

import asyncio
import signal
import threading
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from types import FrameType
from uuid import UUID

import structlog

from ringback.store.db import business_transaction
from ringback.store.feed import Change, Position, list_changes
from ringback.store.page_queries import is_feed_held_back, listening
from ringback.web.hooks import DATABASE_TROUBLE
from ringback.workflows.context import Context

log = structlog.get_logger()

# A stream looks by itself after this long, so that a lost notification costs seconds and never an event.
_LOOK_AGAIN_SECONDS = 5.0
_HELD_BACK_SECONDS = 0.05
_HELD_BACK_AT_MOST = 1.0
_RETRY_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes in order, and the position after them; no changes is a heartbeat."""

    position: Position
    changes: tuple[Change, ...]


@dataclass(slots=True)
class Feed:
    """Who waits for which business. Every stream reads the database by itself from its own position."""

    context: Context
    is_closing: bool = False
    _waiting: dict[UUID, set[asyncio.Event]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    @asynccontextmanager
    async def running(cls, context: Context) -> AsyncIterator["Feed"]:
        """Yield a feed that listens until the block ends; a signal to stop ends its streams at once."""
        feed = cls(context)
        listener = asyncio.create_task(feed._listen())
        try:
            with _told_of_signals(feed.close):
                yield feed
        finally:
            feed.close()
            listener.cancel()
            await asyncio.gather(listener, return_exceptions=True)

    def close(self) -> None:
        """End every stream: the server waits for them before it stops."""
        self.is_closing = True
        self._wake_all()

    def wake(self, business_id: UUID) -> None:
        """Let the streams of a business look again now."""
        for event in self._waiting.get(business_id, ()):
            event.set()

    async def batches(self, business_id: UUID, after: Position) -> AsyncIterator[Batch]:
        """Yield changes as they are committed, each once and in order; an empty batch every few seconds.

        Raises what a database in trouble raises: the stream ends, and the reader comes back with its position.
        """
        seconds = _HELD_BACK_SECONDS
        with self._woken(business_id) as woken:
            while not self.is_closing:
                woken.clear()
                held_back, changes = await self._read(business_id, after)
                if changes:
                    after = changes[-1].position
                # Nobody tells us when the older transaction of another business ends, so we look again soon.
                seconds = min(seconds * 2, _HELD_BACK_AT_MOST) if held_back else _HELD_BACK_SECONDS
                if changes or not held_back or seconds == _HELD_BACK_AT_MOST:
                    yield Batch(after, tuple(changes))
                if not changes:
                    await self._pause(woken, seconds if held_back else _LOOK_AGAIN_SECONDS)

    async def _read(self, business_id: UUID, after: Position) -> tuple[bool, list[Change]]:
        async with business_transaction(self.context.pool, business_id) as connection:
            # Asked first: what is committed after this answer brings a notification of its own.
            held_back = await is_feed_held_back(connection, business_id, after)
            changes = await list_changes(connection, business_id, after)
        return held_back, changes

    async def _pause(self, woken: asyncio.Event, seconds: float) -> None:
        if self.is_closing:
            return
        try:
            async with asyncio.timeout(seconds):
                await woken.wait()
        except TimeoutError:
            return

    @contextmanager
    def _woken(self, business_id: UUID) -> Iterator[asyncio.Event]:
        woken = asyncio.Event()
        self._waiting[business_id].add(woken)
        try:
            yield woken
        finally:
            self._waiting[business_id].discard(woken)
            if not self._waiting[business_id]:
                del self._waiting[business_id]

    async def _listen(self) -> None:
        """Listen on one connection for the whole process; while it is gone the streams look by themselves."""
        while True:
            lost = asyncio.Event()
            try:
                async with listening(self.context.pool, self._heard, lost.set):
                    self._wake_all()
                    await lost.wait()
            except DATABASE_TROUBLE as error:
                log.warning("feed_not_listening", error=type(error).__name__)
            await asyncio.sleep(_RETRY_SECONDS)

    def _heard(self, payload: str) -> None:
        self.wake(UUID(payload))

    def _wake_all(self) -> None:
        for business_id in list(self._waiting):
            self.wake(business_id)


@contextmanager
def _told_of_signals(close: Callable[[], None]) -> Iterator[None]:
    """Call `close` before the server's own handlers: it waits for open streams, and only then tells the lifespan."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(close)
        handler = before[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    chained = {number: handler for number, handler in before.items() if callable(handler)}
    for number in chained:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in chained.items():
            signal.signal(number, handler)
