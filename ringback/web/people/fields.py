"""What people type about themselves: names, e-mail addresses and PINs, and what is wrong with them."""

import re
from itertools import pairwise

from ringback.domain.phrases import Phrase, phrase

LONGEST_NAME = 80
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,190}\.[^@\s,;<>\".]{2,63}")


def name_trouble(name: str) -> Phrase | None:
    """Return what is wrong with a person's name, or None."""
    if not name:
        return phrase("Write a name.")
    if len(name) > LONGEST_NAME or not name.isprintable():
        return phrase("Write a name of at most %(most)s characters.", most=LONGEST_NAME)
    return None


def email_trouble(email: str) -> Phrase | None:
    """Return what is wrong with an e-mail address, or None."""
    if len(email) > 254 or not _EMAIL.fullmatch(email):
        return phrase("This is no e-mail address. Write one like sam@example.com.")
    return None


def pin_trouble(pin: str) -> Phrase | None:
    """Return why a PIN will not do, or None."""
    if not re.fullmatch(r"[0-9]{6}", pin):
        return phrase("A PIN is six digits.")
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    if len(steps) == 1 and steps <= {-1, 0, 1}:
        return phrase("That is one of the first that a guesser tries. Take another one.")
    return None
