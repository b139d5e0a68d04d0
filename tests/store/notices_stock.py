"""What is sent to the phones of staff, for the stock of a business: devices, rules, and a notice on its way."""

from datetime import time
from uuid import UUID, uuid5

from ringback.domain.business import Business
from ringback.domain.notices import Channel, NoticeKind, StaffNoticePolicy
from ringback.store import notices, push_subscriptions
from ringback.store.db import Connection
from ringback.store.notices import NoticeRules, StoredNotice
from ringback.store.people import hash_token
from ringback.store.push_subscriptions import NewSubscription
from tests.cast import NOON


def notice_id_of(business_id: UUID) -> UUID:
    """The notice of a stocked business."""
    return uuid5(business_id, "notice")


def device_of(business_id: UUID) -> UUID:
    """The device that is pushed to."""
    return uuid5(business_id, "device")


def endpoint_of(word: str) -> str:
    """The endpoint of its device."""
    return f"https://push.example/{word}"


def a_notice(business: Business, notice_id: UUID, words: str) -> StoredNotice:
    """A notice to the first of the staff, to be pushed."""
    staff_id = business.staff[0].staff_id
    return StoredNotice(
        notice_id, staff_id, NoticeKind.ALARM, Channel.PUSH, None, words, "/threads", created_at=NOON, send_at=NOON
    )


async def add_notices(connection: Connection, business: Business, signed_in: tuple[UUID, str], word: str) -> None:
    """Add the rows for somebody who is signed in, as person and session; every free text contains `word`."""
    business_id, staff_id = business.business_id, business.staff[0].staff_id
    person_id, session = signed_in
    keys = f"key {word}", f"auth {word}"
    new = NewSubscription(person_id, hash_token(session), endpoint_of(word), *keys, f"{word} phone")
    await push_subscriptions.save_subscription(connection, business_id, new, NOON)
    await connection.execute(
        "update push_subscriptions set subscription_id = $2 where business_id = $1", business_id, device_of(business_id)
    )
    await notices.save_rules(connection, business_id, NoticeRules(shows_words=True))
    policy = StaffNoticePolicy((Channel.PUSH,), time(22), time(7))
    await notices.save_policy(connection, business_id, staff_id, policy)
    notice = a_notice(business, notice_id_of(business_id), f"{word} is waiting")
    await notices.add_notice(connection, business_id, notice)
    await connection.execute(
        "insert into notice_pushes (business_id, notice_id, subscription_id) values ($1, $2, $3)",
        *(business_id, notice.notice_id, device_of(business_id)),
    )
