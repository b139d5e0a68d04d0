"""The documents as their readers see them: text, code blocks, the commands in those, and rows of tables."""

import re
import shlex
from pathlib import Path

from tests.architecture.sources import ROOT, clone_files, place

DOCS = ROOT / "docs"
_BLOCK = re.compile(r"^ {0,3}```(\w*)\n(.*?)^ {0,3}```$", re.MULTILINE | re.DOTALL)
_ROW = re.compile(r"^\|(.+)\|\s*$", re.MULTILINE)
_HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NAME = re.compile(r"`([^`]+)`")
# Where one command ends and another begins; a redirection belongs to no command's options.
_ENDS = frozenset({"|", "||", "&&", ";", "&", ">", ">>", "<", ")"})


def documents() -> list[Path]:
    """Return every document a reader is given: those in docs/ and those at the top of the repository."""
    return [path for path in clone_files() if path.suffix == ".md" and (path.parent == ROOT or DOCS in path.parents)]


def read(name: str) -> str:
    """Return one document below docs/."""
    return (DOCS / name).read_text(encoding="utf-8")


def blocks(path: Path, *languages: str) -> list[str]:
    """Return the code blocks of a document that are marked as one of these languages ("" is no mark)."""
    text = path.read_text(encoding="utf-8")
    return [code for language, code in _BLOCK.findall(text) if language in languages]


def commands(program: str) -> list[tuple[str, list[str]]]:
    """Return (document, words) of every command in a code block that runs `program`, continued lines joined."""
    found = []
    for path in documents():
        for code in blocks(path, "", "sh"):
            for line in code.replace("\\\n", " ").splitlines():
                found += [(place(path), words) for words in _runs(line, program)]
    return found


def _runs(line: str, program: str) -> list[list[str]]:
    words = _words(line)
    runs = []
    for start, word in enumerate(words):
        if word.rpartition("/")[2] != program or (start and _is_argument(words[start - 1])):
            continue
        end = next((n for n in range(start, len(words)) if words[n] in _ENDS), len(words))
        runs.append(words[start + 1 : end])
    return runs


def _words(line: str) -> list[str]:
    """Split as a shell does; a sample of output that is no command may not be splittable, and is none."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars="();<>|&")
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:
        return []


def _is_argument(previous: str) -> bool:
    """A program's name can stand after an assignment, a separator, or a word that runs what follows it."""
    return "=" not in previous and previous not in _ENDS | {"(", "$", "sudo", "exec", "-E"}


def rows(text: str) -> list[list[str]]:
    """Return the cells of every table row, without the rows that only draw lines."""
    split = [[cell.strip() for cell in row.split("|")] for row in _ROW.findall(text)]
    return [cells for cells in split if set("".join(cells)) - set("|- ")]


def names_in(cell: str) -> list[str]:
    """Return what stands in backticks in a cell."""
    return _NAME.findall(cell)


def section(text: str, heading: str) -> str:
    """Return what stands below a heading, up to the next one of its rank or higher."""
    rank = len(heading) - len(heading.lstrip("#"))
    _, _, below = f"\n{text}".partition(f"\n{heading}\n")
    assert below, f"there is no heading {heading!r}"
    return re.split(rf"^#{{1,{rank}}} ", below, maxsplit=1, flags=re.MULTILINE)[0]


def links(path: Path) -> list[str]:
    """Return where the links of a document lead; what stands in code blocks is no link."""
    return _LINK.findall(_BLOCK.sub("", path.read_text(encoding="utf-8")))


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, made as code hosts make them from the words."""
    titles = _HEADING.findall(_BLOCK.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
