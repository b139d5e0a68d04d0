"""Twilio Lookup v2: what sort of line a number is; one GET, billed by the package asked for (docs/lookup/v2-api)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import phonenumbers

from ringback.domain.errors import ProviderError
from ringback.domain.number_facts import FactSource, LineType, NumberFact, Wish
from ringback.ports import HttpRequest, HttpResponse
from ringback.providers.twilio.api import json_object, refused
from ringback.providers.twilio.connection import Connection

# A caller waits for the text: whatever is not known by then is not known.
LONGEST_ANSWER_SECONDS = 1.5
_LINE_TYPES = {
    "mobile": LineType.MOBILE,
    "landline": LineType.LANDLINE,
    "fixedVoip": LineType.VOIP,
    "nonFixedVoip": LineType.VOIP,
    "personal": LineType.PERSONAL,
    "tollFree": LineType.TOLL_FREE,
    "premium": LineType.PREMIUM,
    "sharedCost": LineType.SHARED_COST,
    "uan": LineType.UAN,
    "voicemail": LineType.VOICEMAIL,
    "pager": LineType.PAGER,
}
_REASSIGNED = {"yes": True, "no": False}
# What Twilio's own guard blocks for this account is as bad as a number gets.
_BLOCKED_RISK = 100


def lookup_request(connection: Connection, wish: Wish) -> HttpRequest:
    """Return the GET that asks what a Wish wants to know."""
    query = {"Fields": ",".join(_fields(wish))}
    if wish.last_heard_at is not None and _is_american(wish.phone):
        query["LastVerifiedDate"] = wish.last_heard_at.strftime("%Y%m%d")
    url = f"{connection.product_url('lookups')}/v2/PhoneNumbers/{quote(wish.phone, safe='')}?{urlencode(query)}"
    return HttpRequest("GET", url, auth=connection.auth, timeout_seconds=LONGEST_ANSWER_SECONDS, trusted=True)


def _fields(wish: Wish) -> list[str]:
    # The page of the risk score advises against it for US and Canadian numbers, which pumping does not aim at.
    fields = ["line_type_intelligence"]
    if wish.pumping_risk and not wish.phone.startswith("+1"):
        fields.append("sms_pumping_risk")
    # "Reassigned Number is only available for US phone numbers."
    if wish.last_heard_at is not None and _is_american(wish.phone):
        fields.append("reassigned_number")
    return fields


def _is_american(phone: str) -> bool:
    return phonenumbers.region_code_for_number(phonenumbers.parse(phone)) == "US"


def read_lookup(response: HttpResponse, now: datetime) -> NumberFact | ProviderError:
    """Return what Twilio knows of the number. A package that failed alone (60601: Canada, not granted) is unknown."""
    answer = json_object(response.body)
    if response.status != 200 or "valid" not in answer:
        return refused(response)
    line = _package(answer, "line_type_intelligence")
    is_valid = answer["valid"] is not False
    found = _LINE_TYPES.get(str(line.get("type")), LineType.UNKNOWN)
    return NumberFact(
        FactSource.LOOKUP,
        found if is_valid else LineType.INVALID,
        now,
        country=_text(answer.get("country_code")),
        carrier=_text(line.get("carrier_name")),
        pumping_risk=_risk(_package(answer, "sms_pumping_risk")),
        is_reassigned=_REASSIGNED.get(str(_package(answer, "reassigned_number").get("is_number_reassigned"))),
    )


def _package(answer: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = answer.get(name)
    return found if isinstance(found, dict) else {}


def _risk(package: Mapping[str, Any]) -> int | None:
    if package.get("number_blocked") is True:
        return _BLOCKED_RISK
    score = package.get("sms_pumping_risk_score")
    return min(max(score, 0), 100) if isinstance(score, int) else None


def _text(value: object) -> str | None:
    # A company's own words go to a page and a column of ours: no NUL, and no novel.
    return value.replace("\0", "")[:100] or None if isinstance(value, str) else None
