"""What a browser says of itself, in words a person knows, and whether it stands on a shared desk."""

from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request

from ringback.store import desks, sign_in_tokens
from ringback.store.db import business_transaction
from ringback.store.desks import Desk
from ringback.store.people import Device
from ringback.store.sign_in_tokens import TokenPurpose
from ringback.web.auth import cookie_name, is_https
from ringback.workflows.context import Context

DESK_COOKIE = "ringback-desk"

# The first that is found counts: Edge and Opera say that they are Chrome, and Chrome that it is Safari.
_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "SamsungBrowser": "Samsung Internet", "Firefox": "Firefox", "FxiOS": "Firefox",
    "CriOS": "Chrome", "Chrome/": "Chrome", "Safari": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Macintosh": "Mac",
    "CrOS": "Chromebook", "Linux": "Linux",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeskHere:
    """The shared desk that this browser is, and whose."""

    business_id: UUID
    desk: Desk


def name_browser(agent: str) -> str | None:
    """Return what people call the browser that sent this header; None where it says nothing we know."""
    return next((name for mark, name in _BROWSERS.items() if mark in agent), None)


def name_system(agent: str) -> str | None:
    """Return what people call the phone or computer of this header; None where it says nothing we know."""
    return next((name for mark, name in _SYSTEMS.items() if mark in agent), None)


def name_device(request: Request) -> str:
    """Return what people call the device of a request, like "Chrome · Android"; empty where it says nothing we know."""
    agent = request.headers.get("user-agent", "")
    return " · ".join(name for name in (name_browser(agent), name_system(agent)) if name)


async def find_desk(request: Request, context: Context) -> DeskHere | None:
    """Return the shared desk that this browser was made by an owner, or None."""
    token = request.cookies.get(cookie_name(is_https(request, context), DESK_COOKIE))
    opens = await sign_in_tokens.find_token(context.pool, token, context.clock.now()) if token else None
    if opens is None or opens.purpose != TokenPurpose.DESK or opens.business_id is None or opens.subject_id is None:
        return None
    async with business_transaction(context.pool, opens.business_id) as connection:
        desk = await desks.load_desk(connection, opens.business_id, opens.subject_id)
    return None if desk is None else DeskHere(opens.business_id, desk)


async def device_of(request: Request, context: Context) -> Device:
    """Return what is kept of the device with a session: no address, no fingerprint."""
    agent = request.headers.get("user-agent", "")[:500]
    here = await find_desk(request, context)
    if here is None:
        return Device(name_browser(agent), name_system(agent))
    return Device(name_browser(agent), name_system(agent), here.desk.desk_id, here.desk.idle_minutes)
