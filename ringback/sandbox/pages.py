"""The test phone: two handsets and the console beside them, as one page."""

from importlib import resources

from jinja2 import Environment, PackageLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ringback.sandbox.company import Company
from ringback.sandbox.handset_view import texts_on
from ringback.sandbox.trying import STARTERS, send_starter

# A number the North American plan keeps free for fiction.
ANY_CALLER = "+13125550142"
ANY_STAFF = "+13125550111"
SHOWN_BEFORE = 60
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    # Without a referrer to itself, the page's own forms would come from nowhere, like those of a page elsewhere.
    "Referrer-Policy": "same-origin",
}
TEMPLATES = Environment(
    loader=PackageLoader("ringback.sandbox"), autoescape=select_autoescape(), trim_blocks=True, lstrip_blocks=True
)


def page_routes() -> list[BaseRoute]:
    """Return the routes of the page and its files."""
    static = StaticFiles(directory=str(resources.files("ringback.sandbox").joinpath("static")))
    return [
        Route("/", _to_phone),
        Route("/sandbox", _to_phone),
        Route("/sandbox/", _phone),
        Route("/sandbox/try", send_starter, methods=["POST"]),
        Mount("/sandbox/static", static),
    ]


async def _to_phone(request: Request) -> Response:
    return RedirectResponse("/sandbox/")


async def _phone(request: Request) -> Response:
    company: Company = request.app.state.company
    asked = request.query_params
    # A handset exists as soon as its number was used once; only named ones are worth suggesting.
    labelled = [handset for handset in company.handsets.values() if handset.label]
    first, second = _shown_first([handset.number for handset in labelled])
    caller, staff = asked.get("caller", first), asked.get("staff", second)
    page = TEMPLATES.get_template("phone.html").render(
        lines=list(company.numbers.values()),
        handsets=labelled,
        caller=caller,
        staff=staff,
        # Where no script runs, what is on the phones now is all that there is to see.
        texts={number: texts_on(company, number) for number in (caller, staff)},
        starters=STARTERS,
        now_speed=company.clock.speed,
        speeds=sorted({1, 2, 5, 20, company.clock.speed}),
        # A page opened late still shows how the last call went.
        after=max(0, company.events.last_seq - SHOWN_BEFORE),
    )
    return HTMLResponse(page, headers=HEADERS)


def _shown_first(named: list[str]) -> tuple[str, str]:
    """Return the caller's and the staff's number: the first two named handsets, or the staff's alone."""
    if len(named) > 1:
        return named[0], named[1]
    return ANY_CALLER, named[0] if named else ANY_STAFF
