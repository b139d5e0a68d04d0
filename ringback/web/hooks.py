"""Providers' callbacks over HTTP: the body as it came, one statement, an answer."""

import time
from dataclasses import dataclass, field
from datetime import timedelta

import asyncpg
import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import BAD_SIGNATURE, CALLBACK_UNREADABLE
from ringback.ports import HookReply, HookRequest, HookUnreadable
from ringback.store import alarms
from ringback.store.db import business_transaction
from ringback.store.request_counts import count_request
from ringback.web.metrics import HOOKS
from ringback.workflows.context import Context
from ringback.workflows.receive import HookLine, HookRefused, receive_hook

log = structlog.get_logger()

# Twilio's largest form (an inbound text with ten pictures) is a few KB.
LARGEST_BODY_BYTES = 64 * 1024
# A changed token or mode is known to every web process after this long.
_CACHE_SECONDS = 1.0
_ALARM_EVERY_SECONDS = 60.0
# Of one address, refused callbacks beyond these are neither counted nor told of again for a while.
_BAD_PER_WINDOW, _BAD_WINDOW = 60, timedelta(minutes=5)
_BAD_SIGNATURE, _UNREADABLE = "bad_signature", "unreadable_callback"

# What a database that is gone, full, starting or overloaded looks like from here.
DATABASE_TROUBLE = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


class BodyTooLarge(Exception):
    """The callback is larger than any a provider sends."""


@dataclass(slots=True)
class HookLines:
    """Lines by the key in their hook address, remembered for a moment: a hot hook makes one round trip."""

    context: Context
    _lines: dict[str, tuple[float, HookLine]] = field(default_factory=dict)
    _alarmed: dict[str, float] = field(default_factory=dict)
    _held: dict[str, float] = field(default_factory=dict)

    async def find(self, hook_key: str) -> HookLine | None:
        """Return the line of a key; raises ValueError where a setting of its connection is wrong."""
        cached = self._lines.get(hook_key)
        if cached is not None and cached[0] > time.monotonic():
            return cached[1]
        setup = await self.context.setup_of_hook(hook_key)
        if setup is None:
            self._lines.pop(hook_key, None)
            return None
        line = HookLine(setup, self.context.make_adapter(setup.line, setup.settings))
        self._lines[hook_key] = (time.monotonic() + _CACHE_SECONDS, line)
        return line

    async def alarm(self, line: HookLine, kind: str, words: str) -> None:
        """Tell the owner, at most once a minute: anyone can send us rubbish, and rubbish must not cost us writes."""
        key = f"{line.setup.line.line_id}:{kind}"
        if self._alarmed.get(key, 0.0) > time.monotonic():
            return
        self._alarmed[key] = time.monotonic() + _ALARM_EVERY_SECONDS
        business_id = line.setup.business.business_id
        async with business_transaction(self.context.pool, business_id) as connection:
            now = self.context.clock.now()
            await alarms.raise_alarm(connection, business_id, kind, str(line.setup.line.line_id), words, now)

    def is_held(self, address: str) -> bool:
        """Return whether so much rubbish came from an address that more of it is answered with 429.

        What is signed right is taken all the same: companies share addresses between their customers.
        """
        if self._held.get(address, 0.0) > time.monotonic():
            return True
        self._held.pop(address, None)
        return False

    async def note_bad(self, address: str) -> None:
        """Count a refused callback of an address, together with every other web process."""
        count = await count_request(self.context.pool, f"hook {address}", _BAD_WINDOW, self.context.clock.now())
        if count >= _BAD_PER_WINDOW:
            self._held[address] = time.monotonic() + _BAD_WINDOW.total_seconds()

    async def well(self, line: HookLine) -> None:
        """A good callback came: end the alarms that this process raised about the line's bad ones."""
        for kind in (_BAD_SIGNATURE, _UNREADABLE):
            if self._alarmed.pop(f"{line.setup.line.line_id}:{kind}", None) is not None:
                business_id = line.setup.business.business_id
                async with business_transaction(self.context.pool, business_id) as connection:
                    now = self.context.clock.now()
                    await alarms.end_alarm(connection, business_id, kind, str(line.setup.line.line_id), now)


async def hook(request: Request) -> Response:
    """Answer one callback. 503 where it could not be stored: we ask providers, in the URL, to try again then."""
    lines: HookLines = request.app.state.hook_lines
    what = request.path_params["what"]
    try:
        line = await lines.find(request.path_params["hook_key"])
        if line is None:
            return await _bad(lines, request, None) or _answer(what, "unknown", 404, "No line has this address.")
        return await _receive(lines, line, request, await _read(request, lines.context.public_url, what))
    except BodyTooLarge:
        return _answer(what, "too_large", 413, f"A callback can have {LARGEST_BODY_BYTES} bytes.")
    except ClientDisconnect:
        return _answer(what, "disconnected", 400, "The callback broke off.")
    except ValueError as error:
        # A setting of the line's connection is wrong; `ringback check` says the same sentence.
        log.error("hook_line_unusable", what=what, detail=str(error))  # noqa: TRY400
        return _answer(what, "unusable_line", 503, "This line is not set up right.")
    except DATABASE_TROUBLE as error:
        # The name alone: a database error's text can hold the row, and the row a caller's number.
        log.error("hook_not_stored", what=what, error=type(error).__name__)  # noqa: TRY400
        return _answer(what, "not_stored", 503, "The callback could not be stored. Please send it again.")


async def _receive(lines: HookLines, line: HookLine, came: Request, request: HookRequest) -> Response:
    label = line.setup.line.label
    try:
        reply: HookReply = await receive_hook(lines.context, line, request)
    except HookRefused:
        held = await _bad(lines, came, request.what)
        if held is not None:
            return held
        words = phrase(BAD_SIGNATURE.msgid, line=label)
        await lines.alarm(line, _BAD_SIGNATURE, words)
        return _answer(request.what, "refused", 403, "The signature does not match.")
    except HookUnreadable as error:
        log.warning("hook_unreadable", what=request.what, detail=str(error))
        await lines.alarm(line, _UNREADABLE, phrase(CALLBACK_UNREADABLE.msgid, line=label, why=str(error)))
        return _answer(request.what, "unreadable", 400, str(error))
    await lines.well(line)
    HOOKS.labels(request.what, "accepted").inc()
    return Response(reply.body, reply.status, media_type=reply.content_type)


async def _bad(lines: HookLines, came: Request, what: str | None) -> Response | None:
    """Count a refused callback; return 429 where its address has sent too many."""
    address = came.client.host if came.client else "unknown"
    if not lines.is_held(address):
        await lines.note_bad(address)
        return None
    response = _answer(
        what or "?", "refused" if what else "unknown", 429, "Too many refused callbacks came from there."
    )
    response.headers["retry-after"] = str(int(_BAD_WINDOW.total_seconds()))
    return response


async def _read(request: Request, public_url: str, what: str) -> HookRequest:
    """The address is built from what we gave the provider, never from Host or X-Forwarded headers."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY_BYTES:
            raise BodyTooLarge
    path = request.scope["raw_path"].decode("ascii", "replace")
    query = request.scope["query_string"].decode("ascii", "replace")
    url = f"{public_url}{path}" + (f"?{query}" if query else "")
    return HookRequest(what, url, dict(request.headers), bytes(body), request.method)


def _answer(what: str, result: str, status: int, sentence: str) -> Response:
    # The path is anybody's text: only hooks that a line has answered may become a label.
    HOOKS.labels(what if result in ("refused", "unreadable") else "?", result).inc()
    return PlainTextResponse(sentence + "\n", status)
