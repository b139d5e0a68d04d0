"""Who can be texted: what is asked of the phone company before a first text, and what every delivery teaches."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from ringback.domain.business import Business, LookupPolicy
from ringback.ports import HttpRequest, HttpResponse, NoAnswer, NotSent
from ringback.store import contacts, number_facts
from ringback.store.contacts import OptOut
from ringback.store.db import business_transaction
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context, Later
from ringback.workflows.erasing import erase_contact
from ringback.workflows.number_facts import part_from_number
from ringback.workflows.replies import Reply, send_reply
from ringback.workflows.settle import settle_call
from ringback.workflows.upkeep import sweep
from tests.cast import CARLA, TestClock
from tests.workflows.desk import CALL, Desk, open_desk
from tests.workflows.phone_company import PhoneCompany, answer

SECOND = "CA" + "9" * 32


@dataclass
class Directory(PhoneCompany):
    """A phone company that answers look-ups with what it was told to say."""

    says: dict[str, Any] | Exception | HttpResponse = field(default_factory=dict)
    asked_about: list[str] = field(default_factory=list)
    # Set when the first question has come in; the answer comes when `waits` is set.
    was_asked: asyncio.Event = field(default_factory=asyncio.Event)
    waits: asyncio.Event | None = None

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Answer a look-up, or whatever else a phone company is asked."""
        if "/v2/PhoneNumbers/" not in request.url:
            return await super().send(request)
        self.asked_about.append(request.url)
        # Other workers get their turn while this one waits for the answer.
        await asyncio.sleep(0)
        self.was_asked.set()
        if self.waits is not None:
            await self.waits.wait()
        if isinstance(self.says, Exception):
            raise self.says
        if isinstance(self.says, HttpResponse):
            return self.says
        return answer(200, {"valid": True, "country_code": "US", **self.says})


def line_type(name: str) -> dict[str, Any]:
    """A look-up's answer about the sort of line."""
    return {"line_type_intelligence": {"type": name, "carrier_name": "Prairie Tel"}}


REASSIGNED = {**line_type("mobile"), "reassigned_number": {"is_number_reassigned": "yes"}}


async def asking_desk(
    context: Context, clock: TestClock, policy: LookupPolicy, change: Callable[[Business], Business] | None = None
) -> tuple[Desk, Directory]:
    """Harbor Dental with this policy, and a phone company that answers look-ups."""

    def changed(business: Business) -> Business:
        return replace(change(business) if change else business, number_lookup=policy)

    desk = await open_desk(context, clock, changed)
    company = Directory(clock)
    return replace(desk, context=replace(context, http=company), company=company), company


@pytest.fixture
async def asking(context: Context, clock: TestClock) -> tuple[Desk, Directory]:
    """Harbor Dental whose owner has switched look-ups on."""
    return await asking_desk(context, clock, LookupPolicy(on=True))


async def missed(desk: Desk, call: str = CALL, caller: str = CARLA) -> tuple[str, str | None]:
    """A call that nobody takes; return its decision and Reason."""
    await desk.ring(call, caller)
    await desk.dialed(call=call, caller=caller)
    await desk.work(20)
    [row] = await desk.fetch(
        "select b.decision, b.reason from text_backs b join calls c using (business_id, call_id) "
        "where business_id = $1 and provider_call_id = $2",
        call,
    )
    return row["decision"], row["reason"]


async def marks(desk: Desk) -> list[tuple[str, str]]:
    """Who has marked a contact with what, as it stands."""
    found = await desk.fetch("select kind, made_by from contact_marks where business_id = $1 and ended_at is null")
    return [(row["kind"], row["made_by"]) for row in found]


# Asked before the first text


async def test_without_the_owners_word_nothing_is_looked_up(context: Context, clock: TestClock) -> None:
    desk, company = await asking_desk(context, clock, LookupPolicy())

    assert await missed(desk) == ("send", None)
    assert company.asked_about == []


async def test_a_landline_gets_a_call_back_and_no_text(asking: tuple[Desk, Directory]) -> None:
    desk, company = asking
    company.says = line_type("landline")

    assert await missed(desk) == ("skip", "not_textable")

    assert company.posts == []
    assert len(await desk.table("call_backs")) == 1
    assert await marks(desk) == [("untextable", "look-up")]
    [fact] = await desk.table("number_facts")
    assert (fact["phone"], fact["source"], fact["line_type"], fact["carrier"]) == (
        CARLA, "lookup", "landline", "Prairie Tel"
    )  # fmt: skip
    assert fact["expires_at"] - fact["learned_at"] == timedelta(days=90)


@pytest.mark.parametrize("name", ["mobile", "nonFixedVoip", "fixedVoip", "unknown"])
async def test_what_can_or_may_get_texts_gets_one(asking: tuple[Desk, Directory], name: str) -> None:
    desk, company = asking
    company.says = line_type(name)

    assert await missed(desk) == ("send", None)
    assert [text["To"] for text in company.posts] == [CARLA]


async def test_a_number_is_looked_up_once_and_again_when_that_has_expired(
    asking: tuple[Desk, Directory], clock: TestClock
) -> None:
    desk, company = asking
    company.says = line_type("mobile")
    await missed(desk)
    clock.pass_time(20 * 3600)
    await missed(desk, SECOND)
    assert len(company.asked_about) == 1

    clock.pass_time(timedelta(days=90).total_seconds())
    await missed(desk, "CA" + "7" * 32)
    assert len(company.asked_about) == 2


async def test_a_landline_that_became_a_mobile_is_found_out_when_the_look_up_has_expired(
    asking: tuple[Desk, Directory], clock: TestClock
) -> None:
    desk, company = asking
    company.says = line_type("landline")
    await missed(desk)
    company.says = line_type("mobile")
    assert await missed(desk, SECOND) == ("skip", "not_textable")
    clock.pass_time(timedelta(days=90).total_seconds())

    assert await missed(desk, "CA" + "7" * 32) == ("send", None)
    assert (len(company.asked_about), await marks(desk)) == (2, [])


async def test_workers_that_settle_one_call_at_once_pay_for_one_look_up(asking: tuple[Desk, Directory]) -> None:
    desk, company = asking
    company.says = line_type("landline")
    await desk.ring()
    await desk.dialed()
    desk.clock.pass_time(3)
    [call] = await desk.table("calls")

    settling = (settle_call(desk.context, desk.business.business_id, call["call_id"], timer=False) for _ in range(4))
    await asyncio.gather(*settling)

    assert len(company.asked_about) == 1
    assert len(await desk.decisions()) == 1


async def test_a_second_job_of_a_call_waits_for_the_answer_that_the_first_has_asked_for(
    asking: tuple[Desk, Directory],
) -> None:
    desk, company = asking
    company.says, company.waits = line_type("landline"), asyncio.Event()
    await desk.ring()
    await desk.dialed()
    desk.clock.pass_time(3)
    [call] = await desk.table("calls")

    first = asyncio.create_task(settle_call(desk.context, desk.business.business_id, call["call_id"], timer=False))
    await company.was_asked.wait()
    assert await settle_call(desk.context, desk.business.business_id, call["call_id"], timer=False) == Later(1.0)
    company.waits.set()
    await first

    [decided] = await desk.decisions()
    assert (decided["decision"], decided["reason"]) == ("skip", "not_textable")


async def test_nothing_is_kept_of_a_number_that_was_erased_while_it_was_asked_about(
    asking: tuple[Desk, Directory], clock: TestClock
) -> None:
    desk, company = asking
    company.says, company.waits = line_type("landline"), asyncio.Event()
    await desk.ring()
    await desk.dialed()
    clock.pass_time(3)
    [call] = await desk.table("calls")
    settling = asyncio.create_task(settle_call(desk.context, desk.business.business_id, call["call_id"], timer=False))
    await company.was_asked.wait()

    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        who = Who("Olga", None)
        await erase_contact(desk.context, connection, desk.business, call["contact_id"], who, clock.now())
    company.waits.set()
    await settling

    assert (await desk.table("number_facts"), await marks(desk), await desk.table("call_backs")) == ([], [], [])
    assert await desk.decisions() == []
    clock.pass_time(600)
    await sweep(desk.context)
    assert await desk.jobs() == [], "nobody works on the call any more"


async def test_a_worker_that_died_while_it_asked_holds_a_text_up_for_seconds(asking: tuple[Desk, Directory]) -> None:
    desk, company = asking
    company.says = RuntimeError("this worker is dead")
    await desk.ring()
    await desk.dialed()
    desk.clock.pass_time(3)
    [call] = await desk.table("calls")
    with pytest.raises(RuntimeError):
        await settle_call(desk.context, desk.business.business_id, call["call_id"], timer=False)

    await desk.work(10)
    assert [row["decision"] for row in await desk.decisions()] == ["send"]
    assert len(company.asked_about) == 1


@pytest.mark.parametrize(
    "trouble",
    [NoAnswer("no whole answer within 1.5 s"), NotSent("refused"), answer(500, {}), answer(429, {"code": 20429})],
    ids=["slow", "gone", "broken", "throttled"],
)
async def test_a_look_up_that_fails_holds_no_text_up_and_is_made_again_later(
    asking: tuple[Desk, Directory], clock: TestClock, trouble: Exception | HttpResponse
) -> None:
    desk, company = asking
    company.says = trouble

    assert await missed(desk) == ("send", None)
    assert await desk.table("alarms") == []

    clock.pass_time(13 * 3600)
    company.says = line_type("landline")
    assert await missed(desk, SECOND) == ("skip", "not_textable")


async def test_the_owner_is_told_once_that_look_ups_are_refused_until_one_works(
    asking: tuple[Desk, Directory], clock: TestClock
) -> None:
    desk, company = asking
    company.says = answer(401, {"code": 20003, "message": "Authenticate"})
    assert await missed(desk) == ("send", None)
    clock.pass_time(13 * 3600)
    await missed(desk, SECOND)
    [alarm] = await desk.table("alarms")
    assert (alarm["kind"], alarm["times"], alarm["ended_at"]) == ("number_lookup", 2, None)

    clock.pass_time(13 * 3600)
    company.says = line_type("mobile")
    await missed(desk, "CA" + "7" * 32)
    [alarm] = await desk.table("alarms")
    assert alarm["ended_at"] is not None


async def test_nothing_is_asked_about_a_call_that_earns_no_text_anyway(asking: tuple[Desk, Directory]) -> None:
    desk, company = asking

    assert await missed(desk, caller="+18005550199") == ("skip", "not_textable")
    await desk.ring(SECOND)
    await desk.accepted(call=SECOND)
    await desk.dialed("completed", call=SECOND)
    await desk.work(200)

    assert company.asked_about == []


async def test_a_fraud_that_the_phone_company_knows_is_not_texted(context: Context, clock: TestClock) -> None:
    policy = LookupPolicy(on=True, pumping_risk=True)
    desk, company = await asking_desk(
        context, clock, policy, lambda business: replace(business, text_countries=("US", "GB"))
    )
    company.says = {**line_type("mobile"), "sms_pumping_risk": {"sms_pumping_risk_score": 91}}

    assert await missed(desk, caller="+447400123456") == ("skip", "not_textable")
    assert "sms_pumping_risk" in company.asked_about[0]


# Learned from what carriers do


async def test_a_landline_learned_from_a_delivery_is_not_texted_again(desk: Desk, clock: TestClock) -> None:
    message_id = await desk.miss()
    await desk.work(10)
    sid = (await desk.message(message_id))["provider_message_id"]
    await desk.progress(sid, "undelivered", message_id, ErrorCode="30006")
    await desk.work()
    [fact] = await desk.table("number_facts")
    assert (fact["source"], fact["line_type"], fact["expires_at"]) == ("delivery_error", "landline", None)

    clock.pass_time(400 * 24 * 3600)
    assert await missed(desk, SECOND) == ("skip", "not_textable")


async def delivered(desk: Desk) -> None:
    """Carla's first missed call is texted, and the text arrives."""
    message_id = await desk.miss()
    await desk.work(10)
    await desk.progress((await desk.message(message_id))["provider_message_id"], "delivered", message_id)
    await desk.work()


async def test_a_number_that_a_text_reached_is_textable_though_a_look_up_would_say_landline(
    context: Context, clock: TestClock
) -> None:
    desk, company = await asking_desk(context, clock, LookupPolicy(on=True))
    await delivered(desk)
    company.says = line_type("landline")
    clock.pass_time(100 * 24 * 3600)

    assert await missed(desk, SECOND) == ("send", None)
    # Nothing was left to ask: not paid for.
    assert len(company.asked_about) == 1


async def test_a_text_from_a_number_that_was_taken_for_untextable_ends_the_mark(desk: Desk, clock: TestClock) -> None:
    message_id = await desk.miss()
    await desk.work(10)
    sid = (await desk.message(message_id))["provider_message_id"]
    await desk.progress(sid, "undelivered", message_id, ErrorCode="30005")
    await desk.work()
    assert await marks(desk) == [("untextable", "carrier")]

    await desk.text("I can get texts after all")
    await desk.work()
    assert await marks(desk) == []

    clock.pass_time(100 * 24 * 3600)
    assert await missed(desk, SECOND) == ("send", None)


async def test_a_number_listed_as_a_landline_is_texted_once_it_has_texted_us(
    context: Context, clock: TestClock
) -> None:
    desk = await open_desk(context, clock, lambda business: replace(business, text_countries=("US", "GB")))
    landline = "+442071838750"
    assert await missed(desk, caller=landline) == ("skip", "not_textable")

    await desk.text("Text me here please", sender=landline)
    await desk.work()
    clock.pass_time(100 * 24 * 3600)
    assert await missed(desk, SECOND, landline) == ("send", None)


# Numbers that changed hands


@pytest.fixture
async def after_months(context: Context, clock: TestClock) -> tuple[Desk, Directory]:
    """Carla was texted and answered, and nothing was heard of her number for 100 days."""
    desk, company = await asking_desk(context, clock, LookupPolicy(on=True, reassigned=True))
    company.says = line_type("mobile")
    await delivered(desk)
    await desk.text("Thanks, I found somebody")
    await desk.work()
    async with business_transaction(context.pool, desk.business.business_id) as connection:
        contact_id = await contacts.find_or_create_contact(connection, desk.business.business_id, CARLA, clock.now())
        await contacts.save_contact(connection, desk.business.business_id, contact_id, "Carla Ruiz", "es")
    clock.pass_time(100 * 24 * 3600)
    return desk, company


async def test_a_call_from_a_number_that_changed_hands_is_a_strangers(after_months: tuple[Desk, Directory]) -> None:
    desk, company = after_months
    company.says = REASSIGNED

    assert await missed(desk, SECOND) == ("skip", "reassigned")

    assert "LastVerifiedDate=20261118" in company.asked_about[-1]
    people = {row["contact_id"]: row for row in await desk.table("contacts")}
    calls = {row["provider_call_id"]: people[row["contact_id"]] for row in await desk.table("calls")}
    assert (calls[CALL]["name"], calls[CALL]["phone"].startswith("✕ " + CARLA)) == ("Carla Ruiz", True)
    assert (calls[SECOND]["name"], calls[SECOND]["language"], calls[SECOND]["phone"]) == (None, None, CARLA)
    [call_back] = await desk.fetch("select * from call_backs where business_id = $1 and done_at is null")
    assert call_back["contact_id"] == calls[SECOND]["contact_id"]


async def test_the_next_call_of_the_new_person_is_texted_without_the_old_ones_name(
    after_months: tuple[Desk, Directory], clock: TestClock
) -> None:
    desk, company = after_months
    company.says = REASSIGNED
    await missed(desk, SECOND)
    clock.pass_time(13 * 3600)

    assert await missed(desk, "CA" + "7" * 32) == ("send", None)
    assert "Carla" not in company.posts[-1]["Body"]
    # Not in her language either.
    assert "Hola" not in company.posts[-1]["Body"]


async def test_a_number_that_is_still_theirs_is_texted_and_keeps_its_name(after_months: tuple[Desk, Directory]) -> None:
    desk, company = after_months
    company.says = {**line_type("mobile"), "reassigned_number": {"is_number_reassigned": "no"}}

    assert await missed(desk, SECOND) == ("send", None)
    assert [row["name"] for row in await desk.table("contacts")] == ["Carla Ruiz"]


async def test_of_somebody_heard_of_lately_it_is_not_asked(context: Context, clock: TestClock) -> None:
    desk, company = await asking_desk(context, clock, LookupPolicy(on=True, reassigned=True))
    company.says = line_type("mobile")
    await missed(desk)
    clock.pass_time(89 * 24 * 3600)
    await missed(desk, SECOND)

    assert not any("reassigned_number" in url for url in company.asked_about)


async def test_what_was_still_to_be_sent_to_the_old_person_is_dropped_and_nobody_can_write_to_them(
    desk: Desk, clock: TestClock
) -> None:
    message_id = await desk.miss()
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        business_id, now = desk.business.business_id, clock.now()
        contact_id = await contacts.find_or_create_contact(connection, business_id, CARLA, now)
        opt_out = OptOut(desk.line.line_id, "keyword", now, "STOP")
        await contacts.save_opt_out(connection, business_id, contact_id, opt_out, now)
        await part_from_number(connection, business_id, contact_id, "Sam", now)
        assert await number_facts.retire_contact(connection, business_id, desk.line.line_id, now) is None
    await desk.work(30)

    message = await desk.message(message_id)
    assert (message["state"], desk.company.posts) == ("dropped", [])
    refused = await send_reply(
        desk.context, desk.business.business_id, Reply(message["thread_id"], desk.line.line_id, "Hello?", "Sam")
    )
    assert refused is not None
    assert refused.code == "reassigned"


# What carriers filter


async def filter_some(desk: Desk, texts: int, filtered: int) -> None:
    """So many texts were taken; of the last of them, carriers filtered some."""
    for n in range(texts):
        caller = f"+1312555{n + 1000:04d}"
        message_id = await desk.miss(f"CA{n:032d}", caller)
        await desk.work(10)
        if n >= texts - filtered:
            sid = (await desk.message(message_id))["provider_message_id"]
            await desk.progress(sid, "undelivered", message_id, ErrorCode="30007")
            await desk.work()


@pytest.mark.parametrize(("texts", "filtered", "alarms"), [(3, 2, 0), (3, 3, 1)])
async def test_a_few_filtered_texts_are_chance_and_more_are_an_alarm(
    desk: Desk, texts: int, filtered: int, alarms: int
) -> None:
    await filter_some(desk, texts, filtered)

    found = await desk.table("alarms")
    assert [row["kind"] for row in found] == ["filtered"] * alarms


async def test_three_of_many_texts_are_below_the_share_that_alarms(desk: Desk) -> None:
    message_id = await desk.miss()
    await desk.work(10)
    # 150 texts of this week that arrived, beside the three that follow: exactly two in a hundred, and not more.
    await desk.fetch(
        "insert into messages (business_id, message_id, thread_id, line_id, direction, author, purpose, body, "
        "segments, state, provider, created_at, send_at) select m.business_id, gen_random_uuid(), m.thread_id, "
        "m.line_id, 'out', 'system', 'text_back', '', 1, 'accepted', m.provider, m.created_at, m.send_at "
        "from messages m, generate_series(1, 146) where m.business_id = $1 and m.message_id = $2 returning 1",
        message_id,
    )
    await filter_some(desk, 3, 3)

    assert await desk.table("alarms") == []


async def test_the_alarm_ends_a_week_after_the_last_filtered_text(desk: Desk, clock: TestClock) -> None:
    await filter_some(desk, 3, 3)
    clock.pass_time(timedelta(days=6).total_seconds())
    await sweep(desk.context)
    assert [row["ended_at"] for row in await desk.table("alarms")] == [None]

    clock.pass_time(timedelta(days=1, seconds=60).total_seconds())
    await sweep(desk.context)
    assert [row["ended_at"] is None for row in await desk.table("alarms") if row["kind"] == "filtered"] == [False]
