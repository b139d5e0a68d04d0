"""What a dialog leaves behind, for the stock of a business: a row in each table of the receptionist."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.textback import Reason
from ringback.store import alerts, dialogs, gaps, handoffs, promises, quotes, reminders
from ringback.store.alerts import NewAlert
from ringback.store.db import Connection
from ringback.store.ids import new_id
from ringback.store.promises import NewPromise
from tests.cast import NOON


@dataclass(frozen=True)
class DialogStock:
    """Ids of what the receptionist of one business has noted."""

    alert_id: UUID
    staff_phone: str
    gap_id: UUID
    promise_id: UUID
    quote_id: UUID
    sent_quote_id: UUID
    booking_id: UUID


def turn_row(word: str, heard: list[UUID]) -> dict[str, Any]:
    """Return the row of a turn."""
    state = {"language": "en", "about": word}
    return {
        "turn_id": new_id(), "happened": "heard", "heard": heard, "actions": [], "why": [{"sentence": f"{word} asked"}],
        "state_before": None, "state_after": state, "follow_up_at": NOON, "needs_person": "kept", "urgent": False,
    }  # fmt: skip


async def add_dialog(
    connection: Connection, business: Business, callers: Mapping[str, UUID], texts: Mapping[str, Any], word: str
) -> DialogStock:
    """Give the business a dialog with all that may come of one; every free text contains `word`."""
    business_id, thread_id = business.business_id, callers["thread_id"]
    await dialogs.await_turn(connection, business_id, thread_id, texts["received_id"], 0.0)
    await dialogs.save_turn(connection, business_id, thread_id, turn_row(word, []), [], NOON)
    # Another thread is paused, and hands over.
    closed = callers["closed_thread_id"]
    await dialogs.save_turn(connection, business_id, closed, turn_row(word, []), [], NOON)
    await dialogs.silence_receptionist(connection, business_id, closed, f"Olga of {word}", Reason.PERSON_WROTE, NOON)
    await handoffs.add_handoff(connection, business_id, thread_id, "asked", f"{word} wants a person", NOON)
    await gaps.record_gap(connection, business_id, thread_id, f"Is {word} open?", NOON)
    await promises.add_promise(connection, business_id, NewPromise(thread_id, f"about {word}", NOON, "Sam"), NOON)
    await quotes.request_quote(connection, business_id, closed, f"{word} crown", {"tooth": word}, NOON)
    [first] = await quotes.list_quotes(connection, business_id, 9)
    await quotes.mark_quote_sent(connection, business_id, first["quote_id"], word, NOON)
    await quotes.request_quote(connection, business_id, thread_id, f"{word} filling", {}, NOON)
    second = next(row for row in await quotes.list_quotes(connection, business_id, 9) if row["sent_at"] is None)
    phone = f"+1312555{900 + len(word)}"
    alert_id = await alerts.raise_alert(connection, business_id, thread_id, NewAlert(f"{word} is on fire"), NOON)
    await alerts.save_round(connection, business_id, alert_id, [(texts["accepted_id"], phone)], NOON, NOON)
    booking_id = new_id()
    await reminders.plan_reminder(connection, business_id, booking_id, NOON, NOON)
    return DialogStock(
        alert_id=alert_id,
        staff_phone=phone,
        gap_id=(await gaps.list_gaps(connection, business_id, 9))[0]["gap_id"],
        promise_id=(await promises.list_promises(connection, business_id, 9))[0]["promise_id"],
        quote_id=second["quote_id"],
        sent_quote_id=first["quote_id"],
        booking_id=booking_id,
    )
