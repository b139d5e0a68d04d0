"""Twilio: calls answered with TwiML, texts, delivery reports, and the look-ups that close the gaps."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ringback.domain.errors import ProviderError, ProviderErrorKind
from ringback.domain.number_facts import NumberFact, Wish
from ringback.ports import (
    Adapter,
    Capability,
    FoundText,
    HookReply,
    HookRequest,
    HttpRequest,
    HttpResponse,
    InboundEvent,
    LineAddress,
    Provider,
    RingOut,
    SendResult,
    SendText,
    VoicePlan,
)
from ringback.providers.twilio import api, errors, hooks, lookup, registration, ringing, signature, twiml
from ringback.providers.twilio.connection import FIELDS, Connection, given_urls, read_settings
from ringback.providers.twilio.number_book import number_book


@dataclass(frozen=True, slots=True)
class TwilioLine:
    """Twilio for one line: its credentials and where its callbacks go."""

    connection: Connection
    address: LineAddress

    def verify(self, request: HookRequest) -> bool:
        """Return whether Twilio signed the callback with either of the line's tokens."""
        return signature.is_signed(request, self.connection.auth_tokens)

    def read(self, request: HookRequest, now: datetime) -> tuple[InboundEvent, ...]:
        """Return the facts in a verified callback; raises HookUnreadable with a sentence."""
        return hooks.read(request, now)

    def render(self, plan: VoicePlan, request: HookRequest) -> HookReply:
        """Return the TwiML that answers `request` with `plan`."""
        return twiml.render(plan, request, self.address)

    def ring_request(self, ring: RingOut) -> HttpRequest:
        """Return the POST to Calls.json; its callbacks carry `ring.reference` back."""
        return ringing.ring_request(self.connection, self.address, ring)

    def send_request(self, text: SendText) -> HttpRequest:
        """Return the POST to Messages.json; its status callback carries `text.reference` back."""
        return api.send_request(self.connection, self.address, text)

    def read_sent(self, response: HttpResponse) -> SendResult:
        """Return what the answer to `send_request` means."""
        return api.read_sent(response)

    def find_request(self, to: str, sender: str, since: datetime) -> HttpRequest:
        """Return the request that lists texts; `since` is not sent (see api), compare it with `FoundText.at`."""
        return api.find_request(self.connection, to, sender)

    def read_found(self, response: HttpResponse) -> tuple[FoundText, ...] | None:
        """Return the texts listed, newest first, or None where the answer is no list."""
        return api.read_found(response)

    def error_kind(self, code: str) -> ProviderErrorKind:
        """Return what an error code of a delivery callback means."""
        return errors.error_kind(code)

    def calls_request(self, number: str, since: datetime) -> HttpRequest:
        """Return the request that lists calls to `number` that started at or after `since`."""
        return api.calls_request(self.connection, number, since)

    def legs_request(self, call_id: str) -> HttpRequest:
        """Return the request that lists the legs of one inbound call."""
        return api.legs_request(self.connection, call_id)

    def read_calls(self, response: HttpResponse, now: datetime) -> tuple[InboundEvent, ...] | None:
        """Return the events that the calls or legs listed amount to, or None where the answer is no list."""
        return api.read_calls(response, now)

    def picture_request(self, url: str) -> HttpRequest:
        """Return the request that fetches a picture; raises HookUnreadable for an address that is not Twilio's."""
        return api.picture_request(self.connection, url)

    def lookup_request(self, wish: Wish) -> HttpRequest:
        """Return the GET to Lookup, a host of its own; each one is billed."""
        return lookup.lookup_request(self.connection, wish)

    def read_lookup(self, response: HttpResponse, now: datetime) -> NumberFact | ProviderError:
        """Return what Twilio knows of the number, or why it does not say."""
        return lookup.read_lookup(response, now)


def make(settings: Mapping[str, str], address: LineAddress) -> Adapter:
    """Return Twilio for one line; raises ValueError with a sentence when a setting is wrong."""
    return TwilioLine(read_settings(settings), address)


PROVIDER = Provider(
    kind="twilio",
    title="Twilio",
    fields=FIELDS,
    capabilities=frozenset(Capability),
    make=make,
    hook_urls=given_urls,
    number_book=number_book,
    look_up_registration=registration.look_up,
    # Long codes' default handling; matched by Twilio as the exact whole word, and answered by it.
    carrier_words=frozenset(
        "STOP UNSUBSCRIBE END QUIT STOPALL REVOKE OPTOUT CANCEL START YES UNSTOP HELP INFO".split()
    ),
)
