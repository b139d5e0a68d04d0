"""The bars of the evaluation: what every figure is held against at the end of a run."""

from collections.abc import Mapping
from dataclasses import dataclass

Figures = Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure that must be at least (or, without `at_least`, at most) so much. Figures are percentages."""

    figure: str
    what: str
    limit: float
    at_least: bool = True

    def is_kept(self, value: float) -> bool:
        """Return whether a value keeps the bar."""
        return value >= self.limit if self.at_least else value <= self.limit


BARS = (
    Bar("a_sgd_joint", "A SGD: day and time both right", 98.5),
    Bar("a_sgd_noisy_joint", "A SGD, written as texts are", 94),
    Bar("a_nlupp_joint", "A NLU++: day and time both right", 75),
    Bar("a_nlupp_wrong", "A NLU++: something wrong", 12, at_least=False),
    Bar("a_numneg_wrong", "A plain numbers taken for times", 3, at_least=False),
    Bar("a_es_joint", "A Spanish: day and time both right", 75),
    Bar("a_es_wrong", "A Spanish: something wrong", 5, at_least=False),
    Bar("a_es_nothing", "A Spanish: nothing read at all", 25, at_least=False),
    Bar("b_optout_recall", "B opt-outs found", 100),
    Bar("b_optout_false_rate", "B opt-outs seen where none is", 0.5, at_least=False),
    Bar("b_emergency_recall", "B emergencies found", 100),
    Bar("b_emergency_false_rate", "B emergencies seen where none is", 2, at_least=False),
    Bar("b_accuracy", "B all labels", 72),
    Bar("c_plain_success", "C plain callers booked right", 93),
    Bar("c_plain_wrong", "C plain callers booked wrong", 0, at_least=False),
    Bar("c_messy_success", "C messy callers booked right", 85),
    Bar("c_messy_wrong", "C messy callers booked wrong", 0, at_least=False),
    Bar("d_coverage", "D questions answered", 70),
    Bar("d_right_among_given", "D answers that are right", 85),
    Bar("d_near_coverage", "D half the FAQs gone: questions answered", 50),
    Bar("d_near_wrong_among_given", "D half the FAQs gone: answers that are wrong", 20, at_least=False),
)


def render_figures(figures: Figures) -> str:
    """Return `name: value` lines; a figure that has no value (nothing was counted) says so."""
    return "\n".join(f"{name}: {'none' if value is None else f'{value:g}'}" for name, value in figures.items())


def render_bars(figures: Figures) -> str:
    """Return the table of the bars whose figures were measured: bar, figure, pass or MISSED."""
    lines = [f"{'bar':<46} {'wanted':>9} {'figure':>8}  pass"]
    for bar in BARS:
        value = figures.get(bar.figure)
        if value is not None:
            wanted = f"{'>=' if bar.at_least else '<='} {bar.limit:g}"
            lines.append(f"{bar.what:<46} {wanted:>9} {value:>8g}  {'yes' if bar.is_kept(value) else 'MISSED'}")
    return "\n".join(lines)
