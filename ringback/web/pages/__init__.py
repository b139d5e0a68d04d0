"""Pages for people. Addresses are nouns, every page works without JavaScript, and each is made of one query's rows."""

from starlette.routing import BaseRoute, Mount, Route

from ringback.web.pages import (
    booking_deeds,
    booking_form,
    bookings,
    call_backs,
    calls,
    events,
    gaps,
    handing,
    pictures,
    replies,
    signing,
    threads,
)
from ringback.web.pages.errors import install_errors
from ringback.web.pages.rendering import KeptFiles
from ringback.web.pages.visits import Endpoint, for_signed_in

__all__ = ["ROUTES", "install_errors"]


def _route(path: str, endpoint: Endpoint, method: str = "GET") -> Route:
    return Route(path, for_signed_in(endpoint), methods=[method])


ROUTES: list[BaseRoute] = [
    Mount("/static", KeptFiles()),
    Route("/sign-in", signing.show_sign_in, methods=["GET"]),
    Route("/sign-in", signing.sign_in, methods=["POST"]),
    Route("/sign-out", signing.sign_out, methods=["POST"]),
    _route("/", threads.show_home),
    _route("/threads", threads.show_threads),
    _route("/threads/{thread_id}", threads.show_thread),
    _route("/threads/{thread_id}/messages", replies.add_reply, "POST"),
    _route("/threads/{thread_id}/messages/{message_id}/attempts", replies.retry, "POST"),
    _route("/threads/{thread_id}/closure", replies.close, "POST"),
    _route("/threads/{thread_id}/takeover", handing.take_over, "POST"),
    _route("/threads/{thread_id}/receptionist", handing.hand_back, "POST"),
    _route("/alerts/{alert_id}/acknowledgement", handing.acknowledge, "POST"),
    _route("/bookings", bookings.show_bookings),
    _route("/bookings", booking_form.make_booking, "POST"),
    _route("/bookings/new", booking_form.show_form),
    _route("/bookings/feed", booking_deeds.make_feed_address, "POST"),
    _route("/bookings/{booking_id}", bookings.show_booking),
    _route("/bookings/{booking_id}/confirmation", booking_deeds.confirm, "POST"),
    _route("/bookings/{booking_id}/mark", booking_deeds.mark, "POST"),
    _route("/bookings/{booking_id}/cancellation", booking_deeds.cancel, "POST"),
    _route("/bookings/{booking_id}/opening", booking_form.show_move),
    _route("/bookings/{booking_id}/opening", booking_form.move, "POST"),
    _route("/bookings/{booking_id}/on-my-way", booking_deeds.tell_on_my_way, "POST"),
    _route("/bookings/{booking_id}/delay", booking_deeds.tell_running_late, "POST"),
    _route("/gaps", gaps.show_gaps),
    _route("/gaps/{gap_id}/answer", gaps.answer, "POST"),
    _route("/calls", calls.show_calls),
    _route("/calls/{call_id}", calls.show_call),
    _route("/call-backs", call_backs.show_call_backs),
    _route("/call-backs/{call_back_id}/completion", call_backs.finish, "POST"),
    _route("/pictures/{message_id}/{position:int}", pictures.show_picture),
    _route("/events", events.stream_events),
]
