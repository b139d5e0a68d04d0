"""Drive the sandbox phone company from a test: ring, answer, text, break things, and watch what happens.

    with running_company() as url:
        async with PhoneCompany(url) as company:
            await company.add_number("+13125550100", voice_url="http://…/voice", sms_url="http://…/sms")
            await company.behave("+13125550111", "no_answer", label="Sam")
            call = await company.place_call("+13125550142", "+13125550100")
            await company.wait_for_end(call)
            [text] = await company.wait_for_texts("+13125550142")
            assert "sorry" in text["body"]

Nothing here sleeps: every `wait_…` long-polls the company's numbered event log, and fails with that log in the message.
"""

import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from types import TracebackType
from typing import Any

import httpx2

from ringback.sandbox import SandboxSettings, server
from tests.patience import PATIENCE_SECONDS
from tests.sandbox.serving import serving

Facts = dict[str, Any]
ACCOUNT_SID = "AC" + "5a" * 16
AUTH_TOKEN = "7e" * 16


def running_company(**settings: Any) -> AbstractContextManager[str]:
    """Run a phone company in a thread; yields its URL. One account (ACCOUNT_SID, AUTH_TOKEN) exists unless told."""
    account = {"sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "friendly_name": "Harbor Dental"}
    chosen = {"accounts": (account,), "speed": 50.0, **settings}
    return serving(lambda url: server(SandboxSettings(public_url=url, **chosen)))


class Refused(AssertionError):
    """The phone company would not do that; the message is its sentence."""


class PhoneCompany:
    """A client of the control API. Phones are named by number; every number is a phone."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._http = httpx2.AsyncClient(base_url=self.url + "/sandbox/api", timeout=70)
        self._start = 0
        self._rung: dict[str, int] = {}

    async def __aenter__(self) -> "PhoneCompany":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.aclose()

    async def _ask(self, method: str, path: str, wanted: Mapping[str, Any] | None = None) -> Facts:
        response = await self._http.request(method, path, json=dict(wanted) if wanted is not None else None)
        answer: Facts = response.json()
        if response.is_error:
            raise Refused(f"{method} {path}: {answer['error']}")
        return answer

    # Setting up

    async def reset(self) -> None:
        """Forget calls, texts, faults and changes; accounts and numbers are again those of the settings."""
        self._start = (await self._ask("POST", "/reset", {}))["events_after"]
        self._rung = {}

    async def look_from_now(self) -> None:
        """Let `events` and every `wait_…` ignore what happened before this moment."""
        self._start = await self.last_event()

    async def state(self) -> Facts:
        """Return speed, options, accounts, numbers and handsets."""
        return await self._ask("GET", "/state")

    async def set_speed(self, speed: float) -> None:
        """Let telephone time pass `speed` times faster than the wall clock."""
        await self._ask("POST", "/speed", {"speed": speed})

    @asynccontextmanager
    async def by_hand(self) -> AsyncIterator[None]:
        """Let telephone time pass no faster than the wall clock: what rings, rings until a test has picked up."""
        speed = (await self.state())["speed"]
        await self.set_speed(1)
        try:
            yield
        finally:
            await self.set_speed(speed)

    async def set_options(self, **options: Any) -> None:
        """Change house rules: `abandoned_status`, `sms_seconds`, `media_auth`."""
        await self._ask("POST", "/options", options)

    async def open_account(self, **wanted: str) -> Facts:
        """Open another account (`sid`, `auth_token`, `friendly_name`); missing credentials are made up."""
        return await self._ask("POST", "/accounts", wanted)

    async def add_number(self, phone_number: str, **settings: Any) -> Facts:
        """Buy a number or change its hooks: `voice_url`, `status_callback`, `sms_url`, `advanced_opt_out`, …"""
        return await self._ask("POST", "/numbers", {"phone_number": phone_number, **settings})

    async def behave(self, phone: str, manner: str = "manual", **options: Any) -> None:
        """Script a phone.

        `manner`: manual, answer, no_answer, busy, decline, unreachable, voicemail. Options: `label`, `after_seconds`
        (ring before it acts), `keys`, `keys_after_seconds`, `hang_up_after_seconds`, `kind` (mobile, landline,
        filtered, unreachable, invalid: for texts), `switched_off`, `lines` (busy beyond that many calls), `line_type`,
        `reassigned_on` and `pumping_risk` (for look-ups).
        """
        await self._ask("POST", f"/handsets/{phone}", {"manner": manner, **options})

    # What people do

    async def place_call(self, phone: str, to: str, **options: Any) -> str:
        """Ring a company number; return the CallSid.

        Options: `withheld`, `forwarded_from`, `caller_name`, `hang_up_after_seconds`.
        """
        sid: str = (await self._ask("POST", f"/handsets/{phone}/call", {"to": to, **options}))["sid"]
        return sid

    async def answer(self, phone: str) -> Facts:
        """Pick up what rings next, waiting for it to ring."""
        return await self._when_ringing(phone, "answer")

    async def decline(self, phone: str) -> Facts:
        """Turn away what rings next, waiting for it to ring."""
        return await self._when_ringing(phone, "decline")

    async def _when_ringing(self, phone: str, action: str) -> Facts:
        # Each ring is used once, so that a second call is not taken for the first.
        after = max(self._start, self._rung.get(phone, 0))
        ringing = await self.wait_for_event("call.ringing", after, to=phone)
        self._rung[phone] = ringing["seq"]
        return await self._ask("POST", f"/handsets/{phone}/{action}", {"call": ringing["call"]})

    async def hang_up(self, phone: str, call: str | None = None) -> Facts:
        """Put the phone down (during a call, while it rings out, or to decline)."""
        return await self._ask("POST", f"/handsets/{phone}/hang_up", {"call": call} if call else {})

    async def press(self, phone: str, keys: str) -> Facts:
        """Press keys during a call."""
        return await self._ask("POST", f"/handsets/{phone}/press", {"keys": keys})

    async def speak(self, phone: str, text: str = "", seconds: float = 3) -> Facts:
        """Say something during a call (a recording hears `seconds` of it)."""
        return await self._ask("POST", f"/handsets/{phone}/speak", {"text": text, "seconds": seconds})

    async def text(self, phone: str, to: str, body: str = "", media: tuple[str, ...] = ()) -> Facts:
        """Text a company number; `media` are ids from `upload`, or "sample"."""
        return await self._ask("POST", f"/handsets/{phone}/text", {"to": to, "body": body, "media": list(media)})

    async def upload(self, picture: bytes, content_type: str = "image/png") -> str:
        """Store a picture for `text`; return its id."""
        response = await self._http.post("/media", content=picture, headers={"Content-Type": content_type})
        sid: str = response.raise_for_status().json()["sid"]
        return sid

    # Breaking things

    async def set_webhook_fault(self, effect: str, on: str = "any", **options: Any) -> int:
        """Break webhooks: duplicate (`copies`), delay (`seconds`), reorder (`batch`), hold, lose, bad_signature.

        `on`: voice, dial_action, whisper, gather, record, redirect, leg_status, call_status, message, message_status.
        Also `count` or `probability` with `seed`, and `match` ({"CallStatus": "completed"}). Returns the fault's id.
        """
        return await self._set_fault("webhook", effect, on, options)

    async def set_rest_fault(self, effect: str, on: str = "any", **options: Any) -> int:
        """Break the API: 429, 500_before, 500_after, hang_before, hang_after, reset_before, reset_after, latency.

        `on`: messages, calls, numbers, media, account. `seconds` (wall time) for hangs and latency; `match` may name
        the HTTP method ({"method": "POST"}) and any parameter; `count`, `probability`, `seed` as above.
        """
        return await self._set_fault("rest", effect, on, options)

    async def _set_fault(self, target: str, effect: str, on: str, options: Facts) -> int:
        fault = await self._ask("POST", "/faults", {"target": target, "effect": effect, "on": on, **options})
        return int(fault["id"])

    async def clear_faults(self) -> None:
        """Stop breaking things (held webhooks stay held: see `release_webhooks`)."""
        await self._ask("DELETE", "/faults")

    async def release_webhooks(self, order: str = "fifo") -> int:
        """Let held webhooks go, `fifo` or `reverse`; return how many."""
        return int((await self._ask("POST", "/webhooks/release", {"order": order}))["released"])

    # Watching

    async def messages(self, to: str | None = None, everything: bool = False) -> list[Facts]:
        """Return the texts accepted from the REST API, oldest first; `everything` adds handsets' and carrier's."""
        query = {"to": to} if to else {}
        query |= {"all": "1"} if everything else {}
        response = await self._http.get("/messages", params=query)
        found: list[Facts] = response.raise_for_status().json()["messages"]
        return found

    async def calls(self) -> list[Facts]:
        """Return all calls and legs, oldest first."""
        found: list[Facts] = (await self._ask("GET", "/calls"))["calls"]
        return found

    async def handset(self, phone: str) -> Facts:
        """Return what the phone shows: `calls` (newest first) and `texts` (oldest first)."""
        return await self._ask("GET", f"/handsets/{phone}")

    async def last_event(self) -> int:
        """Return the newest event's number, to pass as `after`."""
        return int((await self.state())["last_event"])

    async def events(self, kind: str = "", after: int | None = None, **facts: Any) -> list[Facts]:
        """Return what happened since `reset` (or `after`): events of a kind (or kind prefix) with these facts."""
        after = self._start if after is None else after
        found = (await self._ask("GET", f"/events?after={after}"))["events"]
        return [event for event in found if _fits(event, kind, facts)]

    async def wait_for_event(
        self, kind: str, after: int | None = None, seconds: float = PATIENCE_SECONDS, **facts: Any
    ) -> Facts:
        """Return the first event of a kind (prefix) with these facts since `reset` (or `after`)."""
        return (await self.wait_for_events(1, kind, after, seconds, **facts))[0]

    async def wait_for_events(
        self, count: int, kind: str, after: int | None = None, seconds: float = PATIENCE_SECONDS, **facts: Any
    ) -> list[Facts]:
        """Return the first `count` such events; `params={…}` in `facts` needs only those parameters to be equal."""
        seen: list[Facts] = []
        found: list[Facts] = []
        async for event in self._follow(self._start if after is None else after, seconds):
            seen.append(event)
            if _fits(event, kind, facts):
                found.append(event)
            if len(found) >= count:
                return found
        log = "\n".join(f"{one['seq']:>5} {one['kind']:<18} {one['text']}" for one in seen)
        raise AssertionError(f"Not {count} x {kind} {facts} within {seconds:g} s. What happened:\n{log}")

    async def _follow(self, after: int, seconds: float) -> AsyncIterator[Facts]:
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            for event in (await self._ask("GET", f"/events?after={after}&wait={min(left, 30):.2f}"))["events"]:
                after = event["seq"]
                yield event

    async def wait_for_end(self, call: str) -> str:
        """Wait until a call is over; return its last status."""
        status: str = (await self.wait_for_event("call.ended", call=call))["status"]
        return status

    async def wait_for_webhook(self, hook: str, **params: str) -> Facts:
        """Wait until the business answered a webhook of this kind with these parameters; return the event."""
        return await self.wait_for_event("webhook.answered", hook=hook, params=params)

    async def wait_for_texts(self, to: str, count: int = 1) -> list[Facts]:
        """Wait until `count` texts to this phone were accepted from the business; return all of them."""
        await self.wait_for_events(count, "message.accepted", to=to, source="api")
        return await self.messages(to=to)


def _fits(event: Facts, kind: str, facts: Facts) -> bool:
    if not event["kind"].startswith(kind):
        return False
    wanted = dict(facts)
    params = wanted.pop("params", {})
    given = event.get("params", {})
    return all(event.get(name) == value for name, value in wanted.items()) and all(
        given.get(name) == value for name, value in params.items()
    )
