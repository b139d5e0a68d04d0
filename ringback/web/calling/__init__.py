"""Calling a contact back with one tap."""

from starlette.routing import BaseRoute

from ringback.web.calling import ringing
from ringback.web.pages.visits import page_route

# A ring is the call to both phones; "/calls" are those that came in.
ROUTES: list[BaseRoute] = [
    page_route("/threads/{thread_id}/rings", ringing.ring_thread, "POST"),
    page_route("/call-backs/{call_back_id}/rings", ringing.ring_task, "POST"),
    page_route("/rings/{ring_id}", ringing.show_ring),
]
