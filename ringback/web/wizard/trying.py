"""Step 6: a test call, seen arriving step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.answering import staff_phones
from ringback.domain.business import Business, Line, Mode
from ringback.domain.calls import Outcome, is_missed
from ringback.domain.phones import normalise_phone
from ringback.domain.phrases import Phrase, phrase
from ringback.store import line_tests, set_up
from ringback.store.line_tests import TestWindow
from ringback.web.pages.calls import load_call_page
from ringback.web.pages.forms import read_form
from ringback.web.pages.telling import Fate
from ringback.web.pages.visits import Desk, Visit
from ringback.web.wizard.number import KIND, line_settings
from ringback.web.wizard.steps import after, line_in_hand, step_page
from ringback.workflows.line_tests import (
    TEST_PHONE,
    NotRunning,
    PretendCompany,
    end_test,
    open_test,
    pretend_company,
)

_NOT_RUNNING = phrase("The pretend phone company does not answer. Start it with `ringback sandbox`, then try again.")
_ON_THE_WAY = (Fate.DUE, Fate.SENDING, Fate.UNCERTAIN)
_TAKEN = (Fate.SENT, Fate.DELIVERED, Fate.READ, Fate.UNDELIVERED)
_ARRIVED = (Fate.DELIVERED, Fate.READ)


class State(StrEnum):
    """How far one stage of a test call is."""

    TODO = "todo"
    NOW = "now"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a test call: what it is, how far, and what happened or hinders it."""

    title: Phrase
    state: State
    detail: str | None = None


async def show_test(visit: Visit) -> Response:
    """Show what to do, and what has arrived of it."""
    return await _page(visit, {}, {})


async def _page(visit: Visit, given: dict[str, str], troubles: dict[str, Phrase]) -> Response:
    async with visit.desk() as desk:
        line = line_in_hand(desk.business)
        settings = await line_settings(visit, desk, line)
        company = pretend_company(visit.context, settings) if line else None
    # Asked between two transactions: an outside company must not keep one open.
    texts, is_running = await _screen(company, line)
    async with visit.desk() as desk:
        values = {
            "line": line,
            "is_pretend": company is not None,
            "is_running": is_running,
            "screen": texts,
            "given": {"phone": _my_phone(visit, desk.business), **given},
            "troubles": troubles,
            **await _test_values(desk, line),
        }
        return await step_page(visit, desk, "test", values)


async def _screen(company: PretendCompany | None, line: Line | None) -> tuple[list[str], bool]:
    """Return what the test phone shows, and whether its company runs."""
    if company is None or line is None:
        return [], False
    try:
        return await company.texts(line.number), True
    except NotRunning:
        return [], False


def _my_phone(visit: Visit, business: Business) -> str:
    # Whoever reads this holds that phone; only the number is missing for the test.
    mine = next((one.phone for one in business.staff if one.staff_id == visit.signed_in.staff_id), None)
    return mine or next((one.phone for one in business.staff if one.phone), "") or ""


async def _test_values(desk: Desk, line: Line | None) -> dict[str, Any]:
    """Return the test that is going on or was the last, with its newest call as stages."""
    window = await line_tests.newest_window(desk.connection, desk.business_id, line.line_id) if line else None
    if line is None or window is None:
        return {"window": None, "is_open": False, "stages": (), "strangers": (), "is_done": False}
    found = await line_tests.list_test_calls(desk.connection, desk.business_id, line.line_id, window.opened_at)
    ours = [call for call in found if _may_test(call["caller"], desk.business, window)]
    call = await load_call_page(desk, ours[0]["call_id"]) if ours else None
    stages = tell_stages(call, line)
    return {
        "window": window,
        "is_open": window.ends_at > desk.now,
        "stages": stages,
        "strangers": [one["caller"] for one in found if one not in ours],
        "is_done": stages[-1].state is State.DONE,
    }


# Who is texted is decided in workflows/settle.py; this only tells whose call the page is about.
def _may_test(caller: str, business: Business, window: TestWindow) -> bool:
    phone = normalise_phone(caller, business.country)
    return phone is not None and (phone == window.phone or phone in staff_phones(business))


def tell_stages(call: Mapping[str, Any] | None, line: Line) -> tuple[Stage, ...]:
    """Return the five stages from the call to the text on the phone."""
    came_in = phrase("The call came in")
    missed = phrase("Nobody answered")
    decided = phrase("We decided to text the caller")
    handed = phrase("The phone company took the text")
    arrived = phrase("The text is on the phone")
    if call is None:
        return (Stage(came_in, State.NOW), *(Stage(one, State.TODO) for one in (missed, decided, handed, arrived)))
    return (
        Stage(came_in, State.DONE),
        _missed(missed, call, line),
        _decided(decided, call),
        _handed(handed, call),
        _arrived(arrived, call),
    )


def _missed(title: Phrase, call: Mapping[str, Any], line: Line) -> Stage:
    if call["outcome"] is None:
        rings = phrase("Let it ring, or hang up.") if line.mode is Mode.FRONT else None
        return Stage(title, State.NOW, rings)
    if is_missed(Outcome(call["outcome"])):
        return Stage(title, State.DONE)
    return Stage(title, State.FAILED, phrase("Somebody answered. Ring again and let nobody pick up."))


def _decided(title: Phrase, call: Mapping[str, Any]) -> Stage:
    if call["decision"] is None:
        soon = phrase("A few seconds after the call, so that whoever rings again and is answered gets no text.")
        return Stage(title, State.NOW if call["outcome"] else State.TODO, soon if call["outcome"] else None)
    if call["decision"] == "skip":
        return Stage(title, State.FAILED, call["told"].why)
    return Stage(title, State.DONE, phrase("Words: %(name)s", name=call["wording"]))


def _handed(title: Phrase, call: Mapping[str, Any]) -> Stage:
    told = call["told"]
    if call["decision"] != "send":
        return Stage(title, State.TODO)
    if told.fate in _TAKEN:
        after_call = phrase("%(seconds)s seconds after the call", seconds=told.seconds)
        return Stage(title, State.DONE, after_call if told.seconds is not None else None)
    return Stage(title, State.NOW if told.fate in _ON_THE_WAY else State.FAILED, told.why)


def _arrived(title: Phrase, call: Mapping[str, Any]) -> Stage:
    told = call["told"]
    if call["decision"] != "send" or told.fate not in _TAKEN:
        return Stage(title, State.TODO)
    if told.fate in _ARRIVED:
        return Stage(title, State.DONE)
    if told.fate is Fate.UNDELIVERED:
        return Stage(title, State.FAILED, told.why)
    return Stage(title, State.NOW, phrase("Look at your phone: not every carrier tells us when a text is there."))


async def open_window(visit: Visit) -> Response:
    """Let staff phones, and the one that was typed, be texted for a quarter of an hour."""
    form = await read_form(visit.request)
    typed = form.get("phone", "").strip()[:40]
    async with visit.desk() as desk:
        line = line_in_hand(desk.business)
        phone = normalise_phone(typed, desk.business.country)
        if line is not None and phone is not None:
            await open_test(desk.connection, desk.business, line, phone, visit.who, desk.now)
            return RedirectResponse("/set-up/test", 303)
    trouble = phrase("Write the number of the phone you will ring from.") if line else _NO_NUMBER
    return await _page(visit, {"phone": typed}, {"phone": trouble})


_NO_NUMBER = phrase("Connect a number first.")


async def ring_pretend(visit: Visit) -> Response:
    """Let the test phone of the pretend company ring the line; the test begins with it."""
    async with visit.desk() as desk:
        line = line_in_hand(desk.business)
        settings = await line_settings(visit, desk, line)
        company = pretend_company(visit.context, settings) if line else None
        if line is None or company is None:
            raise HTTPException(404, _NO_NUMBER)
        # Before it rings: the call must find the window open.
        await open_test(desk.connection, desk.business, line, TEST_PHONE, visit.who, desk.now)
    hooks = visit.context.providers[KIND].hook_urls(visit.context.address(line))
    try:
        await company.connect(line, settings, hooks)
        await company.ring(line.number)
    except NotRunning:
        return await _page(visit, {}, {"ring": _NOT_RUNNING})
    return RedirectResponse("/set-up/test", 303)


async def finish_test(visit: Visit) -> Response:
    """End the test, and go on."""
    async with visit.desk() as desk:
        line = line_in_hand(desk.business)
        if line is not None:
            await end_test(desk.connection, desk.business, line, visit.who, desk.now)
            await set_up.note_step(desk.connection, desk.business_id, "test", desk.now)
    return after("test")
