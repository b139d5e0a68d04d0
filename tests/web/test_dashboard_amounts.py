"""Amounts as people type them, and where the marks of a chart stand."""

import pytest

from ringback.domain.recovery import Counts, Sums
from ringback.web.dashboard.amounts import read_cents, read_millicents, read_percent
from ringback.web.dashboard.charts import draw_heat, read_two_hours


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("450", 45000), ("450.5", 45050), ("450,50", 45050), ("$1,290.50", 129050), ("1.290,50 €", 129050),
        ("1,290", 129000), ("4.555", 455500), ("0", 0), ("10000000", 1_000_000_000),
    ],
)  # fmt: skip
def test_an_amount_is_read_however_it_is_written(text: str, cents: int) -> None:
    assert read_cents(text) == cents


@pytest.mark.parametrize("text", ["-5", "a lot", "4.5555", "1e9", "10000001", "٣", "1 2", "12,34,56"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_cents(text)


def test_prices_of_texts_have_three_places_and_percents_none() -> None:
    assert (read_millicents("1.1"), read_millicents("0,79"), read_percent("80 %")) == (1100, 790, 80)
    for refused in ("100.001", "x"):
        with pytest.raises(ValueError, match=r".*"):
            read_millicents(refused)
    for refused in ("101", "1.5"):
        with pytest.raises(ValueError, match=r".*"):
            read_percent(refused)


def test_the_heat_map_has_every_weekday_from_the_first_to_the_last_missed_hour() -> None:
    heat = draw_heat({"2-12": Sums(Counts(missed=8)), "5-8": Sums(Counts(missed=1)), "1-20": Sums(Counts(calls=3))})

    assert [hour for hour, _ in heat.rows] == [8, 10, 12]
    assert {len(cells) for _, cells in heat.rows} == {7}
    assert heat.worst == (2, 12)
    assert {cell.name: cell.shade for _, cells in heat.rows for cell in cells if cell.missed} == {"2-12": 4, "5-8": 1}


def test_a_cell_of_no_map_is_none() -> None:
    assert read_two_hours("2-12") == (2, 12)
    assert [read_two_hours(name) for name in ("8-12", "2-13", "2", "<b>")] == [None] * 4
