"""Roles as people say them."""

from ringback.domain.phrases import phrase
from ringback.store.people import SignedIn
from ringback.workflows.invitations import rank

ROLE_NAMES = {
    "viewer": phrase("Viewer"),
    "staff": phrase("Staff"),
    "owner": phrase("Owner"),
    "agency": phrase("Agency"),
}
ROLE_WORDS = {
    "viewer": phrase("Viewer: looks, changes nothing"),
    "staff": phrase("Staff: answers and books"),
    "owner": phrase("Owner: also people and settings"),
}


def roles_to_give(signed_in: SignedIn) -> tuple[str, ...]:
    """Return the roles that a person may give away: none above their own. Agencies keep their own list."""
    return tuple(role for role in ROLE_WORDS if rank(role) <= rank(signed_in.role))
