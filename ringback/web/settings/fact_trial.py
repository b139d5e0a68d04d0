"""What would it answer? A question tried on the facts, as the receptionist would look it up."""

from typing import Any

from starlette.responses import Response

from ringback.domain.business import Business
from ringback.web.pages.visits import Desk, Visit
from ringback.web.settings.offering_forms import FACTS
from ringback.web.settings.where import key_of

_LONGEST = 500


async def show_trial(visit: Visit) -> Response:
    """Show the form, and what a question would be answered with."""
    asked = visit.request.query_params
    question, language = asked.get("question", "").strip()[:_LONGEST], asked.get("language", "")
    async with visit.desk() as desk:
        spoken = language if language in ("en", "es") else desk.business.language
        answer = _try(question, spoken, desk) if question else None
        shown: dict[str, Any] = {"question": question, "language": spoken, "answer": answer}
        return await visit.page(desk, "settings/fact_trial.html", **shown)


def _try(question: str, language: str, desk: Desk) -> dict[str, Any]:
    # The lexicons are large: a web process that nobody asks need not hold them.
    from ringback.receptionist.facts import Found, NoAnswer, Unsure, answer_question  # noqa: PLC0415

    match answer_question(question, desk.business, language, desk.now):
        case Found() as found:
            return {"kind": "found", "found": [_told(found.fact, found.answer, desk.business)]}
        case Unsure(candidates):
            return {"kind": "unsure", "found": [_told(one.fact, one.answer, desk.business) for one in candidates]}
        case NoAnswer():
            return {"kind": "none", "found": []}


def _told(fact: str, answer: str, business: Business) -> dict[str, Any]:
    known = {each.question for each in business.facts}
    path = f"/settings/{FACTS.slug}/{key_of(FACTS, {'question': fact}, 0)}" if fact in known else None
    return {"fact": fact, "answer": answer, "path": path}
