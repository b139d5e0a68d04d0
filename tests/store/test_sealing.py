"""Secrets at rest: no dump of the database holds one, keys change while the product runs, a lost key is told."""

from dataclasses import dataclass

import asyncpg
import pytest

from ringback.ports.sealing import seal_text
from ringback.store import installation_keys, push_subscriptions, sealing, set_up
from ringback.store.db import business_transaction, open_pool
from ringback.store.link_secrets import LinkPurpose
from ringback.store.people import hash_token
from ringback.store.push_subscriptions import NewSubscription
from ringback.wiring.secrets import KeyRing, RingSealer, new_key, read_keys
from ringback.workflows.context import Context
from ringback.workflows.links import link_secret
from ringback.workflows.mail import Mail, enqueue_mail
from ringback.workflows.notices import notice_secret
from ringback.workflows.resealing import find_locked, seal_all
from ringback.workflows.secrets import device_place, open_account, seal_account, seal_key
from tests.cast import AUTH_TOKEN, NOON, SEALER, TEST_KEYS, harbor, make_context, open_shop
from tests.database import Server
from tests.store.stock import Stock, stock

ACCOUNT = {"account_sid": "AC-new", "auth_token": "token-of-the-wizard"}
DEVICE_SECRET = "auth-secret-of-the-phone"
RESET_LINK = "https://calls.harbor.example/reset/very-secret"
PRIVATE_KEY = "-----BEGIN PRIVATE KEY----- vapid"
_TABLES = "select tablename from pg_tables where schemaname = 'public'"


@dataclass(frozen=True)
class Vault:
    """A full business with each kind of secret, the secrets themselves, and the owner's login."""

    context: Context
    owner: asyncpg.Pool
    stock: Stock
    secrets: tuple[str, ...]


@pytest.fixture
async def vault(pool: asyncpg.Pool, server: Server) -> Vault:
    """Harbor Dental with everything it can keep that opens something."""
    context = make_context(pool)
    full = await stock(pool, harbor(), "harbor")
    await open_shop(pool, full.business)
    business_id = full.business_id
    async with business_transaction(pool, business_id) as connection:
        await connection.execute("delete from link_secrets")
        links = [await link_secret(connection, SEALER, business_id, purpose, NOON) for purpose in LinkPurpose]
        await set_up.keep_account(connection, business_id, seal_account(SEALER, business_id, ACCOUNT), NOON)
        auth = seal_text(SEALER, DEVICE_SECRET, device_place(business_id))
        new = NewSubscription(
            full.person_id, hash_token(full.session), "https://push.example/1", "public", auth, "Phone"
        )
        assert await push_subscriptions.save_subscription(connection, business_id, new, NOON)
        await connection.execute("delete from push_subscriptions where auth <> $1", auth)
        await enqueue_mail(connection, SEALER, Mail("olga@harbor.example", "Reset", RESET_LINK, RESET_LINK), NOON)
        pushes = await notice_secret(connection, SEALER, NOON)
        vapid = seal_key(SEALER, "vapid", {"private_pem": PRIVATE_KEY, "public": "public"})
        await installation_keys.keep_key(connection, "vapid", vapid, NOON)
    opened = (AUTH_TOKEN, *ACCOUNT.values(), DEVICE_SECRET, RESET_LINK, PRIVATE_KEY, pushes.hex())
    name = await pool.fetchval("select current_database()")
    return Vault(
        context, await open_pool(server.owner_url(name), size=1), full, (*opened, *(key.hex() for key in links))
    )


async def dump(vault: Vault) -> str:
    """Every row of every table of ours."""
    tables = [row[0] for row in await vault.owner.fetch(_TABLES)]
    rows = [await vault.owner.fetch(f'select to_jsonb(t)::text from "{table}" t') for table in tables]
    return "\n".join(row[0] for found in rows for row in found)


def other_ring(*more: str) -> RingSealer:
    """A ring with a new first key."""
    return RingSealer(KeyRing(None, read_keys(",".join([new_key(), *more]), "the test")))


async def test_a_dump_of_a_full_business_holds_no_secret(vault: Vault) -> None:
    everything = await dump(vault)

    assert "olga@harbor.example" in everything, "the dump is whole"
    assert [secret for secret in vault.secrets if secret in everything] == []


async def test_what_was_kept_in_the_clear_is_sealed_by_the_next_start_and_works_as_before(vault: Vault) -> None:
    line = vault.stock.business.lines[0]
    # As an older version left it.
    await vault.owner.execute("update connections set settings = $1", {"auth_token": AUTH_TOKEN, "api_url": "http://x"})
    await vault.owner.execute("update set_ups set account = $1", ACCOUNT)
    await vault.owner.execute("update link_secrets set secret = 'c0ffee'")
    await vault.owner.execute("update push_subscriptions set auth = $1", DEVICE_SECRET)
    await vault.owner.execute(
        "update installation_keys set value = $1 where name = 'vapid'", {"private_pem": PRIVATE_KEY}
    )
    before = await dump(vault)
    first = await seal_all(vault.owner, SEALER, SEALER.key_ids[0], NOON)
    again = await seal_all(vault.owner, SEALER, SEALER.key_ids[0], NOON)

    assert AUTH_TOKEN in before
    assert first.done >= 7
    assert (again.done, first.stuck) == (0, ())
    everything = await dump(vault)
    clear = (AUTH_TOKEN, *ACCOUNT.values(), DEVICE_SECRET, PRIVATE_KEY, "c0ffee")
    assert [secret for secret in clear if secret in everything] == []
    async with business_transaction(vault.context.pool, vault.stock.business_id) as connection:
        settings = await vault.context.line_settings(connection, vault.stock.business_id, line.line_id)
        kept = await set_up.load_set_up(connection, vault.stock.business_id)
        opened = await link_secret(connection, SEALER, vault.stock.business_id, LinkPurpose.FEED, NOON)
    assert settings == {"auth_token": AUTH_TOKEN, "api_url": "http://x"}
    assert open_account(SEALER, vault.stock.business_id, kept.account) == ACCOUNT
    assert opened == bytes.fromhex("c0ffee")


async def test_after_a_rotation_everything_opens_with_the_new_key_alone(vault: Vault) -> None:
    both = other_ring(TEST_KEYS)
    rotated = await seal_all(vault.owner, both, both.key_ids[0], NOON)
    alone = RingSealer(KeyRing(None, both.ring.keys()[:1]))

    assert rotated.stuck == ()
    assert SEALER.key_ids[0] not in await dump(vault)
    assert await find_locked(vault.owner, alone) == []
    vault.context.sealer = alone
    async with business_transaction(vault.context.pool, vault.stock.business_id) as connection:
        line_id = vault.stock.business.lines[0].line_id
        settings = await vault.context.line_settings(connection, vault.stock.business_id, line_id)
    assert settings["auth_token"] == AUTH_TOKEN


async def test_a_secret_that_is_saved_while_keys_rotate_is_not_overwritten(vault: Vault) -> None:
    both = other_ring(TEST_KEYS)
    fresh = both.seal(b"{}", device_place(vault.stock.business_id))

    found = await vault.owner.fetchval("select auth from push_subscriptions")
    [old] = [kept for kept in await sealing.list_sealed_otherwise(vault.owner, "none", 0, 99) if kept.kept == found]
    await vault.owner.execute("update push_subscriptions set auth = $1", fresh)
    await sealing.replace_kept(vault.owner, old, both.seal(b"stale", old.bound_to))

    assert await vault.owner.fetchval("select auth from push_subscriptions") == fresh


async def test_a_lost_key_is_told_once_for_each_kind_and_what_opens_goes_on(vault: Vault) -> None:
    await seal_all(vault.owner, SEALER, SEALER.key_ids[0], NOON)
    lost = other_ring()
    told = await seal_all(vault.owner, lost, lost.key_ids[0], NOON)
    locked = await find_locked(vault.owner, lost)

    assert told.done == 0
    assert told.stuck == tuple(locked)
    [sentence] = locked
    assert SEALER.key_ids[0] in sentence
