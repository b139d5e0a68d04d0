"""Calls that we ask Twilio to make, and what it tells and asks while they go on."""

from datetime import UTC, datetime

import pytest

from ringback.domain.call_back_calls import RingProgress, RingStep
from ringback.ports import AskToConnect, Connect, HookRequest, HookUnreadable, LineAddress, RingOut
from ringback.providers.twilio import make
from ringback.providers.twilio.signature import FORM

NOW = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
LINE = make({"account_sid": "AC" + "1" * 32, "auth_token": "t"}, LineAddress("https://r.example/hooks/k"))


def hook(what: str, body: str = "CallSid=CA1&CallStatus=in-progress", query: str = "?ring=R1") -> HookRequest:
    """Return a callback about one of our calls."""
    url = f"https://r.example/hooks/k/{what}{query}"
    return HookRequest(what, url, {"content-type": FORM}, body.encode())


def test_a_staff_phone_is_rung_from_the_line_with_addresses_that_carry_our_id() -> None:
    request = LINE.ring_request(RingOut("+13125550161", "+13125550100", "R1", 25))
    assert (request.method, request.url.rpartition("/")[2]) == ("POST", "Calls.json")
    assert dict(request.form) == {
        "To": "+13125550161",
        "From": "+13125550100",
        "Url": "https://r.example/hooks/k/staff_answered?ring=R1#rc=3&rp=all",
        "StatusCallback": "https://r.example/hooks/k/staff_status?ring=R1#rc=3&rp=all",
        "Timeout": "25",
    }


def test_who_answers_is_asked_to_press_1_and_put_through_only_then() -> None:
    asked = LINE.render(AskToConnect("Press 1.", "en", "R1"), hook("staff_answered")).body.decode()
    assert 'action="https://r.example/hooks/k/staff_accepted?ring=R1#rc=3&amp;rp=all"' in asked
    assert "<Dial" not in asked
    assert asked.endswith("<Hangup /></Response>")
    put = LINE.render(Connect("+13125550142", "+13125550100", 30, "R1"), hook("staff_accepted")).body.decode()
    assert 'callerId="+13125550100"' in put
    assert 'timeout="30"' in put
    assert ">+13125550142</Number>" in put
    assert 'statusCallbackEvent="answered"' in put


@pytest.mark.parametrize(
    ("what", "body", "step", "talked"),
    [
        ("staff_answered", "CallSid=CA1&CallStatus=in-progress", RingStep.STAFF_ANSWERED, None),
        ("staff_accepted", "CallSid=CA1&Digits=1", RingStep.STAFF_ACCEPTED, None),
        ("staff_accepted", "CallSid=CA1&Digits=2", RingStep.STAFF_DECLINED, None),
        ("contact_leg", "CallSid=CA2&CallStatus=in-progress", RingStep.CONTACT_ANSWERED, None),
        ("contact_dialed", "CallSid=CA1&DialCallStatus=completed&DialCallDuration=41", RingStep.CONTACT_OVER, 41),
        ("contact_dialed", "CallSid=CA1&DialCallStatus=no-answer", RingStep.CONTACT_OVER, None),
        ("contact_dialed", "CallSid=CA1&DialCallStatus=busy&DialCallDuration=0", RingStep.CONTACT_OVER, None),
        ("staff_status", "CallSid=CA1&CallStatus=completed&CallDuration=60", RingStep.OVER, None),
    ],
)
def test_each_callback_says_how_far_the_call_has_come(what: str, body: str, step: RingStep, talked: int | None) -> None:
    [told] = LINE.read(hook(what, body), NOW)
    assert told.event == RingProgress("R1", step, NOW, talked)


@pytest.mark.parametrize(
    ("what", "body", "query"),
    [
        ("staff_answered", "CallSid=CA1", ""),
        ("contact_leg", "CallSid=CA2&CallStatus=completed", "?ring=R1"),
        ("contact_dialed", "CallSid=CA1&DialCallStatus=strange", "?ring=R1"),
    ],
)
def test_a_callback_that_makes_no_sense_is_refused_aloud(what: str, body: str, query: str) -> None:
    with pytest.raises(HookUnreadable):
        LINE.read(hook(what, body, query), NOW)


def test_the_same_news_twice_has_the_same_key() -> None:
    first, second = (LINE.read(hook("staff_answered"), at)[0] for at in (NOW, replace_minute(NOW)))
    assert first.delivery_key == second.delivery_key


def replace_minute(at: datetime) -> datetime:
    """Return a later instant."""
    return at.replace(minute=at.minute + 1)
