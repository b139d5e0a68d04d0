"""What no request may be: for another host, by another method, too much, too slow, or two in one."""

import asyncio

import httpx2
import pytest
from structlog.testing import capture_logs

from ringback.web import connections, limits
from tests.patience import PATIENCE_SECONDS
from tests.web.security.served import Served, browser_of

OTHER_HOSTS = (
    "evil.example", "127.0.0.1.evil.example", "evil.example:8400", "localhost.evil.example", "10.0.0.8", "",
    "a@localhost", "localhost/x", "[::ffff:10.0.0.8]", "0x7f.1",
)  # fmt: skip
# Where a request ends, two servers in a row could see differently (request smuggling).
AMBIGUOUS = (
    b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    b"Content-Length: 5\r\nContent-Length: 6\r\n",
    b"Transfer-Encoding: chunked, identity\r\n",
    b"Transfer-Encoding : chunked\r\n",
    b"X: a\rb\r\n",
)


def _asking(host: str, path: str = "/sign-in", more: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n".encode("latin-1")


async def _status(served: Served, request: bytes) -> int:
    answer = await served.raw(request)
    return int(answer.split(b" ", 2)[1])


async def test_a_request_for_another_host_is_refused(served: Served) -> None:
    refused = {host: await _status(served, _asking(host)) for host in OTHER_HOSTS}

    assert {host: status for host, status in refused.items() if status != 421} == {}


async def test_the_hosts_of_this_installation_are_served(served: Served) -> None:
    public = served.site.context.public_url.partition("://")[2]

    for host in (f"127.0.0.1:{served.port}", "localhost", "localhost:9999", "[::1]:8400", public):
        assert await _status(served, _asking(host)) == 200, host


async def test_two_hosts_are_none_and_forwarded_ones_are_never_read(served: Served) -> None:
    two = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    forwarded = _asking("evil.example", more="X-Forwarded-Host: localhost\r\nForwarded: host=localhost\r\n")

    assert await _status(served, two) == 421
    assert await _status(served, forwarded) == 421


async def test_monitors_and_phone_companies_come_by_any_name(served: Served) -> None:
    assert await _status(served, _asking("ringback-web.internal:8400", "/healthz")) == 200
    assert await _status(served, _asking("ringback-web.internal", "/hooks/nothing/voice")) == 404


async def test_a_client_of_another_machine_cannot_say_where_it_comes_from(served: Served) -> None:
    headers = {"x-forwarded-for": "203.0.113.9", "x-forwarded-proto": "https", "x-real-ip": "203.0.113.9"}
    async with browser_of(served, **headers) as stranger:
        # The tests run on this machine, which is believed as a proxy would be; X-Real-IP is believed of nobody.
        with capture_logs() as lines:
            await stranger.post("/sign-in", data={"email": "a@b.example", "password": "x" * 12})

    assert {line["address"] for line in lines if line["event"] == "sign_in"} == {"203.0.113.9"}


async def test_a_method_nothing_here_uses_is_refused(served: Served) -> None:
    async with browser_of(served) as client:
        answers = [await client.request(method, "/sign-in") for method in ("TRACE", "OPTIONS", "PROPFIND")]

    assert [answer.status_code for answer in answers] == [405, 405, 405]
    assert "host" not in answers[0].text.lower(), "TRACE would send back what a browser was sent"


async def test_a_method_cannot_be_overridden_by_a_header_or_a_field(served: Served) -> None:
    token = await served.site.session(served.site.shops.harbor)
    async with browser_of(served, token) as olga:
        by_header = await olga.get("/sign-out", headers={"x-http-method-override": "POST"})
        by_field = await olga.get("/sign-out?_method=POST")
        still = await olga.get("/me")

    assert (by_header.status_code, by_field.status_code, still.status_code) == (405, 405, 200)


async def test_an_address_or_a_length_that_makes_no_sense_is_refused(served: Served) -> None:
    assert await _status(served, _asking("localhost", "/sign-in?next=" + "x" * 9000)) == 414
    huge = _asking("localhost", more=f"Content-Length: {limits.LARGEST_BODY_BYTES + 1}\r\n")
    assert await _status(served, huge) == 413
    assert await _status(served, _asking("localhost", more="Content-Length: -1\r\n")) == 400
    assert await _status(served, _asking("localhost", more=f"Content-Length: {'9' * 30}\r\n")) == 400


async def test_too_many_headers_or_too_much_of_them_is_refused(served: Served) -> None:
    many = "".join(f"X-{number}: y\r\n" for number in range(connections.MOST_HEADERS + 1))
    assert await _status(served, _asking("localhost", more=many)) == 400

    endless = b"GET /sign-in HTTP/1.1\r\nX-Long: " + b"y" * (connections.LARGEST_HEAD_BYTES + 1)
    assert await _status(served, endless) == 400


async def test_a_head_that_drips_is_cut_off(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.2)

    assert await served.raw(b"GET /sign-in HTTP/1.1\r\nHost: loc") == b""


async def test_a_body_that_drips_is_cut_off(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.2)
    head = f"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nOrigin: {served.url}\r\nSec-Fetch-Site: same-origin\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\nemail="

    answer = await served.raw((head.replace(served.url, "http://localhost") + form).encode())

    assert answer.startswith(b"HTTP/1.1 408")
    assert b"connection: close" in answer


async def test_a_live_page_is_no_slow_body(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.1)
    token = await served.site.session(served.site.shops.harbor)
    async with browser_of(served, token) as olga, olga.stream("GET", "/events?page=threads") as stream:
        lines = stream.aiter_lines()
        await anext(lines)
        # Longer than a body may take: what happens then must still arrive.
        await asyncio.sleep(0.3)
        await served.site.write("Are you still there?")
        assert await anext((line async for line in lines if "Are you still there?" in line), None)


async def test_a_request_whose_end_two_readers_could_see_differently_is_refused(served: Served) -> None:
    behind = b"Connection: close\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n"

    assert [await _status(served, head + lines + behind) for lines in AMBIGUOUS] == [400] * len(AMBIGUOUS)


async def test_nothing_here_speaks_websockets(served: Served) -> None:
    upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n"

    answer = await served.raw(_asking("localhost", "/events", upgrade))

    assert not answer.startswith(b"HTTP/1.1 101")


async def test_fields_beyond_what_a_form_has_are_refused(served: Served) -> None:
    async with browser_of(served) as client:
        too_many = await client.post("/sign-in", data={f"f{number}": "x" for number in range(60)})
        too_long = await client.post("/sign-in", data={"email": "x" * 70_000})
        nul = await client.post("/sign-in", data={"email": "a\0b", "password": "x"})

    assert (too_many.status_code, too_long.status_code, nul.status_code) == (400, 413, 400)


async def test_of_a_name_sent_twice_one_value_counts_and_the_query_counts_for_nothing(served: Served) -> None:
    async with browser_of(served) as client:
        body = "email=first%40x.example&email=last%40x.example&password=wrong-wrong-wrong"
        form = {"content-type": "application/x-www-form-urlencoded"}
        answer = await client.post("/sign-in?email=query%40x.example", content=body, headers=form)

    assert 'value="last@x.example"' in answer.text
    assert "first@x.example" not in answer.text
    assert "query@x.example" not in answer.text


async def test_refusals_are_logged_with_where_they_came_from_and_no_key(served: Served) -> None:
    with capture_logs() as lines:
        await _status(served, _asking("evil.example", "/book/harbor/bookings/a-secret-key"))
        async with browser_of(served, origin="https://evil.example") as stranger:
            await stranger.post("/sign-in", data={})

    told = [line for line in lines if line["event"] == "request_refused"]
    assert [line["status"] for line in told] == [421, 403]
    assert {line["address"] for line in told} == {"127.0.0.1"}
    assert "a-secret-key" not in str(told)


async def test_http_is_answered_as_it_is_and_never_redirected_elsewhere(served: Served) -> None:
    async with httpx2.AsyncClient(base_url=served.url, timeout=PATIENCE_SECONDS) as program:
        answers = [await program.get(path) for path in ("/api/v1/calls", "/hooks/x/voice", "/healthz")]

    assert [answer.status_code for answer in answers] == [401, 404, 200]
