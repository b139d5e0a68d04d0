"""Documents made with the vendor's own library run; what cannot run is said aloud."""

import io
import wave

import httpx2
import pytest
from twilio.twiml.voice_response import Dial, Gather, VoiceResponse

from tests.patience import PATIENCE_SECONDS
from tests.sandbox.business import Business, Say
from tests.sandbox.cast import CARLA, HARBOR, OLGA, SAM
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN, PhoneCompany


async def test_a_menu_made_with_the_vendors_library_runs(company: PhoneCompany, harbor: Business) -> None:
    menu = VoiceResponse()
    gather = Gather(num_digits=1, timeout=600, action="/choice")
    gather.say("Press 2 for Olga.")
    menu.append(gather)
    menu.redirect("/voice")
    connect = VoiceResponse()
    dial = Dial(action="/done", timeout=600, caller_id=HARBOR)
    dial.number(OLGA)
    connect.append(dial)
    harbor.say("/voice", str(menu))
    harbor.say("/choice", str(connect))
    call = await company.place_call(CARLA, HARBOR)
    await company.wait_for_event("call.said", call=call, words="Press 2 for Olga.")

    await company.press(CARLA, "2")

    assert (await company.answer(OLGA))["with"] == HARBOR
    assert harbor.got("/choice")[0].params["Digits"] == "2"


async def test_a_caller_who_presses_nothing_falls_through_the_menu(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", '<Response><Gather timeout="2" action="/choice"/><Redirect>/next</Redirect></Response>')

    call = await company.place_call(CARLA, HARBOR)

    assert await company.wait_for_end(call) == "completed"
    assert (len(harbor.got("/choice")), len(harbor.got("/next"))) == (0, 1)


async def test_action_on_empty_result_reports_that_nothing_was_pressed(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", '<Response><Gather timeout="2" action="/choice" actionOnEmptyResult="true"/></Response>')

    await company.wait_for_end(await company.place_call(CARLA, HARBOR))

    assert harbor.got("/choice")[0].params["Digits"] == ""


async def test_speech_is_heard_where_the_document_asks_for_it(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", '<Response><Gather input="speech dtmf" timeout="600" action="/turn"/></Response>')
    call = await company.place_call(CARLA, HARBOR)
    await company.wait_for_event("call.answered", call=call)

    await company.speak(CARLA, "My boiler leaks")

    turn = (await company.wait_for_webhook("gather"))["params"]
    assert turn["SpeechResult"] == "My boiler leaks"


@pytest.mark.parametrize(("reason", "status"), [("busy", "busy"), ("rejected", "no-answer")])
async def test_a_rejected_call_is_never_answered(
    company: PhoneCompany, harbor: Business, reason: str, status: str
) -> None:
    harbor.say("/voice", f'<Response><Reject reason="{reason}"/></Response>')

    call = await company.place_call(CARLA, HARBOR)

    assert await company.wait_for_end(call) == status
    assert await company.events("call.answered") == []


async def test_a_reject_after_a_pause_is_not_the_first_verb_but_still_leaves_the_call_unanswered(
    company: PhoneCompany, harbor: Business
) -> None:
    harbor.say("/voice", '<Response><Pause length="2"/><Reject/></Response>')

    assert await company.wait_for_end(await company.place_call(CARLA, HARBOR)) == "no-answer"


async def test_voicemail_is_recorded_until_the_caller_hangs_up(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", '<Response><Record action="/taken" timeout="600" maxLength="600"/></Response>')
    call = await company.place_call(CARLA, HARBOR)
    await company.wait_for_event("call.answered", call=call)
    await company.speak(CARLA, "Please ring me", seconds=8)

    await company.hang_up(CARLA)

    taken = (await company.wait_for_webhook("record"))["params"]
    assert (taken["Digits"], taken["CallStatus"]) == ("hangup", "completed")
    async with httpx2.AsyncClient(auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=PATIENCE_SECONDS) as http:
        sound = await http.get(taken["RecordingUrl"] + ".wav")
        described = (await http.get(taken["RecordingUrl"] + ".json")).json()
    with wave.open(io.BytesIO(sound.content)) as played:
        assert played.getnframes() == played.getframerate() * int(taken["RecordingDuration"])
    assert (described["call_sid"], described["duration"]) == (call, taken["RecordingDuration"])


async def test_silence_leaves_no_recording(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", '<Response><Record action="/taken" timeout="2"/><Say>Goodbye.</Say></Response>')

    await company.wait_for_end(await company.place_call(CARLA, HARBOR))

    assert harbor.got("/taken") == []
    assert await company.events("call.said", words="Goodbye.")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("<Response><Dance/></Response>", 12200),
        ('<Response><Dial timeOut="3">+13125550111</Dial></Response>', 12200),
        ("<Response><Say>unclosed</Response>", 12100),
        ("Thanks for calling", 12100),
        ("<Response><Dial/></Response>", 13201),
    ],
)
async def test_a_document_that_cannot_run_fails_the_call_and_says_why(
    company: PhoneCompany, harbor: Business, document: str, code: int
) -> None:
    harbor.say("/voice", document)

    call = await company.place_call(CARLA, HARBOR)

    assert await company.wait_for_end(call) == "failed"
    await company.wait_for_event("call.error", call=call, code=code)


async def test_a_whisper_may_not_dial(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", f'<Response><Dial action="/done"><Number url="/whisper">{SAM}</Number></Dial></Response>')
    harbor.say("/whisper", f"<Response><Dial>{OLGA}</Dial></Response>")
    await company.behave(SAM, "answer")

    await company.place_call(CARLA, HARBOR)

    action = (await company.wait_for_webhook("dial_action"))["params"]
    assert "DialBridged" not in action


async def test_a_redirect_status_is_followed_and_relative_addresses_start_there(
    company: PhoneCompany, harbor: Business
) -> None:
    harbor.say("/voice", Say(status=307, location="/deep/start"))
    harbor.say("/deep/start", "<Response><Redirect>next</Redirect></Response>")

    await company.wait_for_end(await company.place_call(CARLA, HARBOR))

    assert [one.path for one in harbor.received][:3] == ["/voice", "/deep/start", "/deep/next"]
    assert all(one.genuine for one in harbor.received)


async def test_redirects_without_end_are_given_up(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", Say(status=302, location="/voice"))

    call = await company.place_call(CARLA, HARBOR)

    assert await company.wait_for_end(call) == "failed"
    await company.wait_for_event("call.error", code=11215)


async def test_an_answer_that_is_no_document_fails_the_call(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", Say("<Response/>", content_type="application/json"))

    call = await company.place_call(CARLA, HARBOR)

    assert await company.wait_for_end(call) == "failed"
    await company.wait_for_event("call.error", call=call, code=12300)
