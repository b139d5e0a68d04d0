"""Why a provider did not do what we asked: a closed set, each with what to do and words for the owner."""

from dataclasses import dataclass
from enum import StrEnum

from ringback.domain.phrases import phrase


class ProviderErrorKind(StrEnum):
    """Every provider's error codes are translated to one of these, in its own folder and nowhere else."""

    # The only kind that may be retried as it is: the request was never processed.
    THROTTLED = "throttled"
    PROVIDER_DOWN = "provider_down"
    CREDENTIALS = "credentials"
    ACCOUNT = "account"
    LINE_CANNOT_SEND = "line_cannot_send"
    # US carriers bill a blocked text all the same (30034), so a line like this must stop.
    UNREGISTERED = "unregistered"
    REGION_OFF = "region_off"
    # The phone company's own guard against texts that earn a fraudster money.
    PUMPING = "pumping"
    BAD_NUMBER = "bad_number"
    # Offline a US landline cannot be told from a mobile; this is how we learn.
    LANDLINE = "landline"
    OPTED_OUT = "opted_out"
    HANDSET_OFF = "handset_off"
    CARRIER_BLOCKED = "carrier_blocked"
    # Never retried: more of what a carrier filters makes it filter more.
    FILTERED = "filtered"
    QUIET_HELD = "quiet_held"
    TOO_LONG = "too_long"
    # Our own short validity at work: a late text-back is worse than none.
    EXPIRED = "expired"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ProviderError:
    """One refusal. `code` is the provider's own code, kept for support; `detail` its words, never shown to callers."""

    kind: ProviderErrorKind
    code: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Meaning:
    owner_words: str
    never_textable: bool = False
    needs_owner: bool = False


_MEANINGS: dict[ProviderErrorKind, _Meaning] = {
    ProviderErrorKind.THROTTLED: _Meaning(
        phrase("The phone company asked us to slow down. The text is kept and goes out soon.")
    ),
    ProviderErrorKind.PROVIDER_DOWN: _Meaning(phrase("The phone company could not be reached.")),
    ProviderErrorKind.CREDENTIALS: _Meaning(
        phrase("The phone company refused our credentials. Check the account id and token of this line."),
        needs_owner=True,
    ),
    ProviderErrorKind.ACCOUNT: _Meaning(
        phrase("The account at the phone company cannot send: it is suspended, on trial or out of credit."),
        needs_owner=True,
    ),
    ProviderErrorKind.LINE_CANNOT_SEND: _Meaning(
        phrase(
            "This line cannot send texts. Check that the number belongs to the account and has texting switched on."
        ),
        needs_owner=True,
    ),
    ProviderErrorKind.UNREGISTERED: _Meaning(
        phrase("Carriers block this line until it is registered for texting (10DLC or toll-free verification)."),
        needs_owner=True,
    ),
    ProviderErrorKind.REGION_OFF: _Meaning(
        phrase("The account at the phone company is not allowed to text that country."), needs_owner=True
    ),
    ProviderErrorKind.PUMPING: _Meaning(
        phrase("The phone company held this text back: texts to such numbers are a known fraud. Look who is ringing."),
        needs_owner=True,
    ),
    ProviderErrorKind.BAD_NUMBER: _Meaning(
        phrase("That number does not exist or cannot get texts."), never_textable=True
    ),
    ProviderErrorKind.LANDLINE: _Meaning(
        phrase("That number is a landline, which cannot get texts."), never_textable=True
    ),
    ProviderErrorKind.OPTED_OUT: _Meaning(phrase("This person told the carrier to stop texts from you.")),
    ProviderErrorKind.HANDSET_OFF: _Meaning(phrase("The phone was off or out of reach.")),
    # The person may have blocked us: it is taken for their word, until they text us again (30004).
    ProviderErrorKind.CARRIER_BLOCKED: _Meaning(
        phrase("The carrier or the phone blocks texts from this line."), never_textable=True
    ),
    ProviderErrorKind.FILTERED: _Meaning(phrase("The carrier filtered this text as unwanted."), needs_owner=True),
    ProviderErrorKind.QUIET_HELD: _Meaning(phrase("The phone company kept this text back at a quiet hour.")),
    ProviderErrorKind.TOO_LONG: _Meaning(phrase("The text was too long for the phone company.")),
    ProviderErrorKind.EXPIRED: _Meaning(phrase("The text could not be delivered in time and was dropped.")),
    ProviderErrorKind.UNKNOWN: _Meaning(phrase("The phone company could not deliver this text and did not say why.")),
}


def words_for_owner(kind: ProviderErrorKind) -> str:
    """Return the sentence an owner reads beside a text that failed."""
    return _MEANINGS[kind].owner_words


def is_never_textable(kind: ProviderErrorKind) -> bool:
    """Return whether the number itself can never get a text, so that we must not try again."""
    return _MEANINGS[kind].never_textable


def needs_owner(kind: ProviderErrorKind) -> bool:
    """Return whether only the owner can mend this (credentials, registration, an account on hold)."""
    return _MEANINGS[kind].needs_owner


def kinds_proved_wrong() -> list[str]:
    """Return the alarms about a line that one accepted text ends: it could not have been taken otherwise.

    What carriers do to a text they do after it is accepted, so those alarms stay.
    """
    by_carriers = (ProviderErrorKind.FILTERED, ProviderErrorKind.UNREGISTERED)
    return [kind.value for kind in ProviderErrorKind if needs_owner(kind) and kind not in by_carriers]
