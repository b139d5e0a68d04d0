"""`make eval`: the evaluation sets through our understanding and through the running product; `name: value` lines.

SETS=A,B chooses sets, LIMIT= rows of each, JOBS= callers at once, ONLY= one dialogue of set C, printed turn by turn,
EVAL_DIR= and EVAL_SCORE= the folders of the sets and the scorers, EVAL_OUT= where transcripts of failures go.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.eval.bars import render_bars, render_figures
from tests.eval.measures import measure_a, measure_b, measure_d
from tests.eval.set_c import measure_c
from tests.eval.sets import EvaluationFolder, MissingSets, find_folder

Figures = dict[str, float | None]


def main() -> None:
    """Measure what was asked for, print every figure as soon as it is there, and the bars at the end."""
    only = os.environ.get("ONLY", "")
    chosen = ["C"] if only else [letter.strip().upper() for letter in os.environ.get("SETS", "A,B,C,D").split(",")]
    unknown = set(chosen) - set(_MEASURES)
    if unknown:
        sys.exit(f"There is no set {', '.join(sorted(unknown))}. There are: {', '.join(_MEASURES)}.")
    figures: Figures = {}
    try:
        folder = find_folder()
        for letter in chosen:
            begun = time.monotonic()
            found = _MEASURES[letter](folder)
            found[f"{letter.lower()}_seconds"] = round(time.monotonic() - begun, 1)
            print(render_figures(found), flush=True)
            figures |= found
    except MissingSets as missing:
        sys.exit(str(missing))
    if only or folder.limit is not None:
        print("\nOnly a part of the sets: these figures say nothing about the bars.")
    else:
        print(f"\n{render_bars(figures)}")


def _measure_c(folder: EvaluationFolder) -> Figures:
    only = os.environ.get("ONLY", "")
    out = Path(os.environ.get("EVAL_OUT") or tempfile.mkdtemp(prefix="ringback-eval-"))
    out.mkdir(parents=True, exist_ok=True)
    figures = measure_c(folder, int(os.environ.get("JOBS", "16")), out, only)
    if only:
        print("\n".join(path.read_text(encoding="utf-8") for path in sorted(out.glob("*-all.txt"))))
    else:
        print(f"Transcripts of what failed: {out}", file=sys.stderr)
    return figures


_MEASURES: dict[str, Callable[[EvaluationFolder], Figures]] = {
    "A": measure_a,
    "B": measure_b,
    "C": _measure_c,
    "D": measure_d,
}

if __name__ == "__main__":
    main()
