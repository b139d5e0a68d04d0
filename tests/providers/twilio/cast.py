"""Harbor Dental's line at Twilio, its staff, and Carla who rings it."""

from datetime import UTC, datetime
from typing import cast
from urllib.parse import urlencode

from ringback.ports import HookRequest, LineAddress
from ringback.providers.twilio import PROVIDER, TwilioLine

ACCOUNT = "AC" + "0a" * 16
TOKEN = "harbor-dental-token"
ADDRESS = LineAddress("https://ringback.example/hooks/twilio/harbor-main")
LINE = "+15005550006"
CARLA = "+14155550134"
OLGA = "+14155550101"
SAM = "+14155550102"
CALL = "CA" + "11" * 16
LEG = "CA" + "22" * 16
TEXT = "SM" + "33" * 16
NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
FORM = {"content-type": "application/x-www-form-urlencoded"}
RETRY = "#rc=3&rp=all"


def twilio_line(**settings: str) -> TwilioLine:
    """Return Harbor Dental's line, with settings of Twilio beside the two it needs."""
    return cast(TwilioLine, PROVIDER.make({"account_sid": ACCOUNT, "auth_token": TOKEN, **settings}, ADDRESS))


def hook(what: str, fields: dict[str, str] | bytes, query: str = "") -> HookRequest:
    """Return a callback with these form fields (or this raw body)."""
    body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
    return HookRequest(what, ADDRESS.hook_url(what, query), FORM, body)
