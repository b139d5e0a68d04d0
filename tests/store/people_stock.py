"""How people come in, for the stock of a business: an invitation, a shared desk, a PIN, and what leads to them."""

from datetime import timedelta
from uuid import UUID, uuid5

from ringback.domain.business import Business
from ringback.store import desks, invitations, passkeys, sign_in_tokens
from ringback.store.db import Connection
from ringback.store.desks import Desk
from ringback.store.invitations import NewInvitation
from ringback.store.passkeys import NewPasskey
from ringback.store.sign_in_tokens import Opens, TokenPurpose
from tests.cast import NOON


def invitation_of(business_id: UUID) -> UUID:
    """Return the invitation in a business's stock."""
    return uuid5(business_id, "an invitation")


def desk_of(business_id: UUID) -> UUID:
    """Return the shared desk in a business's stock."""
    return uuid5(business_id, "a desk")


def passkey_of(person_id: UUID) -> bytes:
    """Return the credential of the passkey that the person in the stock has."""
    return person_id.bytes


async def add_people_rows(connection: Connection, business: Business, person_id: UUID, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    business_id, until = business.business_id, NOON + timedelta(days=30)
    invitation = NewInvitation(
        invitation_of(business_id), f"Sam of {word}", f"sam@{word}.example", "staff", business.staff[0].staff_id,
        f"{word} code", person_id, f"Olga of {word}", until,
    )  # fmt: skip
    await invitations.add_invitation(connection, business_id, invitation, NOON)
    desk = Desk(desk_of(business_id), f"{word} reception", 5)
    await desks.add_desk(connection, business_id, desk, f"Olga of {word}", NOON)
    await desks.set_pin(connection, business_id, person_id, f"{word} pin", NOON)
    key = NewPasskey(passkey_of(person_id), b"public", 3, f"{word} phone")
    await passkeys.add_passkey(connection, person_id, key, NOON)
    for token, opens in (
        (f"{word} invitation", Opens(TokenPurpose.INVITATION, None, business_id, invitation.invitation_id)),
        (f"{word} desk", Opens(TokenPurpose.DESK, None, business_id, desk.desk_id)),
        (f"{word} reset", Opens(TokenPurpose.RESET, person_id, business_id)),
    ):
        await sign_in_tokens.save_token(connection, token, opens, NOON, until)
