"""The phone company's memory: who its customers are, every call and text, and the tasks that are running."""

import asyncio
import itertools
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import httpx2

from ringback.sandbox.accounts import NUMBER_SETTINGS, Account, CompanyNumber, Registered, new_sid
from ringback.sandbox.calls import Call, CallStatus, Recording
from ringback.sandbox.clock import Clock
from ringback.sandbox.events import EventLog
from ringback.sandbox.faults import FaultBook
from ringback.sandbox.handsets import Handset
from ringback.sandbox.messages import Media, Message
from ringback.sandbox.settings import SandboxSettings

T = TypeVar("T")


@dataclass(slots=True)
class Options:
    """House rules a test may change.

    `abandoned_status` is what a call gets whose caller hung up before anyone answered (the vendor's own value is
    not documented); `sms_seconds` passes between two statuses of a text; `media_auth` asks for Basic auth on pictures.
    """

    abandoned_status: CallStatus = CallStatus.COMPLETED
    sms_seconds: float = 0.5
    media_auth: bool = True


class UnknownAccount(LookupError):
    """No customer has this AccountSid."""


class Company:
    """All state of one phone company; lives on the app, in one event loop."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.public_url = (settings.public_url or "http://127.0.0.1:8401").rstrip("/")
        # Redirects are followed by hand, because each hop must be signed for its own address.
        # Few idle connections: the pool looks at each of them for every request.
        limits = httpx2.Limits(max_connections=1000, max_keepalive_connections=16)
        self.http = httpx2.AsyncClient(follow_redirects=False, limits=limits)
        self.events = EventLog()
        self._tasks: set[asyncio.Task[Any]] = set()
        self.restore()

    def restore(self) -> None:
        """Go back to the state of the settings: running calls end, faults, texts and handsets are forgotten."""
        # Before the memory is emptied: a running call must not write into the new state.
        self.cancel_tasks()
        ahead = self.settings.clock_at - datetime.now(UTC) if self.settings.clock_at else timedelta()
        self.clock = Clock(self.settings.speed, ahead)
        self.faults = FaultBook()
        self.options = Options()
        self.accounts: dict[str, Account] = {}
        self.numbers: dict[str, CompanyNumber] = {}
        self.handsets: dict[str, Handset] = {}
        self.calls: dict[str, Call] = {}
        self.messages: dict[str, Message] = {}
        self.media: dict[str, Media] = {}
        self.recordings: dict[str, Recording] = {}
        self.opt_outs: set[tuple[str, str]] = set()
        self.held: list[asyncio.Event] = []
        self.gathering: dict[int, list[asyncio.Event]] = {}
        self.request_numbers = itertools.count(1)
        self.events.clear()
        self._seed()
        self.log("company.started", "The phone company is open")

    def _seed(self) -> None:
        for account in self.settings.accounts:
            self.open_account(**account)
        for number in self.settings.numbers:
            self.add_number(dict(number))
        for handset in self.settings.handsets:
            self.set_handset(dict(handset))
        self.set_options(self.settings.options)

    def log(self, kind: str, text: str, *phones: str, **details: Any) -> None:
        """Write one event; `phones` are the handsets whose screens change."""
        self.events.add(self.clock.now(), kind, text, details, phones)

    def start(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Run `work` on its own; the company owns the task until it is done."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)
        return task

    def _finished(self, task: "asyncio.Task[Any]") -> None:
        self._tasks.discard(task)
        # A bug in the exchange must show on the console and in the tests, not vanish with its task.
        if not task.cancelled() and task.exception() is not None:
            self.log("exchange.error", f"The exchange broke down: {task.exception()!r}")

    def cancel_tasks(self) -> None:
        """Stop everything that is running."""
        # A copy, because finishing tasks leave the set while we walk it.
        for task in list(self._tasks):
            task.cancel()

    async def close(self) -> None:
        """Stop all work and give up the HTTP connections."""
        self.cancel_tasks()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.http.aclose()

    def open_account(self, sid: str = "", auth_token: str = "", friendly_name: str = "") -> Account:
        """Add a customer; missing credentials are made up."""
        account = Account(sid or new_sid("AC"), auth_token or new_sid("")[:32], friendly_name, self.clock.now())
        self.accounts[account.sid] = account
        self.log("account.opened", f"Account {account.friendly_name or account.sid} opened")
        return account

    def add_number(self, wanted: dict[str, Any]) -> CompanyNumber:
        """Sell (or change) a number: `phone_number`, `account_sid` (default: the first account) and hook URLs."""
        # A sandbox mostly has one customer, so tests need not repeat its id.
        account_sid = wanted.pop("account_sid", None) or next(iter(self.accounts), "")
        if account_sid not in self.accounts:
            raise UnknownAccount(f"There is no account {account_sid!r}; open one first.")
        phone = wanted.pop("phone_number")
        known = self.numbers.get(phone)
        # Calling this twice with the same number updates it: set-up scripts may be run again.
        number = known or CompanyNumber(self.accounts[account_sid], phone, self.clock.now())
        self.numbers[phone] = number
        if known is None:
            self.log("number.bought", f"{phone} bought by {number.account.friendly_name or account_sid}", phone)
        self.change_number(number, wanted)
        return number

    def change_number(self, number: CompanyNumber, wanted: Mapping[str, Any]) -> None:
        """Set hooks and names of a number; raise KeyError for a setting it does not have."""
        known = {*NUMBER_SETTINGS.values(), "advanced_opt_out", "can_ring", "can_text", "registration"}
        for name, value in wanted.items():
            # A misspelt hook would otherwise look like a webhook that never came.
            if name not in known:
                raise KeyError(name)
            setattr(number, name, Registered(value) if name == "registration" else value)
        number.updated_at = self.clock.now()

    def handset(self, number: str) -> Handset:
        """Return the telephone with this number; every number has one."""
        return self.handsets.setdefault(number, Handset(number))

    def set_handset(self, wanted: dict[str, Any]) -> Handset:
        """Change a handset: `number`, `label`, and any field of Behaviour."""
        handset = self.handset(wanted.pop("number"))
        handset.label = wanted.pop("label", handset.label)
        handset.behave(handset.behaviour.changed(wanted))
        return handset

    def name_of(self, phone: str) -> str:
        """Return how the console calls a number."""
        if phone in self.numbers:
            return self.numbers[phone].friendly_name or phone
        label = self.handsets[phone].label if phone in self.handsets else ""
        # The demo names the reader's own handset so.
        if label == "You":
            return "Your phone"
        return f"{label}'s phone" if label else phone

    def set_options(self, wanted: Mapping[str, Any]) -> None:
        """Change house rules; raise AttributeError for one that does not exist, ValueError for a bad value."""
        for name, value in wanted.items():
            kind = type(getattr(self.options, name))
            setattr(self.options, name, kind(value))
