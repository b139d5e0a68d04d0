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
    more,
    pictures,
    replies,
    signing,
    threads,
)
from ringback.web.pages.errors import install_errors
from ringback.web.pages.rendering import KeptFiles
from ringback.web.pages.visits import page_route

__all__ = ["ROUTES", "install_errors"]


ROUTES: list[BaseRoute] = [
    Mount("/static", KeptFiles()),
    Route("/sign-in", signing.show_sign_in, methods=["GET"]),
    Route("/sign-in", signing.sign_in, methods=["POST"]),
    Route("/sign-out", signing.sign_out, methods=["POST"]),
    page_route("/", threads.show_home),
    page_route("/threads", threads.show_threads),
    page_route("/threads/{thread_id}", threads.show_thread),
    page_route("/threads/{thread_id}/messages", replies.add_reply, "POST"),
    page_route("/threads/{thread_id}/messages/{message_id}/attempts", replies.retry, "POST"),
    page_route("/threads/{thread_id}/closure", replies.close, "POST"),
    page_route("/threads/{thread_id}/takeover", handing.take_over, "POST"),
    page_route("/threads/{thread_id}/receptionist", handing.hand_back, "POST"),
    page_route("/alerts/{alert_id}/acknowledgement", handing.acknowledge, "POST"),
    page_route("/bookings", bookings.show_bookings),
    page_route("/bookings", booking_form.make_booking, "POST"),
    page_route("/bookings/new", booking_form.show_form),
    page_route("/bookings/feed", booking_deeds.make_feed_address, "POST"),
    page_route("/bookings/{booking_id}", bookings.show_booking),
    page_route("/bookings/{booking_id}/confirmation", booking_deeds.confirm, "POST"),
    page_route("/bookings/{booking_id}/mark", booking_deeds.mark, "POST"),
    page_route("/bookings/{booking_id}/cancellation", booking_deeds.cancel, "POST"),
    page_route("/bookings/{booking_id}/opening", booking_form.show_move),
    page_route("/bookings/{booking_id}/opening", booking_form.move, "POST"),
    page_route("/bookings/{booking_id}/on-my-way", booking_deeds.tell_on_my_way, "POST"),
    page_route("/bookings/{booking_id}/delay", booking_deeds.tell_running_late, "POST"),
    page_route("/gaps", gaps.show_gaps),
    page_route("/gaps/{gap_id}/answer", gaps.answer, "POST"),
    page_route("/more", more.show_more),
    page_route("/calls", calls.show_calls),
    page_route("/calls/{call_id}", calls.show_call),
    page_route("/call-backs", call_backs.show_call_backs),
    page_route("/call-backs/{call_back_id}/completion", call_backs.finish, "POST"),
    page_route("/pictures/{message_id}/{position:int}", pictures.show_picture),
    page_route("/events", events.stream_events),
]
