"""Which addresses outgoing requests may go to: the public internet, and what whoever runs this installation opened.

A name is resolved once, every address it has is checked, and the connection goes to one of those very addresses: a name
that changes its answer between a look and a connection (DNS rebinding) gains nothing.
"""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import UNKNOWN_HOST
from ringback.ports import AddressRefused, NotSent

IpAddress = IPv4Address | IPv6Address
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

# On top of what `ipaddress` calls global: measured on Python 3.11, `is_global` is true for the first line. Ways into
# IPv4 (NAT64, 6to4, Teredo, mapped, compatible), groups, protocols, documentation, private and local use (RFC 6890).
_DENIED = tuple(
    ip_network(text)
    for text in (
        "64:ff9b::/96 2002::/16 224.0.0.0/4 192.0.0.0/24 192.88.99.0/24 168.63.129.16/32 "
        "64:ff9b:1::/48 2001::/23 ::ffff:0:0/96 ::/96 100::/64 2001:db8::/32 3fff::/20 5f00::/16 "
        "fc00::/7 fe80::/10 fec0::/10 ff00::/8 0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 "
        "172.16.0.0/12 192.0.2.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4"
        # The last of the first line is public by its number, yet Azure answers its machines there.
    ).split()
)
# All that was ever given out (IANA); outside of it `is_global` is true for what nobody has, such as ::ffff:0:127.0.0.1.
_GLOBAL_UNICAST = ip_network("2000::/3")
# Names that stand for this machine or this network, whatever a resolver says (RFC 6761, 6762, 8375, 9476; ICANN 2024).
_INNER_DOMAINS = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa")
_METADATA_NAMES = frozenset({"metadata.goog", "metadata.google.com", "instance-data.ec2.amazonaws.com"})
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_NAME = re.compile(rf"(?:{_LABEL}\.)+{_LABEL}")
_PLAIN_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_LONGEST_URL = 2000

# Their own: a name whose answer never comes must not hold up the look-ups of the phone company.
_LOOKERS = ThreadPoolExecutor(4, "look-up")

_UNREADABLE = phrase("This is no plain web address. It should look like https://example.com/hooks, without spaces.")
_NOT_HTTPS = phrase("The address must begin with https://, so that nobody on the way can read what we send.")
_HAS_PASSWORD = phrase("The address holds a name or a password before the @. Leave that part out.")
_OTHER_PORT = phrase("The address names a port. Only the usual one for https (443) can be used.")
_INSIDE = phrase("This address leads into a private network, not to the public internet: nothing is sent there.")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a checked request goes: one of `addresses`, speaking to `host`."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[IpAddress, ...]

    @property
    def host_header(self) -> str:
        """The host as the URL named it, with its port where that is not the usual one."""
        usual = {"https": 443, "http": 80}[self.scheme]
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == usual else f"{name}:{self.port}"

    def url_at(self, address: IpAddress) -> str:
        """The URL with the checked address in place of the name."""
        where = f"[{address}]" if address.version == 6 else str(address)
        return f"{self.scheme}://{where}:{self.port}{self.path}"


@dataclass(frozen=True, slots=True)
class OpenedHosts:
    """What RINGBACK_ALLOWED_HOSTS opens: names as they are, and networks."""

    names: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def has(self, address: IpAddress) -> bool:
        """Return whether an address lies in a network that was opened."""
        return any(address in network for network in self.networks)


def read_opened(text: str) -> OpenedHosts:
    """Return what a list of names, addresses and networks opens; raises ValueError for anything else in it."""
    names, networks = set(), []
    for word in text.replace(",", " ").lower().split():
        if re.fullmatch(r"[0-9.]+(/[0-9]+)?|[0-9a-f.]*:[0-9a-f:.]*(/[0-9]+)?", word):
            networks.append(ip_network(word, strict=False))
        elif re.fullmatch(rf"(?:{_LABEL}\.)*{_LABEL}", word):
            names.add(word)
        else:
            raise ValueError(f"RINGBACK_ALLOWED_HOSTS: {word!r} is no host name, address or network like 10.0.0.0/8.")
    return OpenedHosts(frozenset(names), tuple(networks))


async def resolve(host: str, port: int) -> Sequence[str]:
    """Return every address of a name, in the system's order; raises OSError."""
    found = await asyncio.get_running_loop().run_in_executor(
        _LOOKERS, partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    )
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: IpAddress) -> bool:
    """Return whether an address is of the public internet, and no door into another network."""
    if isinstance(address, IPv6Address) and (address.scope_id is not None or address not in _GLOBAL_UNICAST):
        return False
    return address.is_global and not any(address in network for network in _DENIED)


@dataclass(frozen=True, slots=True)
class AddressPolicy:
    """Checks addresses before anything leaves. `ports` beside 443 are for tests alone."""

    opened: OpenedHosts = field(default_factory=OpenedHosts)
    resolve: Resolve = resolve
    ports: frozenset[int] = frozenset({443})

    async def check(self, url: str) -> Target:
        """Return where a request may go; raises AddressRefused, and NotSent where the name cannot be looked up now."""
        scheme, host, port, path = _read(url)
        literal = _as_address(host)
        is_opened = host in self.opened.names or (literal is not None and self.opened.has(literal))
        if literal is None and not is_opened and _is_inner(host):
            raise AddressRefused(_INSIDE)
        addresses = (literal,) if literal is not None else await self._look_up(host, port)
        if not is_opened:
            is_opened = all(self.opened.has(address) for address in addresses)
        if not is_opened:
            _refuse_what_is_inside(addresses, self.opened)
            _refuse_other_ways(scheme, port, self.ports)
        return Target(scheme, host, port, path, addresses)

    async def _look_up(self, host: str, port: int) -> tuple[IpAddress, ...]:
        try:
            found = await self.resolve(host, port)
        except socket.gaierror as error:
            if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)):
                raise AddressRefused(phrase(UNKNOWN_HOST.msgid, host=host)) from None
            raise NotSent(f"{host} cannot be looked up now") from error
        except (OSError, UnicodeError) as error:
            raise NotSent(f"{host} cannot be looked up now") from error
        if not found:
            raise AddressRefused(phrase(UNKNOWN_HOST.msgid, host=host))
        return tuple(ip_address(text) for text in found)


def _read(url: str) -> tuple[str, str, int, str]:
    """Return scheme, host, port and path; where two parsers could read two things, it is refused."""
    if len(url) > _LONGEST_URL or not re.fullmatch(r"[!-~]+", url) or re.search(r'[\\"<>^`{|}]', url):
        raise AddressRefused(_UNREADABLE)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefused(_UNREADABLE) from None
    if parts.scheme not in ("https", "http"):
        raise AddressRefused(_NOT_HTTPS)
    if "@" in parts.netloc:
        raise AddressRefused(_HAS_PASSWORD)
    host = parts.hostname or ""
    if port == 0 or not _PLAIN_HOST.fullmatch(parts.netloc) or not (_as_address(host) or _is_name(host)):
        raise AddressRefused(_UNREADABLE)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80), path


def _as_address(host: str) -> IpAddress | None:
    # No zone ids, no octal, no short forms: `ip_address` takes only what is written out in full.
    try:
        return None if "%" in host else ip_address(host)
    except ValueError:
        return None


def _is_name(host: str) -> bool:
    """A name whose end is a number is an address to some libraries: 127.1, 0x7f.1, 2130706433."""
    if len(host) > 253 or re.fullmatch(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)", host):
        return False
    return _NAME.fullmatch(host) is not None or re.fullmatch(_LABEL, host) is not None


def _is_inner(host: str) -> bool:
    return "." not in host or host in _METADATA_NAMES or any(f".{host}".endswith(f".{end}") for end in _INNER_DOMAINS)


def _refuse_what_is_inside(addresses: Sequence[IpAddress], opened: OpenedHosts) -> None:
    # One inner address among public ones is how a name is made to look harmless.
    if not all(is_public(address) or opened.has(address) for address in addresses):
        raise AddressRefused(_INSIDE)


def _refuse_other_ways(scheme: str, port: int, ports: frozenset[int]) -> None:
    if scheme != "https":
        raise AddressRefused(_NOT_HTTPS)
    if port not in ports:
        raise AddressRefused(_OTHER_PORT)
