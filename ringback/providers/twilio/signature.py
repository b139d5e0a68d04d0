"""Whether a callback was signed by Twilio with one of our tokens (usage/webhooks/webhooks-security)."""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from urllib.parse import SplitResult, parse_qs, parse_qsl, urlsplit

from ringback.ports import HookRequest
from ringback.providers.twilio.connection import RETRY

FORM = "application/x-www-form-urlencoded"


def content_type(request: HookRequest) -> str:
    """Return the media type of the body, without parameters, in lower case."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def is_signed(request: HookRequest, tokens: Iterable[str]) -> bool:
    """Return whether X-Twilio-Signature fits the request under any of `tokens`; an empty token fits nothing."""
    fields, digest = _signed_fields(request), _digest(request)
    if fields is None or digest is None:
        return False
    claimed = request.headers.get("x-twilio-signature", "").encode("utf-8", "surrogatepass")
    genuine = False
    # Every token is tried to the end: how long this takes must not tell which of them fits.
    for token in filter(None, tokens):
        for url in _spellings(urlsplit(request.url)):
            genuine |= hmac.compare_digest(signature(token, url + fields, digest), claimed)
    return genuine


def signature(token: str, text: str, digest: str = "sha1") -> bytes:
    """Return the value of the X-Twilio-Signature header for a URL with its sorted fields appended."""
    mac = hmac.new(token.encode(), text.encode("utf-8", "surrogateescape"), digest)
    return base64.b64encode(mac.digest())


_DIGESTS = {"": "sha1", "HMAC_SHA1": "sha1", "HMAC_SHA256": "sha256"}


def _digest(request: HookRequest) -> str | None:
    """Return the hash that the callback says it is signed with, or None for one that Twilio does not use."""
    # Accounts may sign with a shared key instead of the auth token; its secret is then given as a token of the line.
    settings = request.headers.get("x-twilio-webhooks-signature-settings", "")
    named = (part.partition("=") for part in settings.split(","))
    asked = (value.strip() for name, _, value in named if name.strip() == "algorithm" and value.strip())
    return _DIGESTS.get(next(asked, "").upper())


def _signed_fields(request: HookRequest) -> str | None:
    """Return what follows the URL in the signed text, or None where the body cannot be covered by the signature."""
    if request.method == "GET":
        return ""
    if content_type(request) == FORM:
        return _joined(request.body)
    if digests := parse_qs(urlsplit(request.url).query).get("bodySHA256"):
        actual = hashlib.sha256(request.body).hexdigest()
        return "" if hmac.compare_digest(actual.encode(), digests[0].encode("utf-8", "surrogatepass")) else None
    return None if request.body else ""


def _joined(body: bytes) -> str:
    # surrogateescape carries bytes that are not UTF-8 through unchanged: a signed body stays signed, and the
    # reader can then say what is wrong with it. The set drops exact repeats, as Twilio's own validators do.
    text = body.decode("utf-8", "surrogateescape")
    pairs = parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="surrogateescape")
    return "".join(name + value for name, value in sorted(set(pairs)))


def _spellings(url: SplitResult) -> tuple[str, ...]:
    """Return the URL as Twilio may have signed it: without or with a port, its systems differ in that."""
    bare = url.netloc.removesuffix(f":{url.port}")
    port = url.port or (443 if url.scheme == "https" else 80)
    plain = tuple(url._replace(netloc=netloc).geturl() for netloc in (bare, f"{bare}:{port}"))
    # That the fragment is not signed is what others saw; Twilio's pages do not say. Both are safe to take.
    return plain + tuple(url + RETRY for url in plain)
