"""Which rule would fire? A missed call described by hand, the wording it would get, and why."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from starlette.responses import Response

from ringback.domain.business import Business
from ringback.domain.calls import Outcome, is_missed
from ringback.domain.hours import DayState, describe_opening, next_opening, state_at
from ringback.domain.law.disclosing import automation_mark, with_mark
from ringback.domain.segments import count_segments
from ringback.domain.trades import builtin_wordings
from ringback.domain.wording import Situation, choose_wording, render_wording
from ringback.web.pages.visits import Desk, Visit
from ringback.web.settings.text_forms import DAY_WORDS, MISSED

_NAME = "Carla"
_YEARS_AROUND = 5


@dataclass(frozen=True, slots=True)
class Trial:
    """A call that is tried out. `day` None: what the opening hours say of `at` (aware)."""

    outcome: Outcome
    line: str
    language: str
    first_time: bool
    at: datetime
    day: DayState | None = None


async def show_trial(visit: Visit) -> Response:
    """Show the form, and once it is filled in, what a call like that would be answered with."""
    async with visit.desk() as desk:
        trial = _read(visit, desk)
        local = trial.at.astimezone(ZoneInfo(desk.business.zone))
        shown: dict[str, Any] = {
            "trial": trial,
            "local": local,
            "outcomes": MISSED(desk.business),
            "days": DAY_WORDS,
            "labels": list(dict.fromkeys(line.label for line in desk.business.lines)),
            "result": try_call(trial, desk.business) if "outcome" in visit.request.query_params else None,
        }
        return await visit.page(desk, "settings/rule_trial.html", **shown)


def _read(visit: Visit, desk: Desk) -> Trial:
    """Anything that no choice of the form could be is taken as its first choice: a trial changes nothing."""
    asked, business = visit.request.query_params, desk.business
    line = next((line for line in business.lines if line.label == asked.get("line")), None)
    first = line or next(iter(business.lines), None)
    outcomes = {outcome.value: outcome for outcome in Outcome if is_missed(outcome)}
    days = {day.value: day for day in DayState}
    spoken = asked.get("language", "")
    return Trial(
        outcomes.get(asked.get("outcome", ""), Outcome.NO_ANSWER),
        first.label if first else "",
        spoken if spoken in ("en", "es") else (first.language if first else business.language),
        asked.get("contact") != "known",
        _read_at(asked.get("on", ""), asked.get("at", ""), desk),
        days.get(asked.get("day", "")),
    )


def _read_at(on: str, at: str, desk: Desk) -> datetime:
    zone = ZoneInfo(desk.business.zone)
    try:
        asked = datetime.combine(date.fromisoformat(on), time.fromisoformat(at), zone)
    except ValueError:
        return desk.now.astimezone(zone)
    # At the calendar's ends no zone can be reckoned with.
    return asked if abs(asked.year - desk.now.year) <= _YEARS_AROUND else desk.now.astimezone(zone)


def try_call(trial: Trial, business: Business) -> dict[str, Any]:
    """Return what the call would be answered with: the very choice a real call goes through."""
    day = trial.day or state_at(business.hours, business.zone, trial.at)
    situation = Situation(trial.outcome, day, trial.line, trial.language, trial.first_time, business.trade)
    # The built-in rules come after the owner's, as they do when a call is settled.
    rules, wordings = builtin_wordings(business.trade, business.tone)
    choice = choose_wording(business.rules + rules, business.wordings + wordings, situation)
    fields = {
        "business": business.name,
        "opens": _opens(day, trial, business),
        "caller_name": "" if trial.first_time else _NAME,
        "line": trial.line,
        "until": "",
    }
    mark = automation_mark(business, "", trial.language, trial.at)
    text = with_mark(render_wording(choice.wording.body, fields), mark)
    is_own = choice.rule_index is not None and choice.rule_index < len(business.rules)
    return {"choice": choice, "day": day, "text": text, "size": count_segments(text), "is_own": is_own}


def _opens(day: DayState, trial: Trial, business: Business) -> str:
    # A business that is open has no time to name, and its sentence closes over the gap.
    if day is DayState.OPEN:
        return ""
    opens_at = next_opening(business.hours, business.zone, trial.at)
    return describe_opening(opens_at, trial.at, business.zone, trial.language)
