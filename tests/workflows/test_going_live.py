"""A line that is being set up texts nobody but who tests it, and goes live only when somebody owns its replies."""

from dataclasses import replace
from uuid import uuid4

import pytest

from ringback.domain.business import Business, Line, Mode, Registration, RoutingPolicy, RoutingRule
from ringback.domain.business_file import read_business_file, write_business_file
from ringback.domain.going_live import Check, Checked, Verdict, check_line, is_blocked, owners_of
from ringback.domain.hours import DayState
from ringback.domain.phrases import phrase
from ringback.domain.textback import Reason
from ringback.domain.wording import Rule, Wording
from ringback.store import audit, businesses, line_tests
from ringback.store.db import business_transaction
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.going_live import go_live
from ringback.workflows.line_tests import end_test, open_test
from tests.cast import CARLA, SAM_PHONE, TestClock, harbor
from tests.workflows.desk import Desk, open_desk

OLGA = Who("Olga", None)
HOOKS_FINE = Checked(Check.WEBHOOKS, Verdict.FINE, phrase("Calls and texts to this number come here."))
OWNED = RoutingPolicy(rules=(RoutingRule(("Sam",)),))
SECOND_PHONE = "+13125550177"


def being_set_up(business: Business) -> Business:
    """Harbor Dental, with forwarded calls on a main line that is not live yet."""
    main, *others = business.lines
    waiting = replace(main, in_set_up=True, mode=Mode.OVERFLOW)
    return replace(business, lines=(waiting, *others), routing=OWNED)


@pytest.fixture
async def waiting(context: Context, clock: TestClock) -> Desk:
    """Harbor Dental while its main line is being set up."""
    return await open_desk(context, clock, being_set_up)


async def open_window(desk: Desk, phone: str | None = SECOND_PHONE) -> None:
    """Open a test window of the main line."""
    async with business_transaction(desk.context.pool, desk.business.business_id) as connection:
        await open_test(connection, desk.business, desk.line, phone, OLGA, desk.clock.now())


async def settled(desk: Desk, caller: str, call: str = "CA1") -> str:
    """Let somebody ring and return the decision: "send", or the reason."""
    await desk.ring(call, caller)
    await desk.hook("call_status", {"CallSid": call, "From": caller, "To": desk.line.number, "CallStatus": "completed"})
    await desk.work(3, only="settle_call")
    newest = (await desk.decisions())[-1]
    return str(newest["reason"] or newest["decision"])


async def live_lines(desk: Desk) -> list[bool]:
    rows = await desk.table("lines")
    return [not row["in_set_up"] for row in sorted(rows, key=lambda row: row["number"])]


async def test_a_caller_of_a_line_in_set_up_gets_no_text_but_a_call_back(waiting: Desk) -> None:
    assert await settled(waiting, CARLA) == Reason.IN_SET_UP
    assert [row["why"] for row in await waiting.table("call_backs")] == [
        "Not texted: this line is not live yet. Finish the set-up, and callers are texted from then on."
    ]
    assert await waiting.table("messages") == []


async def test_staff_are_texted_in_a_test_window_and_not_outside_of_it(waiting: Desk) -> None:
    assert await settled(waiting, SAM_PHONE, "CA1") == Reason.STAFF
    await open_window(waiting)
    assert await settled(waiting, SAM_PHONE, "CA2") == "send"
    assert await settled(waiting, SECOND_PHONE, "CA3") == "send"


async def test_a_window_is_for_the_phones_of_the_test_alone(waiting: Desk) -> None:
    await open_window(waiting)

    assert await settled(waiting, CARLA) == Reason.IN_SET_UP


async def test_whoever_tests_twice_gets_two_texts(waiting: Desk) -> None:
    await open_window(waiting)
    assert await settled(waiting, SAM_PHONE, "CA1") == "send"
    waiting.clock.pass_time(60)
    assert await settled(waiting, SAM_PHONE, "CA2") == "send"


async def test_a_window_ends_by_itself_after_a_quarter_of_an_hour(waiting: Desk) -> None:
    await open_window(waiting)
    waiting.clock.pass_time(line_tests.LASTS.total_seconds())

    assert await settled(waiting, SAM_PHONE) == Reason.STAFF


async def test_a_window_ends_when_the_owner_says_so(waiting: Desk) -> None:
    await open_window(waiting)
    async with business_transaction(waiting.context.pool, waiting.business.business_id) as connection:
        await end_test(connection, waiting.business, waiting.line, OLGA, waiting.clock.now())

    assert await settled(waiting, SAM_PHONE) == Reason.STAFF


async def test_a_window_of_one_line_says_nothing_of_another(waiting: Desk) -> None:
    await open_window(waiting)
    other = waiting.business.lines[1]
    async with business_transaction(waiting.context.pool, waiting.business.business_id) as connection:
        found = await line_tests.tested_by(connection, waiting.business.business_id, other.line_id, waiting.clock.now())

    assert found is None


async def try_to_go_live(desk: Desk, business: Business, hooks: Checked = HOOKS_FINE) -> tuple[Checked, ...]:
    async with business_transaction(desk.context.pool, business.business_id) as connection:
        return await go_live(connection, business, business.lines[0].line_id, hooks, OLGA, desk.clock.now())


async def test_a_line_goes_live_when_somebody_owns_its_replies_and_then_texts_callers(waiting: Desk) -> None:
    checks = await try_to_go_live(waiting, waiting.business)

    assert not is_blocked(checks)
    assert await live_lines(waiting) == [True, True]
    assert await settled(waiting, CARLA) == "send"
    async with business_transaction(waiting.context.pool, waiting.business.business_id) as connection:
        entries = await audit.list_entries(connection, waiting.business.business_id, None, 10)
    assert [(entry["what"], entry["who"], entry["after"]) for entry in entries] == [
        ("line.live", "Olga", {"live": True})
    ]


@pytest.mark.parametrize("hooks", [Checked(Check.WEBHOOKS, Verdict.BLOCKS, phrase("no"))])
async def test_a_number_that_leads_elsewhere_does_not_go_live(waiting: Desk, hooks: Checked) -> None:
    assert is_blocked(await try_to_go_live(waiting, waiting.business, hooks))
    assert await live_lines(waiting) == [False, True]


async def test_without_an_owner_of_its_replies_a_line_stays_silent_whatever_the_page_sends(waiting: Desk) -> None:
    nobodys = replace(waiting.business, routing=RoutingPolicy())

    checks = await try_to_go_live(waiting, nobodys)

    assert [one.check for one in checks if one.verdict is Verdict.BLOCKS] == [Check.REPLIES]
    assert await live_lines(waiting) == [False, True]


async def test_the_database_keeps_the_rule_when_the_last_phone_has_just_gone(waiting: Desk) -> None:
    async with business_transaction(waiting.context.pool, waiting.business.business_id) as connection:
        await connection.execute("update staff set phone = null")

    await try_to_go_live(waiting, waiting.business)

    assert await live_lines(waiting) == [False, True]


async def test_a_set_up_read_before_the_line_went_live_does_not_take_it_back(waiting: Desk) -> None:
    await try_to_go_live(waiting, waiting.business)
    async with business_transaction(waiting.context.pool, waiting.business.business_id) as connection:
        await businesses.save_business(connection, waiting.business, {}, waiting.clock.now())

    assert await live_lines(waiting) == [True, True]


def line_of_harbor(**changes: object) -> tuple[Business, Line]:
    business = replace(harbor(), routing=OWNED)
    line = replace(business.lines[0], **changes)  # type: ignore[arg-type]
    return replace(business, lines=(line,)), line


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        (RoutingRule(("Sam",)), ["Sam"]),
        (RoutingRule(("Sam",), lines=("Main",)), ["Sam"]),
        (RoutingRule(("Sam",), lines=("Google Ads",)), []),
        (RoutingRule(("Sam",), keywords=("invoice",)), []),
        (RoutingRule(("Sam",), services=("Cleaning",)), []),
        (RoutingRule(("Sam",), days=(DayState.OPEN,)), []),
    ],
)
def test_only_a_rule_for_every_reply_makes_somebody_their_owner(rule: RoutingRule, names: list[str]) -> None:
    business, line = line_of_harbor()
    business = replace(business, routing=RoutingPolicy(rules=(rule,)))

    assert [person.name for person in owners_of(business, line)] == names


def test_a_person_without_a_phone_owns_nothing() -> None:
    business, line = line_of_harbor()
    silent = tuple(replace(person, phone=None) for person in business.staff)

    assert owners_of(replace(business, staff=silent), line) == ()


def test_words_that_cost_two_texts_keep_a_line_from_going_live() -> None:
    business, line = line_of_harbor()
    long = Wording("Ours", "en", "This is {business}. " + "We will be with you soon. " * 8)
    business = replace(business, wordings=(long,), rules=(Rule("Ours"),))

    words = next(one for one in check_line(business, line) if one.check is Check.WORDS)

    assert words.verdict is Verdict.BLOCKS
    assert "Ours" in words.sentence


@pytest.mark.parametrize(
    ("registration", "number", "verdict"),
    [
        (Registration.APPROVED, "+13125550100", Verdict.FINE),
        (Registration.NOT_NEEDED, "+13125550100", Verdict.FINE),
        (Registration.PENDING, "+13125550100", Verdict.WARNS),
        (Registration.UNKNOWN, "+13125550100", Verdict.WARNS),
        (Registration.UNKNOWN, "+442079460100", Verdict.FINE),
    ],
)
def test_registration_warns_and_never_blocks(registration: Registration, number: str, verdict: Verdict) -> None:
    business, line = line_of_harbor(registration=registration, number=number)

    found = next(one for one in check_line(business, line) if one.check is Check.REGISTRATION)

    assert found.verdict is verdict


def test_without_a_number_there_is_nothing_to_go_live() -> None:
    assert [one.check for one in check_line(harbor(), None) if one.verdict is Verdict.BLOCKS] == [Check.NUMBER]


def test_an_export_that_is_applied_again_leaves_a_line_where_it_is_in_its_set_up() -> None:
    business, line = line_of_harbor(in_set_up=True)
    document = write_business_file(business)
    another = {"number": "+13125550155", "provider": "twilio", "set": {}}
    with_new = {**document, "lines": [*document["lines"], another]}  # type: ignore[misc]

    read = read_business_file(with_new, business, uuid4, lambda: "key", frozenset(["twilio"])).business

    assert "in_set_up" not in str(document)
    assert [(one.number, one.in_set_up) for one in read.lines] == [(line.number, True), ("+13125550155", False)]
