"""The socket for companies that say what sort of line a number is; each question costs the owner money."""

from datetime import datetime
from typing import Protocol

from ringback.domain.errors import ProviderError
from ringback.domain.number_facts import NumberFact, Wish
from ringback.ports.http import HttpRequest, HttpResponse


class NumberLookup(Protocol):
    """A company that can be asked about any number, with the credentials of a line."""

    def lookup_request(self, wish: Wish) -> HttpRequest:
        """Return the request that asks what a Wish wants to know; it may be made again, and costs again."""
        ...

    def read_lookup(self, response: HttpResponse, now: datetime) -> NumberFact | ProviderError:
        """Return what the company knows, learned `now` and without an end; or why it does not say."""
        ...
