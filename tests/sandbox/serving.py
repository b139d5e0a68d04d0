"""Run an ASGI server in a thread, on a port the system picks."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from tests.patience import PATIENCE_SECONDS


@contextmanager
def serving(make: Callable[[str], uvicorn.Server], see_it_end: bool = True) -> Iterator[str]:
    """Run the server that `make(url)` returns; yield its URL, stop it afterwards (and, if told, wait for that)."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = make(url)
    # The server closes the listener itself; closing it here would free a file number its loop still watches.
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    _wait_until_started(server, thread)
    yield url
    server.should_exit = True
    if see_it_end:
        thread.join(PATIENCE_SECONDS)


def _wait_until_started(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise RuntimeError("The server did not start.")
        # uvicorn offers no event for this moment, only the flag.
        time.sleep(0.005)
