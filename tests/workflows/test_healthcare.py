"""Healthcare mode, driven through the product: nothing that leaves it says who a patient is or what hurts."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from ringback.domain.bookings import Opening
from ringback.domain.business import Business
from ringback.domain.messages import Purpose
from ringback.domain.notices import Channel, NoticeKind
from ringback.domain.privacy_policy import PrivacyPolicy
from ringback.receptionist.dialog import AlertOnCall, HandOver, HandOverKind
from ringback.store import businesses, contacts
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from tests.cast import CARLA, NOON, TestClock
from tests.workflows.desk import Desk
from tests.workflows.notice_desk import NoticeDesk, open_notice_desk
from tests.workflows.push_company import Browser
from tests.workflows.talk import Parrot, book, contact_id_of, listening, open_talk, outbound, tick

MARKS = ("Zelda", "Quux", "abscess", "0142")


def clinic(business: Business) -> Business:
    """Harbor Dental in healthcare mode, with a receptionist and Sam on call."""
    on = PrivacyPolicy(healthcare=True)
    return replace(listening(business, on_call=("Sam", "Olga")), privacy=on)


@pytest.fixture
async def notices(context: Context, clock: TestClock) -> AsyncIterator[NoticeDesk]:
    """Harbor Dental in healthcare mode, with ways to reach Olga."""
    async with open_notice_desk(context, clock) as opened:
        business = replace(opened.business, privacy=PrivacyPolicy(healthcare=True))
        async with business_transaction(opened.desk.context.pool, business.business_id) as connection:
            await businesses.save_business(connection, business, {}, NOON)
        opened.desk.business = business
        yield opened


@pytest.fixture
async def talk(context: Context, clock: TestClock) -> tuple[Desk, Parrot]:
    """Harbor Dental in healthcare mode, with a parrot for a receptionist."""
    return await open_talk(context, clock, clinic)


async def zelda_is_known(desk: Desk) -> None:
    """Carla's number is Zelda Quux's here."""
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, desk.business.business_id, CARLA, NOON)
        await contacts.save_contact(connection, desk.business.business_id, contact_id, "Zelda Quux", None)


@pytest.mark.parametrize("channel", list(Channel))
async def test_no_way_to_reach_staff_says_more_than_that_a_patient_wrote(notices: NoticeDesk, channel: Channel) -> None:
    phone = Browser("phone")
    await notices.turn_on(phone)
    await notices.tell("Zelda Quux: “my abscess hurts”", NoticeKind.REPLY_DUE, frozenset([channel]))
    await notices.desk.work(60)

    pushed = [str(phone.read(request.body)) for request in notices.pushes.pushed]
    mailed = [str(mail) for mail in notices.mail.letters]
    out = [*pushed, *(post["Body"] for post in notices.desk.company.posts), *mailed]
    assert len(out) >= 1, "something left"
    assert [mark for mark in MARKS if mark in "\n".join(out)] == []


async def test_an_emergency_reaches_staff_as_a_link(talk: tuple[Desk, Parrot]) -> None:
    desk, parrot = talk
    desk.tells_staff = True
    await zelda_is_known(desk)
    alert = AlertOnCall("abscess, cannot breathe", "5 Quux St")
    parrot.will(alert, HandOver(HandOverKind.EMERGENCY, "abscess", stays=True), say="Call 911.")
    await desk.text("my abscess, I cannot breathe")
    await desk.work(400)

    texts = [post["Body"] for post in desk.company.posts if post["To"] != CARLA]
    assert any("EMERGENCY" in text and "/threads/" in text for text in texts)
    assert [text for text in texts if any(mark in text for mark in MARKS)] == []


async def test_a_second_reminder_within_a_day_is_not_sent(talk: tuple[Desk, Parrot]) -> None:
    desk, _ = talk
    await desk.text("Hello?")
    await desk.work(10)
    for hours in (0, 2):
        starts_at = NOON + timedelta(days=2, hours=hours)
        opening = Opening(starts_at, starts_at + timedelta(hours=1), desk.business.staff[0].staff_id)
        await book(desk, opening, await contact_id_of(desk))
    await desk.work(10)
    # Both are due a day before they begin.
    for pause in (24.1, 2.1):
        desk.clock.pass_time(pause * 3600)
        await tick(desk)

    sent = [body for purpose, _, body in await outbound(desk) if purpose == Purpose.REMINDER]
    assert len(sent) == 1
    assert "Cleaning" not in sent[0]
