"""Our credentials go to Twilio with a request for a picture, and nowhere else."""

import pytest

from ringback.ports import HookUnreadable, HttpRequest
from tests.providers.twilio.cast import ACCOUNT, TEXT, TOKEN, twilio_line


@pytest.mark.parametrize(
    "url",
    [
        f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{TEXT}/Media/ME1",
        "https://mms.ie1.twilio.com/x?y=%20z",
        "http://127.0.0.1:8401/2010-04-01/Accounts/AC1/Media/ME1",
    ],
)
def test_a_picture_at_twilio_is_fetched_with_our_credentials(url: str) -> None:
    request = twilio_line(api_url="http://127.0.0.1:8401").picture_request(url)
    assert request == HttpRequest("GET", url, auth=(ACCOUNT, TOKEN), trusted=url.startswith("http:"))


@pytest.mark.parametrize(
    "url",
    [
        "http://api.twilio.com/x",
        "https://evil.example/x",
        "https://twilio.com.evil.example/x",
        "https://evil-twilio.com/x",
        "https://api.twilio.com@evil.example/x",
        "https://api.twilio.com:8443/x",
        "https://api.twilio.com\\@evil.example/x",
        "https://evil.example/\\.twilio.com/x",
        "https://evil.example#.twilio.com/",
        "https://evil.example?.twilio.com/",
        "http://127.0.0.1:8402/x",
        "http://127.0.0.1/x",
        "https://127.0.0.1:8401/x",
        "https://api.twilio.com/x\n",
        "https://api.twilio.com/x y",
        "file:///etc/passwd",
        "//api.twilio.com/x",
        "",
    ],
)
def test_an_address_that_is_not_twilios_gets_no_credentials(url: str) -> None:
    with pytest.raises(HookUnreadable, match="picture's address"):
        twilio_line(api_url="http://127.0.0.1:8401").picture_request(url)
