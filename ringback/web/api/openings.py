"""/api/v1/openings: what is free for a service."""

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ringback.domain import bookings as domain
from ringback.domain.bookings import Search, find_service
from ringback.domain.business import Business
from ringback.web.api.access import Authorized
from ringback.web.api.fields import ShortText
from ringback.web.api.paging import Page
from ringback.web.api.problems import ApiRoute, refuse_field
from ringback.workflows.direct_bookings import list_openings

router = APIRouter(route_class=ApiRoute, tags=["bookings"])

# A month of a fine grid is some 1,500 starts: more at once is no question that a caller asks.
_MOST_DAYS = 31


class Opening(BaseModel):
    """A start that can be booked, with who would be taken."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    staff_id: UUID
    staff_name: str = Field(examples=["Sam"])


class OpeningQuery(BaseModel):
    """Which openings; days are local to the business."""

    model_config = ConfigDict(extra="forbid")

    service: ShortText = Field(description="A service's name.", examples=["Cleaning"])
    first_on: date | None = Field(None, alias="from", description="The first day; today where left out.")
    last_on: date | None = Field(None, alias="to", description=f"The last day, at most {_MOST_DAYS} days on.")
    staff: UUID | None = Field(None, description="A person's id; anybody who can do it where left out.")


@router.get("/openings", summary="List openings")
async def get_openings(access: Authorized, query: Annotated[OpeningQuery, Query()]) -> Page[Opening]:
    """Return the free starts of a service in order, all on one page: here the earliest comes first."""
    async with access.transaction() as connection:
        business, now = await access.business(connection), access.now()
        service = find_service(business, query.service)
        if service is None or not service.bookable:
            raise refuse_field("query.service", "There is no service of this name that can be booked.")
        first_on = query.first_on or now.astimezone(ZoneInfo(business.zone)).date()
        days = (first_on, query.last_on or first_on + timedelta(days=min(6, (date.max - first_on).days)))
        if not 0 <= (days[1] - days[0]).days < _MOST_DAYS:
            raise refuse_field("query.to", f"Ask for up to {_MOST_DAYS} days, the first one first.")
        search = Search(service.name, staff_id=query.staff)
        found = await list_openings(connection, business, search, days, now)
    return Page(items=[show_opening(business, opening) for opening in found], next_cursor=None)


def show_opening(business: Business, opening: domain.Opening) -> Opening:
    """Return what programs see of an opening."""
    names = {person.staff_id: person.name for person in business.staff}
    return Opening(
        starts_at=opening.starts_at,
        ends_at=opening.ends_at,
        staff_id=opening.staff_id,
        staff_name=names.get(opening.staff_id, ""),
    )
