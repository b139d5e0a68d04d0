"""A stranger's request: which business's booking page it is, in which language, and one transaction to read it in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ringback.domain.bookings import find_service
from ringback.domain.business import Business, Service
from ringback.store import businesses
from ringback.store.db import Connection, business_transaction
from ringback.web.pages.language import asked_language, choose_language
from ringback.web.pages.rendering import html
from ringback.web.words import use_language
from ringback.workflows.context import Context

# A slug is short; anything longer need not be looked up.
_LONGEST_SLUG = 100


@dataclass(frozen=True, slots=True)
class Counter:
    """One transaction over one business that lets strangers book, as its page greets them."""

    request: Request
    context: Context
    connection: Connection
    business: Business
    now: datetime
    language: str

    @property
    def business_id(self) -> UUID:
        """Return whose page this is."""
        return self.business.business_id

    @property
    def zone(self) -> ZoneInfo:
        """Return the zone that all times on the page are in."""
        return ZoneInfo(self.business.zone)

    def link(self, path: str, **query: Any) -> str:
        """Return an address below this business's page, in the language that was chosen on it."""
        base = f"/book/{quote(self.business.slug)}" + (f"/{path}" if path else "")
        asked = {name: str(value) for name, value in query.items() if value is not None}
        chosen = asked_language(self.request)
        if chosen is not None:
            asked["lang"] = chosen
        return f"{base}?{urlencode(asked)}" if asked else base

    def service(self, name: str | None) -> Service:
        """Return a service that can be booked here; raises 404 for any other."""
        service = find_service(self.business, name or "")
        if service is None or not service.bookable:
            raise HTTPException(404)
        return service

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page; it may not be kept, and search engines may know the first one alone."""
        shown = {
            "business": self.business,
            "now": self.now,
            "language": self.language,
            "link": self.link,
            "other_language": self._other_language() if self.request.method == "GET" else None,
            **values,
        }
        response = html(f"public/{template}", shown, status)
        response.headers["vary"] = "Accept-Language"
        if self.request.url.path.count("/") > 2:
            response.headers["x-robots-tag"] = "noindex"
        return response

    def _other_language(self) -> str:
        query = QueryParams({**self.request.query_params, "lang": "es" if self.language == "en" else "en"})
        return f"{self.request.url.path}?{query}"


@asynccontextmanager
async def open_counter(request: Request) -> AsyncIterator[Counter]:
    """Yield the booking page of the address's business; raises 404 where there is none or its owner wants none."""
    async with open_business(request) as (context, connection, business):
        if not business.booking.public_page:
            raise HTTPException(404)
        language = choose_language(request, business.language)
        # For what the words do not hold: prices are written as the page's language writes them.
        use_language(language)
        yield Counter(request, context, connection, business, context.clock.now(), language)


@asynccontextmanager
async def open_business(request: Request) -> AsyncIterator[tuple[Context, Connection, Business]]:
    """Yield a transaction of the business that an address names; raises 404 where there is none."""
    context: Context = request.app.state.context
    slug = request.path_params["slug"]
    # PostgreSQL has no NUL in its texts.
    found = await businesses.find_business(context.pool, slug) if _may_be_slug(slug) else None
    if found is None:
        raise HTTPException(404)
    async with business_transaction(context.pool, found) as connection:
        version = await businesses.load_version(connection, found)
        yield context, connection, await context.business(connection, found, version)


def _may_be_slug(slug: str) -> bool:
    return slug.isprintable() and len(slug) <= _LONGEST_SLUG
