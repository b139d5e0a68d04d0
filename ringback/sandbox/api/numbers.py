"""The IncomingPhoneNumbers and Accounts resources."""

from typing import Any

from starlette.responses import JSONResponse, Response

from ringback.sandbox.accounts import NUMBER_SETTINGS, CompanyNumber
from ringback.sandbox.api.asking import ROOT, ApiError, Ask, not_found, page_of
from ringback.sandbox.carrier import E164
from ringback.sandbox.clock import rfc2822

FREE_NUMBER = "+1312555{:04d}"


def shown(number: CompanyNumber) -> dict[str, Any]:
    """Return a number as the API shows it."""
    settings = {name: getattr(number, name) for name in NUMBER_SETTINGS.values()}
    return settings | {
        "sid": number.sid,
        "account_sid": number.account.sid,
        "phone_number": number.phone_number,
        "friendly_name": number.friendly_name or number.phone_number,
        "capabilities": {"voice": number.can_ring, "sms": number.can_text, "mms": number.can_text, "fax": False},
        "api_version": "2010-04-01",
        "beta": False,
        "origin": "twilio",
        "status": "in-use",
        "type": None,
        "voice_caller_id_lookup": False,
        "voice_receive_mode": "voice",
        "voice_application_sid": None,
        "sms_application_sid": None,
        "trunk_sid": None,
        "address_requirements": "none",
        "address_sid": None,
        "identity_sid": None,
        "bundle_sid": None,
        "emergency_status": "Inactive",
        "emergency_address_sid": None,
        "emergency_address_status": "unregistered",
        "date_created": rfc2822(number.created_at),
        "date_updated": rfc2822(number.updated_at or number.created_at),
        "uri": f"{ROOT}/{number.account.sid}/IncomingPhoneNumbers/{number.sid}.json",
    }


def create(ask: Ask) -> Response:
    """Buy a number: the one asked for, or the next free one."""
    wanted = ask.get("PhoneNumber") or _next_free(ask)
    if not E164.fullmatch(wanted):
        raise ApiError(400, 21421, f"PhoneNumber {wanted} is invalid")
    if wanted in ask.company.numbers:
        raise ApiError(400, 21422, f"PhoneNumber {wanted} is not available")
    number = ask.company.add_number({"phone_number": wanted, "account_sid": ask.account.sid, **_settings(ask)})
    return JSONResponse(shown(number), 201)


def _next_free(ask: Ask) -> str:
    return next(one for one in map(FREE_NUMBER.format, range(10_000)) if one not in ask.company.numbers)


def _settings(ask: Ask) -> dict[str, str]:
    return {NUMBER_SETTINGS[name]: value for name, value in ask.params if name in NUMBER_SETTINGS}


def listed(ask: Ask) -> Response:
    """List the account's numbers, filtered by PhoneNumber and FriendlyName."""
    found = [number for number in reversed(ask.company.numbers.values()) if _matches(ask, number)]
    return page_of(ask, "incoming_phone_numbers", found, shown)


def _matches(ask: Ask, number: CompanyNumber) -> bool:
    return (
        number.account is ask.account
        # The filter is a part of the number, with * for any digits at its ends.
        and ask.get("PhoneNumber").strip("*") in number.phone_number
        and ask.get("FriendlyName") in ("", number.friendly_name)
    )


def _find(ask: Ask) -> CompanyNumber:
    for number in ask.company.numbers.values():
        if number.sid == ask.sid and number.account is ask.account:
            return number
    raise not_found(ask.path)


def fetch(ask: Ask) -> Response:
    """Show one number."""
    return JSONResponse(shown(_find(ask)))


def change(ask: Ask) -> Response:
    """Set a number's hooks."""
    number = _find(ask)
    ask.company.change_number(number, _settings(ask))
    changed = ", ".join(sorted(_settings(ask))) or "nothing"
    ask.company.log("number.changed", f"{ask.company.name_of(number.phone_number)}: {changed} set", number.phone_number)
    return JSONResponse(shown(number))


def delete(ask: Ask) -> Response:
    """Give a number back."""
    del ask.company.numbers[_find(ask).phone_number]
    return Response(status_code=204)


def account(ask: Ask) -> Response:
    """Show the account itself."""
    owner = ask.account
    body = {
        "sid": owner.sid,
        "owner_account_sid": owner.sid,
        "friendly_name": owner.friendly_name or owner.sid,
        "auth_token": owner.auth_token,
        "status": "active",
        "type": "Full",
        "date_created": rfc2822(owner.created_at),
        "date_updated": rfc2822(owner.created_at),
        "uri": f"{ROOT}/{owner.sid}.json",
        "subresource_uris": {"messages": f"{ROOT}/{owner.sid}/Messages.json"},
    }
    return JSONResponse(body)
