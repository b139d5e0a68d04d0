"""Callbacks over HTTP: what is accepted, what is refused, and that an accepted one is stored before the answer."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import parse_qsl, urlencode

import asyncpg
import httpx2
import pytest
from starlette.applications import Starlette
from starlette.datastructures import ImmutableMultiDict
from starlette.routing import Route
from twilio.request_validator import RequestValidator

from ringback.store.db import business_transaction
from ringback.web.hooks import LARGEST_BODY_BYTES, HookLines, hook
from ringback.workflows.context import Context
from tests.cast import ACCOUNT_SID, AUTH_TOKEN, CARLA, HARBOR_NUMBER
from tests.database import Server
from tests.fixtures import Shops

PUBLIC = "http://ringback.test"


@pytest.fixture
async def client(context: Context, shops: Shops) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the hooks, which believes another host than the one we gave the phone company."""
    app = Starlette(routes=[Route("/hooks/{hook_key}/{what}", hook, methods=["POST", "GET"])])
    app.state.hook_lines = HookLines(context)
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://behind-a-proxy.internal:8080") as http:
        yield http


def voice(call: str = "CA1", **changes: str) -> bytes:
    """Return the body of a voice callback."""
    fields = {
        "CallSid": call,
        "AccountSid": ACCOUNT_SID,
        "From": CARLA,
        "To": HARBOR_NUMBER,
        "CallStatus": "ringing",
        "Direction": "inbound",
        "ApiVersion": "2010-04-01",
    }
    return urlencode({**fields, **changes}).encode()


def signed(path: str, body: bytes, token: str = AUTH_TOKEN) -> dict[str, str]:
    """Return the headers the official validator expects for the public address."""
    fields = ImmutableMultiDict(parse_qsl(body.decode("utf-8", "surrogateescape"), keep_blank_values=True))
    signature = RequestValidator(token).compute_signature(PUBLIC + path, fields)
    return {"content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature}


async def post(client: httpx2.AsyncClient, path: str, body: bytes, token: str = AUTH_TOKEN) -> httpx2.Response:
    """Post a signed callback."""
    return await client.post(path, content=body, headers=signed(path, body, token))


async def stored(pool: asyncpg.Pool, shops: Shops) -> int:
    """Return how many callbacks Harbor Dental has stored."""
    async with business_transaction(pool, shops.harbor.business_id) as connection:
        return int(await connection.fetchval("select count(*) from inbound_events"))


async def alarm_kinds(pool: asyncpg.Pool, shops: Shops) -> list[str]:
    """Return what the owner is alarmed about."""
    async with business_transaction(pool, shops.harbor.business_id) as connection:
        return [row["kind"] for row in await connection.fetch("select kind from alarms order by kind")]


async def test_a_signed_callback_is_stored_before_it_is_answered(
    client: httpx2.AsyncClient, pool: asyncpg.Pool, shops: Shops
) -> None:
    """The answer rings staff; the row and its job are there."""
    answer = await post(client, "/hooks/harbor-main/voice", voice())
    assert answer.status_code == 200
    assert "<Dial" in answer.text
    assert await stored(pool, shops) == 1
    assert await pool.fetchval("select count(*) from jobs.pgqueuer where entrypoint = 'settle_call'") == 1


async def test_parameters_we_have_never_heard_of_are_part_of_the_signature(
    client: httpx2.AsyncClient, pool: asyncpg.Pool, shops: Shops
) -> None:
    """Trap 11: Twilio adds parameters without notice; repeated, empty and encoded ones too."""
    body = voice(NewThing="a+b %2B", Empty="") + b"&Digits=5678&Digits=1234&Digits=1234"
    assert (await post(client, "/hooks/harbor-main/call_status", body)).status_code == 200


async def test_the_query_is_part_of_the_signature(client: httpx2.AsyncClient, shops: Shops) -> None:
    """Trap 11: as it stands in the address, with + and %2B."""
    path = "/hooks/harbor-main/leg?call=CA1&who=Sam+%2B1"
    assert (await post(client, path, voice(call="CA9", CallStatus="completed"))).status_code == 200


@pytest.mark.parametrize("path", ["/hooks/harbor-main/voice", "/hooks/harbor-main/message"])
async def test_an_unsigned_or_wrongly_signed_callback_is_refused_and_the_owner_is_told(
    client: httpx2.AsyncClient, pool: asyncpg.Pool, shops: Shops, path: str
) -> None:
    """Nothing is stored but the alarm, once however often it happens."""
    for _ in range(3):
        assert (await client.post(path, content=voice())).status_code == 403
        assert (await post(client, path, voice(), token="wrong")).status_code == 403
    assert await stored(pool, shops) == 0
    assert await alarm_kinds(pool, shops) == ["bad_signature"]


async def test_a_callback_signed_for_one_line_is_not_good_for_another(
    client: httpx2.AsyncClient, pool: asyncpg.Pool, shops: Shops
) -> None:
    """The address is part of the signature."""
    body = voice()
    headers = signed("/hooks/harbor-main/voice", body)
    assert (await client.post("/hooks/rex-main/voice", content=body, headers=headers)).status_code == 403


async def test_a_malformed_callback_is_refused_with_a_sentence_and_the_owner_is_told(
    client: httpx2.AsyncClient, pool: asyncpg.Pool, shops: Shops
) -> None:
    """Signed, but without what it must have."""
    answer = await post(client, "/hooks/harbor-main/voice", b"From=%2B13125550142")
    assert answer.status_code == 400
    assert "CallSid" in answer.text
    assert await alarm_kinds(pool, shops) == ["unreadable_callback"]
    assert await stored(pool, shops) == 0


async def test_a_callback_that_is_not_utf8_is_refused_with_a_sentence(client: httpx2.AsyncClient, shops: Shops) -> None:
    """Bytes that are no text cannot be signed text."""
    body = voice() + b"&Body=%ff%fe"
    answer = await client.post(
        "/hooks/harbor-main/message", content=body, headers=signed("/hooks/harbor-main/message", body)
    )
    assert answer.status_code in (400, 403)


async def test_an_oversized_callback_is_refused_before_it_is_read(client: httpx2.AsyncClient, shops: Shops) -> None:
    """64 KB is more than any provider sends."""
    answer = await client.post("/hooks/harbor-main/message", content=b"x" * (LARGEST_BODY_BYTES + 1))
    assert answer.status_code == 413


async def test_an_unknown_address_is_not_found(client: httpx2.AsyncClient, shops: Shops) -> None:
    """And says no more than that."""
    assert (await client.post("/hooks/nobody/voice", content=voice())).status_code == 404


async def test_the_same_callback_three_times_is_stored_once_and_answered_alike(
    client: httpx2.AsyncClient, pool: asyncpg.Pool, shops: Shops
) -> None:
    """At the same time, too."""
    answers = await asyncio.gather(*(post(client, "/hooks/harbor-main/voice", voice()) for _ in range(3)))
    assert len({answer.text for answer in answers}) == 1
    assert await stored(pool, shops) == 1


async def test_a_database_that_is_gone_is_answered_503_so_that_the_callback_comes_again(
    client: httpx2.AsyncClient, server: Server, pool: asyncpg.Pool, shops: Shops
) -> None:
    """Nothing is accepted that is not stored."""
    assert (await post(client, "/hooks/harbor-main/voice", voice("CA1"))).status_code == 200
    database = await pool.fetchval("select current_database()")
    await server.rename(database, f"{database}_gone")
    try:
        assert (await post(client, "/hooks/harbor-main/voice", voice("CA2"))).status_code == 503
    finally:
        await server.rename(f"{database}_gone", database)
    assert (await post(client, "/hooks/harbor-main/voice", voice("CA2"))).status_code == 200
    assert await stored(pool, shops) == 2


async def test_a_hot_callback_makes_one_round_trip(
    client: httpx2.AsyncClient, pool: asyncpg.Pool, shops: Shops
) -> None:
    """Trap 12: the phone company waits for this answer; the line is remembered from the callback before."""
    await post(client, "/hooks/harbor-main/voice", voice("CA1"))
    statements: list[str] = []
    connection = await pool.acquire()
    await pool.release(connection)

    def note(record: asyncpg.connection.LoggedQuery) -> None:
        statements.append(record.query)

    taken = [await pool.acquire() for _ in range(pool.get_size())]
    for one in taken:
        one.add_query_logger(note)
    for one in taken:
        await pool.release(one)
    assert (
        await post(client, "/hooks/harbor-main/call_status", voice("CA1", CallStatus="completed"))
    ).status_code == 200
    assert ["receive_call_event" in statement for statement in statements] == [True]
