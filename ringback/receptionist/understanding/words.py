"""Cuts a question into words and their stems, so that "arrived", "arriving" and "ARRIVES!!" are one."""

import re
import unicodedata

# Words that carry no topic of their own; they count little, and never as an unknown subject.
STOP_WORDS = frozenset(
    (
        "a an the is are was were be been being am i you he she it we they me him her us them my your his its our "
        "their "
        "this that these those to of in on at for with and or but if so as by from about into up out do does did "
        "doing "
        "have has had having can could will would shall should may might must please help hi hello hey thanks thank "
        "there here just some any what which who whom whose how when where why not no tell know want like need "
        "get got "
        "go going make made let im ive id "
        "el la los las un una unos unas de del al a en por para con y o que es son esta estan hay se me mi tu su "
        "le lo "
        "nos les yo usted ustedes como cual cuales quien si hola gracias favor puedo puede pueden quiero quisiera "
        "necesito tengo tiene tienen hacer ver mas muy"
    ).split()
)

_SPLITS = (
    (re.compile(r"\b(?:can't|cant|cannot)\b"), "can not"),
    (re.compile(r"\b(?:won't|wont)\b"), "will not"),
    (re.compile(r"\b(do|does|did|is|was|has|have|had|could|would|should|are|were)(?:n't|nt)\b"), r"\1 not"),
    (re.compile(r"'(?:s|re|ve|ll|d|m)\b"), ""),
    # As people thumb them.
    (re.compile(r"\b(what|where|how|when|who)s\b"), r"\1"),
    (re.compile(r"\bur\b"), "your"),
    (re.compile(r"\bu\b"), "you"),
    (re.compile(r"\b(?:pls|plz)\b"), "please"),
    (re.compile(r"\b(?:appt|appts)\b"), "appointment"),
)
_WORD = re.compile(r"[a-z]+|[0-9]+|[£$€]")
_ENDINGS = (("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("ly", ""))


def plain(text: str) -> str:
    """Return the text in lower case without accents, with curly quotes made straight."""
    straight = text.lower().replace("\u2019", "'").replace("-", " ")
    return "".join(part for part in unicodedata.normalize("NFKD", straight) if not unicodedata.combining(part))


def words_of(text: str) -> list[str]:
    """Return the words in order, lower case, accents off, with "don't" read as "do not"."""
    said = plain(text)
    for pattern, split in _SPLITS:
        said = pattern.sub(split, said)
    return _WORD.findall(said)


def stem(word: str) -> str:
    """Return a rough stem: good enough to meet another form of the same word, not a word to show."""
    cut = _without_ending(word)
    return cut[:-1] if cut.endswith("e") and len(cut) > 4 else cut


def _without_ending(word: str) -> str:
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return _undoubled(word.removesuffix(ending) + instead, ending)
    is_plural = word.endswith("s") and not word.endswith(("ss", "us")) and len(word) > 3
    return word[:-1] if is_plural else word


def _undoubled(cut: str, ending: str) -> str:
    is_doubled = ending in ("ing", "ed") and len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lsz"
    return cut[:-1] if is_doubled else cut
