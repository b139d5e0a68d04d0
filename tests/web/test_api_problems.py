"""Every failure under /api is an RFC 9457 problem, and nothing a program sends breaks the answer."""

import base64
import json
from collections.abc import AsyncIterator

import httpx2
import pytest

from ringback.web.api.gate import LARGEST_BODY_BYTES
from ringback.workflows.context import Context
from tests.fixtures import Shops
from tests.web.api_cast import api_app, client_of

CONTACTS = "/api/v1/contacts"
NOBODYS_ID = "0199f0c4-8d3e-7c52-9f6b-3f1f5f1c2a10"


def problem_of(answer: httpx2.Response) -> dict[str, object]:
    """Return the problem of an answer, whose members must all be there."""
    problem: dict[str, object] = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} <= problem.keys()
    assert problem["status"] == answer.status_code
    return problem


def cursor(text: str) -> str:
    """Return a cursor that somebody made up."""
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "kind"),
    [
        ("GET", "/api/v1/nothing", None, 404, "not_found"),
        ("GET", "/api", None, 404, "not_found"),
        ("GET", "/api/v2/calls", None, 404, "not_found"),
        ("GET", f"/api/v1/calls/{NOBODYS_ID}", None, 404, "not_found"),
        ("DELETE", "/api/v1/calls", None, 405, "method_not_allowed"),
        ("GET", "/api/v1/calls/7", None, 422, "invalid"),
        ("GET", "/api/v1/calls/%00", None, 422, "invalid"),
        ("GET", "/api/v1/calls?limit=0", None, 422, "invalid"),
        ("GET", "/api/v1/calls?limit=201", None, 422, "invalid"),
        ("GET", "/api/v1/calls?outcom=busy", None, 422, "invalid"),
        ("GET", "/api/v1/calls?outcome=eaten", None, 422, "invalid"),
        ("GET", "/api/v1/calls?since=yesterday", None, 422, "invalid"),
        ("GET", "/api/v1/calls?since=2026-11-18T16:00:00", None, 422, "invalid"),
        ("GET", "/api/v1/calls?since=0001-01-01T00:00:00%2B14:00", None, 422, "invalid"),
        ("GET", "/api/v1/contacts?phone=%00", None, 422, "invalid"),
        ("GET", "/api/v1/calls?cursor=", None, 400, "bad_cursor"),
        ("GET", "/api/v1/calls?cursor=rubbish", None, 400, "bad_cursor"),
        ("GET", "/api/v1/calls?cursor=%00%ff", None, 400, "bad_cursor"),
        ("GET", f"/api/v1/calls?cursor={cursor(NOBODYS_ID)}", None, 400, "bad_cursor"),
        ("GET", f"/api/v1/calls?cursor={cursor('2026-11-18~' + NOBODYS_ID)}", None, 400, "bad_cursor"),
        ("GET", f"/api/v1/calls?cursor={cursor('0001-01-01T00:00:00+14:00~' + NOBODYS_ID)}", None, 400, "bad_cursor"),
        (
            "GET",
            f"/api/v1/threads?cursor={cursor('2026-11-18T16:00:00+00:00~' + NOBODYS_ID)}",
            None,
            400,
            "bad_cursor",
        ),
        ("POST", CONTACTS, b"", 422, "invalid"),
        ("POST", CONTACTS, b"{", 422, "invalid"),
        ("POST", CONTACTS, b"[" * 60_000, 400, "bad_request"),
        ("POST", CONTACTS, b'{"phone": "\xff"}', 400, "bad_request"),
        ("POST", CONTACTS, b'{"phone": "\\u0000"}', 422, "invalid"),
        ("POST", CONTACTS, b'{"phone": "\\ud800"}', 422, "invalid"),
        ("POST", CONTACTS, b'{"phone": "+13125550142", "\\ud800\\u0000": 1}', 422, "invalid"),
        ("POST", CONTACTS, b'{"phone": "+13125550142", "name": "\\u0000"}', 422, "invalid"),
        ("POST", CONTACTS, b'{"phone": "+13125550142", "name": " "}', 422, "invalid"),
        ("POST", CONTACTS, b'{"phone": "+13125550142", "language": "klingon"}', 422, "invalid"),
        ("POST", CONTACTS, b" " * (LARGEST_BODY_BYTES + 1), 413, "too_large"),
        ("POST", f"/api/v1/threads/{NOBODYS_ID}/messages", b'{"body": "Hello"}', 404, "not_found"),
        ("POST", f"/api/v1/threads/{NOBODYS_ID}/messages", b'{"body": ""}', 422, "invalid"),
        ("POST", f"/api/v1/threads/{NOBODYS_ID}/messages", b'{"body": "x", "id": "\\u0000"}', 422, "invalid"),
        ("POST", f"/api/v1/threads/{NOBODYS_ID}/messages", json.dumps({"body": "x" * 1601}).encode(), 422, "invalid"),
    ],
)
async def test_what_cannot_be_served_is_answered_with_a_problem(
    api: httpx2.AsyncClient, method: str, path: str, body: bytes | None, status: int, kind: str
) -> None:
    headers = {"content-type": "application/json"} if body is not None else {}

    problem = problem_of(await api.request(method, path, content=body, headers=headers))

    assert (problem["status"], problem["type"]) == (status, f"urn:ringback:problem:{kind}")
    assert problem["instance"] == path.partition("?")[0]


async def test_a_wrong_method_is_told_which_ones_there_are(api: httpx2.AsyncClient) -> None:
    assert (await api.put(CONTACTS)).headers["allow"] == "GET, POST"


async def test_fields_at_fault_are_named_with_what_is_wrong(api: httpx2.AsyncClient) -> None:
    answer = await api.post(CONTACTS, json={"phone": "\x00", "colour": "red"})

    assert problem_of(answer)["errors"] == [
        {"field": "body.phone", "detail": "A text cannot have NUL characters."},
        {"field": "body.colour", "detail": "Extra inputs are not permitted"},
    ]


async def test_a_body_in_small_pieces_has_the_same_limit(api: httpx2.AsyncClient) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY_BYTES // 1000 + 1):
            yield b" " * 1000

    assert problem_of(await api.post(CONTACTS, content=pieces()))["status"] == 413


async def test_a_database_that_is_gone_is_answered_with_503(api: httpx2.AsyncClient, context: Context) -> None:
    context.pool.terminate()

    answer = await api.get("/api/v1/calls")

    assert (problem_of(answer)["status"], answer.headers["retry-after"]) == (503, "5")


async def test_a_bug_of_ours_is_answered_with_a_problem_that_shows_nothing_of_it(
    context: Context, shops: Shops
) -> None:
    app = api_app(context)

    @app.get("/api/v1/broken")
    async def broken() -> None:
        raise LookupError("a secret")

    async with client_of(app, None) as client:
        answer = await client.get("/api/v1/broken")

    assert problem_of(answer)["status"] == 500
    assert "secret" not in answer.text


async def test_what_is_not_the_apis_is_answered_as_it_was(context: Context, shops: Shops) -> None:
    async with client_of(api_app(context), None) as client:
        answer = await client.get("/apiary")

    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
