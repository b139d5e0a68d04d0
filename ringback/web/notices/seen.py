"""What service workers say of a notice: that they showed it, that it was opened. The token stands for a sign-in."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ringback.web.pages.forms import read_form
from ringback.workflows.context import Context
from ringback.workflows.notices import note_shown

_SAID = {"shown": False, "opened": True}


async def note(request: Request) -> Response:
    """Take note; a token that is none of ours, or of a notice that is gone, is all the same 404."""
    form = await read_form(request)
    # No check of the origin: there is no cookie that another site could borrow.
    what = form.get("what", "")
    context: Context = request.app.state.context
    if what not in _SAID or not await note_shown(context, form.get("token", ""), is_opened=_SAID[what]):
        raise HTTPException(404)
    return Response(status_code=204)
