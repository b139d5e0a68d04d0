"""Devices that take pushes: turned on by their browser, listed, tried and removed by their owner."""

from uuid import UUID

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from ringback.domain.notices import Channel, NoticeKind
from ringback.domain.phrases import phrase
from ringback.ports import PushTarget
from ringback.ports.sealing import seal_text
from ringback.store import push_subscriptions
from ringback.store.audit import Change
from ringback.store.people import hash_token
from ringback.store.push_subscriptions import NewSubscription
from ringback.web.auth import read_token
from ringback.web.devices import name_device
from ringback.web.pages.forms import read_form
from ringback.web.pages.visits import Desk, Visit
from ringback.workflows.notices import Notice, notify
from ringback.workflows.secrets import device_place

_PAGE = "/me/notices"


async def add_device(visit: Visit) -> Response:
    """Keep what the browser gave. With `old` it renews a subscription, and only one of the same person's."""
    form = await read_form(visit.request)
    target = PushTarget(form.get("endpoint", ""), form.get("p256dh", ""), form.get("auth", ""))
    push = visit.context.push
    if push is None or not push.may_reach(target):
        raise HTTPException(422, phrase("This browser’s push service is not one that we may send to."))
    # The check of its address comes first: we make requests to whatever is kept here.
    async with visit.desk() as desk:
        new = _subscription(visit, desk.business_id, target)
        await _check_renewal(desk, new.person_id, form.get("old", ""), target.endpoint)
        device_id = await push_subscriptions.save_subscription(desk.connection, desk.business_id, new, desk.now)
        if device_id is None:
            raise HTTPException(401, phrase("You have been signed out. Sign in again and turn alerts on."))
        # A renewal is the browser's doing; the log tells what people did.
        if not form.get("old"):
            await visit.note(desk, Change("notices.device", new.device, None, "on"))
    return Response(status_code=204)


async def _check_renewal(desk: Desk, person_id: UUID, old: str, endpoint: str) -> None:
    """Whoever signs in on a shared desk must not get the pushes of the one before by opening a page."""
    if not old:
        return
    owner = await push_subscriptions.find_owner(desk.connection, desk.business_id, old)
    if owner != person_id:
        raise HTTPException(404)
    if old != endpoint:
        await push_subscriptions.end_endpoint(desk.connection, desk.business_id, old, desk.now)


def _subscription(visit: Visit, business_id: UUID, target: PushTarget) -> NewSubscription:
    token = read_token(visit.request, visit.context) or ""
    device = name_device(visit.request) or "Browser"
    auth = seal_text(visit.context.sealer, target.auth, device_place(business_id))
    return NewSubscription(visit.signed_in.person_id, hash_token(token), target.endpoint, target.p256dh, auth, device)


async def remove_device(visit: Visit) -> Response:
    """Push to one of one's own devices no more."""
    device_id = visit.path_id("subscription_id")
    async with visit.desk() as desk:
        device = await push_subscriptions.end_own_subscription(
            desk.connection, desk.business_id, visit.signed_in.person_id, device_id, desk.now
        )
        if device is None:
            raise HTTPException(404, phrase("There is no such device any more."))
        await visit.note(desk, Change("notices.device", device, "on", None))
    return RedirectResponse(_PAGE, 303)


async def send_test(visit: Visit) -> Response:
    """Send the person a notice on one way, as a real one would go; the page then tells what became of it."""
    form, staff_id = await read_form(visit.request), visit.signed_in.staff_id
    if form.get("channel") not in [*Channel] or staff_id is None:
        raise HTTPException(422, phrase("Choose how you want to be told, and be on the staff list first."))
    words = phrase("You asked for this on the page of your alerts.")
    notice = Notice(staff_id, NoticeKind.TEST, words, _PAGE)
    async with visit.desk() as desk:
        ways = frozenset([Channel(form["channel"])])
        await notify(desk.connection, desk.business, [notice], desk.now, ways)
    return RedirectResponse(f"{_PAGE}#told", 303)
