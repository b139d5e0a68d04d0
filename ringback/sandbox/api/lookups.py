"""The Lookup v2 resource: what sort of line a number is, as the handset behind it is scripted."""

import re
from typing import Any

from starlette.responses import JSONResponse, Response

from ringback.sandbox.api.asking import ApiError, Ask
from ringback.sandbox.carrier import E164
from ringback.sandbox.handsets import Behaviour, Kind

PATH = "/v2/PhoneNumbers/{sid}"
KNOWN = (
    "Fields CountryCode FirstName LastName AddressLine1 AddressLine2 City State PostalCode AddressCountryCode "
    "NationalId DateOfBirth LastVerifiedDate VerificationSid PartnerSubId"
)
PACKAGES = (
    "caller_name sim_swap call_forwarding line_status line_type_intelligence identity_match reassigned_number "
    "sms_pumping_risk phone_number_quality_score pre_fill"
).split()
_RISKY = 75


def fetch(ask: Ask) -> Response:
    """Tell what is known of a number; one that no carrier could give away is not valid."""
    handset = ask.company.handsets.get(ask.sid)
    behaviour = handset.behaviour if handset else Behaviour()
    is_valid = bool(E164.fullmatch(ask.sid)) and behaviour.kind is not Kind.INVALID
    wanted = [name for name in ask.get("Fields").split(",") if name]
    if unknown := [name for name in wanted if name not in (*PACKAGES, "validation")]:
        raise ApiError(400, 20001, f"Unknown field {unknown[0]!r}")
    found = {name: _package(ask, name, behaviour) if name in wanted and is_valid else None for name in PACKAGES}
    ask.company.log("number.looked_up", f"The business asked what {ask.company.name_of(ask.sid)} is", ask.sid)
    body = {
        "calling_country_code": ask.sid[1:2] if is_valid else None,
        "country_code": ("US" if ask.sid.startswith("+1") else None) if is_valid else None,
        "phone_number": ask.sid,
        "national_format": ask.sid if is_valid else None,
        "valid": is_valid,
        "validation_errors": [] if is_valid else ["INVALID_BUT_POSSIBLE"],
        **found,
        "url": f"{ask.company.public_url}/v2/PhoneNumbers/{ask.sid}",
    }
    return JSONResponse(body)


def _package(ask: Ask, name: str, behaviour: Behaviour) -> dict[str, Any] | None:
    match name:
        case "line_type_intelligence":
            shown = behaviour.line_type or ("landline" if behaviour.kind is Kind.LANDLINE else "mobile")
            return {
                "error_code": None,
                "mobile_country_code": "310" if shown == "mobile" else None,
                "mobile_network_code": "160" if shown == "mobile" else None,
                "carrier_name": "Sandbox Wireless" if shown == "mobile" else "Sandbox Telephone",
                "type": shown,
            }
        case "reassigned_number":
            return _reassigned(ask.get("LastVerifiedDate"), behaviour)
        case "sms_pumping_risk":
            return {
                "carrier_risk_category": "high" if behaviour.pumping_risk >= _RISKY else "low",
                "number_blocked": False,
                "number_blocked_date": None,
                "number_blocked_last_3_months": None,
                "sms_pumping_risk_score": behaviour.pumping_risk,
                "error_code": None,
            }
    # The vendor's other packages: asked for, and nothing known.
    return None


def _reassigned(verified_on: str, behaviour: Behaviour) -> dict[str, Any]:
    if not re.fullmatch(r"\d{8}", verified_on):
        raise ApiError(400, 60617, "LastVerifiedDate must be a date like 20261118")
    changed_on = behaviour.reassigned_on.replace("-", "")
    is_since = bool(changed_on) and changed_on > verified_on
    verified = f"{verified_on[:4]}-{verified_on[4:6]}-{verified_on[6:]}"
    return {"last_verified_date": verified, "is_number_reassigned": "yes" if is_since else "no", "error_code": None}
