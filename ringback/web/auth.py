"""Who is asking: passwords, sessions and their cookie, and a brake on guessing."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from urllib.parse import urlsplit

from pwdlib import PasswordHash
from starlette.requests import Request
from starlette.responses import Response

from ringback.store import page_queries, people
from ringback.store.people import SESSION_DAYS, Person, SignedIn
from ringback.workflows.context import Context

_WINDOW = timedelta(minutes=15)
_TRIES_PER_EMAIL = 5
_TRIES_PER_ADDRESS = 20
_LONGEST_PASSWORD = 1024

# One verification takes 64 MiB: a flood of sign-ins must wait in line instead of taking the machine's memory.
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class TooManyTries:
    """The brake holds this e-mail or address back."""


@dataclass(frozen=True, slots=True)
class WrongPassword:
    """No such person, or another password; which of the two is not said."""


@dataclass(frozen=True, slots=True)
class NoBusiness:
    """The password is right, and the person works for no business any more."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """Signed in; the token goes into the cookie and nowhere else."""

    token: str


SignInResult = Admitted | TooManyTries | WrongPassword | NoBusiness


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobodys_hash() -> str:
    """Verified for an unknown e-mail, so that it takes as long as a known one."""
    return _hasher().hash("the password of nobody")


@cache
def _turnstile(_: asyncio.AbstractEventLoop) -> asyncio.Semaphore:
    return asyncio.Semaphore(_AT_ONCE)


async def sign_in(context: Context, email: str, password: str, address: str) -> SignInResult:
    """Check a password and start a session. The try counts as failed until the password proves right."""
    now = context.clock.now()
    email = email.strip()[:320]
    # The address comes first: one that is held back must not use up the tries of somebody's e-mail.
    sources = {f"address:{address}": _TRIES_PER_ADDRESS, f"email:{email.lower()}": _TRIES_PER_EMAIL}
    async with context.pool.acquire() as connection, connection.transaction():
        for source, limit in sources.items():
            if not await page_queries.claim_try(connection, source, limit, now - _WINDOW, now):
                return TooManyTries()
    person = await people.find_person(context.pool, email)
    if not await _is_right(password, person) or person is None:
        return WrongPassword()
    async with context.pool.acquire() as connection, connection.transaction():
        for source in sources:
            await page_queries.take_back_try(connection, source, now)
        business_id = await people.first_business(connection, person.person_id)
        if business_id is None:
            return NoBusiness()
        return Admitted(await people.start_session(connection, person.person_id, business_id, now))


async def _is_right(password: str, person: Person | None) -> bool:
    async with _turnstile(asyncio.get_running_loop()):
        return await asyncio.to_thread(_verify, password, person)


def _verify(password: str, person: Person | None) -> bool:
    stored = person.password_hash if person else _nobodys_hash()
    return _hasher().verify(password[:_LONGEST_PASSWORD], stored)


def is_https(request: Request, context: Context) -> bool:
    """Return whether the browser speaks to us over TLS, perhaps through a proxy that ends it."""
    public = urlsplit(context.public_url)
    if request.headers.get("host") == public.netloc:
        return public.scheme == "https"
    return request.url.scheme == "https"


def cookie_name(secure: bool) -> str:
    """Return the cookie's name; browsers bind the prefixed one to this host and to TLS."""
    return "__Host-ringback" if secure else "ringback"


def read_token(request: Request, context: Context) -> str | None:
    """Return the session token of a request."""
    return request.cookies.get(cookie_name(is_https(request, context)))


async def find_signed_in(request: Request, context: Context) -> SignedIn | None:
    """Return whose request this is, or None where nobody is signed in."""
    token = read_token(request, context)
    if token is None:
        return None
    return await people.find_session(context.pool, token, context.clock.now())


def set_cookie(response: Response, token: str, secure: bool) -> None:
    """Let the browser keep the session."""
    response.set_cookie(
        cookie_name(secure),
        token,
        max_age=SESSION_DAYS * 24 * 3600,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


async def sign_out(context: Context, response: Response, token: str, secure: bool) -> None:
    """End the session here and in the browser."""
    await people.end_session(context.pool, token)
    response.delete_cookie(cookie_name(secure), path="/", secure=secure, httponly=True, samesite="lax")
