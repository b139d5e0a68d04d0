"""Who is asking: passwords, sessions and their cookie, and a brake on guessing."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from urllib.parse import urlsplit
from uuid import UUID

import structlog
from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from starlette.requests import Request
from starlette.responses import Response

from ringback.store import page_queries, people
from ringback.store.db import Connection
from ringback.store.people import SESSION_DAYS, UNKNOWN_DEVICE, Device, SignedIn
from ringback.workflows.context import Context

log = structlog.get_logger()

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


async def sign_in(
    context: Context, email: str, password: str, address: str, device: Device = UNKNOWN_DEVICE
) -> SignInResult:
    """Check a password and start a session. The try counts as failed until the password proves right."""
    now = context.clock.now()
    email = email.strip()[:320]
    # The address comes first: one that is held back must not use up the tries of somebody's e-mail.
    sources = by_address(address) | by_email(email)
    if not await may_try(context, sources, now):
        note_sign_in("password", "held_back", address)
        return TooManyTries()
    person = await people.find_person(context.pool, email)
    if not await is_right(password, person.password_hash if person else None) or person is None:
        note_sign_in("password", "refused", address, person.person_id if person else None)
        return WrongPassword()
    note_sign_in("password", "admitted", address, person.person_id)
    async with context.pool.acquire() as connection, connection.transaction():
        await take_back(connection, sources, now)
        return await enter(connection, person.person_id, device, now)


def note_sign_in(how: str, outcome: str, address: str, person_id: UUID | None = None) -> None:
    """Write a try to sign in into the log (ASVS 16.3.1); no e-mail, which may be a password in the wrong field."""
    log.info("sign_in", how=how, outcome=outcome, address=address, person=str(person_id) if person_id else None)


async def enter(connection: Connection, person_id: UUID, device: Device, now: datetime) -> Admitted | NoBusiness:
    """Start a session for somebody who has proved who they are."""
    business_id = await people.first_business(connection, person_id)
    if business_id is None:
        return NoBusiness()
    return Admitted(await people.start_session(connection, person_id, business_id, now, device))


def by_email(email: str) -> dict[str, int]:
    """Return the brake on one person's password: its name and how many tries it has."""
    return {f"email:{email.lower()}": _TRIES_PER_EMAIL}


def by_address(address: str) -> dict[str, int]:
    """Return the brake on one network address: its name and how many tries it has."""
    return {f"address:{address}": _TRIES_PER_ADDRESS}


async def may_try(context: Context, sources: Mapping[str, int], now: datetime) -> bool:
    """Count a try for each source, `{name: limit in a quarter of an hour}`; False where one has none left."""
    async with context.pool.acquire() as connection, connection.transaction():
        for source, limit in sources.items():
            if not await page_queries.claim_try(connection, source, limit, now - _WINDOW, now):
                return False
    return True


async def take_back(connection: Connection, sources: Mapping[str, int], now: datetime) -> None:
    """Forget the tries of this instant: what was given was right."""
    for source in sources:
        await page_queries.take_back_try(connection, source, now)


async def hash_secret(secret: str) -> str:
    """Return what is stored of a password, a PIN or a code (argon2)."""
    async with _turnstile(asyncio.get_running_loop()):
        return await asyncio.to_thread(_hasher().hash, secret[:_LONGEST_PASSWORD])


async def is_right(secret: str, stored: str | None) -> bool:
    """Return whether a password, a PIN or a code is the stored one; with nothing stored it takes as long."""
    async with _turnstile(asyncio.get_running_loop()):
        found = await asyncio.to_thread(_verify, secret[:_LONGEST_PASSWORD], stored or _nobodys_hash())
    return found and stored is not None


def _verify(secret: str, stored: str) -> bool:
    try:
        return _hasher().verify(secret, stored)
    except UnknownHashError:
        # Somebody without a password: no page may fail there, or it would tell who they are.
        return False


def address_of_client(request: Request) -> str:
    """Return the network address that tries are counted for."""
    return request.client.host if request.client else "unknown"


def is_https(request: Request, context: Context) -> bool:
    """Return whether the browser speaks to us over TLS, perhaps through a proxy that ends it."""
    public = urlsplit(context.public_url)
    if request.headers.get("host") == public.netloc:
        return public.scheme == "https"
    return request.url.scheme == "https"


def cookie_name(secure: bool, name: str = "ringback") -> str:
    """Return the cookie's name; browsers bind the prefixed one to this host and to TLS."""
    return f"__Host-{name}" if secure else name


def read_token(request: Request, context: Context) -> str | None:
    """Return the session token of a request."""
    return request.cookies.get(cookie_name(is_https(request, context)))


def session_mark(request: Request, context: Context) -> str:
    """Return a few letters that stay the same for one sign-in and say nothing of it."""
    token = read_token(request, context) or ""
    return hashlib.sha256(b"mark" + token.encode()).hexdigest()[:16]


async def find_signed_in(request: Request, context: Context) -> SignedIn | None:
    """Return whose request this is, or None where nobody is signed in."""
    token = read_token(request, context)
    if token is None:
        return None
    return await people.find_session(context.pool, token, context.clock.now(), is_by_hand=_is_by_hand(request))


def _is_by_hand(request: Request) -> bool:
    """A live page asks for its changes by itself, all night long."""
    return request.method == "POST" or not ("hx-request" in request.headers or request.url.path == "/events")


def set_cookie(response: Response, token: str, secure: bool, name: str = "ringback", days: int = SESSION_DAYS) -> None:
    """Let the browser keep the session, or another token of ours."""
    response.set_cookie(
        cookie_name(secure, name),
        token,
        max_age=days * 24 * 3600,
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


async def sign_out(context: Context, response: Response, token: str, secure: bool) -> None:
    """End the session here and in the browser."""
    await people.end_session(context.pool, token)
    response.delete_cookie(cookie_name(secure), path="/", secure=secure, httponly=True, samesite="lax")


async def admit(context: Context, request: Request, response: Response, token: str) -> None:
    """Give the browser a new session; the one it had before ends."""
    old = read_token(request, context)
    if old is not None:
        await people.end_session(context.pool, old)
    set_cookie(response, token, is_https(request, context))
