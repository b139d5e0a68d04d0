"""What a provider's refusal means: every kind has words for the owner and a consequence."""

import pytest

from ringback.domain.errors import ProviderErrorKind, is_never_textable, needs_owner, words_for_owner

K = ProviderErrorKind
# Kind, whether the number can never get a text, whether only the owner can mend it.
ROWS = [
    (K.THROTTLED, False, False),
    (K.PROVIDER_DOWN, False, False),
    (K.CREDENTIALS, False, True),
    (K.ACCOUNT, False, True),
    (K.LINE_CANNOT_SEND, False, True),
    (K.UNREGISTERED, False, True),
    (K.REGION_OFF, False, True),
    (K.PUMPING, False, True),
    (K.BAD_NUMBER, True, False),
    (K.LANDLINE, True, False),
    (K.OPTED_OUT, False, False),
    (K.HANDSET_OFF, False, False),
    (K.CARRIER_BLOCKED, True, False),
    (K.FILTERED, False, True),
    (K.QUIET_HELD, False, False),
    (K.TOO_LONG, False, False),
    (K.EXPIRED, False, False),
    (K.UNKNOWN, False, False),
]


def test_every_kind_has_its_row() -> None:
    assert [row[0] for row in ROWS] == list(ProviderErrorKind)


@pytest.mark.parametrize(("kind", "never", "owner"), ROWS)
def test_what_follows_from_a_refusal(kind: ProviderErrorKind, never: bool, owner: bool) -> None:
    assert (is_never_textable(kind), needs_owner(kind)) == (never, owner)


@pytest.mark.parametrize("kind", [*ProviderErrorKind])
def test_the_owner_reads_a_sentence_of_its_own_without_codes(kind: ProviderErrorKind) -> None:
    words = words_for_owner(kind)
    assert words[0].isupper()
    assert words.endswith(".")
    assert not any(character.isdigit() for character in words.replace("10DLC", ""))
    assert [other for other in ProviderErrorKind if words_for_owner(other) == words] == [kind]


def test_nothing_is_both_the_numbers_fault_and_the_owners() -> None:
    assert not any(is_never_textable(kind) and needs_owner(kind) for kind in ProviderErrorKind)
