"""The booking page of a business and its feed: for people who have no sign-in and need none."""

from starlette.routing import BaseRoute, Route

from ringback.web.public import booked, choosing, feed, legal, moving, ordering

__all__ = ["ROUTES"]

ROUTES: list[BaseRoute] = [
    Route("/book/{slug}", choosing.show_services, methods=["GET"]),
    Route("/book/{slug}/openings", choosing.show_openings, methods=["GET"]),
    Route("/book/{slug}/details", ordering.show_details, methods=["GET", "POST"]),
    Route("/book/{slug}/read-back", ordering.read_back, methods=["POST"]),
    Route("/book/{slug}/bookings", ordering.book, methods=["POST"]),
    Route("/book/{slug}/bookings/{token}", booked.show_booking, methods=["GET"]),
    Route("/book/{slug}/bookings/{token}/calendar.ics", booked.show_calendar_file, methods=["GET"]),
    Route("/book/{slug}/bookings/{token}/cancellation", booked.cancel, methods=["POST"]),
    Route("/book/{slug}/bookings/{token}/opening", moving.show_openings, methods=["GET"]),
    Route("/book/{slug}/bookings/{token}/opening", moving.move, methods=["POST"]),
    Route("/feeds/{slug}/{token}.ics", feed.show_feed, methods=["GET"]),
    *legal.ROUTES,
]
