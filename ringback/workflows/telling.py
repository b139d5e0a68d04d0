"""A notice on its way: all that is known of it, and its two ends. It has arrived, or the next way follows."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ringback.domain import healthcare
from ringback.domain.business import Business
from ringback.domain.notice_texts import NoticeWords
from ringback.domain.notices import choose_channel
from ringback.store import alarms
from ringback.store import notices as stored
from ringback.store.db import Connection
from ringback.store.ids import new_id
from ringback.store.notices import NoticeRules, Reach, StoredNotice
from ringback.workflows.context import Context, Later
from ringback.workflows.notices import add_row, warn_of_unreached


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice that has something to do, and all that is known of it."""

    notice: StoredNotice
    person: Reach
    business: Business
    rules: NoticeRules
    now: datetime

    @property
    def business_id(self) -> UUID:
        """Return whose notice it is."""
        return self.business.business_id


def words_of(context: Context, telling: Telling) -> NoticeWords:
    """Return what there is to say, in the person's own language."""
    notice, business = telling.notice, telling.business
    language = telling.person.language or business.language
    words = healthcare.notice_words(business, notice.kind, notice.words, language)
    return NoticeWords(notice.kind, business.name, words, f"{context.public_url}{notice.path}", language)


async def go_on(connection: Connection, telling: Telling, failed: str) -> Later | None:
    """This way told nobody: it says so, and the next one follows, if there is one."""
    notice, now = telling.notice, telling.now
    await stored.settle_notice(connection, telling.business_id, notice.notice_id, failed, now)
    # What was tried for this notice before counts too: no way comes twice.
    tried = (*notice.tried, notice.channel)
    channel = choose_channel(telling.person.policy, telling.person.channels, tried, notice.allowed)
    if channel is None:
        # Pushed and not shown may still be seen; what never left was certainly not.
        if notice.sent_at is None:
            await warn_of_unreached(connection, telling.business_id, telling.person, now)
        return None
    following = StoredNotice(
        new_id(),
        notice.staff_id,
        notice.kind,
        channel,
        notice.thread_id,
        notice.words,
        notice.path,
        created_at=now,
        send_at=now,
        tried=tried,
        allowed=notice.allowed,
        follows=notice.notice_id,
    )
    await add_row(connection, telling.business_id, following, now)
    return None


async def arrive(connection: Connection, telling: Telling, sent_at: datetime) -> Later | None:
    """It has reached them, as far as anybody can know."""
    notice, business_id = telling.notice, telling.business_id
    await stored.save_sent(connection, business_id, notice.notice_id, sent_at)
    await stored.settle_notice(connection, business_id, notice.notice_id, None, telling.now)
    await alarms.end_alarm(connection, business_id, "notice", str(notice.staff_id), telling.now)
    return None
