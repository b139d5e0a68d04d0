"""What Twilio says of a number's registration: asked as its own library asks, and read in our four words."""

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from ringback.domain.registration_facts import Answered, CarrierWord, LookedUp, Unanswered
from ringback.ports import HttpRequest, HttpResponse
from ringback.providers.twilio.connection import read_settings
from ringback.providers.twilio.registration import look_up
from tests.providers.twilio.cast import ACCOUNT, TOKEN
from tests.providers.twilio.schema import read_spec

LOCAL, TOLL_FREE = "+13125550100", "+18005550100"
SERVICE, NUMBER = "MG" + "1" * 32, "PN" + "2" * 32
SETTINGS = {"account_sid": ACCOUNT, "auth_token": TOKEN}
W = CarrierWord


def answer(status: int = 200, **body: Any) -> HttpResponse:
    """An answer with a JSON body."""
    return HttpResponse(status, json.dumps(body).encode())


def ask(number: str, answers: Iterable[HttpResponse], **settings: str) -> tuple[LookedUp, list[HttpRequest]]:
    """Hold the whole conversation; return what came of it and what was asked."""
    inquiry, asked = look_up({**SETTINGS, **settings}, number), []
    try:
        request = next(inquiry)
        for response in answers:
            asked.append(request)
            request = inquiry.send(response)
    except StopIteration as done:
        return done.value, asked
    raise AssertionError(f"{request.url} was asked, and the test has no answer.")


def campaigns(*states: str, errors: list[dict[str, Any]] | None = None) -> HttpResponse:
    """The campaigns of a service."""
    return answer(compliance=[{"campaign_status": state, "errors": errors or []} for state in states])


@pytest.mark.parametrize(
    ("states", "word"),
    [
        (("VERIFIED",), W.APPROVED),
        (("FAILED", "VERIFIED"), W.APPROVED),
        (("PENDING",), W.PENDING),
        (("IN_PROGRESS",), W.PENDING),
        (("FAILED", "IN_PROGRESS"), W.PENDING),
        (("SOMETHING_NEW",), W.PENDING),
        (("FAILED",), W.REJECTED),
        (("SUSPENDED",), W.REJECTED),
        ((), W.MISSING),
    ],
)
def test_the_campaigns_of_a_service_amount_to_one_word(states: tuple[str, ...], word: CarrierWord) -> None:
    found, asked = ask(LOCAL, [campaigns(*states)], messaging_service_sid=SERVICE)

    assert isinstance(found, Answered)
    assert found.word is word
    assert len(asked) == 1


def test_a_rejection_brings_its_reason() -> None:
    why = [{"error_code": 30896, "description": "Opt-in is not shown."}]
    found, _ = ask(LOCAL, [campaigns("FAILED", errors=why)], messaging_service_sid=SERVICE)

    assert found == Answered(W.REJECTED, "Opt-in is not shown.")


def test_without_a_service_in_the_settings_the_one_with_the_number_is_found() -> None:
    other = "MG" + "9" * 32
    services = answer(services=[{"sid": other}, {"sid": SERVICE}])
    theirs, ours = (
        answer(phone_numbers=[{"phone_number": "+13125550199"}]),
        answer(phone_numbers=[{"phone_number": LOCAL}]),
    )
    found, asked = ask(LOCAL, [services, theirs, ours, campaigns("VERIFIED")])

    assert found == Answered(W.APPROVED)
    assert SERVICE in asked[-1].url
    assert all(request.auth == (ACCOUNT, TOKEN) and request.method == "GET" for request in asked)


def test_a_number_in_no_service_is_not_registered() -> None:
    assert ask(LOCAL, [answer(services=[])])[0] == Answered(W.MISSING)
    assert ask(LOCAL, [answer(404, code=20404)], messaging_service_sid=SERVICE)[0] == Answered(W.MISSING)


@pytest.mark.parametrize(
    ("states", "word"),
    [
        (("TWILIO_APPROVED",), W.APPROVED),
        (("TWILIO_REJECTED", "TWILIO_APPROVED"), W.APPROVED),
        (("PENDING_REVIEW",), W.PENDING),
        (("IN_REVIEW",), W.PENDING),
        (("TWILIO_REJECTED",), W.REJECTED),
        ((), W.MISSING),
    ],
)
def test_the_verifications_of_a_toll_free_number_amount_to_one_word(states: tuple[str, ...], word: CarrierWord) -> None:
    numbers = answer(incoming_phone_numbers=[{"sid": NUMBER, "phone_number": TOLL_FREE}])
    verifications = answer(verifications=[{"status": state, "rejection_reason": "No terms."} for state in states])
    found, asked = ask(TOLL_FREE, [numbers, verifications])

    assert found == Answered(word, "No terms." if word is W.REJECTED else "")
    assert f"TollfreePhoneNumberSid={NUMBER}" in asked[-1].url


def test_a_toll_free_number_that_the_account_has_no_more_is_not_registered() -> None:
    assert ask(TOLL_FREE, [answer(incoming_phone_numbers=[])])[0] == Answered(W.MISSING)


@pytest.mark.parametrize("response", [answer(401, code=20003), answer(500), HttpResponse(200, b"<html>"), answer()])
@pytest.mark.parametrize("number", [LOCAL, TOLL_FREE])
def test_what_is_no_answer_leaves_everything_as_it_was(response: HttpResponse, number: str) -> None:
    found, _ = ask(number, [response])

    assert isinstance(found, Unanswered)
    assert ("credentials" in found.sentence) == (response.status == 401)


def test_the_states_are_those_of_the_vendors_own_description() -> None:
    spec = read_spec("twilio_messaging_v1.trim.json")
    states = spec["components"]["schemas"]["tollfree_verification_enum_status"]["enum"]

    assert set(states) == {"PENDING_REVIEW", "IN_REVIEW", "TWILIO_APPROVED", "TWILIO_REJECTED"}


class Recorder(TwilioHttpClient):  # type: ignore[misc]  # the vendor ships no types
    """Stands where the vendor's client would open a connection, and keeps what it would have sent."""

    def request(self, method: str, url: str, params: Any = None, *rest: Any, **named: Any) -> Any:
        self.sent = (method, url, {name: str(value) for name, value in (params or {}).items() if value is not None})
        raise TwilioRestException(500, url)


def sent_by_the_vendor(what: str) -> Any:
    recorder = Recorder()
    api = Client(ACCOUNT, TOKEN, http_client=recorder).messaging.v1
    lists: dict[str, Any] = {
        "services": api.services,
        "phone_numbers": api.services(SERVICE).phone_numbers,
        "campaigns": api.services(SERVICE).us_app_to_person,
        "verifications": api.tollfree_verifications,
    }
    sizes = {"services": 1000, "phone_numbers": 1000}
    more = {"tollfree_phone_number_sid": NUMBER} if what == "verifications" else {}
    with pytest.raises(TwilioRestException):
        lists[what].list(page_size=sizes.get(what, 50), **more)
    return recorder.sent


def taken_apart(request: HttpRequest) -> Any:
    url = urlsplit(request.url)
    return request.method, f"{url.scheme}://{url.netloc}{unquote(url.path)}", dict(parse_qsl(url.query))


def test_every_question_is_asked_as_the_vendors_own_library_does() -> None:
    ours = answer(phone_numbers=[{"phone_number": LOCAL}])
    _, local = ask(LOCAL, [answer(services=[{"sid": SERVICE}]), ours, campaigns("VERIFIED")])
    numbers = answer(incoming_phone_numbers=[{"sid": NUMBER, "phone_number": TOLL_FREE}])
    _, toll_free = ask(TOLL_FREE, [numbers, answer(verifications=[])])

    kinds = ("services", "phone_numbers", "campaigns")
    assert [taken_apart(one) for one in local] == [sent_by_the_vendor(kind) for kind in kinds]
    assert taken_apart(toll_free[-1]) == sent_by_the_vendor("verifications")


@pytest.mark.parametrize(
    ("api_url", "asked_at"),
    [
        ("https://api.twilio.com", "https://messaging.twilio.com"),
        ("https://api.sydney.au1.twilio.com", "https://messaging.sydney.au1.twilio.com"),
        ("http://127.0.0.1:8401", "http://127.0.0.1:8401"),
        ("https://api.twilio.com.evil.example", "https://api.twilio.com.evil.example"),
    ],
)
def test_the_messaging_api_stands_beside_the_one_of_the_connection(api_url: str, asked_at: str) -> None:
    assert read_settings({**SETTINGS, "api_url": api_url}).product_url("messaging") == asked_at
