"""The evaluation folder: what is read from it, what is said when it is not there, and the bars at the end."""

from pathlib import Path

import pytest

from tests.eval.bars import BARS, render_bars, render_figures
from tests.eval.sets import EvaluationFolder, MissingSets, find_folder


def test_rows_are_read_in_order_up_to_the_limit(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"id": 1}\n\n{"id": 2}\n{"id": 3}\n')
    assert [row["id"] for row in EvaluationFolder(tmp_path, tmp_path, limit=2).rows("rows.jsonl")] == [1, 2]


def test_the_folder_s_own_scorer_is_asked(tmp_path: Path) -> None:
    (tmp_path / "score_Z.py").write_text(
        "from pathlib import Path\ndef main(gold, said):\n    return {'lines': Path(said).read_text().count('{')}\n"
    )
    assert EvaluationFolder(tmp_path, tmp_path).score("Z", [{"id": 1}], [{"id": 1}, {"id": 2}]) == {"lines": 2}


def test_a_missing_folder_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MissingSets, match="There is no folder"):
        find_folder({"EVAL_DIR": str(tmp_path / "nowhere")})


def test_a_missing_file_or_scorer_is_said_in_a_sentence(tmp_path: Path) -> None:
    folder = find_folder({"EVAL_DIR": str(tmp_path)})
    with pytest.raises(MissingSets, match=r"needs .*A_datetime\.jsonl"):
        folder.rows("A_datetime.jsonl")
    with pytest.raises(MissingSets, match=r"needs the scorer .*score_A\.py"):
        folder.score("A", [], [])


def test_the_scorers_lie_beside_the_sets_unless_told(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    assert find_folder({"EVAL_DIR": str(tmp_path / "dev")}).scorers == tmp_path.resolve() / "score"
    told = find_folder({"EVAL_DIR": str(tmp_path / "dev"), "EVAL_SCORE": str(tmp_path)})
    assert told.scorers == tmp_path.resolve()


def test_every_bar_says_whether_it_is_kept() -> None:
    figures = {bar.figure: bar.limit for bar in BARS}
    assert "MISSED" not in render_bars(figures)
    missed = {bar.figure: bar.limit + (-0.1 if bar.at_least else 0.1) for bar in BARS}
    assert render_bars(missed).count("MISSED") == len(BARS)


def test_only_bars_of_measured_figures_are_shown() -> None:
    assert len(render_bars({"a_sgd_joint": 98.7}).splitlines()) == 2


def test_figures_are_name_and_value_lines() -> None:
    assert render_figures({"a_sgd_joint": 98.7, "a_sgd_time": None}) == "a_sgd_joint: 98.7\na_sgd_time: none"
