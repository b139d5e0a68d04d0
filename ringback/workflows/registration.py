"""Whether carriers let lines text: asked of the phone company, learned from what carriers refuse, said by the owner."""

from datetime import datetime, timedelta
from uuid import UUID

from ringback.domain.business import Line, Registration
from ringback.domain.errors import ProviderError, ProviderErrorKind
from ringback.domain.phrases import phrase
from ringback.domain.registration import is_worth_asking
from ringback.domain.registration_facts import Answered, LookedUp, Unanswered
from ringback.ports import NoAnswer, NotSent
from ringback.ports.sealing import CannotOpen
from ringback.store import alarms, jobs
from ringback.store import registration as store
from ringback.store.audit import Change, add_entry
from ringback.store.db import Connection, business_transaction
from ringback.store.deliveries import Outgoing, Progressed
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context, line_of
from ringback.workflows.upkeep import enqueue_periodic

ENTRYPOINT = "look_up_registration"
_ASK_EVERY = timedelta(days=1)
# A number is linked to its approved campaign some while after Twilio calls the campaign verified: until then carriers
# go on refusing, and an answer taken at once would let the next text be refused, and billed, as well.
_AFTER_REFUSAL = timedelta(hours=1)
# So many questions and answers are a conversation gone wrong.
_MOST_REQUESTS = 30

_UNREACHED = phrase("The phone company could not be reached. We try again tomorrow.")
_REFUSED = phrase(
    "Carriers refused a text of one of your numbers because it is not registered. Its texts are held, and missed "
    "callers become call-backs. “Registration” says what to do."
)
_CANNOT_BE_ASKED = phrase("This phone company cannot be asked. Look there, and say here how it stands.")


async def start_look_ups(context: Context) -> None:
    """Give a job to each line whose registration is not settled and which was not asked about for a day."""
    now = context.clock.now()
    async with context.pool.acquire() as connection, connection.transaction():
        for business_id, line_id in await store.list_lines_to_look_up(
            connection, now - _ASK_EVERY, now - _AFTER_REFUSAL
        ):
            await enqueue_periodic(connection, ENTRYPOINT, {"business": business_id, "line": line_id}, now)


async def enqueue_look_up(connection: Connection, business_id: UUID, line: Line) -> None:
    """Have the phone company asked about a line that was just connected, where its word could change anything."""
    if is_worth_asking(line):
        await jobs.enqueue_missing(connection, ENTRYPOINT, {"business": business_id, "line": line.line_id})


async def look_up(context: Context, business_id: UUID, line_id: UUID) -> None:
    """Ask the phone company about one line and keep what it says; no transaction is open meanwhile."""
    async with business_transaction(context.pool, business_id) as connection:
        line = line_of(await context.current_business(connection, business_id), line_id)
        if line is None or not is_worth_asking(line):
            return
        try:
            settings = await context.line_settings(connection, business_id, line_id)
        except CannotOpen:
            settings = None
    found = Unanswered(_CANNOT_BE_ASKED) if settings is None else await _ask(context, line, settings)
    now = context.clock.now()
    async with business_transaction(context.pool, business_id) as connection:
        await _save(connection, business_id, line_id, found, now)


async def _ask(context: Context, line: Line, settings: dict[str, str]) -> LookedUp:
    ask = context.providers[line.provider].look_up_registration
    if ask is None:
        return Unanswered(_CANNOT_BE_ASKED)
    try:
        inquiry = ask(settings, line.number)
        request = next(inquiry)
        for _ in range(_MOST_REQUESTS):
            request = inquiry.send(await context.http.send(request))
    except StopIteration as done:
        found: LookedUp = done.value
        return found
    except (NotSent, NoAnswer, ValueError):
        return Unanswered(_UNREACHED)
    return Unanswered(_CANNOT_BE_ASKED)


async def _save(connection: Connection, business_id: UUID, line_id: UUID, found: LookedUp, now: datetime) -> None:
    match found:
        case Unanswered(sentence):
            await store.save_trouble(connection, business_id, line_id, sentence, now)
        case Answered():
            if await store.save_answer(connection, business_id, line_id, found, now):
                await _end_alarm(connection, business_id, line_id, now)


async def _end_alarm(connection: Connection, business_id: UUID, line_id: UUID, now: datetime) -> None:
    await alarms.end_alarm(connection, business_id, ProviderErrorKind.UNREGISTERED, str(line_id), now)


async def note_refused(
    connection: Connection, business_id: UUID, text: Outgoing | Progressed, error: ProviderError, now: datetime
) -> None:
    """Hold a line whose text carriers refused as unregistered, and tell the owner once."""
    if await store.save_refusal(connection, business_id, text.message_id, error.code, now):
        await alarms.raise_alarm(connection, business_id, error.kind, str(text.line_id), _REFUSED, now)


async def say_registration(
    connection: Connection, business_id: UUID, line: Line, word: Registration, who: Who, now: datetime
) -> None:
    """Take an owner's word on how a line stands, and write it down; whoever does not know lifts no refusal."""
    was_refused = line.carriers.refused_at is not None
    if not await store.set_registration(connection, business_id, line.line_id, word, now):
        return
    is_refused = was_refused and word is Registration.UNKNOWN
    if not is_refused:
        await _end_alarm(connection, business_id, line.line_id, now)
    before = {"registration": line.registration.value, "refused": was_refused}
    change = Change("registration.said", line.number, before, {"registration": word.value, "refused": is_refused})
    await add_entry(connection, business_id, who.name, change, now, who.person_id)
