"""The privacy page: healthcare mode, and for how long each kind of thing is kept."""

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain import healthcare
from ringback.domain.business_file import write_business_file
from ringback.domain.retention import WORDS, Kind, kept_days
from ringback.web.pages.forms import NOT_A_NUMBER, OUTDATED, beside, read_form, read_number
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.retention import count_old
from ringback.workflows.settings import By, Edit, Refused, Saved, change_settings, print_of

_MODES = {"": None, "yes": True, "no": False}


async def show_keeping(visit: Visit) -> Response:
    """Show the mode, the periods, and what goes tonight."""
    async with visit.desk() as desk:
        return await _page(visit, desk, {}, {})


async def _page(visit: Visit, desk: Desk, typed: Mapping[str, str], troubles: Mapping[str, str]) -> Response:
    policy = desk.business.privacy
    counts = await count_old(visit.context, desk.connection, desk.business)
    said = {None: "", True: "yes", False: "no"}[policy.healthcare]
    shown = {
        "kinds": [
            {
                "name": f"keep_{kind}_days",
                "words": WORDS[kind],
                "days": typed.get(f"keep_{kind}_days", str(kept_days(policy, kind))),
                "goes": counts[kind],
            }
            for kind in Kind
        ],
        "healthcare": typed.get("healthcare", said),
        "model_agreement": typed.get("model_agreement", "yes" if policy.model_agreement else ""),
        "is_on": healthcare.is_on(desk.business),
        "by_trade": desk.business.trade in healthcare.TRADES,
        "seen": print_of(write_business_file(desk.business)["privacy"]),
        "troubles": troubles,
        "saved": "saved" in visit.request.query_params,
    }
    return await visit.page(desk, "privacy/keeping.html", 422 if troubles else 200, **shown)


async def save_keeping(visit: Visit) -> Response:
    """Save mode and periods; what is wrong stands beside its field, with what was typed."""
    form = await read_form(visit.request)
    typed = {name: form.get(name, "").strip()[:20] for name in ("healthcare", "model_agreement", *_PERIODS)}
    troubles: dict[str, str] = {name: NOT_A_NUMBER for name in _PERIODS if read_number(typed[name]) is None}
    async with visit.desk() as desk:
        if not troubles:
            edit = Edit(lambda _: ("privacy",), form.get("seen", ""), lambda part: _with(part, typed), "privacy")
            by = By(visit.signed_in.name, visit.signed_in.person_id)
            result = await change_settings(desk.connection, visit.context, visit.business_id, edit, by, desk.now)
            if isinstance(result, Saved):
                return RedirectResponse("/privacy?saved=1", 303)
            if not isinstance(result, Refused):
                raise HTTPException(409, OUTDATED)
            troubles = beside(result.problems)
        return await _page(visit, desk, typed, troubles)


_PERIODS = tuple(f"keep_{kind}_days" for kind in Kind)


def _with(part: Mapping[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    periods = {name: int(typed[name]) for name in _PERIODS}
    mode = _MODES.get(typed["healthcare"])
    rest = {name: value for name, value in part.items() if name != "healthcare"}
    # A key that is left out is "as the trade suggests".
    said = {} if mode is None else {"healthcare": mode}
    return {**rest, **said, **periods, "model_agreement": typed["model_agreement"] == "yes"}
