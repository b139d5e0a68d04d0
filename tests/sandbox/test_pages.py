"""The test phone: two handsets and a console in a real browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, async_playwright, expect

from tests.patience import PATIENCE_SECONDS
from tests.sandbox.business import Business
from tests.sandbox.cast import CARLA, HARBOR, SAM
from tests.sandbox.company import PhoneCompany

CHROMIUM = Path("/usr/bin/chromium")
expect.set_options(timeout=PATIENCE_SECONDS * 1000)


@pytest.fixture
def chromium() -> Path:
    if not CHROMIUM.exists():
        pytest.skip("Looking at the test phone needs Debian's chromium, which is not installed.")
    return CHROMIUM


@pytest_asyncio.fixture
async def page(company: PhoneCompany, chromium: Path) -> AsyncIterator[Page]:
    await company.behave(SAM, label="Sam")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
        await page.goto(company.url + "/sandbox/")
        yield page
        await browser.close()
        assert faults == [], "the page ran without an error and within its content security policy"


def phone(page: Page, which: str) -> Locator:
    return page.locator(f"[data-handset={which}]")


async def press(handset: Locator, button: str) -> None:
    await handset.get_by_role("button", name=button).click()


async def test_a_call_is_placed_answered_accepted_and_ended_by_hand(page: Page, harbor: Business) -> None:
    number = f'<Number url="/whisper">{SAM}</Number>'
    harbor.say("/voice", f'<Response><Dial answerOnBridge="true" timeout="600">{number}</Dial></Response>')
    gather = '<Gather numDigits="1" timeout="3000" action="/accept"><Say>Press 1 to accept.</Say></Gather>'
    harbor.say("/whisper", f"<Response>{gather}<Hangup/></Response>")
    caller, staff = phone(page, "caller"), phone(page, "staff")

    await press(caller, "Call")
    await press(staff, "Answer")
    await expect(staff.get_by_text("Press 1 to accept.")).to_be_visible()
    await press(staff, "Press 1")
    await expect(caller.get_by_text("Talking to")).to_be_visible()
    await press(staff, "Hang up")

    await expect(caller.get_by_text("Last call: ended")).to_be_visible()
    await expect(page.get_by_text(f"{CARLA} and Sam's phone are talking")).to_be_visible()


async def test_a_phone_declines_and_the_console_says_so(page: Page, harbor: Business) -> None:
    harbor.say("/voice", f'<Response><Dial timeout="600">{SAM}</Dial></Response>')

    await press(phone(page, "caller"), "Call")
    await press(phone(page, "staff"), "Decline")

    await expect(page.get_by_text("Sam's phone declined")).to_be_visible()


async def test_texts_and_pictures_go_both_ways(page: Page, harbor: Business) -> None:
    harbor.say("/sms", "<Response><Message>Help is on its way.</Message></Response>")
    caller = phone(page, "caller")

    await caller.get_by_label("Text to the business number").fill("Water everywhere!")
    await caller.locator("[name=picture]").select_option("sample")
    await press(caller, "Send")

    await expect(caller.get_by_alt_text("Picture in this text")).to_be_visible()
    await expect(caller.get_by_text("Help is on its way.")).to_be_visible()
    assert harbor.got("/sms")[0].params["MediaContentType0"] == "image/png"


async def test_a_phone_can_be_any_number_and_act_by_itself(page: Page, company: PhoneCompany, harbor: Business) -> None:
    staff = phone(page, "staff")
    await staff.get_by_label("Number of this phone").fill("+447700900123")
    await staff.get_by_label("Number of this phone").blur()

    await staff.get_by_label("When it rings").select_option("busy")
    await expect(page.get_by_text("+447700900123: when rung, busy")).to_be_visible()

    assert (await company.handset("+447700900123"))["behaviour"]["manner"] == "busy"


async def test_a_starter_goes_out_with_one_tap_and_its_answer_shows_beside_it(page: Page, harbor: Business) -> None:
    harbor.say("/sms", "<Response><Message>Tomorrow at 2 PM or at 4 PM?</Message></Response>")
    panel, caller = page.get_by_role("region", name="Try your receptionist"), phone(page, "caller")

    await panel.get_by_role("button", name="Do you have anything tomorrow afternoon?").click()

    await expect(panel.get_by_role("status")).to_have_text("Sent: “Do you have anything tomorrow afternoon?”")
    await expect(caller.get_by_text("Tomorrow at 2 PM or at 4 PM?")).to_be_visible()
    [got] = harbor.got("/sms")
    assert (got.params["From"], got.params["Body"]) == (CARLA, "Do you have anything tomorrow afternoon?")


async def test_a_starter_goes_from_whatever_number_the_callers_phone_has(page: Page, harbor: Business) -> None:
    harbor.say("/sms", "<Response><Message>Hola.</Message></Response>")
    caller = phone(page, "caller")
    await caller.get_by_label("Number of this phone").fill("+447700900123")
    await caller.get_by_label("Number of this phone").blur()

    starter = page.get_by_role("button", name="Necesito una cita")
    await starter.focus()
    await starter.press("Enter")

    await expect(caller.get_by_text("Hola.")).to_be_visible()
    assert harbor.got("/sms")[0].params["From"] == "+447700900123"


async def test_starters_and_answers_work_where_no_script_runs(
    company: PhoneCompany, harbor: Business, chromium: Path
) -> None:
    harbor.say("/sms", "<Response><Message>Leave the house now.</Message></Response>")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = await (await browser.new_context(java_script_enabled=False)).new_page()
        await page.goto(company.url + "/sandbox/")
        await page.get_by_role("button", name="I smell gas").click()
        await company.wait_for_events(1, "message.delivered")
        await page.get_by_role("button", name="See whether an answer has come").click()

        await expect(phone(page, "caller").get_by_text("I smell gas")).to_be_visible()
        await expect(phone(page, "caller").get_by_text("Leave the house now.")).to_be_visible()
        await browser.close()


async def test_a_page_elsewhere_cannot_text_from_a_handset(company: PhoneCompany, harbor: Business) -> None:
    form = {"from": CARLA, "to": HARBOR, "body": "Hello"}
    async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as http:
        address = company.url + "/sandbox/try"
        for origin in ("https://elsewhere.example", "null"):
            assert (await http.post(address, data=form, headers={"Origin": origin})).status_code == 403
        assert (await http.post(address, data={"from": CARLA})).status_code == 400
        assert (await http.post(address, data=form | {"to": "+13125550199"})).status_code == 409
        assert (await http.post(address, data=form, headers={"Origin": company.url})).status_code == 303

    assert len((await company.handset(CARLA))["texts"]) == 1


async def test_a_phone_does_not_become_a_number_that_is_none(page: Page, company: PhoneCompany) -> None:
    caller = phone(page, "caller")
    await caller.get_by_label("Number of this phone").fill("12")
    await caller.get_by_label("Number of this phone").blur()

    assert await caller.get_by_label("Number of this phone").evaluate("input => !input.checkValidity()")
    await caller.get_by_label("Text to the business number").fill("Hello")
    await press(caller, "Send")
    assert (await company.wait_for_webhook("message"))["params"]["From"] == CARLA


async def test_the_page_holds_no_inline_script_and_a_strict_policy(company: PhoneCompany) -> None:
    async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as http:
        shown = await http.get(company.url + "/sandbox/")

    assert shown.headers["content-security-policy"].startswith("default-src 'self'")
    assert "<script>" not in shown.text
    assert " style=" not in shown.text
    assert HARBOR in shown.text


async def test_the_front_door_leads_to_the_test_phone(company: PhoneCompany) -> None:
    async with httpx2.AsyncClient(timeout=PATIENCE_SECONDS) as http:
        assert (await http.get(company.url)).headers["location"] == "/sandbox/"
