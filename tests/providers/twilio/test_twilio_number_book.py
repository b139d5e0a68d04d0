"""An account at Twilio before it has a line here: its credentials, its numbers, and what Twilio refuses."""

import json
from typing import Any

import pytest

from ringback.domain.errors import ProviderError, ProviderErrorKind
from ringback.domain.owned_numbers import AccountFound, OwnedNumber, wrong_hooks
from ringback.ports import HttpResponse
from ringback.providers.twilio import PROVIDER
from tests.providers.twilio.cast import ACCOUNT, ADDRESS, LINE, TOKEN

assert PROVIDER.number_book is not None
BOOK = PROVIDER.number_book({"account_sid": ACCOUNT, "auth_token": TOKEN})
API = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}"


def answer(http: int = 200, **body: Any) -> HttpResponse:
    return HttpResponse(http, json.dumps(body).encode())


def number(**changes: Any) -> dict[str, Any]:
    """A number as Twilio shows it."""
    able = {"voice": True, "sms": True, "mms": False, "fax": False}
    shown = {"sid": "PN1", "phone_number": LINE, "friendly_name": "Van", "capabilities": able, "voice_url": "https://a"}
    return {**shown, **changes}


def test_the_account_is_asked_for_by_its_own_address() -> None:
    request = BOOK.account_request()

    assert (request.method, request.url, request.auth) == ("GET", f"{API}.json", (ACCOUNT, TOKEN))
    assert BOOK.numbers_request().url == f"{API}/IncomingPhoneNumbers.json?PageSize=1000"


def test_an_account_says_whether_it_works_and_whether_it_is_a_trial() -> None:
    full = BOOK.read_account(answer(sid=ACCOUNT, friendly_name="Harbor", status="active", type="Full"))
    trial = BOOK.read_account(answer(sid=ACCOUNT, friendly_name="Harbor", status="suspended", type="Trial"))

    assert full == AccountFound("Harbor", is_active=True, is_trial=False)
    assert trial == AccountFound("Harbor", is_active=False, is_trial=True)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, 20003, ProviderErrorKind.CREDENTIALS),
        (404, 20404, ProviderErrorKind.CREDENTIALS),
        (403, 20403, ProviderErrorKind.ACCOUNT),
        (429, 20429, ProviderErrorKind.THROTTLED),
        (400, 99999, ProviderErrorKind.UNKNOWN),
        (500, 20500, ProviderErrorKind.PROVIDER_DOWN),
        (302, 0, ProviderErrorKind.PROVIDER_DOWN),
    ],
)
def test_each_refusal_is_one_of_our_kinds(status: int, code: int, kind: ProviderErrorKind) -> None:
    for found in (
        BOOK.read_account(answer(status, code=code, message="no")),
        BOOK.read_numbers(answer(status, code=code, message="no")),
    ):
        assert isinstance(found, ProviderError)
        assert found.kind is kind


def test_an_answer_that_is_no_account_is_trouble_of_twilio() -> None:
    found = BOOK.read_account(HttpResponse(200, b"<html>"))

    assert isinstance(found, ProviderError)
    assert found.kind is ProviderErrorKind.PROVIDER_DOWN


def test_a_number_says_what_it_can_do_and_where_it_leads() -> None:
    texts_only = number(capabilities={"voice": False, "SMS": True}, trunk_sid="TK1")
    found = BOOK.read_numbers(answer(incoming_phone_numbers=[number(), texts_only]))

    assert isinstance(found, tuple)
    hooks = {"voice": "https://a", "call_status": "", "message": ""}
    assert found[0] == OwnedNumber("PN1", LINE, "Van", True, True, hooks)  # noqa: FBT003
    assert (found[1].can_ring, found[1].can_text, found[1].led_elsewhere) == (False, True, "TK1")


def test_a_number_whose_addresses_were_set_leads_here() -> None:
    form = dict(BOOK.hooks_request("PN1", ADDRESS).form)
    set_now = number(voice_url=form["VoiceUrl"], status_callback=form["StatusCallback"], sms_url=form["SmsUrl"])
    found = BOOK.read_numbers(answer(incoming_phone_numbers=[set_now, number()]))

    assert isinstance(found, tuple)
    wanted = PROVIDER.hook_urls(ADDRESS)
    assert [wrong_hooks(one, wanted) for one in found] == [(), ("voice", "call_status", "message")]
