"""The messaging API: Messaging Services, their A2P campaigns, and the verification of toll-free numbers.

Each number stands in a service of its own, unless it is registered nowhere; at the vendor many share one.
"""

from collections.abc import Sequence
from typing import Any

from starlette.responses import JSONResponse, Response

from ringback.sandbox.accounts import CompanyNumber, Registered
from ringback.sandbox.api.asking import ApiError, Ask, not_found

CAMPAIGN_STATES = {
    Registered.APPROVED: "VERIFIED",
    Registered.PENDING: "IN_PROGRESS",
    Registered.REJECTED: "FAILED",
}
VERIFICATION_STATES = {
    Registered.APPROVED: "TWILIO_APPROVED",
    Registered.PENDING: "IN_REVIEW",
    Registered.REJECTED: "TWILIO_REJECTED",
}
WHY_REJECTED = "The message flow does not say how people agree to texts."
# What the vendor names as the reason: https://www.twilio.com/docs/api/errors/30896.
REJECTION_CODE = 30896


def services(ask: Ask) -> Response:
    """List the services of the account."""
    return _page(ask, "services", [_service(number) for number in _registered(ask)])


def service_numbers(ask: Ask) -> Response:
    """List the number of a service."""
    number = _of_service(ask)
    shown = {"sid": number.sid, "service_sid": ask.sid, "phone_number": number.phone_number}
    return _page(ask, "phone_numbers", [{**shown, "account_sid": ask.account.sid}])


def campaigns(ask: Ask) -> Response:
    """List the campaign of a service."""
    number = _of_service(ask)
    is_rejected = number.registration is Registered.REJECTED
    campaign = {
        "sid": "QE" + number.sid[2:],
        "account_sid": ask.account.sid,
        "messaging_service_sid": ask.sid,
        "campaign_status": CAMPAIGN_STATES[number.registration],
        "errors": [{"error_code": REJECTION_CODE, "description": WHY_REJECTED}] if is_rejected else [],
        "mock": False,
    }
    return _page(ask, "compliance", [campaign])


def verifications(ask: Ask) -> Response:
    """List the verification of a toll-free number."""
    wanted = ask.get("TollfreePhoneNumberSid")
    numbers = [number for number in _registered(ask, toll_free=True) if wanted in ("", number.sid)]
    return _page(ask, "verifications", [_verification(number) for number in numbers])


def _verification(number: CompanyNumber) -> dict[str, Any]:
    is_rejected = number.registration is Registered.REJECTED
    return {
        "sid": "HH" + number.sid[2:],
        "account_sid": number.account.sid,
        "tollfree_phone_number_sid": number.sid,
        "status": VERIFICATION_STATES[number.registration],
        "rejection_reason": WHY_REJECTED if is_rejected else None,
    }


def _service(number: CompanyNumber) -> dict[str, Any]:
    return {"sid": "MG" + number.sid[2:], "account_sid": number.account.sid, "friendly_name": number.friendly_name}


def _registered(ask: Ask, *, toll_free: bool = False) -> list[CompanyNumber]:
    return [
        number
        for number in ask.company.numbers.values()
        if number.account is ask.account
        and number.registration is not Registered.NONE
        and number.is_toll_free == toll_free
    ]


def _of_service(ask: Ask) -> CompanyNumber:
    for number in _registered(ask):
        if "MG" + number.sid[2:] == ask.sid:
            return number
    raise not_found(ask.path)


def _page(ask: Ask, key: str, items: Sequence[dict[str, Any]]) -> JSONResponse:
    """Return all of a list on one page, in the form of the vendor's newer APIs."""
    size = ask.get("PageSize") or "50"
    if not size.isdecimal():
        raise ApiError(400, 20001, "PageSize must be a whole number")
    address = f"{ask.company.public_url}{ask.path}?PageSize={size}&Page=0"
    meta = {
        "key": key,
        "page": 0,
        "page_size": int(size),
        "url": address,
        "first_page_url": address,
        "next_page_url": None,
        "previous_page_url": None,
    }
    return JSONResponse({key: list(items), "meta": meta})
