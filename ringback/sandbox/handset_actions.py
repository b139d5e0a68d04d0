"""What a person, or a test in a person's place, can do with a handset."""

from collections.abc import Callable
from importlib import resources
from typing import Any

from ringback.sandbox.accounts import CompanyNumber
from ringback.sandbox.calls import Call, CallOver, Direction, Pickup, Spoken, StatusHook
from ringback.sandbox.carrier import receive
from ringback.sandbox.company import Company
from ringback.sandbox.handset_view import call_view, witness
from ringback.sandbox.handsets import Handset
from ringback.sandbox.interpreter import place_inbound
from ringback.sandbox.messages import Media
from ringback.sandbox.switchboard import hang_up, hang_up_after, pick_up, press, register, speak

Wanted = dict[str, Any]
WITHHELD = "anonymous"
SAMPLE = "sample"


class NothingToDo(Exception):
    """The handset is in no state for that; the sentence says why."""


def call(company: Company, handset: Handset, wanted: Wanted) -> Wanted:
    """Ring `to`.

    Optional: `withheld` (true, or the word shown instead), `forwarded_from`, `caller_name`, `hang_up_after_seconds`,
    `verstat` (as "TN-Validation-Passed-C").
    """
    line = company.numbers.get(wanted["to"])
    if line is None:
        raise NothingToDo(f"{wanted['to']} is no number of this phone company.")
    # Carriers word it differently ("anonymous", "+266696687", "Restricted"), so a test may choose.
    withheld = wanted.get("withheld")
    shown = handset.number if not withheld else WITHHELD if withheld is True else str(withheld)
    made = Call(
        line.account,
        Direction.INBOUND,
        shown,
        line.phone_number,
        handset.number,
        company.clock.now(),
        line=line,
        status_hook=_report_to(line),
        forwarded_from=wanted.get("forwarded_from", ""),
        caller_name=wanted.get("caller_name", ""),
        verstat=wanted.get("verstat", ""),
    )
    register(company, made)
    text = f"{company.name_of(handset.number)} calls {company.name_of(line.phone_number)}"
    company.log("call.placed", text, handset.number, call=made.sid, to=made.to, **{"from": shown})
    place_inbound(company, made)
    company.start(hang_up_after(company, made, wanted.get("hang_up_after_seconds")))
    return call_view(company, made)


def _report_to(line: CompanyNumber) -> StatusHook | None:
    # A number's StatusCallback has no event list: it hears of the end only.
    only_end = frozenset({"completed"})
    return StatusHook(line.status_callback, line.status_callback_method, only_end) if line.status_callback else None


def answer(company: Company, handset: Handset, wanted: Wanted) -> Wanted:
    """Pick up the call that rings here."""
    ringing = _pick(company, handset, wanted, _rings_here)
    pick_up(ringing, Pickup.ANSWERED)
    return call_view(company, ringing)


def decline(company: Company, handset: Handset, wanted: Wanted) -> Wanted:
    """Turn the ringing call away."""
    ringing = _pick(company, handset, wanted, _rings_here)
    pick_up(ringing, Pickup.DECLINED)
    return call_view(company, ringing)


def _rings_here(one: Call) -> bool:
    return one.direction is not Direction.INBOUND and not one.is_answered and not one.pickup.done()


def end_call(company: Company, handset: Handset, wanted: Wanted) -> Wanted:
    """Put the handset down, whoever called and whether or not anyone answered."""
    found = _pick(company, handset, wanted, lambda one: True)
    hang_up(company, found)
    return call_view(company, found)


def press_keys(company: Company, handset: Handset, wanted: Wanted) -> Wanted:
    """Press `keys` during a call."""
    found = _pick(company, handset, wanted, lambda one: one.is_answered)
    _on_the_line(press, company, found, str(wanted["keys"]))
    return call_view(company, found)


def say(company: Company, handset: Handset, wanted: Wanted) -> Wanted:
    """Say `text`, or make sounds, for `seconds` during a call."""
    found = _pick(company, handset, wanted, lambda one: one.is_answered)
    _on_the_line(speak, company, found, Spoken(wanted.get("text", ""), float(wanted.get("seconds", 3))))
    return call_view(company, found)


def _on_the_line(act: Callable[[Company, Call, Any], None], company: Company, found: Call, what: Any) -> None:
    try:
        act(company, found, what)
    except CallOver as error:
        raise NothingToDo("The call is over.") from error


def _pick(company: Company, handset: Handset, wanted: Wanted, fits: Callable[[Call], bool]) -> Call:
    """Return the running call meant: the one named by `call`, else the newest that fits."""
    running = [one for one in company.calls.values() if one.handset_number == handset.number and not one.is_over]
    named = [one for one in running if wanted.get("call") in (None, one.sid) and fits(one)]
    if not named:
        raise NothingToDo(f"{handset.number} has no such call now ({len(running)} running).")
    return named[-1]


def text(company: Company, handset: Handset, wanted: Wanted) -> Wanted:
    """Send a text to `to`: `body`, and `media` (ids of uploaded pictures, or `sample`)."""
    line = company.numbers.get(wanted["to"])
    if line is None:
        raise NothingToDo(f"{wanted['to']} is no number of this phone company.")
    media = tuple(_media(company, sid) for sid in wanted.get("media", ()))
    return witness(receive(company, handset.number, line, wanted.get("body", ""), media))


def _media(company: Company, sid: str) -> Media:
    if sid == SAMPLE:
        picture = resources.files("ringback.sandbox").joinpath("static", "sample.png").read_bytes()
        return Media("image/png", picture, company.clock.now())
    if sid not in company.media:
        raise NothingToDo(f"There is no picture {sid}; upload it first.")
    return company.media[sid]


ACTIONS: dict[str, Callable[[Company, Handset, Wanted], Wanted]] = {
    "call": call,
    "answer": answer,
    "decline": decline,
    "hang_up": end_call,
    "press": press_keys,
    "speak": say,
    "text": text,
}
