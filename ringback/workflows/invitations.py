"""Somebody is invited, and comes; somebody has lost their password. Links are made here, their words elsewhere."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.business import Business, Staff
from ringback.store import desks, invitations, members, passkeys, sessions, sign_in_tokens
from ringback.store.audit import Change, add_entry
from ringback.store.db import Connection, set_business
from ringback.store.ids import new_id
from ringback.store.invitations import NewInvitation
from ringback.store.people import Person
from ringback.store.sign_in_tokens import Opens, TokenPurpose, new_token
from ringback.workflows.outgoing import ForStaff, text_staff_phone

INVITATION_DAYS = 7
RESET_VALID = timedelta(hours=1)
# A person who has no mail hears the link from the owner, perhaps tomorrow.
OWNER_RESET_VALID = timedelta(hours=24)
_TEXT_VALID = timedelta(hours=4)
_RANKS = ("viewer", "staff", "owner", "agency")


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom to invite. `code_hash` belongs to a link that goes out by text."""

    name: str
    email: str | None
    role: str
    staff_id: UUID | None
    code_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Links:
    """The secrets of an invitation, to be shown and sent once. `texted` works together with a code only."""

    token: str
    texted: str | None


def rank(role: str) -> int:
    """Return how much a role may do; more is more."""
    return _RANKS.index(role)


def new_code() -> str:
    """Return six digits to be told by word of mouth."""
    return f"{secrets.randbelow(1_000_000):06}"


def staff_of_email(business: Business, email: str) -> Staff | None:
    """Return who of the staff list has this e-mail address."""
    wanted = email.casefold()
    return next((one for one in business.staff if wanted and (one.email or "").casefold() == wanted), None)


async def invite(connection: Connection, business: Business, guest: Guest, inviter: Person, now: datetime) -> Links:
    """Keep an invitation and return its links."""
    expires_at, business_id = now + timedelta(days=INVITATION_DAYS), business.business_id
    new = NewInvitation(
        new_id(), guest.name, guest.email, guest.role, guest.staff_id, guest.code_hash,
        inviter.person_id, inviter.name, expires_at,
    )  # fmt: skip
    await invitations.add_invitation(connection, business_id, new, now)
    links = Links(new_token(), new_token() if guest.code_hash else None)
    for purpose, token in ((TokenPurpose.INVITATION, links.token), (TokenPurpose.TEXTED, links.texted)):
        if token is not None:
            opens = Opens(purpose, None, business_id, new.invitation_id)
            await sign_in_tokens.save_token(connection, token, opens, now, expires_at)
    # Names and roles, and never the link.
    change = Change("people.invited", guest.name, after={"role": guest.role, "email": guest.email})
    await add_entry(connection, business_id, inviter.name, change, now, inviter.person_id)
    return links


async def text_staff(connection: Connection, business: Business, phone: str, body: str, now: datetime) -> bool:
    """Text somebody of the staff in the thread of their phone; False where no text can reach it."""
    business_id, line = business.business_id, next(iter(business.lines), None)
    if line is None:
        return False
    return await text_staff_phone(connection, business_id, line, ForStaff(phone, body, _TEXT_VALID), now) is not None


async def may_still_invite(connection: Connection, business_id: UUID, invitation: NewInvitation) -> bool:
    """Return whether who invited works there still, and may give this role away."""
    role = await members.role_in(connection, business_id, invitation.invited_by)
    return role is not None and rank(role) >= rank(invitation.role)


async def join(
    connection: Connection, business_id: UUID, invitation: NewInvitation, person: Person, now: datetime
) -> None:
    """Let a person in as an invitation says; its links lead nowhere from now on."""
    await members.add_member(connection, business_id, person.person_id, invitation.role, invitation.staff_id)
    await invitations.accept_invitation(connection, business_id, invitation.invitation_id, person.person_id, now)
    await sign_in_tokens.end_tokens_of_subject(connection, invitation.invitation_id)
    after = {"role": invitation.role, "email": person.email, "invited_by": invitation.inviter_name}
    change = Change("people.joined", person.name, after=after)
    await add_entry(connection, business_id, person.name, change, now, person.person_id)


async def make_reset(
    connection: Connection, person_id: UUID | None, now: datetime, *, by_owner_of: UUID | None = None
) -> str:
    """Return the token of a link to a new password; older ones lead nowhere. For nobody, it opens nothing."""
    token = new_token()
    if person_id is not None:
        await sign_in_tokens.end_resets(connection, person_id)
    valid = RESET_VALID if by_owner_of is None else OWNER_RESET_VALID
    opens = Opens(TokenPurpose.RESET, person_id, by_owner_of)
    await sign_in_tokens.save_token(connection, token, opens, now, now + valid)
    return token


async def works_only_there(connection: Connection, person_id: UUID, business_id: UUID) -> bool:
    """Return whether one business alone may speak for a person: an owner must not open the doors of another one."""
    works_for = await members.list_businesses(connection, person_id)
    return {one["business_id"] for one in works_for} == {business_id}


async def reset_password(connection: Connection, person: Person, password_hash: str, now: datetime) -> set[UUID]:
    """Give a person a new password and end all that another may have left: sessions, passkeys, PINs.

    Return the businesses whose sessions ended.
    """
    await members.set_password(connection, person.person_id, password_hash)
    await passkeys.remove_all_passkeys(connection, person.person_id)
    await sign_in_tokens.end_resets(connection, person.person_id)
    for one in await members.list_businesses(connection, person.person_id):
        await set_business(connection, one["business_id"])
        await desks.remove_pin(connection, one["business_id"], person.person_id)
        change = Change("people.password_reset", person.name)
        await add_entry(connection, one["business_id"], person.name, change, now, person.person_id)
    return await sessions.end_sessions(connection, person.person_id)
