"""Outgoing hooks: what happened is sent to an owner's address, tried again for a day, and switched off when in vain."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from ringback.domain.business import Business
from ringback.domain.notices import NoticeKind
from ringback.domain.outgoing_hooks import (
    MOST_A_MINUTE,
    OFF_AFTER_DAYS,
    Happened,
    HookFailure,
    OffWhy,
    failure_of,
    hides_details,
    pause_seconds,
    why_off,
    write_body,
)
from ringback.domain.phrases import Phrase, phrase
from ringback.domain.stored_phrases import HOOK_FAILING, HOOK_GONE
from ringback.ports import AddressRefused, NoAnswer, NotSent
from ringback.ports.hooks import HookMessage
from ringback.ports.sealing import Place, open_text
from ringback.store import alarms, members
from ringback.store import outgoing_hooks as stored
from ringback.store.db import Connection, business_transaction
from ringback.store.outgoing_hooks import Tried
from ringback.workflows.context import Context, Later
from ringback.workflows.mail import Mail, enqueue_mail
from ringback.workflows.notices import Notice, notify

ALARM = "outgoing_hook"
# One job must not keep others waiting for long: it sends a few and lines up again.
_AT_A_TIME = 5
_BUSY_SECONDS = 1.0
_PAGE = "/outgoing-hooks"


class HooksNotWired(RuntimeError):
    """This process was not given what signs hooks (Context.hook_signer)."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A claimed delivery, ready to leave."""

    hook: Mapping[str, Any]
    delivery: Mapping[str, Any]
    secrets: tuple[str, ...]
    body: bytes
    at: datetime

    @property
    def hook_id(self) -> UUID:
        return UUID(self.hook["hook_id"])

    @property
    def delivery_id(self) -> UUID:
        return UUID(self.delivery["delivery_id"])


def secret_place(business_id: UUID) -> Place:
    """Return where a hook's secrets are kept; the one before moves to `old_secret` as it is."""
    return Place(business_id, "outgoing_hooks", "secret")


async def deliver_hook(context: Context, business_id: UUID, hook_id: UUID) -> Later | None:
    """Send what is due at a hook, one after the other; nothing is left where it returns None."""
    # Receivers that hang must not take every worker's hands from the texts that callers wait for.
    if context.hook_slots.locked():
        return Later(_BUSY_SECONDS)
    async with context.hook_slots:
        for _ in range(_AT_A_TIME):
            later = await send_one(context, business_id, hook_id)
            if not isinstance(later, Tried):
                return later
    return Later(0.0)


async def send_one(
    context: Context, business_id: UUID, hook_id: UUID, delivery_id: UUID | None = None
) -> Tried | Later | None:
    """Send one delivery, the given one or the next that is due, and write down what became of it."""
    async with business_transaction(context.pool, business_id) as connection:
        now = context.clock.now()
        claimed = await stored.claim_delivery(connection, business_id, hook_id, delivery_id, MOST_A_MINUTE, now)
        if claimed is None:
            return None
        if "wait" in claimed:
            return Later(float(claimed["wait"]))
        ready = await _prepare(context, connection, business_id, claimed, now)
    # No transaction is open while the receiver thinks.
    status, failure = await _send(context, ready)
    async with business_transaction(context.pool, business_id) as connection:
        return await _settle(context, connection, business_id, ready, (status, failure))


async def _prepare(
    context: Context, connection: Connection, business_id: UUID, claimed: Mapping[str, Any], now: datetime
) -> _Ready:
    hook, delivery = claimed["hook"], claimed["delivery"]
    business = await context.current_business(connection, business_id)
    kind, subject = delivery["kind"], UUID(delivery["subject"])
    known = await stored.load_subject(connection, business_id, kind, subject)
    happened = Happened(kind, subject, datetime.fromisoformat(delivery["happened_at"]), delivery["facts"], known)
    body = write_body(happened, business, hidden=hides_details(business))
    kept = [hook["secret"]]
    if hook["old_secret"] and datetime.fromisoformat(hook["old_until"]) > now:
        kept.append(hook["old_secret"])
    place = secret_place(business_id)
    secrets = tuple(open_text(context.sealer, secret, place) for secret in kept)
    return _Ready(hook, delivery, secrets, json.dumps(body, ensure_ascii=False).encode(), now)


async def _send(context: Context, ready: _Ready) -> tuple[int | None, HookFailure | None]:
    if context.hook_signer is None:
        raise HooksNotWired("This process was not given what signs hooks (Context.hook_signer).")
    # Receivers compare the timestamp with their own clocks, so it is the real one, whatever ours says.
    message = HookMessage(str(ready.delivery_id), context.clock.to_wall(context.clock.now()), ready.body)
    try:
        response = await context.http.send(context.hook_signer.request(ready.hook["url"], message, ready.secrets))
    except AddressRefused:
        return None, HookFailure.ADDRESS
    except NotSent:
        return None, HookFailure.UNREACHED
    except NoAnswer:
        return None, HookFailure.NO_ANSWER
    return response.status, failure_of(response.status)


async def _settle(
    context: Context,
    connection: Connection,
    business_id: UUID,
    ready: _Ready,
    outcome: tuple[int | None, HookFailure | None],
) -> Tried:
    status, failure = outcome
    now = context.clock.now()
    if failure is None:
        tried = Tried(ready.hook_id, ready.delivery_id, status)
        await alarms.end_alarm(connection, business_id, ALARM, str(ready.hook_id), now)
    else:
        since = ready.hook["failing_since"]
        off_why = why_off(failure, datetime.fromisoformat(since) if since else now, now)
        # A hook that is off is only tried by hand.
        off_why = None if ready.hook["off_at"] else off_why
        pause = pause_seconds(ready.delivery["tries"])
        tried = Tried(ready.hook_id, ready.delivery_id, status, failure, pause, off_why)
        if off_why is not None:
            await _tell_owners(context, connection, business_id, ready, off_why)
    await stored.save_tried(connection, business_id, tried, now)
    return tried


async def _tell_owners(context: Context, connection: Connection, business_id: UUID, ready: _Ready, why: OffWhy) -> None:
    business = await context.current_business(connection, business_id)
    words = _words(ready.hook["url"], why)
    now = context.clock.now()
    await alarms.raise_alarm(connection, business_id, ALARM, str(ready.hook_id), words, now)
    on_staff = await members.list_owner_staff(connection, business_id)
    notices = [Notice(one, NoticeKind.ALARM, words, f"{_PAGE}/{ready.hook_id}") for one in on_staff]
    await notify(connection, business, notices, now)
    owners = [member for member in await members.list_members(connection, business_id) if member["role"] == "owner"]
    others = [owner["email"] for owner in owners if owner["staff_id"] not in on_staff]
    await _write_to_others(context, connection, business, others, words)


async def _write_to_others(
    context: Context, connection: Connection, business: Business, emails: list[str], words: str
) -> None:
    if context.mailer is None:
        return
    for email in emails:
        mail = Mail(email, phrase("An outgoing hook of %(name)s is off", name=business.name), words)
        await enqueue_mail(connection, context.sealer, mail, context.clock.now(), business.business_id)


def _words(url: str, why: OffWhy) -> Phrase:
    host = url.split("/")[2] if url.count("/") > 1 else url
    if why is OffWhy.GONE:
        return phrase(HOOK_GONE.msgid, host=host)
    return phrase(HOOK_FAILING.msgid, host=host, days=OFF_AFTER_DAYS)
