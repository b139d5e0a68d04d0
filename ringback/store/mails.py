"""Letters on their way. What they say is deleted once they are sent: a link in them may open something."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ringback.store.db import Connection


@dataclass(frozen=True, slots=True)
class StoredMail:
    """A letter that is still to be sent; `tries` counts this one."""

    mail_id: UUID
    to_address: str
    subject: str
    body_text: str
    body_html: str | None
    tries: int


async def add_mail(connection: Connection, mail: StoredMail, now: datetime) -> None:
    """Keep a letter until it is sent."""
    await connection.execute(
        "insert into mails (mail_id, to_address, subject, body_text, body_html, made_at) "
        "values ($1, $2, $3, $4, $5, $6)",
        *(mail.mail_id, mail.to_address, mail.subject, mail.body_text, mail.body_html, now),
    )


async def begin_try(connection: Connection, mail_id: UUID) -> StoredMail | None:
    """Count one more try and return the letter; None where it was sent or given up."""
    # Counted before the try: a letter that kills its worker must not be tried for ever.
    row = await connection.fetchrow(
        "update mails set tries = tries + 1 where mail_id = $1 and sent_at is null and failed is null "
        "returning mail_id, to_address, subject, body_text, body_html, tries",
        mail_id,
    )
    return None if row is None else StoredMail(**dict(row))


async def save_fate(connection: Connection, mail_id: UUID, failed: str | None, now: datetime) -> None:
    """A letter is sent, or given up with the sentence that says why."""
    await connection.execute(
        # Its words go at once, or what opens an account would lie in every backup.
        "update mails set sent_at = case when $2::text is null then $3::timestamptz end, failed = $2, "
        "body_text = null, body_html = null where mail_id = $1 and sent_at is null",
        *(mail_id, failed, now),
    )


@dataclass(frozen=True, slots=True)
class MailFate:
    """What became of a letter; neither, while it waits."""

    sent_at: datetime | None
    failed: str | None


async def get_fate(connection: Connection, mail_id: UUID) -> MailFate | None:
    """Return what became of a letter."""
    row = await connection.fetchrow("select sent_at, failed from mails where mail_id = $1", mail_id)
    return None if row is None else MailFate(**dict(row))


async def forget_mails(connection: Connection, now: datetime) -> None:
    """Delete letters, sent or not, that are a month old."""
    await connection.execute("delete from mails where made_at < $1", now - timedelta(days=30))
