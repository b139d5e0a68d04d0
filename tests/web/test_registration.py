"""The public pages, open to everybody, and the owner's page on the registration of each line."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import httpx2
import pytest

from ringback.domain.business import Registration
from ringback.domain.registration_facts import Answered, CarrierWord
from ringback.ports import HttpRequest, HttpResponse
from ringback.store import registration
from ringback.store.db import business_transaction
from ringback.workflows.context import Context
from tests.cast import NOON, open_shop
from tests.fixtures import Shops
from tests.web.pages_cast import Site, running_site
from tests.workflows.phone_company import answer

PAGES = ("sms-consent", "privacy", "terms")


@dataclass
class Company:
    """A phone company that answers every question alike."""

    says: HttpResponse
    asked: list[HttpRequest] = field(default_factory=list)

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Answer."""
        self.asked.append(request)
        return self.says


@pytest.fixture
async def site(context: Context, shops: Shops) -> AsyncIterator[Site]:
    """The pages, with a main line of Harbor's that nobody has said anything of."""
    main, *others = shops.harbor.lines
    harbor = replace(shops.harbor, lines=(replace(main, registration=Registration.UNKNOWN), *others))
    await open_shop(context.pool, harbor)
    company = Company(answer(200, {"services": []}))
    async with running_site(replace(context, http=company), replace(shops, harbor=harbor)) as running:
        yield running


class _Bold(HTMLParser):
    """Collects what stands in bold."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self._is_bold = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._is_bold = tag == "strong"

    def handle_data(self, data: str) -> None:
        if self._is_bold:
            self.found.add(data)

    def handle_endtag(self, tag: str) -> None:
        self._is_bold = False


def bold(html: str) -> set[str]:
    """Return what a page has in bold."""
    reader = _Bold()
    reader.feed(html)
    return reader.found


async def test_a_reviewer_opens_the_pages_without_a_sign_in(site: Site) -> None:
    stranger = await site.visitor()
    for page in PAGES:
        english = await stranger.get(f"/p/harbor-dental/{page}")
        spanish = await stranger.get(f"/p/harbor-dental/{page}", params={"lang": "es"})

        assert (english.status_code, spanish.status_code) == (200, 200)
        assert {"STOP", "HELP"} <= bold(english.text) & bold(spanish.text)
        assert "Harbor Dental" in english.text
        assert "noindex" not in english.headers.get("x-robots-tag", "")
        assert all(f"/p/harbor-dental/{other}" in english.text for other in PAGES)


async def test_other_addresses_lead_nowhere(site: Site) -> None:
    stranger = await site.visitor()
    others = ("/p/nobody/terms", "/p/harbor-dental/secrets", "/p/harbor-dental", "/p/%00/terms")

    assert [(await stranger.get(address)).status_code for address in others] == [404] * len(others)


async def test_each_version_of_a_page_is_kept_once_and_shown_with_its_day(site: Site) -> None:
    stranger, olga = await site.visitor(), await site.olga()
    first = await stranger.get("/p/harbor-dental/terms")
    await stranger.get("/p/harbor-dental/terms")
    await olga.post("/registration/pages", data={"pages_on": "on", "own_words": "We are closed on <b>Mondays</b>."})
    second = await stranger.get("/p/harbor-dental/terms")

    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        kept = await connection.fetch("select version, words from page_versions where page = 'terms'")
    assert len(kept) == 2
    assert all(row["version"] in first.text or row["version"] in second.text for row in kept)
    assert f"in force since {NOON.date().isoformat()}" in second.text
    assert "We are closed on &lt;b&gt;Mondays&lt;/b&gt;." in second.text


async def test_an_owner_switches_the_pages_off(site: Site) -> None:
    olga = await site.olga()
    saved = await olga.post("/registration/pages", data={"legal_name": "Harbor Dental LLC"})

    assert saved.status_code == 303
    assert (await (await site.visitor()).get("/p/harbor-dental/privacy")).status_code == 404
    assert "They are switched off" in (await olga.get("/registration/pages")).text


WRONG = (
    ({"email": "olga"}, "Write an address like office@example.com."),
    ({"website": "javascript:alert(1)"}, "Write an address like https://example.com."),
    ({"website": "harbor"}, "Write an address like https://example.com."),
    ({"own_words": "x" * 2001}, "This is too long: 2000 letters fit."),
)


async def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_saved(site: Site) -> None:
    olga = await site.olga()
    for fields, words in WRONG:
        refused = await olga.post("/registration/pages", data={"pages_on": "on", **fields})

        assert refused.status_code == 422
        assert words in refused.text
        assert all(text in refused.text for text in fields.values()), "what was typed is still there"
    assert await site.value("select count(*) from registrations") == 0


async def look(browser: httpx2.AsyncClient) -> str:
    """Return the page on the registration."""
    shown = await browser.get("/registration")
    assert shown.status_code == 200
    return shown.text


async def test_the_owner_asks_the_phone_company_and_reads_what_it_said(site: Site) -> None:
    olga, line_id = await site.olga(), site.shops.harbor.lines[0].line_id
    assert "Nobody knows yet whether carriers let this number text." in await look(olga)
    asked = await olga.post(f"/registration/lines/{line_id}/look-up")

    assert asked.headers["location"] == f"/registration#line-{line_id}"
    page = await look(olga)
    assert "Your phone company knows of no registration for this number." in page
    assert "Last asked:" in page
    assert "This number needs no registration." in page, "the other line's owner has said so"


async def test_the_owners_word_is_taken_and_shown(site: Site) -> None:
    olga, line_id = await site.olga(), site.shops.harbor.lines[0].line_id
    said = await olga.post(f"/registration/lines/{line_id}/word", data={"word": "approved"})
    odd = await olga.post(f"/registration/lines/{line_id}/word", data={"word": "perhaps"})

    assert (said.status_code, odd.status_code) == (303, 422)
    assert "you said that it is approved" in await look(olga)
    await olga.post(f"/registration/lines/{line_id}/word", data={"word": "unknown"})
    assert "knows of no registration for this number" in await look(olga), "the phone company was asked"


async def test_a_pending_line_that_was_approved_meanwhile_offers_to_text(site: Site) -> None:
    olga, line_id = await site.olga(), site.shops.harbor.lines[0].line_id
    business_id = site.shops.harbor.business_id
    await olga.post(f"/registration/lines/{line_id}/word", data={"word": "pending"})
    assert "Let it text" not in await look(olga)
    async with business_transaction(site.context.pool, business_id) as connection:
        await registration.save_answer(connection, business_id, line_id, Answered(CarrierWord.APPROVED), NOON)

    assert "Let it text" in await look(olga)


async def test_two_answers_bring_the_list_and_each_step_is_ticked_off_by_name(site: Site) -> None:
    olga = await site.olga()
    unanswered = await olga.post("/registration/answers", data={"is_company": "no"})
    assert (unanswered.status_code, "Answer both questions" in unanswered.text) == (422, True)
    answered = await olga.post("/registration/answers", data={"has_tax_number": "no", "is_company": "no"})
    assert answered.status_code == 303
    page = await look(olga)
    assert "Your way: sole proprietor (10DLC)" in page
    assert "$15 each time you hand it in, then $2 a month" in page

    await olga.post("/registration/steps/sole_brand", data={"done": "yes"})
    assert "Done, says Olga:" in await look(olga)
    await olga.post("/registration/steps/sole_brand", data={"done": "no"})
    assert "Done, says Olga:" not in await look(olga)
    assert (await olga.post("/registration/steps/nonsense", data={"done": "yes"})).status_code == 404


async def test_the_texts_to_paste_are_there_with_what_a_reviewer_would_find(site: Site) -> None:
    page = (await (await site.olga()).get("/registration/texts")).text

    assert "Consumers opt in by calling Harbor Dental at (312) 555-0100" in page
    assert "Hi, this is Harbor Dental. Sorry we missed your call." in page
    assert "Reviewers cannot open this address from outside." in page, "the tests' own address is a local one"
    assert page.count('data-copy="') >= 10


async def test_the_settings_of_a_line_say_what_carriers_say(site: Site) -> None:
    olga = await site.olga()
    listed = (await olga.get("/settings/lines")).text
    paths = {part.split('"')[0] for part in listed.split('href="')[1:] if part.startswith("/settings/lines/")}
    shown = [(await olga.get(path)).text for path in sorted(paths)]

    assert sum("Nobody knows yet whether carriers let this number text." in page for page in shown) == 1
    assert all(f"/registration#line-{line.line_id}" in "".join(shown) for line in site.shops.harbor.lines)


async def test_staff_and_the_rival_see_nothing_of_it(site: Site) -> None:
    line_id = site.shops.harbor.lines[0].line_id
    staff = await site.visitor(site.shops.harbor, role="staff", name="Sam")
    rex = await site.rex()

    assert (await staff.get("/registration")).status_code == 403
    assert (await rex.post(f"/registration/lines/{line_id}/look-up")).status_code == 404
    assert (await rex.post(f"/registration/lines/{line_id}/word", data={"word": "approved"})).status_code == 404
    assert "Harbor" not in await look(rex)
