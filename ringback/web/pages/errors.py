"""Pages for what goes wrong: what happened, what was kept, what to do."""

import secrets
from collections.abc import Awaitable, Callable
from typing import Any, cast

import structlog
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from ringback.domain.phrases import phrase
from ringback.ports.sealing import CannotOpen
from ringback.web.hooks import DATABASE_TROUBLE
from ringback.web.pages.language import choose_language
from ringback.web.pages.rendering import html
from ringback.web.security import add_security_headers
from ringback.web.words import use_language

log = structlog.get_logger()

_LOCKED = phrase(
    "A secret that is kept here does not open, because its key is missing. Nothing is lost yet: whoever runs this "
    "installation finds out with `ringback secrets status` which key to put back."
)

Handler = Callable[[Request, Any], Response | Awaitable[Response]]

# These answer programs: their errors are theirs to word.
_FOR_PROGRAMS = ("/api/", "/hooks/", "/feeds/", "/healthz", "/readyz", "/metrics")
# And these strangers, who have no conversations here to go back to.
_FOR_STRANGERS = ("/book/", "/p/")


def install_errors(app: Starlette) -> None:
    """Let errors answer people with a page; programs keep the answers that were installed before."""
    handlers = cast("dict[Any, Handler]", app.exception_handlers)
    _install(app, HTTPException, _refused, handlers.get(HTTPException))
    _install(app, Exception, _broken, handlers.get(Exception) or handlers.get(500))
    _install(app, CannotOpen, _locked, handlers.get(CannotOpen))
    for trouble in DATABASE_TROUBLE:
        _install(app, trouble, _database_gone, handlers.get(trouble))


def _install(app: Starlette, kind: type[Exception], answer: Handler, before: Handler | None) -> None:
    async def handle(request: Request, error: Exception) -> Response:
        chosen = answer
        if request.url.path.startswith(_FOR_PROGRAMS):
            chosen = before or _plain
        response = chosen(request, error)
        return response if isinstance(response, Response) else await response

    app.add_exception_handler(kind, handle)


def _plain(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)
    if isinstance(error, DATABASE_TROUBLE):
        return PlainTextResponse("The database does not answer. Try again.\n", 503, {"retry-after": "5"})
    # The API's gate words its own answer; both lines of the log belong together by their time.
    return PlainTextResponse(f"Something went wrong here. Reference: {_log_failure(request, error)}\n", 500)


def _refused(request: Request, error: HTTPException) -> Response:
    # A bare 404 carries the protocol's phrase, which says nothing to a person.
    is_own = error.detail and not error.detail.istitle() and error.detail.endswith(".")
    return _page(request, error.status_code, error.detail if is_own else None, error.headers)


def _broken(request: Request, error: Exception) -> Response:
    response = _page(request, 500, reference=_log_failure(request, error))
    # This answer is made outside all middleware.
    add_security_headers(response.headers, request.url.scheme == "https")
    return response


def _log_failure(request: Request, error: Exception) -> str:
    """Return what a person can tell us, by which the line is found; the error's own words may hold a row."""
    reference = secrets.token_hex(4)
    log.error("page_failed", path=_path_for_log(request), error=type(error).__name__, reference=reference)
    return reference


def _database_gone(request: Request, error: Exception) -> Response:
    log.error("page_without_database", path=_path_for_log(request), error=type(error).__name__)
    return _page(request, 503, None, {"retry-after": "5"})


def _locked(request: Request, error: CannotOpen) -> Response:
    # The sentence names a key and never what it opens; only the operator can put it back.
    log.error("page_without_key", path=_path_for_log(request), detail=str(error))
    return _page(request, 503, _LOCKED, {"retry-after": "60"})


def _path_for_log(request: Request) -> str:
    # What lies below a business's page may be a link that opens a booking.
    path = request.url.path
    return "/".join(path.split("/")[:4]) if path.startswith(_FOR_STRANGERS) else path


def _page(
    request: Request, status: int, sentence: str | None = None, headers: Any = None, reference: str | None = None
) -> Response:
    """A part of a page is answered by a part: the notice on top, so that what is being written stays where it is."""
    if "endpoint" not in request.scope:
        # Who asks for an address that is none was not asked for their language yet.
        use_language(choose_language(request, "en"))
    is_part = "hx-request" in request.headers
    is_change = request.method not in ("GET", "HEAD")
    if request.url.path.startswith(_FOR_STRANGERS):
        shown = {"status": status, "language": choose_language(request, "en"), "reference": reference}
        response = html("public/error.html", shown, status)
    else:
        template = "error_notice.html" if is_part else "error.html"
        words = {"status": status, "sentence": sentence, "is_change": is_change, "reference": reference}
        response = html(template, words, status)
    response.headers.update(headers or {})
    if is_part:
        response.headers.update({"hx-retarget": "#notice", "hx-reswap": "innerHTML"})
    return response
