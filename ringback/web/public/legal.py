"""The pages that carriers ask a business for: how callers agree to texts, privacy, and terms; open to everybody."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringback.domain.business import Business
from ringback.domain.registration_campaign import sample_text
from ringback.domain.registration_pages import Page, emphasised, write_page
from ringback.store import registration
from ringback.web.pages.language import asked_language, choose_language
from ringback.web.pages.rendering import html
from ringback.web.public.counter import open_business
from ringback.workflows.context import Context


def legal_address(slug: str, page: Page) -> str:
    """Return where a public page of a business is, below the address of this installation."""
    return f"/p/{quote(slug)}/{page.value}"


def site_of(context: Context, business: Business) -> str:
    """Return what the addresses of a business's public pages begin with, as the world sees them."""
    return f"{context.public_url}/p/{quote(business.slug)}"


def _showing(page: Page) -> Callable[[Request], Awaitable[Response]]:
    async def show(request: Request) -> Response:
        return await show_page(request, page)

    return show


async def show_page(request: Request, page: Page) -> Response:
    """Show one page, and keep its words under their version the first time; raises 404 where its owner wants none."""
    async with open_business(request) as (context, connection, business):
        kept = await registration.load_kept(connection, business.business_id)
        if not kept.extras.pages_on:
            raise HTTPException(404)
        language = choose_language(request, business.language)
        written = write_page(page, business, kept.extras, language, sample_text(business, language))
        since = await registration.keep_version(connection, business.business_id, written.shown, context.clock.now())
        chosen = asked_language(request)
        asked = f"?lang={chosen}" if chosen else ""
        values = {
            "business": business,
            "now": context.clock.now(),
            "language": language,
            "written": written,
            "since": since,
            "emphasised": emphasised,
            "other_language": f"{request.url.path}?lang={'es' if language == 'en' else 'en'}",
            "pages": {one.value: legal_address(business.slug, one) + asked for one in Page},
        }
        response = html("public/legal_page.html", values)
        response.headers["vary"] = "Accept-Language"
        return response


ROUTES = [Route(f"/p/{{slug}}/{page.value}", _showing(page), methods=["GET"]) for page in Page]
