"""The preview of a wording while it is written: a part of the page for htmx, the whole form without JavaScript."""

from starlette.responses import Response

from ringback.domain.business_file import write_business_file
from ringback.web.pages.rendering import html
from ringback.web.pages.visits import Visit
from ringback.web.settings.editing import Draft, form_page
from ringback.web.settings.extras import preview_of
from ringback.web.settings.posted import read_typed
from ringback.web.settings.text_forms import WORDINGS
from ringback.web.settings.where import NEW, Where


async def show_preview(visit: Visit) -> Response:
    """Show what was typed as it will be sent; nothing is saved."""
    typed = await read_typed(visit.request)
    async with visit.desk() as desk:
        if "hx-request" in visit.request.headers:
            return html("settings/preview.html", {"preview": preview_of(typed, desk)})
        # The form is shown again under its own address, so that saving it goes where it would have gone.
        where = Where(WORDINGS, "".join(typed.get("key", ())))
        if where.locate(write_business_file(desk.business)) is None:
            where = Where(WORDINGS, NEW)
        seen = "".join(typed.get("seen", ()))[:64]
        return await form_page(visit, desk, where, Draft(typed, seen))
