"""A line goes live: what the set-up and the phone company say of it, and the moment itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from ringback.domain.business import Business, Line
from ringback.domain.errors import ProviderError, ProviderErrorKind
from ringback.domain.going_live import Check, Checked, Verdict, check_line, is_blocked
from ringback.domain.owned_numbers import AccountFound, OwnedNumber, wrong_hooks
from ringback.domain.phrases import Phrase, phrase
from ringback.ports import HttpRequest, HttpResponse, LineAddress, NoAnswer, NotSent, NumberBook, Provider
from ringback.store import line_tests, set_up
from ringback.store.audit import Change, add_entry
from ringback.store.db import Connection
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context, line_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trouble:
    """The phone company did not do it; the sentence says why and what to do. Nothing was changed."""

    sentence: Phrase


_UNREACHED = phrase("The phone company could not be reached. Check this machine’s internet connection and try again.")
_REFUSALS: Mapping[ProviderErrorKind, Phrase] = {
    ProviderErrorKind.CREDENTIALS: phrase(
        "Twilio does not take this Account SID and Auth Token together. Copy both once more from the start page of "
        "the Twilio console, whole and without spaces."
    ),
    ProviderErrorKind.ACCOUNT: phrase(
        "Twilio knows this account and will not let it work: it is suspended or closed. The Twilio console says why."
    ),
    ProviderErrorKind.THROTTLED: phrase("Twilio asks for patience: too many questions at once. Try again in a minute."),
    ProviderErrorKind.PROVIDER_DOWN: phrase("Twilio has trouble of its own just now. Try again in a few minutes."),
}
_UNKNOWN = phrase("Twilio refused and gave no reason that we know (%(code)s). Look into the Twilio console.")


async def ask_account(context: Context, book: NumberBook) -> AccountFound | Trouble:
    """Ask whether an account's credentials are right."""
    answer = await _ask(context, book.account_request())
    return answer if isinstance(answer, Trouble) else _or_trouble(book.read_account(answer))


async def ask_numbers(context: Context, book: NumberBook) -> tuple[OwnedNumber, ...] | Trouble:
    """Ask which numbers an account has."""
    answer = await _ask(context, book.numbers_request())
    return answer if isinstance(answer, Trouble) else _or_trouble(book.read_numbers(answer))


async def point_here(context: Context, book: NumberBook, number_id: str, address: LineAddress) -> Trouble | None:
    """Let a number's calls and texts come to a line of ours; None where the company took it."""
    answer = await _ask(context, book.hooks_request(number_id, address))
    if isinstance(answer, Trouble):
        return answer
    # The company answers with the number as it is now, which reads like any resource with an id.
    found = book.read_account(answer)
    return _refused(found) if isinstance(found, ProviderError) else None


async def _ask(context: Context, request: HttpRequest) -> HttpResponse | Trouble:
    try:
        return await context.http.send(request)
    except (NotSent, NoAnswer):
        return Trouble(_UNREACHED)


def _or_trouble(found: T | ProviderError) -> T | Trouble:
    return _refused(found) if isinstance(found, ProviderError) else found


def _refused(error: ProviderError) -> Trouble:
    known = _REFUSALS.get(error.kind)
    return Trouble(known or phrase(_UNKNOWN.msgid, code=error.code))


async def check_hooks(context: Context, provider: Provider, line: Line, settings: Mapping[str, str]) -> Checked:
    """Ask the phone company where the number's calls and texts go."""
    found = await find_number(context, provider, line, settings)
    # Not to be reached is no proof that it is wrong: an owner must not wait for their phone company.
    if isinstance(found, Trouble):
        return Checked(Check.WEBHOOKS, Verdict.WARNS, found.sentence)
    if found is None:
        gone = phrase("The account has no number %(number)s any more. Connect another one.", number=line.number)
        return Checked(Check.WEBHOOKS, Verdict.BLOCKS, gone)
    if found.led_elsewhere:
        return Checked(Check.WEBHOOKS, Verdict.BLOCKS, _elsewhere(found))
    if wrong_hooks(found, provider.hook_urls(context.address(line))):
        return Checked(Check.WEBHOOKS, Verdict.BLOCKS, _NOT_HERE)
    return Checked(Check.WEBHOOKS, Verdict.FINE, phrase("Calls and texts to this number come here."))


_NOT_HERE = phrase("Calls or texts to this number go somewhere else. Let us set its addresses once more.")


def _elsewhere(number: OwnedNumber) -> Phrase:
    return phrase(
        "At Twilio this number is tied to a trunk or an application (%(sid)s), which wins over our addresses. Untie it "
        "in the console, on the page of the number.",
        sid=number.led_elsewhere,
    )


async def find_number(
    context: Context, provider: Provider, line: Line, settings: Mapping[str, str]
) -> OwnedNumber | Trouble | None:
    """Return a line's number as its phone company has it; None where the account has it no more."""
    if provider.number_book is None:
        return Trouble(phrase("This phone company cannot be asked where its numbers lead. Check it there."))
    numbers = await ask_numbers(context, provider.number_book(settings))
    if isinstance(numbers, Trouble):
        return numbers
    return next((number for number in numbers if number.phone == line.number), None)


async def go_live(
    connection: Connection, business: Business, line_id: UUID, hooks: Checked, who: Who, now: datetime
) -> tuple[Checked, ...]:
    """Let a line text callers. Returns the checks; where one of them blocks, nothing was changed."""
    # Looked at again, whatever the page said: somebody else may have changed the set-up since.
    line = line_of(business, line_id)
    checks = (*check_line(business, line), hooks)
    if is_blocked(checks) or line is None:
        return checks
    await line_tests.end_window(connection, business.business_id, line_id, now)
    if await set_up.set_live(connection, business.business_id, line_id):
        change = Change("line.live", line.number, {"live": False}, {"live": True})
        await add_entry(connection, business.business_id, who.name, change, now, who.person_id)
    return checks
