"""Twilio's codes in our words."""

import pytest

from ringback.domain.errors import ProviderErrorKind
from ringback.providers.twilio.errors import _TABLE, error_kind, refusal
from tests.providers.twilio.cast import twilio_line


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("20003", ProviderErrorKind.CREDENTIALS),
        ("20429", ProviderErrorKind.THROTTLED),
        ("21611", ProviderErrorKind.THROTTLED),
        ("30001", ProviderErrorKind.THROTTLED),
        ("21211", ProviderErrorKind.BAD_NUMBER),
        ("30005", ProviderErrorKind.BAD_NUMBER),
        ("21614", ProviderErrorKind.LANDLINE),
        ("21635", ProviderErrorKind.LANDLINE),
        ("30006", ProviderErrorKind.LANDLINE),
        ("21408", ProviderErrorKind.REGION_OFF),
        ("30450", ProviderErrorKind.PUMPING),
        ("21610", ProviderErrorKind.OPTED_OUT),
        ("21608", ProviderErrorKind.ACCOUNT),
        ("20005", ProviderErrorKind.ACCOUNT),
        ("30002", ProviderErrorKind.ACCOUNT),
        ("21606", ProviderErrorKind.LINE_CANNOT_SEND),
        ("30003", ProviderErrorKind.HANDSET_OFF),
        ("30004", ProviderErrorKind.CARRIER_BLOCKED),
        ("21612", ProviderErrorKind.CARRIER_BLOCKED),
        ("30007", ProviderErrorKind.FILTERED),
        ("30610", ProviderErrorKind.QUIET_HELD),
        ("30640", ProviderErrorKind.OPTED_OUT),
        ("30032", ProviderErrorKind.UNREGISTERED),
        ("30034", ProviderErrorKind.UNREGISTERED),
        ("30451", ProviderErrorKind.UNREGISTERED),
        ("30511", ProviderErrorKind.UNREGISTERED),
        ("30410", ProviderErrorKind.PROVIDER_DOWN),
        ("21617", ProviderErrorKind.TOO_LONG),
        ("30036", ProviderErrorKind.EXPIRED),
        ("30008", ProviderErrorKind.UNKNOWN),
        ("30520", ProviderErrorKind.UNKNOWN),
        ("99999", ProviderErrorKind.UNKNOWN),
        ("", ProviderErrorKind.UNKNOWN),
        ("٣٠٤٥١", ProviderErrorKind.UNKNOWN),
        ("9" * 5000, ProviderErrorKind.UNKNOWN),
    ],
)
def test_each_code_of_twilio_is_one_of_our_kinds(code: str, kind: ProviderErrorKind) -> None:
    assert error_kind(code) is kind
    assert twilio_line().error_kind(code) is kind


def test_each_code_stands_once_with_its_source() -> None:
    codes = [row[0] for row in _TABLE]
    assert len(codes) == len(set(codes))
    assert {row[2] for row in _TABLE} == {"page", "notes", "memory"}


def test_every_kind_of_ours_can_come_from_twilio() -> None:
    assert {row[1] for row in _TABLE} == set(ProviderErrorKind)


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "", ProviderErrorKind.CREDENTIALS),
        (403, "", ProviderErrorKind.ACCOUNT),
        (404, "20404", ProviderErrorKind.CREDENTIALS),
        (429, "", ProviderErrorKind.THROTTLED),
        (400, "21610", ProviderErrorKind.OPTED_OUT),
        (403, "20003", ProviderErrorKind.CREDENTIALS),
        (400, "", ProviderErrorKind.UNKNOWN),
    ],
)
def test_the_http_status_speaks_where_the_code_says_nothing(status: int, code: str, kind: ProviderErrorKind) -> None:
    error = refusal(status, code, "in Twilio's words")
    assert (error.kind, error.code, error.detail) == (kind, code or f"http {status}", "in Twilio's words")
