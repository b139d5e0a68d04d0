"""People add, change, switch and remove outgoing hooks; each change leaves an entry in the books, without a secret."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from ringback.domain.outgoing_hooks import LONGEST_URL, MOST_HOOKS, OLD_SECRET_LASTS, TEST, HookEvent, OffWhy
from ringback.domain.phrases import Phrase, phrase
from ringback.ports.sealing import Sealed, seal_text
from ringback.store import alarms
from ringback.store import outgoing_hooks as stored
from ringback.store.audit import Change, add_entry
from ringback.store.db import Connection
from ringback.store.ids import new_id
from ringback.store.outgoing_hooks import NewHook
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.outgoing_hooks import ALARM, HooksNotWired, secret_place

NO_URL = phrase("Write the address that is to be told, like https://example.com/hooks.")
NO_EVENTS = phrase("Choose at least one thing to be told of.")
TOO_MANY = phrase("There are %(most)s outgoing hooks already, and that is the most. Remove one first.")
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: where to, and what to tell."""

    url: str
    events: tuple[HookEvent, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """A hook that is new; `secret` is shown this once."""

    hook_id: UUID
    secret: str


def read_wish(url: str, events: Sequence[str]) -> Wish:
    """Return what was asked for; what is no event of ours is left out."""
    known = {event.value for event in HookEvent}
    return Wish(url.strip(), tuple(HookEvent(event) for event in HookEvent if event in known.intersection(events)))


async def find_troubles(context: Context, wish: Wish) -> dict[str, Phrase]:
    """Return what is wrong with it, by field. Looks the name up, so no transaction may be open."""
    if len(wish.url) > LONGEST_URL or not re.fullmatch(r"https?://[!-~]+", wish.url):
        trouble: Phrase | None = NO_URL
    else:
        trouble = await context.check_address(wish.url)
    found = {"url": trouble, "events": None if wish.events else NO_EVENTS}
    return {field: sentence for field, sentence in found.items() if sentence is not None}


async def add_hook(context: Context, connection: Connection, business_id: UUID, wish: Wish, who: Who) -> Added | None:
    """Add a hook that was found to be in order; None where there are as many as may be."""
    secret, hook_id = _new_secret(context), new_id()
    new = NewHook(hook_id, wish.url, wish.events, _seal(context, business_id, secret), who.name)
    if not await stored.add_hook(connection, business_id, new, MOST_HOOKS, context.clock.now()):
        return None
    change = Change("hooks.added", _shown(wish.url), None, {"events": list(wish.events)})
    await _note(context, connection, business_id, change, who)
    return Added(hook_id, secret)


async def change_hook(
    context: Context, connection: Connection, business_id: UUID, hook_id: UUID, wish: Wish, who: Who
) -> bool:  # fmt: skip
    """Save address and events; False where there is no such hook."""
    before = await stored.get_hook(connection, business_id, hook_id)
    if before is None:
        return False
    await stored.change_hook(connection, business_id, hook_id, wish.url, wish.events)
    was = {"address": _shown(before["url"]), "events": before["events"]}
    change = Change("hooks.changed", _shown(wish.url), was, {"address": _shown(wish.url), "events": list(wish.events)})
    await _note(context, connection, business_id, change, who)
    return True


async def renew_secret(
    context: Context, connection: Connection, business_id: UUID, hook_id: UUID, who: Who
) -> str | None:
    """Return a new secret; the old one signs as well for a day. None where there is no such hook."""
    hook = await stored.get_hook(connection, business_id, hook_id)
    if hook is None:
        return None
    secret, until = _new_secret(context), context.clock.now() + OLD_SECRET_LASTS
    await stored.replace_hook_secret(connection, business_id, hook_id, _seal(context, business_id, secret), until)
    await _note(context, connection, business_id, Change("hooks.secret_renewed", _shown(hook["url"])), who)
    return secret


async def switch_hook(
    context: Context, connection: Connection, business_id: UUID, hook_id: UUID, who: Who, *, on: bool
) -> bool:
    """Switch a hook on or off; False where there is no such hook."""
    hook = await stored.get_hook(connection, business_id, hook_id)
    if hook is None:
        return False
    now = context.clock.now()
    await stored.switch_hook(connection, business_id, hook_id, None if on else OffWhy.OWNER, now)
    await alarms.end_alarm(connection, business_id, ALARM, str(hook_id), now)
    change = Change("hooks.on" if on else "hooks.off", _shown(hook["url"]))
    await _note(context, connection, business_id, change, who)
    return True


async def remove_hook(context: Context, connection: Connection, business_id: UUID, hook_id: UUID, who: Who) -> bool:
    """Remove a hook with what it had still to tell; False where there is no such hook."""
    hook = await stored.get_hook(connection, business_id, hook_id)
    if hook is None:
        return False
    await stored.delete_hook(connection, business_id, hook_id)
    await alarms.end_alarm(connection, business_id, ALARM, str(hook_id), context.clock.now())
    await _note(context, connection, business_id, Change("hooks.removed", _shown(hook["url"])), who)
    return True


async def add_test(context: Context, connection: Connection, business_id: UUID, hook_id: UUID) -> UUID | None:
    """Return a delivery that tells nothing but itself, to be sent at once; None where there is no such hook."""
    delivery_id = new_id()
    now = context.clock.now()
    added = await stored.add_test_delivery(connection, business_id, hook_id, delivery_id, TEST, now)
    return delivery_id if added else None


def _new_secret(context: Context) -> str:
    if context.hook_signer is None:
        raise HooksNotWired("This process was not given what signs hooks (Context.hook_signer).")
    return context.hook_signer.write_secret(secrets.token_bytes(_SECRET_BYTES))


def _seal(context: Context, business_id: UUID, secret: str) -> Sealed:
    return seal_text(context.sealer, secret, secret_place(business_id))


def _shown(url: str) -> str:
    """Path and query may hold a key of the receiver's; the books name the host."""
    return url.split("/")[2] if url.count("/") > 1 else url[:80]


async def _note(context: Context, connection: Connection, business_id: UUID, change: Change, who: Who) -> None:
    await add_entry(connection, business_id, who.name, change, context.clock.now(), who.person_id)
