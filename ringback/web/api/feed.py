"""/api/v1/feed: the address at which other calendars subscribe to the bookings."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from ringback.store.link_secrets import LinkPurpose
from ringback.web.api.access import Access, Authorized
from ringback.web.api.problems import ApiRoute
from ringback.workflows.links import feed_path, link_secret, renew_link_secret

router = APIRouter(route_class=ApiRoute, tags=["bookings"])


class Feed(BaseModel):
    """Where the calendar is read without a sign-in: whoever has the address reads the bookings."""

    url: str = Field(examples=["https://calls.example.com/feeds/harbor-dental/4h2k8s0d1f7g3j5l9q2w6e.ics"])


@router.get("/feed", summary="Get the address of the calendar feed")
async def get_feed(access: Authorized) -> Feed:
    """Return the address as it stands."""
    return await _feed(access, is_new=False)


@router.post("/feed", summary="Give the calendar feed another address")
async def rotate_feed(access: Authorized) -> Feed:
    """Return a new address; the one before reads nothing any more."""
    return await _feed(access, is_new=True)


async def _feed(access: Access, *, is_new: bool) -> Feed:
    make = renew_link_secret if is_new else link_secret
    async with access.transaction() as connection:
        secret = await make(connection, access.context.sealer, access.business_id, LinkPurpose.FEED, access.now())
        business = await access.business(connection)
    return Feed(url=access.context.public_url + feed_path(business, secret))
