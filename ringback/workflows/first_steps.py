"""From nothing to a business with a line: the first owner, a set-up that grows step by step, a number connected."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.business import Business, Line, Mode, Registration
from ringback.domain.business_file import BusinessFileError, read_business_file, write_business_file
from ringback.domain.copying import slug_of
from ringback.domain.trade_defaults import default_sections
from ringback.domain.trades import GENERIC
from ringback.store import businesses, people, set_up
from ringback.store.audit import Change, add_entry
from ringback.store.db import Connection, set_business
from ringback.store.ids import new_id
from ringback.store.people import Device, Person
from ringback.store.setup_changes import end_line
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.registration import enqueue_look_up
from ringback.workflows.secrets import seal_settings

# What a business goes by until its owner has named it.
_NEW = "new-"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new business probably is, as far as the browser of its owner tells. `name`: what it is called first."""

    name: str
    zone: str
    country: str
    language: str


async def welcome(
    connection: Connection, key: str, person: Person, place: Place, device: Device, now: datetime
) -> str | None:
    """Make the first owner and an empty business for them; return the session's token, None where the key is used up.

    All of it in the caller's transaction: of two who come with one key, the second finds it gone.
    """
    if not await set_up.use_welcome_key(connection, key):
        return None
    business_id = await _only_business(connection)
    if business_id is None:
        business = _new_business(place)
        business_id = business.business_id
        await businesses.save_business(connection, business, {}, now)
        await set_up.note_step(connection, business_id, "welcome", now)
    else:
        await set_business(connection, business_id)
    person_id = await people.save_person(connection, person, business_id, "owner", now)
    change = Change("person.first_owner", person.name, None, {"role": "owner"})
    await add_entry(connection, business_id, person.name, change, now, person_id)
    return await people.start_session(connection, person_id, business_id, now, device)


async def _only_business(connection: Connection) -> UUID | None:
    """Return the business that was applied from a file before anybody could sign in, where there is just one."""
    slugs = await businesses.list_slugs(connection)
    return await businesses.find_business(connection, slugs[0]) if len(slugs) == 1 else None


def _new_business(place: Place) -> Business:
    head = {
        "slug": f"{_NEW}{secrets.token_hex(4)}",
        "name": place.name,
        "zone": place.zone,
        "country": place.country,
        "language": place.language,
        "trade": GENERIC,
    }
    document = {"business": head, **default_sections(GENERIC, place.country, place.language)}
    return read_business_file(document, None, new_id, str, frozenset()).business


@dataclass(frozen=True, slots=True)
class Edit:
    """One step's change: sections that replace those of the business document, and what the audit log calls it.

    `settled` puts right what a document cannot say, before it is saved.
    """

    step: str
    sections: Mapping[str, Any]
    settled: Callable[[Business], Business] = lambda business: business


async def save_step(connection: Connection, context: Context, business: Business, edit: Edit, who: Who) -> Business:
    """Save a step and remember that it was done; raises BusinessFileError with a problem for each thing to mend."""
    now = context.clock.now()
    before = write_business_file(business)
    document = {**before, **edit.sections}
    kinds = frozenset(context.providers)
    made = edit.settled(read_business_file(document, business, new_id, new_hook_key, kinds).business)
    await businesses.save_business(connection, made, {}, now)
    await set_up.note_step(connection, business.business_id, edit.step, now)
    after = write_business_file(made)
    changed = sorted(key for key in edit.sections if before.get(key) != after.get(key))
    if changed:
        told = Change(f"wizard.{edit.step}", made.name, _parts(before, changed), _parts(after, changed))
        await add_entry(connection, business.business_id, who.name, told, now, who.person_id)
    return made


def _parts(document: Mapping[str, Any], keys: list[str]) -> dict[str, Any]:
    return {key: document.get(key) for key in keys}


async def free_slug(connection: Connection, business: Business, name: str) -> str:
    """Return the slug of a business: made of its first real name, and kept for ever from then on."""
    if not business.slug.startswith(_NEW):
        return business.slug
    wanted = slug_of(name)[:55] or "business"
    for ending in ("", *(f"-{number}" for number in range(2, 100))):
        if await businesses.find_business(connection, wanted + ending) in (None, business.business_id):
            return wanted + ending
    return f"{wanted}-{secrets.token_hex(3)}"


@dataclass(frozen=True, slots=True)
class NewLine:
    """A number to be connected; `settings` are those of its provider, secrets included."""

    number: str
    provider: str
    mode: Mode
    settings: Mapping[str, str]
    forwarding_number: str | None = None
    registration: Registration = Registration.UNKNOWN


async def connect_line(connection: Connection, context: Context, business: Business, new: NewLine, who: Who) -> Line:
    """Add a line that texts nobody yet, or bring one of the wizard's up to date; raises BusinessFileError."""
    now = context.clock.now()
    before = write_business_file(business)
    lines_before = _entries(before["lines"])
    kept = next((line for line in lines_before if line["number"] == new.number), {})
    entry = (
        kept
        | {
            "number": new.number,
            "provider": new.provider,
            "mode": new.mode.value,
            "label": _label(business, new.number),
            "registration": new.registration.value,
            "set": dict(new.settings),
        }
        | ({"forwarding_number": new.forwarding_number} if new.forwarding_number else {})
    )
    # What the wizard does not ask (ringing, speed) stays as it is when a number is connected once more.
    others = [line for line in lines_before if line["number"] != new.number]
    document = {**before, "lines": [*others, entry]}
    read = read_business_file(document, business, new_id, new_hook_key, frozenset(context.providers))
    known = {line.number: line for line in business.lines}
    # Lines that other ways made are live, and stay so.
    lines = [line if line.number in known else replace(line, in_set_up=True) for line in read.business.lines]
    made = replace(read.business, lines=tuple(lines))
    line = next(line for line in lines if line.number == new.number)
    _check_settings(context, line, new.settings)
    sealer, business_id = context.sealer, made.business_id
    sealed = {number: seal_settings(sealer, business_id, kept) for number, kept in read.connections.items()}
    await businesses.save_business(connection, made, sealed, now)
    await enqueue_look_up(connection, business.business_id, line)
    await set_up.keep_account(connection, business.business_id, None, now)
    await set_up.note_step(connection, business.business_id, "number", now)
    told = {"number": line.number, "mode": line.mode.value, "forwarding_number": line.forwarding_number}
    change = Change("line.connected", line.number, None, told)
    await add_entry(connection, business.business_id, who.name, change, now, who.person_id)
    return line


def _check_settings(context: Context, line: Line, settings: Mapping[str, str]) -> None:
    try:
        context.make_adapter(line, settings)
    except ValueError as error:
        raise BusinessFileError((str(error),)) from error


def _label(business: Business, number: str) -> str:
    kept = next((line.label for line in business.lines if line.number == number), None)
    return kept or ("Main" if not business.lines else number)


def _entries(lines: object) -> list[dict[str, Any]]:
    return list(lines) if isinstance(lines, list) else []


def new_hook_key() -> str:
    """Return the unguessable part of a line's hook addresses."""
    # 144 bits: the address is no secret, but nobody should find a line by trying.
    return secrets.token_urlsafe(18)


async def let_go(connection: Connection, business: Business, line_id: UUID, who: Who, now: datetime) -> bool:
    """End a line of the set-up; False where there is none. Which lines may go, the caller decides."""
    line = next((line for line in business.lines if line.line_id == line_id), None)
    if line is None or not await end_line(connection, business.business_id, line_id, now):
        return False
    change = Change("line.ended", line.number, {"number": line.number}, None)
    await add_entry(connection, business.business_id, who.name, change, now, who.person_id)
    return True
