"""Step 2 and 7 against a phone company: credentials, the choice of a number, its addresses, and going live."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import pytest

from ringback.domain.business import Business, Mode, Registration
from ringback.store import businesses, set_up
from ringback.store.db import business_transaction
from ringback.wiring.http import OutgoingHttp
from ringback.workflows.context import Context
from ringback.workflows.line_tests import TEST_PHONE
from tests.cast import NoNetwork
from tests.sandbox.company import ACCOUNT_SID, PhoneCompany, running_company
from tests.web.pages_cast import Site
from tests.web.wizard_cast import CREDENTIALS, Bridge, Newcomer, newcomer

NUMBER, VOICE_ONLY = "+16175550100", "+16175550109"
ME = {"me": "0", "name_0": "Olga", "phone_0": "312 555 0162", "replies_0": "yes"}


@pytest.fixture
async def shops() -> None:
    """None yet: the installation is empty."""


@pytest.fixture(scope="module")
def company_url() -> Iterator[str]:
    """A phone company that plays Twilio, and the pretend one."""
    with running_company(speed=50) as url:
        yield url


@pytest.fixture
async def company(company_url: str) -> AsyncIterator[PhoneCompany]:
    """The phone company with two numbers of Harbor's account."""
    async with PhoneCompany(company_url) as phone_company:
        await phone_company.reset()
        await phone_company.add_number(NUMBER, friendly_name="Front desk")
        await phone_company.add_number(VOICE_ONLY, can_text=False)
        yield phone_company


@pytest.fixture
async def context(context: Context, company_url: str) -> AsyncIterator[Context]:
    """The tools of the product, with a network that reaches the phone company."""
    http = OutgoingHttp()
    yield replace(context, http=Bridge(company_url, http), sandbox_url=company_url, public_url="https://calls.example")
    await http.close()


@pytest.fixture
async def olga(site: Site, company: PhoneCompany) -> Newcomer:
    """Olga, who has named her business."""
    someone = await newcomer(site)
    await someone.business()
    return someone


async def saved(site: Site) -> Business:
    business_id = await site.context.pool.fetchval("select business_id from business_directory")
    async with business_transaction(site.context.pool, business_id) as connection:
        business = await businesses.load_business(connection, business_id)
    assert business is not None
    return business


async def hooks_of(company: PhoneCompany, number: str) -> dict[str, Any]:
    return next(one for one in (await company.state())["numbers"] if one["phone_number"] == number)


async def connect(olga: Newcomer, **changes: str) -> Any:
    await olga.post("number/account", **CREDENTIALS)
    return await olga.post("number/line", **{"number": NUMBER, "mode": "front", **changes})


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"account_sid": "", "auth_token": "x"}, "account_sid", "begins with AC"),
        ({"account_sid": "SK123", "auth_token": "x"}, "account_sid", "This begins with SK"),
        ({"account_sid": ACCOUNT_SID, "auth_token": ""}, "auth_token", "Copy the Auth Token"),
        ({"account_sid": ACCOUNT_SID, "auth_token": "two words"}, "auth_token", "a space or a sign"),
        ({"account_sid": ACCOUNT_SID, "auth_token": "wrong"}, "account", "does not take this Account SID"),
        ({"account_sid": "AC" + "9" * 32, "auth_token": "wrong"}, "account", "does not take this Account SID"),
    ],
)
async def test_each_refusal_of_credentials_has_its_sentence_and_the_token_is_not_shown(
    olga: Newcomer, given: dict[str, str], field: str, sentence: str
) -> None:
    answer = await olga.post("number/account", **given)

    assert answer.status_code == 422
    assert f'id="{field}-trouble"' in answer.text
    assert sentence in answer.text
    assert 'value="wrong"' not in answer.text
    assert f'value="{given["account_sid"]}"' in answer.text


@pytest.mark.parametrize(("effect", "sentence"), [("429", "asks for patience"), ("500_before", "trouble of its own")])
async def test_a_company_in_trouble_is_told_from_wrong_credentials(
    olga: Newcomer, company: PhoneCompany, effect: str, sentence: str
) -> None:
    await company.set_rest_fault(effect, on="account")
    answer = await olga.post("number/account", **CREDENTIALS)

    assert sentence in answer.text
    assert (await set_up_of(olga.site)).account is None


async def set_up_of(site: Site) -> Any:
    business = await saved(site)
    async with business_transaction(site.context.pool, business.business_id) as connection:
        return await set_up.load_set_up(connection, business.business_id)


async def test_good_credentials_list_the_numbers_with_what_each_can_do(olga: Newcomer) -> None:
    answer = await olga.post("number/account", **CREDENTIALS)
    page = await olga.get("number?more")

    assert answer.headers["location"] == "/set-up/number?more"
    assert "(617) 555-0100" in page
    assert "Calls only: it cannot text" in page
    assert f'value="{VOICE_ONLY}" disabled' in page
    assert CREDENTIALS["auth_token"] not in page


async def test_the_chosen_number_is_connected_and_its_addresses_are_set_for_the_owner(
    olga: Newcomer, company: PhoneCompany
) -> None:
    answer = await connect(olga)

    [line] = (await saved(olga.site)).lines
    there = await hooks_of(company, NUMBER)
    base = f"https://calls.example/hooks/{line.hook_key}"
    assert answer.headers["location"] == "/set-up/number"
    assert (line.number, line.mode, line.in_set_up, line.registration) == (
        NUMBER, Mode.FRONT, True, Registration.UNKNOWN,
    )  # fmt: skip
    assert [there[name] for name in ("voice_url", "status_callback", "sms_url")] == [
        f"{base}/{what}#rc=3&rp=all" for what in ("voice", "call_status", "message")
    ]
    assert "Calls and texts to this number come here" in await olga.get("number")
    # The credentials are the line's now, and lie nowhere else.
    assert (await set_up_of(olga.site)).account is None


async def test_a_number_that_is_kept_shows_what_to_dial(olga: Newcomer) -> None:
    await connect(olga, mode="overflow", old_number="(617) 555-0120")

    [line] = (await saved(olga.site)).lines
    page = await olga.get("number")
    assert (line.mode, line.forwarding_number) == (Mode.OVERFLOW, "+16175550120")
    assert "**61*+16175550100**15#" in page
    assert "*716175550100" in page
    assert "ask your carrier" in page


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"number": "+19995550100"}, "number"),
        ({"number": VOICE_ONLY}, "number"),
        ({"mode": "watch"}, "mode"),
        ({"old_number": "home"}, "old_number"),
        ({"mode": "overflow", "old_number": "617 555 0100"}, "old_number"),
        ({"registration": "maybe"}, "registration"),
    ],
)
async def test_a_choice_that_cannot_work_is_refused_beside_its_field(
    olga: Newcomer, changes: dict[str, str], field: str
) -> None:
    answer = await connect(olga, **changes)

    assert answer.status_code == 422
    assert f'id="{field}-trouble"' in answer.text
    assert (await saved(olga.site)).lines == ()


async def test_addresses_changed_at_the_company_are_noticed_and_set_again(
    olga: Newcomer, company: PhoneCompany
) -> None:
    await connect(olga)
    [line] = (await saved(olga.site)).lines
    await company.add_number(NUMBER, voice_url="https://elsewhere.example/")
    lost = await olga.get("number")
    await olga.post(f"number/{line.line_id}/hooks")

    assert "go somewhere else" in lost
    assert "come here" in await olga.get("number")


async def test_a_company_that_does_not_answer_is_a_warning_and_no_wall(olga: Newcomer) -> None:
    await connect(olga)
    await olga.post("people", **ME)
    olga.site.context.http = NoNetwork()

    page = await olga.get("live")

    assert "could not be reached" in page
    assert "disabled" not in page.split("Go live</button>")[0][-60:]


async def test_a_line_goes_live_from_its_list_and_not_before_somebody_gets_its_replies(olga: Newcomer) -> None:
    await connect(olga)
    [line] = (await saved(olga.site)).lines
    too_early = await olga.post("live", line=str(line.line_id))
    assert too_early.status_code == 422
    assert "Nobody gets the replies yet" in too_early.text
    assert (await saved(olga.site)).lines[0].in_set_up

    await olga.post("people", **ME)
    answer = await olga.post("live", line=str(line.line_id))

    assert answer.status_code == 303
    assert not (await saved(olga.site)).lines[0].in_set_up
    assert "You are live" in await olga.get("live")
    assert "Go on with the set-up" not in (await olga.browser.get("/more")).text


async def test_one_click_connects_a_pretend_number_and_a_real_one_takes_its_place(
    olga: Newcomer, company: PhoneCompany
) -> None:
    answer = await olga.post("number/pretend")
    [pretend] = (await saved(olga.site)).lines
    assert answer.headers["location"] == "/set-up/words"
    assert (await hooks_of(company, pretend.number))["voice_url"].startswith("https://calls.example/hooks/")
    assert "pretend number is connected" in await olga.get("number")

    await connect(olga)
    await olga.post("people", **ME)
    real = next(line for line in (await saved(olga.site)).lines if line.number == NUMBER)
    await olga.post("live", line=str(real.line_id))

    assert [line.number for line in (await saved(olga.site)).lines] == [NUMBER]


async def test_the_test_phone_rings_though_the_pretend_company_was_started_anew(
    olga: Newcomer, company: PhoneCompany
) -> None:
    await olga.post("number/pretend")
    await company.reset()
    answer = await olga.post("test/ring")

    call = await company.wait_for_event("call.placed")
    assert answer.headers["location"] == "/set-up/test"
    assert call["from"] == TEST_PHONE
    assert "What happens" in await olga.get("test")


async def test_a_test_names_its_phone_and_ends_when_the_owner_goes_on(olga: Newcomer) -> None:
    await connect(olga)
    await olga.post("people", **ME)
    assert "(312) 555-0162" in await olga.get("test")

    await olga.post("test/window", phone="312 555 0177")
    open_page = await olga.get("test")
    await olga.post("test/end")

    assert "Now ring (617) 555-0100" in open_page
    assert "The test is over" in await olga.get("test")
    assert "A test call was made" in await olga.get("live")


async def test_a_number_can_be_taken_out_again_before_it_is_live_and_not_after(olga: Newcomer) -> None:
    await connect(olga)
    await olga.post("people", **ME)
    [line] = (await saved(olga.site)).lines
    await olga.post("live", line=str(line.line_id))
    assert (await olga.post(f"number/{line.line_id}/end")).status_code == 404

    await olga.post("number/pretend")
    pretend = next(one for one in (await saved(olga.site)).lines if one.in_set_up)
    assert (await olga.post(f"number/{pretend.line_id}/end")).status_code == 303
    assert [one.number for one in (await saved(olga.site)).lines] == [NUMBER]


async def test_other_credentials_can_be_given_instead(olga: Newcomer) -> None:
    await olga.post("number/account", **CREDENTIALS)
    await olga.post("number/account/end")

    assert "Account SID" in await olga.get("number?more")
    assert (await set_up_of(olga.site)).account is None


async def test_an_http_address_is_said_to_be_out_of_reach_before_anything_is_typed(olga: Newcomer) -> None:
    olga.site.context.public_url = "http://127.0.0.1:8400"

    assert "RINGBACK_PUBLIC_URL" in await olga.get("number")


async def test_without_a_pretend_company_none_is_offered(olga: Newcomer) -> None:
    olga.site.context.sandbox_url = None

    assert "pretend" not in await olga.get("number")
    assert (await olga.post("number/pretend")).status_code == 404


async def test_a_pretend_company_that_is_gone_says_how_to_start_it(olga: Newcomer) -> None:
    olga.site.context.http = NoNetwork()

    answer = await olga.post("number/pretend")

    assert answer.status_code == 422
    assert "ringback sandbox" in answer.text
