"""`ringback chat`: talk with a business's receptionist in the terminal."""

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from zoneinfo import ZoneInfo

from ringback import wiring
from ringback.cli import setting_up
from ringback.cli.database import say_unreachable
from ringback.cli.output import fail
from ringback.cli.rehearsal import RESUME, Answer, Rehearsal
from ringback.domain.business import Business
from ringback.domain.phones import normalise_phone
from ringback.settings import Settings
from ringback.store.db import DatabaseUnreachable
from ringback.workflows.context import Context

# A number for stories, which belongs to nobody.
CALLER = "+13125550142"
_QUIET = "The receptionist stays quiet: they said STOP, or a person answers now. START or /resume lets it go on."
_COMMANDS = "/why explains the last answer, /resume lets a receptionist that went quiet go on, /quit ends."
# What a caller does not see; the rest (a name noted, a hold let go) shows in the conversation itself.
_EFFECTS = {
    "HandOver": "A person is asked to take over.",
    "PromiseCall": "A call back is promised and has an owner.",
    "RecordGap": "The question is kept for the owner: no fact answers it.",
    "AlertOnCall": "Whoever is on call is alerted.",
    "RequestQuote": "A quote is asked for.",
    "JoinWaitingList": "The caller is put on the waiting list.",
    "MarkContact": "Nothing automatic goes to this number any more.",
}


async def open_rehearsal(context: Context, slug: str, caller: str, language: str | None) -> Rehearsal:
    """Return a rehearsal as `caller`; ends with a sentence where there can be none."""
    business = await setting_up.load(context.pool, slug)
    phone = normalise_phone(caller, business.country)
    if phone is None:
        fail(f"“{caller}” is not a phone number. Write it like {CALLER}.")
    if not business.lines:
        fail(f"{business.name} has no line yet, so nobody can text it. Add one with `ringback line add`.")
    if not business.receptionist.on:
        fail(f"The receptionist of {business.name} is off (on = false under [receptionist] in its business file).")
    return Rehearsal(context, business, phone, language)


def run(settings: Settings, slug: str, caller: str, language: str | None, *, as_json: bool) -> None:
    """Talk until /quit, the end of the input or Ctrl-C."""
    # Lines are read between runs of the loop, not within one: there, Ctrl-C would wait for the next line.
    with asyncio.Runner() as runner:
        tools = wiring.open_context(settings, pool_size=1)
        try:
            context = runner.run(tools.__aenter__())
        except DatabaseUnreachable as error:
            fail(say_unreachable(settings, error))
        try:
            rehearsal = runner.run(open_rehearsal(context, slug, caller, language))
            _talk(runner, rehearsal, as_json=as_json)
        finally:
            runner.run(tools.__aexit__(None, None, None))


def _talk(runner: asyncio.Runner, rehearsal: Rehearsal, *, as_json: bool) -> None:
    last: Answer | None = None
    if not as_json:
        print(_greeting(rehearsal), flush=True)
    for text in _lines(prompt="" if as_json else "you> "):
        match text:
            case "/quit":
                return
            case "/why":
                _explain(last)
            case "/resume":
                runner.run(rehearsal.hear(RESUME))
            case _ if text.startswith("/"):
                print(_COMMANDS, file=sys.stderr)
            case _:
                last = runner.run(rehearsal.hear(text))
                _show(last, rehearsal.business, as_json=as_json)


def _greeting(rehearsal: Rehearsal) -> str:
    local = rehearsal.context.clock.now().astimezone(ZoneInfo(rehearsal.business.zone))
    return (
        f"You text with the receptionist of {rehearsal.business.name}, where it is {local:%A %H:%M}. "
        f"Nothing of this is kept or sent.\n{_COMMANDS}\n"
    )


def _lines(prompt: str) -> Iterator[str]:
    """Yield what the caller writes, without empty lines; what a script says is shown, as a person's typing would be."""
    is_person = sys.stdin.isatty()
    while True:
        try:
            text = (input(prompt) if is_person else input()).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if text and prompt and not is_person:
            print(f"{prompt}{text}")
        if text:
            yield text


def _show(answer: Answer, business: Business, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(asdict(answer), ensure_ascii=False), flush=True)
        return
    for reply in answer.replies:
        print(f"{business.slug}> {reply}")
    for action in answer.actions:
        if action["action"] in _EFFECTS:
            print(f"  [{_EFFECTS[action['action']]}]")
    if answer.quiet:
        print(f"  [{_QUIET}]")
    elif not answer.replies:
        print("  [It answers nothing to that.]")
    print(flush=True)


def _explain(answer: Answer | None) -> None:
    if answer is None or not answer.why:
        print("  Nothing has been said yet.\n", flush=True)
        return
    for why in answer.why:
        print(f"  - {why['sentence']}" + (f" ({why['fact']})" if why["fact"] else ""))
    print(flush=True)
