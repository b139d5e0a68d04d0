"""Set D through the product's retrieval: an FAQ is a Fact, its name a question, its examples other ways to ask."""

import re
from typing import Any

from ringback.receptionist.facts import decide
from ringback.receptionist.facts_match import Match, Matcher, build_matcher, rank


def build(index_rows: list[dict[str, Any]]) -> Matcher:
    """Return the FAQs ready to be asked."""
    return build_matcher([(row["faq"], (re.sub(r"[_?]", " ", row["faq"]), *row["examples"])) for row in index_rows])


def predict(row: dict[str, Any], index: Matcher) -> dict[str, Any]:
    """Return the FAQ that a caller would be answered with, or None: "did you mean" counts as no answer."""
    matches = rank(index, row["text"])
    decided = decide(matches, len(index.labels))
    score = matches[0].confidence if matches else 0.0
    return {"id": row["id"], "faq": decided.label if isinstance(decided, Match) else None, "score": score}
