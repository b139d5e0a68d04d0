"""The page that lists every other."""

from starlette.responses import Response

from ringback.web.pages.visits import Visit


async def show_more(visit: Visit) -> Response:
    """List every place with what it is for."""
    async with visit.desk() as desk:
        return await visit.page(desk, "more.html")
