"""The page of figures says of each what the dashboard says, and the defaults that the code has."""

from ringback.domain.recovery import CREDIT, DEFAULT_CLOSE_PERCENT, DEFAULT_SEGMENT_MILLICENTS, Counts
from ringback.domain.recovery_figures import DEFINITIONS, NAMES, Figure
from ringback.store.recovery import FIGURE_IS
from tests.docs.pages import names_in, read, rows, section

PAGE = read("reference/figures.md")


def test_every_figure_stands_with_its_sentence() -> None:
    told = [(names_in(row[0])[0], row[1], row[2]) for row in rows(section(PAGE, "# Figures")) if row[0].startswith("`")]

    assert told == [(one.key, one.name, one.meaning) for one in DEFINITIONS]


def test_every_figure_that_opens_rows_is_counted_named_and_has_a_condition() -> None:
    assert set(FIGURE_IS) == set(Figure)
    assert {figure.value for figure in Figure} <= set(Counts.__slots__)
    assert {figure.value for figure in Figure} <= NAMES.keys()


def test_the_defaults_and_the_days_of_credit_are_those_of_the_code() -> None:
    assert f"{DEFAULT_CLOSE_PERCENT} percent" in PAGE
    assert f"{DEFAULT_SEGMENT_MILLICENTS / 1000:g} cents" in PAGE
    assert f"in the {CREDIT.days} days before it" in PAGE
