"""Sentences to try a receptionist with, sent from a handset by a plain form: it works where no script runs."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ringback.sandbox.company import Company
from ringback.sandbox.handset_actions import NothingToDo, text


@dataclass(frozen=True, slots=True)
class Starters:
    """What a caller might begin with, in one language."""

    language: str
    title: str
    sentences: tuple[str, ...]


STARTERS = (
    Starters(
        "en",
        "In English",
        (
            "Do you have anything tomorrow afternoon?",
            "How much is a tune-up?",
            "I smell gas",
            "Can someone call me back?",
            "Are you open on Saturday?",
        ),
    ),
    Starters("es", "En español", ("Necesito una cita", "¿Cuánto cuesta una visita?", "Huele a gas")),
)


async def send_starter(request: Request) -> Response:
    """Send the form's `body` from the handset `from` to the number `to`, and lead back to the phone."""
    if not _is_ours(request):
        return PlainTextResponse("Texts are sent from the test phone's own page only.", 403)
    company: Company = request.app.state.company
    fields = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
    if not {"from", "to", "body"} <= fields.keys():
        return PlainTextResponse("A text needs from, to and body.", 400)
    try:
        text(company, company.handset(fields["from"]), {"to": fields["to"], "body": fields["body"]})
    except NothingToDo as error:
        return PlainTextResponse(str(error), 409)
    # "See other": reloading the page to look for the answer must not send the text again.
    return RedirectResponse(f"/sandbox/?{urlencode({'caller': fields['from']})}#try", 303)


def _is_ours(request: Request) -> bool:
    """A page elsewhere can post a form to this machine too; browsers then say where it came from."""
    origin = request.headers.get("origin")
    return origin is None or origin == f"{request.url.scheme}://{request.url.netloc}"
