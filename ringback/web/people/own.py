"""What a person may do to their own sign-in, and the entries that it leaves in the books."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request

from ringback.domain.phrases import phrase
from ringback.store.audit import Change, add_entry
from ringback.web.live import Feed
from ringback.web.pages.visits import Desk, Visit

_NOT_BY_PIN = phrase("You came in with a PIN. Sign in with your password or a passkey to change this.")


def require_own_sign_in(visit: Visit) -> None:
    """Refuse who came in by PIN: six digits must not lead to a password of one's own."""
    if visit.signed_in.by_pin:
        raise HTTPException(403, _NOT_BY_PIN)


async def note_own(visit: Visit, desk: Desk, change: Change) -> None:
    """Write down that this person has changed something."""
    who, person_id = visit.signed_in.name, visit.signed_in.person_id
    await add_entry(desk.connection, desk.business_id, who, change, desk.now, person_id)


def end_streams(request: Request, *business_ids: UUID) -> None:
    """Let the open pages of these businesses ask again whether they are signed in."""
    feed: Feed = request.app.state.feed
    for business_id in business_ids:
        feed.wake(business_id)
