"""The settings of a line at Twilio, and the addresses Twilio is given."""

import pytest

from ringback.ports import Capability
from ringback.providers.twilio import PROVIDER
from tests.providers.twilio.cast import ACCOUNT, ADDRESS, CALL, RETRY, TOKEN, twilio_line

NEEDED = {"account_sid": ACCOUNT, "auth_token": TOKEN}


def test_the_addresses_an_operator_enters_ask_for_retries() -> None:
    hooks = ("voice", "call_status", "message", "message_status")
    assert PROVIDER.hook_urls(ADDRESS) == {what: f"{ADDRESS.base}/{what}{RETRY}" for what in hooks}


def test_two_settings_are_enough_and_every_capability_is_there() -> None:
    assert [field.name for field in PROVIDER.fields if field.default is None] == ["account_sid", "auth_token"]
    assert PROVIDER.capabilities == set(Capability)
    line = PROVIDER.make(NEEDED, ADDRESS)
    assert line.legs_request(CALL).url.startswith(f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Calls.json?")


def test_secrets_are_marked_and_never_shown() -> None:
    assert {field.name for field in PROVIDER.fields if field.secret} == {
        "auth_token",
        "second_auth_token",
        "api_key_secret",
    }
    line = twilio_line(second_auth_token="second-secret", api_key_sid="SK1", api_key_secret="key-secret")
    shown = repr(line)
    assert not [secret for secret in (TOKEN, "second-secret", "key-secret") if secret in shown]


def test_settings_left_empty_count_as_not_given_and_pasted_spaces_are_dropped() -> None:
    line = twilio_line(api_url=" ", second_auth_token="", auth_token=f" {TOKEN}\n", messaging_service_sid="")
    assert line.connection == twilio_line().connection


@pytest.mark.parametrize("account", ["PROJECT-uuid-1", "AC1", "my/account?x#y"])
def test_an_account_id_of_another_shape_is_taken_and_stays_in_its_place(account: str) -> None:
    url = twilio_line(account_sid=account, api_url="http://127.0.0.1:9/base/").legs_request(CALL).url
    quoted = account.replace("/", "%2F").replace("?", "%3F").replace("#", "%23")
    assert url == f"http://127.0.0.1:9/base/2010-04-01/Accounts/{quoted}/Calls.json?ParentCallSid={CALL}&PageSize=1000"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({}, "account_sid and auth_token"),
        ({"account_sid": ACCOUNT}, "needs auth_token"),
        (NEEDED | {"auth_token": "  "}, "needs auth_token"),
        (NEEDED | {"auth_tokn": "x"}, "no setting called auth_tokn"),
        (NEEDED | {"auth_token": "two words"}, "auth_token has a space"),
        (NEEDED | {"account_sid": "AC\x00"}, "account_sid has a space or a character"),
        (NEEDED | {"api_key_sid": "SK1"}, "api_key_sid and api_key_secret together"),
        (NEEDED | {"api_key_secret": "x"}, "api_key_sid and api_key_secret together"),
        (NEEDED | {"api_url": "api.twilio.com"}, "no plain http or https address"),
        (NEEDED | {"api_url": "ftp://api.twilio.com"}, "no plain http or https address"),
        (NEEDED | {"api_url": "https://a:b@api.twilio.com"}, "no plain http or https address"),
        (NEEDED | {"api_url": "https://api.twilio.com?x=1"}, "no plain http or https address"),
        (NEEDED | {"api_url": "https://"}, "no plain http or https address"),
    ],
)
def test_a_wrong_setting_is_refused_with_a_sentence(settings: dict[str, str], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence) as said:
        PROVIDER.make(settings, ADDRESS)
    assert str(said.value).endswith(".")
    assert "two words" not in str(said.value)
