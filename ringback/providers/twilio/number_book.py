"""An account at Twilio as the set-up sees it: whether its credentials are right, and which numbers it has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringback.domain.errors import ProviderError
from ringback.domain.owned_numbers import AccountFound, OwnedNumber
from ringback.ports import HttpRequest, HttpResponse, LineAddress
from ringback.providers.twilio.api import PAGE_SIZE, get_request, json_object, listed, refused
from ringback.providers.twilio.connection import Connection, read_settings
from ringback.providers.twilio.numbers import set_hooks_request

_HOOKS = {"voice": "voice_url", "call_status": "status_callback", "message": "sms_url"}
# Where one of these is set, Twilio ignores the addresses of the number itself.
_ELSEWHERE = ("trunk_sid", "voice_application_sid", "sms_application_sid")


@dataclass(frozen=True, slots=True)
class TwilioNumbers:
    """The numbers of one account."""

    connection: Connection

    def account_request(self) -> HttpRequest:
        """Return the request that reads the account, which wrong credentials cannot."""
        url = self.connection.resource("").rstrip("/") + ".json"
        return HttpRequest("GET", url, auth=self.connection.auth, trusted=True)

    def read_account(self, response: HttpResponse) -> AccountFound | ProviderError:
        """Return the account, or why Twilio does not show it."""
        answer = json_object(response.body)
        if response.status != 200 or not answer.get("sid"):
            return refused(response)
        is_active = str(answer.get("status", "active")).lower() == "active"
        return AccountFound(str(answer.get("friendly_name") or ""), is_active, answer.get("type") == "Trial")

    def numbers_request(self) -> HttpRequest:
        """Return the request that lists the account's numbers; one page, which holds a thousand."""
        return get_request(self.connection, "IncomingPhoneNumbers.json", PageSize=PAGE_SIZE)

    def read_numbers(self, response: HttpResponse) -> tuple[OwnedNumber, ...] | ProviderError:
        """Return the numbers listed, or why Twilio does not list them."""
        items = listed(response, "incoming_phone_numbers")
        return refused(response) if items is None else tuple(_number(item) for item in items)

    def hooks_request(self, number_id: str, address: LineAddress) -> HttpRequest:
        """Return the POST that points a number's webhooks at a line."""
        return set_hooks_request(self.connection, address, number_id)


def number_book(settings: Mapping[str, str]) -> TwilioNumbers:
    """Return the account of these settings; raises ValueError with a sentence when one is wrong."""
    return TwilioNumbers(read_settings(settings))


def _number(item: Mapping[str, Any]) -> OwnedNumber:
    can = item.get("capabilities")
    able = {str(name).lower() for name, yes in can.items() if yes} if isinstance(can, dict) else {"voice", "sms"}
    return OwnedNumber(
        number_id=str(item.get("sid") or ""),
        phone=str(item.get("phone_number") or ""),
        name=str(item.get("friendly_name") or ""),
        can_ring="voice" in able,
        can_text="sms" in able,
        hooks={hook: str(item.get(name) or "") for hook, name in _HOOKS.items()},
        led_elsewhere=next((str(item[name]) for name in _ELSEWHERE if item.get(name)), ""),
    )
