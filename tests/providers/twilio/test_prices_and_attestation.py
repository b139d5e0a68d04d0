"""What Twilio says of a text's price and of a caller's right to the number."""

from urllib.parse import urlencode

import pytest

from ringback.domain.calls import CallEvent
from ringback.domain.messages import MessageProgress
from ringback.ports import HookRequest
from ringback.providers.twilio import hooks
from ringback.providers.twilio.signature import FORM
from tests.cast import CARLA, HARBOR_NUMBER, NOON


def told(what: str, **fields: str) -> object:
    """What a callback with these fields comes to."""
    body = urlencode(fields).encode()
    request = HookRequest(what, f"http://ringback.test/hooks/key/{what}", {"content-type": FORM}, body)
    return hooks.read(request, NOON)[0].event


PRICES = [
    ("-0.00750", 750), ("0.0083", 830), ("-0.000001", 1), ("0", 0),
    ("", None), ("free", None), ("1e9", None), ("-0.0075000000001", None), ("٣", None),
]  # fmt: skip


@pytest.mark.parametrize(("price", "millicents"), PRICES)
def test_a_price_is_read_in_thousandths_of_a_cent_rounded_up(price: str, millicents: int | None) -> None:
    news = told("message_status", MessageSid="SM1", MessageStatus="delivered", Price=price, PriceUnit="usd")
    assert isinstance(news, MessageProgress)
    assert (news.price_millicents, news.price_currency) == (millicents, "USD")


def test_a_callback_without_a_price_says_none() -> None:
    news = told("message_status", MessageSid="SM1", MessageStatus="sent")
    assert isinstance(news, MessageProgress)
    assert (news.price_millicents, news.price_currency) == (None, None)


def test_the_attestation_of_a_call_is_kept_as_it_was_said() -> None:
    fields = {"CallSid": "CA1", "From": CARLA, "To": HARBOR_NUMBER, "CallStatus": "ringing"}
    for said in ("TN-Validation-Passed-C", None):
        event = told("voice", **fields, **({"StirVerstat": said} if said else {}))
        assert isinstance(event, CallEvent)
        assert event.verstat == said
