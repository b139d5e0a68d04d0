"""Secrets of outgoing hooks are sealed, and follow when keys are rotated."""

from datetime import timedelta

from ringback.domain.outgoing_hooks import HookEvent
from ringback.ports.sealing import is_sealed, open_text
from ringback.store import sealing
from ringback.store.db import business_transaction, open_pool
from ringback.wiring.secrets import KeyRing, RingSealer, new_key, read_keys
from ringback.workflows.contact_import import Who
from ringback.workflows.context import Context
from ringback.workflows.hook_changes import Wish, add_hook, renew_secret
from ringback.workflows.outgoing_hooks import secret_place
from ringback.workflows.resealing import seal_all
from tests.cast import NOON, TEST_KEYS
from tests.database import Server
from tests.fixtures import Shops

OLGA = Who("Olga", None)


async def test_both_secrets_of_a_hook_are_sealed_and_open_with_the_new_key_alone(
    context: Context, shops: Shops, server: Server
) -> None:
    business_id = shops.harbor.business_id
    async with business_transaction(context.pool, business_id) as connection:
        wish = Wish("https://hooks.example.com/", (HookEvent.CALL_MISSED,))
        added = await add_hook(context, connection, business_id, wish, OLGA)
        assert added is not None
        fresh = await renew_secret(context, connection, business_id, added.hook_id, OLGA)
    name = await context.pool.fetchval("select current_database()")
    owner = await open_pool(server.owner_url(name), size=1)
    both = RingSealer(KeyRing(None, read_keys(f"{new_key()},{TEST_KEYS}", "the test")))
    alone = RingSealer(KeyRing(None, both.ring.keys()[:1]))

    rotated = await seal_all(owner, both, both.key_ids[0], NOON + timedelta(hours=1))

    [row] = await owner.fetch("select secret, old_secret from outgoing_hooks")
    counted = {place: count for place, _, count in await sealing.count_by_key(owner)}
    await owner.close()
    assert (rotated.stuck, is_sealed(row["secret"]), is_sealed(row["old_secret"])) == ((), True, True)
    assert counted["outgoing_hooks"] == 2
    place = secret_place(business_id)
    assert open_text(alone, row["secret"], place) == fresh
    assert open_text(alone, row["old_secret"], place) == added.secret
