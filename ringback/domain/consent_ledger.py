"""The consent ledger: what a contact did, heard and refused, and how its chain of hashes is checked."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID


class ConsentKind(StrEnum):
    """What an entry of the ledger says; `expired` notes that entries were kept long enough and are gone."""

    CALLED = "called"
    TEXTED_US = "texted_us"
    ASKED = "asked"
    TEXT_SENT = "text_sent"
    OPTED_OUT = "opted_out"
    OPTED_IN = "opted_in"
    SUPPRESSED = "suppressed"
    ERASED = "erased"
    DISCLOSED = "disclosed"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """One thing that happened between a contact and the business.

    `words`: how it was said, or what was sent; `wording_version`: a wording's name and a hash of its body;
    `source`: where we know it from; `line`: our number; `reference`: the provider's id of the call or text.
    """

    contact_id: UUID | None
    phone: str
    kind: ConsentKind
    words: str | None = None
    wording_version: str | None = None
    rule_version: str | None = None
    source: str = "ringback"
    line: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class SealedEntry:
    """An entry as it is stored, with what its hash covers besides."""

    entry: ConsentEntry
    at: datetime
    salt: UUID


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain. `sealed` is None where the entry was erased, or was kept long enough and is gone."""

    position: int
    entry_id: UUID
    contact_id: UUID | None
    kind: ConsentKind
    at: datetime
    content_hash: str
    hash: str
    sealed: SealedEntry | None


# 47 CFR 64.1200(d)(6): five years; Virginia has a STOP honoured for ten from 2026 on. consent_kept() says the same.
_TEN_YEARS = frozenset(
    [
        ConsentKind.OPTED_OUT,
        ConsentKind.OPTED_IN,
        ConsentKind.SUPPRESSED,
        ConsentKind.ERASED,
        ConsentKind.EXPIRED,
    ]
)


def kept_years(kind: ConsentKind) -> int:
    """Return how many years entries of a kind are kept."""
    return 10 if kind in _TEN_YEARS else 5


def years_before(at: datetime, years: int) -> datetime:
    """Return the same instant some years earlier; of 29 February, the 28th."""
    day = 28 if (at.month, at.day) == (2, 29) else at.day
    return at.replace(year=at.year - years, day=day)


def hash_fields(fields: Iterable[str | None]) -> str:
    """Return the SHA-256 (hex) of fields, each written with its length in bytes before it and null as "-"."""
    written = b"".join(b"-," if field is None else _netstring(field.encode()) for field in fields)
    return hashlib.sha256(written).hexdigest()


def _netstring(data: bytes) -> bytes:
    return b"%d:%b," % (len(data), data)


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _id(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def hash_content(sealed: SealedEntry) -> str:
    """Return the hash of all that an entry says."""
    entry = sealed.entry
    says = (entry.phone, entry.words, entry.wording_version, entry.rule_version, entry.source)
    about = (str(sealed.salt), entry.kind, _instant(sealed.at), _id(entry.contact_id))
    return hash_fields((*about, *says, entry.line, entry.reference))


def hash_link(link: Link, previous: str | None) -> str:
    """Return the hash of a link after the link with the hash `previous`; None for the first."""
    about = (str(link.position), str(link.entry_id), _id(link.contact_id), link.kind, _instant(link.at))
    return hash_fields((previous, *about, link.content_hash))


def wording_version(name: str, body: str) -> str:
    """Return the name of a wording with a short hash of its words, merge fields unfilled."""
    return f"{name}@{hash_fields([body])[:12]}"


class Broken(StrEnum):
    """What can be wrong with a chain."""

    GAP = "gap"
    CHANGED_LINK = "changed_link"
    CHANGED_ENTRY = "changed_entry"
    MISSING_ENTRY = "missing_entry"
    MISSING_END = "missing_end"
    UNCHAINED = "unchained"


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain is broken, and how."""

    position: int
    how: Broken


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What the ledger itself says is gone: who was erased (by the last position that says so), and until when."""

    erased: dict[UUID, int]
    expired_at: datetime | None

    def allows(self, link: Link) -> bool:
        """Return whether the entry of a link may be gone."""
        if link.contact_id is not None and self.erased.get(link.contact_id, 0) > link.position:
            return True
        return self.expired_at is not None and link.at < years_before(self.expired_at, kept_years(link.kind))


class ChainCheck:
    """Checks a chain link by link, so that a ledger of millions needs no memory; `breaks` holds what it found."""

    def __init__(self, forgetting: Forgetting) -> None:
        self.breaks: list[Break] = []
        self.position = 0
        self.head: str | None = None
        self.gone = 0
        self._forgetting = forgetting

    def take(self, link: Link) -> None:
        """Check the next link; positions rise."""
        if link.position != self.position + 1:
            self._found(self.position + 1, Broken.GAP)
        elif link.hash != hash_link(link, self.head):
            self._found(link.position, Broken.CHANGED_LINK)
        if link.sealed is None:
            self.gone += 1
            if not self._forgetting.allows(link):
                self._found(link.position, Broken.MISSING_ENTRY)
        elif hash_content(link.sealed) != link.content_hash or not _agree(link, link.sealed):
            self._found(link.position, Broken.CHANGED_ENTRY)
        # Going on from what is written: one break is one finding, and not as many as there are links after it.
        self.position, self.head = link.position, link.hash

    def expect(self, position: int, hash_: str, found: str | None) -> None:
        """Compare with a position and hash noted earlier; `found` is the hash that stands there now."""
        if found is None:
            self._found(position, Broken.MISSING_END)
        elif found != hash_:
            self._found(position, Broken.CHANGED_LINK)

    def unchained(self, entries: int) -> None:
        """Note entries that no link is for."""
        if entries:
            self._found(self.position, Broken.UNCHAINED)

    def _found(self, position: int, how: Broken) -> None:
        self.breaks.append(Break(position, how))


def _agree(link: Link, sealed: SealedEntry) -> bool:
    entry = sealed.entry
    return (link.contact_id, link.kind, link.at) == (entry.contact_id, entry.kind, sealed.at)
