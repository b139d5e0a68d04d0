"""Sign webhook requests as Twilio documents it: https://www.twilio.com/docs/usage/security."""

import base64
import hmac
from collections.abc import Iterable

Params = tuple[tuple[str, str], ...]


def sign(token: str, url: str, params: Iterable[tuple[str, str]]) -> str:
    """Return `X-Twilio-Signature` for `url` (no fragment) and POST `params`; a GET passes none."""
    # Equal pairs count once and values of one name are sorted: the vendor's validator does the same.
    text = url + "".join(name + value for name, value in sorted(set(params)))
    return base64.b64encode(hmac.new(token.encode(), text.encode(), "sha1").digest()).decode()
