"""The calls of `twin_cases` for invitations and shared desks; and what keeps people apart outside row security."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from ringback.store import desks, invitations, members, passkeys, people, sessions, sign_in_tokens
from ringback.store.db import business_transaction
from ringback.store.desks import Desk
from ringback.store.ids import new_id
from ringback.store.invitations import NewInvitation
from ringback.store.passkeys import NewPasskey, Passkey
from ringback.store.people import Device, Person
from ringback.store.sign_in_tokens import Opens, TokenPurpose
from tests.cast import NOON
from tests.store.outside_cases import Town, isolates
from tests.store.people_stock import desk_of, invitation_of, passkey_of
from tests.store.stock import LATER

Case = Callable[[Any], Awaitable[object]]


async def _invite(a: Any) -> object:
    person = a.harbor.person_id
    new = NewInvitation(new_id(), "Rex", None, "owner", None, None, person, "Rex", LATER + timedelta(days=1))
    await invitations.add_invitation(a.connection, a.business_id, new, LATER)
    return await a.connection.fetchval("select count(*) from invitations")


PEOPLE_CASES: dict[str, Case] = {
    "invitations.add_invitation": _invite,
    "invitations.load_open_invitation": lambda a: invitations.load_open_invitation(
        a.connection, a.business_id, invitation_of(a.harbor.business_id), LATER
    ),
    "invitations.list_open_invitations": lambda a: invitations.list_open_invitations(
        a.connection, a.business_id, LATER
    ),
    "invitations.accept_invitation": lambda a: invitations.accept_invitation(
        a.connection, a.business_id, invitation_of(a.harbor.business_id), a.harbor.person_id, LATER
    ),
    "invitations.end_invitation": lambda a: invitations.end_invitation(
        a.connection, a.business_id, invitation_of(a.harbor.business_id), LATER
    ),
    "desks.add_desk": lambda a: desks.add_desk(a.connection, a.business_id, Desk(new_id(), "Rex's", 9), "Rex", LATER),
    "desks.load_desk": lambda a: desks.load_desk(a.connection, a.business_id, desk_of(a.harbor.business_id)),
    "desks.list_desks": lambda a: desks.list_desks(a.connection, a.business_id),
    "desks.set_desk_minutes": lambda a: desks.set_desk_minutes(
        a.connection, a.business_id, desk_of(a.harbor.business_id), 240
    ),
    "desks.end_desk": lambda a: desks.end_desk(a.connection, a.business_id, desk_of(a.harbor.business_id), LATER),
    "desks.set_pin": lambda a: desks.set_pin(a.connection, a.business_id, a.harbor.person_id, "rex knows it", LATER),
    "desks.find_pin": lambda a: desks.find_pin(a.connection, a.business_id, a.harbor.person_id),
    "desks.remove_pin": lambda a: desks.remove_pin(a.connection, a.business_id, a.harbor.person_id),
    "desks.list_desk_people": lambda a: desks.list_desk_people(a.connection, a.business_id),
}


@isolates(
    "members.list_members", "members.load_member", "members.count_owners", "members.find_member_of_staff",
    "members.role_in", "members.change_member", "members.add_member", "members.remove_member",
)  # fmt: skip
async def people_are_changed_in_the_one_business_that_is_named(town: Town) -> None:
    """Memberships are read before a business is chosen; every query names the business, and reaches no other one."""
    ours, theirs = town.harbor, town.rex
    before = await town.harbors_rows()
    async with business_transaction(town.pool, theirs.business_id) as connection:
        rex, both = theirs.business_id, (theirs.person_id, ours.person_id)
        assert [one["person_id"] for one in await members.list_members(connection, rex)] == [theirs.person_id]
        assert await members.load_member(connection, rex, ours.person_id) is None
        assert [await members.role_in(connection, rex, one) for one in both] == ["owner", None]
        assert not await members.change_member(connection, rex, ours.person_id, "owner", None)
        staff_id = theirs.business.staff[0].staff_id
        # Nobody is two people: whoever stands for this entry of the staff list lets go of it.
        assert await members.change_member(connection, rex, theirs.person_id, "owner", None)
        await members.add_member(connection, rex, ours.person_id, "viewer", staff_id)
        assert await members.find_member_of_staff(connection, rex, staff_id) == ours.person_id
        assert await members.count_owners(connection, rex) == 1
        await members.remove_member(connection, rex, ours.person_id)
        assert await members.find_member_of_staff(connection, rex, staff_id) is None
    assert await town.harbors_rows() == before


@isolates("members.list_businesses")
async def a_person_learns_the_names_of_their_own_businesses_only(town: Town) -> None:
    async with business_transaction(town.pool, town.rex.business_id) as connection:
        theirs = await members.list_businesses(connection, town.rex.person_id)
        # The function reads under the policy of each business, and puts back the one that was set.
        assert await connection.fetchval("select count(*) from businesses") == 1
    ours = await members.list_businesses(town.pool, town.harbor.person_id)
    assert [one["business_id"] for one in theirs] == [town.rex.business_id]
    assert [(one["name"], one["role"]) for one in ours] == [("Harbor Dental", "owner")]


@isolates("members.create_person", "members.load_person", "members.set_profile", "members.set_password")
async def a_new_person_takes_no_place_of_another(town: Town) -> None:
    before = await town.harbors_rows()
    olga = await members.load_person(town.pool, town.harbor.person_id)
    assert olga is not None
    thief = Person(new_id(), olga.email.upper(), "Rex", "hash")
    assert not await members.create_person(town.pool, thief, LATER)
    assert await members.create_person(town.pool, Person(new_id(), "new@rival.example", "New", "hash"), LATER)
    await members.set_profile(town.pool, town.rex.person_id, "Rex the second", "es")
    await members.set_password(town.pool, town.rex.person_id, "another hash")
    rex = await members.load_person(town.pool, town.rex.person_id)
    assert rex is not None
    assert (rex.name, rex.password_hash) == ("Rex the second", "another hash")
    assert await members.load_person(town.pool, town.harbor.person_id) == olga
    assert await town.harbors_rows() == before


@isolates(
    "sign_in_tokens.save_token", "sign_in_tokens.find_token", "sign_in_tokens.use_token",
    "sign_in_tokens.end_tokens_of_subject", "sign_in_tokens.end_resets",
)  # fmt: skip
async def a_token_opens_its_own_door_once_and_in_time(town: Town) -> None:
    opens = Opens(TokenPurpose.RESET, town.rex.person_id)
    await sign_in_tokens.save_token(town.pool, "rex", opens, NOON, LATER)
    assert await sign_in_tokens.find_token(town.pool, "rex", NOON) == opens
    assert await sign_in_tokens.find_token(town.pool, "rex", LATER) is None
    assert [await sign_in_tokens.use_token(town.pool, "rex", NOON) for _ in range(2)] == [opens, None]
    await sign_in_tokens.end_tokens_of_subject(town.pool, invitation_of(town.rex.business_id))
    await sign_in_tokens.end_resets(town.pool, town.rex.person_id)
    left = {word: await sign_in_tokens.find_token(town.pool, word, NOON) for word in _tokens("rival")}
    assert [word for word, opens in left.items() if opens] == ["rival desk"]
    for word in _tokens("harbor"):
        found = await sign_in_tokens.find_token(town.pool, word, NOON)
        assert found is not None
        assert found.business_id == town.harbor.business_id


def _tokens(word: str) -> tuple[str, ...]:
    return (f"{word} invitation", f"{word} desk", f"{word} reset")


@isolates(
    "passkeys.add_passkey", "passkeys.list_passkeys", "passkeys.load_passkey", "passkeys.note_passkey_use",
    "passkeys.remove_passkey", "passkeys.remove_all_passkeys",
)  # fmt: skip
async def a_passkey_is_one_persons_and_cannot_be_taken(town: Town) -> None:
    ours, theirs = town.harbor.person_id, town.rex.person_id
    stolen = NewPasskey(passkey_of(ours), b"rex's", 0, "stolen")
    assert not await passkeys.add_passkey(town.pool, theirs, stolen, LATER)
    (olgas,) = await passkeys.list_passkeys(town.pool, ours)
    assert await passkeys.remove_passkey(town.pool, theirs, olgas["passkey_id"]) is None
    await passkeys.remove_all_passkeys(town.pool, theirs)
    assert await passkeys.list_passkeys(town.pool, theirs) == []
    await passkeys.note_passkey_use(town.pool, passkey_of(ours), 2, LATER)
    assert await passkeys.load_passkey(town.pool, passkey_of(ours)) == Passkey(ours, b"public", 3)
    await passkeys.note_passkey_use(town.pool, passkey_of(ours), 7, LATER)
    assert await passkeys.load_passkey(town.pool, passkey_of(ours)) == Passkey(ours, b"public", 7)
    assert await passkeys.remove_passkey(town.pool, ours, olgas["passkey_id"]) == "harbor phone"


@isolates(
    "sessions.list_sessions", "sessions.end_one_session", "sessions.end_sessions", "sessions.put_on_desk",
    "sessions.set_idle_minutes", "sessions.end_desk_sessions",
)  # fmt: skip
async def a_session_is_ended_by_its_own_person_and_its_own_desk(town: Town) -> None:
    (olgas,) = await sessions.list_sessions(town.pool, town.harbor.person_id, LATER)
    (rexs,) = await sessions.list_sessions(town.pool, town.rex.person_id, LATER)
    assert await sessions.end_one_session(town.pool, town.rex.person_id, olgas["session_id"]) is None
    desk_id = desk_of(town.rex.business_id)
    await sessions.put_on_desk(town.pool, rexs["session_id"], desk_id, 5)
    await sessions.set_idle_minutes(town.pool, desk_id, 9)
    signed_in = await people.find_session(town.pool, town.rex.session, NOON)
    assert signed_in is not None
    assert (signed_in.desk_id, signed_in.idle_minutes) == (desk_id, 9)
    by_pin = Device(desk_id=desk_id, idle_minutes=5, by_pin=True)
    token = await people.start_session(town.pool, town.rex.person_id, town.rex.business_id, NOON, by_pin)
    await sessions.end_desk_sessions(town.pool, desk_id)
    assert await people.find_session(town.pool, token, NOON) is None
    assert await sessions.end_sessions(town.pool, town.rex.person_id) == {town.rex.business_id}
    assert await sessions.list_sessions(town.pool, town.harbor.person_id, LATER) == [olgas]
    assert await sessions.end_one_session(town.pool, town.harbor.person_id, olgas["session_id"]) is not None
