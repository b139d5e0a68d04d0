"""Pages for people who are not signed in: links they were sent, a forgotten password, a shared desk."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from ringback.web.pages.language import choose_language
from ringback.web.pages.rendering import html
from ringback.web.pages.visits import refuse_strangers
from ringback.web.words import use_language
from ringback.workflows.context import Context

PublicEndpoint = Callable[[Request, Context], Awaitable[Response]]


def public_route(path: str, endpoint: PublicEndpoint, method: str = "GET") -> Route:
    """Return a route that everybody may ask for, in the language of their browser."""

    async def handle(request: Request) -> Response:
        context: Context = request.app.state.context
        use_language(choose_language(request, "en"))
        if request.method not in ("GET", "HEAD"):
            refuse_strangers(request, context)
        return await endpoint(request, context)

    return Route(path, handle, methods=[method])


def sentence_page(title: Any, sentence: Any, status: int = 200, **more: Any) -> Response:
    """Return a page that says one thing and where to go on; `link` and `link_words` name the way."""
    values = {"title": title, "sentence": sentence, "link": "/sign-in", "link_words": None, **more}
    return html("people/sentence.html", values, status)
