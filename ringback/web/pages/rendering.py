"""Templates and what they may ask: times in the business's zone, numbers as people write them, addresses of files."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.ext import InternationalizationExtension
from jinja2.runtime import Context as TemplateContext
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from ringback.domain.caller_names import visible
from ringback.domain.erasing import is_erased
from ringback.domain.phones import show_phone
from ringback.domain.registration import tell_standing
from ringback.web.pages.local import FILTERS
from ringback.web.pages.telling import OUTCOMES
from ringback.web.pages.times import Age, describe_age
from ringback.web.words import current_language, gettext, ngettext, say

_WEB = Path(__file__).parent.parent
_STATIC = _WEB / "static"


@cache
def asset_url(path: str) -> str:
    """Return the address of a static file; it changes with the file's content, so that browsers may keep it."""
    digest = hashlib.sha256((_STATIC / path).read_bytes()).hexdigest()[:12]
    return f"/static/{path}?v={digest}"


class KeptFiles(StaticFiles):
    """Static files; one asked for by its content's hash is kept for good."""

    def __init__(self) -> None:
        super().__init__(directory=_STATIC)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Answer with the file and how long it may be kept."""

        async def complete(message: Any) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 304):
                kept = b"public, max-age=31536000, immutable" if scope["query_string"] else b"no-cache"
                message["headers"] = [*message["headers"], (b"cache-control", kept)]
            await send(message)

        await super().__call__(scope, receive, complete)


@pass_context
def _age(context: TemplateContext, at: datetime) -> Age:
    return describe_age(at, context["now"], context["business"].zone)


@pass_context
def _phone(context: TemplateContext, number: str) -> str:
    return gettext("Erased") if is_erased(number) else show_phone(number, context["business"].country)


def _days_on(on: date, days: int) -> date:
    # Past the calendar's ends there is nowhere to go on to.
    return date.fromordinal(min(max(on.toordinal() + days, 1), date.max.toordinal()))


def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_WEB / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.add_extension(InternationalizationExtension)
    environment.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(FILTERS)
    environment.filters.update(days_on=_days_on, standing=tell_standing)
    environment.filters.update(age=_age, phone=_phone, say=say, visible=visible)
    environment.globals.update(asset_url=asset_url, current_language=current_language, OUTCOMES=OUTCOMES)
    return environment


_TEMPLATES = _environment()


def render(template: str, values: dict[str, Any]) -> str:
    """Return a template filled in; every value is escaped."""
    return _TEMPLATES.get_template(template).render(values)


def html(template: str, values: dict[str, Any], status: int = 200) -> HTMLResponse:
    """Return a page. Nothing that belongs to a business may stay in a cache."""
    return HTMLResponse(render(template, values), status, {"cache-control": "no-store"})
