"""What the owner adds to the public pages, where they are, and the line to be spoken."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from starlette.responses import RedirectResponse, Response

from ringback.domain.caller_names import visible
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.registration_pages import Page, PageExtras, spoken_line
from ringback.store import registration
from ringback.store.audit import Change
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.web.public.legal import site_of
from ringback.web.registration.showing import extras_text

_LONGEST = {"legal_name": 120, "email": 120, "website": 200, "own_words": 2000, "own_words_es": 2000}
_NAMES = {
    Page.CONSENT: phrase("How callers agree to texts"),
    Page.PRIVACY: phrase("Privacy"),
    Page.TERMS: phrase("Terms"),
}


async def show_pages(visit: Visit) -> Response:
    """Show the addresses of the public pages and the form."""
    async with visit.desk() as desk:
        kept = await registration.load_kept(desk.connection, desk.business_id)
        return await _page(visit, desk, kept.extras, {})


async def save_pages(visit: Visit) -> Response:
    """Save what the owner adds; what is wrong is said beside its field, and nothing is saved then."""
    form = await read_form(visit.request)
    given = _read(form)
    troubles = _troubles(given)
    async with visit.desk() as desk:
        if troubles:
            return await _page(visit, desk, given, troubles)
        before = (await registration.load_kept(desk.connection, desk.business_id)).extras
        if given != before:
            await registration.save_extras(desk.connection, desk.business_id, given, desk.now)
            told = Change("registration.pages", desk.business.name, extras_text(before), extras_text(given))
            await visit.note(desk, told)
    return RedirectResponse("/registration/pages?saved", 303)


def _read(form: Mapping[str, str]) -> PageExtras:
    extras = PageExtras(
        pages_on="pages_on" in form,
        plays_line="plays_line" in form,
        legal_name=visible(form.get("legal_name", "")),
        email=visible(form.get("email", "")),
        website=visible(form.get("website", "")),
        own_words=form.get("own_words", "").replace("\r\n", "\n").strip(),
        own_words_es=form.get("own_words_es", "").replace("\r\n", "\n").strip(),
    )
    # Nobody types the scheme.
    has_scheme = not extras.website or "://" in extras.website
    return extras if has_scheme else replace(extras, website=f"https://{extras.website}")


def _troubles(given: PageExtras) -> dict[str, Phrase]:
    troubles = {
        name: phrase("This is too long: %(most)s letters fit.", most=most)
        for name, most in _LONGEST.items()
        if len(getattr(given, name)) > most
    }
    if given.email and (given.email.count("@") != 1 or " " in given.email or given.email[0] == "@"):
        troubles.setdefault("email", phrase("Write an address like office@example.com."))
    if given.website and not _is_website(given.website):
        troubles.setdefault("website", phrase("Write an address like https://example.com."))
    return troubles


def _is_website(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and " " not in text


async def _page(visit: Visit, desk: Desk, extras: PageExtras, troubles: dict[str, Phrase]) -> Response:
    site = site_of(visit.context, desk.business)
    values: dict[str, Any] = {
        "extras": extras,
        "troubles": troubles,
        "saved": "saved" in visit.request.query_params,
        "addresses": [(_NAMES[page], f"{site}/{page.value}") for page in Page],
        "spoken": {language: spoken_line(desk.business, language) for language in ("en", "es")},
    }
    return await visit.page(desk, "registration/pages.html", 422 if troubles else 200, **values)
