"""Every value that is kept sealed, of all businesses: counted by key, and sealed anew in batches. Run as the owner."""

from dataclasses import dataclass
from uuid import UUID

from ringback.ports.sealing import SEAL, Place, Sealed
from ringback.store.db import Connection

# Values in the clear are of before there was a seal: whole objects there, one field of them after.
_KEPT = """
select 'connections' as place, c.business_id, c.connection_id::text as row_id, e.key as part, e.value as kept
    from connections c, jsonb_each_text(c.settings) e where e.key <> 'api_url'
union all select 'set_ups', u.business_id, '', '', coalesce(u.account->>'sealed', u.account::text)
    from set_ups u where u.account is not null
union all select 'link_secrets', l.business_id, '', l.purpose, l.secret from link_secrets l
union all select 'push_subscriptions', p.business_id, p.subscription_id::text, '', p.auth from push_subscriptions p
union all select 'outgoing_hooks', o.business_id, o.hook_id::text, e.part, e.kept
    from outgoing_hooks o, lateral (values ('secret', o.secret), ('old_secret', o.old_secret)) e (part, kept)
    where e.kept is not null
union all select 'installation_keys', null, k.name, '', coalesce(k.value->>'sealed', k.value::text)
    from installation_keys k
union all select 'mails', null, m.mail_id::text, e.part, e.kept
    from mails m, lateral (values ('body_text', m.body_text), ('body_html', m.body_html)) e (part, kept)
    where e.kept is not null
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """One value as it is kept: `place` is its table, `row_id` and `part` say which one there."""

    place: str
    business_id: UUID | None
    row_id: str
    part: str
    kept: str

    @property
    def bound_to(self) -> Place:
        """Return the place that the seal is bound to (workflows/secrets.py makes the same ones)."""
        match self.place:
            case "connections":
                column = f"settings.{self.part}"
            case "set_ups":
                column = "account.sealed"
            case "link_secrets":
                column = f"secret.{self.part}"
            case "installation_keys":
                column = f"value.sealed.{self.row_id}"
            case "push_subscriptions":
                column = "auth"
            case "outgoing_hooks":
                # A secret stays bound to where it was made when it becomes the old one.
                column = "secret"
            case "mails":
                column = self.part
            case _:
                raise LookupError(f"nothing sealed is kept in {self.place}")
        return Place(self.business_id, self.place, column)


async def count_by_key(connection: Connection) -> list[tuple[str, str, int]]:
    """Return (table, key id, how many); the key id of values in the clear is empty."""
    found = await connection.fetch(
        "select k.place, case when starts_with(k.kept, $1) then split_part(k.kept, ':', 3) else '' end as key_id, "
        f"count(*) from ({_KEPT}) k group by 1, 2 order by 1, 2",
        SEAL,
    )
    return [(row[0], row[1], row[2]) for row in found]


async def list_sealed_otherwise(connection: Connection, key_id: str, skip: int, limit: int) -> list[Kept]:
    """Return values that are in the clear or sealed with another key than this one, but for the first `skip`."""
    found = await connection.fetch(
        f"select * from ({_KEPT}) k where not starts_with(k.kept, $1) "
        "order by k.place, k.business_id, k.row_id, k.part offset $2 limit $3",
        *(f"{SEAL}{key_id}:", skip, limit),
    )
    return [Kept(**dict(row)) for row in found]


_CONNECTION = (
    "update connections set settings = jsonb_set(settings, array[$3], to_jsonb($4::text)) "
    "where business_id = $1 and connection_id = $2::text::uuid and settings->>$3 = $5"
)
_SET_UP = (
    "update set_ups set account = jsonb_build_object('sealed', $2::text) "
    "where business_id = $1 and coalesce(account->>'sealed', account::text) = $3"
)
_LINKS = "update link_secrets set secret = $3 where business_id = $1 and purpose = $2 and secret = $4"
_DEVICE = (
    "update push_subscriptions set auth = $3 where business_id = $1 and subscription_id = $2::text::uuid and auth = $4"
)
_HOOK = "update outgoing_hooks set secret = $3 where business_id = $1 and hook_id = $2::text::uuid and secret = $4"
_OLD_HOOK = (
    "update outgoing_hooks set old_secret = $3 where business_id = $1 and hook_id = $2::text::uuid and old_secret = $4"
)
_KEY = (
    "update installation_keys set value = jsonb_build_object('sealed', $2::text) "
    "where name = $1 and coalesce(value->>'sealed', value::text) = $3"
)
_TEXT = "update mails set body_text = $2 where mail_id = $1::text::uuid and body_text = $3"
_HTML = "update mails set body_html = $2 where mail_id = $1::text::uuid and body_html = $3"


async def replace_kept(connection: Connection, old: Kept, sealed: Sealed) -> None:
    """Put a newly sealed value in the place of the old one, unless somebody has saved another meanwhile."""
    # The old value is part of every condition: web and worker go on saving while this runs.
    match old.place:
        case "connections":
            await connection.execute(_CONNECTION, old.business_id, old.row_id, old.part, sealed, old.kept)
        case "set_ups":
            await connection.execute(_SET_UP, old.business_id, sealed, old.kept)
        case "link_secrets":
            await connection.execute(_LINKS, old.business_id, old.part, sealed, old.kept)
        case "push_subscriptions":
            await connection.execute(_DEVICE, old.business_id, old.row_id, sealed, old.kept)
        case "outgoing_hooks":
            statement = _HOOK if old.part == "secret" else _OLD_HOOK
            await connection.execute(statement, old.business_id, old.row_id, sealed, old.kept)
        case "installation_keys":
            await connection.execute(_KEY, old.row_id, sealed, old.kept)
        case "mails":
            statement = _TEXT if old.part == "body_text" else _HTML
            await connection.execute(statement, old.row_id, sealed, old.kept)
        case _:
            raise LookupError(f"nothing sealed is kept in {old.place}")
