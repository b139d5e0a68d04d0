"""Habits that review would otherwise say twice: errors, output, time, chance, and the words of the glossary."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGE, ROOT, place, python_files, tree_of

PURE = (PACKAGE / "domain", PACKAGE / "receptionist", PACKAGE / "ports")
MAY_CATCH_ALL = {"ringback/worker.py", "ringback/web/app.py"}

# The sandbox speaks its vendor's language, and a provider's folder translates from it: both keep foreign words.
FOREIGN = (PACKAGE / "sandbox", PACKAGE / "providers")

SAY_INSTEAD = {
    "tenant": "business", "org": "business", "reseller": "agency", "employee": "staff", "customer": "contact",
    "conversation": "thread", "chat": "thread", "ticket": "thread", "unsubscribe": "opt_out", "blacklist": "opt_out",
    "chatbot": "receptionist", "faq": "fact", "appointment": "booking", "reservation": "booking", "vendor": "provider",
}  # fmt: skip
EMPTY_CLASS_ENDS = ("Service", "Manager", "Helper", "Util", "Utils", "Base", "Info", "Data", "MissedCall")
EMPTY_MODULES = {"util", "utils", "helper", "helpers", "common", "base", "manager", "service", "data", "info", "misc"}
HTML_TAG = re.compile(r"</?(?:div|span|table|form|html|body|script|style|button|section|h[1-6]|ul|li|input)\b[^<]*>")

SQL = re.compile(r"\b(?:select\s[^.]+\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\s+\w", re.IGNORECASE)


def product_trees(*left_out: Path) -> Iterator[tuple[str, ast.Module]]:
    """Each module of the product and its tree, without those below the folders left out."""
    for path in python_files(PACKAGE):
        if not any(path.is_relative_to(folder) for folder in left_out):
            yield place(path), tree_of(path)


def prints(tree: ast.Module) -> list[int]:
    """Lines that print."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]


def blind_handlers(tree: ast.Module) -> list[int]:
    """Lines of handlers that catch everything, alone or inside a tuple."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or _names(node.type) & {"Exception", "BaseException"})
    ]


def asks_the_world(tree: ast.Module) -> list[int]:
    """Lines that ask for the present, for chance or for a file, which the pure layers are given as arguments."""
    asked = {"now", "utcnow", "today", "uuid1", "uuid4", "uuid7", "open", "input"}
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _called(node) in asked and not isinstance(node.func, ast.Subscript)
    ]


def html_texts(tree: ast.Module) -> list[int]:
    """Lines of string constants that hold HTML; docstrings may name a tag."""
    documents = {id(node.body[0].value) for node in ast.walk(tree) if _has_docstring(node)}  # type: ignore[attr-defined]
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documents
        and HTML_TAG.search(node.value)
    ]


def sql_texts(tree: ast.Module) -> list[int]:
    """Lines of string constants that read or write a table."""
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value)
    ]


def defined_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Names that a module gives: classes, functions, parameters, assigned variables and fields."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node.lineno, node.name
            case ast.arg():
                yield node.lineno, node.arg
            case ast.Name(ctx=ast.Store()):
                yield node.lineno, node.id


def words(name: str) -> set[str]:
    """The words of a snake_case, UPPER_CASE or CamelCase name, in the singular."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    parts = set(spaced.split("_"))
    return parts | {part.removesuffix("s") for part in parts}


def _names(node: ast.expr) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def _called(node: ast.Call) -> str:
    match node.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _has_docstring(node: ast.AST) -> bool:
    documented = isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
    return documented and ast.get_docstring(node) is not None  # type: ignore[arg-type]


def findings(trees: Iterator[tuple[str, ast.Module]], look: object) -> list[str]:
    """Where a look at each tree finds something, as `file:line`."""
    assert callable(look)
    return [f"{where}:{line}" for where, tree in trees for line in look(tree)]


def test_only_the_command_line_prints() -> None:
    assert findings(product_trees(PACKAGE / "cli"), prints) == []


def test_only_the_worker_and_the_web_app_catch_everything() -> None:
    caught = findings(product_trees(), blind_handlers)

    assert [where for where in caught if where.rpartition(":")[0] not in MAY_CATCH_ALL] == []


def test_the_pure_layers_are_given_the_time_chance_and_files() -> None:
    pure = ((place(path), tree_of(path)) for folder in PURE for path in _python(folder))

    assert findings(pure, asks_the_world) == []


def test_no_html_is_written_in_python() -> None:
    assert findings(product_trees(), html_texts) == []


def test_sql_lives_in_the_store() -> None:
    assert findings(product_trees(PACKAGE / "store"), sql_texts) == []


def test_names_use_the_words_of_the_glossary() -> None:
    wrong = [
        f"{where}:{line} {name}: say {SAY_INSTEAD[word]}"
        for where, tree in product_trees(*FOREIGN)
        for line, name in defined_names(tree)
        for word in sorted(words(name) & SAY_INSTEAD.keys())
    ]

    assert wrong == []


def test_tables_use_the_words_of_the_glossary() -> None:
    wrong = [
        f"{place(path)}: table {table}"
        for path in sorted(PACKAGE.rglob("*.sql"))
        for table in re.findall(
            r"create table (?:if not exists )?(?:\w+\.)?(\w+)", path.read_text("utf-8"), re.IGNORECASE
        )
        if words(table) & SAY_INSTEAD.keys()
    ]

    assert wrong == []


def test_no_class_or_module_is_named_after_nothing() -> None:
    classes = [
        f"{where}:{node.lineno} {node.name}"
        for where, tree in product_trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.name != "Service" and node.name.endswith(EMPTY_CLASS_ENDS)
    ]
    modules = [place(path) for path in python_files(PACKAGE) if words(path.stem) & EMPTY_MODULES]

    assert (classes, modules) == ([], [])


def test_no_test_patches_by_path() -> None:
    patched = [
        f"{place(path)}:{node.lineno}"
        for path in python_files(ROOT / "tests")
        for node in ast.walk(tree_of(path))
        if (isinstance(node, ast.ImportFrom) and node.module in {"unittest", "unittest.mock"})
        or (isinstance(node, ast.Import) and any(alias.name.startswith("unittest") for alias in node.names))
    ]

    assert patched == []


def test_names_of_tests_are_sentences() -> None:
    short = [
        f"{place(path)}:{node.lineno} {node.name}"
        for path in python_files(ROOT / "tests")
        for node in ast.walk(tree_of(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.name.startswith("test_")
        and len(node.name.split("_")) < 4
    ]

    assert short == []


@pytest.mark.parametrize(
    ("look", "source"),
    [
        (prints, "print(1)"),
        (blind_handlers, "try: x\nexcept: pass"),
        (blind_handlers, "try: x\nexcept (KeyError, Exception): pass"),
        (asks_the_world, "datetime.now(UTC)"),
        (asks_the_world, "uuid.uuid4()"),
        (sql_texts, "rows = 'select id\\n from calls'"),
        (sql_texts, "go('UPDATE calls SET x = 1')"),
        (html_texts, "page = f'<div class=a>{name}'"),
    ],
)
def test_each_look_finds_what_it_looks_for(look: object, source: str) -> None:
    assert len(findings(iter([("sample.py", ast.parse(source))]), look)) == 1


def test_words_of_a_name_are_found_in_any_spelling() -> None:
    assert {"tenant", "id"} <= words("tenant_id") & words("TenantId") & words("TENANT_IDS")


def _python(place_of_code: Path) -> list[Path]:
    return [place_of_code] if place_of_code.is_file() else python_files(place_of_code)
