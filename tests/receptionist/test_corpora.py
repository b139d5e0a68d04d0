"""How well opt-outs and emergencies are told apart over sentences written for it, by language and with floors."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ringback.domain.consent import read_consent
from ringback.domain.messages import OptKeyword
from ringback.receptionist.understanding.emergency import read_emergency

_CORPORA = Path(__file__).parent / "corpora"
_COLUMNS = ["text", "language", "trade", "verdict", "round"]


@dataclass(frozen=True, slots=True)
class Row:
    """One text of a caller; `is_debatable` rows are kept for reading and never counted."""

    text: str
    language: str
    trade: str
    is_debatable: bool


def _rows(name: str) -> Iterator[Row]:
    head, *lines = (_CORPORA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    assert head.split("\t") == _COLUMNS
    for line in lines:
        text, language, trade, verdict, _ = line.split("\t")
        yield Row(text, language, trade, verdict == "either")


def _is_opt_out(row: Row) -> bool:
    return read_consent(row.text) is OptKeyword.STOP


def _is_emergency(row: Row) -> bool:
    return read_emergency(row.text, row.trade) is not None


def _percent_heard(name: str, language: str, hears: Callable[[Row], bool]) -> tuple[float, dict[bool, list[str]]]:
    counted = [row for row in _rows(name) if not row.is_debatable and row.language == language]
    texts: dict[bool, list[str]] = {True: [], False: []}
    for row in counted:
        texts[hears(row)].append(f"{row.trade}: {row.text}" if row.trade else row.text)
    return 100 * len(texts[True]) / len(counted), texts


@pytest.mark.parametrize(("language", "floor"), [("en", 99), ("es", 99), ("fr", 99), ("pt", 99)])
def test_opt_outs_are_heard_in_whatever_words_they_come(language: str, floor: float) -> None:
    percent, texts = _percent_heard("opt_outs", language, _is_opt_out)
    assert percent >= floor, f"missed: {texts[False]}"


@pytest.mark.parametrize(("language", "ceiling"), [("en", 0.5), ("es", 0.5), ("fr", 0), ("pt", 0)])
def test_texts_that_only_sound_like_opt_outs_are_none(language: str, ceiling: float) -> None:
    percent, texts = _percent_heard("no_opt_outs", language, _is_opt_out)
    assert percent <= ceiling, f"wrongly taken for an opt-out: {texts[True]}"


@pytest.mark.parametrize(("language", "floor"), [("en", 99), ("es", 99)])
def test_emergencies_are_heard_over_all_trades(language: str, floor: float) -> None:
    percent, texts = _percent_heard("emergencies", language, _is_emergency)
    assert percent >= floor, f"missed: {texts[False]}"


@pytest.mark.parametrize(("language", "ceiling"), [("en", 0.5), ("es", 0.5)])
def test_everyday_requests_are_no_emergencies(language: str, ceiling: float) -> None:
    percent, texts = _percent_heard("no_emergencies", language, _is_emergency)
    assert percent <= ceiling, f"wrongly taken for an emergency: {texts[True]}"
