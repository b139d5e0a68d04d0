"""The dashboard over HTTP: figures that open their rows, values, what people confirm, and files for a spreadsheet."""

import csv
import io
import re
from datetime import timedelta
from html import unescape

import httpx2
import pytest

from ringback.domain.recovery_figures import DEFINITIONS
from ringback.store.db import business_transaction
from ringback.web.words import say
from ringback.workflows.reports import recount_recovery
from tests.cast import CARLA, NOON
from tests.store.recovery_history import History
from tests.web.pages_cast import Site

DORA = "+13125550143"
NOVEMBER = "from=2026-11-01&to=2026-11-30"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def fill(site: Site) -> None:
    """Give Harbor a November: three missed callers, one of whom booked, and one in October."""
    harbor = site.shops.harbor
    async with business_transaction(site.context.pool, harbor.business_id) as connection:
        story = History(connection, harbor)
        carlas = await story.call(CARLA, NOON)
        await story.text_back(carlas, CARLA, NOON + timedelta(seconds=4))
        await story.reply(CARLA, NOON + HOUR)
        await story.book(CARLA, NOON + 2 * HOUR, price_cents=54000)
        await story.text_back(await story.call(DORA, NOON, "busy", line=1), DORA, NOON, wording="=busy")
        withheld = await story.call(None, NOON - DAY)
        await story.call_back(withheld, None, NOON - DAY, NOON - DAY + HOUR)
        await story.answered_wait(CARLA, NOON, by="Sam", seconds=90)
        await story.call(CARLA, NOON - 30 * DAY)
        await story.call("+13125550151", NOON, "answered_by_staff")
        await connection.execute(
            "insert into quotes (business_id, quote_id, thread_id, service, details, requested_at) "
            "values ($1, $1, $2, 'Crown', '{}', $3)",
            *(harbor.business_id, await story.thread(CARLA, NOON), NOON),
        )
        await connection.execute("update contacts set name = '=1+1' where phone = $1", CARLA)
    await recount_recovery(site.context, harbor.business_id)


def links(page: str, start: str) -> dict[str, int]:
    """Return every link to rows with the number it carries."""
    found = re.findall(rf'<a href="({re.escape(start)}[^"]*)">([\d,]+)', page)
    return {unescape(path): int(number.replace(",", "")) for path, number in found}


def words(answer: httpx2.Response) -> str:
    """Return the text of a page without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.text)).split())


async def test_the_dashboard_says_in_one_sentence_what_it_brought(site: Site) -> None:
    await fill(site)
    olga = await site.olga()

    said = words(await olga.get("/dashboard"))

    assert "In November 2026 you missed 3 calls. Texted: 2, replied: 1, booked: 1." in said
    assert "That is about $540 estimated." in said
    # Compared with Oct 14 to 31; the first call ever was on Oct 19.
    assert "of which only 13 of 18 days were measured" in said
    assert "$540 estimated before: $0 $0 confirmed, apart from that" in said
    assert "Most on Wed, 10–12 h." in said
    assert "40 × texted ÷ missed" in said
    assert [one.key for one in DEFINITIONS if f"{say(one.name)} {say(one.meaning)}" not in said] == []


async def test_every_figure_opens_as_many_rows_as_it_says(site: Site) -> None:
    await fill(site)
    olga = await site.olga()
    page = (await olga.get(f"/dashboard?{NOVEMBER}")).text

    opened = links(page, "/dashboard/rows")
    assert len(opened) >= 20
    for path, number in opened.items():
        rows = (await olga.get(path)).text
        assert (path, rows.count('class="row job"')) == (path, number)
        assert re.search(rf"<h1>[^<]*: {number}</h1>", rows)
    for path, number in links(page, "/dashboard/answers").items():
        assert (await olga.get(path)).text.count('<li class="row">') == number
    assert "1 quote asked for" in words(await olga.get(f"/dashboard?{NOVEMBER}"))
    assert (await olga.get(f"/dashboard/quotes?{NOVEMBER}")).text.count('<li class="row">') == 1
    assert links(page, "/dashboard/recovered") == {"/dashboard/recovered?on=2026-11-18": 1}
    assert (await olga.get("/dashboard/recovered?on=2026-11-18")).text.count('class="row job"') == 1


async def test_a_row_traces_call_text_reply_and_booking(site: Site) -> None:
    await fill(site)
    olga = await site.olga()

    rows = (await olga.get(f"/dashboard/rows?figure=recovered&{NOVEMBER}")).text

    for path in re.findall(r'href="(/(?:calls|threads|bookings)/[^"]+)"', rows):
        assert (await olga.get(path)).status_code == 200
    assert re.search(r"Texted.*Replied.*Booked: Cleaning", " ".join(rows.split()))


async def test_rows_page_on_until_all_were_shown(site: Site) -> None:
    harbor = site.shops.harbor
    async with business_transaction(site.context.pool, harbor.business_id) as connection:
        story = History(connection, harbor)
        for number in range(120):
            await story.call(f"+1312555{1000 + number}", NOON + timedelta(minutes=number // 2))
    await recount_recovery(site.context, harbor.business_id)
    olga, path = await site.olga(), f"/dashboard/rows?figure=missed&{NOVEMBER}"

    seen: list[str] = []
    while path:
        page = (await olga.get(path)).text
        assert "Missed calls: 120" in page
        seen += re.findall(r'id="j-([0-9a-f-]+)"', page)
        older = re.search(r'href="(/dashboard/rows\?[^"]*before=[^"]*)"', page)
        path = unescape(older[1]) if older else ""

    assert (len(seen), len(set(seen))) == (120, 120)


async def test_a_person_confirms_what_a_job_brought_and_it_stays_apart(site: Site) -> None:
    await fill(site)
    sam = await site.visitor(site.shops.harbor, "staff", "Sam")
    back = f"/dashboard/rows?figure=recovered&{NOVEMBER}"
    call_id = re.findall(r'id="j-([0-9a-f-]+)"', (await sam.get(back)).text)[0]

    done = await sam.post(f"/dashboard/jobs/{call_id}", data={"value": "1,200.75", "back": back})

    assert (done.status_code, done.headers["location"]) == (303, f"{back}#j-{call_id}")
    assert "Brought $1,200.75, confirmed by Sam" in words(await sam.get(back))
    assert "That is about $1,201 confirmed." in words(await sam.get(f"/dashboard?{NOVEMBER}"))
    assert await site.value("select who from audit_entries where what = 'dashboard.job_value'") == "Sam"

    await sam.post(f"/dashboard/jobs/{call_id}", data={"value": "", "back": "https://elsewhere.example/"})
    assert "about $540 estimated." in words(await sam.get(f"/dashboard?{NOVEMBER}"))


async def test_a_value_that_is_none_changes_nothing_and_a_strangers_list_is_not_gone_back_to(site: Site) -> None:
    await fill(site)
    olga = await site.olga()
    call_id = re.findall(r'id="j-([0-9a-f-]+)"', (await olga.get(f"/dashboard/rows?figure=texted&{NOVEMBER}")).text)[0]

    wrong = await olga.post(f"/dashboard/jobs/{call_id}", data={"value": "a lot"})
    away = await olga.post(
        f"/dashboard/jobs/{call_id}", data={"value": "5", "back": "//elsewhere.example/dashboard/rows"}
    )

    await olga.post("/me", data={"name": "Olga", "language": "es"})
    spanish = await olga.post(f"/dashboard/jobs/{call_id}", data={"value": "a lot"})

    assert (wrong.status_code, "Write an amount like 450" in wrong.text) == (422, True)
    assert (spanish.status_code, "Write an amount" in spanish.text) == (422, False)
    assert away.headers["location"] == "/dashboard"


async def test_the_owners_values_make_the_estimate(site: Site) -> None:
    await fill(site)
    olga = await site.olga()

    saved = await olga.post("/dashboard/values", data={"job": "300", "close": "50", "segment": "2.5"})

    assert saved.status_code == 303
    assert "That is about $270 estimated." in words(await olga.get(f"/dashboard?{NOVEMBER}"))
    page = (await olga.get("/dashboard/values")).text
    for value in ('value="300"', 'value="50"', 'value="2.5"'):
        assert value in page


async def test_a_wrong_value_is_told_beside_its_field_and_what_was_typed_is_kept(site: Site) -> None:
    olga = await site.olga()

    answer = await olga.post("/dashboard/values", data={"job": "much", "close": "101", "segment": ""})

    assert answer.status_code == 422
    assert 'value="much" aria-invalid="true" aria-describedby="job-trouble"' in answer.text
    assert "Write a whole number from 0 to 100." in answer.text
    assert await site.value("select count(*) from recovery_values") == 0


async def test_the_weekly_report_is_chosen_and_stopped(site: Site) -> None:
    olga = await site.olga()

    await olga.post("/dashboard/weekly-report", data={"wanted": "yes"})
    assert "You get it." in words(await olga.get("/dashboard/values"))
    await olga.post("/dashboard/weekly-report", data={"wanted": "no"})
    assert "You do not get it." in words(await olga.get("/dashboard/values"))


async def test_files_are_utf_8_with_a_mark_and_run_no_formula(site: Site) -> None:
    await fill(site)
    olga = await site.olga()

    figures = await olga.get(f"/dashboard/figures.csv?{NOVEMBER}")
    rows = await olga.get(f"/dashboard/rows.csv?figure=missed&{NOVEMBER}")
    answers = await olga.get(f"/dashboard/answers.csv?{NOVEMBER}&name=Sam")
    quotes = await olga.get(f"/dashboard/quotes.csv?{NOVEMBER}")

    for answer in (figures, rows, answers, quotes):
        assert answer.content.startswith(b"\xef\xbb\xbf")
        assert answer.headers["content-disposition"].startswith('attachment; filename="')
        cells = [cell for line in csv.reader(io.StringIO(answer.text)) for cell in line]
        assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert "'=1+1" in rows.text
    assert "'=busy" in figures.text
    assert "Month,2025-12,0" in figures.text
    assert "Month,2026-11,4,3" in figures.text
    assert [len(list(csv.reader(io.StringIO(one.text)))) for one in (answers, quotes)] == [1 + 1, 1 + 1]
    assert "Crown" in quotes.text
    assert len(list(csv.reader(io.StringIO(rows.text)))) == 1 + 3


async def test_what_rex_sees_is_his_own(site: Site) -> None:
    await fill(site)
    olga, rex = await site.olga(), await site.rex()
    call_id = re.findall(r'id="j-([0-9a-f-]+)"', (await olga.get(f"/dashboard/rows?figure=texted&{NOVEMBER}")).text)[0]

    assert "Nothing counted yet" in (await rex.get("/dashboard")).text
    assert 'class="row job"' not in (await rex.get(f"/dashboard/rows?figure=missed&{NOVEMBER}")).text
    assert (await rex.post(f"/dashboard/jobs/{call_id}", data={"value": "5"})).status_code == 404
    assert await site.value("select count(*) from job_values") == 0


@pytest.mark.parametrize(
    ("role", "method", "path", "status"),
    [
        ("viewer", "GET", "/dashboard", 200),
        ("viewer", "GET", f"/dashboard/rows?figure=missed&{NOVEMBER}", 200),
        ("viewer", "POST", "/dashboard/jobs/00000000-0000-0000-0000-000000000001", 403),
        ("staff", "GET", "/dashboard/values", 403),
        ("staff", "POST", "/dashboard/values", 403),
        ("staff", "POST", "/dashboard/values/service", 403),
        ("staff", "POST", "/dashboard/weekly-report", 403),
    ],
)
async def test_who_may_see_and_change_what(site: Site, role: str, method: str, path: str, status: int) -> None:
    visitor = await site.visitor(site.shops.harbor, role, "Sam")

    answer = await visitor.request(method, path, data={"close": "1"} if method == "POST" else None)

    assert answer.status_code == status


@pytest.mark.parametrize(
    "path",
    [
        "/dashboard?span=decade",
        "/dashboard/rows",
        f"/dashboard/rows?figure=all&{NOVEMBER}",
        "/dashboard/rows?figure=missed&from=2026-11-30&to=2026-11-01",
        f"/dashboard/rows?figure=missed&by=staff&name=Sam&{NOVEMBER}",
        f"/dashboard/rows?figure=missed&by=line&name=%00&{NOVEMBER}",
        f"/dashboard/rows?figure=missed&{NOVEMBER}&before=2026-11-01~x~y",
        f"/dashboard/rows?figure=missed&{NOVEMBER}&before=2026-11-01~2026-11-01T00:00:00~00000000-0000-0000-0000-000000000001",
        "/dashboard/recovered?on=yesterday",
        f"/dashboard/answers?name=Sam&{NOVEMBER}&before=x",
        "/dashboard/quotes",
    ],
)
async def test_an_address_that_is_none_of_ours_is_not_found(site: Site, path: str) -> None:
    assert (await (await site.olga()).get(path)).status_code == 404


async def test_two_days_in_the_wrong_order_are_told_and_kept(site: Site) -> None:
    answer = await (await site.olga()).get("/dashboard?from=2026-11-30&to=2026-11-01")

    assert answer.status_code == 200
    assert "These are no two days in order" in answer.text
    assert 'value="2026-11-30"' in answer.text
