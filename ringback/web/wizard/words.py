"""Step 3: the texts that missed callers get, in a tone of the trade or in the owner's own words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from starlette.responses import Response

from ringback.domain.business import Business
from ringback.domain.business_file import BusinessFileError, write_business_file
from ringback.domain.healthcare import is_on
from ringback.domain.hours import describe_opening, next_opening
from ringback.domain.law.disclosing import automation_mark, with_mark
from ringback.domain.linter import Finding, Level, lint, longest_values
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.segments import Segments, count_segments
from ringback.domain.trades import TONES, builtin_wordings
from ringback.domain.wording import UnknownMergeField, Wording, render_wording
from ringback.web.pages.forms import read_form
from ringback.web.pages.rendering import html
from ringback.web.pages.visits import Desk, Visit
from ringback.web.wizard.steps import after, line_in_hand, step_page
from ringback.workflows.first_steps import Edit, save_step

# The built-in wordings' names begin with these; those of Spanish go on with "(Spanish)".
MOMENTS: Mapping[str, str] = {"missed": "Missed call", "closed": "After hours", "busy": "Busy"}
_LONGEST = 640
_CALLER = "Carla"


@dataclass(frozen=True, slots=True)
class Preview:
    """One text as a caller would get it now, what it costs, and what the linter says."""

    moment: str
    body: str
    said: str
    size: Segments
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        """Return whether it may be saved."""
        return all(one.level is not Level.ERROR for one in self.findings)


async def show_words(visit: Visit) -> Response:
    """Show the three texts; with `?tone=` those of another tone, unsaved."""
    wanted = visit.request.query_params.get("tone", "")
    async with visit.desk() as desk:
        tone = wanted if wanted in TONES else desk.business.tone
        bodies = _builtin(desk.business, tone) if wanted in TONES else _bodies(desk.business)
        return await _page(visit, desk, bodies, tone, {})


async def _page(
    visit: Visit, desk: Desk, bodies: Mapping[str, str], tone: str, troubles: dict[str, Phrase]
) -> Response:
    previews = {moment: read_text(desk.business, moment, bodies[moment], desk.now) for moment in MOMENTS}
    values = {"previews": previews, "tone": tone, "tones": TONES, "troubles": troubles}
    return await step_page(visit, desk, "words", values)


async def save_words(visit: Visit) -> Response:
    """Save the texts, unless the linter refuses one."""
    form = await read_form(visit.request)
    bodies = _typed(form)
    tone = form.get("tone", "") if form.get("tone") in TONES else None
    async with visit.desk() as desk:
        read = {moment: read_text(desk.business, moment, bodies[moment], desk.now) for moment in MOMENTS}
        troubles = {moment: _refusal(one) for moment, one in read.items() if not one.is_clean}
        if troubles:
            return await _page(visit, desk, bodies, tone or desk.business.tone, troubles)
        edit = Edit("words", _sections(desk.business, bodies, tone or desk.business.tone))
        try:
            await save_step(desk.connection, visit.context, desk.business, edit, visit.who)
        except BusinessFileError as error:
            form_trouble = {"form": phrase("%(problem)s", problem=error.problems[0])}
            return await _page(visit, desk, bodies, tone or desk.business.tone, form_trouble)
    return after("words")


async def preview(visit: Visit) -> Response:
    """Return the part of the page that shows a text as it is being typed."""
    form = await read_form(visit.request)
    moment = form.get("moment", "")
    moment = moment if moment in MOMENTS else "missed"
    async with visit.desk() as desk:
        shown = read_text(desk.business, moment, _typed(form)[moment], desk.now)
        return html("wizard/preview.html", {**await visit.frame(desk), "one": shown})


def _typed(form: Mapping[str, str]) -> dict[str, str]:
    # Browsers send line breaks as two characters, which would count as two.
    return {moment: form.get(moment, "").replace("\r\n", "\n").strip()[:_LONGEST] for moment in MOMENTS}


def read_text(business: Business, moment: str, body: str, now: datetime) -> Preview:
    """Return a text with its merge fields filled as for a caller of this moment."""
    language = business.language
    opens_at = next_opening(business.hours, business.zone, now)
    opens = describe_opening(opens_at, now, business.zone, language)
    line = line_in_hand(business)
    label = line.label if line else "Main"
    fields = {"business": business.name, "opens": opens, "caller_name": _CALLER, "line": label, "until": opens}
    try:
        said = render_wording(body, fields)
    except UnknownMergeField:
        # The linter says which field; the rest can still be looked at.
        said = body
    longest, mark = longest_values(language, business.name, label), automation_mark(business, "", language, now)
    said = with_mark(said, mark)
    findings = lint(body, language, longest, added=mark, healthcare=is_on(business))
    return Preview(moment, body, said, count_segments(said), findings)


def _refusal(one: Preview) -> Phrase:
    worst = next(found for found in one.findings if found.level is Level.ERROR)
    return phrase("%(why)s", why=worst.message)


def _bodies(business: Business) -> dict[str, str]:
    """Return the texts in use: the owner's where they have the wizard's names, else the built-in ones."""
    own = {wording.name: wording.body for wording in business.wordings}
    built_in = _builtin(business, business.tone)
    return {moment: own.get(_name(business, moment), body) for moment, body in built_in.items()}


def _builtin(business: Business, tone: str) -> dict[str, str]:
    _, wordings = builtin_wordings(business.trade, tone)
    named = {wording.name: wording.body for wording in wordings}
    return {moment: named[_name(business, moment)] for moment in MOMENTS}


def _name(business: Business, moment: str) -> str:
    return MOMENTS[moment] + (" (Spanish)" if business.language == "es" else "")


def _sections(business: Business, bodies: Mapping[str, str], tone: str) -> dict[str, Any]:
    """Return the sections to save: none of our wordings where the built-in ones say the same."""
    document: dict[str, Any] = write_business_file(business)
    rules, wordings = builtin_wordings(business.trade, tone)
    ours = {wording.name for wording in wordings}
    others = [one for one in document["wordings"] if one["name"] not in ours]
    their_rules = [one for one in document["rules"] if one["wording"] not in ours]
    head = {**document["business"], "tone": tone}
    if dict(bodies) == _builtin(business, tone):
        return {"business": head, "wordings": others, "rules": their_rules}
    named = {_name(business, moment): body for moment, body in bodies.items()}
    longest = longest_values("", business.name)
    kept = [one for one in wordings if one.name in named or _is_clean(one, longest)]
    written = [{**asdict(one), "body": named.get(one.name, one.body)} for one in kept]
    # Rules of the other language come with it: theirs would otherwise answer callers who speak it.
    names = {one.name for one in kept}
    added = [_rule_entry(rule) for rule in rules if rule.wording in names]
    return {"business": head, "wordings": [*others, *written], "rules": [*their_rules, *added]}


def _is_clean(wording: Wording, longest: Mapping[str, str]) -> bool:
    values = {**longest_values(wording.language), "business": longest["business"]}
    return all(one.level is not Level.ERROR for one in lint(wording.body, wording.language, values))


def _rule_entry(rule: Any) -> dict[str, Any]:
    lists = {name: sorted(str(one) for one in getattr(rule, name)) for name in ("outcomes", "days", "languages")}
    return {"wording": rule.wording} | {name: values for name, values in lists.items() if values}
