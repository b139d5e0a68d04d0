"""The evaluation sets and their scorers: read from the evaluation folder, never copied into the repository."""

import importlib.util
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

REPOSITORY = Path(__file__).parents[2]
FILES = {
    "A": ("A_datetime.jsonl",),
    "B": ("B_intent.jsonl",),
    "C": ("C_dialogues.jsonl",),
    "D": ("D_faq_index.jsonl", "D_faq_queries.jsonl"),
}

Row = dict[str, Any]


class MissingSets(Exception):
    """The evaluation folder, or something in it, is not there; the message says what to do."""


@dataclass(frozen=True)
class EvaluationFolder:
    """Where the sets and the scorers lie, and how many rows of each set are used (None: all)."""

    sets: Path
    scorers: Path
    limit: int | None = None

    def rows(self, name: str) -> list[Row]:
        """Return the rows of a file in its order, at most `limit`."""
        path = self.sets / name
        if not path.is_file():
            raise MissingSets(f"The evaluation needs {path}. EVAL_DIR= names the folder of the sets.")
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [json.loads(line) for line in lines[: self.limit]]

    def score(self, letter: str, gold: Sequence[Row], predictions: Sequence[Row]) -> dict[str, Any]:
        """Return what the folder's own scorer of a set says about predictions."""
        path = self.scorers / f"score_{letter}.py"
        if not path.is_file():
            raise MissingSets(f"The evaluation needs the scorer {path}. EVAL_SCORE= names the folder of the scorers.")
        with TemporaryDirectory() as folder:
            files = [_written(Path(folder) / "gold.jsonl", gold), _written(Path(folder) / "said.jsonl", predictions)]
            found: dict[str, Any] = _scorer(path).main(*files)
        return found


def _written(path: Path, rows: Sequence[Row]) -> str:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def _scorer(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise MissingSets(f"{path} is not a scorer.")
    # The folder may be read-only, and a compiled copy beside the scorer is not ours to leave there.
    sys.dont_write_bytecode = True
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def find_folder(environment: Mapping[str, str] = os.environ) -> EvaluationFolder:
    """Return the folder that EVAL_DIR, EVAL_SCORE and LIMIT name; relative paths count from the repository."""
    sets = (REPOSITORY / environment.get("EVAL_DIR", "../shared/eval/dev")).resolve()
    scorers = environment.get("EVAL_SCORE")
    if not sets.is_dir():
        raise MissingSets(f"There is no folder {sets}. EVAL_DIR= names the folder of the evaluation sets.")
    limit = environment.get("LIMIT")
    chosen = (REPOSITORY / scorers).resolve() if scorers else sets.parent / "score"
    return EvaluationFolder(sets, chosen, int(limit) if limit else None)
