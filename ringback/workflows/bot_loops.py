"""A machine answers our texts: the receptionist goes quiet until a person writes, and staff are told once."""

from dataclasses import replace
from datetime import datetime

from ringback.domain.bot_loops import SIGN_WORDS, LoopSign, is_persons_word, judge_thread
from ringback.domain.business import Business
from ringback.domain.notices import NoticeKind
from ringback.domain.textback import Reason
from ringback.store import dialogs, members, threads
from ringback.store.db import Connection
from ringback.store.dialogs import TurnTable
from ringback.store.ids import new_id
from ringback.store.thread_notes import add_thread_note
from ringback.workflows.notices import Notice, notify

# Who paused the receptionist, where it was a machine at the other end.
BOT_LOOP = "bot-loop"
_NOTE_BY = "Ringback"
_TOLD = {
    "en": "A machine seems to be answering our texts in one conversation. The receptionist has gone quiet there.",
    "es": "Parece que una máquina contesta a nuestros mensajes en una conversación. La recepción calla allí.",
}


async def mind_machines(
    connection: Connection, business: Business, table: TurnTable, now: datetime
) -> TurnTable | None:
    """Return the table as the turn is to see it; None where a machine wrote, and nothing is to be said to it."""
    dialog, texts = table.dialog, tuple(text.body for text in table.unheard)
    paused_by = dialog.paused_by if dialog and dialog.paused_at else None
    if paused_by == BOT_LOOP and dialog is not None:
        if not _is_emergency(business, texts) and not is_persons_word(texts, table.recent):
            await _leave_unanswered(connection, business, table)
            return None
        await dialogs.resume_dialog(connection, business.business_id, table.thread_id, now, paused_by=BOT_LOOP)
        return replace(table, dialog=replace(dialog, paused_at=None, paused_by=None))
    # Where a person has the thread nobody answers by himself, and there is nothing to stop.
    sign = None if paused_by else judge_thread(table.recent, now)
    if sign is None or _is_emergency(business, texts):
        return table
    await _go_quiet(connection, business, table, sign, now)
    return None


def _is_emergency(business: Business, texts: tuple[str, ...]) -> bool:
    # The web process holds no turns, and must not load the lexicons.
    from ringback.receptionist.understanding.emergency import read_emergency  # noqa: PLC0415

    words = business.receptionist.emergency_words
    return any(read_emergency(text, business.trade, words) is not None for text in texts)


async def _go_quiet(
    connection: Connection, business: Business, table: TurnTable, sign: LoopSign, now: datetime
) -> None:
    business_id, thread_id = business.business_id, table.thread_id
    await dialogs.silence_receptionist(connection, business_id, thread_id, BOT_LOOP, Reason.BOT_LOOP, now)
    await _leave_unanswered(connection, business, table)
    await add_thread_note(connection, business_id, thread_id, new_id(), (_NOTE_BY, SIGN_WORDS[sign]), now)
    owners = await members.list_owner_staff(connection, business_id)
    words = _TOLD["es" if business.language == "es" else "en"]
    notices = [Notice(one, NoticeKind.ALARM, words, f"/threads/{thread_id}", thread_id) for one in owners]
    await notify(connection, business, notices, now)


async def _leave_unanswered(connection: Connection, business: Business, table: TurnTable) -> None:
    # A machine does not wait: nobody is to be told, rung or woken that it does.
    await dialogs.forget_unheard(connection, business.business_id, table.thread_id)
    await threads.end_wait(connection, business.business_id, table.thread_id, table.unheard[0].at)
