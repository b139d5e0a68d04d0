"""The audit log: readable differences, filters, pages, a CSV file that is safe to open, and for owners only."""

import csv
import io
import re
from datetime import timedelta

import pytest

from ringback.store.audit import Change, add_entry
from ringback.store.db import business_transaction
from ringback.web.agency.audit_words import KINDS, WHATS
from ringback.web.agency.differences import Difference, tell_differences
from tests.architecture.sources import PACKAGE, python_files
from tests.cast import NOON
from tests.web.pages_cast import Site


async def note(site: Site, change: Change, who: str = "Olga", minutes: int = 0) -> None:
    """Let somebody of Harbor change something."""
    business_id = site.shops.harbor.business_id
    async with business_transaction(site.context.pool, business_id) as connection:
        await add_entry(connection, business_id, who, change, NOON + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("08:00", "09:00", [Difference("", "08:00", "09:00")]),
        ({"mon": "8-17", "tue": "8-17"}, {"mon": "8-12", "tue": "8-17"}, [Difference("mon", "8-17", "8-12")]),
        (None, {"kind": "spam"}, [Difference("kind", None, "spam")]),
        ({"on": True}, {"on": False}, [Difference("on", "✓", "×")]),
        (
            {"staff": [{"name": "Sam", "takes_calls": True}]},
            {"staff": [{"name": "Sam", "takes_calls": True}, {"name": "Eva", "takes_calls": False}]},
            [Difference("staff › Eva › name", None, "Eva"), Difference("staff › Eva › takes calls", None, "×")],
        ),
        ({"area": ["60601", "60602"]}, {"area": ["60601"]}, [Difference("area", "60601, 60602", "60601")]),
        ({"a": 1}, {"a": 1}, []),
    ],
)
def test_differences_are_told_value_by_value(before: object, after: object, told: list[Difference]) -> None:
    assert tell_differences(before, after) == told


async def test_the_log_is_filtered_by_person_and_by_kind(site: Site) -> None:
    await note(site, Change("settings.hours", "hours", {"mon": "8-17"}, {"mon": "8-12"}))
    await note(site, Change("contact.marked", "+13125550142", None, {"mark": "spam"}), who="Sam")
    olga = await site.olga()

    everything = (await olga.get("/audit")).text
    assert "8-12" in everything
    assert "Mark set" in everything
    sams = (await olga.get("/audit?who=Sam")).text
    assert "Mark set" in sams
    assert "8-12" not in sams
    hours = (await olga.get("/audit?kind=settings")).text
    assert "8-12" in hours
    assert "Mark set" not in hours
    assert "Nothing found" in (await olga.get("/audit?who=Nobody")).text


async def test_the_log_goes_on_page_by_page(site: Site) -> None:
    for n in range(55):
        await note(site, Change("settings.hours", f"change {n:02d}", None, n), minutes=n)
    olga = await site.olga()
    first = (await olga.get("/audit")).text
    older = first.partition('class="more"><a class="button" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = (await olga.get(older)).text
    assert "change 54" in first
    assert "change 04" not in first
    assert "change 04" in second
    assert "change 05" not in second


async def test_the_log_as_a_file_has_a_row_for_each_value_and_no_formula(site: Site) -> None:
    await note(site, Change("settings.words", "=cmd", {"name": "+1", "tone": "warm"}, {"name": "@x", "tone": "warm"}))
    answer = await (await site.olga()).get("/audit/changes.csv?kind=settings")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    head, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
    assert head == ["When", "Who", "What", "Of what", "Where", "Before", "After"]
    assert row == [NOON.isoformat(), "Olga", "Settings › words", "'=cmd", "name", "'+1", "'@x"]


@pytest.mark.parametrize("role", ["viewer", "staff"])
async def test_only_owners_read_the_log(site: Site, role: str) -> None:
    await note(site, Change("settings.hours", "hours", "8-17", "8-12"))
    browser = await site.visitor(site.shops.harbor, role, "Sam")
    for path in ("/audit", "/audit/changes.csv"):
        refused = await browser.get(path)
        assert refused.status_code == 403
        assert "8-12" not in refused.text


async def test_the_rival_reads_nothing_of_harbors_log(site: Site) -> None:
    await note(site, Change("settings.hours", "hours", "8-17", "8-12"))
    rex = await site.rex()
    for path in ("/audit", "/audit?who=Olga", "/audit/changes.csv"):
        assert "8-12" not in (await rex.get(path)).text


def test_every_change_that_is_noted_has_words_of_its_own() -> None:
    code = "".join(path.read_text("utf-8") for path in python_files(PACKAGE))
    noted = set(re.findall(r'\bChange\(\s*"([a-z_.]+)"', code))
    assert len(noted) > 50
    assert sorted(noted - WHATS.keys()) == []
    assert {what.partition(".")[0] for what in WHATS} <= KINDS.keys()


async def test_a_change_of_the_set_up_is_named_as_its_page(site: Site) -> None:
    await note(site, Change("settings.hours", "hours", {"mon": "8-17"}, {"mon": "8-12"}))
    assert "Settings › Opening hours" in (await (await site.olga()).get("/audit")).text


async def test_an_empty_log_says_what_will_be_in_it(site: Site) -> None:
    assert "Nothing was changed yet" in (await (await site.olga()).get("/audit")).text
