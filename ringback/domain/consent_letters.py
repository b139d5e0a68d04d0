"""A text brought down to plain words: no case, accents, signs or stretched letters, and typos of known words mended."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

# Signs that end a clause; a question keeps its mark, since "stop by?" and "stop." differ.
_BREAKS = frozenset('.,;:!…\n\r()[]{}"“”«»¡—–|~')
_SPELLED = re.compile(r"(?<!\S)[a-z](?:[ .]+[a-z](?!\S)){2,}")
_STRETCHED = re.compile(r"(.)\1{2,}")
_DOUBLED = re.compile(r"(.)\1+")


class _Signs(dict[int, str | None]):
    """What becomes of each character; filled as met for the first two planes of Latin, worked out for the rest."""

    def __missing__(self, code: int) -> str | None:
        plain = _plain(chr(code))
        # Kept for Latin letters only: a hostile text must not grow this table to a million entries.
        if code < 0x250:
            self[code] = plain
        return plain


def _plain(character: str) -> str | None:
    if character == "?":
        return " ? "
    if character in _BREAKS:
        return " . "
    if character in "'’‘`´ʼ":
        return None
    return _by_category(unicodedata.category(character), character)


def _by_category(category: str, character: str) -> str | None:
    if category[0] in "LN":
        return character
    if category[0] == "M" or category == "Cf":
        return None
    # A picture between words parts them as a full stop does.
    return " . " if category in ("So", "Sk") and ord(character) > 0xFF else " "


_SIGNS = _Signs()


def fold(text: str) -> str:
    """Return lower-case words with single spaces; clause ends are a "." of their own, questions a "?"."""
    # Decomposed first: the letters of "fancy text" keyboards have no lower case of their own.
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_SIGNS)
    return " ".join(_STRETCHED.sub(r"\1", plain).split())


def join_spelled(folded: str) -> str:
    """Return the words with letters written one by one put together: "s . t . o . p" is "stop"."""
    return _SPELLED.sub(lambda found: re.sub(r"[ .]", "", found[0]), folded)


class Speller:
    """Mends words that are one slip away from a known one: a letter too many, too few, wrong, doubled or swapped."""

    def __init__(self, words: Iterable[str], real: Iterable[str] = ()) -> None:
        """`real` are words that are right as they stand though they are one slip away from a known one."""
        self._words = frozenset(words)
        self._real = frozenset(real) | self._words
        self._doubled = {_DOUBLED.sub(r"\1", word): word for word in self._words}
        self._shorter: dict[str, str] = {}
        for word in sorted(self._words):
            for shorter in _shortened(word):
                self._shorter.setdefault(shorter, word)

    def mend(self, word: str) -> str:
        """Return the known word that was meant, or the word as it is."""
        if len(word) < 4 or len(word) > 24 or word in self._real:
            return word
        doubled = self._doubled.get(_DOUBLED.sub(r"\1", word))
        if doubled:
            return doubled
        candidates = (self._shorter.get(shorter) for shorter in (word, *_shortened(word)))
        return next((known for known in candidates if known and _one_slip(word, known)), word)


def _shortened(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def _one_slip(word: str, known: str) -> bool:
    """Return whether one letter added, dropped, changed or swapped with its neighbour makes the known word."""
    if abs(len(word) - len(known)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(word, known, strict=False)) if a != b), min(len(word), len(known)))
    rest, wanted = word[start:], known[start:]
    swapped = rest[1::-1] + rest[2:] == wanted
    return swapped or rest[1:] == wanted or rest == wanted[1:] or rest[1:] == wanted[1:]
