"""Addresses that somebody typed lead to the public internet or nowhere: nothing connects, and a sentence says why."""

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.domain.phrases import Phrase
from ringback.ports import AddressRefused, NotSent
from ringback.wiring.addresses import AddressPolicy, read_opened
from ringback.wiring.http import OutgoingHttp
from tests.wiring.outside import NAME, PUBLIC, Names, get, listening

# {port} is that of a listener on this machine: whatever slipped through would be heard by it.
HOSTILE = """
https://127.0.0.1:{port}/ https://127.0.0.1/ http://127.0.0.1:{port}/ https://127.1:{port}/ https://127.0.1/
https://2130706433:{port}/ https://0x7f000001:{port}/ https://0x7f.0.0.1:{port}/ https://0177.0.0.1:{port}/
https://017700000001:{port}/ https://127.0.0.1.:{port}/ https://0:{port}/ https://0.0.0.0:{port}/ https://127.0.0.2:{port}/
https://0x7f.1/ https://00000177.0.0.1/ https://127.000.000.001:{port}/ https://[::1]:{port}/ https://[::]:{port}/
https://[0:0:0:0:0:0:0:1]:{port}/ https://[::ffff:127.0.0.1]:{port}/ https://[::ffff:7f00:1]:{port}/
https://[::127.0.0.1]:{port}/ https://[64:ff9b::127.0.0.1]/ https://[64:ff9b::7f00:1]:{port}/ https://[2002:7f00:1::]/
https://[2001:0:7f00:1::1]/ https://[fe80::1]:{port}/ https://[fe80::1%25lo]:{port}/ https://[::1%25lo]:{port}/
https://[fc00::1]/ https://[fd00:ec2::254]/ https://[ff02::1]/ https://[2001:db8::1]/ https://[::1]x:{port}/
https://[127.0.0.1]:{port}/ https://[v1.127.0.0.1]/ https://x[::1]:{port}/ https://localhost:{port}/ https://LOCALHOST:{port}/
https://localhost.:{port}/ https://a.localhost:{port}/ https://localhost.localdomain/ https://printer.local/ https://nas.lan/
https://router.home.arpa/ https://db:5432/ https://ringback/ https://metadata.google.internal/computeMetadata/v1/
https://169.254.169.254/latest/meta-data/ https://169.254.169.254.:{port}/ https://0xa9fea9fe/ https://2852039166/
https://metadata.goog/ https://100.100.100.200/ https://168.63.129.16/ https://192.0.0.192/ https://10.0.0.1/
https://172.16.0.1/ https://192.168.1.1/ https://100.64.0.1/ https://192.0.0.8/ https://192.88.99.1/ https://198.18.0.1/
https://203.0.113.5/ https://224.0.0.1/ https://240.0.0.1/ https://255.255.255.255/ https://hooks.example.com@127.0.0.1:{port}/
https://a:b@hooks.example.com/ https://hooks.example.com:{port}@127.0.0.1/ https://127.0.0.1:{port}\\@hooks.example.com/
https://hooks.example.com\\.127.0.0.1/ https://127.0.0.1:{port}#@hooks.example.com/ https://127.0.0.1:{port}?@hooks.example.com/
https://hooks.example.com:0/ https://hooks.example.com:99999/ https://hooks.example.com:/ https://hooks.example.com:22/
http://hooks.example.com/ ftp://hooks.example.com/ file:///etc/passwd gopher://127.0.0.1:{port}/ javascript:alert(1)
data:text/plain,x //hooks.example.com/ hooks.example.com https:hooks.example.com https:///hooks.example.com https://
https://%31%32%37.0.0.1/ https://127%2e0%2e0%2e1:{port}/ https://-hooks.example.com/ https://hooks..example.com/
""".split()
# What a line of a table cannot hold: spaces, line ends, other scripts.
HOSTILE += [
    "https://127\uff0e0\uff0e0\uff0e1:{port}/",
    "https://127\u30020\u30020\u30021:{port}/",
    "https://\u2460\u2461\u2466.0.0.1:{port}/",
    "https://\u24db\u24de\u24d2\u24d0\u24db\u24d7\u24de\u24e2\u24e3:{port}/",
    "https://hooks.example.com\u200b/",
    "https://localhost\u3002:{port}/",
    " https://127.0.0.1:{port}/",
    "https://127.0.0.1 .example.com/",
    "https://hooks.example.com/\r\nHost: 127.0.0.1",
    "https://127.0.0.1\t:{port}/",
    "https://hooks.example.com\x00.127.0.0.1/",
    "https://" + "a." * 200 + "example.com/",
    "https://hooks.example.com/" + "a" * 3000,
    "",
]
# Names that look harmless, and where they lead.
TURNED = {
    "loopback.example.com": ["127.0.0.1"],
    "six.example.com": ["::1"],
    "mapped.example.com": ["::ffff:127.0.0.1"],
    "nat64.example.com": ["64:ff9b::7f00:1"],
    "sixtofour.example.com": ["2002:7f00:1::"],
    "teredo.example.com": ["2001:0:7f00:1::1"],
    "cloud.example.com": ["169.254.169.254"],
    "lan.example.com": ["192.168.1.20"],
    "carrier.example.com": ["100.64.1.1"],
    "any.example.com": ["0.0.0.0"],  # noqa: S104  # where a name leads, nothing that we listen on
    "zone.example.com": ["fe80::1%lo"],
    "mixed.example.com": [PUBLIC, "127.0.0.1"],
    "mixed-last.example.com": [PUBLIC, "2606:2800:220:1::1", "10.0.0.7"],
}


def world(**more: list[str]) -> Names:
    """A name server that knows the harmless and the turned names."""
    names = Names()
    for name, addresses in {NAME: [PUBLIC], **TURNED, **more}.items():
        names.says(name, addresses)
    return names


async def refusal(url: str, policy: AddressPolicy | None = None) -> str:
    """Return the sentence that an address is refused with."""
    with pytest.raises(AddressRefused) as refused:
        await (policy or AddressPolicy(resolve=world().resolve)).check(url)
    assert isinstance(refused.value.sentence, Phrase)
    return refused.value.sentence


def test_the_tables_hold_well_over_forty_hostile_addresses() -> None:
    assert len(set(HOSTILE)) >= 100
    assert len(TURNED) >= 12


async def test_no_hostile_address_makes_a_connection_and_each_is_refused_in_words() -> None:
    async with listening() as heard:
        # The listener's port counts as usual, so that it is the address alone that is refused.
        policy = AddressPolicy(resolve=world().resolve, ports=frozenset({443, heard.port}))
        http = OutgoingHttp(policy=policy)
        urls = [url.replace("{port}", str(heard.port)) for url in HOSTILE]
        urls += [f"https://{name}:{heard.port}/" for name in TURNED]
        through, sentences = [], set()
        for url in urls:
            try:
                await http.send(get(url))
                through.append(url)
            except AddressRefused as refused:
                sentences.add(refused.sentence.msgid)
        assert through == []
        # Whole sentences for an owner, each with its own advice.
        assert len(sentences) >= 5
        assert all(sentence.endswith((".", "sent there.")) and len(sentence) > 40 for sentence in sentences)
        assert heard.connections == 0
        # And it does hear: whoever runs the installation may well go there.
        await http.send(get(f"http://127.0.0.1:{heard.port}/", trusted=True))
        assert heard.connections == 1
        await http.close()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://192.168.1.1/", "private network"),
        ("https://mixed.example.com/", "private network"),
        ("http://hooks.example.com/", "https://"),
        ("https://hooks.example.com:8443/", "port"),
        ("https://olga:secret@hooks.example.com/", "before the @"),
        ("https://hooks.exmaple.com/", "Nobody knows the name hooks.exmaple.com"),
        ("hooks.example.com", "https://"),
        ("https://hooks .example.com/", "no plain web address"),
    ],
)
async def test_the_sentence_says_what_is_wrong(url: str, words: str) -> None:
    sentence = await refusal(url)

    assert words in sentence
    assert "secret" not in sentence


async def test_a_public_name_is_looked_up_once_and_all_its_addresses_are_kept() -> None:
    names = world()
    names.says(NAME, [PUBLIC, "2606:2800:220:1::1"])

    target = await AddressPolicy(resolve=names.resolve).check(f"https://{NAME.upper()}/in?x=1#part")

    assert [str(address) for address in target.addresses] == [PUBLIC, "2606:2800:220:1::1"]
    assert [target.url_at(address) for address in target.addresses] == [
        f"https://{PUBLIC}:443/in?x=1",
        "https://[2606:2800:220:1::1]:443/in?x=1",
    ]
    assert (target.host, target.host_header, names.asked) == (NAME, NAME, [NAME])


async def test_what_the_operator_opens_may_be_inside_and_without_tls() -> None:
    opened = read_opened("n8n, 10.1.0.0/16  192.168.7.7 automation.example.com")
    names = world(n8n=["172.18.0.4"], **{"automation.example.com": ["10.9.9.9"], "ten.example.com": ["10.1.2.3"]})
    policy = AddressPolicy(opened, names.resolve)

    for url in (
        *("http://n8n:5678/hook", "https://automation.example.com:8443/", "http://ten.example.com:81/"),
        *("http://10.1.255.1/", "http://192.168.7.7:8080/x"),
    ):
        assert (await policy.check(url)).addresses
    for url in ("http://10.2.0.1/", "http://192.168.7.8/", "http://x.n8n/", "https://loopback.example.com/"):
        await refusal(url, policy)


async def test_a_name_that_leads_to_opened_and_inner_addresses_is_refused() -> None:
    names = world(**{"half.example.com": ["10.1.2.3", "10.2.2.3"], "open.example.com": ["10.1.2.3", PUBLIC]})
    policy = AddressPolicy(read_opened("10.1.0.0/16"), names.resolve)

    assert "private network" in await refusal("https://half.example.com/", policy)
    assert len((await policy.check("https://open.example.com/")).addresses) == 2


@pytest.mark.parametrize("text", ["http://n8n", "10.0.0.0/99", "a b@c", "*.example.com", "fe80::1%lo"])
def test_a_setting_that_is_no_host_stops_the_start(text: str) -> None:
    with pytest.raises(ValueError, match=r"RINGBACK_ALLOWED_HOSTS|network"):
        read_opened(text)


async def test_a_name_server_that_is_away_refuses_nothing_for_ever() -> None:
    async def away(host: str, port: int) -> Sequence[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    http = OutgoingHttp(policy=AddressPolicy(resolve=away))

    with pytest.raises(NotSent, match="cannot be looked up now") as caught:
        await http.send(get("https://hooks.example.com/"))
    assert not isinstance(caught.value, AddressRefused)
    assert await http.check_address("https://hooks.example.com/") is None
    assert "private network" in str(await http.check_address("https://10.0.0.1/"))
    await http.close()


async def test_the_system_itself_is_asked_where_nothing_else_is_said() -> None:
    # "localhost" is known everywhere, even without a network.
    policy = AddressPolicy(read_opened("localhost"))

    assert (await policy.check("http://localhost:81/")).addresses[0].is_loopback


INNER = st.sampled_from(["127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"]).flatmap(
    lambda network: st.ip_addresses(v=4, network=network)
)


@settings(max_examples=150, deadline=None)
@given(INNER)
async def test_no_way_of_writing_an_inner_address_is_let_through(address: IPv4Address) -> None:
    number, parts = int(address), str(address).split(".")
    sixth = f"{number >> 16:x}:{number & 0xFFFF:x}"
    forms = [
        *(str(address), str(number), hex(number), f"0{number:o}", ".".join(f"0{int(part):o}" for part in parts)),
        *(".".join(hex(int(part)) for part in parts), f"{parts[0]}.{number & 0xFFFFFF}", f"{address}."),
        *(f"[::ffff:{address}]", f"[::{address}]", f"[64:ff9b::{address}]", f"[64:ff9b:1::{address}]"),
        *(f"[2002:{sixth}::]", f"[2002:{sixth}:1::1]", f"[2001:0:{sixth}::1]", f"[::ffff:0:{address}]"),
    ]
    names = Names()
    for form in forms:
        with pytest.raises(AddressRefused):
            await AddressPolicy(resolve=names.resolve).check(f"https://{form}/")
    # Nothing that looks like a number is ever given to a name server, which may read it as one.
    assert names.asked == []


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "1.1.1.1", "93.184.216.34", "[2606:4700:4700::1111]", "[2001:4860:4860::8888]", "[2a00:1450::1]"],
)
async def test_addresses_of_the_public_internet_are_not_refused(address: str) -> None:
    target = await AddressPolicy().check(f"https://{address}/hooks")

    assert [str(found) for found in target.addresses] == [address.strip("[]")]
