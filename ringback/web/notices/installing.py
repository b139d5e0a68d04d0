"""The installable app: its manifest, its service worker, and the page that is there when the network is not."""

import hashlib
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ringback.store import businesses
from ringback.store.db import business_transaction
from ringback.store.people import SignedIn
from ringback.web.auth import find_signed_in
from ringback.web.pages.language import choose_language
from ringback.web.pages.rendering import asset_url, html, render
from ringback.web.words import gettext, use_language
from ringback.workflows.context import Context

_COLOR = "#f6f7f8"
_SHELL = ("ringback.css", "offline.js", "icon.svg")


async def show_manifest(request: Request) -> Response:
    """Answer with the app as a phone installs it: named after the business where somebody is signed in."""
    context: Context = request.app.state.context
    use_language(choose_language(request, "en"))
    signed_in = await find_signed_in(request, context)
    name = await _business_name(context, signed_in) if signed_in else "Ringback"
    # The name is a business's: a cache that is shared must not keep it.
    headers = {"cache-control": "no-store", "vary": "cookie"}
    return JSONResponse(_manifest(name), headers=headers, media_type="application/manifest+json")


async def _business_name(context: Context, signed_in: SignedIn) -> str:
    use_language(signed_in.language or "en")
    async with business_transaction(context.pool, signed_in.business_id) as connection:
        version = await businesses.load_version(connection, signed_in.business_id)
        return (await context.business(connection, signed_in.business_id, version)).name


def _manifest(name: str) -> dict[str, Any]:
    shortcuts = (
        (gettext("Conversations"), "/threads"),
        (gettext("Call-backs"), "/call-backs"),
        (gettext("Bookings"), "/bookings"),
    )
    icon = {"src": asset_url("icons/192.png"), "sizes": "192x192", "type": "image/png"}
    return {
        "id": "/",
        "name": name,
        # Longer ones are cut under the icon, wherever the phone likes.
        "short_name": name if len(name) <= 12 else name.split(" ", maxsplit=1)[0][:12],
        "description": gettext("Catches the calls a business misses."),
        "start_url": "/threads",
        "scope": "/",
        "display": "standalone",
        "background_color": _COLOR,
        "theme_color": "#ffffff",
        "icons": [
            {"src": asset_url("icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            icon,
            {"src": asset_url("icons/512.png"), "sizes": "512x512", "type": "image/png"},
            {"src": asset_url("icons/maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        ],
        "shortcuts": [{"name": said, "url": path, "icons": [icon]} for said, path in shortcuts],
    }


async def show_worker(_: Request) -> Response:
    """Answer with the service worker; browsers ask for it anew, and replace it when a byte of it has changed."""
    return Response(_worker(), media_type="text/javascript", headers={"cache-control": "no-cache"})


@cache
def _worker() -> str:
    shell = ["/offline", *(asset_url(path) for path in _SHELL)]
    # The offline page holds the names of the files it loads: one of them changed is a new version of all.
    version = (
        "shell-" + hashlib.sha256((" ".join(shell) + render("notices/offline.html", {})).encode()).hexdigest()[:12]
    )
    icon, badge = asset_url("icons/192.png"), asset_url("icons/badge.png")
    return render("notices/sw.js", {"version": version, "shell": shell, "icon": icon, "badge": badge})


async def show_offline(request: Request) -> Response:
    """Answer with the page for when there is no network; it knows nobody, so that it may be kept."""
    use_language(choose_language(request, "en"))
    return html("notices/offline.html", {})
