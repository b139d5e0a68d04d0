"""What a business hears of a call that rings its staff, by how the staff's phone behaves."""

import pytest

from tests.sandbox.business import Business, Received
from tests.sandbox.cast import CARLA, HARBOR, OLGA, SAM
from tests.sandbox.company import PhoneCompany

EVENTS = "initiated ringing answered completed"
# What a test does by hand takes its time on a busy machine: this many of the company's seconds are twelve of ours.
BY_HAND_SECONDS = 600


def front(harbor: Business, *staff: str, attributes: str = "", ring_seconds: int = 20, key_seconds: int = 6) -> None:
    numbers = "".join(
        f'<Number url="/whisper" statusCallback="/leg" statusCallbackEvent="{EVENTS}">{one}</Number>'
        for one in staff or (SAM,)
    )
    dial = f'<Dial answerOnBridge="true" timeout="{ring_seconds}" action="/done" {attributes}>{numbers}</Dial>'
    harbor.say("/voice", f"<Response>{dial}</Response>")
    say = "<Say>Call for Harbor Dental. Press 1.</Say>"
    prompt = f'<Gather numDigits="1" timeout="{key_seconds}" action="/accept">{say}</Gather>'
    harbor.say("/whisper", f"<Response>{prompt}<Hangup/></Response>")
    harbor.say("/done", "<Response><Hangup/></Response>")


async def ring_through(company: PhoneCompany, harbor: Business) -> Received:
    """Let Carla call; return the one `action` request."""
    await company.place_call(CARLA, HARBOR)
    await company.wait_for_webhook("dial_action")
    [action] = harbor.got("/done")
    return action


@pytest.mark.parametrize(
    ("manner", "status", "bridged", "sip_code"),
    [
        ("no_answer", "no-answer", "false", "487"),
        ("busy", "busy", "false", "486"),
        ("decline", "busy", "false", "603"),
        ("unreachable", "failed", "false", "404"),
        ("voicemail", "completed", None, "200"),
    ],
)
async def test_a_phone_nobody_accepts_on_ends_the_dial(
    company: PhoneCompany, harbor: Business, manner: str, status: str, bridged: str | None, sip_code: str
) -> None:
    front(harbor)
    await company.behave(SAM, manner)

    action = await ring_through(company, harbor)

    assert (action.params["DialCallStatus"], action.params.get("DialBridged")) == (status, bridged)
    assert action.params["CallStatus"] == "ringing"
    leg = await company.wait_for_event("webhook.answered", hook="leg_status", params={"SipResponseCode": sip_code})
    assert leg["params"]["CallStatus"] == status
    assert leg["params"]["CallSid"] == action.params["DialCallSid"]
    assert leg["params"]["ParentCallSid"] == action.params["CallSid"]


async def test_an_accepted_call_is_bridged_and_reported_when_the_callee_hangs_up(
    company: PhoneCompany, harbor: Business
) -> None:
    front(harbor)
    await company.behave(SAM, "answer", keys="1", hang_up_after_seconds=30)

    action = await ring_through(company, harbor)

    assert (action.params["DialCallStatus"], action.params["DialBridged"]) == ("completed", "true")
    assert action.params["CallStatus"] == "in-progress"
    assert int(action.params["DialCallDuration"]) >= 29
    assert harbor.got("/accept")[0].params["Digits"] == "1"


async def test_a_whisper_that_ends_without_a_hang_up_connects_the_callers(
    company: PhoneCompany, harbor: Business
) -> None:
    front(harbor)
    harbor.say("/whisper", "<Response><Say>A call for you.</Say></Response>")
    await company.behave(SAM, "answer", hang_up_after_seconds=10)

    assert (await ring_through(company, harbor)).params["DialBridged"] == "true"


async def test_without_answer_on_bridge_the_caller_is_answered_before_anyone_rings(
    company: PhoneCompany, harbor: Business
) -> None:
    harbor.say("/voice", f'<Response><Dial timeout="5" action="/done">{SAM}</Dial></Response>')
    await company.behave(SAM, "no_answer")

    action = await ring_through(company, harbor)

    assert action.params["CallStatus"] == "in-progress"
    call = action.params["CallSid"]
    assert await company.wait_for_end(call) == "completed"


@pytest.mark.parametrize("abandoned_status", ["completed", "no-answer", "canceled"])
async def test_a_caller_who_hangs_up_while_it_rings_cancels_the_dial(
    company: PhoneCompany, harbor: Business, abandoned_status: str
) -> None:
    front(harbor, ring_seconds=BY_HAND_SECONDS)
    await company.set_options(abandoned_status=abandoned_status)
    call = await company.place_call(CARLA, HARBOR)
    await company.wait_for_event("call.ringing", to=SAM)

    await company.hang_up(CARLA)

    action = (await company.wait_for_webhook("dial_action"))["params"]
    assert (action["DialCallStatus"], action["CallStatus"]) == ("canceled", abandoned_status)
    ended = (await company.wait_for_webhook("call_status"))["params"]
    assert (ended["CallSid"], ended["CallStatus"]) == (call, abandoned_status)
    leg = await company.wait_for_webhook("leg_status", CallStatus="canceled")
    assert leg["params"]["CallSid"] == action["DialCallSid"]


async def test_of_two_phones_ringing_together_the_first_to_accept_gets_the_call(
    company: PhoneCompany, harbor: Business
) -> None:
    front(harbor, SAM, OLGA)
    await company.behave(SAM, "voicemail", after_seconds=1)
    await company.behave(OLGA, "answer", after_seconds=3, keys="1", hang_up_after_seconds=5)

    action = await ring_through(company, harbor)

    assert action.params["DialBridged"] == "true"
    legs = {one["to"]: one for one in await company.calls() if one["parent_sid"]}
    assert action.params["DialCallSid"] == legs[OLGA]["sid"]
    assert legs[SAM]["status"] == "completed"


async def test_phones_ringing_in_turn_never_ring_together(company: PhoneCompany, harbor: Business) -> None:
    front(harbor, SAM, OLGA, attributes='sequential="true"')
    await company.behave(SAM, "no_answer")
    await company.behave(OLGA, "answer", keys="1", hang_up_after_seconds=5)

    action = await ring_through(company, harbor)

    assert action.params["DialBridged"] == "true"
    over = await company.wait_for_event("call.ended", status="no-answer")
    ringing = await company.wait_for_event("call.ringing", to=OLGA)
    assert over["seq"] < ringing["seq"]


async def test_the_callers_own_number_shows_on_the_staffs_phone_unless_told(
    company: PhoneCompany, harbor: Business
) -> None:
    front(harbor, ring_seconds=BY_HAND_SECONDS)
    await company.place_call(CARLA, HARBOR, forwarded_from="+13125550199", caller_name="CARLA RUIZ")

    assert (await company.answer(SAM))["with"] == CARLA
    voice = harbor.got("/voice")[0].params
    assert (voice["ForwardedFrom"], voice["CallerName"]) == ("+13125550199", "CARLA RUIZ")


@pytest.mark.parametrize("shown", ["anonymous", "+266696687", "Restricted"])
async def test_a_withheld_number_reaches_the_business_as_the_carrier_words_it(
    company: PhoneCompany, harbor: Business, shown: str
) -> None:
    await company.place_call(CARLA, HARBOR, withheld=shown)
    await company.wait_for_webhook("voice")

    assert harbor.got("/voice")[0].params["From"] == shown


async def test_by_hand_a_phone_answers_presses_a_key_and_hangs_up(company: PhoneCompany, harbor: Business) -> None:
    front(harbor, ring_seconds=BY_HAND_SECONDS, key_seconds=BY_HAND_SECONDS)
    await company.place_call(CARLA, HARBOR)
    await company.answer(SAM)
    await company.wait_for_event("call.said")
    await company.press(SAM, "1")
    await company.wait_for_event("call.bridged")

    assert (await company.handset(CARLA))["calls"][0]["talking_to"] == SAM
    await company.hang_up(SAM)
    assert (await company.wait_for_webhook("dial_action"))["params"]["DialBridged"] == "true"


async def test_a_phone_with_one_line_is_busy_for_a_second_caller(company: PhoneCompany, harbor: Business) -> None:
    front(harbor, ring_seconds=BY_HAND_SECONDS)
    await company.behave(SAM, "no_answer", lines=1)
    await company.place_call(CARLA, HARBOR)
    await company.wait_for_event("call.ringing", to=SAM)

    second = await company.place_call(OLGA, HARBOR)

    assert await company.wait_for_end(second) == "busy"


async def test_the_number_hears_of_its_calls_end_exactly_once(company: PhoneCompany, harbor: Business) -> None:
    front(harbor)
    await company.behave(SAM, "busy")
    call = await company.place_call(CARLA, HARBOR)
    await company.wait_for_end(call)
    await company.wait_for_webhook("call_status", CallSid=call)

    [ended] = harbor.got("/ended")
    assert (ended.params["CallDuration"], ended.params["CallStatus"]) == ("0", "busy")


async def test_a_caller_may_be_told_beforehand_when_to_give_up(company: PhoneCompany, harbor: Business) -> None:
    front(harbor)
    await company.place_call(CARLA, HARBOR, hang_up_after_seconds=8)

    action = (await company.wait_for_webhook("dial_action"))["params"]

    assert action["DialCallStatus"] == "canceled"


async def test_a_mailbox_that_takes_the_call_without_a_whisper_counts_as_bridged(
    company: PhoneCompany, harbor: Business
) -> None:
    harbor.say("/voice", f'<Response><Dial answerOnBridge="true" action="/done">{SAM}</Dial></Response>')
    await company.behave(SAM, "voicemail")

    action = await ring_through(company, harbor)

    assert (action.params["DialCallStatus"], action.params["DialBridged"]) == ("completed", "true")
    assert int(action.params["DialCallDuration"]) >= 179
