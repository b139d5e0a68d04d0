"""The vendor's own client asks the sandbox what sort of line a number is, and is told what the handset was told."""

import asyncio
import json
from pathlib import Path
from typing import Any

import httpx2
import jsonschema
import pytest
from twilio.base.exceptions import TwilioRestException

from tests.patience import PATIENCE_SECONDS
from tests.sandbox.cast import CARLA
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN, PhoneCompany
from tests.sandbox.official import official_client

SPEC = Path(__file__).resolve().parents[2] / ".." / "shared" / "specs" / "twilio_lookups_v2.trim.json"


async def look_up(url: str, number: str = CARLA, **asked: Any) -> Any:
    client = official_client(url)
    return await asyncio.to_thread(client.lookups.v2.phone_numbers(number).fetch, **asked)


async def test_a_number_is_what_its_handset_was_told_to_be(company: PhoneCompany, company_url: str) -> None:
    plain = await look_up(company_url, fields="line_type_intelligence")
    assert (plain.valid, plain.phone_number, plain.line_type_intelligence["type"]) == (True, CARLA, "mobile")

    for told, shown in (({"kind": "landline"}, "landline"), ({"line_type": "nonFixedVoip"}, "nonFixedVoip")):
        await company.behave(CARLA, **told)
        assert (await look_up(company_url, fields="line_type_intelligence")).line_type_intelligence["type"] == shown

    await company.behave(CARLA, kind="invalid")
    gone = await look_up(company_url, fields="line_type_intelligence")
    assert (gone.valid, gone.line_type_intelligence) == (False, None)
    assert len(await company.events("number.looked_up")) == 4


async def test_a_number_changed_hands_only_after_the_day_it_was_verified(
    company: PhoneCompany, company_url: str
) -> None:
    await company.behave(CARLA, reassigned_on="2026-10-01", pumping_risk=91)
    asked = {"fields": "reassigned_number,sms_pumping_risk"}

    before = await look_up(company_url, last_verified_date="20260901", **asked)
    after = await look_up(company_url, last_verified_date="20261002", **asked)

    assert before.reassigned_number["is_number_reassigned"] == "yes"
    assert after.reassigned_number["is_number_reassigned"] == "no"
    assert (before.sms_pumping_risk["sms_pumping_risk_score"], before.line_type_intelligence) == (91, None)


async def test_a_look_up_needs_the_accounts_credentials_and_fields_that_exist(
    company: PhoneCompany, company_url: str
) -> None:
    stranger = official_client(company_url, token="not-the-token")
    with pytest.raises(TwilioRestException) as wrong_token:
        await asyncio.to_thread(stranger.lookups.v2.phone_numbers(CARLA).fetch)
    with pytest.raises(TwilioRestException) as wrong_field:
        await look_up(company_url, fields="line_tipe")
    with pytest.raises(TwilioRestException) as no_date:
        await look_up(company_url, fields="reassigned_number")

    assert (wrong_token.value.code, wrong_field.value.code, no_date.value.code) == (20003, 20001, 60617)


async def test_an_answer_has_the_shape_of_the_vendors_description(company: PhoneCompany, company_url: str) -> None:
    if not SPEC.exists():
        pytest.skip("This test needs ../shared/specs, which is not beside this checkout.")
    spec = json.loads(SPEC.read_bytes())
    fields = "line_type_intelligence,reassigned_number,sms_pumping_risk"
    async with httpx2.AsyncClient(auth=(ACCOUNT_SID, AUTH_TOKEN), timeout=PATIENCE_SECONDS) as client:
        url = f"{company_url}/v2/PhoneNumbers/{CARLA}"
        answer = await client.get(url, params={"Fields": fields, "LastVerifiedDate": "20260901"})

    told = answer.json()
    schemas = spec["components"]["schemas"]
    assert set(told) == set(schemas["LookupResponse"]["properties"])
    # The description leaves out that what is not known is null, as its own examples show it.
    known = {name: value for name, value in told.items() if value is not None}
    for name in ("line_type_intelligence", "reassigned_number", "sms_pumping_risk"):
        known[name] = {key: value for key, value in known[name].items() if value is not None}
    jsonschema.Draft4Validator({**schemas["LookupResponse"], "components": spec["components"]}).validate(known)
