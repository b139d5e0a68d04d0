"""Our signatures and the vendor's validator agree on whatever a form may hold."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

from ringback.sandbox.signature import sign
from ringback.sandbox.webhooks import Overrides

VECTORS = Path(__file__).resolve().parents[2] / ".." / "shared" / "specs" / "signature_vectors.json"
# Lone surrogates cannot be sent in a form at all.
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
names = st.one_of(st.sampled_from(["To", "From", "Body", "MediaUrl0"]), words)
forms = st.lists(st.tuples(names, words), max_size=12)


@settings(max_examples=500)
@given(forms, st.sampled_from(["https://harbor.test/hooks/voice", "http://127.0.0.1:8400/h?a=1&b=%2B"]), words)
def test_the_vendors_validator_computes_the_same_signature(form: list[tuple[str, str]], url: str, token: str) -> None:
    assert sign(token, url, form) == RequestValidator(token).compute_signature(url, ImmutableMultiDict(form))


def test_an_altered_address_or_value_is_another_signature() -> None:
    form = (("From", "+13125550142"), ("Body", ""))
    signed = sign("token", "https://harbor.test/sms", form)

    assert signed != sign("token", "https://harbor.test:443/sms", form)
    assert signed != sign("token", "https://harbor.test/sms", form[:1])
    assert signed != sign("other", "https://harbor.test/sms", form)


@pytest.mark.parametrize(
    ("fragment", "limits"),
    [
        ("", Overrides()),
        ("rc=3&rp=all", Overrides(retries=3, retry_on=frozenset({"ct", "rt", "4xx", "5xx"}))),
        ("rc=2&rp=5xx,rt", Overrides(retries=2, retry_on=frozenset({"5xx", "rt"}))),
        ("ct=2000&rt=500&tt=9000", Overrides(2.0, 0.5, 9.0)),
        ("rc=99&ct=1&rt=999999", Overrides(connect_seconds=0.1, read_seconds=15.0, retries=5)),
        ("rc=many&sni=y", Overrides()),
    ],
)
def test_the_fragment_of_an_address_changes_the_limits_within_bounds(fragment: str, limits: Overrides) -> None:
    assert Overrides.read(fragment) == limits


def test_the_vendors_vectors_hold() -> None:
    if not VECTORS.exists():
        pytest.skip("The vendor's signature vectors need ../shared/specs, which is not here.")
    known = json.loads(VECTORS.read_text("utf-8"))["twilio"]
    url, form = known["uri"], tuple(known["params"].items())

    assert sign(known["token"], url, form) == known["signature"]
    with_port = url.replace("mycompany.com", "mycompany.com:443")
    assert sign(known["token"], with_port, form) == known["signature_uri_with_port_443"]
    repeated = [(name, value) for name, value in known["duplicate_params"]]
    assert sign(known["token"], url, repeated) == known["duplicate_signature"]
