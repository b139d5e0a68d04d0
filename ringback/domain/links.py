"""Finds web addresses in a text, also those written without http."""

import re
import unicodedata

# The endings seen on small businesses' sites and on link shorteners: a full list would take sentences
# with a forgotten space ("call.Then") for addresses.
_ENDINGS = (
    "com|net|org|info|biz|edu|gov|io|co|ai|app|dev|us|ca|uk|mx|es|eu|me|tv|ly|gl|gd|gg|im|to|cc|so|sh|at|be|de|fr|it|nl"
    "|xyz|site|online|website|web|page|link|click|live|shop|store|care|health|dental|dentist|vet|clinic|law|legal|lawyer"
    "|salon|spa|repair|auto|cars|plumbing|homes|realty|house|restaurant|menu|pizza|bar|cafe|pro|team|agency|group|services"
    "|solutions|company|center|support|help|today|now|bio|ink|id"
)
_LINK = re.compile(
    rf"""(?ix)
    \b[a-z][a-z0-9+.-]*://\S+                                  # http://, and any other scheme
    | \bwww\.\S+
    | (?<![@\w.-]) \w[\w-]* (?:\.\w[\w-]*)* \.(?:{_ENDINGS}) (?![\w-]) (?:[/?#]\S*)?
    | (?<![@\w.-]) \w[\w-]* (?:\.\w[\w-]*)* \.[a-z]{{2,}} [/?#]\S+
    | \b\w+ [ ]? [\[(]? \b(?:dot|punto)\b [\])]? [ ]? (?:com|net|org)\b
    """
)


def find_link(text: str) -> str | None:
    """Return the first web address in `text` as written, or None. A mail address is none."""
    plain = "".join(character for character in text if unicodedata.category(character) != "Cf")
    found = _LINK.search(unicodedata.normalize("NFKC", plain))
    return found.group().rstrip(".,;:!?)") if found else None
