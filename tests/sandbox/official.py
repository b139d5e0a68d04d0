"""The vendor's own client library, pointed at the sandbox."""

from typing import Any

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN


class Rerouted(TwilioHttpClient):  # type: ignore[misc]  # the vendor ships no types
    """Sends to the sandbox what is meant for the vendor."""

    def __init__(self, url: str, timeout: float | None = None) -> None:
        super().__init__(pool_connections=True, timeout=timeout)
        self._url = url

    def request(self, method: str, url: str, *rest: Any, **named: Any) -> Any:
        for host in ("api", "lookups", "messaging"):
            url = url.replace(f"https://{host}.twilio.com", self._url)
        return super().request(method, url, *rest, **named)


def official_client(url: str, token: str = AUTH_TOKEN, timeout: float | None = None) -> Client:
    """Return the vendor's client talking to the sandbox at `url`."""
    return Client(ACCOUNT_SID, token, http_client=Rerouted(url, timeout))
