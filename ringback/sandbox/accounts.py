"""The businesses that are customers of the phone company, and the numbers they bought."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


def new_sid(prefix: str) -> str:
    """Return a fresh resource id: two letters and 32 hex digits."""
    # The vendor promises nothing about the hex digits, so a client must not read meaning into them.
    return prefix + secrets.token_hex(16)


@dataclass(slots=True)
class Account:
    """A customer; the auth token opens the REST API and signs the webhooks."""

    sid: str
    auth_token: str
    friendly_name: str
    created_at: datetime


class Registered(StrEnum):
    """How a number stands with the carriers; `none`: nobody has handed anything in."""

    APPROVED = "approved"
    PENDING = "pending"
    REJECTED = "rejected"
    NONE = "none"


# North American toll-free area codes, which are verified where other numbers are registered.
_TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")


@dataclass(slots=True)
class CompanyNumber:
    """A number bought by an account, with the hooks of an IncomingPhoneNumber resource."""

    account: Account
    phone_number: str
    created_at: datetime
    friendly_name: str = ""
    voice_url: str = ""
    voice_method: str = "POST"
    voice_fallback_url: str = ""
    voice_fallback_method: str = "POST"
    status_callback: str = ""
    status_callback_method: str = "POST"
    sms_url: str = ""
    sms_method: str = "POST"
    sms_fallback_url: str = ""
    sms_fallback_method: str = "POST"
    # At the vendor this belongs to a Messaging Service; the sandbox has none, so the number carries it.
    advanced_opt_out: bool = False
    # What the number can do; at the vendor some cannot text, and some only text.
    can_ring: bool = True
    can_text: bool = True
    # At first it may text, so that whoever does not care for carriers' rules needs no step for them.
    registration: Registered = Registered.APPROVED
    sid: str = field(default_factory=lambda: new_sid("PN"))
    updated_at: datetime | None = None

    @property
    def is_toll_free(self) -> bool:
        """Return whether callers pay nothing."""
        return self.phone_number.startswith(_TOLL_FREE)


# REST parameter -> attribute of CompanyNumber: what an update may change.
NUMBER_SETTINGS = {
    "FriendlyName": "friendly_name",
    "VoiceUrl": "voice_url",
    "VoiceMethod": "voice_method",
    "VoiceFallbackUrl": "voice_fallback_url",
    "VoiceFallbackMethod": "voice_fallback_method",
    "StatusCallback": "status_callback",
    "StatusCallbackMethod": "status_callback_method",
    "SmsUrl": "sms_url",
    "SmsMethod": "sms_method",
    "SmsFallbackUrl": "sms_fallback_url",
    "SmsFallbackMethod": "sms_fallback_method",
}
