"""The REST API for programs: /api/v1, with a business's own key."""

from fastapi import APIRouter

from ringback.web.api import (
    bookings,
    calls,
    consent,
    contacts,
    dialogs,
    duties,
    feed,
    messages,
    openings,
    outgoing_hooks,
    privacy,
    reports,
    setup,
    threads,
)
from ringback.web.api.problems import ApiRoute, install_problems, responses

__all__ = ["install_problems", "router"]

# What any request may meet, whatever it asks for; a route adds what is its own.
router = APIRouter(prefix="/api/v1", route_class=ApiRoute, responses=responses(400, 401, 403, 413, 422, 429, 503))
for part in (
    calls,
    threads,
    messages,
    dialogs,
    contacts,
    privacy,
    consent,
    openings,
    bookings,
    feed,
    duties,
    reports,
    setup,
    outgoing_hooks,
):
    router.include_router(part.router)
