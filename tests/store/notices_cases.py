"""The calls of `twin_cases` for what is sent to the phones of staff, and the cases outside row-level security."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from ringback.domain.notices import Channel, StaffNoticePolicy
from ringback.store import installation_keys, mails, notices, push_subscriptions
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.mails import StoredMail
from ringback.store.notices import NoticeRules
from ringback.store.people import hash_token
from ringback.store.push_subscriptions import NewSubscription
from tests.store.notices_stock import a_notice, device_of, endpoint_of, notice_id_of
from tests.store.stock import LATER


def _staff(a: Any) -> UUID:
    found: UUID = a.harbor.business.staff[0].staff_id
    return found


def _notice(a: Any) -> UUID:
    return notice_id_of(a.harbor.business_id)


def _push(a: Any) -> tuple[UUID, UUID]:
    return _notice(a), device_of(a.harbor.business_id)


def _device(a: Any) -> NewSubscription:
    session = hash_token(a.harbor.session)
    return NewSubscription(a.harbor.person_id, session, endpoint_of("harbor"), "key", "auth", "a phone of Rex")


async def _begin_pushes(a: Any) -> object:
    # Who somebody is on the staff list is outside row-level security; devices and notices are not.
    await a.connection.execute("update memberships set staff_id = $1 where business_id = current_business()", _staff(a))
    return await push_subscriptions.begin_pushes(a.connection, a.business_id, _notice(a), _staff(a), LATER)


NOTICES_CASES: dict[str, Callable[[Any], Awaitable[object]]] = {
    "notices.load_rules": lambda a: notices.load_rules(a.connection, a.business_id),
    "notices.save_rules": lambda a: notices.save_rules(a.connection, a.business_id, NoticeRules(push_wait_seconds=99)),
    "notices.load_reach": lambda a: notices.load_reach(a.connection, a.business_id, [_staff(a)], LATER),
    "notices.save_policy": lambda a: notices.save_policy(
        a.connection, a.business_id, _staff(a), StaffNoticePolicy((Channel.EMAIL,))
    ),
    "notices.add_notice": lambda a: notices.add_notice(
        a.connection, a.business_id, a_notice(a.harbor.business, _notice(a), "Rex was here")
    ),
    "notices.begin_notice": lambda a: notices.begin_notice(a.connection, a.business_id, _notice(a), LATER),
    "notices.is_answered": lambda a: notices.is_answered(a.connection, a.business_id, a.harbor.thread_id),
    "notices.save_carrier": lambda a: notices.save_carrier(a.connection, a.business_id, _notice(a), new_id(), None),
    "notices.save_sent": lambda a: notices.save_sent(a.connection, a.business_id, _notice(a), LATER),
    "notices.settle_notice": lambda a: notices.settle_notice(a.connection, a.business_id, _notice(a), "Rex", LATER),
    "notices.get_text_fate": lambda a: notices.get_text_fate(a.connection, a.business_id, a.harbor.accepted_id),
    "notices.list_notices": lambda a: notices.list_notices(a.connection, a.business_id, _staff(a), 50),
    "push_subscriptions.save_subscription": lambda a: push_subscriptions.save_subscription(
        a.connection, a.business_id, _device(a), LATER
    ),
    "push_subscriptions.list_subscriptions": lambda a: push_subscriptions.list_subscriptions(
        a.connection, a.business_id, a.harbor.person_id, LATER
    ),
    "push_subscriptions.find_owner": lambda a: push_subscriptions.find_owner(
        a.connection, a.business_id, endpoint_of("harbor")
    ),
    "push_subscriptions.end_endpoint": lambda a: push_subscriptions.end_endpoint(
        a.connection, a.business_id, endpoint_of("harbor"), LATER
    ),
    "push_subscriptions.end_subscription": lambda a: push_subscriptions.end_subscription(
        a.connection, a.business_id, _push(a)[1], "Rex", LATER
    ),
    "push_subscriptions.end_own_subscription": lambda a: push_subscriptions.end_own_subscription(
        a.connection, a.business_id, a.harbor.person_id, _push(a)[1], LATER
    ),
    "push_subscriptions.begin_pushes": _begin_pushes,
    "push_subscriptions.save_push": lambda a: push_subscriptions.save_push(
        a.connection, a.business_id, _push(a), "Rex", LATER
    ),
    "push_subscriptions.note_shown": lambda a: push_subscriptions.note_shown(
        a.connection, a.business_id, _push(a), LATER, is_opened=True
    ),
    "push_subscriptions.count_waiting_threads": lambda a: push_subscriptions.count_waiting_threads(
        a.connection, a.business_id
    ),
}


async def a_key_is_of_the_whole_installation_and_is_made_once(town: Any) -> None:
    """Two that make it at the same time get the same one, and no business's rows change."""
    before = await town.harbors_rows()
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        assert await installation_keys.find_key(connection, "vapid") is None
        first = await installation_keys.keep_key(connection, "vapid", {"public": "one"}, LATER)
        second = await installation_keys.keep_key(connection, "vapid", {"public": "two"}, LATER)
        assert first == second == await installation_keys.find_key(connection, "vapid")
    assert await town.harbors_rows() == before


async def a_letter_is_reached_by_its_id_alone_and_says_nothing_once_it_is_sent(town: Any) -> None:
    """Who knows no id of a letter gets none, and a sent one has no words left."""
    mail_id, before = new_id(), await town.harbors_rows()
    letter = StoredMail(mail_id, "sam@harbor.example", "Hello", "a secret link", None, 0)
    await mails.add_mail(town.pool, letter, LATER)
    assert await mails.begin_try(town.pool, new_id()) is None
    assert await mails.get_fate(town.pool, new_id()) is None
    begun = await mails.begin_try(town.pool, mail_id)
    assert begun is not None
    assert begun.tries == 1
    await mails.save_fate(town.pool, mail_id, None, LATER)
    assert "secret" not in str(await town.pool.fetch("select * from mails"))
    assert await mails.begin_try(town.pool, mail_id) is None
    await mails.forget_mails(town.pool, LATER + timedelta(days=31))
    assert await mails.get_fate(town.pool, mail_id) is None
    assert await town.harbors_rows() == before


NOTICES_OUTSIDE: dict[str, Callable[[Any], Awaitable[None]]] = {
    **dict.fromkeys(
        ["installation_keys.find_key", "installation_keys.keep_key"],
        a_key_is_of_the_whole_installation_and_is_made_once,
    ),
    **dict.fromkeys(
        ["mails.add_mail", "mails.begin_try", "mails.save_fate", "mails.get_fate", "mails.forget_mails"],
        a_letter_is_reached_by_its_id_alone_and_says_nothing_once_it_is_sent,
    ),
}
