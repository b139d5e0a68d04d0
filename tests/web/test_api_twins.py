"""Rex next door asks every address of the API with Harbor's ids: he sees nothing and changes nothing."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts

from ringback.store.db import business_transaction
from ringback.web import api
from ringback.workflows.context import Context
from tests.cast import HARBOR_ADS_NUMBER, HARBOR_NUMBER
from tests.fixtures import Shops
from tests.web.api_cast import Seen, another_id, api_app, client_of, fill, make_key

BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("POST", "/api/v1/threads/{thread_id}/messages"): {"body": "Come to Rex instead."},
    ("POST", "/api/v1/contacts"): {"phone": "+13125550142", "name": "Rex was here"},
    ("PATCH", "/api/v1/contacts/{contact_id}"): {"name": "Rex was here"},
    ("PUT", "/api/v1/contacts/{contact_id}/marks/{kind}"): {"why": "Rex says so."},
    ("POST", "/api/v1/contacts/{contact_id}/opt-out"): {"words": "Rex says so."},
    ("POST", "/api/v1/bookings"): {
        "service": "Cleaning", "starts_at": "2026-11-20T16:00:00Z", "phone": "+13125550142"
    },
    ("PATCH", "/api/v1/bookings/{booking_id}"): {"state": "cancelled", "why": "Rex was here"},
    ("POST", "/api/v1/outgoing-hooks"): {"url": "https://rex.example/hooks", "events": ["call.missed"]},
    ("POST", "/api/v1/alerts/{alert_id}/acknowledgement"): {"by": "Rex", "minutes": 5},
}  # fmt: skip
QUERIES = {"/api/v1/openings": "?service=Cleaning"}


def routes() -> list[tuple[str, str]]:
    """Return (method, path) of everything the router serves, in the OpenAPI document or not."""
    app = FastAPI(openapi_url=None)
    app.include_router(api.router)
    found = iter_route_contexts(app.routes)
    return [(method, route.path or "") for route in found for method in sorted(route.methods or ())]


def test_the_walk_over_the_routes_finds_them_all() -> None:
    document = api_app_document()
    documented = {(method.upper(), path) for path, found in document["paths"].items() for method in found}

    assert set(routes()) == documented
    assert len(documented) >= 37


def api_app_document() -> dict[str, Any]:
    """Return the OpenAPI document of the router."""
    app = FastAPI()
    app.include_router(api.router)
    return app.openapi()


async def everything_of(context: Context, shops: Shops) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row that belongs to Harbor, by table."""
    async with business_transaction(context.pool, shops.harbor.business_id) as connection:
        tables = await connection.fetch(
            "select distinct table_name from information_schema.columns "
            "where table_schema = 'public' and column_name = 'business_id' order by 1"
        )
        found: dict[str, list[tuple[Any, ...]]] = {}
        for (name,) in tables:
            rows = f"select * from {name} where business_id = $1 order by 1, 2"  # a table of ours
            found[name] = [tuple(row) for row in await connection.fetch(rows, shops.harbor.business_id)]
        return found


@pytest.mark.parametrize(("method", "path"), routes())
async def test_a_rival_sees_and_changes_nothing(context: Context, shops: Shops, method: str, path: str) -> None:
    seen = await fill(context, shops.harbor)
    # An address with a part that `seen` does not have fails here: give it an id of Harbor's to try.
    address = path.format(**seen.ids(), kind="spam") + QUERIES.get(path, "")
    nobodys = path.format(**{name: another_id() for name in seen.ids()}, kind="spam") + QUERIES.get(path, "")
    body, app = BODIES.get((method, path)), api_app(context)
    harbors_key, rexs_key = await make_key(context, shops.harbor), await make_key(context, shops.rex)
    before = await everything_of(context, shops)

    async with client_of(app, rexs_key) as rex, client_of(app, harbors_key) as harbor:
        answer = await rex.request(method, address, json=body)
        missing = await rex.request(method, nobodys, json=body)
        after = await everything_of(context, shops)
        own = await harbor.request(method, address, json=body)

    assert after == before
    assert_nothing_of_harbors(answer.text.replace(address, ""), shops, seen)
    assert (answer.status_code == 404) is ("_id}" in path)
    if answer.status_code == 404:
        shown, shown_of_missing = answer.json(), missing.json()
        assert (shown.pop("instance"), shown_of_missing.pop("instance")) == (address, nobodys)
        assert shown == shown_of_missing
    assert own.is_success, own.text


def assert_nothing_of_harbors(text: str, shops: Shops, seen: Seen) -> None:
    """Fail where an answer has an id, a name or a number of Harbor's."""
    ids = [*seen.ids().values(), *(str(line.line_id) for line in shops.harbor.lines), str(shops.harbor.business_id)]
    for secret in (*ids, "Harbor", HARBOR_NUMBER, HARBOR_ADS_NUMBER, "Olga"):
        assert secret not in text


async def test_a_rivals_filter_by_our_ids_finds_nothing(context: Context, shops: Shops) -> None:
    seen = await fill(context, shops.harbor)
    filters = [
        ("calls", {"contact": str(seen.contact_id)}),
        ("calls", {"line": str(shops.harbor.lines[0].line_id)}),
        ("threads", {"contact": str(seen.contact_id)}),
        ("contacts", {"phone": "+13125550142"}),
        ("bookings", {"contact": str(seen.contact_id)}),
        ("bookings", {"staff": str(shops.harbor.staff[0].staff_id)}),
    ]

    async with client_of(api_app(context), await make_key(context, shops.rex)) as rex:
        found = [(await rex.get(f"/api/v1/{path}", params=asked)).json()["items"] for path, asked in filters]

    assert found == [[]] * 6


async def test_a_rival_who_sends_a_text_under_our_texts_id_gets_one_of_his_own(context: Context, shops: Shops) -> None:
    seen, his = await fill(context, shops.harbor), await fill(context, shops.rex)
    before = await everything_of(context, shops)

    async with client_of(api_app(context), await make_key(context, shops.rex)) as rex:
        path = f"/api/v1/threads/{his.thread_id}/messages"
        answer = await rex.post(path, json={"id": str(seen.message_id), "body": "Come to Rex."})

    assert (answer.status_code, answer.json()["body"]) == (201, "Come to Rex.")
    assert await everything_of(context, shops) == before
