"""Only Twilio, with a token of the line, gets a callback in; judged by Twilio's own validator."""

import random
from collections import Counter
from dataclasses import replace
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

import pytest
from twilio.request_validator import RequestValidator

from ringback.ports import HookRequest
from ringback.providers.twilio.signature import is_signed, signature
from tests.providers.twilio.cast import ADDRESS, CALL, CARLA, FORM, RETRY, TOKEN, hook, twilio_line
from tests.providers.twilio.schema import read_spec

GENERATED = 10_000
Pairs = list[tuple[str, str]]


class Fields(dict[str, list[str]]):
    """Form fields as web frameworks give them to Twilio's validator."""

    def __init__(self, pairs: Pairs) -> None:
        super().__init__()
        for name, value in pairs:
            self.setdefault(name, []).append(value)

    def getlist(self, name: str) -> list[str]:
        """Return every value of a field."""
        return self[name]


def encoded(pairs: Pairs) -> bytes:
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()


def request(url: str, pairs: Pairs, claimed: str, **headers: str) -> HookRequest:
    return HookRequest("voice", url, {**FORM, "x-twilio-signature": claimed, **headers}, encoded(pairs))


@pytest.fixture(scope="module")
def vectors() -> Any:
    return read_spec("signature_vectors.json")["twilio"]


def test_the_vendors_vector_fits(vectors: Any) -> None:
    signed = request(vectors["uri"], list(vectors["params"].items()), vectors["signature"])
    assert is_signed(signed, [vectors["token"]])


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("mycompany.com", "mycompany.com:443", "signature_uri_with_port_443"),
        ("https://mycompany.com", "http://mycompany.com:80", "signature_http_port_80"),
        ("https://mycompany.com", "http://mycompany.com:1234", "signature_http_port_1234"),
    ],
)
def test_the_vendors_vectors_with_a_port_fit(vectors: Any, old: str, new: str, name: str) -> None:
    url = vectors["uri"].replace(old, new)
    assert is_signed(request(url, list(vectors["params"].items()), vectors[name]), [vectors["token"]])


def test_a_signature_over_the_default_port_fits_our_address_without_it(vectors: Any) -> None:
    fields = list(vectors["params"].items())
    assert is_signed(request(vectors["uri"], fields, vectors["signature_uri_with_port_443"]), [vectors["token"]])


def test_the_vendors_vector_with_repeated_fields_fits(vectors: Any) -> None:
    pairs = [(name, value) for name, value in vectors["duplicate_params"]]
    assert is_signed(request(vectors["uri"], pairs, vectors["duplicate_signature"]), [vectors["token"]])


def test_the_vendors_json_vector_fits_only_its_own_body(vectors: Any) -> None:
    url = vectors["uri"] + vectors["json_uri_suffix"].replace("<json_body_sha256>", vectors["json_body_sha256"])
    headers = {"content-type": "application/json", "x-twilio-signature": vectors["json_signature"]}
    genuine = HookRequest("voice", url, headers, vectors["json_body"].encode())
    assert is_signed(genuine, [vectors["token"]])
    assert not is_signed(replace(genuine, body=genuine.body + b" "), [vectors["token"]])


def test_a_json_body_without_its_hash_in_the_address_is_refused_though_the_address_is_signed() -> None:
    url = ADDRESS.hook_url("voice")
    headers = {"content-type": "application/json", "x-twilio-signature": signature(TOKEN, url).decode()}
    assert is_signed(HookRequest("voice", url, headers, b""), [TOKEN])
    assert not is_signed(HookRequest("voice", url, headers, b"{}"), [TOKEN])


def test_either_token_of_a_rotation_fits_and_no_other() -> None:
    line = twilio_line(second_auth_token="the-new-token")
    url, fields = ADDRESS.hook_url("voice"), f"CallSid{CALL}"
    for token, fits in ((TOKEN, True), ("the-new-token", True), ("rex-token", False)):
        signed = request(url, [("CallSid", CALL)], signature(token, url + fields).decode())
        assert line.verify(signed) is fits


def test_a_signature_over_the_address_with_its_retry_fragment_fits_too() -> None:
    url, fields = ADDRESS.hook_url("voice", f"call={CALL}"), f"CallSid{CALL}"
    for fragment, fits in ((RETRY, True), ("#rc=5&rp=all", False)):
        signed = request(url, [("CallSid", CALL)], signature(TOKEN, url + fragment + fields).decode())
        assert is_signed(signed, [TOKEN]) is fits


def test_an_empty_token_fits_nothing() -> None:
    url = ADDRESS.hook_url("voice")
    forged = request(url, [("CallSid", CALL)], signature("", f"{url}CallSid{CALL}").decode())
    assert not is_signed(forged, [""])
    assert not is_signed(forged, [])


@pytest.mark.parametrize("claimed", ["", "not base64", "ÿþ", "\ud800", "A" * 100_000])
def test_a_signature_that_is_none_is_refused(claimed: str) -> None:
    assert not is_signed(request(ADDRESS.hook_url("voice"), [("CallSid", CALL)], claimed), [TOKEN])


def test_a_callback_without_the_header_is_refused() -> None:
    assert not is_signed(hook("voice", {"CallSid": CALL}), [TOKEN])


def test_a_signed_body_that_is_not_utf8_is_still_known_as_signed() -> None:
    url = ADDRESS.hook_url("message")
    text = (url + "Body").encode() + b"\xff\xfe"
    claimed = signature(TOKEN, text.decode("utf-8", "surrogateescape")).decode()
    for body in (b"Body=%FF%FE", b"Body=\xff\xfe"):
        assert is_signed(HookRequest("message", url, {**FORM, "x-twilio-signature": claimed}, body), [TOKEN])


def test_whitespace_around_a_value_is_part_of_what_is_signed() -> None:
    url = ADDRESS.hook_url("message")
    claimed = RequestValidator(TOKEN).compute_signature(url, {"Body": " yes \r\n", "From": CARLA})
    assert is_signed(request(url, [("From", CARLA), ("Body", " yes \r\n")], claimed), [TOKEN])
    assert not is_signed(request(url, [("From", CARLA), ("Body", "yes")], claimed), [TOKEN])


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("", True),
        ("key=k,algorithm=", True),
        ("algorithm=HMAC_SHA1", True),
        ("algorithm=hmac_sha1", True),
        ("key=k, algorithm=HMAC_SHA256", False),
        ("algorithm=HMAC_MD5", False),
        ("algorithm=none", False),
    ],
)
def test_a_signature_of_another_kind_than_the_callback_says_is_refused(asked: str, fits: bool) -> None:
    url, validator = ADDRESS.hook_url("voice"), RequestValidator(TOKEN)
    settings = {"x-twilio-webhooks-signature-settings": asked}
    signed = request(url, [("CallSid", CALL)], validator.compute_signature(url, {"CallSid": CALL}), **settings)
    assert is_signed(signed, [TOKEN]) is fits


ALPHABET = "abcXYZ019 +%&=#?/:;.,-_~'\"<>\\\r\n\téñ€漢😀\u200b"
NAMES = ("CallSid", "From", "To", "Body", "Digits", "NewParam", "a", "A", "Called", "ça va", "x+y", "")
PORTS = ("", ":80", ":443", ":8443", ":1234")


def generated_url(choose: random.Random) -> str:
    query = "&".join(
        f"{quote(choose.choice(NAMES) or 'q')}={encode(words(choose))}"
        for encode in choose.choices((quote, quote_plus), k=choose.randrange(3))
    )
    path = quote("/" + words(choose), safe="/+:")
    origin = choose.choice(("https", "http")) + "://shop.example" + choose.choice(PORTS)
    return origin + path + (f"?{query}" if query else "")


def words(choose: random.Random) -> str:
    return "".join(choose.choices(ALPHABET, k=choose.randrange(8)))


def generated_pairs(choose: random.Random) -> Pairs:
    pairs = [(choose.choice(NAMES), words(choose)) for _ in range(choose.randrange(7))]
    return pairs + choose.choices(pairs, k=choose.randrange(3)) if pairs else pairs


def mutated(choose: random.Random, url: str, pairs: Pairs) -> tuple[str, Pairs]:
    """Return what arrives: as sent, reordered, with another port, or with something changed on the way."""
    index = choose.randrange(len(pairs)) if pairs else 0
    parts = urlsplit(url)
    port = choose.choice(PORTS)
    return choose.choice(
        (
            (url, pairs),
            (url, choose.sample(pairs, len(pairs))),
            (parts._replace(netloc="shop.example" + port).geturl(), pairs),
            (parts._replace(scheme="http" if parts.scheme == "https" else "https").geturl(), pairs),
            (url, pairs[:index] + pairs[index + 1 :]),
            (url, [*pairs, (choose.choice(NAMES), words(choose))]),
            (url, [(name, value.strip()) for name, value in pairs]),
            (url, [(name, value) for name, value in pairs if value]),
            (url.replace("%2B", "+"), pairs),
            (url.replace("+", "%20"), pairs),
        )
    )


def test_our_check_and_twilios_validator_agree_on_ten_thousand_generated_requests() -> None:
    choose, outcomes = random.Random(8400), Counter[bool]()
    validator = RequestValidator(TOKEN)
    for number in range(GENERATED):
        sent_url, sent = generated_url(choose), generated_pairs(choose)
        algorithm = choose.choice(("HMAC_SHA1", "HMAC_SHA1", "HMAC_SHA256"))
        claimed = validator.compute_signature(sent_url, Fields(sent), algorithm)
        url, pairs = mutated(choose, sent_url, sent)
        theirs = validator.validate(url, Fields(pairs), claimed, algorithm)
        settings = {"x-twilio-webhooks-signature-settings": f"key=k,algorithm={algorithm}"}
        ours = is_signed(request(url, pairs, claimed, **settings), ["old-token", TOKEN])
        assert ours is theirs, f"request {number} of seed 8400: {url} {pairs}"
        outcomes[ours] += 1
    assert min(outcomes[True], outcomes[False]) > GENERATED / 10


def test_our_check_and_twilios_validator_agree_on_generated_json_and_get_requests() -> None:
    choose, outcomes = random.Random(8401), Counter[bool]()
    validator = RequestValidator(TOKEN)
    for _ in range(500):
        body = words(choose)
        url = f"https://shop.example/x?a={quote(words(choose))}&bodySHA256={validator.compute_hash(body)}"
        claimed = validator.compute_signature(url, {})
        seen = choose.choice((body, body + "x"))
        headers = {"content-type": "application/json; charset=utf-8", "x-twilio-signature": claimed}
        ours = is_signed(HookRequest("voice", url, headers, seen.encode()), [TOKEN])
        assert ours is validator.validate(url, seen, claimed)
        moved = choose.choice((url, url + "&b=1"))
        get = HookRequest("voice", moved, {"x-twilio-signature": claimed}, b"", "GET")
        assert is_signed(get, [TOKEN]) is validator.validate(moved, {}, claimed)
        outcomes.update((ours, is_signed(get, [TOKEN])))
    assert min(outcomes[True], outcomes[False]) > 100
