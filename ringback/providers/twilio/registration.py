"""What Twilio says of a number's registration: its A2P campaign (10DLC), or its toll-free verification.

Resources: Services, Services/…/PhoneNumbers, Services/…/Compliance/Usa2p and Tollfree/Verifications of
messaging.twilio.com/v1 (twilio-oai, spec/json/twilio_messaging_v1.json).
"""

from collections.abc import Generator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from ringback.domain.phrases import phrase
from ringback.domain.registration import is_toll_free
from ringback.domain.registration_facts import Answered, CarrierWord, Unanswered
from ringback.ports import HttpRequest, HttpResponse
from ringback.ports.registration import Inquiry
from ringback.providers.twilio.api import PAGE_SIZE, listed
from ringback.providers.twilio.connection import Connection, read_settings
from ringback.providers.twilio.numbers import number_request, read_numbers

# An account with more services than this is an agency's; it names the line's own in the connection.
_MOST_SERVICES = 20
# Campaign states by the resource's page (PENDING, IN_PROGRESS, VERIFIED, FAILED); what is new there counts as waiting.
_CAMPAIGN_ENDED = frozenset({"FAILED", "SUSPENDED", "EXPIRED", "DEACTIVATED"})
_LONGEST_DETAIL = 300


def look_up(settings: Mapping[str, str], number: str) -> Inquiry:
    """Return the conversation that asks about a number (E.164); raises ValueError where a setting is wrong."""
    connection = read_settings(settings)
    return _ask_toll_free(connection, number) if is_toll_free(number) else _ask_campaign(connection, number)


def _ask_campaign(connection: Connection, number: str) -> Inquiry:
    service = connection.messaging_service_sid or (yield from _find_service(connection, number))
    if isinstance(service, Unanswered):
        return service
    if service is None:
        return Answered(CarrierWord.MISSING)
    response = yield _request(connection, f"Services/{quote(service, safe='')}/Compliance/Usa2p", PageSize="50")
    # A service without a campaign answers with an empty list; a service that is gone, with 404.
    campaigns = [] if response.status == 404 else listed(response, "compliance")
    return _unreadable(response) if campaigns is None else read_campaigns(campaigns)


def _find_service(connection: Connection, number: str) -> Generator[HttpRequest, HttpResponse, str | Unanswered | None]:
    """Ask which Messaging Service a number belongs to: a campaign is a service's, never a number's."""
    response = yield _request(connection, "Services", PageSize=PAGE_SIZE)
    services = listed(response, "services")
    if services is None:
        return _unreadable(response)
    for service in services[:_MOST_SERVICES]:
        sid = str(service.get("sid") or "")
        response = yield _request(connection, f"Services/{quote(sid, safe='')}/PhoneNumbers", PageSize=PAGE_SIZE)
        numbers = listed(response, "phone_numbers")
        if numbers is None:
            return _unreadable(response)
        if any(one.get("phone_number") == number for one in numbers):
            return sid
    return None


def read_campaigns(campaigns: list[dict[str, Any]]) -> Answered:
    """Return what the campaigns of a service amount to: one that is verified is enough."""
    states = [str(campaign.get("campaign_status") or "").upper() for campaign in campaigns]
    if "VERIFIED" in states:
        return Answered(CarrierWord.APPROVED)
    if any(state not in _CAMPAIGN_ENDED for state in states):
        return Answered(CarrierWord.PENDING)
    return Answered(CarrierWord.REJECTED, _first_error(campaigns[0])) if campaigns else Answered(CarrierWord.MISSING)


def _first_error(campaign: Mapping[str, Any]) -> str:
    errors = campaign.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else None
    return str(first.get("description") or "")[:_LONGEST_DETAIL] if isinstance(first, dict) else ""


def _ask_toll_free(connection: Connection, number: str) -> Inquiry:
    response = yield number_request(connection, number)
    numbers = read_numbers(response)
    if numbers is None:
        return _unreadable(response)
    found = next((one for one in numbers if one.phone == number), None)
    if found is None:
        return Answered(CarrierWord.MISSING)
    response = yield _request(
        connection, "Tollfree/Verifications", TollfreePhoneNumberSid=found.number_id, PageSize="50"
    )
    verifications = listed(response, "verifications")
    return _unreadable(response) if verifications is None else read_verifications(verifications)


def read_verifications(verifications: list[dict[str, Any]]) -> Answered:
    """Return what the verifications of a toll-free number amount to."""
    by_state = {str(one.get("status") or "").upper(): one for one in reversed(verifications)}
    if "TWILIO_APPROVED" in by_state:
        return Answered(CarrierWord.APPROVED)
    if by_state.keys() - {"TWILIO_REJECTED"}:
        return Answered(CarrierWord.PENDING)
    if not by_state:
        return Answered(CarrierWord.MISSING)
    return Answered(
        CarrierWord.REJECTED, str(by_state["TWILIO_REJECTED"].get("rejection_reason") or "")[:_LONGEST_DETAIL]
    )


def _unreadable(response: HttpResponse) -> Unanswered:
    if response.status in (401, 403):
        return Unanswered(phrase("The phone company did not let us look: check the credentials of this line."))
    return Unanswered(phrase("The phone company gave no answer that we understand (HTTP %(code)s).",
                             code=response.status))  # fmt: skip


def _request(connection: Connection, path: str, **query: str) -> HttpRequest:
    url = f"{connection.product_url('messaging')}/v1/{path}?{urlencode(query)}"
    return HttpRequest("GET", url, auth=connection.auth, trusted=True)
