"""`/me/notices`: how a person is told, on which devices, what they were told lately; and the owner's rules for all."""

import hashlib
from dataclasses import asdict
from datetime import time
from typing import Any

from starlette.responses import RedirectResponse, Response

from ringback.domain.notice_texts import title
from ringback.domain.notices import Channel, StaffNoticePolicy
from ringback.domain.phrases import Phrase, phrase
from ringback.store import notices, push_subscriptions
from ringback.store.audit import Change
from ringback.store.notices import NoticeRules, Reach
from ringback.web.notices.fates import tell_notice
from ringback.web.pages.forms import read_form, read_number
from ringback.web.pages.roles import Role, role_of
from ringback.web.pages.visits import Desk, Visit
from ringback.web.words import current_language
from ringback.workflows.push_telling import find_push_keys

_PAGE = "/me/notices"
_SHOWN = 20
_PLACES = ("first", "second", "third")

Form = dict[str, str]


async def show_choice(visit: Visit) -> Response:
    """Answer with the page."""
    async with visit.desk() as desk:
        return await _page(visit, desk)


async def _page(
    visit: Visit, desk: Desk, form: Form | None = None, troubles: dict[str, Phrase] | None = None
) -> Response:
    me = await _me(visit, desk)
    rules = await notices.load_rules(desk.connection, desk.business_id)
    devices = await push_subscriptions.list_subscriptions(
        desk.connection, desk.business_id, visit.signed_in.person_id, desk.now
    )
    told = await notices.list_notices(desk.connection, desk.business_id, me.staff_id, _SHOWN) if me else []
    push = visit.context.push
    shown: dict[str, Any] = {
        "me": me,
        "channels": tuple(Channel),
        # Made by whoever looks first; until then no browser could subscribe.
        "key": (await find_push_keys(desk.connection, visit.context.sealer, push, desk.now)).public if push else "",
        "devices": [{**device, "print": _print(device["endpoint"])} for device in devices],
        "told": [
            {**row, "title": title(row["kind"], current_language()), "fates": tell_notice(row, desk.now)}
            for row in told
        ],
        "has_mail": visit.context.mailer is not None,
        "is_owner": role_of(visit.signed_in) >= Role.OWNER,
        "is_viewer": role_of(visit.signed_in) < Role.STAFF,
        "form": {**_choice_form(me.policy if me else StaffNoticePolicy()), **_rules_form(rules), **(form or {})},
        "troubles": troubles or {},
    }
    return await visit.page(desk, "notices/choice.html", 422 if troubles else 200, **shown)


def _print(endpoint: str) -> str:
    """A browser knows its own endpoint by this; the endpoint itself would let anybody who reads it push."""
    # Half of it is plenty to tell a person's few devices apart.
    return hashlib.sha256(endpoint.encode()).hexdigest()[:16]


async def _me(visit: Visit, desk: Desk) -> Reach | None:
    staff_id = visit.signed_in.staff_id
    found = await notices.load_reach(desk.connection, desk.business_id, [staff_id], desk.now) if staff_id else []
    return found[0] if found else None


def _choice_form(policy: StaffNoticePolicy) -> Form:
    chosen = dict(zip(_PLACES, [*policy.channels, "", "", ""], strict=False))
    spans = {"quiet_from": policy.quiet_from, "quiet_until": policy.quiet_until}
    hours = {name: f"{at:%H:%M}" if at else "" for name, at in spans.items()}
    return {**chosen, **hours, "urgent_through": "on" if policy.urgent_through else ""}


def _rules_form(rules: NoticeRules) -> Form:
    return {"shows_words": "on" if rules.shows_words else "", "push_wait_seconds": str(rules.push_wait_seconds)}


async def save_choice(visit: Visit) -> Response:
    """Keep how a person wants to be told; what cannot be comes back as it was typed."""
    form = await read_form(visit.request)
    async with visit.desk() as desk:
        me = await _me(visit, desk)
        policy, troubles = _read_choice(form)
        if me is None:
            troubles["first"] = phrase("You are not on the staff list, so nothing can be sent to you yet.")
        if troubles or me is None:
            # An unticked box is not sent at all, and must not come back ticked.
            return await _page(visit, desk, {**dict.fromkeys(["urgent_through"], ""), **form}, troubles)
        await notices.save_policy(desk.connection, desk.business_id, me.staff_id, policy)
        change = Change("notices.choice", me.name, _choice_form(me.policy), _choice_form(policy))
        await visit.note(desk, change)
    return RedirectResponse(f"{_PAGE}#choice", 303)


def _read_choice(form: Form) -> tuple[StaffNoticePolicy, dict[str, Phrase]]:
    troubles: dict[str, Phrase] = {}
    # Gaps close: "first: text, third: e-mail" is an order as well.
    named = [form.get(place, "") for place in _PLACES if form.get(place)]
    channels = tuple(Channel(name) for name in named if name in [*Channel])
    if not channels or len(channels) != len(named):
        troubles["first"] = phrase("Choose at least one way, or nobody can tell you anything.")
    elif len(set(channels)) < len(channels):
        troubles["first"] = phrase("Name each way once.")
    typed = [form.get(name, "").strip() for name in ("quiet_from", "quiet_until")]
    begins, ends = map(_read_time, typed)
    if any(typed) and (begins is None or ends is None or begins == ends):
        troubles["quiet"] = phrase(
            "Quiet hours have a beginning and an end, like 22:00 and 07:00; or leave both empty."
        )
    return StaffNoticePolicy(channels, begins, ends, "urgent_through" in form), troubles


def _read_time(text: str) -> time | None:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


async def save_rules(visit: Visit) -> Response:
    """Keep the owner's rules: what lock screens may show, and how long a push may stay unseen."""
    form = await read_form(visit.request)
    seconds = read_number(form.get("push_wait_seconds", "").strip(), 3)
    async with visit.desk() as desk:
        if seconds is None or not 10 <= seconds <= 600:
            trouble = phrase("Between 10 and 600 seconds.")
            return await _page(visit, desk, {"shows_words": "", **form}, {"push_wait_seconds": trouble})
        before = await notices.load_rules(desk.connection, desk.business_id)
        rules = NoticeRules("shows_words" in form, seconds)
        await notices.save_rules(desk.connection, desk.business_id, rules)
        await visit.note(desk, Change("notices.rules", "notices", asdict(before), asdict(rules)))
    return RedirectResponse(f"{_PAGE}#rules", 303)
