"""A signed-in person's request: whose it is, and everything it reads in one transaction of their business."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote
from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from ringback.domain.business import Business
from ringback.domain.phrases import phrase
from ringback.store import alarms, businesses
from ringback.store.audit import Change, add_entry
from ringback.store.db import Connection, business_transaction
from ringback.store.dialog_queries import list_open_alerts
from ringback.store.feed import Position, current_position
from ringback.store.page_queries import count_waiting
from ringback.store.people import SignedIn
from ringback.web.auth import find_signed_in, session_mark
from ringback.web.pages.language import choose_language
from ringback.web.pages.places import places_for
from ringback.web.pages.rendering import html
from ringback.web.pages.roles import Role, role_of
from ringback.web.security import is_from_own_page
from ringback.web.words import current_language, use_language
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context


@dataclass(frozen=True, slots=True)
class Desk:
    """One transaction that sees one business. `position` was taken first: every later change reaches the live feed."""

    connection: Connection
    business: Business
    now: datetime
    position: Position

    @property
    def business_id(self) -> UUID:
        """Return whose rows these are."""
        return self.business.business_id


@dataclass(frozen=True, slots=True)
class Visit:
    """A request by someone who is signed in."""

    request: Request
    context: Context
    signed_in: SignedIn

    @property
    def business_id(self) -> UUID:
        """Return the business this session is for."""
        return self.signed_in.business_id

    @property
    def who(self) -> Who:
        """Return who it is that changes something here."""
        return Who(self.signed_in.name, self.signed_in.person_id)

    @asynccontextmanager
    async def desk(self) -> AsyncIterator[Desk]:
        """Yield a transaction that sees this person's business and no other."""
        async with business_transaction(self.context.pool, self.business_id) as connection:
            position = await current_position(connection)
            version = await businesses.load_version(connection, self.business_id)
            business = await self.context.business(connection, self.business_id, version)
            yield Desk(connection, business, self.context.clock.now(), position)

    def path_id(self, name: str) -> UUID:
        """Return an id from the address; what is no id leads nowhere."""
        try:
            return UUID(self.request.path_params[name])
        except ValueError:
            raise HTTPException(404) from None

    async def page(self, desk: Desk, template: str, status: int = 200, **values: Any) -> Response:
        """Return a whole page with its frame: navigation, alarms and the live feed from `desk.position` on."""
        return html(template, {**await self.frame(desk), **values}, status)

    async def note(self, desk: Desk, change: Change) -> None:
        """Write down that this person has changed something."""
        await add_entry(desk.connection, desk.business_id, self.who.name, change, desk.now, self.who.person_id)

    async def frame(self, desk: Desk) -> dict[str, Any]:
        """Return what every template of a signed-in page may use."""
        return {
            "signed_in": self.signed_in,
            "places": places_for(role_of(self.signed_in)),
            "business": desk.business,
            "now": desk.now,
            "marker": f"{desk.position}.{int(desk.now.timestamp())}",
            "here": address_of(self.request),
            "waiting": await count_waiting(desk.connection, desk.business_id),
            "alerts": await list_open_alerts(desk.connection, desk.business_id),
            "alarms": await alarms.list_alarms(desk.connection, desk.business_id),
        }


Endpoint = Callable[[Visit], Awaitable[Response]]


_REFUSALS = {
    Role.STAFF: phrase("You may look at everything here, but not change it. Ask the owner."),
    Role.OWNER: phrase("Only the owner of this business can do that."),
    Role.AGENCY: phrase("Only the agency that looks after this business can do that."),
}


class PageRoute(Route):
    """A page behind the sign-in. `least` is the role it asks for at least; the tests try every other one on it."""

    def __init__(self, path: str, endpoint: Endpoint, method: str, least: Role) -> None:
        super().__init__(path, _behind_sign_in(endpoint, least), methods=[method])
        self.least = least


def page_route(path: str, endpoint: Endpoint, method: str = "GET", least: Role | None = None) -> PageRoute:
    """Return the route of a page. Everybody who works here may look at most pages; viewers change nothing."""
    return PageRoute(path, endpoint, method, least or (Role.VIEWER if method == "GET" else Role.STAFF))


def _behind_sign_in(endpoint: Endpoint, least: Role) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        context: Context = request.app.state.context
        use_language(choose_language(request, "en"))
        if request.method not in ("GET", "HEAD"):
            refuse_strangers(request, context)
        signed_in = await find_signed_in(request, context)
        if signed_in is None:
            return _ask_to_sign_in(request)
        use_language(signed_in.language or current_language())
        if role_of(signed_in) < least:
            raise HTTPException(403, _REFUSALS[least])
        response = await endpoint(Visit(request, context, signed_in))
        # By this the service worker knows whose copy it keeps, and forgets it when somebody else signs in.
        response.headers["x-who"] = session_mark(request, context)
        return response

    return handle


def refuse_strangers(request: Request, context: Context) -> None:
    """Raise 403 unless this request was made by one of our own pages."""
    if not is_from_own_page(request, context.public_url):
        raise HTTPException(
            403, "This came from another site, so nothing was changed. Open the page here and try again."
        )


def _ask_to_sign_in(request: Request) -> Response:
    if "hx-request" in request.headers or "text/event-stream" in request.headers.get("accept", ""):
        # Following a redirect would put the sign-in page in the middle of what the person was writing.
        raise HTTPException(
            401, "You have been signed out. What you typed is still here: sign in again in another tab."
        )
    if request.method not in ("GET", "HEAD"):
        return RedirectResponse("/sign-in", 303)
    return RedirectResponse(f"/sign-in?next={quote(address_of(request), safe='')}", 303)


def address_of(request: Request) -> str:
    """Return path and query, as a link would name this page."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
