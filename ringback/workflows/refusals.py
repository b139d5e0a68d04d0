"""What a refused text teaches: an opt-out the carrier knows of, an untextable number, an alarm, a call-back."""

from datetime import datetime
from uuid import UUID

from ringback.domain.errors import ProviderError, ProviderErrorKind, is_never_textable, needs_owner, words_for_owner
from ringback.domain.messages import Purpose
from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import ANSWER_NOT_SENT, TEXT_NOT_ARRIVED
from ringback.domain.textback import Mark
from ringback.receptionist.dialog import HandOverKind
from ringback.store import alarms, alerts, call_backs, calls, contacts, handoffs
from ringback.store.contacts import NewMark, OptOut
from ringback.store.db import Connection
from ringback.store.deliveries import Outgoing, Progressed
from ringback.workflows.number_facts import note_undeliverable, watch_filtering
from ringback.workflows.registration import note_refused


async def note_refusal(
    connection: Connection, business_id: UUID, text: Outgoing | Progressed, error: ProviderError, now: datetime
) -> None:
    """Write down what follows from a text that the provider or a carrier refused."""
    if error.kind is ProviderErrorKind.OPTED_OUT:
        await _note_opt_out(connection, business_id, text, error.code, now)
    if is_never_textable(error.kind):
        mark = NewMark(Mark.UNTEXTABLE, words_for_owner(error.kind), "carrier")
        await contacts.add_mark(connection, business_id, text.contact_id, mark, now)
        await note_undeliverable(connection, business_id, text.contact_id, error.kind, now)
    if error.kind is ProviderErrorKind.UNREGISTERED:
        await note_refused(connection, business_id, text, error, now)
    elif error.kind is ProviderErrorKind.FILTERED:
        await watch_filtering(connection, business_id, text.line_id, now)
    elif needs_owner(error.kind):
        words = words_for_owner(error.kind)
        await alarms.raise_alarm(connection, business_id, error.kind, str(text.line_id), words, now)
    # Someone who opted out does not want a call about it either.
    if text.purpose is Purpose.TEXT_BACK:
        # The window was for a text that never arrived: the next missed call may be texted.
        await calls.release_claim(connection, business_id, text.message_id)
    if text.purpose is Purpose.RECEPTIONIST and error.kind is not ProviderErrorKind.OPTED_OUT:
        await note_unsaid(connection, business_id, text, words_for_owner(error.kind), now)
    if text.purpose is Purpose.ALERT:
        await note_alert_unsaid(connection, business_id, text.message_id, now)
    if text.purpose is Purpose.TEXT_BACK and error.kind is not ProviderErrorKind.OPTED_OUT:
        why = phrase(TEXT_NOT_ARRIVED.msgid, why=words_for_owner(error.kind))
        await call_backs.add_call_back_for_message(connection, business_id, text.message_id, why, now)


async def _note_opt_out(
    connection: Connection, business_id: UUID, text: Outgoing | Progressed, code: str, now: datetime
) -> None:
    """The carrier blocks this line for them.

    Where no text may go out from it anyhow, it means the opt-out we know of: lines that START has opened stay open.
    """
    if not await contacts.is_opted_out(connection, business_id, text.contact_id, text.line_id):
        opt_out = OptOut(text.line_id, "carrier_error", now, code)
        await contacts.save_opt_out(connection, business_id, text.contact_id, opt_out, now)


async def note_unsaid(
    connection: Connection, business_id: UUID, text: Outgoing | Progressed, why: str, now: datetime
) -> None:
    """An answer of the receptionist did not reach the contact: they are waiting, so a person is asked to see to it."""
    summary = phrase(ANSWER_NOT_SENT.msgid, why=why)
    await handoffs.add_handoff(connection, business_id, text.thread_id, HandOverKind.FAILED, summary, now)


async def note_alert_unsaid(connection: Connection, business_id: UUID, message_id: UUID, now: datetime) -> None:
    """A text about an open emergency did not reach somebody on call: waiting for the next round would be too long."""
    alert_id = await alerts.find_alert_of_text(connection, business_id, message_id)
    if alert_id is not None:
        words = phrase("A text about an emergency did not reach somebody on call. Please see to it.")
        await alarms.raise_alarm(connection, business_id, "emergency", str(alert_id), words, now)
