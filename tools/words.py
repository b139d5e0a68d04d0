"""Bring ringback/web/locale/es.po up to date with what the interface says. Run it after changing any words.

New sentences are added without a translation; those that nobody says any more are dropped.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1] / "ringback"
SPANISH = ROOT / "web" / "locale" / "es.po"

# The function, and which of its arguments is said to people.
_KEYWORDS = {
    "_": None, "gettext": None, "phrase": (1,), "ngettext": (1, 2), "HTTPException": (2,), "Refused": (2,),
}  # fmt: skip
_METHODS = [("**/web/templates/**.html", "jinja2"), ("**/templates/**.html", "jinja2"), ("**.py", "python")]
_OPTIONS = {"**/templates/**.html": {"trimmed": "false", "silent": "false"}}

Msgid = str | tuple[str, ...]


def extract() -> Iterator[Msgid]:
    """Yield each sentence of the interface once, in the order of the files."""
    seen: set[Msgid] = set()
    for _, _, msgid, _, _ in extract_from_dir(ROOT, _METHODS, _OPTIONS, _KEYWORDS, strip_comment_tags=True):
        if msgid and msgid not in seen:
            seen.add(msgid)
            yield msgid


def read_spanish() -> Catalog:
    """Return the Spanish catalogue as it stands."""
    if not SPANISH.exists():
        return Catalog(locale="es")
    with SPANISH.open("rb") as file:
        return read_po(file, locale="es")


def main() -> None:
    """Write the catalogue anew and say what is missing."""
    known = read_spanish()
    catalog = Catalog(locale="es", fuzzy=False)
    missing = 0
    for msgid in extract():
        first = msgid if isinstance(msgid, str) else msgid[0]
        message = known.get(first)
        said = message.string if message is not None else None
        has_all = all(said) if isinstance(said, (list, tuple)) else bool(said)
        missing += not has_all
        catalog.add(msgid, said if has_all else None)
    SPANISH.parent.mkdir(exist_ok=True)
    with SPANISH.open("wb") as file:
        file.write(b"# The interface in Spanish, kept in step with its English by tools/words.py.\n\n")
        write_po(file, catalog, width=0, no_location=True, omit_header=True)
    sys.stdout.write(f"{SPANISH.relative_to(ROOT.parent)}: {len(catalog)} sentences, {missing} without Spanish\n")


if __name__ == "__main__":
    main()
