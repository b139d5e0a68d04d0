"""The vendor's own client library works against the REST API, and errors are the vendor's."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import jsonschema
import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ringback.sandbox.api.routes import RESOURCES
from tests.patience import PATIENCE_SECONDS
from tests.sandbox.business import Business
from tests.sandbox.cast import CARLA, HARBOR, OLGA, SAM
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN, PhoneCompany
from tests.sandbox.official import official_client

SPEC = Path(__file__).resolve().parents[2] / ".." / "shared" / "specs" / "twilio_api_v2010.trim.json"
Send = Callable[..., Awaitable[Any]]


@pytest.fixture
def client(company_url: str) -> Client:
    return official_client(company_url)


@pytest.fixture
def send(company: PhoneCompany, client: Client) -> Send:
    async def send_one(to: str = CARLA, body: str = "Sorry we missed you.", **more: Any) -> Any:
        return await asyncio.to_thread(client.messages.create, to=to, from_=HARBOR, body=body, **more)

    return send_one


async def test_a_text_is_accepted_delivered_and_witnessed(company: PhoneCompany, client: Client, send: Send) -> None:
    sent = await send()

    assert (sent.status, sent.num_segments, sent.error_code) == ("queued", "1", None)
    await company.wait_for_event("message.delivered", sid=sent.sid)
    again = await asyncio.to_thread(client.messages(sent.sid).fetch)
    assert (again.status, again.direction, again.date_sent.tzinfo) == ("delivered", "outbound-api", UTC)
    [witnessed] = await company.messages(to=CARLA)
    assert (witnessed["sid"], witnessed["body"]) == (sent.sid, "Sorry we missed you.")
    assert witnessed["request_number"] is not None
    assert (await company.handset(CARLA))["texts"][0]["body"] == "Sorry we missed you."


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"to": "not a phone"}, 21211),
        ({"to": ""}, 21604),
        ({"body": ""}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"to": HARBOR}, 21266),
        ({"validity_period": 36_001}, 30045),
    ],
)
async def test_a_text_that_cannot_be_sent_is_refused_with_the_vendors_code(
    send: Send, wanted: dict[str, Any], code: int
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await send(**wanted)

    assert (refused.value.status, refused.value.code) == (400, code)


async def test_a_number_the_account_does_not_own_cannot_send(company: PhoneCompany, client: Client) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await asyncio.to_thread(client.messages.create, to=CARLA, from_=SAM, body="Hello")

    assert refused.value.code == 21606


async def test_rival_rex_sees_nothing_of_harbor_dental(company: PhoneCompany, company_url: str, send: Send) -> None:
    sent = await send()
    rex = await company.open_account(friendly_name="Rex")
    async with httpx2.AsyncClient(
        base_url=company_url, auth=(rex["sid"], rex["auth_token"]), timeout=PATIENCE_SECONDS
    ) as http:
        own = await http.get(f"/2010-04-01/Accounts/{rex['sid']}/Messages.json")
        by_id = await http.get(f"/2010-04-01/Accounts/{rex['sid']}/Messages/{sent.sid}.json")
        others = await http.get(f"/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json")

    assert own.json()["messages"] == []
    assert (by_id.json()["code"], others.json()["code"]) == (20404, 20404)


async def test_a_wrong_token_is_refused(company: PhoneCompany, company_url: str) -> None:
    with pytest.raises(TwilioRestException) as refused:
        await asyncio.to_thread(official_client(company_url, token="wrong").messages("SM" + "0" * 32).fetch)

    assert (refused.value.status, refused.value.code) == (401, 20003)


async def test_an_unknown_parameter_is_refused(company: PhoneCompany, company_url: str) -> None:
    async with httpx2.AsyncClient(auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=PATIENCE_SECONDS) as http:
        url = f"{company_url}/2010-04-01/Accounts/{ACCOUNT_SID}/Messages.json"
        answer = await http.post(url, data={"To": CARLA, "From": HARBOR, "Bdy": "Hello"})

    assert answer.status_code == 400
    assert answer.json() == {
        "code": 20001,
        "message": "Unknown parameter 'Bdy'",
        "more_info": "https://www.twilio.com/docs/errors/20001",
        "status": 400,
    }
    assert await company.messages() == []


async def test_texts_are_listed_by_party_and_time_newest_first(
    company: PhoneCompany, client: Client, send: Send
) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    sids = [(await send(body=f"Text {index}")).sid for index in range(3)]
    await send(to=OLGA)

    def listed(**filters: Any) -> list[str]:
        return [one.sid for one in client.messages.list(to=CARLA, **filters)]

    assert await asyncio.to_thread(listed) == sids[::-1]
    assert await asyncio.to_thread(listed, date_sent_after=began) == sids[::-1]
    assert await asyncio.to_thread(listed, date_sent=began) == sids[::-1]
    assert await asyncio.to_thread(listed, date_sent_after=began + timedelta(hours=1)) == []
    assert await asyncio.to_thread(listed, date_sent_before=began - timedelta(hours=1)) == []


async def test_a_long_list_comes_in_pages(company: PhoneCompany, client: Client, send: Send) -> None:
    sids = [(await send(body=f"Text {index}")).sid for index in range(5)]

    def paged() -> list[str]:
        return [one.sid for one in client.messages.list(page_size=2)]

    assert await asyncio.to_thread(paged) == sids[::-1]


async def test_a_call_from_the_api_rings_a_phone_and_runs_the_document(
    company: PhoneCompany, client: Client, harbor: Business
) -> None:
    events = ["initiated", "ringing", "answered", "completed"]
    hooks = {"url": harbor.url + "/talk", "status_callback": harbor.url + "/call", "status_callback_event": events}
    harbor.say("/talk", f'<Response><Dial callerId="{HARBOR}" timeout="600">{CARLA}</Dial></Response>')
    call = await asyncio.to_thread(client.calls.create, to=SAM, from_=HARBOR, timeout=600, **hooks)
    assert call.status == "queued"

    await company.answer(SAM)
    await company.wait_for_event("call.ringing", to=CARLA)
    await company.answer(CARLA)
    await company.wait_for_event("call.bridged")
    await company.hang_up(CARLA)
    await company.wait_for_end(call.sid)
    await company.wait_for_events(4, "webhook.answered", hook="call_status")

    statuses = [one.params["CallStatus"] for one in harbor.got("/call")]
    assert statuses == ["initiated", "ringing", "in-progress", "completed"]
    [child] = await asyncio.to_thread(lambda: client.calls.list(parent_call_sid=call.sid))
    assert (child.to, child._from, child.status) == (CARLA, HARBOR, "completed")


async def test_the_api_ends_or_redirects_a_running_call(
    company: PhoneCompany, client: Client, harbor: Business
) -> None:
    harbor.say("/voice", "<Response><Pause length='9000'/></Response>")
    sid = await company.place_call(CARLA, HARBOR)
    await company.wait_for_webhook("voice")
    hold = "<Response><Say>One moment.</Say><Pause length='9000'/></Response>"
    await asyncio.to_thread(lambda: client.calls(sid).update(twiml=hold))
    await company.wait_for_event("call.said", call=sid, words="One moment.")

    ended = await asyncio.to_thread(lambda: client.calls(sid).update(status="completed"))

    assert ended.status == "completed"
    assert await company.wait_for_end(sid) == "completed"


async def test_calls_are_listed_by_number_status_and_time(
    company: PhoneCompany, client: Client, harbor: Business
) -> None:
    harbor.say("/voice", '<Response><Reject reason="busy"/></Response>')
    sid = await company.place_call(CARLA, HARBOR)
    await company.wait_for_end(sid)
    hour_ago = datetime.now(UTC) - timedelta(hours=1)

    def listed(**filters: Any) -> list[str]:
        return [one.sid for one in client.calls.list(to=HARBOR, **filters)]

    assert await asyncio.to_thread(listed, status="busy", start_time_after=hour_ago) == [sid]
    assert await asyncio.to_thread(listed, start_time_before=hour_ago) == []
    assert await asyncio.to_thread(listed, from_=SAM) == []
    assert await asyncio.to_thread(listed, end_time_after=hour_ago) == [sid]
    harbor.say("/voice", '<Response><Pause length="9000"/></Response>')
    running = await company.place_call(CARLA, HARBOR)
    assert await asyncio.to_thread(listed, end_time_after=hour_ago) == [sid]
    assert await asyncio.to_thread(listed) == [running, sid]


async def test_a_number_is_bought_found_and_given_its_hooks(company: PhoneCompany, client: Client) -> None:
    def buy_and_set() -> Any:
        bought = client.incoming_phone_numbers.create(phone_number="+13125550177")
        [found] = client.incoming_phone_numbers.list(phone_number="+13125550177")
        assert found.sid == bought.sid
        hooks = {"voice_url": "http://127.0.0.1:9/v", "sms_url": "http://127.0.0.1:9/s"}
        return client.incoming_phone_numbers(found.sid).update(**hooks)

    changed = await asyncio.to_thread(buy_and_set)

    assert (changed.voice_url, changed.sms_url) == ("http://127.0.0.1:9/v", "http://127.0.0.1:9/s")
    account = await asyncio.to_thread(lambda: client.api.v2010.accounts(ACCOUNT_SID).fetch())
    assert account.friendly_name == "Harbor Dental"


async def test_a_picture_text_from_a_phone_can_be_fetched_with_the_token(
    company: PhoneCompany, company_url: str, harbor: Business
) -> None:
    await company.text(CARLA, HARBOR, "Look", media=(await company.upload(b"\x89PNG leak"),))
    sms = (await company.wait_for_webhook("message"))["params"]

    assert (sms["NumMedia"], sms["MediaContentType0"]) == ("1", "image/png")
    async with httpx2.AsyncClient(follow_redirects=True, timeout=PATIENCE_SECONDS) as http:
        refused = await http.get(sms["MediaUrl0"])
        shown = await http.get(sms["MediaUrl0"], auth=(ACCOUNT_SID, AUTH_TOKEN))
    assert (refused.status_code, shown.content) == (401, b"\x89PNG leak")


async def test_a_text_can_be_redacted_and_deleted(company: PhoneCompany, client: Client, send: Send) -> None:
    sent = await send()
    await company.wait_for_event("message.delivered", sid=sent.sid)

    redacted = await asyncio.to_thread(lambda: client.messages(sent.sid).update(body=""))

    assert redacted.body == ""
    assert await asyncio.to_thread(lambda: client.messages(sent.sid).delete())


def vendor_spec() -> dict[str, Any]:
    if not SPEC.exists():
        pytest.skip("Comparing with the vendor's API description needs ../shared/specs, which is not here.")
    found: dict[str, Any] = json.loads(SPEC.read_text("utf-8"))
    return found


def test_the_parameters_taken_are_exactly_the_vendors() -> None:
    paths = vendor_spec()["paths"]
    for path, method, _, known, _ in RESOURCES:
        vendors = path.replace("{sid}", "{MessageSid}" if "Media" in path else "{Sid}")
        root = "/2010-04-01/Accounts/" + ("{Sid}" if path == ".json" else "{AccountSid}")
        operation = paths[root + vendors][method.lower()]
        form = operation.get("requestBody", {}).get("content", {}).values()
        names = {name for one in form for name in one["schema"].get("properties", {})}
        names |= {one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"}
        assert set(known.split()) == names, f"{method} {path}"


@pytest.mark.parametrize(
    ("path", "key", "schema"),
    [
        ("Messages", "messages", "api.v2010.account.message"),
        ("Calls", "calls", "api.v2010.account.call"),
        ("IncomingPhoneNumbers", "incoming_phone_numbers", "api.v2010.account.incoming_phone_number"),
    ],
)
async def test_what_the_api_shows_fits_the_vendors_schema(
    company: PhoneCompany, company_url: str, send: Send, path: str, key: str, schema: str
) -> None:
    spec = vendor_spec()
    await send()
    await company.wait_for_end(await company.place_call(CARLA, HARBOR))
    async with httpx2.AsyncClient(
        base_url=company_url, auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=PATIENCE_SECONDS
    ) as http:
        shown = (await http.get(f"/2010-04-01/Accounts/{ACCOUNT_SID}/{path}.json")).json()[key][0]

    wanted = spec["components"]["schemas"][schema]
    assert set(shown) == set(wanted["properties"])
    jsonschema.validate(shown, {**_nullable(wanted), "components": _nullable(spec["components"])})


def _nullable(node: Any) -> Any:
    """Say `nullable` the way JSON Schema does."""
    if isinstance(node, list):
        return [_nullable(one) for one in node]
    if not isinstance(node, dict):
        return node
    plain = {name: _nullable(value) for name, value in node.items()}
    if plain.pop("nullable", False) and isinstance(plain.get("type"), str):
        plain["type"] = [plain["type"], "null"]
        plain.update({"enum": [*plain["enum"], None]} if "enum" in plain else {})
    return plain
