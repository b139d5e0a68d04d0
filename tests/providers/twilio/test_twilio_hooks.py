"""Every callback of Twilio in normal form, and what is said of those that cannot be read."""

import random
from urllib.parse import urlencode

import pytest

from ringback.domain.calls import CallEvent, CallEventKind, CallResult
from ringback.domain.messages import Delivery, MessageProgress, MessageReceived, OptKeyword, Picture
from ringback.ports import HookRequest, HookUnreadable, InboundEvent
from tests.providers.twilio.cast import ADDRESS, CALL, CARLA, FORM, LEG, LINE, NOW, OLGA, TEXT, hook, twilio_line

INBOUND = {"CallSid": CALL, "From": CARLA, "To": LINE, "Direction": "inbound", "ApiVersion": "2010-04-01"}
OF_CALL = f"call={CALL}"
TWILIO = twilio_line()


def read(request: HookRequest) -> InboundEvent:
    (event,) = TWILIO.read(request, NOW)
    return event


def leg(result: CallResult, seconds: int | None = None) -> CallEvent:
    return CallEvent(CallEventKind.LEG, CALL, NOW, leg_id=LEG, result=result, evidence_seconds=seconds)


def test_a_call_that_comes_in_is_ringing_with_everything_twilio_knows_of_it() -> None:
    body = (
        f"CallSid={CALL}&From=%2B14155550134&To=%2B15005550006&CallStatus=ringing&ForwardedFrom=%2B14155550199"
        "&CallerName=CARLA+L%C3%93PEZ&Called=%2B15005550006&StirVerstat=TN-Validation-Passed-A&Empty="
    ).encode()
    event = read(hook("voice", body))
    assert event.delivery_key == f"call:{CALL}:ringing"
    assert event.event == CallEvent(
        CallEventKind.RINGING,
        CALL,
        NOW,
        CARLA,
        LINE,
        forwarded_from="+14155550199",
        caller_name="CARLA LÓPEZ",
        verstat="TN-Validation-Passed-A",
    )
    assert event.raw["StirVerstat"] == "TN-Validation-Passed-A"
    assert event.raw["Empty"] == ""


@pytest.mark.parametrize("caller", ["anonymous", "+266696687", "Restricted", "", "sip:carla@example.com", " +1415 "])
def test_a_caller_without_a_phone_number_is_passed_on_as_sent(caller: str) -> None:
    event = read(hook("voice", INBOUND | {"From": caller})).event
    assert isinstance(event, CallEvent)
    assert event.caller == caller


@pytest.mark.parametrize(
    ("fields", "result", "caller_gone", "seconds"),
    [
        ("DialCallStatus=completed&DialCallDuration=42&CallStatus=in-progress", CallResult.COMPLETED, False, 42),
        ("DialCallStatus=completed&DialCallDuration=42&CallStatus=completed", CallResult.COMPLETED, True, 42),
        ("DialCallStatus=answered&CallStatus=in-progress", CallResult.COMPLETED, False, None),
        ("DialCallStatus=busy&CallStatus=in-progress", CallResult.BUSY, False, None),
        ("DialCallStatus=no-answer&CallStatus=ringing", CallResult.NO_ANSWER, False, None),
        ("DialCallStatus=no-answer&CallStatus=no-answer", CallResult.NO_ANSWER, True, None),
        ("DialCallStatus=failed&CallStatus=in-progress", CallResult.UNREACHABLE, False, None),
        ("DialCallStatus=canceled&CallStatus=completed", CallResult.CANCELED, True, None),
        ("DialCallStatus=canceled&CallStatus=in-progress", CallResult.CANCELED, True, None),
        ("DialCallStatus=busy", CallResult.BUSY, False, None),
        ("DialCallStatus=busy&DialCallDuration=", CallResult.BUSY, False, None),
        ("DialCallStatus=busy&DialCallDuration=-3", CallResult.BUSY, False, None),
    ],
)
def test_the_end_of_ringing_staff_says_how_and_whether_the_caller_is_gone(
    fields: str, result: CallResult, caller_gone: bool, seconds: int | None
) -> None:
    event = read(hook("dialed", f"{urlencode(INBOUND)}&DialCallSid={LEG}&{fields}".encode()))
    assert event.delivery_key == f"call:{CALL}:dialed:{result}"
    assert event.event == CallEvent(
        CallEventKind.DIALED, CALL, NOW, CARLA, LINE, LEG, result, caller_gone, evidence_seconds=seconds
    )


def test_ringing_staff_that_made_no_leg_is_read_without_one() -> None:
    event = read(hook("dialed", INBOUND | {"DialCallStatus": "failed"})).event
    assert isinstance(event, CallEvent)
    assert event.leg_id is None


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"CallStatus": "queued"}, leg(CallResult.RINGING)),
        ({"CallStatus": "initiated"}, leg(CallResult.RINGING)),
        ({"CallStatus": "ringing"}, leg(CallResult.RINGING)),
        ({"CallStatus": "in-progress"}, leg(CallResult.IN_PROGRESS)),
        ({"CallStatus": "answered"}, leg(CallResult.IN_PROGRESS)),
        ({"CallStatus": "completed", "CallDuration": "7"}, leg(CallResult.COMPLETED, 7)),
        ({"CallStatus": "completed", "CallDuration": "7", "SipResponseCode": "603"}, leg(CallResult.COMPLETED, 7)),
        ({"CallStatus": "busy", "CallDuration": "0", "SipResponseCode": "486"}, leg(CallResult.BUSY, 0)),
        ({"CallStatus": "busy", "SipResponseCode": "603"}, leg(CallResult.DECLINED)),
        ({"CallStatus": "failed", "SipResponseCode": "603"}, leg(CallResult.DECLINED)),
        ({"CallStatus": "ringing", "SipResponseCode": "603"}, leg(CallResult.RINGING)),
        ({"CallStatus": "no-answer", "SipResponseCode": "487"}, leg(CallResult.NO_ANSWER)),
        ({"CallStatus": "failed", "SipResponseCode": "404"}, leg(CallResult.UNREACHABLE)),
        ({"CallStatus": "canceled"}, leg(CallResult.CANCELED)),
    ],
)
def test_a_leg_is_told_under_the_inbound_call(fields: dict[str, str], expected: CallEvent) -> None:
    sent = {"CallSid": LEG, "From": CARLA, "To": OLGA, "Direction": "outbound-dial"} | fields
    named = read(hook("leg", sent, OF_CALL))
    assert named.event == expected
    assert named.delivery_key == f"call:{CALL}:leg:{LEG}:{expected.result}"
    assert read(hook("leg", sent | {"ParentCallSid": CALL})) == InboundEvent(
        named.delivery_key, expected, sent | {"ParentCallSid": CALL}
    )


def test_a_leg_that_hears_the_whisper_is_up_and_its_own_report_of_that_is_the_same_fact() -> None:
    fields = {"CallSid": LEG, "CallStatus": "in-progress"}
    assert read(hook("whisper", fields, OF_CALL)).event == leg(CallResult.IN_PROGRESS)
    assert read(hook("whisper", fields, OF_CALL)) == read(hook("leg", fields, OF_CALL))


@pytest.mark.parametrize(
    ("digits", "kind"),
    [("1", CallEventKind.ACCEPTED), ("2", CallEventKind.DECLINED), ("", CallEventKind.DECLINED), (None, "declined")],
)
def test_only_the_key_1_takes_the_call(digits: str | None, kind: CallEventKind) -> None:
    fields = {"CallSid": LEG, "CallStatus": "in-progress"} | ({} if digits is None else {"Digits": digits})
    event = read(hook("accepted", fields, OF_CALL))
    assert event.event == CallEvent(CallEventKind(kind), CALL, NOW, leg_id=LEG)
    assert event.delivery_key == f"call:{CALL}:{kind}:{LEG}"


@pytest.mark.parametrize(
    ("status", "result"),
    [
        ("completed", CallResult.COMPLETED),
        ("busy", CallResult.BUSY),
        ("no-answer", CallResult.NO_ANSWER),
        ("failed", CallResult.UNREACHABLE),
        ("canceled", CallResult.CANCELED),
    ],
)
def test_a_call_that_is_over_has_ended(status: str, result: CallResult) -> None:
    event = read(hook("call_status", INBOUND | {"CallStatus": status, "CallDuration": "31"}))
    assert event.delivery_key == f"call:{CALL}:ended:{result}"
    assert event.event == CallEvent(CallEventKind.ENDED, CALL, NOW, CARLA, LINE, result=result, evidence_seconds=31)


@pytest.mark.parametrize("status", ["queued", "initiated", "ringing", "in-progress", "answered"])
def test_a_call_that_is_not_over_is_the_same_fact_as_its_coming_in(status: str) -> None:
    event = read(hook("call_status", INBOUND | {"CallStatus": status}))
    assert event == InboundEvent(
        f"call:{CALL}:ringing",
        CallEvent(CallEventKind.RINGING, CALL, NOW, CARLA, LINE),
        INBOUND | {"CallStatus": status},
    )


def test_a_text_keeps_every_character_and_its_pictures_in_order() -> None:
    body = (
        f"MessageSid={TEXT}&SmsSid={TEXT}&From=%2B14155550134&To=%2B15005550006&NumMedia=11"
        "&Body=%20Yes%2C+ma%C3%B1ana%0A%F0%9F%98%80%20"
        "&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F0&MediaContentType0=image%2Fjpeg"
        "&MediaUrl1=&MediaUrlX=https%3A%2F%2Fapi.twilio.com%2FX&Media3=https%3A%2F%2Fapi.twilio.com%2F3"
        "&MediaUrl10=https%3A%2F%2Fapi.twilio.com%2F10&MediaUrl2=https%3A%2F%2Fapi.twilio.com%2F2"
    ).encode()
    event = read(hook("message", body))
    assert event.delivery_key == f"msg:{TEXT}"
    assert event.event == MessageReceived(
        TEXT,
        CARLA,
        LINE,
        " Yes, mañana\n😀 ",
        NOW,
        (
            Picture("https://api.twilio.com/0", "image/jpeg"),
            Picture("https://api.twilio.com/2", ""),
            Picture("https://api.twilio.com/10", ""),
        ),
    )


@pytest.mark.parametrize(
    ("sent", "keyword"),
    [("STOP", OptKeyword.STOP), ("START", OptKeyword.START), ("HELP", OptKeyword.HELP), ("", None), ("OTHER", None)],
)
def test_a_keyword_that_twilio_dealt_with_is_marked_so(sent: str, keyword: OptKeyword | None) -> None:
    fields = {"SmsSid": TEXT, "From": CARLA, "To": LINE, "Body": "stop", "OptOutType": sent}
    event = read(hook("message", fields)).event
    assert isinstance(event, MessageReceived)
    assert event.handled_by_carrier is keyword


def test_a_picture_without_words_is_a_text_with_an_empty_body() -> None:
    fields = {"MessageSid": TEXT, "From": CARLA, "To": LINE, "MediaUrl0": "https://api.twilio.com/0"}
    event = read(hook("message", fields)).event
    assert isinstance(event, MessageReceived)
    assert (event.body, len(event.pictures)) == ("", 1)


@pytest.mark.parametrize(
    ("status", "delivery"),
    [
        ("accepted", Delivery.QUEUED),
        ("scheduled", Delivery.QUEUED),
        ("queued", Delivery.QUEUED),
        ("sending", Delivery.SENDING),
        ("sent", Delivery.SENT),
        ("partially_delivered", Delivery.SENT),
        ("delivered", Delivery.DELIVERED),
        ("undelivered", Delivery.UNDELIVERED),
        ("failed", Delivery.FAILED),
        ("canceled", Delivery.FAILED),
        ("read", Delivery.READ),
    ],
)
def test_what_became_of_our_text_carries_our_reference_back(status: str, delivery: Delivery) -> None:
    fields = {"MessageSid": TEXT, "MessageStatus": status, "ErrorCode": ""}
    event = read(hook("message_status", fields, "message=0192-b"))
    assert event.delivery_key == f"msg:{TEXT}:{delivery}"
    assert event.event == MessageProgress(TEXT, delivery, NOW, reference="0192-b")


def test_the_reason_why_our_text_was_not_delivered_is_kept() -> None:
    event = read(hook("message_status", {"SmsSid": TEXT, "SmsStatus": "undelivered", "ErrorCode": "30006"})).event
    assert event == MessageProgress(TEXT, Delivery.UNDELIVERED, NOW, error_code="30006")


def test_a_callback_by_get_is_read_from_its_address() -> None:
    request = HookRequest("voice", f"{ADDRESS.hook_url('voice')}?{urlencode(INBOUND)}", {}, b"", "GET")
    assert read(request).event == CallEvent(CallEventKind.RINGING, CALL, NOW, CARLA, LINE)


def test_a_nul_that_no_database_keeps_is_replaced() -> None:
    event = read(hook("message", f"MessageSid={TEXT}&From=a&To=b&Body=x%00y&odd%00name=1".encode()))
    assert isinstance(event.event, MessageReceived)
    assert event.event.body == "x\ufffdy"
    assert event.raw["odd\ufffdname"] == "1"


@pytest.mark.parametrize(
    ("request_", "sentence"),
    [
        (hook("voice", b""), "no CallSid"),
        (hook("voice", {"CallSid": ""}), "no CallSid"),
        (hook("voice", b"CallSid=%FF"), "not UTF-8"),
        (hook("voice", b"CallSid=\xff"), "not UTF-8"),
        (hook("voice", b"CallSid=%ED%A0%80"), "not UTF-8"),
        (hook("call_status", INBOUND), "no CallStatus"),
        (hook("call_status", INBOUND | {"CallStatus": "levitating"}), "'levitating'"),
        (hook("dialed", INBOUND), "no DialCallStatus"),
        (hook("dialed", INBOUND | {"DialCallStatus": "ringing"}), "'ringing'"),
        (hook("dialed", {"DialCallStatus": "busy"}), "no CallSid"),
        (hook("leg", {"CallSid": LEG, "CallStatus": "busy"}), "which call the leg belongs to"),
        (hook("leg", {"CallStatus": "busy"}, OF_CALL), "no CallSid"),
        (hook("leg", {"CallSid": LEG, "ParentCallSid": LEG, "CallStatus": "busy"}), "which call the leg belongs to"),
        (hook("whisper", {"CallSid": LEG}), "which call the leg belongs to"),
        (hook("accepted", {"CallSid": LEG, "Digits": "1"}), "which call the leg belongs to"),
        (hook("message", {"From": CARLA, "To": LINE}), "no MessageSid or SmsSid"),
        (hook("message", {"MessageSid": TEXT, "To": LINE}), "no From"),
        (hook("message", {"MessageSid": TEXT, "From": CARLA}), "no To"),
        (hook("message_status", {"MessageSid": TEXT}), "no MessageStatus or SmsStatus"),
        (hook("message_status", {"MessageSid": TEXT, "MessageStatus": "received"}), "'received'"),
        (hook("fax", INBOUND), "no hook called 'fax'"),
        (HookRequest("voice", ADDRESS.base, {"content-type": "application/json"}, b"{}"), "application/json"),
        (HookRequest("voice", ADDRESS.base, {}, b"CallSid=CA1"), "content type ''"),
        (HookRequest("voice", ADDRESS.base + "?CallSid=%FF", FORM, b"", "GET"), "not UTF-8"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(request_: HookRequest, sentence: str) -> None:
    with pytest.raises(HookUnreadable, match=sentence) as said:
        read(request_)
    assert str(said.value).endswith(".")


def test_no_body_whatever_raises_anything_but_unreadable() -> None:
    choose, read_ones = random.Random(8402), 0
    valid = f"{urlencode(INBOUND)}&CallStatus=busy&DialCallStatus=busy&MessageSid={TEXT}&MessageStatus=sent".encode()
    for _ in range(3000):
        body = bytearray(valid)
        for _ in range(choose.randrange(6)):
            body[choose.randrange(len(body))] = choose.randrange(256)
        what = choose.choice(("voice", "call_status", "dialed", "message", "message_status", "leg", "accepted"))
        try:
            read_ones += len(TWILIO.read(hook(what, bytes(body), OF_CALL), NOW))
        except HookUnreadable:
            continue
    assert 500 < read_ones < 3000


def test_different_facts_never_share_a_key() -> None:
    statuses = ("ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled")
    requests = [hook("leg", {"CallSid": leg_id, "CallStatus": s}, OF_CALL) for leg_id in (LEG, "CA9") for s in statuses]
    requests += [hook("call_status", INBOUND | {"CallStatus": status}) for status in statuses[1:]]
    requests += [hook("dialed", INBOUND | {"DialCallStatus": status}) for status in statuses[2:]]
    requests += [hook("accepted", {"CallSid": LEG, "Digits": digit}, OF_CALL) for digit in "12"]
    requests += [hook("message", {"MessageSid": TEXT, "From": CARLA, "To": LINE})]
    requests += [hook("message_status", {"MessageSid": TEXT, "MessageStatus": s}) for s in ("queued", "sent", "failed")]
    keys = [read(request).delivery_key for request in requests]
    assert len(keys) == len(set(keys))
