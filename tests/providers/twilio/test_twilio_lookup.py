"""Looking a number up at Twilio: the request is the vendor's own, and its answers become facts of ours."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client

from ringback.domain.errors import ProviderError, ProviderErrorKind
from ringback.domain.number_facts import FactSource, LineType, NumberFact, Wish
from ringback.ports import HttpRequest, HttpResponse
from tests.providers.twilio.cast import ACCOUNT, CARLA, NOW, TOKEN, twilio_line
from tests.providers.twilio.schema import read_spec

LINE = twilio_line()
LONDON = "+447400123456"
HEARD = datetime(2026, 1, 2, 23, 30, tzinfo=UTC)


class Recorder(TwilioHttpClient):  # type: ignore[misc]  # the vendor ships no types
    """Stands where the vendor's client would open a connection, and keeps what it would have sent."""

    def request(self, method: str, url: str, params: Any = None, *rest: Any, **named: Any) -> Any:
        self.sent = (method, url, params, named.get("auth") or rest[2])
        raise TwilioRestException(500, url)


def sent_by_the_vendor(phone: str, **asked: str) -> Any:
    recorder = Recorder()
    with pytest.raises(TwilioRestException):
        Client(ACCOUNT, TOKEN, http_client=recorder).lookups.v2.phone_numbers(phone).fetch(**asked)
    return recorder.sent


def taken_apart(request: HttpRequest) -> Any:
    url = urlsplit(request.url)
    address = f"{url.scheme}://{url.netloc}{unquote(url.path)}"
    return request.method, address, dict(parse_qsl(url.query)), request.auth


@pytest.mark.parametrize(
    ("wish", "asked"),
    [
        (Wish(CARLA), {"fields": "line_type_intelligence"}),
        (
            Wish(CARLA, last_heard_at=HEARD),
            {"fields": "line_type_intelligence,reassigned_number", "last_verified_date": "20260102"},
        ),
        (Wish(LONDON, pumping_risk=True), {"fields": "line_type_intelligence,sms_pumping_risk"}),
        # The vendor advises against the one for North America, and has the other for the US alone.
        (Wish(CARLA, pumping_risk=True), {"fields": "line_type_intelligence"}),
        (Wish(LONDON, last_heard_at=HEARD), {"fields": "line_type_intelligence"}),
        (Wish("+14165550123", last_heard_at=HEARD), {"fields": "line_type_intelligence"}),
    ],
)
def test_a_number_is_asked_about_as_the_vendors_own_library_does(wish: Wish, asked: dict[str, str]) -> None:
    assert taken_apart(LINE.lookup_request(wish)) == sent_by_the_vendor(wish.phone, **asked)


def test_every_parameter_and_field_is_in_the_vendors_description() -> None:
    operation = read_spec("twilio_lookups_v2.trim.json")["paths"]["/v2/PhoneNumbers/{PhoneNumber}"]["get"]
    known = {item["name"]: item for item in operation["parameters"]}
    fields = known["Fields"]["description"].partition("Possible values are ")[2].strip(".").split(", ")

    for wish in (Wish(CARLA, last_heard_at=HEARD), Wish(LONDON, pumping_risk=True)):
        asked = taken_apart(LINE.lookup_request(wish))[2]
        assert asked.keys() <= known.keys()
        assert set(asked["Fields"].split(",")) <= set(fields)


@pytest.mark.parametrize(
    ("api_url", "host"),
    [
        ("https://api.twilio.com", "https://lookups.twilio.com"),
        ("https://api.dublin.ie1.twilio.com", "https://lookups.dublin.ie1.twilio.com"),
        ("http://127.0.0.1:8401", "http://127.0.0.1:8401"),
        ("https://api.example.com", "https://api.example.com"),
    ],
)
def test_look_ups_go_to_the_vendors_host_for_them_in_every_region(api_url: str, host: str) -> None:
    url = twilio_line(api_url=api_url).lookup_request(Wish(CARLA)).url

    assert url.startswith(f"{host}/v2/PhoneNumbers/%2B14155550134?")


def test_a_look_up_is_given_up_before_a_caller_would_wait_for_it() -> None:
    assert LINE.lookup_request(Wish(CARLA)).timeout_seconds == 1.5


def answer(status: int = 200, **body: Any) -> HttpResponse:
    return HttpResponse(status, json.dumps(body).encode())


@pytest.mark.parametrize(
    ("told", "line_type"),
    [
        ("mobile", LineType.MOBILE),
        ("landline", LineType.LANDLINE),
        ("fixedVoip", LineType.VOIP),
        ("nonFixedVoip", LineType.VOIP),
        ("personal", LineType.PERSONAL),
        ("tollFree", LineType.TOLL_FREE),
        ("premium", LineType.PREMIUM),
        ("sharedCost", LineType.SHARED_COST),
        ("uan", LineType.UAN),
        ("voicemail", LineType.VOICEMAIL),
        ("pager", LineType.PAGER),
        ("unknown", LineType.UNKNOWN),
        (None, LineType.UNKNOWN),
        ("hologram", LineType.UNKNOWN),
    ],
)
def test_each_word_of_the_vendors_for_a_line_has_one_of_ours(told: str | None, line_type: LineType) -> None:
    found = LINE.read_lookup(answer(valid=True, line_type_intelligence={"type": told}), NOW)

    assert found == NumberFact(FactSource.LOOKUP, line_type, NOW)


def test_the_vendors_own_examples_are_read() -> None:
    content = read_spec("twilio_lookups_v2.trim.json")["paths"]["/v2/PhoneNumbers/{PhoneNumber}"]["get"]["responses"]
    examples = content["200"]["content"]["application/json"]["examples"]
    read = {name: LINE.read_lookup(answer(**shown["value"]), NOW) for name, shown in examples.items()}

    assert all(isinstance(fact, NumberFact) for fact in read.values())
    facts = {name: fact for name, fact in read.items() if isinstance(fact, NumberFact)}
    assert facts["fetchInvalid"].line_type is LineType.INVALID
    line = facts["fetchLineTypeIntelligence"]
    assert (line.line_type, line.country, line.carrier) == (LineType.VOIP, "US", "Twilio - SMS/MMS-SVR")
    assert facts["fetchSmsPumpingRisk"].pumping_risk == 61
    reassigned = [name for name, fact in facts.items() if fact.is_reassigned is not None]
    assert sorted(reassigned) == [
        "fetchReassignedNumberWithNumberNoReassigned",
        "fetchReassignedNumberWithNumberReassigned",
    ]
    assert facts["fetchReassignedNumberWithNumberReassigned"].is_reassigned is True


def test_a_package_that_failed_alone_leaves_the_number_unknown() -> None:
    """60601: Canadian numbers need an approval of their own."""
    fact = LINE.read_lookup(answer(valid=True, country_code="CA", line_type_intelligence={"error_code": 60601}), NOW)

    assert fact == NumberFact(FactSource.LOOKUP, LineType.UNKNOWN, NOW, country="CA")


def test_a_number_that_the_vendors_guard_has_blocked_is_as_risky_as_can_be() -> None:
    risk = {"number_blocked": True, "sms_pumping_risk_score": 3}
    fact = LINE.read_lookup(answer(valid=True, sms_pumping_risk=risk), NOW)

    assert isinstance(fact, NumberFact)
    assert fact.pumping_risk == 100


def test_words_of_the_vendors_are_kept_short_and_without_what_no_database_keeps() -> None:
    carrier = {"type": "mobile", "carrier_name": "A\0B" + "x" * 500}
    fact = LINE.read_lookup(answer(valid=True, country_code=7, line_type_intelligence=carrier), NOW)

    assert isinstance(fact, NumberFact)
    assert (fact.carrier, fact.country) == ("AB" + "x" * 98, None)


@pytest.mark.parametrize(
    ("response", "kind"),
    [
        (answer(401, code=20003), ProviderErrorKind.CREDENTIALS),
        (answer(403, code=20403), ProviderErrorKind.ACCOUNT),
        (answer(429, code=20429), ProviderErrorKind.THROTTLED),
        (answer(500), ProviderErrorKind.PROVIDER_DOWN),
        (answer(302), ProviderErrorKind.PROVIDER_DOWN),
        (HttpResponse(200, b"<html>"), ProviderErrorKind.PROVIDER_DOWN),
        (HttpResponse(200, b"[1]"), ProviderErrorKind.PROVIDER_DOWN),
        (answer(200, phone_number=CARLA), ProviderErrorKind.PROVIDER_DOWN),
        (answer(400, code=60617), ProviderErrorKind.UNKNOWN),
    ],
)
def test_an_answer_that_tells_nothing_is_an_error_of_ours(response: HttpResponse, kind: ProviderErrorKind) -> None:
    found = LINE.read_lookup(response, NOW)

    assert isinstance(found, ProviderError)
    assert found.kind is kind
