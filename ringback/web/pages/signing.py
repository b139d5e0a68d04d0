"""Signing in and out."""

from typing import assert_never

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringback.store.people import SignedIn
from ringback.web import auth
from ringback.web.live import Feed
from ringback.web.pages.forms import read_form
from ringback.web.pages.rendering import html
from ringback.web.pages.visits import refuse_strangers
from ringback.workflows.context import Context


async def show_sign_in(request: Request) -> Response:
    """Show the form, or go on where somebody is signed in already."""
    after = _safe_path(request.query_params.get("next", "/"))
    if await auth.find_signed_in(request, request.app.state.context) is not None:
        return RedirectResponse(after, 303)
    return _form(after)


async def sign_in(request: Request) -> Response:
    """Check e-mail and password, and go on to the page that was asked for."""
    context: Context = request.app.state.context
    refuse_strangers(request, context)
    form = await read_form(request)
    email, after = form.get("email", ""), _safe_path(form.get("next", "/"))
    address = request.client.host if request.client else "unknown"
    result = await auth.sign_in(context, email, form.get("password", ""), address)
    match result:
        case auth.Admitted(token):
            return await _admit(request, context, token, after)
        case auth.TooManyTries():
            return _form(after, email, "too_many_tries", 429)
        case auth.WrongPassword():
            return _form(after, email, "wrong_password", 401)
        case auth.NoBusiness():
            return _form(after, email, "no_business", 403)
    assert_never(result)


async def sign_out(request: Request) -> Response:
    """End the session, and with it its live streams."""
    context: Context = request.app.state.context
    refuse_strangers(request, context)
    response = RedirectResponse("/sign-in", 303)
    signed_in: SignedIn | None = await auth.find_signed_in(request, context)
    token = auth.read_token(request, context)
    if token is not None and signed_in is not None:
        await auth.sign_out(context, response, token, auth.is_https(request, context))
        feed: Feed = request.app.state.feed
        feed.wake(signed_in.business_id)
    return response


async def _admit(request: Request, context: Context, token: str, after: str) -> Response:
    response = RedirectResponse(after, 303)
    secure = auth.is_https(request, context)
    old = auth.read_token(request, context)
    if old is not None:
        await auth.sign_out(context, response, old, secure)
        del response.headers["set-cookie"]
    auth.set_cookie(response, token, secure)
    return response


def _form(after: str, email: str = "", trouble: str | None = None, status: int = 200) -> Response:
    return html("sign_in.html", {"after": after, "email": email, "trouble": trouble}, status)


def _safe_path(text: str) -> str:
    """Only a path of ours: `//host` and `/\\host` would lead away."""
    is_ours = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if is_ours and not text.startswith("/sign-") else "/"
