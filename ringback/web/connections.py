"""One connection of uvicorn, for clients that send the head of a request slowly, without end, or in too many lines."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Every browser sends its head in one go; a phone in a tunnel within seconds.
HEAD_SECONDS = 15.0
LARGEST_HEAD_BYTES = 32 * 1024
MOST_HEADERS = 100
# Open live pages included; more are answered with 503 instead of taking the machine's memory.
MOST_CONNECTIONS = 2000


class GuardedConnection(HttpToolsProtocol):
    """uvicorn has no limits of its own for the head of a request when httptools reads it."""

    _head_bytes = 0
    _is_in_head = True
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._begin_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        self._end_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; a head that has no end is refused before it fills the memory."""
        if self._is_in_head:
            self._head_bytes += len(data)
        super().data_received(data)
        # A name or a value without an end reaches no callback: the parser keeps it.
        if self._is_in_head and self._head_bytes > LARGEST_HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        """A request begins, perhaps on a connection that had one before."""
        super().on_message_begin()
        if not self._is_in_head:
            self._begin_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header; raises ValueError, which uvicorn answers with 400, for one too many."""
        if len(self.headers) >= MOST_HEADERS:
            raise ValueError("too many headers")
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """The head is there; the rest of the time is the body's."""
        self._end_timer()
        self._is_in_head, self._head_bytes = False, 0
        super().on_headers_complete()

    def _begin_head(self) -> None:
        self._end_timer()
        self._is_in_head, self._head_bytes = True, 0
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _end_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        if not self.transport.is_closing():
            self.transport.close()


def connection_options() -> dict[str, Any]:
    """Return how uvicorn is to treat connections; no WebSockets, because nothing here speaks them."""
    return {
        "http": GuardedConnection,
        "ws": "none",
        "limit_concurrency": MOST_CONNECTIONS,
        "timeout_keep_alive": 5,
        "server_header": False,
    }
