"""Notices on their way: pushed first, and on to the next way until somebody has seen them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time, timedelta
from uuid import UUID

import pytest

from ringback.domain.notices import Channel, NoticeKind, StaffNoticePolicy
from ringback.store import notices, push_subscriptions
from ringback.store.db import business_transaction
from ringback.store.notices import NoticeRules
from ringback.workflows.context import Context
from ringback.workflows.notices import note_shown
from tests.cast import CARLA, NOON, OLGA_PHONE, TestClock
from tests.workflows.desk import until_somebody_waits
from tests.workflows.notice_desk import FROM, NoticeDesk, open_notice_desk
from tests.workflows.push_company import Browser, read_vapid

NOT_SHOWN = "Pushed, but no device said within 45 s that it showed it."


@pytest.fixture
async def harbor(context: Context, clock: TestClock) -> AsyncIterator[NoticeDesk]:
    """Harbor Dental, with ways to reach Olga."""
    async with open_notice_desk(context, clock) as opened:
        yield opened


async def test_a_push_is_sealed_for_one_device_and_signed_by_us(harbor: NoticeDesk) -> None:
    phone = Browser("phone")
    await harbor.turn_on(phone)
    await harbor.tell("Carla: water everywhere", NoticeKind.REPLY_DUE)

    await harbor.desk.work(1)

    [request] = harbor.pushes.pushed
    told = phone.read(request.body)
    assert (told["title"], told["body"], told["path"]) == ("A reply is due", "Harbor Dental", "/threads")
    assert b"Carla" not in request.body
    assert read_vapid(request)["sub"] == f"mailto:{FROM}"
    assert (request.headers["urgency"], request.headers["ttl"]) == ("high", "3600")


async def test_a_push_that_a_device_showed_goes_no_further(harbor: NoticeDesk) -> None:
    phone = Browser("phone")
    await harbor.turn_on(phone)
    notice_id = await harbor.tell()
    await harbor.desk.work(2)
    token = phone.read(harbor.pushes.pushed[0].body)["token"]

    assert await note_shown(harbor.desk.context, token, is_opened=False)
    await harbor.desk.work(120)

    assert await harbor.told() == [("push", None)]
    row = await harbor.notice(notice_id)
    assert (row["shown_at"], row["acknowledged_at"]) == (NOON + timedelta(seconds=2), None)
    assert harbor.desk.company.posts == []


async def test_a_push_nobody_saw_goes_on_as_a_text_within_the_time_the_owner_set(harbor: NoticeDesk) -> None:
    await harbor.turn_on(Browser("phone"))
    await harbor.tell("Carla is waiting.")

    await harbor.desk.work(44)
    assert harbor.desk.company.posts == []
    await harbor.desk.work(20)

    [text] = harbor.desk.company.posts
    assert text["To"] == OLGA_PHONE
    assert text["Body"] == "Harbor Dental: Carla is waiting. http://ringback.test/threads"
    assert await harbor.told() == [("push", NOT_SHOWN), ("sms", None)]


async def test_what_neither_push_nor_text_brings_comes_by_mail(harbor: NoticeDesk) -> None:
    await harbor.turn_on(Browser("phone"))
    await harbor.desk.text("STOP", sender=OLGA_PHONE)
    await harbor.desk.work(5)
    texts = len(harbor.desk.company.posts)
    await harbor.tell()

    await harbor.desk.work(120)

    stopped = "Not texted: this phone stopped our texts, or takes none."
    assert await harbor.told() == [("push", NOT_SHOWN), ("sms", stopped), ("email", None)]
    assert len(harbor.desk.company.posts) == texts
    assert [letter["To"] for letter in harbor.mail.letters] == ["olga@harbor.example"]
    assert "Carla" not in str(harbor.mail.letters[0])


async def test_opening_a_notice_acknowledges_it_and_a_forged_token_does_nothing(harbor: NoticeDesk) -> None:
    phone = Browser("phone")
    await harbor.turn_on(phone)
    notice_id = await harbor.tell()
    await harbor.desk.work(1)
    token = phone.read(harbor.pushes.pushed[0].body)["token"]

    forged = ("A" if token[0] != "A" else "B") + token[1:]
    assert not await note_shown(harbor.desk.context, forged, is_opened=True)
    assert not await note_shown(harbor.desk.context, "no token", is_opened=True)
    assert (await harbor.notice(notice_id))["acknowledged_at"] is None
    assert await note_shown(harbor.desk.context, token, is_opened=True)

    assert (await harbor.notice(notice_id))["acknowledged_at"] is not None


async def test_a_device_that_shows_a_notice_while_a_job_looks_after_it_does_not_deadlock_with_it(
    harbor: NoticeDesk,
) -> None:
    phone = Browser("phone")
    await harbor.turn_on(phone)
    notice_id = await harbor.tell()
    await harbor.desk.work(1)
    token = phone.read(harbor.pushes.pushed[0].body)["token"]
    business_id, now = harbor.business.business_id, harbor.desk.clock.now()
    async with business_transaction(harbor.desk.context.pool, business_id) as connection:
        assert await notices.begin_notice(connection, business_id, notice_id, now) is not None
        shown = asyncio.create_task(note_shown(harbor.desk.context, token, is_opened=False))
        await until_somebody_waits(harbor.desk)
        assert await push_subscriptions.begin_pushes(connection, business_id, notice_id, harbor.olga, now) == []
    assert await shown


@pytest.mark.parametrize("status", [404, 410])
async def test_a_subscription_that_is_gone_ends_and_the_text_follows_at_once(harbor: NoticeDesk, status: int) -> None:
    await harbor.turn_on(Browser("phone"))
    harbor.pushes.answers.append(status)
    await harbor.tell()

    await harbor.desk.work(2)

    assert [text["To"] for text in harbor.desk.company.posts] == [OLGA_PHONE]
    [row] = await harbor.desk.table("push_subscriptions")
    assert row["ended_why"] == "This device takes pushes no more."


async def test_a_push_service_in_trouble_is_asked_again_and_a_device_that_has_it_is_not(harbor: NoticeDesk) -> None:
    phone, tablet = Browser("phone"), Browser("tablet")
    await harbor.turn_on(phone)
    await harbor.turn_on(tablet)
    harbor.pushes.answers.extend([503, 201, 429, 201])
    await harbor.tell()

    await harbor.desk.work(30)

    asked = [request.url.rpartition("/")[2] for request in harbor.pushes.pushed]
    assert len(asked) == 4
    assert asked[2] == asked[3] == asked[0]
    assert {row["failed"] for row in await harbor.desk.table("notice_pushes")} == {None}


async def test_a_signed_out_device_is_not_pushed_to(harbor: NoticeDesk) -> None:
    await harbor.turn_on(Browser("lost"))
    await harbor.desk.context.pool.execute("delete from sessions where business_id = $1", harbor.business.business_id)
    await harbor.tell()

    await harbor.desk.work(2)

    assert harbor.pushes.pushed == []
    assert len(harbor.desk.company.posts) == 1


async def test_words_of_callers_are_pushed_only_where_the_owner_allows_it(harbor: NoticeDesk) -> None:
    phone = Browser("phone")
    await harbor.turn_on(phone)
    async with business_transaction(harbor.desk.context.pool, harbor.business.business_id) as connection:
        await notices.save_rules(
            connection, harbor.business.business_id, NoticeRules(shows_words=True, push_wait_seconds=30)
        )
    await harbor.tell("Carla: my tooth hurts")

    await harbor.desk.work(35)

    assert phone.read(harbor.pushes.pushed[0].body)["body"] == "Carla: my tooth hurts · Harbor Dental"
    assert (await harbor.told())[0] == ("push", NOT_SHOWN.replace("45", "30"))


async def choose(harbor: NoticeDesk, policy: StaffNoticePolicy) -> None:
    """Let Olga choose how she is told."""
    async with business_transaction(harbor.desk.context.pool, harbor.business.business_id) as connection:
        await notices.save_policy(connection, harbor.business.business_id, harbor.olga, policy)


async def test_people_are_told_in_their_own_order_and_on_their_own_ways_only(harbor: NoticeDesk) -> None:
    await harbor.turn_on(Browser("phone"))
    await choose(harbor, StaffNoticePolicy((Channel.EMAIL,)))
    await harbor.tell()

    await harbor.desk.work(120)

    assert (len(harbor.mail.letters), harbor.pushes.pushed, harbor.desk.company.posts) == (1, [], [])


# NOON of the cast is 10:00 in Chicago.
NAP = StaffNoticePolicy((Channel.SMS,), time(9, 30), time(11))


async def test_a_notice_waits_for_the_end_of_quiet_hours(harbor: NoticeDesk) -> None:
    await choose(harbor, NAP)
    await harbor.tell()

    await harbor.desk.work(3590)
    assert harbor.desk.company.posts == []
    await harbor.desk.work(30)

    assert len(harbor.desk.company.posts) == 1


@pytest.mark.parametrize(
    ("kind", "urgent_through", "texts"),
    [(NoticeKind.EMERGENCY, False, 1), (NoticeKind.ESCALATED, True, 1), (NoticeKind.ESCALATED, False, 0)],
)
async def test_only_what_is_urgent_comes_through_quiet_hours(
    harbor: NoticeDesk, kind: NoticeKind, urgent_through: bool, texts: int
) -> None:
    await choose(harbor, replace(NAP, urgent_through=urgent_through))
    await harbor.tell(kind=kind)

    await harbor.desk.work(30)

    assert len(harbor.desk.company.posts) == texts


async def wait_for_reply(harbor: NoticeDesk) -> UUID:
    """Let Carla write; return her thread."""
    await harbor.desk.text("Are you open?", sender=CARLA)
    await harbor.desk.work(1, only="take_message")
    [thread] = await harbor.desk.fetch(
        "select thread_id from threads where business_id = $1 and needs_reply_at is not null"
    )
    thread_id: UUID = thread["thread_id"]
    return thread_id


async def test_nobody_is_told_of_a_reply_that_was_given_meanwhile(harbor: NoticeDesk) -> None:
    thread_id = await wait_for_reply(harbor)
    await choose(harbor, NAP)
    notice_id = await harbor.tell(kind=NoticeKind.REPLY_DUE, thread_id=thread_id)
    async with business_transaction(harbor.desk.context.pool, harbor.business.business_id) as connection:
        await connection.execute("update threads set needs_reply_at = null where thread_id = $1", thread_id)

    await harbor.desk.work(4000, only="send_notice")

    assert (await harbor.notice(notice_id))["failed"] == "Not sent: somebody had answered by then."
    assert harbor.desk.company.posts == []


async def test_the_text_of_a_notice_is_kept_out_of_the_inbox(harbor: NoticeDesk) -> None:
    await harbor.tell()

    await harbor.desk.work(2)

    [thread] = await harbor.desk.table("threads")
    [message] = await harbor.desk.table("messages")
    assert (thread["for_alerts"], message["purpose"], message["state"]) == (True, "alert", "accepted")


async def test_whoever_cannot_be_reached_at_all_is_an_alarm(harbor: NoticeDesk) -> None:
    sam = harbor.business.staff[0].staff_id
    async with business_transaction(harbor.desk.context.pool, harbor.business.business_id) as connection:
        await connection.execute("update staff set phone = null, email = null where staff_id = $1", harbor.olga)

    notice_id = await harbor.tell()

    assert sam != harbor.olga
    row = await harbor.notice(notice_id)
    assert row["failed"] == "Not told: there is no device, no phone and no e-mail address to reach them by."
    assert await harbor.alarms() == [("notice", 1)]
    assert await harbor.desk.jobs() == []


async def test_without_a_mail_server_the_notice_says_so_and_one_alarm_stands(harbor: NoticeDesk) -> None:
    harbor.desk.context = replace(harbor.desk.context, mailer=None)
    for _ in range(2):
        await harbor.tell(channels=frozenset([Channel.EMAIL]))
    await harbor.desk.work(5)

    none = "No e-mail could be sent: no mail server is set up here (RINGBACK_SMTP_URL)."
    assert await harbor.told() == [("email", none), ("email", none)]
    assert sorted(kind for kind, _ in await harbor.alarms()) == ["mail", "notice"]
