"""Turns a text into terms: figures are sorted into clock times, dates, money and the like, words looked up."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from ringback.receptionist.understanding.times_figures import FIGURE_OR_WORD, TAILS, read_figure
from ringback.receptionist.understanding.times_kinds import Kind, Lexicon, Term, Terms
from ringback.receptionist.understanding.times_spelling import Speller

# Nobody writes a wish at the end of a novel, and the time to read a text must not grow with it.
_LONGEST = 1600
# Right behind a figure a single letter is an abbreviation: "3:20p", "2h".
_GLUED = {"a": "am", "p": "pm", "h": "hr", "hs": "hr", "d": "day"}
_SIGNS = {"stop": Kind.STOP, "comma": Kind.COMMA, "dash": Kind.DASH}


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place, or a term that was clear from the signs alone. `glued`: stands right behind a figure."""

    word: str
    start: int
    end: int
    term: Term | None = None
    glued: bool = False


def read_terms(text: str, lexicon: Lexicon, speller: Speller) -> Terms:
    """Return the text as terms, set phrases as one and misspelt time words mended."""
    plain = "".join(_bare(letter) for letter in text[:_LONGEST])
    tokens = tuple(_tokens(plain, day_first=lexicon.day_first))
    terms = tuple(_merge_numbers(list(_look_up(tokens, lexicon, speller))))
    return Terms(text, terms, "".join(term.kind.value for term in terms))


def _bare(letter: str) -> str:
    """Lower case, without accent, always one letter long: places in the text stay true."""
    if letter.isascii():
        return letter.lower()
    plain = unicodedata.normalize("NFD", letter.lower())[:1]
    return plain if plain.isascii() or letter in "’‘–—£€´ºª°" else " "


def _tokens(plain: str, *, day_first: bool) -> Iterator[Token]:
    last_end = -1
    for match in FIGURE_OR_WORD.finditer(plain):
        start, end, sign = match.start(), match.end(), match.lastgroup or ""
        glued = start == last_end and plain[start - 1].isdecimal()
        last_end = end
        if sign in ("word", "texted"):
            yield Token(_word(match.group()), start, end, None, glued)
        elif sign == "meridiem":
            yield Token("", start, end, Term(Kind.MERIDIEM, int(match.group()[0] == "p"), start, end))
        else:
            kind, value = (_SIGNS[sign], 0) if sign in _SIGNS else read_figure(match, day_first=day_first)
            yield Token("", start, end, Term(kind, value, start, end))


def _word(written: str) -> str:
    """The word without its apostrophes."""
    word = "".join(letter for letter in written if letter.isalnum() or letter in "&@")
    # "We'd" is no Wednesday.
    return "" if word == "wed" != written else word


def _look_up(tokens: tuple[Token, ...], lexicon: Lexicon, speller: Speller) -> Iterator[Term]:
    tokens = tuple(_without_hyphens(tokens, lexicon))
    words = [_mended(token, lexicon, speller) for token in tokens]
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.term is not None:
            yield token.term
            place += 1
            continue
        length, kind, value = _longest(words, place, lexicon)
        yield Term(kind, value, token.start, tokens[place + length - 1].end)
        place += length


def _without_hyphens(tokens: tuple[Token, ...], lexicon: Lexicon) -> Iterator[Token]:
    """Drop the hyphen of "five-thirty" and "mid-day", but not the one of "Mon-Fri"."""
    for place, token in enumerate(tokens):
        if token.term is not None and token.term.kind is Kind.DASH and 0 < place < len(tokens) - 1:
            before, after = tokens[place - 1], tokens[place + 1]
            glued = before.word and after.word and before.end == token.start and token.end == after.start
            kinds = {kind for phrase, kind, _ in lexicon.phrases.get(after.word, ()) if len(phrase) == 1}
            if glued and not kinds & {Kind.WEEKDAY, Kind.MONTH}:
                continue
        yield token


def _mended(token: Token, lexicon: Lexicon, speller: Speller) -> str:
    if token.term is not None:
        return ""
    if token.glued and token.word in _GLUED:
        return _GLUED[token.word]
    # Letters behind a figure are its unit or make a part number of it; they are nobody's weekday.
    if token.glued and token.word not in TAILS:
        return "#"
    return token.word if token.word in lexicon.phrases else speller.mend(token.word)


def _longest(words: list[str], place: int, lexicon: Lexicon) -> tuple[int, Kind, int]:
    """The longest phrase of the lexicon that begins here: how many words, its kind and value."""
    if words[place] == "#":
        return 1, Kind.FIGURE, 0
    for phrase, kind, value in lexicon.phrases.get(words[place], ()):
        if len(phrase) == 1 or tuple(words[place : place + len(phrase)]) == phrase:
            return len(phrase), kind, value
    return 1, Kind.WORD, 0


def _merge_numbers(terms: list[Term]) -> Iterator[Term]:
    """Read "twenty" "second" as one ordinal, "twenty" "five" and "oh" "five" as one number."""
    place = 0
    while place < len(terms):
        merged = _merged(terms[place], terms[place + 1]) if place + 1 < len(terms) else None
        # A figure spoils the number that it is glued to: "3xl", "4runner".
        yield merged or terms[place]
        place += 2 if merged else 1


def _merged(first: Term, second: Term) -> Term | None:
    if first.kind is Kind.NUMBER and second.kind is Kind.FIGURE and first.end == second.start:
        return Term(Kind.FIGURE, 0, first.start, second.end)
    if first.kind is second.kind is Kind.NUMBER and first.value == 0 and second.end - first.start == len("0 2"):
        return Term(Kind.PADDED, second.value, first.start, second.end)
    spelt = first.kind is Kind.NUMBER and first.end - first.start > len("20")
    if not spelt or first.value not in (0, 20, 30, 40, 50) or not 0 < second.value < 10:
        return None
    if second.kind is Kind.NUMBER and second.end - second.start > len("20"):
        kind = Kind.PADDED if first.value == 0 else Kind.NUMBER
        return Term(kind, first.value + second.value, first.start, second.end)
    if second.kind is Kind.NTH and first.value:
        return Term(Kind.NTH, first.value + second.value, first.start, second.end)
    return None
