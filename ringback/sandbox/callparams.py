"""The form parameters of the vendor's voice webhooks."""

from email.utils import format_datetime

from ringback.sandbox.calls import Call, CallStatus, Direction
from ringback.sandbox.company import Company

# Enough to tell the countries served first; +1 is shown as US, Canada included.
COUNTRIES = {"+44": "GB", "+353": "IE", "+61": "AU", "+64": "NZ", "+34": "ES", "+52": "MX", "+1": "US"}


def places(role: str, number: str) -> dict[str, str]:
    """Return the geography of one side; the vendor sends the names even when it knows no value."""
    country = next((code for prefix, code in COUNTRIES.items() if number.startswith(prefix)), "")
    # Empty values are part of the signature, so an empty city tests the other side's check.
    return {f"{role}City": "", f"{role}State": "", f"{role}Zip": "", f"{role}Country": country}


def voice_params(call: Call) -> dict[str, str]:
    """Return what every voice webhook of this call carries."""
    params = {
        "CallSid": call.sid,
        "AccountSid": call.account.sid,
        "From": call.from_,
        "To": call.to,
        "Caller": call.from_,
        "Called": call.to,
        "CallStatus": str(call.status),
        "ApiVersion": "2010-04-01",
        "Direction": str(call.direction),
    }
    for role, number in (("From", call.from_), ("To", call.to), ("Caller", call.from_), ("Called", call.to)):
        params |= places(role, number)
    return params | _when_known(call)


def _when_known(call: Call) -> dict[str, str]:
    # These names are absent, not empty, when there is nothing to say.
    known = {
        "ForwardedFrom": call.forwarded_from,
        "CallerName": call.caller_name,
        "StirVerstat": call.verstat,
        "ParentCallSid": call.parent.sid if call.parent else "",
    }
    return {name: value for name, value in known.items() if value}


def status_params(company: Company, call: Call, status: CallStatus, sequence: int) -> dict[str, str]:
    """Return a progress report: `sequence` counts the reports of one call from 0."""
    params = voice_params(call) | {
        "CallStatus": str(status),
        "Timestamp": format_datetime(company.clock.now()),
        "CallbackSource": "call-progress-events",
        "SequenceNumber": str(sequence),
    }
    if not call.is_over:
        return params
    seconds = company.clock.seconds_between(call.answered_at, call.ended_at)
    # Duration is in started minutes, as billed; CallDuration in seconds.
    params |= {"CallDuration": str(seconds), "Duration": str(-(-seconds // 60))}
    return params if call.direction is Direction.INBOUND else params | {"SipResponseCode": str(call.sip_code)}
