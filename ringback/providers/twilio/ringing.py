"""Calls that we ask Twilio to make (www.twilio.com/docs/voice/api/call-resource#create-a-call-resource)."""

from urllib.parse import urlencode

from ringback.ports import HttpRequest, LineAddress, RingOut
from ringback.providers.twilio.connection import Connection, given_url


def ring_request(connection: Connection, address: LineAddress, ring: RingOut) -> HttpRequest:
    """Return the POST that rings a phone. Twilio has no idempotency key: it must never be made twice."""
    reference = urlencode({"ring": ring.reference})
    form = (
        ("To", ring.phone),
        ("From", ring.caller_id),
        ("Url", given_url(address, "staff_answered", reference)),
        # Without any StatusCallbackEvent, Twilio tells of the end alone, which is all we need.
        ("StatusCallback", given_url(address, "staff_status", reference)),
        ("Timeout", str(ring.seconds)),
    )
    return HttpRequest("POST", connection.resource("Calls.json"), form, auth=connection.auth, trusted=True)
