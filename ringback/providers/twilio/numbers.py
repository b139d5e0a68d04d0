"""A phone number's settings at Twilio: read them, and point its webhooks at us (for `ringback check` and set-up)."""

from dataclasses import dataclass

from ringback.ports import HttpRequest, HttpResponse, LineAddress
from ringback.providers.twilio.api import get_request, listed
from ringback.providers.twilio.connection import Connection, given_url

_NAMES = ("voice_url", "status_callback", "sms_url", "voice_application_sid", "sms_application_sid", "trunk_sid")


@dataclass(frozen=True, slots=True)
class NumberSettings:
    """Where Twilio sends what happens on a number. Where one of the last three is set, Twilio ignores the voice or
    text address beside it."""

    number_id: str
    phone: str
    voice_url: str
    status_callback: str
    sms_url: str
    voice_application_sid: str
    sms_application_sid: str
    trunk_sid: str


def number_request(connection: Connection, phone: str) -> HttpRequest:
    """Return the request that finds a number (E.164) among those of the account."""
    return get_request(connection, "IncomingPhoneNumbers.json", PhoneNumber=phone)


def read_numbers(response: HttpResponse) -> tuple[NumberSettings, ...] | None:
    """Return the numbers listed, none when the account has no such number, or None where the answer is no list."""
    items = listed(response, "incoming_phone_numbers")
    if items is None:
        return None
    return tuple(
        NumberSettings(
            str(item.get("sid") or ""),
            str(item.get("phone_number") or ""),
            *(str(item.get(name) or "") for name in _NAMES),
        )
        for item in items
    )


def set_hooks_request(connection: Connection, address: LineAddress, number_id: str) -> HttpRequest:
    """Return the POST that sends a number's calls and texts to the line; it may be repeated safely."""
    voice, message = given_url(address, "voice"), given_url(address, "message")
    form = (
        ("VoiceUrl", voice),
        ("VoiceMethod", "POST"),
        # The same hook again: one more try, after the retries, costs nothing and may find us up again.
        ("VoiceFallbackUrl", voice),
        ("VoiceFallbackMethod", "POST"),
        ("StatusCallback", given_url(address, "call_status")),
        ("StatusCallbackMethod", "POST"),
        ("SmsUrl", message),
        ("SmsMethod", "POST"),
        ("SmsFallbackUrl", message),
        ("SmsFallbackMethod", "POST"),
    )
    url = connection.resource(f"IncomingPhoneNumbers/{number_id}.json")
    return HttpRequest("POST", url, form, auth=connection.auth, trusted=True)
