"""Outgoing hooks: told in the transaction of what happened, delivered at least once, and given up loudly."""

import json
from collections import deque
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from standardwebhooks import Webhook

from ringback.domain.bookings import MadeBy
from ringback.domain.outgoing_hooks import HookEvent
from ringback.domain.phrases import phrase
from ringback.domain.privacy_policy import PrivacyPolicy
from ringback.ports import AddressRefused, HttpRequest, HttpResponse, Letter, MailTaken, NoAnswer, NotSent
from ringback.store import bookings
from ringback.store import outgoing_hooks as stored
from ringback.store.db import business_transaction, set_business
from ringback.store.feed import forget_old_exchanges
from ringback.store.ids import new_id
from ringback.store.outgoing_hooks import Tried
from ringback.wiring.addresses import AddressPolicy, read_opened
from ringback.wiring.http import OutgoingHttp
from ringback.workflows import hook_changes
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.outgoing_hooks import send_one
from ringback.workflows.upkeep import start_due
from tests.cast import CARLA, TestClock
from tests.store.booking_stock import placing
from tests.wiring.outside import listening
from tests.workflows.desk import Desk, open_desk
from tests.workflows.phone_company import PhoneCompany
from tests.workflows.talk import contact_id_of

URL = "https://hooks.example.com/in?key=receivers-own"
OLGA = Who("Olga", None)
ALL = tuple(HookEvent)
Answer = int | Exception


@dataclass
class Receiver:
    """Takes hooks with the given answers (else 200); everything else goes on to the phone company."""

    phones: PhoneCompany
    answers: deque[Answer] = field(default_factory=deque)
    always: Answer = 200
    taken: list[HttpRequest] = field(default_factory=list)

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Answer one request of ours."""
        if not request.url.startswith("https://hooks.example.com/"):
            return await self.phones.send(request)
        self.taken.append(request)
        answer = self.answers.popleft() if self.answers else self.always
        if isinstance(answer, Exception):
            raise answer
        return HttpResponse(answer, b"thanks")

    def told(self) -> list[str]:
        """What it was told of, in order."""
        return [json.loads(request.body)["type"] for request in self.taken]


@dataclass
class Hooked:
    """A desk with one hook for everything."""

    desk: Desk
    receiver: Receiver
    hook_id: UUID
    secret: str

    @property
    def business_id(self) -> UUID:
        return self.desk.business.business_id

    async def hook(self) -> dict[str, Any]:
        """The hook's row."""
        [row] = await self.desk.table("outgoing_hooks")
        return row

    async def deliveries(self) -> list[dict[str, Any]]:
        """The deliveries, in order."""
        return await self.desk.fetch("select * from hook_deliveries where business_id = $1 order by made_at, kind")

    def last(self) -> dict[str, Any]:
        """The body that came last."""
        body: dict[str, Any] = json.loads(self.receiver.taken[-1].body)
        return body


async def hooked_desk(context: Context, clock: TestClock, *events: HookEvent, trade: str = "plumbing") -> Hooked:
    desk = await open_desk(context, clock, lambda business: replace(business, trade=trade, privacy=PrivacyPolicy()))
    receiver = Receiver(desk.company)
    desk.context = replace(desk.context, http=receiver)
    wish = hook_changes.Wish(URL, events or ALL)
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        added = await hook_changes.add_hook(desk.context, connection, desk.business.business_id, wish, OLGA)
    assert added is not None
    return Hooked(desk, receiver, added.hook_id, added.secret)


@pytest.fixture
async def hooked(context: Context, clock: TestClock) -> Hooked:
    """The plumbers' desk with a hook."""
    return await hooked_desk(context, clock)


async def test_a_missed_call_its_text_and_the_reply_are_told_in_order(hooked: Hooked) -> None:
    message_id = await hooked.desk.miss()
    await hooked.desk.work(60)
    await hooked.desk.text("water everywhere pls")
    await hooked.desk.work(60)

    assert hooked.receiver.told() == [*("call.missed", "text_back.sent", "message.received", "thread.needs_reply")]
    missed, sent, received, _ = (json.loads(request.body) for request in hooked.receiver.taken)
    assert (missed["data"]["call"]["outcome"], missed["data"]["contact"]["phone"]) == ("no_answer", CARLA)
    assert sent["data"]["message"]["id"] == str(message_id)
    assert sent["data"]["call_id"] == missed["data"]["call"]["id"]
    assert received["data"]["message"]["body"] == "water everywhere pls"
    assert received["data"]["line"]["number"] == hooked.desk.line.number
    assert all(delivery["delivered_at"] for delivery in await hooked.deliveries())


async def test_each_is_signed_for_the_receiver_and_has_an_id_of_its_own(hooked: Hooked) -> None:
    await hooked.desk.miss()
    await hooked.desk.work(60)

    ids = set()
    for request in hooked.receiver.taken:
        headers = request.headers
        at = datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC)
        assert abs((at - hooked.desk.clock.at).total_seconds()) < 120
        wanted = Webhook(hooked.secret).sign(headers["webhook-id"], at, request.body.decode())
        assert headers["webhook-signature"] == wanted
        ids.add(headers["webhook-id"])
    assert len(ids) == len(hooked.receiver.taken) == 2


async def test_an_answered_call_tells_nothing(hooked: Hooked) -> None:
    await hooked.desk.ring()
    await hooked.desk.accepted()
    await hooked.desk.dialed("completed", DialBridged="true", DialCallDuration="40")
    await hooked.desk.work(300)

    assert hooked.receiver.told() == []


async def test_what_is_rolled_back_is_not_told(hooked: Hooked) -> None:
    async with hooked.desk.context.pool.acquire() as connection:
        taken_back = connection.transaction()
        await taken_back.start()
        await set_business(connection, hooked.business_id)
        await connection.execute("select tell_hooks($1, 'call.missed', $1, '{}', now())", hooked.business_id)
        await taken_back.rollback()
    await hooked.desk.work(60)

    assert (hooked.receiver.told(), await hooked.deliveries()) == ([], [])


async def test_an_opt_out_is_told_without_the_words(hooked: Hooked) -> None:
    await hooked.desk.text("STOP texting me you clowns")
    await hooked.desk.work(60)

    assert "contact.opted_out" in hooked.receiver.told()
    told = next(json.loads(one.body) for one in hooked.receiver.taken if b"contact.opted_out" in one.body)
    assert told["data"]["opt_out"]["source"] in ("keyword", "words")
    assert told["data"]["contact"]["phone"] == CARLA
    assert "clowns" not in json.dumps(told)


async def test_a_booking_is_told_when_made_moved_and_cancelled(hooked: Hooked) -> None:
    await hooked.desk.text("hello")
    await hooked.desk.work(60)
    contact_id, staff = await contact_id_of(hooked.desk), hooked.desk.business.staff[0].staff_id
    pool, now = hooked.desk.context.pool, hooked.desk.clock.now()

    async def inside(work: Any) -> Any:
        async with business_transaction(pool, hooked.business_id) as connection:
            return await work(connection)

    booking_id = new_id()
    await inside(
        lambda c: bookings.book(c, hooked.business_id, booking_id, placing(contact_id, staff, 24), MadeBy.STAFF, now)
    )
    held = await inside(
        lambda c: bookings.hold(
            c, hooked.business_id, placing(contact_id, staff, 30, moving=booking_id), now + timedelta(minutes=9), now
        )
    )
    await inside(lambda c: bookings.move(c, hooked.business_id, booking_id, held.booking_id, now))
    await inside(lambda c: bookings.cancel(c, hooked.business_id, booking_id, "Olga", "ill", now))
    hooked.receiver.taken.clear()
    await hooked.desk.work(60, only="deliver_hook")

    assert sorted(hooked.receiver.told()) == ["booking.cancelled", "booking.changed", "booking.created"]
    told = {json.loads(one.body)["type"]: json.loads(one.body)["data"]["booking"] for one in hooked.receiver.taken}
    # As it was at that moment, though all three are sent after the last of them.
    assert told["booking.created"]["starts_at"] < told["booking.changed"]["starts_at"]
    assert [told[f"booking.{one}"]["state"] for one in ("created", "changed", "cancelled")] == [
        *("booked", "booked", "cancelled")
    ]
    assert told["booking.created"]["staff_name"] == "Sam"


async def test_only_what_was_chosen_is_told(context: Context, clock: TestClock) -> None:
    hooked = await hooked_desk(context, clock, HookEvent.TEXT_BACK_SENT)
    await hooked.desk.miss()
    await hooked.desk.work(60)
    await hooked.desk.text("hi")
    await hooked.desk.work(60)

    assert hooked.receiver.told() == ["text_back.sent"]


async def test_a_practice_tells_that_something_happened_and_neither_to_whom_nor_what(
    context: Context, clock: TestClock
) -> None:
    hooked = await hooked_desk(context, clock, trade="dental")
    await hooked.desk.miss()
    await hooked.desk.work(60)
    await hooked.desk.text("my wisdom tooth bleeds, Carla Ruiz")
    await hooked.desk.work(60)

    assert hooked.receiver.told()[:3] == ["call.missed", "text_back.sent", "message.received"]
    sent = b"".join(request.body for request in hooked.receiver.taken)
    for word in (b"wisdom", b"Carla", CARLA.encode(), CARLA[-7:].encode()):
        assert word not in sent
    body = hooked.last()
    assert body["hidden"] is True
    assert body["data"]["contact"]["id"] is not None


@pytest.mark.parametrize("answer", [500, 404, 302, NotSent("refused"), NoAnswer("timeout"), 429])
async def test_what_does_not_arrive_is_tried_again_with_the_same_id(hooked: Hooked, answer: Answer) -> None:
    hooked.receiver.answers = deque([answer])
    await hooked.desk.miss()
    await hooked.desk.work(60)

    first = hooked.receiver.taken[0]
    again = [one for one in hooked.receiver.taken if one.headers["webhook-id"] == first.headers["webhook-id"]]
    assert len(again) == 2
    assert again[0].body == again[1].body
    assert hooked.receiver.told().count("text_back.sent") == 1
    hook = await hooked.hook()
    assert (hook["fails"], hook["failing_since"], hook["busy_until"]) == (0, None, None)


async def test_pauses_grow_and_after_a_day_a_delivery_is_given_up(context: Context, clock: TestClock) -> None:
    hooked = await hooked_desk(context, clock, HookEvent.CALL_MISSED)
    hooked.receiver.always = 500
    await hooked.desk.miss()
    await hooked.desk.work(30 * 3600, only="deliver_hook")

    at = [int(request.headers["webhook-timestamp"]) for request in hooked.receiver.taken]
    pauses = [later - earlier for earlier, later in pairwise(at)]
    assert 12 <= len(at) <= 20
    assert pauses == sorted(pauses)
    assert at[-1] - at[0] > 20 * 3600
    [delivery] = await hooked.deliveries()
    assert (delivery["delivered_at"], delivery["status"], delivery["failed"]) == (None, 500, "status")
    assert delivery["given_up_at"] is not None


async def test_one_body_that_is_always_refused_does_not_hold_up_the_others(hooked: Hooked) -> None:
    await hooked.desk.miss()
    hooked.receiver.answers = deque([400])
    await hooked.desk.work(3, only="deliver_hook")
    hooked.receiver.answers = deque([200, 400, 200, 400])
    await hooked.desk.work(5, only="deliver")
    await hooked.desk.work(40, only="deliver_hook")

    assert "text_back.sent" in hooked.receiver.told()


async def test_a_hook_that_fails_for_three_days_is_switched_off_and_the_owner_told_once(hooked: Hooked) -> None:
    hooked.desk.tells_staff = True
    await _olga_works_here(hooked)
    hooked.receiver.always = 503
    for day in range(5):
        await hooked.desk.miss(call=f"CA{day:032}", caller=f"+1312555{day:04}")
        await hooked.desk.work(24 * 3600, only="deliver_hook")

    hook = await hooked.hook()
    assert hook["off_why"] == "failing"
    assert timedelta(days=3) <= hook["off_at"] - hook["failing_since"] < timedelta(days=3, hours=3)
    [alarm] = await hooked.desk.fetch("select * from alarms where business_id = $1 and kind = 'outgoing_hook'")
    assert "hooks.example.com" in alarm["words"]
    assert "receivers-own" not in alarm["words"]
    assert alarm["times"] == 1
    notices = await hooked.desk.fetch("select * from notices where business_id = $1 and kind = 'alarm'")
    assert [notice["path"] for notice in notices] == [f"/outgoing-hooks/{hooked.hook_id}"]
    asked = len(hooked.receiver.taken)
    await hooked.desk.miss(call="CA" + "9" * 32)
    await hooked.desk.work(3600, only="deliver_hook")
    assert len(hooked.receiver.taken) == asked


async def _olga_works_here(hooked: Hooked, *, on_the_list: bool = True) -> str:
    person_id, olga = new_id(), hooked.desk.business.staff[1].staff_id if on_the_list else None
    await hooked.desk.context.pool.execute(
        "insert into people (person_id, email, name, password_hash, created_at) values ($1, $2, 'Olga', '', now())",
        *(person_id, email := f"olga-{person_id}@harbor.example"),
    )
    await hooked.desk.context.pool.execute(
        "insert into memberships (person_id, business_id, role, staff_id) values ($1, $2, 'owner', $3)",
        *(person_id, hooked.business_id, olga),
    )
    return email


async def test_410_unsubscribes_at_once_and_switching_on_begins_anew(hooked: Hooked) -> None:
    hooked.receiver.answers = deque([410])
    await hooked.desk.miss()
    await hooked.desk.work(10, only="deliver_hook")

    assert (await hooked.hook())["off_why"] == "gone"
    async with business_transaction(hooked.desk.context.pool, hooked.business_id) as connection:
        await hook_changes.switch_hook(
            hooked.desk.context, connection, hooked.business_id, hooked.hook_id, OLGA, on=True
        )
    await hooked.desk.work(60)

    assert hooked.receiver.told() == ["call.missed", "call.missed", "text_back.sent"]
    alarms = await hooked.desk.fetch("select * from alarms where business_id = $1 and kind = 'outgoing_hook'")
    assert all(alarm["ended_at"] for alarm in alarms)


@pytest.mark.parametrize("was_on_it", [False, True])
async def test_an_owner_who_is_not_on_the_staff_list_is_written_to(hooked: Hooked, was_on_it: bool) -> None:
    class Post:
        async def send(self, letter: Letter) -> MailTaken:
            return MailTaken()

    hooked.desk.context = replace(hooked.desk.context, mailer=Post())
    email = await _olga_works_here(hooked, on_the_list=was_on_it)
    await hooked.desk.fetch("update staff set ended_at = now() where business_id = $1 and name = 'Olga' returning 1")
    hooked.receiver.always = 410
    await hooked.desk.miss()
    await hooked.desk.work(10, only="deliver_hook")

    letters = await hooked.desk.context.pool.fetch("select subject from mails where to_address = $1", email)
    assert [letter["subject"] for letter in letters] == ["An outgoing hook of Harbor Dental is off"]


async def test_an_address_that_leads_inside_by_now_is_noted_as_such(hooked: Hooked) -> None:
    hooked.receiver.answers = deque([AddressRefused(phrase("No."))])
    await hooked.desk.miss()
    await hooked.desk.work(2, only="deliver_hook")

    [delivery] = await hooked.deliveries()
    assert (delivery["failed"], delivery["status"]) == ("address", None)


async def test_during_a_day_both_secrets_sign(hooked: Hooked) -> None:
    async def renew() -> str:
        async with business_transaction(hooked.desk.context.pool, hooked.business_id) as connection:
            fresh = await hook_changes.renew_secret(
                hooked.desk.context, connection, hooked.business_id, hooked.hook_id, OLGA
            )
        assert fresh is not None
        return fresh

    fresh = await renew()
    await hooked.desk.miss()
    await hooked.desk.work(30)
    assert [len(one.headers["webhook-signature"].split()) for one in hooked.receiver.taken] == [2, 2]
    hooked.desk.clock.pass_time(24 * 3600)
    await hooked.desk.text("hello")
    await hooked.desk.work(30)
    assert len(hooked.receiver.taken[-1].headers["webhook-signature"].split()) == 1

    row = await hooked.hook()
    kept = f"{row['secret']} {row['old_secret']}"
    assert kept.count("sealed:1:") == 2
    assert fresh not in kept
    assert hooked.secret not in kept


async def test_no_more_than_two_a_second_leave_and_none_is_lost(context: Context, clock: TestClock) -> None:
    hooked = await hooked_desk(context, clock, HookEvent.CALL_MISSED)
    async with business_transaction(context.pool, hooked.business_id) as connection:
        for _ in range(150):
            await connection.execute(
                "select tell_hooks($1, 'call.missed', gen_random_uuid(), '{\"outcome\": \"busy\"}', $2)",
                *(hooked.business_id, clock.now()),
            )
    assert len(await hooked.desk.jobs()) == 1
    await hooked.desk.work(30, only="deliver_hook")
    assert len(hooked.receiver.taken) == 120
    await hooked.desk.work(60, only="deliver_hook")

    assert len({request.headers["webhook-id"] for request in hooked.receiver.taken}) == 150


async def test_two_workers_do_not_send_the_same_at_the_same_time(hooked: Hooked) -> None:
    await hooked.desk.miss()
    during: list[object] = []

    class Slow(Receiver):
        async def send(self, request: HttpRequest) -> HttpResponse:
            if not self.taken:
                self.taken.append(request)
                during.append(await send_one(hooked.desk.context, hooked.business_id, hooked.hook_id))
                return HttpResponse(200, b"")
            return await super().send(request)

    slow = Slow(hooked.desk.company)
    hooked.desk.context = replace(hooked.desk.context, http=slow)
    await hooked.desk.work(2, only="deliver_hook")

    assert len(slow.taken) == 1
    assert getattr(during[0], "seconds", 0) > 20


async def test_a_hook_whose_job_was_lost_gets_another(hooked: Hooked) -> None:
    await hooked.desk.miss()
    await hooked.desk.forget_jobs()
    await start_due(hooked.desk.context)
    assert await hooked.desk.jobs() == []
    hooked.desk.clock.pass_time(180)
    await start_due(hooked.desk.context)
    await hooked.desk.work(5)

    assert hooked.receiver.told() == ["call.missed"]


async def test_a_worker_that_died_over_a_delivery_gives_it_up_after_half_a_minute(hooked: Hooked) -> None:
    await hooked.desk.miss()
    async with business_transaction(hooked.desk.context.pool, hooked.business_id) as connection:
        claimed = await stored.claim_delivery(
            connection, hooked.business_id, hooked.hook_id, None, 120, hooked.desk.clock.now()
        )
    assert claimed is not None
    await hooked.desk.work(20, only="deliver_hook")
    assert hooked.receiver.told() == []
    await hooked.desk.work(20, only="deliver_hook")
    assert hooked.receiver.told() == ["call.missed"]


async def test_old_deliveries_are_forgotten(hooked: Hooked) -> None:
    await hooked.desk.miss()
    await hooked.desk.work(60)
    pool, now = hooked.desk.context.pool, hooked.desk.clock.now()
    await forget_old_exchanges(pool, now - timedelta(days=30))
    assert len(await hooked.deliveries()) == 2
    await forget_old_exchanges(pool, now + timedelta(seconds=1))
    assert await hooked.deliveries() == []


async def test_when_every_slot_is_taken_a_hook_waits(hooked: Hooked) -> None:
    await hooked.desk.miss()
    slots = hooked.desk.context.hook_slots
    while not slots.locked():
        await slots.acquire()
    await hooked.desk.work(3, only="deliver_hook")
    assert hooked.receiver.told() == []
    slots.release()
    await hooked.desk.work(3, only="deliver_hook")
    assert hooked.receiver.told() == ["call.missed"]


async def test_ten_hooks_are_the_most(hooked: Hooked) -> None:
    wish = hook_changes.Wish(URL, ALL)
    async with business_transaction(hooked.desk.context.pool, hooked.business_id) as connection:
        made = [
            await hook_changes.add_hook(hooked.desk.context, connection, hooked.business_id, wish, OLGA)
            for _ in range(11)
        ]
    assert sum(one is not None for one in made) == 9


async def test_a_receiver_over_a_real_connection_believes_it_and_an_inner_address_gets_nothing(
    context: Context, clock: TestClock
) -> None:
    clock.at = datetime.now(UTC)
    hooked = await hooked_desk(context, clock, HookEvent.CALL_MISSED)
    async with listening() as server:
        url = f"http://127.0.0.1:{server.port}/in"
        for policy in (AddressPolicy(), AddressPolicy(read_opened("127.0.0.1"))):
            http = OutgoingHttp(policy=policy)
            hooked.desk.context = replace(hooked.desk.context, http=http)
            async with business_transaction(context.pool, hooked.business_id) as connection:
                await stored.change_hook(connection, hooked.business_id, hooked.hook_id, url, ("call.missed",))
                added = await hook_changes.add_test(hooked.desk.context, connection, hooked.business_id, hooked.hook_id)
            tried = await send_one(hooked.desk.context, hooked.business_id, hooked.hook_id, added)
            assert isinstance(tried, Tried)
            assert (tried.failed, len(server.requests)) in [("address", 0), (None, 1)]
            await http.close()

    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n")[1:])
    assert Webhook(hooked.secret).verify(body, headers)["type"] == "hook.test"
