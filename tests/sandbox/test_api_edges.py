"""The edges of the REST API: what is refused, removed, or simply not there."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from tests.patience import PATIENCE_SECONDS
from tests.sandbox.business import Business
from tests.sandbox.cast import CARLA, HARBOR, SAM
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN, PhoneCompany


@pytest_asyncio.fixture
async def http(company: PhoneCompany) -> AsyncIterator[httpx2.AsyncClient]:
    base = f"{company.url}/2010-04-01/Accounts/{ACCOUNT_SID}"
    async with httpx2.AsyncClient(base_url=base, auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=PATIENCE_SECONDS) as client:
        yield client


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"From": HARBOR, "Url": "http://127.0.0.1:9/"}, 21201),
        ({"To": SAM, "Url": "http://127.0.0.1:9/"}, 21213),
        ({"To": "Sam", "From": HARBOR, "Url": "http://127.0.0.1:9/"}, 21211),
        ({"To": SAM, "From": CARLA, "Url": "http://127.0.0.1:9/"}, 21210),
        ({"To": SAM, "From": HARBOR}, 21205),
        ({"To": SAM, "From": HARBOR, "Twiml": "<Response/>", "Timeout": "soon"}, 20001),
    ],
)
async def test_a_call_that_cannot_be_made_is_refused(
    http: httpx2.AsyncClient, wanted: dict[str, str], code: int
) -> None:
    answer = await http.post("/Calls.json", data=wanted)

    assert (answer.status_code, answer.json()["code"]) == (400, code)


async def test_a_call_nobody_takes_ends_as_no_answer(
    company: PhoneCompany, http: httpx2.AsyncClient, harbor: Business
) -> None:
    await company.behave(SAM, "no_answer")
    wanted = {"To": SAM, "From": HARBOR, "Twiml": "<Response/>", "Timeout": "5", "StatusCallback": harbor.url + "/call"}
    sid = (await http.post("/Calls.json", data=wanted)).json()["sid"]

    assert await company.wait_for_end(sid) == "no-answer"
    report = (await company.wait_for_webhook("call_status"))["params"]
    assert (report["Direction"], report["CallStatus"]) == ("outbound-api", "no-answer")


async def test_a_call_that_still_rings_can_be_canceled(company: PhoneCompany, http: httpx2.AsyncClient) -> None:
    wanted = {"To": SAM, "From": HARBOR, "Twiml": "<Response/>", "Timeout": "600"}
    sid = (await http.post("/Calls.json", data=wanted)).json()["sid"]
    await company.wait_for_event("call.ringing", to=SAM)

    answer = await http.post(f"/Calls/{sid}.json", data={"Status": "canceled"})

    assert answer.json()["status"] == "canceled"


async def test_a_running_call_cannot_be_deleted_and_a_finished_one_not_changed(
    company: PhoneCompany, http: httpx2.AsyncClient, harbor: Business
) -> None:
    harbor.say("/voice", '<Response><Pause length="9000"/></Response>')
    sid = await company.place_call(CARLA, HARBOR)
    assert (await http.delete(f"/Calls/{sid}.json")).status_code == 409
    assert (await http.post(f"/Calls/{sid}.json", data={"Status": "ringing"})).status_code == 400
    await company.hang_up(CARLA)

    assert (await http.post(f"/Calls/{sid}.json", data={"Status": "completed"})).json()["code"] == 21220
    assert (await http.delete(f"/Calls/{sid}.json")).status_code == 204
    assert (await http.get(f"/Calls/{sid}.json")).json()["code"] == 20404


async def test_a_number_given_back_can_be_bought_again(company: PhoneCompany, http: httpx2.AsyncClient) -> None:
    [line] = (await http.get("/IncomingPhoneNumbers.json")).json()["incoming_phone_numbers"]
    taken = await http.post("/IncomingPhoneNumbers.json", data={"PhoneNumber": HARBOR})
    assert (await http.delete(f"/IncomingPhoneNumbers/{line['sid']}.json")).status_code == 204

    again = await http.post("/IncomingPhoneNumbers.json", data={"PhoneNumber": HARBOR})

    assert (taken.json()["code"], again.status_code) == (21422, 201)
    assert (await http.post("/IncomingPhoneNumbers.json", data={"PhoneNumber": "12"})).json()["code"] == 21421
    assert (await http.post("/IncomingPhoneNumbers.json", data={"AreaCode": "312"})).status_code == 201


async def test_a_text_on_its_way_cannot_be_deleted(company: PhoneCompany, http: httpx2.AsyncClient) -> None:
    await company.behave(CARLA, switched_off=True)
    sent = await http.post("/Messages.json", data={"To": CARLA, "From": HARBOR, "Body": "Hello"})
    sid = sent.json()["sid"]

    assert (await http.delete(f"/Messages/{sid}.json")).status_code == 409
    assert (await http.post(f"/Messages/{sid}.json", data={"Body": "Other words"})).status_code == 400


async def test_a_recording_is_reported_described_and_deleted(
    company: PhoneCompany, http: httpx2.AsyncClient, harbor: Business
) -> None:
    record = '<Record action="/taken" recordingStatusCallback="/kept" maxLength="4" timeout="600"/>'
    harbor.say("/voice", f"<Response>{record}</Response>")
    call = await company.place_call(CARLA, HARBOR)
    await company.wait_for_event("call.answered", call=call)
    await company.speak(CARLA, "Please ring me", seconds=60)

    kept = (await company.wait_for_webhook("recording_status"))["params"]

    assert (kept["RecordingStatus"], kept["RecordingDuration"]) == ("completed", "4")
    assert (await http.delete(f"/Recordings/{kept['RecordingSid']}.json")).status_code == 204
    assert (await http.get(f"/Recordings/{kept['RecordingSid']}")).status_code == 404


async def test_a_picture_is_described_without_being_sent(company: PhoneCompany, http: httpx2.AsyncClient) -> None:
    text = await company.text(CARLA, HARBOR, media=("sample",))

    listed = (await http.get(f"/Messages/{text['sid']}/Media.json")).json()["media_list"]
    shown = await http.get(f"/Messages/{text['sid']}/Media/{listed[0]['sid']}.json")

    assert (shown.json()["content_type"], shown.json()["parent_sid"]) == ("image/png", text["sid"])
    assert (await http.get(f"/Messages/{text['sid']}/Media/ME0.json")).status_code == 404


async def test_pictures_need_no_token_where_the_house_rules_say_so(company: PhoneCompany, harbor: Business) -> None:
    await company.set_options(media_auth=False)
    await company.text(CARLA, HARBOR, media=("sample",))
    sms = (await company.wait_for_webhook("message"))["params"]

    async with httpx2.AsyncClient(follow_redirects=True, timeout=PATIENCE_SECONDS) as stranger:
        assert (await stranger.get(sms["MediaUrl0"])).headers["content-type"] == "image/png"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/Nothing.json", 20404),
        ("/Messages/SM0.json", 20404),
        ("/IncomingPhoneNumbers/PN0.json", 20404),
        ("/Messages.json?DateSent=soon", 20001),
        ("/Messages.json?PageSize=many", 20001),
    ],
)
async def test_what_is_not_there_or_makes_no_sense_is_said_the_vendors_way(
    http: httpx2.AsyncClient, path: str, code: int
) -> None:
    answer = await http.get(path)

    assert set(answer.json()) == {"code", "message", "more_info", "status"}
    assert answer.json()["code"] == code


async def test_a_body_that_is_not_utf8_is_refused(http: httpx2.AsyncClient) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    answer = await http.post("/Messages.json", content=b"To=\xff\xfe", headers=headers)

    assert answer.json()["code"] == 20001


@pytest.mark.parametrize("header", ["", "Basic !!!", "Basic /w==", "Bearer x"])
async def test_a_sign_in_that_cannot_be_read_is_refused(company: PhoneCompany, header: str) -> None:
    async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as http:
        url = f"{company.url}/2010-04-01/Accounts/{ACCOUNT_SID}.json"
        answer = await http.get(url, headers={"Authorization": header})

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)


async def test_one_fault_is_lifted_and_the_others_stay(company: PhoneCompany, http: httpx2.AsyncClient) -> None:
    first = await company.set_rest_fault("429", on="numbers")
    await company.set_rest_fault("500_before", on="calls")
    async with httpx2.AsyncClient(base_url=company.url + "/sandbox/api", timeout=PATIENCE_SECONDS) as control:
        lifted = await control.delete(f"/faults/{first}")
        missing = await control.delete("/faults/999")

    assert [one["effect"] for one in lifted.json()["faults"]] == ["500_before"]
    assert missing.status_code == 404
    assert [answer.status_code for answer in await _both(http)] == [200, 500]


async def _both(http: httpx2.AsyncClient) -> list[Any]:
    return list(await asyncio.gather(http.get("/IncomingPhoneNumbers.json"), http.get("/Calls.json")))


async def test_a_prompt_of_several_parts_takes_its_time_and_can_be_interrupted(
    company: PhoneCompany, harbor: Business
) -> None:
    prompt = '<Say>Press a key.</Say><Play>/tune.mp3</Play><Pause length="60"/>'
    menu = f'<Response><Gather numDigits="2" action="/choice" timeout="600">{prompt}</Gather></Response>'
    harbor.say("/voice", menu)
    call = await company.place_call(CARLA, HARBOR)
    await company.wait_for_event("call.said", call=call)

    await company.press(CARLA, "4#")

    assert (await company.wait_for_webhook("gather"))["params"]["Digits"] == "4"
    assert (await company.handset(CARLA))["calls"][0]["hears"] == ["Press a key.", "♪"]


async def test_a_number_without_a_voice_hook_fails_its_calls(company: PhoneCompany) -> None:
    await company.add_number(HARBOR, voice_url="")

    assert await company.wait_for_end(await company.place_call(CARLA, HARBOR)) == "failed"
