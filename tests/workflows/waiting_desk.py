"""What the tests of waiting threads ask a desk: Carla's thread, who was told of it, and what phones were texted."""

from typing import Any

from ringback.domain.business import Staff
from ringback.store.ids import new_id
from ringback.workflows.replies import Reply, send_reply
from tests.cast import CARLA
from tests.workflows.desk import Desk


async def thread_with(desk: Desk, phone: str = CARLA) -> dict[str, Any]:
    """Return the thread with a contact as it stands; staff phones have threads of their own."""
    [thread] = await desk.fetch(
        "select t.* from threads t join contacts c using (business_id, contact_id) where t.business_id = $1 "
        "and c.phone = $2",
        phone,
    )
    return thread


def person(desk: Desk, name: str) -> Staff:
    """Return one of the staff."""
    return next(one for one in desk.business.staff if one.name == name)


async def told(desk: Desk) -> list[tuple[str, str]]:
    """Return who was told, as what kind of notice, in order."""
    found = await desk.fetch(
        "select s.name, n.kind from notices n join staff s using (business_id, staff_id) where n.business_id = $1 "
        "order by n.created_at, s.name"
    )
    return [(row["name"], row["kind"]) for row in found]


async def answer(desk: Desk, by: str = "Olga", phone: str = CARLA) -> None:
    """Let a person answer on the page."""
    reply = Reply((await thread_with(desk, phone))["thread_id"], new_id(), "Yes, come at five.", by)
    assert await send_reply(desk.context, desk.business.business_id, reply) is None


def texts_to(desk: Desk, phone: str) -> list[str]:
    """Return what a phone was texted."""
    return [post["Body"] for post in desk.company.posts if post["To"] == phone]
