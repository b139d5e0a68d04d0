"""Whatever people read can be said in their language: no sentence of the workflows is a plain string."""

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.architecture.sources import PACKAGE, place, python_files, tree_of

Look = Callable[[ast.Module], list[int]]
SENTENCE = re.compile(r"[A-Z…].* .*[.?!]\s*", re.DOTALL)
# Found for translation by tools/words.py; and why the receptionist said what it said, which is kept with its turn.
SAID_BY = {"phrase", "Refused", "Why"}
# Sent, and not shown: written out in each language of ours.
IN_BOTH_LANGUAGES = {"_TOLD"}
# What these are given is stored, and found again only by a form that stands in domain/stored_phrases.py.
STORES = {
    *("raise_alarm", "add_handoff", "note_unsaid", "add_call_back", "add_call_back_for_message", "add_mark"),
    *("settle_notice", "go_on", "FetchedPicture", "MailLater", "MailRefused"),
}


def speaking_trees() -> Iterator[tuple[str, ast.Module]]:
    """Return the modules whose sentences are stored or shown."""
    for path in [*python_files(PACKAGE / "workflows"), PACKAGE / "worker.py", PACKAGE / "wiring" / "smtp.py"]:
        yield place(path), tree_of(path)


def plain_sentences(tree: ast.Module) -> list[int]:
    """Return lines with sentences that the catalogue cannot know."""
    fine = {id(inner) for node in ast.walk(tree) if _is_fine(node) for inner in ast.walk(node)}
    said = [node for node in ast.walk(tree) if isinstance(node, ast.expr) and id(node) not in fine]
    return [node.lineno for node in said if SENTENCE.fullmatch(_text(node))]


def _is_fine(node: ast.AST) -> bool:
    match node:
        # What is raised is told to who runs us; what stands alone is a docstring.
        case ast.Raise() | ast.Expr(value=ast.Constant()):
            return True
        case ast.Assign(targets=[ast.Name(id=name)]):
            return name in IN_BOTH_LANGUAGES
    return _called(node) in SAID_BY


def _called(node: ast.AST) -> str:
    match node:
        case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(attr=name)):
            return name
    return ""


def _text(node: ast.expr) -> str:
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "…" for part in parts)
    return ""


def filled_where_stored(tree: ast.Module) -> list[int]:
    """Return lines with sentences with gaps that are written out in a function that stores what it says."""
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    storing = [node for node in functions if any(_called(inner) in STORES for inner in ast.walk(node))]
    said = [inner for node in storing for inner in ast.walk(node) if _called(inner) == "phrase"]
    return [
        node.lineno
        for node in said
        if isinstance(node, ast.Call) and node.keywords and isinstance(node.args[0], ast.Constant)
    ]


@pytest.mark.parametrize("look", [plain_sentences, filled_where_stored])
def test_every_sentence_can_be_said_in_the_language_of_its_reader(look: Look) -> None:
    assert [f"{where}:{line}" for where, tree in speaking_trees() for line in look(tree)] == []


@pytest.mark.parametrize(
    ("look", "source"),
    [
        (plain_sentences, "raise_alarm('There is an emergency.')"),
        (plain_sentences, "words = f'{label}: It has {count} faults.'"),
        (filled_where_stored, "def warn():\n    raise_alarm(phrase('%(name)s is away.', name=name))"),
    ],
)
def test_each_look_at_sentences_finds_what_it_looks_for(look: Look, source: str) -> None:
    assert len(look(ast.parse(source))) == 1
