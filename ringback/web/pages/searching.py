"""Search in the inbox: what was found, and where in it the words stand."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from ringback.store import search, threads
from ringback.web.pages.visits import Desk

_MOST = 50
_LONGEST_QUERY = 100
_AROUND = 60
_NUMBER = re.compile(r"[\d\s()+./-]{3,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a text; templates escape it and mark it where it is what was looked for."""

    text: str
    is_hit: bool


async def search_inbox(desk: Desk, query: str, reader_id: Any) -> list[dict[str, Any]]:
    """Return the threads of contacts found by name or number, then those of texts found, the newest first.

    Each has `pieces`, the text that was found, and None where it was the contact.
    """
    words = query[:_LONGEST_QUERY]
    # Who is looked for by name or number comes first: that is one person, and the texts are many.
    by_contact = await search.find_contact_threads(desk.connection, desk.business_id, digits_of(words), _MOST)
    texts = await search.find_texts(desk.connection, desk.business_id, words, _MOST)
    ids = list(dict.fromkeys([*by_contact, *(text["thread_id"] for text in texts)]))
    rows = await threads.list_threads_among(desk.connection, desk.business_id, ids, reader_id)
    found = {row["thread_id"]: row for row in rows}
    hits: list[dict[str, Any]] = [
        {**found[one], "pieces": None, "found_at": None} for one in by_contact if one in found
    ]
    for text in texts:
        if text["thread_id"] in found:
            place = {"found_at": text["created_at"], "after": _after(text), "pieces": cut_out(text["body"], words)}
            hits.append({**found[text["thread_id"]], **place})
    return hits


def _after(text: dict[str, Any]) -> str:
    """Return the cursor of the page of a thread that ends with a text."""
    return f"{(text['created_at'] + timedelta(microseconds=1)).isoformat()}~{text['message_id']}"


def digits_of(words: str) -> str:
    """Return a number as it is stored, without its spaces and its country's leading zero; other words as they are."""
    if _NUMBER.fullmatch(words.strip()) is None:
        return words
    # "07700 900123" is stored as +447700900123: the zero belongs to dialling at home.
    return re.sub(r"\D", "", words).lstrip("0") or words


def cut_out(body: str, words: str) -> tuple[Piece, ...]:
    """Return the part of a text around the first hit, in pieces; the hits are the beginnings of words."""
    hits = _hits(body, words)
    start = max(0, hits[0][0] - _AROUND) if hits else 0
    end = min(len(body), start + 3 * _AROUND)
    pieces: list[Piece] = [Piece("… ", is_hit=False)] if start else []
    at = start
    for begin, until in hits:
        if until > end:
            break
        pieces += [Piece(body[at:begin], is_hit=False), Piece(body[begin:until], is_hit=True)]
        at = until
    pieces.append(Piece(body[at:end] + (" …" if end < len(body) else ""), is_hit=False))
    return tuple(piece for piece in pieces if piece.text)


def _hits(body: str, words: str) -> list[tuple[int, int]]:
    folded = _fold(body)
    wanted = sorted({_fold(word) for word in re.findall(r"\w+", words)}, key=len, reverse=True)
    if not wanted:
        return []
    pattern = r"(?<!\w)(?:" + "|".join(re.escape(word) for word in wanted) + ")"
    return [match.span() for match in re.finditer(pattern, folded)]


def _fold(text: str) -> str:
    """Return text in small letters without accents, each character in its place."""
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    # A letter that becomes two would move every hit behind it.
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character
