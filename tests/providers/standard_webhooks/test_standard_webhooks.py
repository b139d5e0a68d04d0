"""Hooks are signed as Standard Webhooks says: the makers' own library is the judge."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from ringback.ports import HttpRequest
from ringback.ports.hooks import HookMessage
from ringback.providers.standard_webhooks import StandardWebhooks

SIGNER = StandardWebhooks()
SECRET, OTHER = (
    SIGNER.write_secret(b"a secret of thirty-two bytes, ok"),
    SIGNER.write_secret(b"another one of 32 bytes, also ok"),
)
BODY = '{"type":"call.missed","data":{"name":"Zoë ☎"}}'.encode()


def signed(at: datetime | None = None, *secrets: str, body: bytes = BODY) -> HttpRequest:
    message = HookMessage("01920000-0000-7000-8000-000000000001", at or datetime.now(UTC), body)
    return SIGNER.request("https://hooks.example.com/in", message, secrets or (SECRET,))


def test_a_receiver_with_the_secret_believes_it() -> None:
    request = signed()

    assert Webhook(SECRET).verify(request.body, dict(request.headers))["type"] == "call.missed"
    assert (request.method, request.trusted, request.rest_matters) == ("POST", False, False)


def test_a_body_an_id_or_a_time_that_was_changed_is_not_believed() -> None:
    request = signed()
    headers = dict(request.headers)
    later = str(int(headers["webhook-timestamp"]) + 1)
    changed = [
        (request.body + b" ", headers),
        (request.body, headers | {"webhook-id": "another"}),
        (request.body, headers | {"webhook-timestamp": later}),
    ]

    for body, its_headers in changed:
        with pytest.raises(WebhookVerificationError, match="No matching signature"):
            Webhook(SECRET).verify(body, its_headers)


def test_a_receiver_with_another_secret_does_not_believe_it() -> None:
    request = signed()

    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        Webhook(OTHER).verify(request.body, dict(request.headers))


def test_what_was_captured_an_hour_ago_is_too_old() -> None:
    request = signed(datetime.now(UTC) - timedelta(hours=1))

    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(SECRET).verify(request.body, dict(request.headers))


def test_during_a_change_of_secrets_either_is_enough() -> None:
    request = signed(None, OTHER, SECRET)

    for secret in (SECRET, OTHER):
        assert Webhook(secret).verify(request.body, dict(request.headers))


def test_a_secret_has_the_form_that_receivers_enter() -> None:
    assert SECRET.startswith("whsec_")
    assert len(b64decode(SECRET.removeprefix("whsec_"), validate=True)) == 32
    with pytest.raises(ValueError, match="24 to 64"):
        SIGNER.write_secret(b"short")


def test_the_secret_is_nowhere_in_the_request() -> None:
    assert SECRET.removeprefix("whsec_") not in repr(signed())
