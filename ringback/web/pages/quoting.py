"""What becomes of a quote: a person says that the price was sent, and later that the contact agreed to it."""

from starlette.responses import RedirectResponse, Response

from ringback.store import quotes
from ringback.store.audit import Change
from ringback.web.pages.threads import thread_of
from ringback.web.pages.visits import Visit


async def note_sent(visit: Visit) -> Response:
    """Note that the price was sent; noted twice it is noted once."""
    quote_id, by = visit.path_id("quote_id"), visit.signed_in.name
    async with visit.desk() as desk:
        await thread_of(visit, desk, visit.path_id("thread_id"))
        if await quotes.mark_quote_sent(desk.connection, desk.business_id, quote_id, by, desk.now):
            await visit.note(desk, Change("thread.quote", str(quote_id), "requested", "sent"))
    return _back(visit)


async def note_accepted(visit: Visit) -> Response:
    """Note that the contact agreed to a price that was sent."""
    quote_id = visit.path_id("quote_id")
    async with visit.desk() as desk:
        await thread_of(visit, desk, visit.path_id("thread_id"))
        if await quotes.mark_quote_accepted(desk.connection, desk.business_id, quote_id, desk.now):
            await visit.note(desk, Change("thread.quote", str(quote_id), "sent", "accepted"))
    return _back(visit)


def _back(visit: Visit) -> Response:
    # The answer shows how the quote stands now, also where somebody else was quicker.
    return RedirectResponse(f"/threads/{visit.path_id('thread_id')}#n-{visit.path_id('quote_id')}", 303)
