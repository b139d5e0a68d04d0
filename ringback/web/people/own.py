"""What a person may do to their own sign-in, and how they are told of it."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.requests import Request

from ringback.domain.phrases import Phrase, phrase
from ringback.store import members
from ringback.store.people import Person
from ringback.web.live import Feed
from ringback.web.pages.visits import Desk, Visit
from ringback.web.words import say
from ringback.workflows.mail import Mail, enqueue_mail

_NOT_BY_PIN = phrase("You came in with a PIN. Sign in with your password or a passkey to change this.")


def require_own_sign_in(visit: Visit) -> None:
    """Refuse who came in by PIN: six digits must not lead to a password of one's own."""
    if visit.signed_in.by_pin:
        raise HTTPException(403, _NOT_BY_PIN)


def end_streams(request: Request, *business_ids: UUID) -> None:
    """Let the open pages of these businesses ask again whether they are signed in."""
    feed: Feed = request.app.state.feed
    for business_id in business_ids:
        feed.wake(business_id)


async def tell_by_mail(visit: Visit, desk: Desk, what: Phrase) -> None:
    """Let the person know by mail that how they sign in has changed, in case it was not they (ASVS 6.3.7)."""
    person = await members.load_person(desk.connection, visit.signed_in.person_id)
    if visit.context.mailer is not None and person is not None:
        letter = security_letter(person, what)
        await enqueue_mail(desk.connection, visit.context.sealer, letter, desk.now, desk.business_id)


def security_letter(person: Person, what: Phrase) -> Mail:
    """Return the letter that says what has changed, without a link that another could imitate."""
    text = phrase(
        "Hello %(name)s,\n\n%(what)s\n\nWas it you? Then there is nothing to do. If not, open Ringback, choose "
        "“Forgot your password?” at the sign-in, and tell an owner of your business.",
        name=person.name,
        what=say(what),
    )
    return Mail(person.email, say(phrase("How you sign in to Ringback has changed")), say(text))
