"""A forgotten password: a link by mail, and the page it leads to."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store import members, people, sign_in_tokens
from ringback.store.people import Person
from ringback.store.sign_in_tokens import Opens, TokenPurpose
from ringback.web import auth
from ringback.web.pages.forms import read_form
from ringback.web.pages.rendering import html
from ringback.web.pages.signing import TOO_MANY_TRIES
from ringback.web.people.fields import email_trouble
from ringback.web.people.own import end_streams, security_letter
from ringback.web.people.passwords import password_trouble
from ringback.web.people.public import sentence_page
from ringback.web.words import say
from ringback.workflows.context import Context
from ringback.workflows.invitations import make_reset, reset_password, works_only_there
from ringback.workflows.mail import Mail, enqueue_mail

_LETTERS_PER_EMAIL, _LETTERS_PER_ADDRESS = 3, 10


async def show_help(request: Request, context: Context) -> Response:
    """Ask for the e-mail address."""
    del request
    return _help_page(context)


async def send_link(request: Request, context: Context) -> Response:
    """Mail a link where the address is somebody's; say the same in any case."""
    email = (await read_form(request)).get("email", "").strip()
    trouble = email_trouble(email)
    if trouble is not None:
        return _help_page(context, email, trouble, 422)
    now, address = context.clock.now(), auth.address_of_client(request)
    sources = {f"help:{address}": _LETTERS_PER_ADDRESS, f"help:{email.lower()}": _LETTERS_PER_EMAIL}
    if not await auth.may_try(context, sources, now):
        return _help_page(context, email, TOO_MANY_TRIES, 429)
    async with context.pool.acquire() as connection, connection.transaction():
        person = await people.find_person(connection, email)
        # For an unknown address a token is made all the same, so that the answer takes as long.
        token = await make_reset(connection, person.person_id if person else None, now)
        if person is not None:
            await enqueue_mail(connection, context.sealer, _letter(context, person, token), now)
    return sentence_page(
        phrase("Look into your mail"),
        phrase(
            "If somebody signs in here with this address, a link to a new password is on its way. It works for an "
            "hour. No mail? Ask an owner of your business to make you a link."
        ),
    )


def _help_page(context: Context, email: str = "", trouble: Phrase | None = None, status: int = 200) -> Response:
    values = {"email": email, "trouble": trouble, "sends_mail": context.mailer is not None}
    return html("people/help.html", values, status)


def _letter(context: Context, person: Person, token: str) -> Mail:
    text = phrase(
        "Hello %(name)s,\n\nopen this link within an hour to set a new password for Ringback. It works once:\n"
        "%(link)s\n\nYou did not ask for this? Then leave it: your password stays as it is.",
        name=person.name,
        link=f"{context.public_url}/sign-in/reset?key={token}",
    )
    return Mail(person.email, say(phrase("A new password for Ringback")), say(text))


async def show_reset(request: Request, context: Context) -> Response:
    """Ask for the new password."""
    key = request.query_params.get("key", "")
    person = await _whose(context, key)
    return _gone() if person is None else _reset_page(key, person)


async def reset(request: Request, context: Context) -> Response:
    """Set the new password, and end every session, passkey and PIN there was."""
    form = await read_form(request)
    key, password = form.get("key", ""), form.get("password", "")
    person = await _whose(context, key)
    if person is None:
        return _gone()
    mine = await members.list_businesses(context.pool, person.person_id)
    trouble = password_trouble(password, person.email, person.name, *(one["name"] for one in mine))
    if trouble is not None:
        return _reset_page(key, person, trouble, 422)
    hashed, now = await auth.hash_secret(password), context.clock.now()
    async with context.pool.acquire() as connection, connection.transaction():
        # Of two who use the link at the same time, one is too late.
        opens = await sign_in_tokens.use_token(connection, key, now)
        if opens is None:
            return _gone()
        ended = await reset_password(connection, person, hashed, now)
        if context.mailer is not None:
            letter = security_letter(person, phrase("Your password was set anew."))
            await enqueue_mail(connection, context.sealer, letter, now)
    auth.note_sign_in("reset", "changed", auth.address_of_client(request), person.person_id)
    end_streams(request, *ended)
    return sentence_page(
        phrase("Your new password is set"),
        phrase("You are signed out everywhere. Passkeys and PINs are gone: add them again when you are in."),
        link_words=phrase("Sign in"),
    )


async def _whose(context: Context, key: str) -> Person | None:
    opens = await sign_in_tokens.find_token(context.pool, key[:200], context.clock.now())
    if opens is None or opens.purpose != TokenPurpose.RESET or opens.person_id is None:
        return None
    return await _person(context, opens, opens.person_id)


async def _person(context: Context, opens: Opens, person_id: UUID) -> Person | None:
    async with context.pool.acquire() as connection, connection.transaction():
        # An owner's link stops working once its person belongs to another business too.
        if opens.business_id is not None and not await works_only_there(connection, person_id, opens.business_id):
            return None
        return await members.load_person(connection, person_id)


def _reset_page(key: str, person: Person, trouble: Phrase | None = None, status: int = 200) -> Response:
    return html("people/reset.html", {"key": key, "person": person, "trouble": trouble}, status)


def _gone() -> Response:
    return sentence_page(
        phrase("This link does not work any more"),
        phrase("It was used or is too old. Ask for a new one."),
        410,
        link="/sign-in/help",
        link_words=phrase("Ask for a new link"),
    )
