"""Mail: written into the transaction it belongs to, sent by a job, tried again while the mail server is away."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.domain.phrases import phrase
from ringback.ports import Letter, MailLater, MailRefused, MailTaken
from ringback.ports.sealing import Sealer, open_text, seal_text
from ringback.store import alarms, mails
from ringback.store.db import Connection, business_transaction
from ringback.store.ids import new_id
from ringback.store.jobs import enqueue
from ringback.store.mails import StoredMail
from ringback.workflows.context import Context, Later
from ringback.workflows.secrets import letter_place

# A restart takes seconds, a full disk an hour; what has not left after that is told, and told of.
_PAUSES_SECONDS = (10.0, 30.0, 120.0, 600.0, 3600.0)
_ALARM = ("mail", "smtp")
NO_SERVER = phrase("No e-mail could be sent: no mail server is set up here (RINGBACK_SMTP_URL).")


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter. `text` is always there; `html` says the same, with nothing fetched from elsewhere."""

    to: str
    subject: str
    text: str
    html: str | None = None


async def enqueue_mail(
    connection: Connection, sealer: Sealer, mail: Mail, now: datetime, business_id: UUID | None = None
) -> UUID:
    """Put a letter into the caller's transaction, with the job that sends it; return its id.

    Where it cannot be sent, the pages of `business_id` show an alarm; a letter of no business has only its own record.
    Raises ValueError for an address or a subject of more than one line.
    """
    if any(character in mail.to + mail.subject for character in "\r\n\0") or "@" not in mail.to:
        raise ValueError("An address and a subject are one line each.")
    mail_id = new_id()
    # In the row, not in the job: a job's payload stays in the queue's log.
    text = seal_text(sealer, mail.text, letter_place("body_text"))
    html = None if mail.html is None else seal_text(sealer, mail.html, letter_place("body_html"))
    stored = StoredMail(mail_id, mail.to, mail.subject, text, html, 0)
    await mails.add_mail(connection, stored, now)
    whose = {"business": str(business_id)} if business_id else {}
    await enqueue(connection, "send_mail", {"mail": str(mail_id), **whose})
    return mail_id


async def send_mail(context: Context, mail_id: UUID, business_id: UUID | None = None) -> Later | None:
    """Send a letter that waits. After a crash it may leave twice, under one Message-ID."""
    mail = await mails.begin_try(context.pool, mail_id)
    if mail is None:
        return None
    if context.mailer is None:
        return await _give_up(context, mail_id, business_id, NO_SERVER)
    letter = _open(context.sealer, mail)
    # No transaction is open here: a mail server may take minutes.
    match await context.mailer.send(letter):
        case MailTaken():
            return await _settle(context, mail_id, business_id)
        case MailRefused(why):
            # One address that does not exist says nothing about the server.
            await mails.save_fate(context.pool, mail_id, why, context.clock.now())
            return None
        case MailLater() if mail.tries <= len(_PAUSES_SECONDS):
            return Later(_PAUSES_SECONDS[mail.tries - 1])
        case MailLater(why):
            return await _give_up(context, mail_id, business_id, why)


def _open(sealer: Sealer, mail: StoredMail) -> Letter:
    text = open_text(sealer, mail.body_text, letter_place("body_text"))
    html = None if mail.body_html is None else open_text(sealer, mail.body_html, letter_place("body_html"))
    return Letter(mail.to_address, mail.subject, text, html, mail.mail_id)


async def _settle(context: Context, mail_id: UUID, business_id: UUID | None) -> Later | None:
    now = context.clock.now()
    await mails.save_fate(context.pool, mail_id, None, now)
    if business_id is not None:
        async with business_transaction(context.pool, business_id) as connection:
            await alarms.end_alarm(connection, business_id, *_ALARM, now)
    return None


async def _give_up(context: Context, mail_id: UUID, business_id: UUID | None, why: str) -> Later | None:
    now = context.clock.now()
    await mails.save_fate(context.pool, mail_id, why, now)
    if business_id is not None:
        async with business_transaction(context.pool, business_id) as connection:
            await alarms.raise_alarm(connection, business_id, *_ALARM, why, now)
    return None
