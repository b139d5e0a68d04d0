"""Twin cases of what pages and the API ask about bookings and dialogs, and of the secrets that links are made with."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from ringback.ports.sealing import Sealed
from ringback.store import booking_queries, dialog_queries, dialogs, link_secrets
from ringback.store.booking_queries import BookingFilter
from ringback.store.link_secrets import LinkPurpose
from tests.store.dialog_stock import turn_row
from tests.store.stock import LATER, text

if TYPE_CHECKING:
    from tests.store.twin_cases import Ask


async def _list_reasons(ask: "Ask") -> object:
    turn = turn_row("wisdom", [])
    said = text("Behind the house.", turn_id=turn["turn_id"], author="receptionist", purpose="receptionist")
    await dialogs.save_turn(ask.connection, ask.business_id, ask.harbor.thread_id, turn, [said], LATER)
    ids = [said["message_id"], ask.harbor.accepted_id]
    return await dialog_queries.list_reasons(ask.connection, ask.business_id, ids)


QUERY_CASES: "dict[str, Callable[[Ask], Awaitable[object]]]" = {
    "booking_queries.list_bookings": lambda a: booking_queries.list_bookings(
        a.connection, a.business_id, BookingFilter(contact_id=a.harbor.contact_id), None, 50
    ),
    "booking_queries.get_booking": lambda a: booking_queries.get_booking(
        a.connection, a.business_id, a.harbor.bookings.booked_id
    ),
    "booking_queries.is_proven": lambda a: booking_queries.is_proven(a.connection, a.business_id, a.harbor.contact_id),
    "booking_queries.next_busy_day": lambda a: booking_queries.next_busy_day(
        a.connection, a.business_id, LATER, LATER + timedelta(days=9)
    ),
    "dialog_queries.list_reasons": _list_reasons,
    "dialog_queries.list_open_alerts": lambda a: dialog_queries.list_open_alerts(a.connection, a.business_id),
    "dialog_queries.list_turns": lambda a: dialog_queries.list_turns(
        a.connection, a.business_id, a.harbor.thread_id, None, 50
    ),
    "dialog_queries.list_gaps": lambda a: dialog_queries.list_gaps(
        a.connection, a.business_id, is_answered=False, after=None, limit=50
    ),
    "dialog_queries.get_gap": lambda a: dialog_queries.get_gap(a.connection, a.business_id, a.harbor.dialog.gap_id),
    "dialog_queries.list_promises": lambda a: dialog_queries.list_promises(
        a.connection, a.business_id, is_done=False, after=None, limit=50
    ),
    "dialog_queries.list_alerts": lambda a: dialog_queries.list_alerts(
        a.connection, a.business_id, is_acknowledged=False, after=None, limit=50
    ),
    "dialog_queries.get_alert": lambda a: dialog_queries.get_alert(
        a.connection, a.business_id, a.harbor.dialog.alert_id
    ),
    "dialog_queries.list_waiting": lambda a: dialog_queries.list_waiting(a.connection, a.business_id, None, 50),
    "link_secrets.find_secret": lambda a: link_secrets.find_secret(a.connection, a.business_id, LinkPurpose.FEED),
    "link_secrets.keep_secret": lambda a: link_secrets.keep_secret(
        a.connection, a.business_id, LinkPurpose.FEED, Sealed("rex"), LATER
    ),
    "link_secrets.replace_secret": lambda a: link_secrets.replace_secret(
        a.connection, a.business_id, LinkPurpose.FEED, Sealed("rex"), LATER
    ),
}
