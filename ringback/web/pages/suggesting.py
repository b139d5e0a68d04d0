"""What the receptionist suggests while a person has the thread: made when asked for, dropped when not wanted."""

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.phrases import phrase
from ringback.store import suggestions
from ringback.web.pages.rendering import html
from ringback.web.pages.replies import wants_part
from ringback.web.pages.threads import composer_values, fresh_draft, thread_of
from ringback.web.pages.timeline import receptionist_of
from ringback.web.pages.visits import Visit
from ringback.workflows.suggestions import suggest_reply


async def suggest(visit: Visit) -> Response:
    """Let the receptionist think about the last text; it says nothing to anybody but us."""
    thread_id = visit.path_id("thread_id")
    async with visit.desk() as desk:
        await thread_of(visit, desk, thread_id)
        badge = await receptionist_of(desk, thread_id)
    # While it answers by itself, a second voice would only be in its way.
    if badge is not None and badge["is_paused"]:
        await suggest_reply(visit.context, visit.business_id, thread_id)
    return await _answer(visit)


async def drop(visit: Visit) -> Response:
    """Put a suggestion away."""
    thread_id, suggestion_id = visit.path_id("thread_id"), visit.path_id("suggestion_id")
    async with visit.desk() as desk:
        await thread_of(visit, desk, thread_id)
        found = await suggestions.find_suggestion(desk.connection, desk.business_id, thread_id)
        if found is None or found["suggestion_id"] != suggestion_id:
            raise HTTPException(404, phrase("This suggestion is gone: something newer was written."))
        await suggestions.settle_suggestion(
            desk.connection, desk.business_id, found["suggestion_id"], "dropped", desk.now
        )
    return await _answer(visit)


async def _answer(visit: Visit) -> Response:
    thread_id = visit.path_id("thread_id")
    if not wants_part(visit):
        return RedirectResponse(f"/threads/{thread_id}", 303)
    async with visit.desk() as desk:
        shown = {
            **await visit.frame(desk),
            "thread": await thread_of(visit, desk, thread_id),
            "receptionist": await receptionist_of(desk, thread_id),
            **await composer_values(visit, desk, thread_id),
            **fresh_draft(),
        }
        return html("parts/suggestion.html", shown)
