"""Sets A, B and D: rows through our understanding, predictions through the folder's scorers, figures out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from tests.eval import set_a, set_b, set_d
from tests.eval.sets import FILES, EvaluationFolder, Row

Figures = dict[str, float | None]

_SOURCES = {
    "SGD": "sgd",
    "SGD-neg": "sgd_neg",
    "NLU++": "nlupp",
    "NLU++-numneg": "numneg",
    "Recognizers-spec": "recognizers",
    "Duckling-corpus": "duckling",
}


def measure_a(folder: EvaluationFolder) -> Figures:
    """Return joint, wrong and missed of every source; the English ones written as texts are; Spanish pooled."""
    rows = folder.rows(*FILES["A"])
    said = _predicted(rows, set_a.predict)
    figures = _figures_of_sources(folder.score("A", rows, said), "")
    noisy = [row for row in rows if row.get("noisy")]
    noisy_said = _predicted(noisy, lambda row: set_a.predict(row, noisy=True))
    figures |= _figures_of_sources(folder.score("A", noisy, noisy_said), "noisy_")
    spanish = [{**row, "source": "spanish"} for row in rows if row["lang"] == "es"]
    if spanish:
        pooled = folder.score("A", spanish, said)["spanish:es"]
        figures |= {f"a_es_{name}": pooled[name] for name in ("joint", "wrong", "miss")}
        figures["a_es_nothing"] = _nothing_at_all(spanish, said)
    return figures


def _figures_of_sources(scored: Mapping[str, Any], prefix: str) -> Figures:
    figures: Figures = {}
    for source, values in scored.items():
        name, _, language = source.partition(":")
        short = _SOURCES.get(name, name.lower())
        if language == "es":
            short += "_es"
        for figure in ("joint", "date", "time", "wrong", "miss"):
            figures[f"a_{short}_{prefix}{figure}"] = values[figure]
    return figures


def _nothing_at_all(rows: Sequence[Row], said: Sequence[Row]) -> float:
    by_id = {one["id"]: one for one in said}
    meant = [row for row in rows if row["gold"]["date"] or row["gold"]["time"]]
    silent = sum(not by_id[row["id"]]["date"] and not by_id[row["id"]]["time"] for row in meant)
    return round(100 * silent / max(1, len(meant)), 1)


def measure_b(folder: EvaluationFolder) -> Figures:
    """Return accuracy over all labels, recall and false alarms of the two that must not be missed, and the rest."""
    rows = folder.rows(*FILES["B"])
    scored = folder.score("B", rows, _predicted(rows, set_b.predict))
    figures: Figures = {"b_accuracy": scored["acc"]["ALL"], "b_macro_f1": scored["macroF1"]}
    for part, value in scored["acc"].items():
        if part != "ALL":
            figures[f"b_accuracy_{part.partition('=')[2]}"] = value
    for label, (recall, precision, count) in scored["per"].items():
        figures |= {f"b_{label}_recall": recall, f"b_{label}_precision": precision, f"b_{label}_rows": count}
    for label, value in scored["false_rate"].items():
        figures[f"b_{label}_false_rate"] = value
    return figures


def measure_d(folder: EvaluationFolder) -> Figures:
    """Return the figures with all FAQs, and with every second one (in file order) taken away."""
    index_file, query_file = FILES["D"]
    # A part of the index would change what is asked: the limit is for the queries.
    index = EvaluationFolder(folder.sets, folder.scorers).rows(index_file)
    queries = folder.rows(query_file)
    kept = index[::2]
    known = {row["faq"] for row in kept}
    # Every query stays: one whose FAQ was taken away has no right answer any more.
    near = [{**row, "gold": row["gold"] if row["gold"] in known else None} for row in queries]
    return _figures_of_faqs(folder, index, queries, "d_") | _figures_of_faqs(folder, kept, near, "d_near_")


def _figures_of_faqs(folder: EvaluationFolder, index: Sequence[Row], queries: Sequence[Row], prefix: str) -> Figures:
    if not any(row["gold"] for row in queries):
        return {}
    built = set_d.build(list(index))
    scored = folder.score("D", queries, _predicted(queries, lambda row: set_d.predict(row, built)))
    return {prefix + name: value for name, value in scored.items()}


def _predicted(rows: Sequence[Row], predict: Callable[[Row], Mapping[str, Any]]) -> list[Row]:
    return [{**predict(row), "id": row["id"]} for row in rows]
