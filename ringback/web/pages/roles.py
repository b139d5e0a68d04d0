"""What people may do in a business."""

from enum import IntEnum

from ringback.store.people import SignedIn


class Role(IntEnum):
    """What a person may do in a business; each may do all that those before it may."""

    VIEWER = 1
    STAFF = 2
    OWNER = 3
    AGENCY = 4


def role_of(signed_in: SignedIn) -> Role:
    """Return what a person may do in the business their session is for."""
    return Role[signed_in.role.upper()]
