"""A wording as callers will get it: with this business's own values, line by line, with its size and its faults."""

from dataclasses import dataclass
from datetime import datetime

from ringback.domain.business import Business
from ringback.domain.healthcare import is_on
from ringback.domain.hours import describe_opening, next_opening
from ringback.domain.law.disclosing import automation_mark, with_mark
from ringback.domain.linter import Finding, Level, lint, longest_values
from ringback.domain.phrases import phrase
from ringback.domain.segments import Segments, count_segments
from ringback.domain.wording import MissingMergeValue, UnknownMergeField, render_wording

# Somebody has to ring in a preview; the name is a sample that no caller of anybody's has.
_SAMPLE_CALLER = "Carla"
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Sample:
    """A text as one line sends it, and its size."""

    label: str
    text: str
    size: Segments


@dataclass(frozen=True, slots=True)
class Preview:
    """A wording's texts; `longest` is the size at the longest names and times, which must fit one text."""

    samples: tuple[Sample, ...]
    longest: Segments | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> list[Finding]:
        """Return what keeps the wording from being saved."""
        return [finding for finding in self.findings if finding.level is Level.ERROR]

    @property
    def warnings(self) -> list[Finding]:
        """Return what would make it better."""
        return [finding for finding in self.findings if finding.level is Level.WARNING]


def preview_wording(body: str, language: str, business: Business, now: datetime) -> Preview:
    """Return what a wording says at `now`; one that cannot be filled in has findings and no texts."""
    longest = longest_values(language, business.name, max((line.label for line in business.lines), key=len, default=""))
    mark = automation_mark(business, "", language, now)
    findings = lint(body, language, longest, added=mark, healthcare=is_on(business))
    try:
        samples = _samples(body, language, business, now)
        size = count_segments(with_mark(render_wording(body, longest), mark))
    except (UnknownMergeField, MissingMergeValue):
        return Preview((), None, findings)
    return Preview(samples, size, findings)


def _samples(body: str, language: str, business: Business, now: datetime) -> tuple[Sample, ...]:
    opens_at = next_opening(business.hours, business.zone, now)
    opens = describe_opening(opens_at, now, business.zone, language)
    texts: dict[str, Sample] = {}
    for label in [line.label for line in business.lines] or [phrase("Your line")]:
        fields = {
            "business": business.name, "opens": opens, "caller_name": _SAMPLE_CALLER, "line": label, "until": "",
        }  # fmt: skip
        text = with_mark(render_wording(body, fields), automation_mark(business, "", language, now))
        # Lines that say the same need not be read one by one.
        texts.setdefault(text, Sample(label, text, count_segments(text)))
    return tuple(texts.values())[:_MOST_LINES]
