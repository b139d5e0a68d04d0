"""The figures of STYLE's budget, measured on Python source text.

Lines of a function run from `def` to its last statement, docstring included and decorators left out. Code lines are
those that are neither blank, comment nor docstring. A module without code lines (most `__init__.py`) does not count.
"""

import ast
import io
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass

NESTS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
ENCLOSES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
LAYOUT = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


@dataclass(frozen=True, slots=True)
class FunctionFigures:
    where: str
    lines: int
    parameters: int
    depth: int


@dataclass(frozen=True, slots=True)
class ModuleFigures:
    where: str
    lines: int
    code_lines: int
    comment_lines: int
    functions: tuple[FunctionFigures, ...]


def measure(source: str, where: str) -> ModuleFigures:
    """Return the figures of one module; `where` is what its findings are called."""
    tree = ast.parse(source)
    comments, code = _line_kinds(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    return ModuleFigures(
        where=where,
        lines=source.count("\n"),
        code_lines=len(code - _docstring_lines(tree)),
        comment_lines=len(comments),
        functions=tuple(_measure_function(node, where) for node in functions),
    )


def percentile(values: Iterable[int], share: float) -> int:
    """Return the value that `share` of the values do not exceed; 0 when there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0


def _line_kinds(source: str) -> tuple[set[int], set[int]]:
    comments: set[int] = set()
    code: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            comments.add(token.start[0])
        elif token.type not in LAYOUT:
            code.update(range(token.start[0], token.end[0] + 1))
    return comments, code


def _docstring_lines(tree: ast.Module) -> set[int]:
    lines: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            text = node.body[0] if node.body else None
            if text is not None and ast.get_docstring(node, clean=False) is not None:
                lines.update(range(text.lineno, (text.end_lineno or text.lineno) + 1))
    return lines


def _measure_function(node: ast.FunctionDef | ast.AsyncFunctionDef, where: str) -> FunctionFigures:
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return FunctionFigures(
        where=f"{where}:{node.lineno} {node.name}",
        lines=(node.end_lineno or node.lineno) - node.lineno + 1,
        parameters=sum(argument.arg not in {"self", "cls"} for argument in arguments),
        depth=_depth(node),
    )


def _depth(node: ast.AST) -> int:
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ENCLOSES):
            continue
        # `elif` is an If inside an If to the parser, and no deeper to the reader.
        is_elif = isinstance(node, ast.If) and node.orelse == [child] and isinstance(child, ast.If)
        deepest = max(deepest, _depth(child) + (isinstance(child, NESTS) and not is_elif))
    return deepest
