"""What an owner says to the helper: which registration fits, and which steps are done."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.domain.registration_steps import Answers, known_steps
from ringback.store import registration
from ringback.store.audit import Change
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Visit
from ringback.web.registration.showing import registration_page

_WORDS = {"yes": True, "no": False}
_UNANSWERED = phrase("Answer both questions: which way fits depends on them.")


async def save_answers(visit: Visit) -> Response:
    """Keep the answers that tell which way fits."""
    form = await read_form(visit.request)
    answers = Answers(_WORDS.get(form.get("has_tax_number", "")), _WORDS.get(form.get("is_company", "")))
    async with visit.desk() as desk:
        if not answers.are_enough:
            return await registration_page(visit, desk, answers, _UNANSWERED)
        await registration.save_answers(desk.connection, desk.business_id, answers, desk.now)
        said = {"has_tax_number": answers.has_tax_number, "is_company": answers.is_company}
        await visit.note(desk, Change("registration.answers", desk.business.name, None, said))
    return RedirectResponse("/registration#steps", 303)


async def tick(visit: Visit) -> Response:
    """Tick a step off, or take the tick back."""
    step, form = visit.request.path_params["step"], await read_form(visit.request)
    if step not in known_steps():
        raise HTTPException(404)
    is_done = form.get("done") == "yes"
    async with visit.desk() as desk:
        if is_done:
            await registration.tick_step(desk.connection, desk.business_id, step, visit.signed_in.name, desk.now)
        else:
            await registration.untick_step(desk.connection, desk.business_id, step)
        await visit.note(desk, Change("registration.step", step, None, {"done": is_done}))
    return RedirectResponse(f"/registration#step-{step}", 303)
