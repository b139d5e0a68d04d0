"""The API's keys: what they open, how often they may ask, when they end; and what bodies it does not take."""

import asyncio
from uuid import UUID

import httpx2
from typer.testing import CliRunner

from ringback.domain.business import Business
from ringback.store import people
from ringback.workflows.context import Context
from tests.cast import TestClock
from tests.fixtures import Shops
from tests.web.api_cast import api_app, client_of, make_key


async def _key(context: Context, business: Business, scope: str = "all", per_minute: int = 600) -> str:
    now = context.clock.now()
    return await people.create_api_key(context.pool, business.business_id, "test", now, scope, per_minute)


async def test_a_key_asks_so_often_a_minute_and_is_told_when_to_ask_again(
    context: Context, shops: Shops, clock: TestClock
) -> None:
    key, other = await _key(context, shops.harbor, per_minute=3), await _key(context, shops.harbor)
    app = api_app(context)
    async with client_of(app, key) as program, client_of(app, other) as another:
        answers = [await program.get("/api/v1/calls") for _ in range(5)]
        free = await another.get("/api/v1/calls")
        clock.pass_time(float(answers[-1].headers["retry-after"]))
        again = await program.get("/api/v1/calls")

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1].json()["type"] == "urn:ringback:problem:too_many"
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 61
    assert (free.status_code, again.status_code) == (200, 200)


async def test_many_at_once_are_counted_one_by_one(context: Context, shops: Shops) -> None:
    key = await _key(context, shops.harbor, per_minute=5)
    async with client_of(api_app(context), key) as program:
        answers = await asyncio.gather(*(program.get("/api/v1/alarms") for _ in range(20)))

    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [429] * 15


async def test_a_key_that_reads_changes_nothing(context: Context, shops: Shops) -> None:
    app = api_app(context)
    document = app.openapi()
    changing = [
        (method.upper(), path.format_map(_Ids()))
        for path, operations in document["paths"].items()
        for method in operations
        if method != "get"
    ]
    async with client_of(app, await _key(context, shops.harbor, "read")) as program:
        reads = await program.get("/api/v1/calls")
        answers = {where: await program.request(*where, json={}) for where in changing}

    assert reads.status_code == 200
    assert len(changing) > 10
    assert {where for where, answer in answers.items() if answer.status_code not in (403, 422)} == set()
    assert any(answer.status_code == 403 for answer in answers.values())


class _Ids(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return str(UUID(int=7))


async def test_a_key_that_has_ended_opens_nothing_at_once(context: Context, shops: Shops) -> None:
    key = await _key(context, shops.harbor)
    async with client_of(api_app(context), key) as program:
        before = await program.get("/api/v1/calls")
        [listed] = await people.list_api_keys(context.pool, shops.harbor.business_id)
        ended = await people.end_api_key(context.pool, shops.harbor.business_id, listed["key_id"], context.clock.now())
        after = await program.get("/api/v1/calls")

    assert (before.status_code, ended, after.status_code) == (200, "test", 401)
    assert key not in str(listed)


async def test_a_key_is_taken_from_its_header_alone_and_no_cookie_opens_the_api(context: Context, shops: Shops) -> None:
    key = await make_key(context, shops.harbor)
    async with client_of(api_app(context), None) as program:
        in_query = await program.get("/api/v1/calls", params={"key": key, "api_key": key, "access_token": key})
        program.cookies.set("ringback", key)
        in_cookie = await program.get("/api/v1/calls")
        basic = await program.get("/api/v1/calls", headers={"authorization": f"Basic {key}"})

    assert [answer.status_code for answer in (in_query, in_cookie, basic)] == [401, 401, 401]


BROKEN_BODIES = (
    "[" * 30_000, '{"a":' * 10_000, '{"name": "x", "name": "y"', "\ud800", "NaN", "1" * 5_000, "null", "[]", '"x"', "",
)  # fmt: skip


async def test_a_body_made_to_break_a_parser_is_refused(context: Context, shops: Shops) -> None:
    address, headers = f"/api/v1/threads/{UUID(int=7)}/messages", {"content-type": "application/json"}
    async with client_of(api_app(context), await make_key(context, shops.harbor)) as program:
        for body in BROKEN_BODIES:
            answer = await program.post(address, content=body.encode("utf-8", "surrogatepass"), headers=headers)
            assert answer.status_code in (400, 422), body[:20]


async def test_a_field_that_a_form_of_the_api_does_not_have_is_refused(context: Context, shops: Shops) -> None:
    app = api_app(context)
    key = await make_key(context, shops.harbor)
    document = app.openapi()
    closed = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if "requestBody" not in operation:
                continue
            extra = {"business_id": str(shops.rex.business_id), "role": "owner", "is_admin": True}
            async with client_of(app, key) as program:
                answer = await program.request(method.upper(), path.format_map(_Ids()), json=extra)
            closed.append((path, answer.status_code, "business_id" in answer.text))

    assert len(closed) > 5
    assert [where for where in closed if where[1:] != (422, True)] == []


async def test_a_body_that_is_no_json_is_not_read_as_json(context: Context, shops: Shops) -> None:
    key = await make_key(context, shops.harbor)
    async with client_of(api_app(context), key) as program:
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
            answer = await program.post(
                f"/api/v1/threads/{UUID(int=7)}/messages", content='{"body": "x"}', headers={"content-type": kind}
            )
            assert answer.status_code in (400, 422), kind


async def test_every_answer_of_the_api_is_json_in_utf8_that_nobody_keeps(context: Context, shops: Shops) -> None:
    key = await make_key(context, shops.harbor)
    async with client_of(api_app(context), key) as program:
        answers: list[httpx2.Response] = [
            await program.get(path) for path in ("/api/v1/calls", "/api/v1/nothing", "/api/v1/calls?nothing=1")
        ]

    assert [answer.headers["content-type"].partition(";")[0] for answer in answers] == [
        "application/json",
        "application/problem+json",
        "application/problem+json",
    ]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


def test_a_command_says_what_a_key_may_do() -> None:
    from ringback.cli.commands import app  # noqa: PLC0415

    said = CliRunner().invoke(app, ["api-key", "create", "--help"]).output
    assert "--read-only" in said
