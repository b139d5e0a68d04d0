"""A test call: the time in which staff phones are texted, and the pretend phone company that needs no account."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from ringback.domain.business import Business, Line
from ringback.ports import HttpRequest, NoAnswer, NotSent
from ringback.store import line_tests
from ringback.store.audit import Change, add_entry
from ringback.store.db import Connection
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context

# Numbers for stories, which belong to nobody: the phone that rings, and those a pretend line is chosen from.
TEST_PHONE = "+13125550142"
_PRETEND_NUMBERS = tuple(f"+1312555{last:04d}" for last in range(100, 120))
# Long enough to see that it rings, short enough to wait for.
_RINGS_SECONDS = 6
_PATIENCE_SECONDS = 3.0


class NotRunning(Exception):
    """The pretend phone company does not answer."""


@dataclass(frozen=True, slots=True)
class PretendCompany:
    """The phone company in a box beside us, by its control API. Its address is the operator's, never a page's."""

    context: Context
    url: str

    async def is_running(self) -> bool:
        """Return whether it answers."""
        try:
            await self._state()
        except NotRunning:
            return False
        return True

    async def open_account(self) -> tuple[str, dict[str, str]]:
        """Return a free number and the settings of a new account for it."""
        taken = {number["phone_number"] for number in (await self._state())["numbers"]}
        number = next((one for one in _PRETEND_NUMBERS if one not in taken), _PRETEND_NUMBERS[0])
        # Credentials of its own: what signs our callbacks must not be readable in some file.
        account = await self._ask("POST", "accounts", {"friendly_name": "Ringback"})
        settings = {"account_sid": account["sid"], "auth_token": account["auth_token"], "api_url": self.url}
        return number, settings

    async def connect(self, line: Line, settings: Mapping[str, str], hooks: Mapping[str, str]) -> None:
        """Let a line's number lead to us; started anew, the company has forgotten account and number."""
        sid = settings["account_sid"]
        if sid not in {account["sid"] for account in (await self._state())["accounts"]}:
            await self._ask("POST", "accounts", {"sid": sid, "auth_token": settings["auth_token"]})
        number = {
            "phone_number": line.number,
            "account_sid": sid,
            "voice_url": hooks["voice"],
            "status_callback": hooks["call_status"],
            "sms_url": hooks["message"],
        }
        await self._ask("POST", "numbers", number)

    async def ring(self, number: str) -> None:
        """Let the test phone ring a number and give up after a few seconds."""
        wanted = {"to": number, "hang_up_after_seconds": _RINGS_SECONDS}
        await self._ask("POST", f"handsets/{quote(TEST_PHONE)}/call", wanted)

    async def texts(self, number: str) -> list[str]:
        """Return what the test phone shows of texts from a number, the oldest first."""
        screen = await self._ask("GET", f"handsets/{quote(TEST_PHONE)}")
        return [text["body"] for text in screen["texts"] if text["with"] == number and not text["mine"]]

    async def _state(self) -> dict[str, Any]:
        return await self._ask("GET", "state")

    async def _ask(self, method: str, path: str, wanted: Mapping[str, Any] | None = None) -> dict[str, Any]:
        body = json.dumps(wanted).encode() if wanted is not None else b""
        headers = {"content-type": "application/json"} if body else {}
        request = HttpRequest(
            method,
            f"{self.url}/sandbox/api/{path}",
            headers=headers,
            timeout_seconds=_PATIENCE_SECONDS,
            body=body,
            trusted=True,
        )
        try:
            response = await self.context.http.send(request)
            answer = json.loads(response.body)
        except (NotSent, NoAnswer, ValueError) as error:
            raise NotRunning(f"no pretend phone company at {self.url}") from error
        if response.status >= 400 or not isinstance(answer, dict):
            raise NotRunning(f"the pretend phone company refused {method} {path}")
        return answer


def pretend_company(context: Context, settings: Mapping[str, str] | None = None) -> PretendCompany | None:
    """Return the pretend phone company, where one may be beside us and, with `settings`, where they are of it."""
    if context.sandbox_url is None:
        return None
    url = context.sandbox_url.rstrip("/")
    is_its = settings is None or settings.get("api_url", "").rstrip("/") == url
    return PretendCompany(context, url) if is_its else None


async def open_test(
    connection: Connection, business: Business, line: Line, phone: str | None, who: Who, now: datetime
) -> None:
    """Let a line be tested for a quarter of an hour, by staff phones and `phone`."""
    await line_tests.open_window(connection, business.business_id, line.line_id, phone, who.name, now)
    change = Change("line.test_opened", line.number, None, {"phone": phone, "minutes": 15})
    await add_entry(connection, business.business_id, who.name, change, now, who.person_id)


async def end_test(connection: Connection, business: Business, line: Line, who: Who, now: datetime) -> None:
    """End a test before its time; where none is going on, nothing happens."""
    if await line_tests.end_window(connection, business.business_id, line.line_id, now):
        change = Change("line.test_ended", line.number)
        await add_entry(connection, business.business_id, who.name, change, now, who.person_id)
