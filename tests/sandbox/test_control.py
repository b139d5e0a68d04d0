"""The control API: what a script may ask for, and what it is told when it asks for nonsense."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ringback.sandbox import SandboxSettings
from tests.patience import PATIENCE_SECONDS
from tests.sandbox.business import Business
from tests.sandbox.cast import CARLA, HARBOR, OLGA, SAM
from tests.sandbox.company import PhoneCompany, Refused, running_company


async def test_two_calls_to_one_phone_are_answered_one_after_the_other(company: PhoneCompany, harbor: Business) -> None:
    harbor.say("/voice", f'<Response><Dial timeout="600">{SAM}</Dial></Response>')
    for caller in (CARLA, OLGA):
        await company.place_call(caller, HARBOR)
        assert (await company.answer(SAM))["with"] == caller
        await company.wait_for_event("call.bridged")
        await company.hang_up(SAM)
        await company.look_from_now()


@pytest.mark.parametrize(
    ("path", "wanted", "status"),
    [
        (f"/handsets/{CARLA}/answer", {}, 409),
        (f"/handsets/{CARLA}/press", {"keys": "1"}, 409),
        (f"/handsets/{CARLA}/call", {"to": "+19995550000"}, 409),
        (f"/handsets/{CARLA}/call", {}, 400),
        (f"/handsets/{CARLA}/sing", {}, 409),
        (f"/handsets/{CARLA}", {"manner": "asleep"}, 400),
        (f"/handsets/{CARLA}", {"maner": "busy"}, 400),
        ("/numbers", {"phone_number": HARBOR, "voice_uri": "x"}, 400),
        ("/numbers", {"phone_number": SAM, "account_sid": "AC0"}, 404),
        ("/options", {"abandoned": "completed"}, 400),
        ("/options", {"abandoned_status": "gone"}, 400),
        ("/speed", {"speed": 0}, 400),
        ("/faults", {"target": "webhook", "effect": "explode"}, 400),
        ("/faults", {"target": "moon", "effect": "lose"}, 400),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_sentence(
    company: PhoneCompany, path: str, wanted: dict[str, Any], status: int
) -> None:
    async with httpx2.AsyncClient(base_url=company.url + "/sandbox/api", timeout=PATIENCE_SECONDS) as http:
        answer = await http.post(path, json=wanted)

    assert answer.status_code == status
    assert len(answer.json()["error"]) > 10


async def test_a_form_from_a_foreign_page_changes_nothing(company: PhoneCompany) -> None:
    async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as http:
        answer = await http.post(company.url + "/sandbox/api/reset", data={"x": "1"})

    assert answer.status_code == 415


async def test_broken_json_is_refused(company: PhoneCompany) -> None:
    async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as http:
        headers = {"Content-Type": "application/json"}
        answer = await http.post(company.url + "/sandbox/api/speed", content=b"{speed:", headers=headers)

    assert answer.status_code == 400


async def test_a_reset_brings_back_the_settings(company: PhoneCompany) -> None:
    await company.set_speed(3)
    await company.text(CARLA, HARBOR, "STOP")

    await company.reset()

    state = await company.state()
    assert (state["speed"], state["numbers"], state["opt_outs"]) == (50.0, [], [])
    with pytest.raises(Refused):
        await company.place_call(CARLA, HARBOR)


async def test_a_reader_may_wait_for_news_or_be_told_there_is_none(company: PhoneCompany) -> None:
    last = await company.last_event()
    async with httpx2.AsyncClient(base_url=company.url + "/sandbox/api", timeout=PATIENCE_SECONDS) as http:
        quiet = await http.get(f"/events?after={last}&wait=0.05")
        stale = await http.get("/events?after=9999999&wait=5")

    assert quiet.json()["events"] == []
    assert stale.json()["events"], "a number from before a restart sees everything"


async def test_the_stream_replays_what_a_reader_missed(company: PhoneCompany) -> None:
    last = await company.last_event()
    await company.behave(SAM, "busy")
    url = company.url + "/sandbox/api/events/stream"
    async with (
        httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as http,
        http.stream("GET", url, headers={"Last-Event-ID": str(last)}) as stream,
    ):
        lines = stream.aiter_lines()
        first = [line async for line in _until_data(lines)][-1]

    assert json.loads(first.removeprefix("data: "))["seq"] == last + 1


async def _until_data(lines: Any) -> Any:
    async for line in lines:
        yield line
        if line.startswith("data:"):
            return


async def test_a_company_starts_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "company.json"
    file.write_text(
        json.dumps(
            {
                "clock_at": "2026-03-08T01:30:00+00:00",
                "accounts": [{"friendly_name": "Harbor Dental"}],
                "numbers": [{"phone_number": HARBOR, "friendly_name": "Main"}],
                "handsets": [{"number": SAM, "label": "Sam", "manner": "no_answer"}],
            }
        )
    )
    settings = SandboxSettings.load(file, speed=7.0)
    chosen = {name: getattr(settings, name) for name in ("clock_at", "accounts", "numbers", "handsets", "speed")}

    with running_company(**chosen) as url:
        async with PhoneCompany(url) as company:
            state = await company.state()
            [opened, *_] = await company.events("account.opened")
            async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as http:
                answer = await http.get(f"{url}/2010-04-01/Accounts/AC0.json")

    assert (state["speed"], state["handsets"]) == (7.0, [{"number": SAM, "label": "Sam"}])
    assert opened["at"].startswith("2026-03-08T01:30")
    assert answer.headers.get_list("date") == ["Sun, 08 Mar 2026 01:30:" + answer.headers["date"][-6:]]
