"""A clone works anywhere: its files name no machine, and its documents link to what exists."""

import re
from pathlib import Path

from tests.architecture.sources import ROOT, clone_files, place

# Written in halves, so that this file does not find itself.
PLACES = ("/wo" + "rk/", "/ro" + "ot/", "/opt/py" + "pi")
HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org")
LINK = re.compile(r"\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def texts() -> list[tuple[Path, str]]:
    """Every text file of a clone; the vendored licence text and what is not text are left out."""
    read = []
    for path in clone_files():
        try:
            read.append((path, path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue
    return read


def test_no_file_names_a_place_on_one_machine() -> None:
    assert [f"{place(path)}: {found}" for path, text in texts() for found in PLACES if found in text] == []


def test_no_file_names_a_package_index() -> None:
    assert [f"{place(path)}: {found}" for path, text in texts() for found in HOSTS if found in text] == []


def test_every_link_between_documents_leads_somewhere() -> None:
    dead = [
        f"{place(path)}: {target}"
        for path in clone_files()
        if path.suffix == ".md"
        for target in LINK.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
        if "://" not in target and not target.startswith(("#", "mailto:"))
        if not (path.parent / target.partition("#")[0]).exists()
    ]

    assert dead == []


def test_the_index_of_the_documents_names_each_of_them() -> None:
    docs = ROOT / "docs"
    named = {(docs / target).resolve() for target in LINK.findall((docs / "README.md").read_text(encoding="utf-8"))}
    missing = [
        place(path)
        for path in clone_files()
        if path.suffix == ".md" and path.is_relative_to(docs) and path.name != "README.md" and path not in named
    ]

    assert missing == []
