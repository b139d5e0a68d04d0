"""Before somebody changes how they sign in, or takes data along, they show once more who they are."""

from datetime import timedelta
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import Phrase, phrase
from ringback.store import members, people
from ringback.web import auth
from ringback.web.devices import device_of
from ringback.web.pages.forms import read_form
from ringback.web.pages.signing import TOO_MANY_TRIES, safe_path
from ringback.web.pages.visits import Visit
from ringback.web.people.own import require_own_sign_in
from ringback.web.people.passkey_proofs import takes_passkeys

# Long enough to add a passkey to two devices, too short for whoever finds the screen after lunch.
PROOF_MINUTES = 15
_TRIES = 5
_WRONG = phrase("That is not your password now.")


def is_proved(visit: Visit) -> bool:
    """Return whether this person has shown a password or a passkey within the last minutes."""
    proved_at = visit.signed_in.proved_at
    return proved_at is not None and visit.context.clock.now() - proved_at <= timedelta(minutes=PROOF_MINUTES)


def ask_for_proof(after: str) -> Response:
    """Lead to the page that asks for it, and from there back; nothing was changed."""
    return RedirectResponse(f"/me/proof?next={quote(after, safe='/')}", 303)


async def show_proof(visit: Visit) -> Response:
    """Ask for the password, or a passkey."""
    require_own_sign_in(visit)
    return await _page(visit, safe_path(visit.request.query_params.get("next", "/me")))


async def _page(visit: Visit, after: str, trouble: Phrase | None = None, status: int = 200) -> Response:
    async with visit.desk() as desk:
        person = await members.load_person(desk.connection, visit.signed_in.person_id)
        shown = {
            "person": person,
            "after": after,
            "trouble": trouble,
            "takes_passkeys": takes_passkeys(visit.request, visit.context),
        }
        return await visit.page(desk, "people/proof.html", status, **shown)


async def check_password(visit: Visit, password: str) -> Phrase | None:
    """Return why a password does not show that it is this person, or None where it does."""
    context, person_id, now = visit.context, visit.signed_in.person_id, visit.context.clock.now()
    # One count for every place that asks: none is a second one to guess at, not even an unattended screen.
    sources = {f"password:{person_id}": _TRIES}
    if not await auth.may_try(context, sources, now):
        return TOO_MANY_TRIES
    person, address = await members.load_person(context.pool, person_id), auth.address_of_client(visit.request)
    if not await auth.is_right(password, person.password_hash if person else None):
        auth.note_sign_in("proof", "refused", address, person_id)
        return _WRONG
    async with context.pool.acquire() as connection, connection.transaction():
        await auth.take_back(connection, sources, now)
    auth.note_sign_in("proof", "admitted", address, person_id)
    return None


async def prove(visit: Visit) -> Response:
    """Go on with a new session where the password is right; the one before ends (ASVS 7.2.4)."""
    require_own_sign_in(visit)
    form = await read_form(visit.request)
    after, person_id = safe_path(form.get("next", "/me")), visit.signed_in.person_id
    trouble = await check_password(visit, form.get("password", ""))
    if trouble is not None:
        return await _page(visit, after, trouble, 429 if trouble == TOO_MANY_TRIES else 422)
    now, device = visit.context.clock.now(), await device_of(visit.request, visit.context)
    token = await people.start_session(visit.context.pool, person_id, visit.business_id, now, device)
    response = RedirectResponse(after, 303)
    await auth.admit(visit.context, visit.request, response, token)
    return response
