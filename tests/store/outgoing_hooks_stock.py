"""An outgoing hook with something to tell, for the stock of a business."""

from uuid import UUID, uuid5

from ringback.domain.business import Business
from ringback.domain.outgoing_hooks import TEST
from ringback.ports.sealing import Sealed
from ringback.store import outgoing_hooks
from ringback.store.db import Connection
from ringback.store.outgoing_hooks import NewHook
from tests.cast import NOON


def hook_of(business_id: UUID) -> tuple[UUID, UUID]:
    """Return the ids of a business's hook and of its delivery."""
    return uuid5(business_id, "hook"), uuid5(business_id, "delivery")


async def add_hook_rows(connection: Connection, business: Business, word: str) -> None:
    """Add the rows; every free text contains `word`."""
    business_id = business.business_id
    hook_id, delivery_id = hook_of(business_id)
    hook = NewHook(hook_id, f"https://{word}.example/hooks", (), Sealed(f"secret of {word}"), f"Olga of {word}")
    await outgoing_hooks.add_hook(connection, business_id, hook, 10, NOON)
    await outgoing_hooks.add_test_delivery(connection, business_id, hook_id, delivery_id, TEST, NOON)
