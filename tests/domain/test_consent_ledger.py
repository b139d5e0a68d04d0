"""The chain of the consent ledger: what a check of it finds, and what may be missing from it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from ringback.domain.consent_ledger import (
    Broken,
    ChainCheck,
    ConsentEntry,
    ConsentKind,
    Forgetting,
    Link,
    SealedEntry,
    hash_content,
    hash_fields,
    hash_link,
    kept_years,
    wording_version,
    years_before,
)
from tests.cast import CARLA, NOON

CONTACT = UUID(int=7)
NOTHING_GONE = Forgetting({}, None)


def chain(*kinds: ConsentKind, at: datetime = NOON) -> list[Link]:
    """Return a whole chain with entries of these kinds, a minute apart."""
    links: list[Link] = []
    for n, kind in enumerate(kinds):
        entry = ConsentEntry(CONTACT, CARLA, kind, f"words {n}", source="text")
        sealed = SealedEntry(entry, at + timedelta(minutes=n), UUID(int=100 + n))
        link = Link(n + 1, UUID(int=n), CONTACT, kind, sealed.at, hash_content(sealed), "", sealed)
        links.append(replace(link, hash=hash_link(link, links[-1].hash if links else None)))
    return links


def check(links: list[Link], forgetting: Forgetting = NOTHING_GONE) -> list[tuple[int, Broken]]:
    """Return what is found wrong with a chain."""
    checked = ChainCheck(forgetting)
    for link in links:
        checked.take(link)
    return [(one.position, one.how) for one in checked.breaks]


STORY = (ConsentKind.CALLED, ConsentKind.TEXT_SENT, ConsentKind.OPTED_OUT, ConsentKind.CALLED)


def test_a_chain_as_it_was_written_is_whole() -> None:
    assert check(chain(*STORY)) == []
    assert check([]) == []


@pytest.mark.parametrize(
    "change",
    [
        {"words": "something else"},
        {"phone": "+13125550199"},
        {"words": None},
        {"source": "keyword"},
        {"wording_version": "missed@1"},
        {"reference": "CA1"},
        {"contact_id": None},
    ],
)
def test_an_entry_that_was_changed_is_found_where_it_stands(change: dict[str, object]) -> None:
    links = chain(*STORY)
    sealed = links[2].sealed
    assert sealed is not None
    links[2] = replace(links[2], sealed=replace(sealed, entry=replace(sealed.entry, **change)))  # type: ignore[arg-type]

    assert check(links) == [(3, Broken.CHANGED_ENTRY)]


def test_an_entry_rewritten_with_its_hashes_is_found_at_the_next_link() -> None:
    links = chain(*STORY)
    forged = chain(*STORY[:2], ConsentKind.CALLED)[2]
    links[2] = forged

    assert check(links) == [(4, Broken.CHANGED_LINK)]


def test_a_link_that_was_cut_out_leaves_a_gap() -> None:
    links = chain(*STORY)

    assert check([*links[:1], *links[2:]]) == [(2, Broken.GAP)]


def test_an_end_that_was_cut_off_is_found_by_whoever_noted_it() -> None:
    links = chain(*STORY)
    checked = ChainCheck(NOTHING_GONE)
    for link in links[:2]:
        checked.take(link)
    checked.expect(4, links[3].hash, None)
    checked.expect(2, links[1].hash, links[1].hash)
    checked.expect(1, "another", links[0].hash)

    assert [(one.position, one.how) for one in checked.breaks] == [*((4, Broken.MISSING_END), (1, Broken.CHANGED_LINK))]


def test_entries_without_a_link_are_told_of() -> None:
    checked = ChainCheck(NOTHING_GONE)
    checked.unchained(0)
    checked.unchained(2)

    assert [one.how for one in checked.breaks] == [Broken.UNCHAINED]


def gone(links: list[Link], place: int) -> list[Link]:
    return [replace(link, sealed=None) if n == place else link for n, link in enumerate(links)]


def test_an_entry_may_be_missing_only_where_the_ledger_itself_says_why() -> None:
    links = gone(chain(*STORY), 1)

    assert check(links) == [(2, Broken.MISSING_ENTRY)]
    assert check(links, Forgetting({CONTACT: 3}, None)) == []
    assert check(links, Forgetting({CONTACT: 1}, None)) == [(2, Broken.MISSING_ENTRY)], "erased before it was written"
    assert check(links, Forgetting({UUID(int=8): 3}, None)) == [(2, Broken.MISSING_ENTRY)], "somebody else was erased"


def test_an_old_entry_may_be_missing_after_the_years_of_its_kind() -> None:
    called, opted_out = gone(chain(*STORY), 0), gone(chain(*STORY), 2)
    five, ten = NOON.replace(year=NOON.year + 5), NOON.replace(year=NOON.year + 10)
    later = timedelta(hours=1)

    assert check(called, Forgetting({}, five)) == [(1, Broken.MISSING_ENTRY)]
    assert check(called, Forgetting({}, five + later)) == []
    assert check(opted_out, Forgetting({}, five + later)) == [(3, Broken.MISSING_ENTRY)]
    assert check(opted_out, Forgetting({}, ten + later)) == []


def test_refusals_are_kept_ten_years_and_the_rest_five() -> None:
    """47 CFR 64.1200(d)(6): five years; Virginia: ten for a STOP."""
    ten = {kind for kind in ConsentKind if kept_years(kind) == 10}

    assert ten == {"opted_out", "opted_in", "suppressed", "erased", "expired"}
    assert {kept_years(kind) for kind in set(ConsentKind) - ten} == {5}


def test_years_are_counted_over_a_leap_day() -> None:
    assert years_before(datetime(2028, 2, 29, 12, tzinfo=UTC), 5) == datetime(2023, 2, 28, 12, tzinfo=UTC)


def test_fields_cannot_run_into_each_other() -> None:
    told: list[list[str | None]] = [
        ["ab", "c"],
        ["a", "bc"],
        ["abc"],
        ["ab", "c", None],
        ["ab", "c", ""],
        ["1:a,", "b"],
    ]

    assert len({hash_fields(fields) for fields in told}) == len(told)


def test_a_wording_has_another_version_when_its_words_change() -> None:
    first, second = wording_version("missed", "Hi, this is {business}."), wording_version("missed", "Hello!")

    assert first != second
    assert first.startswith("missed@")
    assert first == wording_version("missed", "Hi, this is {business}.")
