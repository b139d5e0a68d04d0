"""Compares words as people thumb them in: one slip in a longer word is still that word."""

from functools import lru_cache

# Short words differ by one letter and mean other things ("crown", "brown" are long enough to be told apart by two).
_ONE_SLIP, _TWO_SLIPS = 5, 9


def is_same_word(typed: str, meant: str) -> bool:
    """Return whether `typed` is `meant`, or a likely slip for it: a letter off, missing, extra or swapped."""
    if typed == meant:
        return True
    allowed = 2 if len(meant) >= _TWO_SLIPS else 1 if len(meant) >= _ONE_SLIP else 0
    # Slips at the very start are rare, and "able" for "table" is no slip.
    if not allowed or abs(len(typed) - len(meant)) > allowed or typed[:1] != meant[:1]:
        return False
    return _slips(typed, meant) <= allowed


@lru_cache(maxsize=4096)
def _slips(one: str, other: str) -> int:
    """Edits between two words, a swap of neighbours counting once (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, left in enumerate(one, start=1):
        row = [i]
        for j, right in enumerate(other, start=1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
