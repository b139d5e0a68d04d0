"""Splits text into what a reader sees as one character, so that no phone shows half an emoji.

Unicode's extended grapheme clusters (UAX 29) as of version 10, the one Twilio's segment calculator goes by: a
newer one would keep more emoji whole than the carriers' own counting does.
"""

import unicodedata
from collections.abc import Iterator
from enum import Enum, auto


class _Kind(Enum):
    OTHER = auto()
    CONTROL = auto()
    MARK = auto()
    JOINER = auto()
    PREPEND = auto()
    FLAG_LETTER = auto()
    SKIN_TONE = auto()
    PERSON = auto()
    ADULT_OR_CHILD = auto()
    AFTER_JOINER = auto()
    HANGUL_L = auto()
    HANGUL_V = auto()
    HANGUL_T = auto()
    HANGUL_LV = auto()
    HANGUL_LVT = auto()


def split_graphemes(text: str) -> Iterator[str]:
    """Yield the clusters of `text` in order; joined they give it back. CR and LF are one each."""
    cluster, kinds = "", list[_Kind]()
    for character in text:
        kind = _kind_of(character)
        if cluster and not _joins(kinds, kind):
            yield cluster
            cluster, kinds = "", []
        cluster += character
        kinds.append(kind)
    if cluster:
        yield cluster


def _joins(kinds: list[_Kind], kind: _Kind) -> bool:
    previous = kinds[-1]
    if _Kind.CONTROL in (previous, kind):
        return False
    if kind in (_Kind.MARK, _Kind.JOINER) or previous is _Kind.PREPEND:
        return True
    return _joins_emoji(kinds, kind) or kind in _HANGUL_AFTER.get(previous, ())


def _joins_emoji(kinds: list[_Kind], kind: _Kind) -> bool:
    match kind:
        case _Kind.FLAG_LETTER:
            return kinds == [_Kind.FLAG_LETTER]
        case _Kind.SKIN_TONE:
            base = next((before for before in reversed(kinds) if before is not _Kind.MARK), _Kind.MARK)
            return base in (_Kind.PERSON, _Kind.ADULT_OR_CHILD)
        case _Kind.ADULT_OR_CHILD | _Kind.AFTER_JOINER:
            return kinds[-1] is _Kind.JOINER
        case _:
            return False


_HANGUL_AFTER = {
    _Kind.HANGUL_L: (_Kind.HANGUL_L, _Kind.HANGUL_V, _Kind.HANGUL_LV, _Kind.HANGUL_LVT),
    _Kind.HANGUL_V: (_Kind.HANGUL_V, _Kind.HANGUL_T),
    _Kind.HANGUL_LV: (_Kind.HANGUL_V, _Kind.HANGUL_T),
    _Kind.HANGUL_T: (_Kind.HANGUL_T,),
    _Kind.HANGUL_LVT: (_Kind.HANGUL_T,),
}


def _kind_of(character: str) -> _Kind:
    # Most characters are ASCII; the table and the category are only for the rest.
    if character.isascii():
        return _Kind.OTHER if character.isprintable() else _Kind.CONTROL
    listed = _LISTED.get(ord(character))
    if listed is not None:
        return listed
    if "\uac00" <= character <= "\ud7a3":
        # Precomposed syllables come in rows of 28, the first of each without a closing consonant.
        return _Kind.HANGUL_LVT if (ord(character) - 0xAC00) % 28 else _Kind.HANGUL_LV
    return _BY_CATEGORY.get(unicodedata.category(character), _Kind.OTHER)


_BY_CATEGORY = {
    **dict.fromkeys(("Mn", "Me", "Mc"), _Kind.MARK),
    **dict.fromkeys(("Cc", "Cf", "Zl", "Zp", "Cs"), _Kind.CONTROL),
}


def _ranges(kind: _Kind, hexadecimal: str) -> dict[int, _Kind]:
    bounds = [entry.partition("-") for entry in hexadecimal.split()]
    return {code: kind for first, _, last in bounds for code in range(int(first, 16), int(last or first, 16) + 1)}


# Unicode 10, GraphemeBreakProperty.txt: what the general category does not tell.
_LISTED = {
    # Burmese and Tai vowel signs that are marks by category and yet stand on their own.
    **_ranges(_Kind.OTHER, "102b-102c 1038 1062-1064 1067-106d 1083 1087-108c 108f 109a-109c 1a61 1a63-1a64 aa7b aa7d"),
    **_ranges(_Kind.MARK, "e33 eb3 1cf2-1cf3 200c ff9e-ff9f e0020-e007f"),
    **_ranges(_Kind.JOINER, "200d"),
    **_ranges(_Kind.PREPEND, "600-605 6dd 70f 8e2 d4e 110bd 111c2-111c3 11a3a 11a86-11a89 11d46"),
    **_ranges(_Kind.FLAG_LETTER, "1f1e6-1f1ff"),
    **_ranges(_Kind.SKIN_TONE, "1f3fb-1f3ff"),
    **_ranges(_Kind.ADULT_OR_CHILD, "1f466-1f469"),
    **_ranges(
        _Kind.PERSON,
        "261d 26f9 270a-270d 1f385 1f3c2-1f3c4 1f3c7 1f3ca-1f3cc 1f442-1f443 1f446-1f450 1f46e 1f470-1f478 1f47c "
        "1f481-1f483 1f485-1f487 1f4aa 1f574-1f575 1f57a 1f590 1f595-1f596 1f645-1f647 1f64b-1f64f 1f6a3 1f6b4-1f6b6 "
        "1f6c0 1f6cc 1f918-1f91c 1f91e-1f91f 1f926 1f930-1f939 1f93d-1f93e 1f9d1-1f9dd",
    ),
    **_ranges(
        _Kind.AFTER_JOINER,
        "2640 2642 2695-2696 2708 2764 1f308 1f33e 1f373 1f393 1f3a4 1f3a8 1f3eb 1f3ed 1f48b 1f4bb-1f4bc 1f527 1f52c "
        "1f5e8 1f680 1f692",
    ),
    **_ranges(_Kind.HANGUL_L, "1100-115f a960-a97c"),
    **_ranges(_Kind.HANGUL_V, "1160-11a7 d7b0-d7c6"),
    **_ranges(_Kind.HANGUL_T, "11a8-11ff d7cb-d7fb"),
}
