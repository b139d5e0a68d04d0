"""Invitations: who may come in, in which role, until when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.store.db import Connection, rows


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """Whom somebody invites. `code_hash` belongs to a link that goes out by text."""

    invitation_id: UUID
    name: str
    email: str | None
    role: str
    staff_id: UUID | None
    code_hash: str | None
    invited_by: UUID
    inviter_name: str
    expires_at: datetime


async def add_invitation(connection: Connection, business_id: UUID, new: NewInvitation, now: datetime) -> None:
    """Keep an invitation; its link is a token of its own."""
    await connection.execute(
        "insert into invitations (business_id, invitation_id, name, email, role, staff_id, code_hash, invited_by, "
        "inviter_name, made_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        *(business_id, new.invitation_id, new.name, new.email, new.role, new.staff_id, new.code_hash),
        *(new.invited_by, new.inviter_name, now, new.expires_at),
    )


async def load_open_invitation(
    connection: Connection, business_id: UUID, invitation_id: UUID, now: datetime
) -> NewInvitation | None:
    """Return an invitation that may still be accepted, locked."""
    row = await connection.fetchrow(
        "select invitation_id, name, email, role, staff_id, code_hash, invited_by, inviter_name, expires_at "
        "from invitations where business_id = $1 and invitation_id = $2 and accepted_at is null and ended_at is null "
        "and expires_at > $3 for update",
        *(business_id, invitation_id, now),
    )
    return None if row is None else NewInvitation(**dict(row))


async def list_open_invitations(connection: Connection, business_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """Return invitations that wait to be accepted, the newest first."""
    return rows(
        await connection.fetch(
            "select invitation_id, name, email, role, staff_id, inviter_name, made_at, expires_at from invitations "
            "where business_id = $1 and accepted_at is null and ended_at is null and expires_at > $2 "
            "order by made_at desc, invitation_id limit 200",
            *(business_id, now),
        )
    )


async def accept_invitation(
    connection: Connection, business_id: UUID, invitation_id: UUID, person_id: UUID, now: datetime
) -> None:
    """Note who came."""
    await connection.execute(
        "update invitations set accepted_at = $4, accepted_by = $3 where business_id = $1 and invitation_id = $2",
        *(business_id, invitation_id, person_id, now),
    )


async def end_invitation(connection: Connection, business_id: UUID, invitation_id: UUID, now: datetime) -> str | None:
    """Take an invitation back; return whom it was for, or None where there is none that waits."""
    name: str | None = await connection.fetchval(
        "update invitations set ended_at = $3 where business_id = $1 and invitation_id = $2 "
        "and accepted_at is null and ended_at is null returning name",
        *(business_id, invitation_id, now),
    )
    return name
