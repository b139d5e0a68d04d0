"""A notice as a push: to every device of a person, tried again while a push service is away, until one has shown it."""

import asyncio
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from ringback.domain.notice_texts import lock_screen
from ringback.domain.phrases import phrase
from ringback.domain.stored_phrases import PUSH_UNSEEN
from ringback.ports import (
    AddressRefused,
    NoAnswer,
    NotSent,
    Pusher,
    PushGone,
    PushKeys,
    PushLater,
    PushRefused,
    PushTaken,
    PushTarget,
)
from ringback.ports.sealing import Sealer, open_text
from ringback.store import installation_keys, push_subscriptions
from ringback.store import notices as stored
from ringback.store.db import Connection, business_transaction
from ringback.store.push_subscriptions import PendingPush
from ringback.workflows.context import Context, Later
from ringback.workflows.notices import notice_secret, push_token
from ringback.workflows.secrets import device_place, open_key, seal_key
from ringback.workflows.telling import Telling, arrive, go_on, words_of

_PUSH_AGAIN_SECONDS = 5.0
_NO_DEVICE = phrase("No device took the push.")
_BAD_KEY = phrase("The key that this device gave is none.")
_GONE = phrase("This device takes pushes no more.")


@dataclass(frozen=True, slots=True)
class Ready:
    """Devices to push to now, and until when one of them must have shown it."""

    service: Pusher
    keys: PushKeys
    secret: bytes
    devices: tuple[PendingPush, ...]
    payload: dict[str, object]
    deadline: datetime


async def begin_push(context: Context, connection: Connection, telling: Telling) -> Ready | Later | None:
    """Return what is to be pushed now, or when to look again; None where the notice is settled."""
    notice, business_id, now = telling.notice, telling.business_id, telling.now
    if notice.shown_at or notice.acknowledged_at:
        return await arrive(connection, telling, notice.sent_at or now)
    wait = telling.rules.push_wait_seconds
    deadline = (notice.begun_at or now) + timedelta(seconds=wait)
    devices = await push_subscriptions.begin_pushes(connection, business_id, notice.notice_id, notice.staff_id, now)
    if context.push is None or (not devices and notice.sent_at is None):
        return await go_on(connection, telling, _NO_DEVICE)
    # An accepted push proves nothing (WebKit bug 249766): only a device's own word does.
    if now >= deadline:
        unseen = phrase(PUSH_UNSEEN.msgid, seconds=wait)
        return await go_on(connection, telling, unseen if notice.sent_at else _NO_DEVICE)
    if not devices:
        return Later((deadline - now).total_seconds())
    keys = await find_push_keys(connection, context.sealer, context.push, now)
    secret = await notice_secret(connection, context.sealer, now)
    # Of two pushes about one thread the later replaces the first on the screen.
    title, body = lock_screen(words_of(context, telling), shows_words=telling.rules.shows_words)
    count = await push_subscriptions.count_waiting_threads(connection, business_id)
    payload = {"title": title, "body": body, "path": notice.path, "tag": str(notice.thread_id or notice.notice_id)}
    return Ready(context.push, keys, secret, tuple(devices), {**payload, "count": count}, deadline)


async def find_push_keys(connection: Connection, sealer: Sealer, service: Pusher, now: datetime) -> PushKeys:
    """Return the installation's key pair, made the first time: devices that know another one are lost."""
    found = await installation_keys.find_key(connection, "vapid")
    if found is None:
        fresh = service.make_keys()
        value = {"private_pem": fresh.private_pem, "public_pem": fresh.public_pem, "public": fresh.public}
        found = await installation_keys.keep_key(connection, "vapid", seal_key(sealer, "vapid", value), now)
    return PushKeys(**open_key(sealer, "vapid", found))


async def push(context: Context, telling: Telling, ready: Ready) -> Later:
    """Push to each device; no transaction is open, so a slow push service holds up nobody."""
    answers = await asyncio.gather(*(_push_one(context, telling, ready, device) for device in ready.devices))
    now = context.clock.now()
    # Asked again no later than the next way is due.
    pause = (ready.deadline - now).total_seconds()
    async with business_transaction(context.pool, telling.business_id) as connection:
        for device, answer in zip(ready.devices, answers, strict=True):
            pause = min(pause, await _note(connection, replace(telling, now=now), device, answer))
    return Later(max(pause, 0.0))


Answer = PushTaken | PushGone | PushRefused | PushLater


async def _push_one(context: Context, telling: Telling, ready: Ready, device: PendingPush) -> Answer:
    auth = open_text(context.sealer, device.auth, device_place(telling.business_id))
    target = PushTarget(device.endpoint, device.p256dh, auth)
    notice_id = telling.notice.notice_id
    # What was allowed when it was saved may be forbidden by now.
    if not ready.service.may_reach(target):
        return PushGone()
    token = push_token(ready.secret, telling.business_id, notice_id, device.subscription_id)
    payload = json.dumps({**ready.payload, "token": token}, ensure_ascii=False).encode()
    try:
        request = ready.service.push_request(target, ready.keys, payload, notice_id.hex)
        return ready.service.read_pushed(await context.http.send(request))
    except AddressRefused as refused:
        return PushRefused(str(refused))
    except (NotSent, NoAnswer):
        return PushLater(_PUSH_AGAIN_SECONDS)
    except ValueError:
        return PushRefused(_BAD_KEY)


async def _note(connection: Connection, telling: Telling, device: PendingPush, answer: Answer) -> float:
    """Write down what a push service said; return after how many seconds to go on."""
    business_id, notice_id, now = telling.business_id, telling.notice.notice_id, telling.now
    push = (notice_id, device.subscription_id)
    match answer:
        case PushTaken():
            # The notice first, as a device that says that it showed it locks them.
            await stored.save_sent(connection, business_id, notice_id, now)
            await push_subscriptions.save_push(connection, business_id, push, None, now)
            return float("inf")
        case PushGone():
            await push_subscriptions.save_push(connection, business_id, push, _GONE, now)
            await push_subscriptions.end_subscription(connection, business_id, device.subscription_id, _GONE, now)
            return 0.0 if telling.notice.sent_at is None else float("inf")
        case PushRefused(why):
            await push_subscriptions.save_push(connection, business_id, push, why, now)
            return 0.0 if telling.notice.sent_at is None else float("inf")
        case PushLater(after_seconds):
            return after_seconds
    assert_never(answer)
