"""Our TwiML against documents that Twilio's own classes build."""

import inspect
import re
from xml.etree.ElementTree import Element, canonicalize, fromstring

import pytest
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from ringback.ports import HookRequest, HookUnreadable, RingStaff, SayAndHangUp, VoicePlan, VoiceStep, Whisper
from tests.providers.twilio.cast import ADDRESS, CALL, CARLA, LEG, NOW, OLGA, RETRY, SAM, hook, twilio_line

TWILIO = twilio_line()
INBOUND = hook("voice", {"CallSid": CALL, "From": CARLA})
WHISPER_ASKED = hook("whisper", {"CallSid": LEG, "CallStatus": "in-progress"}, f"call={CALL}")
BOTH = RingStaff((OLGA, SAM), 20, in_turn=False, whisper=True, caller_id=CARLA)


def document(plan: VoicePlan, request: HookRequest = INBOUND) -> str:
    reply = TWILIO.render(plan, request)
    assert (reply.status, reply.content_type) == (200, "text/xml")
    return canonicalize(reply.body.decode())


def given(what: str, query: str = "") -> str:
    return ADDRESS.hook_url(what, query) + RETRY


def dialled(phones: tuple[str, ...], whisper: bool, **more: object) -> str:
    """Return what Twilio's classes make of ringing these phones."""
    response = VoiceResponse()
    dial = Dial(action=given("dialed"), method="POST", timeout=20, answer_on_bridge=True, **more)
    for phone in phones:
        dial.number(
            phone,
            url=given("whisper", f"call={CALL}") if whisper else None,
            status_callback=given("leg", f"call={CALL}"),
            status_callback_event="initiated ringing answered completed",
        )
    response.append(dial)
    return canonicalize(str(response))


def test_staff_are_rung_together_with_a_whisper_each() -> None:
    assert document(BOTH) == dialled((OLGA, SAM), whisper=True, caller_id=CARLA)


def test_staff_are_rung_in_turn() -> None:
    plan = RingStaff((OLGA, SAM), 20, in_turn=True, whisper=False, caller_id="")
    assert document(plan) == dialled((OLGA, SAM), whisper=False, sequential=True)


def test_nothing_stands_before_the_dial_because_answer_on_bridge_needs_to_come_first() -> None:
    response = fromstring(TWILIO.render(BOTH, INBOUND).body)
    assert [verb.tag for verb in response] == ["Dial"]


def test_ten_phones_are_rung_of_eleven_because_twilio_refuses_more() -> None:
    phones = tuple(f"+1415555{number:04}" for number in range(11))
    plan = RingStaff(phones, 20, in_turn=False, whisper=False, caller_id=CARLA)
    assert document(plan) == dialled(phones[:10], whisper=False, caller_id=CARLA)


def test_words_are_said_then_the_call_ends() -> None:
    words = 'Smith & Sons <closed> "today"; ¡hasta mañana!'
    response = VoiceResponse()
    response.say(words, language="en-US")
    response.hangup()
    assert document(SayAndHangUp(words, "en-US")) == canonicalize(str(response))


def test_the_whisper_waits_six_seconds_for_one_key_and_hangs_up_without_it() -> None:
    response = VoiceResponse()
    gather = Gather(num_digits=1, timeout=6, action=given("accepted", f"call={CALL}"), method="POST")
    gather.say("Call for Harbor Dental. Press 1.", language="en-US")
    response.append(gather)
    response.hangup()
    plan = Whisper("Call for Harbor Dental. Press 1.", "en-US")
    assert document(plan, WHISPER_ASKED) == canonicalize(str(response))


@pytest.mark.parametrize(
    ("step", "verb"),
    [
        (VoiceStep.REFUSE, "reject"),
        (VoiceStep.HANG_UP, "hangup"),
        (VoiceStep.BRIDGE, None),
        (VoiceStep.NOTHING, None),
    ],
)
def test_a_step_without_words_is_one_verb_or_none(step: VoiceStep, verb: str | None) -> None:
    response = VoiceResponse()
    if verb:
        getattr(response, verb)()
    assert document(step) == canonicalize(str(response))


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("en-US", "en-US"),
        ("en", "en-US"),
        ("en-GB", "en-GB"),
        ("en-IE", "en-GB"),
        ("en-NZ", "en-AU"),
        ("es-US", "es-MX"),
        ("es-ES", "es-ES"),
        ("es", "es-MX"),
        ("en-CA", "en-CA"),
        ("en-AU", "en-AU"),
        ("fr", "fr-FR"),
        ("fr-BE", "fr-FR"),
        ("fr-CA", "fr-CA"),
        ("tlh", "en-US"),
        ("", "en-US"),
    ],
)
def test_a_language_is_spoken_in_one_that_twilio_has(language: str, spoken: str) -> None:
    response = fromstring(TWILIO.render(SayAndHangUp("Hola", language), INBOUND).body)
    say = response.find("Say")
    assert say is not None
    assert say.get("language") == spoken


def test_characters_that_xml_forbids_are_dropped_and_the_document_stays_whole() -> None:
    response = fromstring(TWILIO.render(SayAndHangUp("Har\x00bor\x0b\ud800\uffff 😀\tDental", "en"), INBOUND).body)
    assert response.findtext("Say") == "Harbor 😀\tDental"


def test_every_attribute_is_one_that_twilios_classes_name() -> None:
    builders = {"Dial": VoiceResponse.dial, "Number": Dial.number, "Gather": VoiceResponse.gather}
    plans = ((BOTH, INBOUND), (Whisper("Press 1", "en"), WHISPER_ASKED), (SayAndHangUp("Bye", "en"), INBOUND))
    seen: set[str] = set()
    for plan, request in plans:
        for element in fromstring(TWILIO.render(plan, request).body).iter():
            known = inspect.signature(builders.get(element.tag, VoiceResponse.say)).parameters
            assert {snake(name) for name in element.attrib} <= set(known), element.tag
            seen.add(element.tag)
    assert seen == {"Response", "Dial", "Number", "Gather", "Say", "Hangup"}


def snake(name: str) -> str:
    return re.sub("([A-Z])", r"_\1", name).lower()


def addresses(element: Element) -> list[str]:
    return [value for item in element.iter() for value in item.attrib.values() if value.startswith("http")]


def test_every_address_in_our_twiml_asks_twilio_to_retry_and_leads_to_a_hook_we_read() -> None:
    found = addresses(fromstring(TWILIO.render(BOTH, INBOUND).body))
    found += addresses(fromstring(TWILIO.render(Whisper("Press 1", "en"), WHISPER_ASKED).body))
    assert len(found) == 6
    hooks = {re.fullmatch(rf"{ADDRESS.base}/(\w+)(\?call={CALL})?{RETRY}", url) for url in found}
    assert {match[1] for match in hooks if match} == {"dialed", "whisper", "leg", "accepted"}
    assert None not in hooks


def test_a_call_id_cannot_break_out_of_an_address() -> None:
    odd = hook("voice", {"CallSid": 'CA"&<#x=1'})
    (whisper, leg) = sorted(url for url in addresses(fromstring(TWILIO.render(BOTH, odd).body)) if "call=" in url)[::2]
    assert whisper == given("leg", "call=CA%22%26%3C%23x%3D1")
    assert leg == given("whisper", "call=CA%22%26%3C%23x%3D1")


def test_legs_belong_to_the_call_that_came_in_even_where_that_call_has_a_parent_of_its_own() -> None:
    forwarded = hook("voice", {"CallSid": CALL, "ParentCallSid": "CA9", "From": CARLA})
    (event,) = TWILIO.read(forwarded, NOW)
    assert event.delivery_key == f"call:{CALL}:ringing"
    assert document(BOTH, forwarded) == dialled((OLGA, SAM), whisper=True, caller_id=CARLA)


def test_ringing_staff_for_a_request_that_names_no_call_is_unreadable() -> None:
    with pytest.raises(HookUnreadable, match="no CallSid"):
        TWILIO.render(BOTH, hook("voice", b"From=x"))
