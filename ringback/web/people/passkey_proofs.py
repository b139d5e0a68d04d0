"""Passkeys on the wire (WebAuthn level 3): what a browser is asked, and what its answer proves."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import webauthn
from starlette.requests import Request
from webauthn.helpers import (
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ringback.store.passkeys import NewPasskey, Passkey
from ringback.workflows.context import Context

_SURE = UserVerificationRequirement.REQUIRED


class NoProof(Exception):
    """What the browser sent proves nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where passkeys belong to: the domain, and the origin of the page that asks."""

    domain: str
    origin: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose passkey is made, and which credentials they have already."""

    handle: bytes
    email: str
    name: str
    known: tuple[bytes, ...]


def place_of(request: Request, context: Context) -> Place | None:
    """Return the place of a request, or None where browsers make no passkeys: an address of digits, an unknown host."""
    origin = request.headers.get("origin", "")
    asked = urlsplit(origin)
    # The Host header would do for our own forms; a passkey must never be made for a name that somebody points at us.
    if asked.hostname == "localhost" or asked.netloc == urlsplit(context.public_url).netloc:
        return Place(asked.hostname or "", origin)
    return None


def takes_passkeys(request: Request, context: Context) -> bool:
    """Return whether a browser that shows this page can make a passkey for it."""
    host = request.headers.get("host", "")
    name = urlsplit(f"//{host}").hostname or ""
    # Browsers take names only; an IPv6 address holds colons.
    is_name = not name.replace(".", "").isdigit() and ":" not in name
    return is_name and (name == "localhost" or host == urlsplit(context.public_url).netloc)


def registration_question(place: Place, holder: Holder, challenge: str) -> str:
    """Return the JSON that a browser needs to make a passkey."""
    options = webauthn.generate_registration_options(
        rp_id=place.domain,
        rp_name="Ringback",
        user_id=holder.handle,
        user_name=holder.email,
        user_display_name=holder.name,
        challenge=challenge.encode(),
        # The person proves to their device who they are: a stolen phone alone opens nothing.
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_SURE
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=known) for known in holder.known],
    )
    return webauthn.options_to_json(options)


def sign_in_question(place: Place, challenge: str) -> str:
    """Return the JSON that a browser needs to sign in; it names nobody, the passkey does."""
    options = webauthn.generate_authentication_options(
        rp_id=place.domain, challenge=challenge.encode(), user_verification=_SURE
    )
    return webauthn.options_to_json(options)


def read_registration(credential: str) -> str:
    """Return the challenge that a new passkey answers; raises NoProof."""
    try:
        return _challenge(parse_registration_credential_json(credential).response.client_data_json)
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise NoProof from error


def read_sign_in(credential: str) -> tuple[str, bytes, bytes | None]:
    """Return the challenge that is answered, the credential's id, and the handle of its person; raises NoProof."""
    try:
        read = parse_authentication_credential_json(credential)
        return _challenge(read.response.client_data_json), read.raw_id, read.response.user_handle
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise NoProof from error


def _challenge(client_data: bytes) -> str:
    return parse_client_data_json(client_data).challenge.decode("ascii")


def check_registration(place: Place, credential: str, challenge: str, name: str) -> NewPasskey:
    """Return the passkey that was made; raises NoProof."""
    try:
        made = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge.encode(),
            expected_rp_id=place.domain,
            expected_origin=place.origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise NoProof from error
    return NewPasskey(made.credential_id, made.credential_public_key, made.sign_count, name)


def check_sign_in(place: Place, credential: str, challenge: str, key: Passkey) -> int:
    """Return the passkey's new counter; raises NoProof."""
    try:
        proved = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge.encode(),
            expected_rp_id=place.domain,
            expected_origin=place.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise NoProof from error
    return proved.new_sign_count
