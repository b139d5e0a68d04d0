"""The set-up wizard in tests: an empty installation, a pretend phone company, and Twilio played by it."""

from dataclasses import dataclass, replace

import httpx2

from ringback.ports import HttpRequest, HttpResponse
from ringback.store import set_up
from ringback.wiring.http import OutgoingHttp
from ringback.workflows.context import Context
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN
from tests.web.pages_cast import COOKIE, Site

TWILIO = "https://api.twilio.com"
PASSWORD = "three brown harbors"
CREDENTIALS = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN}


@dataclass
class Bridge:
    """The network of a test: Twilio's address leads to the phone company in the box."""

    company_url: str
    http: OutgoingHttp

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Make the request where it leads here."""
        return await self.http.send(replace(request, url=request.url.replace(TWILIO, self.company_url)))


@dataclass
class Newcomer:
    """Somebody who sets a business up, by nothing but what pages offer."""

    site: Site
    browser: httpx2.AsyncClient

    async def get(self, step: str) -> str:
        """Return a page of the set-up."""
        answer = await self.browser.get(f"/set-up/{step}")
        assert answer.status_code == 200, answer.text
        return answer.text

    async def post(self, step: str, **fields: str) -> httpx2.Response:
        """Send a form of the set-up."""
        return await self.browser.post(f"/set-up/{step}", data=fields)

    async def business(self, **changes: str) -> httpx2.Response:
        """Fill in the first step."""
        given = {"name": "Harbor Dental", "trade": "dental", "country": "US", "zone": "America/Chicago"}
        return await self.post("business", **{**given, "language": "en", **changes})


async def welcome_key(context: Context) -> str:
    """Return the key that an empty installation prints."""
    key = await set_up.make_welcome_key(context.pool, context.clock.now())
    assert key is not None
    return key


async def newcomer(site: Site) -> Newcomer:
    """Return the first owner of an empty installation, signed in."""
    browser = await site.visitor()
    key = await welcome_key(site.context)
    form = {"name": "Olga", "email": "olga@harbor.example", "password": PASSWORD}
    answer = await browser.post(f"/welcome/{key}", data=form)
    assert (answer.status_code, answer.headers.get("location")) == (303, "/set-up/business"), answer.text
    assert COOKIE in browser.cookies
    return Newcomer(site, browser)
