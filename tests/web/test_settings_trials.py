"""Trying things out in the settings: wordings before they are sent, rules before a call, facts before a question."""

import re
from urllib.parse import urlencode

import pytest

from tests.web.pages_cast import Site
from tests.web.settings_cast import entry_path, export, forms_in, full_harbor, open_form, send, store

FORM = {"content-type": "application/x-www-form-urlencoded"}


async def test_a_wording_is_previewed_with_real_values_line_by_line_and_nothing_is_saved(site: Site) -> None:
    await store(site, full_harbor())
    olga, before = await site.olga(), await export(site)
    typed = {"name": "Ours", "language": "", "body": "Hi {caller_name}, {business} here about {line}. We open {opens}."}

    part = await olga.post("/settings/wordings/preview", content=urlencode(typed), headers={**FORM, "hx-request": "1"})

    assert "<html" not in part.text
    # The clock of the test stands at ten on a Wednesday, and Harbor opens again after its lunch.
    text = "Hi Carla, Harbor Dental here about Main. We open today at 1 PM."
    assert text in part.text
    assert "here about Google Ads." in part.text
    assert f"{len(text)} characters, GSM-7 · 1 text" in part.text
    assert await export(site) == before


async def test_without_javascript_the_preview_is_the_form_again_with_what_was_typed(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    path = await entry_path(site, olga, "wordings")
    form = (await open_form(olga, path)).filled(body="{business} ñandú. Más tarde?")
    form.action = "/settings/wordings/preview"

    page = (await send(olga, form)).text

    assert "Harbor Dental ñandú. Más tarde?" in page
    assert "UCS-2" in page
    again = next(form for form in forms_in(page) if form.action == path)
    assert again.text("body") == "{business} ñandú. Más tarde?"


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("Sorry we missed you.", "Name the business in the first sentence, with {business}."),
        ("{business} here. Book at harbor.example/x today.", "A first text must not carry a link"),
        ("{business} here, {price}?", "{price} is not a merge field"),
        ("{business} here. " + "We will call you back soon. " * 8, "With the longest names and times this is"),
    ],
)
async def test_an_error_of_the_linter_keeps_a_wording_from_being_saved(site: Site, body: str, sentence: str) -> None:
    await store(site, full_harbor())
    olga, before = await site.olga(), await export(site)
    form = await open_form(olga, await entry_path(site, olga, "wordings"))

    answer = await send(olga, form.filled(body=body))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Must be mended before it can be saved" in answer.text
    assert await export(site) == before


async def test_a_warning_of_the_linter_explains_and_does_not_block(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()
    path = await entry_path(site, olga, "wordings")

    answer = await send(olga, (await open_form(olga, path)).filled(body="{business} here. Sorry! Sorry!!"))

    assert answer.status_code == 303
    page = (await olga.get(path)).text
    assert "Would make it better" in page
    assert "Say sorry once" in page


# Harbor's rules: "Closed" while it is closed; "Ours" for first-time callers on Main who found it busy.
TRIALS = [
    ("outcome=busy&line=Main&language=en&contact=first_time&day=open", "Rule 2, “Ours”", "the business was open"),
    ("outcome=busy&line=Main&language=en&contact=known&day=open", "The built-in text, “Busy”", "known contacts"),
    ("outcome=busy&line=Google Ads&language=en&contact=first_time&day=open", "“Busy”", "the line was Google Ads"),
    ("outcome=no_answer&line=Main&language=es&day=open", "“Missed call (Spanish)”", "the call was no answer"),
    ("outcome=no_answer&line=Main&language=en&on=2026-11-22&at=12:00", "Rule 1, “Closed”", "closed or holiday"),
    ("outcome=no_answer&line=Main&language=en&on=2026-11-18&at=10:00", "The built-in text, “Missed call”", "open"),
]


@pytest.mark.parametrize(("query", "rule", "reason"), TRIALS)
async def test_the_rule_that_would_fire_is_named_with_the_reason(
    site: Site, query: str, rule: str, reason: str
) -> None:
    await store(site, full_harbor())
    olga = await site.olga()

    page = (await olga.get(f"/settings/rules/trial?{query}")).text

    assert rule in page
    steps = re.findall(r"<li>(.*?)</li>", page.partition('class="why"')[2], re.DOTALL)
    assert any(reason in step for step in steps), steps


async def test_a_trial_that_no_form_sends_is_read_as_the_first_choice(site: Site) -> None:
    olga = await site.olga()
    strange = ("on=0&at=x", "on=0001-01-01&at=00:00", "on=9999-12-31&at=23:59")
    for when in strange:
        page = await olga.get(f"/settings/rules/trial?outcome=vanished&line=None&language=xx&day=never&{when}")
        assert page.status_code == 200, when


async def test_a_question_is_tried_on_the_facts_as_the_receptionist_would(site: Site) -> None:
    await store(site, full_harbor())
    olga = await site.olga()

    found = (await olga.get("/settings/facts/trial?question=is+there+parking&language=en")).text
    spanish = (await olga.get("/settings/facts/trial?question=is+there+parking&language=es")).text
    nothing = (await olga.get("/settings/facts/trial?question=do+you+groom+poodles&language=en")).text

    assert "It would answer" in found
    assert "Where do I park?" in found
    assert "Detrás de la casa." in spanish
    assert "It does not know" in nothing
