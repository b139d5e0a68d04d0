"""The first owner of an empty installation: whoever has the address that it printed when it was started."""

from datetime import datetime

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ringback.domain.caller_names import visible
from ringback.domain.phrases import Phrase, phrase
from ringback.store import set_up
from ringback.store.ids import new_id
from ringback.store.people import Person
from ringback.web import auth
from ringback.web.devices import device_of
from ringback.web.pages.forms import read_form
from ringback.web.pages.rendering import html
from ringback.web.pages.signing import TOO_MANY_TRIES
from ringback.web.people.fields import email_trouble, name_trouble
from ringback.web.people.passwords import password_trouble
from ringback.web.wizard.guesses import guess_country, guess_zone
from ringback.web.words import current_language, say
from ringback.workflows.context import Context
from ringback.workflows.first_steps import Place, welcome

# Of 256 random bits nobody guesses one; this keeps the guessing from costing us anything.
_TRIES = 60
_GONE = phrase(
    "This address has been used, or somebody can sign in here already. Sign in; or start `ringback serve` again, which "
    "prints a new address while nobody can."
)


async def show_welcome(request: Request, context: Context) -> Response:
    """Ask for the first owner's name, e-mail and password, where the key is good."""
    await _refuse_used(request, context)
    return _form({"name": "", "email": ""}, {})


async def make_owner(request: Request, context: Context) -> Response:
    """Make the first owner with a business to set up, and lead on to it."""
    await _refuse_used(request, context)
    form = await read_form(request)
    name, email, password = visible(form.get("name", "")), form.get("email", "").strip(), form.get("password", "")
    troubles = _troubles_with(name, email, password)
    if troubles:
        return _form({"name": name, "email": email}, troubles, 422)
    person = Person(new_id(), email, name, await auth.hash_secret(password))
    token = await _welcome(request, context, person)
    if token is None:
        raise HTTPException(404, _GONE)
    response = RedirectResponse("/set-up/business", 303)
    await auth.admit(context, request, response, token)
    return response


async def _refuse_used(request: Request, context: Context) -> None:
    # Before anything else is read or hashed: strangers must not keep us busy here.
    sources = {f"welcome:{auth.address_of_client(request)}": _TRIES}
    if not await auth.may_try(context, sources, _now(context)):
        raise HTTPException(429, TOO_MANY_TRIES)
    if not await set_up.is_welcome(context.pool, request.path_params["key"]):
        raise HTTPException(404, _GONE)


async def _welcome(request: Request, context: Context, person: Person) -> str | None:
    country, now = guess_country(request), _now(context)
    place = Place(say(phrase("Your business")), guess_zone(country), country, current_language())
    device = await device_of(request, context)
    async with context.pool.acquire() as connection, connection.transaction():
        return await welcome(connection, request.path_params["key"], person, place, device, now)


def _now(context: Context) -> datetime:
    return context.clock.now()


def _troubles_with(name: str, email: str, password: str) -> dict[str, Phrase]:
    found = {
        "name": name_trouble(name),
        "email": email_trouble(email),
        "password": password_trouble(password, email, name),
    }
    return {field: trouble for field, trouble in found.items() if trouble is not None}


def _form(given: dict[str, str], troubles: dict[str, Phrase], status: int = 200) -> Response:
    return html("wizard/welcome.html", {"given": given, "troubles": troubles}, status)
