"""What we ask of Twilio, judged by its description and its own client, and what we make of its answers."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from twilio.http.response import Response
from twilio.rest import Client

from ringback.domain.calls import CallEvent, CallEventKind, CallResult
from ringback.domain.errors import ProviderError, ProviderErrorKind
from ringback.ports import (
    Accepted,
    FoundText,
    HttpRequest,
    HttpResponse,
    Rejected,
    SendText,
    TryLater,
    Uncertain,
)
from ringback.providers.twilio.numbers import NumberSettings, number_request, read_numbers, set_hooks_request
from tests.providers.twilio.cast import (
    ACCOUNT,
    ADDRESS,
    CALL,
    CARLA,
    LEG,
    LINE,
    NOW,
    OLGA,
    RETRY,
    TEXT,
    TOKEN,
    hook,
    twilio_line,
)
from tests.providers.twilio.schema import check_request, load_spec

TWILIO = twilio_line()
HELLO = SendText(CARLA, LINE, "Harbor Dental: sorry we missed you & +1 ¿qué tal?", "0192-b", valid_seconds=600)
SERVICE = "MG" + "4b" * 16
NUMBER = "PN" + "5c" * 16
SINCE = datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=-5)))


class Recorder:
    """Stands where the official client would reach the network: keeps the request, answers with an empty page."""

    def request(self, method: str, url: str, **parts: Any) -> Response:
        """Keep what the official client would send."""
        self.sent = (method.upper(), url, parts.get("params") or {}, parts.get("data") or {}, parts.get("auth"))
        return Response(201 if method.upper() == "POST" else 200, '{"records": []}')


@pytest.fixture
def official() -> Client:
    return Client(ACCOUNT, TOKEN, http_client=Recorder())


def as_recorded(request: HttpRequest) -> tuple[object, ...]:
    url, query = urlsplit(request.url), dict(parse_qsl(urlsplit(request.url).query))
    return request.method, url._replace(query="").geturl(), query, dict(request.form), request.auth


def recorded(client: Client) -> tuple[object, ...]:
    method, url, query, form, auth = client.http_client.sent
    texts = [{name: str(value) for name, value in fields.items()} for fields in (query, form)]
    return method, url, *texts, auth


def answer(status: int, body: object, **headers: str) -> HttpResponse:
    return HttpResponse(status, body if isinstance(body, bytes) else json.dumps(body).encode(), headers)


def example(path: str, name: str) -> Any:
    media = load_spec()["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    return media["examples"][name]["value"]


@pytest.mark.parametrize(
    "request_",
    [
        TWILIO.send_request(HELLO),
        TWILIO.send_request(SendText(CARLA, LINE, "", "r")),
        twilio_line(messaging_service_sid=SERVICE).send_request(HELLO),
        TWILIO.find_request(CARLA, LINE, SINCE),
        TWILIO.calls_request(LINE, SINCE),
        TWILIO.legs_request(CALL),
        number_request(TWILIO.connection, LINE),
        set_hooks_request(TWILIO.connection, ADDRESS, NUMBER),
    ],
    ids=lambda request: f"{request.method} {urlsplit(request.url).path.rpartition('/')[2]}",
)
def test_every_request_passes_twilios_description_of_its_api(request_: HttpRequest) -> None:
    check_request(request_)


def test_a_text_is_handed_over_just_as_the_official_client_does_it(official: Client) -> None:
    official.messages.create(
        to=CARLA,
        from_=LINE,
        body=HELLO.body,
        status_callback=ADDRESS.hook_url("message_status", "message=0192-b") + RETRY,
        validity_period=600,
    )
    assert as_recorded(TWILIO.send_request(HELLO)) == recorded(official)


def test_a_text_through_a_messaging_service_still_comes_from_the_line_that_was_rung(official: Client) -> None:
    official.messages.create(
        to=CARLA,
        from_=LINE,
        messaging_service_sid=SERVICE,
        body="Hi",
        status_callback=ADDRESS.hook_url("message_status", "message=r") + RETRY,
    )
    line = twilio_line(messaging_service_sid=SERVICE)
    assert as_recorded(line.send_request(SendText(CARLA, LINE, "Hi", "r"))) == recorded(official)


def test_a_reference_comes_back_whole_through_the_status_address() -> None:
    request = TWILIO.send_request(SendText(CARLA, LINE, "Hi", "a&b=c#d é+"))
    status_url = dict(request.form)["StatusCallback"].removesuffix(RETRY)
    callback = hook("message_status", {"MessageSid": TEXT, "MessageStatus": "sent"}, urlsplit(status_url).query)
    (event,) = TWILIO.read(callback, NOW)
    assert getattr(event.event, "reference", None) == "a&b=c#d é+"


@pytest.mark.parametrize(("wanted", "sent"), [(0, "1"), (-5, "1"), (1, "1"), (600, "600"), (99_999, "36000")])
def test_validity_is_kept_within_what_twilio_takes(wanted: int, sent: str) -> None:
    request = TWILIO.send_request(SendText(CARLA, LINE, "Hi", "r", valid_seconds=wanted))
    assert dict(request.form)["ValidityPeriod"] == sent
    check_request(request)


def test_lists_are_asked_for_just_as_the_official_client_does_it(official: Client) -> None:
    official.calls.page(to=LINE, start_time_after=SINCE.astimezone(UTC), page_size=1000)
    assert as_recorded(TWILIO.calls_request(LINE, SINCE)) == recorded(official)
    official.calls.page(parent_call_sid=CALL, page_size=1000)
    assert as_recorded(TWILIO.legs_request(CALL)) == recorded(official)
    official.messages.page(to=CARLA, from_=LINE, page_size=1000)
    assert as_recorded(TWILIO.find_request(CARLA, LINE, SINCE)) == recorded(official)
    official.incoming_phone_numbers.page(phone_number=LINE)
    assert as_recorded(number_request(TWILIO.connection, LINE)) == recorded(official)


def test_an_api_key_signs_in_where_there_is_one_and_callbacks_still_need_the_token() -> None:
    line = twilio_line(api_key_sid="SK1", api_key_secret="quiet")
    assert line.legs_request(CALL).auth == ("SK1", "quiet")
    assert line.connection.auth_tokens == (TOKEN,)


REFUSED = {"code": 21610, "message": "Attempt to send to unsubscribed recipient", "status": 400}


@pytest.mark.parametrize(
    ("response", "meaning"),
    [
        (answer(201, {"sid": TEXT, "status": "queued"}), Accepted(TEXT)),
        (answer(200, {"sid": TEXT}), Accepted(TEXT)),
        (answer(201, b"<html>"), Uncertain("Twilio's answer names no message.")),
        (answer(201, b"\xff"), Uncertain("Twilio's answer names no message.")),
        (answer(201, []), Uncertain("Twilio's answer names no message.")),
        (answer(201, {"sid": None}), Uncertain("Twilio's answer names no message.")),
        (answer(201, {"sid": ""}), Uncertain("Twilio's answer names no message.")),
        (answer(201, {"sid": 5}), Uncertain("Twilio's answer names no message.")),
        (answer(500, {"code": 20500}), Uncertain("Twilio answered with HTTP status 500.")),
        (answer(503, b""), Uncertain("Twilio answered with HTTP status 503.")),
        (answer(302, b""), Uncertain("Twilio answered with HTTP status 302.")),
        (answer(408, b""), Uncertain("Twilio answered with HTTP status 408.")),
        (answer(429, b""), TryLater(ProviderError(ProviderErrorKind.THROTTLED, "http 429"), 2.0)),
        (
            answer(429, {"code": 20429, "message": "Slow"}, **{"Retry-After": "7"}),
            TryLater(ProviderError(ProviderErrorKind.THROTTLED, "20429", "Slow"), 7.0),
        ),
        (answer(429, {"code": 63038}), TryLater(ProviderError(ProviderErrorKind.ACCOUNT, "63038"), 2.0)),
        (answer(400, {"code": 20429}), TryLater(ProviderError(ProviderErrorKind.THROTTLED, "20429"), 2.0)),
        (answer(400, {"code": 21611}), TryLater(ProviderError(ProviderErrorKind.THROTTLED, "21611"), 2.0)),
        (answer(400, {"code": 21730}), TryLater(ProviderError(ProviderErrorKind.PROVIDER_DOWN, "21730"), 2.0)),
        (
            answer(400, REFUSED),
            Rejected(ProviderError(ProviderErrorKind.OPTED_OUT, "21610", "Attempt to send to unsubscribed recipient")),
        ),
        (answer(401, {"code": 20003}), Rejected(ProviderError(ProviderErrorKind.CREDENTIALS, "20003"))),
        (answer(401, b""), Rejected(ProviderError(ProviderErrorKind.CREDENTIALS, "http 401"))),
        (answer(400, {"code": 98765}), Rejected(ProviderError(ProviderErrorKind.UNKNOWN, "98765"))),
    ],
)
def test_an_answer_to_a_text_means(response: HttpResponse, meaning: object) -> None:
    assert TWILIO.read_sent(response) == meaning


def test_texts_found_are_ours_alone_newest_first_whether_sent_yet_or_not() -> None:
    sent = {"direction": "outbound-api", "to": CARLA, "body": "Hi", "date_sent": None}
    page = {
        "messages": [
            sent | {"sid": "SM1", "date_created": "Mon, 02 Mar 2026 14:00:00 +0000"},
            {"sid": "SM2", "direction": "inbound", "to": LINE, "date_created": "Mon, 02 Mar 2026 14:02:00 +0000"},
            sent | {"sid": "SM3", "date_created": "Mon, 02 Mar 2026 14:01:00 +0000"},
        ]
    }
    assert TWILIO.read_found(answer(200, page)) == (
        FoundText("SM3", CARLA, "Hi", datetime(2026, 3, 2, 14, 1, tzinfo=UTC)),
        FoundText("SM1", CARLA, "Hi", datetime(2026, 3, 2, 14, 0, tzinfo=UTC)),
    )


def test_the_vendors_own_page_of_texts_is_read_whole() -> None:
    page = example("/2010-04-01/Accounts/{AccountSid}/Messages.json", "readFullPage1")
    found = TWILIO.read_found(answer(200, page))
    outgoing = [item for item in page["messages"] if item["direction"].startswith("outbound")]
    assert found is not None
    assert {text.provider_message_id for text in found} == {item["sid"] for item in outgoing}


@pytest.mark.parametrize(
    "response",
    [
        answer(503, {"messages": [], "calls": [], "incoming_phone_numbers": []}),
        answer(200, b"<html>"),
        answer(200, {}),
        answer(200, {"messages": {}, "calls": {}, "incoming_phone_numbers": {}}),
        answer(200, {"messages": [1], "calls": [1], "incoming_phone_numbers": [1]}),
        answer(200, {"messages": [{"direction": "outbound-api"}], "calls": [{}], "incoming_phone_numbers": None}),
        answer(200, {"messages": [{"sid": "SM1", "direction": "outbound-api", "date_created": "soon"}]}),
    ],
)
def test_an_answer_that_is_no_list_is_told_from_an_empty_list(response: HttpResponse) -> None:
    assert TWILIO.read_found(response) is None
    assert TWILIO.read_calls(response, NOW) is None
    assert read_numbers(response) is None


def test_an_empty_list_is_a_list() -> None:
    assert TWILIO.read_found(answer(200, {"messages": []})) == ()
    assert TWILIO.read_calls(answer(200, {"calls": []}), NOW) == ()
    assert read_numbers(answer(200, {"incoming_phone_numbers": []})) == ()


INBOUND = {
    "sid": CALL,
    "from": CARLA,
    "to": LINE,
    "direction": "inbound",
    "status": "completed",
    "duration": "12",
    "start_time": "Mon, 02 Mar 2026 14:50:00 +0000",
    "end_time": "Mon, 02 Mar 2026 14:50:12 +0000",
    "forwarded_from": None,
    "caller_name": "",
}
CHILD = INBOUND | {"sid": LEG, "parent_call_sid": CALL, "from": CARLA, "to": OLGA, "direction": "outbound-dial"}


def polled(*calls: dict[str, Any], **headers: str) -> dict[str, CallEvent]:
    events = TWILIO.read_calls(answer(200, {"calls": calls}, **headers), NOW)
    assert events is not None
    return {event.delivery_key: event.event for event in events if isinstance(event.event, CallEvent)}


def test_a_polled_call_that_is_over_came_in_and_ended() -> None:
    began, ended = datetime(2026, 3, 2, 14, 50, tzinfo=UTC), datetime(2026, 3, 2, 14, 50, 12, tzinfo=UTC)
    assert polled(INBOUND | {"forwarded_from": "+14155550199", "caller_name": "CARLA"}) == {
        f"call:{CALL}:ringing": CallEvent(
            CallEventKind.RINGING, CALL, began, CARLA, LINE, forwarded_from="+14155550199", caller_name="CARLA"
        ),
        f"call:{CALL}:ended:completed": CallEvent(
            CallEventKind.ENDED, CALL, ended, CARLA, LINE, result=CallResult.COMPLETED, evidence_seconds=12
        ),
    }


@pytest.mark.parametrize("status", ["queued", "ringing", "in-progress", "a status of the future"])
def test_a_polled_call_that_is_not_over_has_only_come_in(status: str) -> None:
    assert list(polled(INBOUND | {"status": status})) == [f"call:{CALL}:ringing"]


@pytest.mark.parametrize(
    ("status", "result"),
    [("completed", CallResult.COMPLETED), ("busy", CallResult.BUSY), ("failed", CallResult.UNREACHABLE)],
)
def test_a_polled_leg_is_told_under_the_inbound_call(status: str, result: CallResult) -> None:
    (event,) = polled(CHILD | {"status": status}).values()
    ended = datetime(2026, 3, 2, 14, 50, 12, tzinfo=UTC)
    assert event == CallEvent(CallEventKind.LEG, CALL, ended, leg_id=LEG, result=result, evidence_seconds=12)


@pytest.mark.parametrize("status", ["ringing", "in-progress", "completed", "busy", "no-answer", "failed", "canceled"])
def test_a_poll_and_a_callback_of_one_fact_have_one_key(status: str) -> None:
    fields = {"CallSid": CALL, "From": CARLA, "To": LINE, "CallStatus": status}
    (called,) = TWILIO.read(hook("call_status", fields), NOW)
    assert called.delivery_key in polled(INBOUND | {"status": status})
    (leg,) = TWILIO.read(hook("leg", fields | {"CallSid": LEG}, f"call={CALL}"), NOW)
    assert [leg.delivery_key] == list(polled(CHILD | {"status": status}))


def test_calls_that_we_placed_ourselves_or_that_lack_a_parent_are_no_inbound_calls() -> None:
    placed = INBOUND | {"direction": "outbound-api"}
    assert polled(placed, CHILD | {"parent_call_sid": None}, INBOUND | {"direction": "trunking-originating"}) == {}


def test_a_polled_call_is_dated_by_our_clock_as_long_ago_as_it_was_by_twilios() -> None:
    events = polled(INBOUND, Date="Mon, 02 Mar 2026 14:52:12 GMT")
    assert events[f"call:{CALL}:ended:completed"].at == NOW - timedelta(minutes=2)


def test_a_polled_call_that_has_not_started_is_dated_by_its_creation() -> None:
    created = {"start_time": None, "end_time": None, "status": "queued", "date_created": "2 Mar 2026 14:49:58 -0000"}
    assert [event.at for event in polled(INBOUND | created).values()] == [datetime(2026, 3, 2, 14, 49, 58, tzinfo=UTC)]


def test_a_polled_call_without_dates_is_dated_now() -> None:
    events = polled(INBOUND | {"start_time": None, "end_time": None})
    assert {event.at for event in events.values()} == {NOW}


def test_the_vendors_own_page_of_calls_is_read() -> None:
    page = example("/2010-04-01/Accounts/{AccountSid}/Calls.json", "readFullPage1")
    events = TWILIO.read_calls(answer(200, page), NOW)
    assert events is not None
    inbound = {item["sid"] for item in page["calls"] if item["direction"] == "inbound"}
    assert {event.event.call_id for event in events if isinstance(event.event, CallEvent)} == inbound


def test_a_number_is_pointed_at_the_line_with_a_second_try_and_retries(official: Client) -> None:
    request = set_hooks_request(TWILIO.connection, ADDRESS, NUMBER)
    voice, message = ADDRESS.base + "/voice" + RETRY, ADDRESS.base + "/message" + RETRY
    official.incoming_phone_numbers(NUMBER).update(
        voice_url=voice,
        voice_method="POST",
        voice_fallback_url=voice,
        voice_fallback_method="POST",
        status_callback=ADDRESS.base + "/call_status" + RETRY,
        status_callback_method="POST",
        sms_url=message,
        sms_method="POST",
        sms_fallback_url=message,
        sms_fallback_method="POST",
    )
    assert as_recorded(request) == recorded(official)


def test_a_numbers_settings_are_read_each_from_its_own_field() -> None:
    item = {
        "sid": NUMBER,
        "phone_number": LINE,
        "voice_url": "https://a.example/voice",
        "status_callback": "https://a.example/status",
        "sms_url": "https://a.example/text",
        "voice_application_sid": "AP1",
        "sms_application_sid": "AP2",
        "trunk_sid": None,
    }
    numbers = read_numbers(answer(200, {"incoming_phone_numbers": [item]}))
    assert numbers == (NumberSettings(*(value or "" for value in item.values())),)


def test_a_numbers_settings_are_read_from_the_vendors_own_page() -> None:
    page = example("/2010-04-01/Accounts/{AccountSid}/IncomingPhoneNumbers.json", "readFull")
    (first, *_rest) = page["incoming_phone_numbers"]
    numbers = read_numbers(answer(200, page))
    assert numbers is not None
    assert numbers[0] == NumberSettings(
        first["sid"],
        first["phone_number"],
        first["voice_url"] or "",
        first["status_callback"] or "",
        first["sms_url"] or "",
        first["voice_application_sid"] or "",
        first["sms_application_sid"] or "",
        first["trunk_sid"] or "",
    )
