"""One business's credentials at Twilio, and the addresses that both sides use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

from ringback.ports import Field, LineAddress

FIELDS = (
    Field("account_sid", "Account SID"),
    Field("auth_token", "Auth token", secret=True),
    Field("api_url", "API address", default="https://api.twilio.com"),
    Field("second_auth_token", "Secondary auth token (while you rotate)", secret=True, default=""),
    Field("api_key_sid", "API key SID (instead of the auth token, for sending)", default=""),
    Field("api_key_secret", "API key secret", secret=True, default=""),
    Field("messaging_service_sid", "Messaging Service SID", default=""),
)
REQUIRED = tuple(field.name for field in FIELDS if field.default is None)

# Without this Twilio retries only a failed connection, once: a 5xx of ours would lose the event. The overrides page
# (usage/webhooks/webhooks-connection-overrides) speaks of every webhook URL and lists no exception; others use it on
# message StatusCallbacks (VA notification-api issue 1498, segmentio/action-destinations PR 343). For URLs inside
# TwiML (Dial action, Number url and statusCallback) nothing says yes or no; where not honoured it does no harm.
RETRY = "#rc=3&rp=all"


@dataclass(frozen=True, slots=True)
class Connection:
    """What one line needs to speak with Twilio; made by `read_settings`, so that every part is known to be usable."""

    account_sid: str
    api_url: str
    auth: tuple[str, str] = field(repr=False)
    auth_tokens: tuple[str, ...] = field(repr=False)
    messaging_service_sid: str | None = None

    def resource(self, path: str) -> str:
        """Return the address of a resource of the account, such as `Messages.json`."""
        return f"{self.api_url}/2010-04-01/Accounts/{quote(self.account_sid, safe='')}/{path}"

    def product_url(self, product: str) -> str:
        """Return where a product with a host of its own is: beside Twilio's own API, else at the address given."""
        parts = urlsplit(self.api_url)
        # In every region: api.sydney.au1.twilio.com stands beside messaging.sydney.au1.twilio.com. A pretend phone
        # company has one address for everything.
        if not re.fullmatch(r"api(\.[a-z0-9.-]+)?\.twilio\.com", parts.netloc.lower()):
            return self.api_url
        return urlunsplit(parts._replace(netloc=product + parts.netloc.lower().removeprefix("api")))


def read_settings(settings: Mapping[str, str]) -> Connection:
    """Return the connection that the settings describe; raises ValueError with a sentence when one is wrong."""
    values = _filled(settings)
    key, secret = values["api_key_sid"], values["api_key_secret"]
    if bool(key) != bool(secret):
        raise ValueError("Twilio needs api_key_sid and api_key_secret together, or neither.")
    return Connection(
        account_sid=values["account_sid"],
        api_url=_checked_api_url(values["api_url"]),
        auth=(key, secret) if key else (values["account_sid"], values["auth_token"]),
        auth_tokens=tuple(filter(None, (values["auth_token"], values["second_auth_token"]))),
        messaging_service_sid=values["messaging_service_sid"] or None,
    )


def _filled(settings: Mapping[str, str]) -> dict[str, str]:
    known = {field.name: field.default or "" for field in FIELDS}
    if unknown := sorted(settings.keys() - known.keys()):
        raise ValueError(f"Twilio has no setting called {', '.join(unknown)}. It has: {', '.join(known)}.")
    values = known | {name: value.strip() for name, value in settings.items() if value.strip()}
    if missing := [name for name in REQUIRED if not values[name]]:
        raise ValueError(f"Twilio needs {' and '.join(missing)}: copy it from the Twilio console.")
    for name, value in values.items():
        if not re.fullmatch(r"[!-~]*", value):
            raise ValueError(f"The Twilio setting {name} has a space or a character that Twilio never uses.")
    return values


def _checked_api_url(url: str) -> str:
    parts = urlsplit(url)
    plain = not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in ("http", "https") or not parts.hostname or not plain:
        raise ValueError(f"The Twilio api_url {url!r} is no plain http or https address.")
    return url.rstrip("/")


def given_url(address: LineAddress, what: str, query: str = "") -> str:
    """Return the address of a hook as Twilio is given it: with the retry policy it is to follow."""
    return address.hook_url(what, query) + RETRY


def given_urls(address: LineAddress) -> dict[str, str]:
    """Return the addresses an operator must enter at Twilio, by hook name."""
    return {what: given_url(address, what) for what in ("voice", "call_status", "message", "message_status")}
