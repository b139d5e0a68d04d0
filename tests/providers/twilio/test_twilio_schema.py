"""The judge itself: it must refuse what Twilio would."""

from dataclasses import replace

import pytest

from ringback.ports import HttpRequest
from tests.providers.twilio.cast import ACCOUNT, CARLA, LINE
from tests.providers.twilio.schema import check_request

MESSAGES = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
NUMBER = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers/PN{'1' * 32}.json"
GOOD = HttpRequest("POST", MESSAGES, (("To", CARLA), ("From", LINE), ("Body", "Hello")), auth=(ACCOUNT, "token"))
LISTING = HttpRequest("GET", MESSAGES + "?PageSize=50", auth=(ACCOUNT, "token"))


def with_field(name: str, value: str) -> HttpRequest:
    return replace(GOOD, form=(*GOOD.form, (name, value)))


def test_a_request_that_twilio_accepts_passes() -> None:
    for request in (GOOD, LISTING, with_field("ValidityPeriod", "300"), with_field("MediaUrl", "https://a.example/b")):
        check_request(request)


def test_a_repeated_field_passes_where_twilio_takes_a_list() -> None:
    pictures = (("MediaUrl", "https://a.example/1"), ("MediaUrl", "https://a.example/2"))
    check_request(replace(GOOD, form=GOOD.form + pictures))


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(with_field("Bdy", "Hello"), id="unknown field"),
        pytest.param(with_field("To", CARLA), id="field given twice"),
        pytest.param(with_field("ValidityPeriod", "soon"), id="no integer"),
        pytest.param(with_field("ContentRetention", "forever"), id="not in the enum"),
        pytest.param(with_field("StatusCallback", "https://under_score.example/x"), id="host name with an underscore"),
        pytest.param(with_field("StatusCallback", "/relative"), id="relative address"),
        pytest.param(with_field("MessagingServiceSid", "MG1"), id="malformed id"),
        pytest.param(replace(GOOD, form=(("From", LINE), ("Body", "Hello"))), id="no To"),
        pytest.param(replace(GOOD, form=(("To", "notaphone"), ("Body", "Hello"))), id="no phone number"),
        pytest.param(replace(GOOD, auth=None), id="no credentials"),
        pytest.param(replace(GOOD, method="PUT"), id="method it does not know"),
        pytest.param(replace(GOOD, url=MESSAGES.replace("Messages", "Mesages")), id="resource it does not know"),
        pytest.param(replace(GOOD, url=MESSAGES.replace(ACCOUNT, "AC1")), id="malformed account"),
        pytest.param(replace(GOOD, url=MESSAGES + "?Body=Hi"), id="query on a POST"),
        pytest.param(replace(LISTING, url=MESSAGES + "?PageSize=1001"), id="page too big"),
        pytest.param(replace(LISTING, url=MESSAGES + "?Sender=x"), id="unknown query parameter"),
        pytest.param(replace(LISTING, form=(("To", CARLA),)), id="form on a GET"),
        pytest.param(replace(GOOD, url=NUMBER, form=(("VoiceMethod", "PUT"),)), id="method a number does not know"),
    ],
)
def test_a_request_that_twilio_would_refuse_fails(wrong: HttpRequest) -> None:
    with pytest.raises(AssertionError):
        check_request(wrong)
