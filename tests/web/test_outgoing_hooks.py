"""The page of outgoing hooks: an owner adds one, tries it, sees what became of it; secrets are shown once."""

import re
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import httpx2
import pytest
from standardwebhooks import Webhook

from ringback.ports import HttpRequest, HttpResponse, NoAnswer
from ringback.store.db import business_transaction, rows
from ringback.wiring.addresses import AddressPolicy
from ringback.wiring.http import OutgoingHttp
from ringback.workflows.context import Context
from tests.fixtures import Shops
from tests.web.api_cast import api_app, client_of, make_key
from tests.web.pages_cast import Site, running_site
from tests.wiring.outside import PUBLIC, Names

URL = "https://hooks.example.com/in"
FORM = {"url": URL, "events": ["call.missed", "message.received"]}


@dataclass
class Receiver:
    """Answers 200, or what it is told to."""

    answers: deque[int | Exception] = field(default_factory=deque)
    taken: list[HttpRequest] = field(default_factory=list)

    async def send(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        self.taken.append(request)
        answer = self.answers.popleft() if self.answers else 200
        if isinstance(answer, Exception):
            raise answer
        return HttpResponse(answer, b"")


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
async def wired(context: Context, receiver: Receiver) -> AsyncIterator[Context]:
    """A context with the receiver, and the policy that looks names up here."""
    names = Names()
    names.says("hooks.example.com", [PUBLIC])
    names.says("printer.example.com", ["192.168.1.9"])
    checker = OutgoingHttp(policy=AddressPolicy(resolve=names.resolve))
    yield replace(context, http=receiver, check_address=checker.check_address)
    await checker.close()


@pytest.fixture
async def site(wired: Context, shops: Shops) -> AsyncIterator[Site]:
    async with running_site(wired, shops) as running:
        yield running


async def add(browser: httpx2.AsyncClient, **changes: object) -> tuple[httpx2.Response, str]:
    """Add a hook; return the answer and the address of the hook's page."""
    answer = await browser.post("/outgoing-hooks", data={**FORM, **changes})
    found = re.search(r'href="(/outgoing-hooks/[0-9a-f-]{36})"', answer.text)
    return answer, found[1] if found else ""


def secret_in(answer: httpx2.Response) -> str:
    found = re.search(r"whsec_[A-Za-z0-9+/=]+", answer.text)
    assert found is not None
    return found[0]


async def table(site: Site, name: str) -> list[dict[str, object]]:
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        return rows(await connection.fetch(f"select * from {name}"))


async def test_an_owner_adds_a_hook_copies_its_secret_once_and_sends_a_test(site: Site, receiver: Receiver) -> None:
    olga = await site.olga()
    answer, path = await add(olga)
    secret = secret_in(answer)

    tested = await olga.post(f"{path}/tests")
    page = (await olga.get(tested.headers["location"])).text

    assert "Arrived (200)" in page
    [request] = receiver.taken
    assert "A test from Ringback" in request.body.decode()
    # The clock of the test stands; the judge compares with the real one, so it is asked for the signature alone.
    signature = request.headers["webhook-signature"]
    at = site.context.clock.now()
    assert Webhook(secret).sign(request.headers["webhook-id"], at, request.body.decode()) == signature
    listing = (await olga.get("/outgoing-hooks")).text
    for shown in (page, listing):
        assert secret not in shown
        assert "hooks.example.com" in shown
    assert secret not in str(await table(site, "outgoing_hooks"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"url": ""}, "Write the address"),
        ({"url": "ftp://hooks.example.com"}, "Write the address"),
        ({"url": "https://printer.example.com/"}, "private network"),
        ({"url": "https://127.0.0.1/"}, "private network"),
        ({"url": "http://hooks.example.com/"}, "must begin with https://"),
        ({"url": "https://nobody.example.com/"}, "Nobody knows the name"),
        ({"url": "https://a:b@hooks.example.com/"}, "before the @"),
        ({"events": []}, "Choose at least one"),
        ({"events": ["everything"]}, "Choose at least one"),
    ],
)
async def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_is_kept(
    site: Site, changes: dict[str, object], words: str
) -> None:
    olga = await site.olga()

    answer, _ = await add(olga, **changes)

    assert answer.status_code == 422
    assert words in answer.text
    assert f'value="{changes.get("url", URL)}"' in answer.text
    assert await table(site, "outgoing_hooks") == []


async def test_a_test_that_fails_says_why_and_is_tried_again(site: Site, receiver: Receiver) -> None:
    olga = await site.olga()
    _, path = await add(olga)
    receiver.answers = deque([NoAnswer("late"), 302, 500])
    pages = []
    for _ in range(3):
        where = (await olga.post(f"{path}/tests")).headers["location"]
        pages.append((await olga.get(where)).text)

    assert "did not answer within 8 seconds" in pages[0]
    assert "sent us on to another address" in pages[1]
    assert "answered with an error" in pages[2]
    assert "Not arrived (500)" in pages[2]
    jobs = await site.context.pool.fetchval("select count(*) from jobs.pgqueuer where entrypoint = 'deliver_hook'")
    assert jobs == 1


async def test_a_delivery_is_sent_again_under_its_id(site: Site, receiver: Receiver) -> None:
    olga = await site.olga()
    _, path = await add(olga)
    await olga.post(f"{path}/tests")
    [delivery] = await table(site, "hook_deliveries")

    answer = await olga.post(f"{path}/deliveries/{delivery['delivery_id']}/again")

    assert answer.status_code == 303
    assert [one.headers["webhook-id"] for one in receiver.taken] == [str(delivery["delivery_id"])] * 2


async def test_a_hook_is_changed_switched_renewed_and_removed_with_an_entry_for_each(site: Site) -> None:
    olga = await site.olga()
    answer, path = await add(olga)
    first = secret_in(answer)

    changed = await olga.post(path, data={"url": f"{URL}?key=very-secret", "events": ["booking.created"]})
    await olga.post(f"{path}/switch", data={"on": "no"})
    off = (await olga.get(path)).text
    await olga.post(f"{path}/switch", data={"on": "yes"})
    second = secret_in(await olga.post(f"{path}/secret"))
    removed = await olga.post(f"{path}/removal")

    assert (changed.status_code, removed.headers["location"]) == (303, "/outgoing-hooks")
    assert "You switched it off" in off
    assert first != second
    assert await table(site, "outgoing_hooks") == []
    entries = await table(site, "audit_entries")
    assert [str(entry["what"]) for entry in sorted(entries, key=lambda entry: str(entry["entry_id"]))] == [
        *("hooks.added", "hooks.changed", "hooks.off", "hooks.on", "hooks.secret_renewed", "hooks.removed")
    ]
    kept = str(entries)
    for secret in (first, second, "very-secret"):
        assert secret not in kept
    assert "Outgoing hooks" in (await olga.get("/audit")).text


async def test_ten_are_the_most(site: Site) -> None:
    olga = await site.olga()
    answers = [await add(olga) for _ in range(11)]

    assert [answer.status_code for answer, _ in answers] == [200] * 10 + [422]
    assert "10 outgoing hooks already" in answers[-1][0].text
    assert "Remove one first" in (await olga.get("/outgoing-hooks")).text


async def test_only_owners_and_only_of_this_business_come_near(site: Site) -> None:
    olga, rex = await site.olga(), await site.rex()
    _, path = await add(olga)
    sam = await site.visitor(site.shops.harbor, role="staff", name="Sam")

    assert (await sam.get("/outgoing-hooks")).status_code == 403
    assert "Outgoing hooks" not in (await sam.get("/more")).text
    assert "/outgoing-hooks" in (await olga.get("/more")).text
    assert (await rex.get(path)).status_code == 404
    for deed in ("", "/tests", "/switch", "/secret", "/removal"):
        assert (await rex.post(f"{path}{deed}", data=FORM)).status_code == 404


async def test_an_api_address_of_a_phone_company_cannot_be_typed_in_a_page(site: Site) -> None:
    olga = await site.olga()
    pages = (await olga.get("/settings/lines")).text
    [path, *_] = re.findall(r'href="(/settings/lines/[^"/]+)"', pages)
    sent = {"account_sid": "AC" + "2" * 32, "auth_token": "t" * 32, "api_url": "http://169.254.169.254"}

    answer = await olga.post(f"{path}/connection", data=sent)

    assert answer.status_code == 303
    kept = [connection["settings"] for connection in await table(site, "connections")]
    assert "169.254" not in str(kept)
    assert "http://127.0.0.1:9" in str(kept)


async def test_programs_list_add_and_remove_hooks(wired: Context, shops: Shops) -> None:
    async with client_of(api_app(wired), await make_key(wired, shops.harbor)) as api:
        added = await api.post("/api/v1/outgoing-hooks", json={"url": URL, "events": ["call.missed"]})
        listed = (await api.get("/api/v1/outgoing-hooks")).json()["items"]
        inside = await api.post(
            "/api/v1/outgoing-hooks", json={"url": "https://printer.example.com/", "events": ["call.missed"]}
        )
        removed = await api.delete(f"/api/v1/outgoing-hooks/{added.json()['id']}")
        left = (await api.get("/api/v1/outgoing-hooks")).json()["items"]

    assert added.status_code == 201
    assert added.json()["secret"].startswith("whsec_")
    assert [one["events"] for one in listed] == [["call.missed"]]
    assert "secret" not in listed[0]
    assert inside.status_code == 422
    assert "private network" in inside.json()["errors"][0]["detail"]
    assert (removed.status_code, left) == (204, [])
