"""The page of outcomes, reasons and errors names each of them, once, with the sentence that people read."""

from ringback.domain.calls import Outcome, is_missed
from ringback.domain.errors import ProviderErrorKind, is_never_textable, needs_owner, words_for_owner
from ringback.domain.textback import Reason, Skip, explain, needs_call_back
from tests.docs.pages import names_in, read, rows, section

PAGE = read("reference/outcomes-and-reasons.md")


def table(heading: str) -> list[tuple[str, list[str]]]:
    """The rows below a heading whose first cell is a name: (name, the other cells)."""
    cells = [row for row in rows(section(PAGE, heading)) if row[0].startswith("`")]
    return [(names_in(row[0])[0], row[1:]) for row in cells]


def test_every_outcome_stands_with_whether_it_counts_as_missed() -> None:
    told = [(name, rest[0]) for name, rest in table("## Outcomes")]

    assert told == [(outcome.value, "yes" if is_missed(outcome) else "no") for outcome in Outcome]


def test_every_reason_stands_with_its_sentence() -> None:
    told = [(name, rest[0]) for name, rest in table("## Reasons")]

    assert told == [(reason.value, explain(reason)) for reason in Reason]


def test_the_reasons_that_end_in_a_call_back_are_named() -> None:
    paragraph = next(p for p in PAGE.split("\n\n") if "becomes a call-back, so that" in p)
    told = {name for name in names_in(paragraph) if name in set(Reason)}

    assert told == {reason.value for reason in Reason if needs_call_back(Skip(reason), Outcome.NO_ANSWER)}


def test_every_provider_error_stands_with_its_sentence_and_what_follows() -> None:
    told = [(name, rest[0], rest[1].replace("stored as an opt-out", "")) for name, rest in table("## Provider errors")]

    assert told == [(kind.value, words_for_owner(kind), _then(kind)) for kind in ProviderErrorKind]


def _then(kind: ProviderErrorKind) -> str:
    return "alarm" if needs_owner(kind) else "never again" if is_never_textable(kind) else ""
