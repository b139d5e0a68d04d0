"""Every route is tried by everybody: strangers, each role, and the owner of the rival business with Harbor's ids."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import httpx2
import pytest
from starlette.routing import Mount, Route

from ringback.store.db import business_transaction
from ringback.web.pages.roles import Role
from ringback.web.pages.visits import PageRoute
from ringback.web.site import ROUTES
from ringback.workflows.context import Context
from tests.cast import harbor, rex
from tests.fixtures import Shops
from tests.patience import PATIENCE_SECONDS
from tests.store.stock import BUSINESS_TABLES, Stock, dump_rows, stock
from tests.web.pages_cast import COOKIE, Site, running_site

# Routes that nobody signs in for, and why each may stand open.
OPEN_TO_ALL = {
    "/static": "files that are the same for everybody",
    "/sign-in": "where one signs in",
    "/sign-out": "ends the session that it is sent with",
    "/sign-in/passkey/challenge": "where one signs in",
    "/sign-in/passkey": "where one signs in",
    "/sign-in/help": "where one asks for a link to a new password",
    "/sign-in/reset": "the link that was mailed, which nobody can guess",
    "/invitation": "the link of an invitation, which nobody can guess",
    "/desk": "a shared desk knows its device by a cookie, and its people by their PIN",
    "/desk/lock": "locks the device that asks for it",
    "/welcome/{key}": "the first address of an empty installation, which nobody can guess",
    "/manifest.webmanifest": "what a phone needs to install the app",
    "/sw.js": "the service worker, the same for everybody",
    "/offline": "what is shown without a network",
    "/notices/seen": "a device says that it showed a notice, with the token it was pushed",
    "/book/{slug}": "the booking page",
    "/book/{slug}/openings": "the booking page",
    "/book/{slug}/details": "the booking page",
    "/book/{slug}/read-back": "the booking page",
    "/book/{slug}/bookings": "the booking page",
    "/book/{slug}/bookings/{token}": "the link of one booking, which nobody can guess",
    "/book/{slug}/bookings/{token}/calendar.ics": "the link of one booking",
    "/book/{slug}/bookings/{token}/cancellation": "the link of one booking",
    "/book/{slug}/bookings/{token}/opening": "the link of one booking",
    "/p/{slug}/sms-consent": "reviewers of the carriers and callers read it",
    "/p/{slug}/privacy": "reviewers of the carriers and callers read it",
    "/p/{slug}/terms": "reviewers of the carriers and callers read it",
    "/feeds/{slug}/{token}.ics": "the calendar feed, at an address nobody can guess",
}
# What an address holds besides ids, and a value that leads somewhere.
VALUES = {"position": "0", "kind": "spam", "mark": "spam", "number": "1", "step": "pages", "key": "1", "service": "new"}
# Streams never end by themselves; tests/web/test_pages_live.py is about them.
STREAMS = frozenset({"/events"})
# Looking leaves these traces, and no others.
TRACES = frozenset({"sessions", "thread_reads"})
PAGES = [route for route in ROUTES if isinstance(route, PageRoute)]


@dataclass(frozen=True)
class Crowd:
    """The served pages, both businesses stocked alike, and an id of Harbor's for each name that an address may hold."""

    site: Site
    ours: Stock
    theirs: Stock
    ids: dict[str, str]

    async def rows(self) -> list[str]:
        """Return all that is Harbor's but the traces of looking."""
        async with business_transaction(self.site.context.pool, self.ours.business_id) as connection:
            found = await dump_rows(connection, self.ours.business_id)
        return [row for row in found if row.split(maxsplit=1)[0] not in TRACES]

    def address(self, route: Route) -> str:
        """Return the route's address with Harbor's ids in it."""
        path = route.path.replace(":int}", "}").replace(":path}", "}")
        return path.format(**self.ids)


@pytest.fixture
async def crowd(context: Context) -> AsyncIterator[Crowd]:
    ours, theirs = await stock(context.pool, harbor(), "harbor"), await stock(context.pool, rex(), "rival")
    async with running_site(context, Shops(ours.business, theirs.business)) as site:
        yield Crowd(site, ours, theirs, await _ids(context, ours))


async def _ids(context: Context, ours: Stock) -> dict[str, str]:
    """An id of Harbor's for every column that is named like one."""
    ids = dict(VALUES)
    async with business_transaction(context.pool, ours.business_id) as connection:
        for (table,) in await connection.fetch(BUSINESS_TABLES):
            row = await connection.fetchrow(f"select * from {table} where business_id = $1 limit 1", ours.business_id)
            for name, value in (row or {}).items():
                if name.endswith("_id") and value is not None:
                    ids.setdefault(name, str(value))
    passkey = await context.pool.fetchval("select passkey_id from passkeys where person_id = $1", ours.person_id)
    known = {"thread_id": str(ours.thread_id), "message_id": str(ours.accepted_id), "passkey_id": str(passkey)}
    return ids | known


async def _try(client: httpx2.AsyncClient, route: Route, crowd: Crowd) -> httpx2.Response:
    method = next(iter((route.methods or {"GET"}) - {"HEAD"}))
    # A form with an id of Harbor's in every field a form may have: whichever the page reads, it is not the rival's.
    fields = crowd.ids if method != "GET" else None
    return await client.request(method, crowd.address(route), data=fields)


def _methods() -> Iterator[PageRoute]:
    yield from (route for route in PAGES if route.path not in STREAMS)


def test_every_route_asks_who_one_is_or_says_why_it_does_not() -> None:
    paths = {route.path for route in ROUTES if isinstance(route, (Route, Mount)) and not isinstance(route, PageRoute)}

    assert paths == OPEN_TO_ALL.keys()


async def test_every_address_can_be_tried(crowd: Crowd) -> None:
    unknown = {
        route.path: sorted(missing)
        for route in PAGES
        if (missing := {name for name in route.param_convertors if name not in crowd.ids})
    }

    assert unknown == {}


async def test_strangers_are_sent_to_sign_in_and_change_nothing(crowd: Crowd) -> None:
    before = await crowd.rows()
    stranger = await crowd.site.visitor()

    answers = {(route.path, *(route.methods or ())): await _try(stranger, route, crowd) for route in _methods()}

    assert {where: said.status_code for where, said in answers.items() if said.status_code != 303} == {}
    assert [where for where, said in answers.items() if not said.headers["location"].startswith("/sign-in")] == []
    assert await crowd.rows() == before


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_does_what_it_may_and_nothing_else(crowd: Crowd, role: Role) -> None:
    person = await crowd.site.visitor(crowd.ours.business, role=role.name.lower(), name=role.name.title())
    forbidden = [route for route in _methods() if route.least > role]
    looked_at = [route for route in _methods() if route.least <= role and "GET" in (route.methods or ())]
    before = await crowd.rows()

    refused = {route.path: (await _try(person, route, crowd)).status_code for route in forbidden}
    shown = {route.path: (await _try(person, route, crowd)).status_code for route in looked_at}

    assert {path: status for path, status in refused.items() if status != 403} == {}
    assert {path: status for path, status in shown.items() if status >= 500} == {}
    assert await crowd.rows() == before


@pytest.mark.parametrize("role", [Role.STAFF, Role.OWNER, Role.AGENCY])
async def test_the_rival_reads_nothing_of_harbor_and_changes_nothing(crowd: Crowd, role: Role) -> None:
    rival = await crowd.site.visitor(crowd.theirs.business, role=role.name.lower(), name="Rex")
    before = await crowd.rows()

    answers = {(route.path, *(route.methods or ())): await _try(rival, route, crowd) for route in _methods()}

    assert {where: said.status_code for where, said in answers.items() if said.status_code >= 500} == {}
    assert [where for where, said in answers.items() if "harbor" in said.text.lower()] == []
    assert await crowd.rows() == before


async def test_a_request_from_another_site_changes_nothing(crowd: Crowd) -> None:
    olga = await crowd.site.visitor(crowd.ours.business, role="agency")
    before = await crowd.rows()
    headers = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    token = olga.cookies[COOKIE]
    async with httpx2.AsyncClient(
        base_url=crowd.site.url, cookies={COOKIE: token}, headers=headers, timeout=PATIENCE_SECONDS
    ) as elsewhere:
        changing = [route for route in _methods() if "POST" in (route.methods or ())]
        statuses = {route.path: (await _try(elsewhere, route, crowd)).status_code for route in changing}

    assert {path: status for path, status in statuses.items() if status != 403} == {}
    assert await crowd.rows() == before
