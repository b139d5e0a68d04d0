"""Signing in and out."""

from typing import assert_never

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store.people import SignedIn
from ringback.web import auth
from ringback.web.devices import device_of, find_desk
from ringback.web.live import Feed
from ringback.web.pages.forms import read_form
from ringback.web.pages.language import choose_language
from ringback.web.pages.rendering import html
from ringback.web.pages.visits import refuse_strangers
from ringback.web.words import use_language
from ringback.workflows.context import Context

TOO_MANY_TRIES = phrase("Too many tries. Wait 15 minutes, then try again. Nothing was changed.")
_WRONG = phrase("That e-mail and password do not belong together. Check both and try again.")
_NO_BUSINESS = phrase("You do not work for any business here any more. Ask its owner to let you in.")


async def show_sign_in(request: Request) -> Response:
    """Show the form, or go on where somebody is signed in already. At a shared desk, people switch by PIN first."""
    context: Context = request.app.state.context
    use_language(choose_language(request, "en"))
    after = safe_path(request.query_params.get("next", "/"))
    if await auth.find_signed_in(request, context) is not None:
        return RedirectResponse(after, 303)
    here = await find_desk(request, context)
    # A password may still be wanted there: for what a PIN is too weak for.
    if here is not None and "own" not in request.query_params:
        return RedirectResponse("/desk", 303)
    return sign_in_form(after)


async def sign_in(request: Request) -> Response:
    """Check e-mail and password, and go on to the page that was asked for."""
    context: Context = request.app.state.context
    use_language(choose_language(request, "en"))
    refuse_strangers(request, context)
    form = await read_form(request)
    email, after = form.get("email", ""), safe_path(form.get("next", "/"))
    address, device = auth.address_of_client(request), await device_of(request, context)
    result = await auth.sign_in(context, email, form.get("password", ""), address, device)
    return await answer_sign_in(request, result, after, email)


async def answer_sign_in(
    request: Request, result: auth.SignInResult, after: str, email: str = "", wrong: Phrase = _WRONG
) -> Response:
    """Let somebody in, or say why not beside what they typed."""
    match result:
        case auth.Admitted(token):
            response = RedirectResponse(after, 303)
            await auth.admit(request.app.state.context, request, response, token)
            return response
        case auth.TooManyTries():
            return sign_in_form(after, email, TOO_MANY_TRIES, 429)
        case auth.WrongPassword():
            return sign_in_form(after, email, wrong, 401)
        case auth.NoBusiness():
            return sign_in_form(after, email, _NO_BUSINESS, 403)
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


def sign_in_form(after: str, email: str = "", trouble: Phrase | None = None, status: int = 200) -> Response:
    """Return the page with the form."""
    return html("sign_in.html", {"after": after, "email": email, "trouble": trouble}, status)


def safe_path(text: str) -> str:
    """Return a path of ours, or "/": `//host` and `/\\host` would lead away."""
    is_ours = text.startswith("/") and not text.startswith(("//", "/\\")) and text.isprintable()
    return text if is_ours and not text.startswith("/sign-") else "/"
