"""The page of the brakes: what today costs, what is held, and who may let it go."""

from dataclasses import replace

from ringback.domain.business import Business
from ringback.domain.spending import Share, cost
from ringback.store import brakes, businesses, calls
from ringback.store.db import business_transaction
from tests.cast import CARLA
from tests.store.stock import decision, take_call
from tests.web.pages_cast import Site


async def hold(site: Site, business: Business, reason: str = "over_cap") -> str:
    """Let a call of Carla be held, and the money of today be spent; return the call."""
    now = site.context.clock.now()
    async with business_transaction(site.context.pool, business.business_id) as connection:
        call_id = await take_call(connection, business, f"CA-{reason}-{business.slug}")
        row = decision("skip", reason=reason, why="Held.")
        await calls.save_decision(connection, business.business_id, call_id, row, None, now)
        asked = cost(business, 10**9, Share.STRANGER, now)
        await brakes.take_money(connection, business.business_id, asked, now)
    return str(call_id)


async def test_an_owner_sees_what_is_held_and_raises_todays_limit(site: Site) -> None:
    call_id = await hold(site, site.shops.harbor)
    olga = await site.olga()
    page = (await olga.get("/brakes")).text
    assert "Automatic texts are held" in page
    assert f"/calls/{call_id}/text-anyway" in page
    assert "$0 of $20" in page

    raised = await olga.post("/brakes/cap")
    assert (raised.status_code, raised.headers["location"]) == (303, "/brakes?done=raised")
    page = (await olga.get("/brakes?done=raised")).text
    assert "$0 of $30" in page
    assert "Raised for today by Olga" in page
    assert "Automatic texts are held" not in page


async def test_todays_limit_has_an_end(site: Site) -> None:
    olga = await site.olga()
    places = [(await olga.post("/brakes/cap")).headers["location"] for _ in range(19)]
    assert places[-2:] == ["/brakes?done=raised", "/brakes?done=most"]


async def test_staff_text_a_held_caller_anyway_and_are_told_where_it_cannot_be(site: Site) -> None:
    call_id = await hold(site, site.shops.harbor, "robocall")
    sam = await site.visitor(site.shops.harbor, "staff", "Sam")
    assert "The signs of a machine" in (await sam.get("/brakes")).text
    assert "Text them anyway" in (await sam.get(f"/calls/{call_id}")).text
    done = await sam.post(f"/calls/{call_id}/text-anyway")
    assert (done.status_code, done.headers["location"]) == (303, "/brakes?done=texted")
    again = await sam.post(f"/calls/{call_id}/text-anyway")
    assert again.status_code == 422
    assert "held any more" in again.text


async def test_staff_may_not_raise_the_limit_and_rex_reaches_nothing_of_harbors(site: Site) -> None:
    call_id = await hold(site, site.shops.harbor)
    sam = await site.visitor(site.shops.harbor, "staff", "Sam")
    assert (await sam.post("/brakes/cap")).status_code == 403
    rex = await site.visitor(site.shops.rex, "owner", "Rex")
    assert (await rex.post(f"/calls/{call_id}/text-anyway")).status_code == 404
    assert call_id not in (await rex.get("/brakes")).text
    assert CARLA[-4:] not in (await rex.get("/brakes")).text


async def test_nothing_held_is_said_so(site: Site) -> None:
    olga = await site.olga()
    page = (await olga.get("/brakes")).text
    assert "Nothing is held." in page
    assert "0 of 200" in page


async def test_an_owner_cannot_open_the_brakes_further_than_their_most_and_an_agency_can(site: Site) -> None:
    answers = {}
    for role in ("owner", "agency"):
        browser = await site.visitor(site.shops.harbor, role, role.title())
        page = (await browser.get("/settings/brakes")).text
        seen = page.split('name="seen" value="')[1][:20]
        form = {"seen": seen, "cap_cents_a_day": "500", "per_caller_an_hour": "60", "per_caller_a_day": "200"}
        tokens = dict.fromkeys(("model_tokens_per_thread_a_day", "model_tokens_per_caller_a_day"), "60000")
        answers[role] = await browser.post("/settings/brakes", data={**form, **tokens, "model_tokens_a_day": "2000000"})
    assert answers["owner"].status_code == 422
    assert "may be at most 200" in answers["owner"].text
    assert answers["agency"].status_code == 303
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        saved = await businesses.load_business(connection, site.shops.harbor.business_id)
    assert saved is not None
    assert saved.brakes == replace(saved.brakes, cap_cents_a_day=50_000)
