"""The code stays small enough to read: budgets on functions and modules, and a measure that is itself checked."""

import importlib.util
from functools import cache
from statistics import median
from types import ModuleType

import pytest

from tests.architecture.code_figures import FunctionFigures, ModuleFigures, measure, percentile
from tests.architecture.sources import PACKAGE, ROOT, place, python_files

CODESTATS = ROOT.parent / "shared" / "tools" / "codestats.py"

SAMPLE = '''"""A module."""

import os  # why: one comment beside code


# A comment of its own.
class Shop:
    """A class."""

    def ring(self, first, second, *, third):
        """Ring.

        Long.
        """
        if first:
            for item in second:
                print(item)
        elif third:
            while third:
                with third:
                    return os


@staticmethod
async def hang_up(): pass
'''


@cache
def modules() -> tuple[ModuleFigures, ...]:
    """The product's modules that hold code."""
    measured = (measure(path.read_text(encoding="utf-8"), place(path)) for path in python_files(PACKAGE))
    return tuple(figures for figures in measured if figures.code_lines or figures.functions)


@cache
def functions() -> tuple[FunctionFigures, ...]:
    """Every function of the product."""
    return tuple(function for module in modules() for function in module.functions)


def test_no_function_is_longer_than_sixty_lines() -> None:
    assert [f"{one.where}: {one.lines} lines" for one in functions() if one.lines > 60] == []


def test_most_functions_fit_a_glance_and_nearly_all_fit_a_screen() -> None:
    lines = [one.lines for one in functions()]
    longest = sorted(functions(), key=lambda one: -one.lines)[:15]
    listed = "".join(f"\n  {one.lines} {one.where}" for one in longest)

    assert median(lines) <= 8, f"the median function has {median(lines)} lines; the longest:{listed}"
    assert percentile(lines, 0.95) <= 35, f"one function in twenty has {percentile(lines, 0.95)} lines or more:{listed}"
    assert sum(line > 40 for line in lines) <= 0.04 * len(lines), f"too many functions over 40 lines:{listed}"


def test_no_function_takes_more_than_six_parameters() -> None:
    # An option of a command is a parameter of its function: typer knows no other way to declare one.
    too_many = [one for one in functions() if one.parameters > 6 and "cli/commands.py" not in one.where]
    assert [f"{one.where}: {one.parameters} parameters" for one in too_many] == []


def test_no_function_nests_deeper_than_four_blocks() -> None:
    assert [f"{one.where}: {one.depth} deep" for one in functions() if one.depth > 4] == []


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    assert [f"{one.where}: {one.lines} lines" for one in modules() if one.lines > 400] == []


def test_the_median_module_is_at_most_120_lines() -> None:
    assert median(one.lines for one in modules() if one.code_lines) <= 120


def test_comments_are_about_one_line_in_sixteen() -> None:
    ratio = sum(one.comment_lines for one in modules()) / sum(one.code_lines for one in modules())

    bare = [one.where for one in modules() if one.comment_lines == 0 and one.code_lines > 60]
    assert 0.04 <= ratio <= 0.09, f"{ratio:.3f} comment lines to a code line; without any comment: {bare}"


def test_the_measure_counts_lines_parameters_depth_and_comments() -> None:
    figures = measure(SAMPLE, "sample.py")

    assert (figures.lines, figures.code_lines, figures.comment_lines) == (25, 12, 2)
    assert figures.functions == (
        FunctionFigures("sample.py:25 hang_up", lines=1, parameters=0, depth=0),
        FunctionFigures("sample.py:10 ring", lines=12, parameters=3, depth=3),
    )


def test_the_measure_agrees_with_the_figures_that_reviewers_look_at() -> None:
    reviewers = _load_codestats()
    report = reviewers.report(PACKAGE, tests=False, top=5)
    lines = [one.lines for one in functions()]
    ratio = sum(one.comment_lines for one in modules()) / sum(one.code_lines for one in modules())

    assert report["unparsed_files"] == 0
    assert report["functions"] == len(lines)
    assert report["function_lines"]["median"] == median(lines)
    assert report["function_lines"]["p95"] == percentile(lines, 0.95)
    assert report["function_lines"]["max"] == max(lines)
    assert report["module_lines"]["median"] == median(one.lines for one in modules() if one.code_lines)
    assert report["depth"]["max"] == max(one.depth for one in functions())
    assert report["comment_ratio"] == round(ratio, 3)


def _load_codestats() -> ModuleType:
    spec = importlib.util.spec_from_file_location("codestats", CODESTATS) if CODESTATS.exists() else None
    if spec is None or spec.loader is None:
        pytest.skip("The comparison needs ../shared/tools/codestats.py.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
