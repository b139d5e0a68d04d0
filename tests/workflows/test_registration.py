"""Look-ups at the phone company, what carriers refuse, and the owner's word: what each does to a line's texts."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from ringback.domain.business import Business, Line, Registration
from ringback.domain.registration_facts import CarrierFacts, CarrierWord
from ringback.domain.registration_pages import Page, PageExtras, write_page
from ringback.ports import HttpResponse, NoAnswer
from ringback.store import alarms, businesses, registration
from ringback.store.db import business_transaction
from ringback.workflows.consent_ledger import verify_ledger
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.registration import enqueue_look_up, look_up, say_registration, start_look_ups
from tests.cast import CARLA, TestClock
from tests.workflows.desk import Desk, open_desk
from tests.workflows.phone_company import answer

DORA = "+13125550143"
DAY = timedelta(days=1).total_seconds()
OLGA = Who("Olga", None)


def registered_as(word: Registration) -> Callable[[Business], Business]:
    """Harbor Dental whose main line's owner has said this."""
    return lambda business: replace(
        business, lines=(replace(business.lines[0], registration=word), *business.lines[1:])
    )


@pytest.fixture
async def desk(context: Context, clock: TestClock) -> Desk:
    """Harbor Dental with a main line that nobody knows anything of."""
    return await open_desk(context, clock, registered_as(Registration.UNKNOWN))


def campaign(desk: Desk, state: str) -> tuple[HttpResponse, ...]:
    """Twilio's answers about a line whose campaign is in this state."""
    service = {"sid": "MG" + "1" * 32}
    number = {"phone_number": desk.line.number}
    campaigns = [{"campaign_status": state, "errors": [{"description": "No opt-in."}]}]
    return (
        answer(200, {"services": [service]}),
        answer(200, {"phone_numbers": [number]}),
        answer(200, {"compliance": campaigns}),
    )


async def ask(desk: Desk, *answers: HttpResponse | Exception) -> Line:
    """Let the line be looked up; return it as it stands then."""
    desk.company.list_answers.extend(answers)
    await look_up(desk.context, desk.business.business_id, desk.line.line_id)
    assert not desk.company.list_answers, "every answer was asked for"
    return await line_now(desk)


async def line_now(desk: Desk) -> Line:
    """Return the main line as the workflows see it."""
    business_id = desk.business.business_id
    async with business_transaction(desk.context.pool, business_id) as connection:
        version = await businesses.load_version(connection, business_id)
        return (await desk.context.business(connection, business_id, version)).lines[0]


async def refuse(desk: Desk, message_id: UUID, code: str = "30034") -> None:
    """Carriers report that they blocked a text."""
    [row] = await desk.fetch(
        "select provider_message_id from messages where business_id = $1 and message_id = $2", message_id
    )
    await desk.progress(row["provider_message_id"], "undelivered", message_id, ErrorCode=code)
    await desk.work(1)


async def texted(desk: Desk, call: str = "CA" + "1" * 32, caller: str = CARLA) -> UUID:
    """A missed caller is texted; return the text."""
    message_id = await desk.miss(call, caller)
    await desk.work(10)
    assert (await desk.message(message_id))["state"] == "accepted"
    return message_id


async def decided(desk: Desk, call: str, caller: str) -> str:
    """Let somebody ring and return the decision, "send" or the reason."""
    await desk.ring(call, caller)
    await desk.dialed(call=call, caller=caller)
    await desk.work(3, only="settle_call")
    newest = (await desk.decisions())[-1]
    return str(newest["reason"] or newest["decision"])


async def open_alarms(desk: Desk) -> list[str]:
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        return [alarm["kind"] for alarm in await alarms.list_alarms(connection, desk.business.business_id)]


@pytest.mark.parametrize(
    ("state", "word", "decision"),
    [
        ("VERIFIED", CarrierWord.APPROVED, "send"),
        ("IN_PROGRESS", CarrierWord.PENDING, "not_registered"),
        ("FAILED", CarrierWord.REJECTED, "not_registered"),
    ],
)
async def test_what_the_phone_company_says_of_an_unknown_line_decides(
    desk: Desk, state: str, word: CarrierWord, decision: str
) -> None:
    line = await ask(desk, *campaign(desk, state))

    assert line.carriers.word is word
    assert line.carriers.detail == ("No opt-in." if word is CarrierWord.REJECTED else "")
    assert line.carriers.asked_at == line.carriers.answered_at == desk.clock.now()
    assert await decided(desk, "CA1", CARLA) == decision


async def test_texts_are_tried_while_nobody_knows_and_where_nothing_was_handed_in(desk: Desk) -> None:
    assert await decided(desk, "CA1", CARLA) == "send"
    assert (await ask(desk, answer(200, {"services": []}))).carriers.word is CarrierWord.MISSING
    assert await decided(desk, "CA2", DORA) == "send"


@pytest.mark.parametrize("trouble", [NoAnswer("gone"), answer(500, {}), answer(401, {"code": 20003})])
async def test_a_look_up_that_brings_nothing_leaves_what_was_known(
    desk: Desk, trouble: HttpResponse | Exception
) -> None:
    await ask(desk, *campaign(desk, "VERIFIED"))
    known_at = desk.clock.now()
    desk.clock.pass_time(60)
    heard = (await ask(desk, trouble)).carriers

    assert (heard.word, heard.answered_at, heard.asked_at) == (CarrierWord.APPROVED, known_at, desk.clock.now())
    assert heard.trouble is not None
    assert (await ask(desk, *campaign(desk, "VERIFIED"))).carriers.trouble is None


async def test_each_open_line_is_looked_up_once_a_day(desk: Desk) -> None:
    async def due() -> int:
        await start_look_ups(desk.context)
        return len([job for job in await desk.jobs() if job["entrypoint"] == "look_up_registration"])

    assert await due() == 1
    desk.company.list_answers.extend(campaign(desk, "VERIFIED"))
    await desk.work(0, only="look_up_registration")
    assert (await line_now(desk)).carriers.word is CarrierWord.APPROVED
    desk.clock.pass_time(DAY - 1)
    assert await due() == 0
    desk.clock.pass_time(2)
    assert await due() == 1


@pytest.mark.parametrize("word", [Registration.APPROVED, Registration.NOT_NEEDED])
async def test_a_line_whose_owner_knows_is_not_asked_about(
    context: Context, clock: TestClock, word: Registration
) -> None:
    desk = await open_desk(context, clock, registered_as(word))
    await start_look_ups(desk.context)
    assert await desk.jobs() == []
    await ask(desk)
    assert desk.company.asked == []


async def test_a_line_that_was_just_connected_is_asked_about_at_once(desk: Desk) -> None:
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        for line in desk.business.lines:
            await enqueue_look_up(connection, desk.business.business_id, line)

    assert [job["payload"]["line"] for job in await desk.jobs()] == [str(desk.line.line_id)]


async def test_a_refusal_of_the_carriers_holds_the_line_and_tells_the_owner_once(desk: Desk) -> None:
    first = await texted(desk)
    second = await texted(desk, "CA" + "2" * 32, DORA)
    waiting = await desk.miss("CA" + "3" * 32, "+13125550144")
    await refuse(desk, first)
    await refuse(desk, second, "30032")

    assert (await line_now(desk)).carriers.refused_code == "30034"
    assert await open_alarms(desk) == ["unregistered"]
    assert await decided(desk, "CA4", "+13125550145") == "not_registered"
    await desk.work(10)
    assert (await desk.message(waiting))["error_kind"] == "not_registered"
    assert len(desk.company.posts) == 2
    called = {row["caller"] for row in await desk.table("call_backs")}
    assert called == {CARLA, DORA, "+13125550144", "+13125550145"}, "everybody who got no text is rung back"


async def test_other_errors_of_the_carriers_hold_nothing(desk: Desk) -> None:
    await refuse(desk, await texted(desk), "30007")

    assert (await line_now(desk)).carriers == CarrierFacts()


async def test_a_later_look_up_that_says_approved_lifts_the_refusal(desk: Desk) -> None:
    await refuse(desk, await texted(desk))
    await start_look_ups(desk.context)
    assert await desk.jobs() == [], "right after a refusal the phone company may not know of it"
    desk.clock.pass_time(3601)
    await start_look_ups(desk.context)
    desk.company.list_answers.extend(campaign(desk, "VERIFIED"))
    await desk.work(0, only="look_up_registration")

    assert (await line_now(desk)).carriers.refused_at is None
    assert await open_alarms(desk) == []
    assert await decided(desk, "CA5", DORA) == "send"


@pytest.mark.parametrize("state", ["IN_PROGRESS", "FAILED"])
async def test_a_look_up_that_says_anything_else_does_not(desk: Desk, state: str) -> None:
    await refuse(desk, await texted(desk))
    line = await ask(desk, *campaign(desk, state))

    assert line.carriers.refused_at is not None
    assert await open_alarms(desk) == ["unregistered"]


async def say(desk: Desk, word: Registration) -> None:
    business_id, line = desk.business.business_id, await line_now(desk)
    async with business_transaction(desk.context.pool, business_id) as connection:
        await say_registration(connection, business_id, line, word, OLGA, desk.clock.now())


async def test_the_owner_lifts_a_refusal_by_hand_and_it_is_written_down(desk: Desk) -> None:
    await refuse(desk, await texted(desk))
    await say(desk, Registration.APPROVED)

    assert await decided(desk, "CA5", DORA) == "send"
    assert await open_alarms(desk) == []
    [entry] = [row for row in await desk.table("audit_entries") if row["what"] == "registration.said"]
    assert (entry["who"], entry["before"], entry["after"]) == (
        "Olga",
        {"registration": "unknown", "refused": True},
        {"registration": "approved", "refused": False},
    )


async def test_whoever_does_not_know_lifts_no_refusal(desk: Desk) -> None:
    await refuse(desk, await texted(desk))
    await say(desk, Registration.UNKNOWN)

    assert await open_alarms(desk) == ["unregistered"]
    assert await decided(desk, "CA5", DORA) == "not_registered"


async def test_a_late_report_on_an_old_text_does_not_hold_the_line_again(desk: Desk) -> None:
    first = await texted(desk)
    late = await texted(desk, "CA" + "2" * 32, DORA)
    await refuse(desk, first)
    await say(desk, Registration.APPROVED)
    await refuse(desk, late)
    assert (await line_now(desk)).carriers.refused_at is None
    assert await open_alarms(desk) == []

    desk.clock.pass_time(60)
    await refuse(desk, await texted(desk, "CA" + "3" * 32, "+13125550144"))
    assert (await line_now(desk)).carriers.refused_at is not None, "a text sent since was refused as well"


async def test_a_pending_line_stays_held_until_its_owner_says_so(context: Context, clock: TestClock) -> None:
    desk = await open_desk(context, clock, registered_as(Registration.PENDING))
    line = await ask(desk, *campaign(desk, "VERIFIED"))
    assert line.carriers.word is CarrierWord.APPROVED
    assert await decided(desk, "CA1", CARLA) == "not_registered"
    assert len(await desk.table("call_backs")) == 1
    await say(desk, Registration.APPROVED)
    assert await decided(desk, "CA2", DORA) == "send"


async def test_the_words_of_a_page_are_in_the_ledger_from_the_day_they_were_first_shown(desk: Desk) -> None:
    business_id, now = desk.business.business_id, desk.clock.now()
    old = write_page(Page.CONSENT, desk.business, PageExtras(), "en")
    new = write_page(Page.CONSENT, desk.business, PageExtras(own_words="New."), "en")
    async with business_transaction(desk.context.pool, business_id) as connection:
        assert await registration.keep_version(connection, business_id, old.shown, now) == now
        assert await registration.keep_version(connection, business_id, old.shown, now + timedelta(days=1)) == now
        await registration.keep_version(connection, business_id, new.shown, now + timedelta(days=2))
    async with business_transaction(desk.context.pool, business_id) as connection:
        report = await verify_ledger(connection, business_id)

    assert {row["words"] for row in await desk.table("page_versions")} == {old.words, new.words}
    told = [(row["kind"], row["wording_version"], row["words"]) for row in await desk.table("consent_entries")]
    assert told == [("disclosed", f"sms-consent-en@{page.version}", page.words) for page in (old, new)]
    assert (report.links, report.breaks) == (2, ())
