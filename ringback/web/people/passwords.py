"""Which passwords are too easy to guess: short ones, those that leaked often, those made of words everybody knows."""

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ringback.domain.phrases import Phrase, phrase

SHORTEST, LONGEST = 12, 1024
# So much must be left of a password without the words below, of which guessers make most of theirs.
OWN_PART = 6
# What a guesser tries before anything else; the name of the business, and the person's own name and address, join them.
KNOWN_WORDS = ("password", "passwort", "contraseña", "ringback", "1234567890", "0123456789", "qwertyuiop", "welcome")
# How much of a word's digest is kept: 6,000 of a million million, so that none is refused by chance.
_DIGITS = 10
_GUESSED = phrase("That is one of the first that a guesser tries. Take another one.")


@cache
def common_passwords() -> frozenset[str]:
    """Return digests of the 6,000 most common of 12 characters and more in ten million that leaked (M. Burnett, 2015).

    Digests, because what people choose is nothing to read in a repository.
    """
    return frozenset(Path(__file__).with_name("common_passwords.txt").read_text("ascii").split())


def password_trouble(password: str, *known: str) -> Phrase | None:
    """Return why a password is too easy to guess, or None; `known` is what others know of the person and the business.

    Length counts; kinds of characters do not (NIST SP 800-63B, ASVS 6.2.5).
    """
    if len(password) < SHORTEST:
        return phrase("Use at least %(least)s characters. Three or four words are good.", least=SHORTEST)
    if len(password) > LONGEST:
        return phrase("Use at most %(most)s characters.", most=LONGEST)
    plain = password.casefold()
    if len(set(plain)) < 4 or is_common(plain) or len(_own_part(plain, known)) < OWN_PART:
        return _GUESSED
    return None


def is_common(plain: str) -> bool:
    """Return whether a password, in small letters, is one of those that leaked most often."""
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:_DIGITS] in common_passwords()


def _own_part(plain: str, known: Iterable[str]) -> str:
    words = {word for text in known for word in re.split(r"[\W_]+", text.casefold()) if len(word) >= 4}
    # The longest first: of "harbors" nothing may be left because "harbor" was taken out before.
    for word in sorted({*words, *KNOWN_WORDS}, key=len, reverse=True):
        plain = plain.replace(word, "")
    return "".join(letter for letter in plain if letter.isalnum())
