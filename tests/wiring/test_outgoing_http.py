"""The one HTTP client: it connects to what was checked, believes the host's own name alone, and reads what it asked."""

import gzip
import ssl
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from ringback.ports import AddressRefused, HttpRequest, NoAnswer, NotSent
from ringback.wiring.addresses import AddressPolicy, read_opened
from ringback.wiring.http import OutgoingHttp, open_http
from tests.wiring.outside import NAME, PUBLIC, Detour, Listener, Names, certificate, get, listening

ALONE = httpx2.Limits(max_keepalive_connections=0)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The certificate of hooks.example.com, and who believes it."""
    return certificate(tmp_path_factory.mktemp("tls"), NAME)


@pytest.fixture
async def shop(papers: tuple[ssl.SSLContext, ssl.SSLContext]) -> AsyncIterator[Listener]:
    """The server of hooks.example.com."""
    async with listening(papers[0]) as server:
        yield server


def way_to(
    server: Listener, papers: tuple[ssl.SSLContext, ssl.SSLContext], names: Names
) -> tuple[OutgoingHttp, Detour]:
    """A client whose connections to the outside end at `server`, and the note of where they were to go."""
    detour = Detour(server.port, httpx2.AsyncHTTPTransport(verify=papers[1], trust_env=False, limits=ALONE))
    return OutgoingHttp(policy=AddressPolicy(resolve=names.resolve), outside=detour), detour


async def test_a_public_address_is_reached_at_the_address_that_was_checked(
    shop: Listener, papers: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    names = Names()
    names.says(NAME, [PUBLIC], ["127.0.0.1"])
    http, detour = way_to(shop, papers, names)

    answer = await http.send(HttpRequest("POST", f"https://{NAME}/in?x=1", body=b"{}"))

    assert (answer.status, answer.body) == (200, b"ok")
    # The second answer of the name server, this machine, was never asked for.
    assert (detour.went, names.asked) == ([f"https://{PUBLIC}/in?x=1"], [NAME])
    assert shop.requests[0].startswith(b"POST /in?x=1 HTTP/1.1\r\n")
    assert f"host: {NAME}\r\n".encode() in shop.requests[0].lower()
    await http.close()


async def test_a_name_that_changes_to_this_machine_is_refused_at_the_next_request(
    shop: Listener, papers: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    names = Names()
    names.says(NAME, [PUBLIC], ["127.0.0.1"])
    http, detour = way_to(shop, papers, names)

    await http.send(get(f"https://{NAME}/"))
    with pytest.raises(AddressRefused):
        await http.send(get(f"https://{NAME}/"))

    assert (len(detour.went), shop.connections) == (1, 1)
    await http.close()


async def test_tls_holds_the_server_to_the_name_that_was_asked(
    shop: Listener, papers: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    names = Names()
    names.says("other.example.com", [PUBLIC])
    http, _ = way_to(shop, papers, names)

    with pytest.raises(NotSent, match="CERTIFICATE_VERIFY_FAILED"):
        await http.send(get("https://other.example.com/"))

    assert shop.requests == []
    await http.close()


async def test_the_next_address_is_tried_where_one_does_not_answer(
    shop: Listener, papers: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    class Deaf(httpx2.AsyncBaseTransport):
        """Connects to one address alone."""

        async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
            if request.url.host != PUBLIC:
                raise httpx2.ConnectError("no answer")
            return await detour.handle_async_request(request)

    names = Names()
    names.says(NAME, ["2606:2800:220:1::1", PUBLIC])
    _, detour = way_to(shop, papers, names)
    http = OutgoingHttp(policy=AddressPolicy(resolve=names.resolve), outside=Deaf())

    assert (await http.send(get(f"https://{NAME}/"))).status == 200
    await http.close()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_an_answer_and_never_followed(
    shop: Listener, papers: tuple[ssl.SSLContext, ssl.SSLContext], status: int
) -> None:
    async with listening() as inside:
        names = Names()
        names.says(NAME, [PUBLIC])
        http, _ = way_to(shop, papers, names)
        place = f"http://127.0.0.1:{inside.port}/secrets"
        shop.answer = f"HTTP/1.1 {status} Go\r\nlocation: {place}\r\ncontent-length: 0\r\n\r\n".encode()

        answer = await http.send(get(f"https://{NAME}/", auth=("olga", "pw")))

        assert (answer.status, answer.headers["location"]) == (status, place)
        with pytest.raises(AddressRefused):
            await http.send(get(place))
        assert inside.connections == 0
        await http.close()


async def test_cookies_are_not_kept_for_whoever_shares_the_address(
    shop: Listener, papers: tuple[ssl.SSLContext, ssl.SSLContext]
) -> None:
    names = Names()
    names.says(NAME, [PUBLIC])
    http, _ = way_to(shop, papers, names)
    shop.answer = b"HTTP/1.1 200 OK\r\nset-cookie: shop=harbor\r\ncontent-length: 0\r\n\r\n"

    await http.send(get(f"https://{NAME}/"))
    await http.send(get(f"https://{NAME}/"))

    assert len(shop.requests) == 2
    assert b"cookie" not in shop.requests[1].lower()
    await http.close()


async def test_a_proxy_in_the_environment_is_not_for_what_people_typed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with listening() as proxy, listening() as server:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", "")
        http = OutgoingHttp(policy=AddressPolicy(read_opened("127.0.0.1")))

        await http.send(get(f"http://127.0.0.1:{server.port}/"))

        assert (proxy.connections, server.connections) == (0, 1)
        await http.close()


async def test_the_operators_proxy_is_used_for_them_and_for_nothing_that_is_trusted() -> None:
    async with listening() as proxy, listening() as server:
        http = open_http("127.0.0.0/8", f"http://127.0.0.1:{proxy.port}")

        await http.send(get(f"http://127.0.0.1:{server.port}/", trusted=True))
        assert (proxy.connections, server.connections) == (0, 1)
        await http.send(get(f"http://127.0.0.1:{server.port}/"))
        assert (proxy.connections, server.connections) == (1, 1)
        with pytest.raises(AddressRefused):
            await http.send(get("https://10.0.0.1/"))
        assert proxy.connections == 1
        await http.close()


def _packed(body: bytes, coding: str) -> bytes:
    head = f"HTTP/1.1 200 OK\r\ncontent-encoding: {coding}\r\ncontent-length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _answer_to(answer: bytes, **more: object) -> bytes:
    async with listening() as server:
        server.answer = answer
        http = OutgoingHttp()
        try:
            return (await http.send(get(f"http://127.0.0.1:{server.port}/", trusted=True, **more))).body
        finally:
            await http.close()


async def test_a_packed_answer_is_unpacked() -> None:
    assert await _answer_to(_packed(gzip.compress(b"hello" * 50), "gzip")) == b"hello" * 50
    assert await _answer_to(_packed(zlib.compress(b"hello"), "deflate")) == b"hello"


async def test_a_bomb_is_not_unpacked_further_than_the_limit() -> None:
    bomb = _packed(gzip.compress(b"\0" * 20_000_000), "gzip")

    with pytest.raises(NoAnswer, match="larger than 16 MB"):
        await _answer_to(bomb)
    assert await _answer_to(bomb, most_bytes=100, rest_matters=False) == b"\0" * 100


@pytest.mark.parametrize(
    "answer",
    [_packed(b"no gzip at all", "gzip"), _packed(b"x", "br"), _packed(b"x", "gzip, gzip"), b"HTTP/9 hello\r\n\r\n"],
)
async def test_an_answer_that_cannot_be_read_is_no_answer(answer: bytes) -> None:
    with pytest.raises(NoAnswer):
        await _answer_to(answer)


async def test_an_answer_without_an_end_is_cut_where_its_rest_does_not_matter() -> None:
    endless = b"HTTP/1.1 200 OK\r\ncontent-length: 99999999\r\n\r\n" + b"x" * 4000

    assert await _answer_to(endless, most_bytes=2000, rest_matters=False) == b"x" * 2000


def test_the_settings_are_read_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="RINGBACK_ALLOWED_HOSTS"):
        open_http("https://n8n", None)
