"""How people come in and keep others out: passwords, resets, sessions by device, and passkeys that prove nothing."""

import json
import re
from uuid import UUID

import httpx2
import pytest

from ringback.domain.phrases import Phrase
from ringback.ports.sealing import open_text
from ringback.store import members, people, sessions
from ringback.store.ids import new_id
from ringback.store.passkeys import NewPasskey, add_passkey, list_passkeys
from ringback.store.people import Device, Person
from ringback.web import auth, devices
from ringback.web.people.fields import email_trouble, name_trouble, pin_trouble
from ringback.web.people.passwords import password_trouble
from ringback.workflows.secrets import letter_place
from tests.cast import TestClock
from tests.web.pages_cast import COOKIE, Site
from tests.web.test_people_roles import person_of, whats

OLD, NEW = "drill-baby-drill", "a brand new word"
EMAIL = "olga-owner@harbor-dental.example"


class LetterBox:
    """A mail server that takes everything; letters are read from the database, before they are sent."""

    async def send(self, letter: object) -> object:
        """Never asked: no worker runs here."""
        raise AssertionError(letter)


async def olga_with_password(site: Site) -> httpx2.AsyncClient:
    """Return Olga's browser; she has a password of her own."""
    client = await site.olga()
    await members.set_password(site.context.pool, await person_of(site, "Olga"), await auth.hash_secret(OLD))
    return client


async def signs_in(site: Site, password: str) -> bool:
    """Return whether Olga gets in with a password."""
    return isinstance(await auth.sign_in(site.context, EMAIL, password, "192.0.2.1"), auth.Admitted)


async def asked_for_help(site: Site, email: str = EMAIL) -> httpx2.Response:
    """Ask for a link to a new password, on an installation that sends mail."""
    site.context.mailer = LetterBox()  # type: ignore[assignment]
    return await (await site.visitor()).post("/sign-in/help", data={"email": email})


async def key_by_mail(site: Site) -> str:
    """Return the key in the letter that waits to be sent."""
    sealed = await site.context.pool.fetchval("select body_text from mails order by made_at desc, mail_id desc limit 1")
    body = open_text(site.context.sealer, sealed, letter_place("body_text"))
    found = re.search(r"/sign-in/reset\?key=([\w-]+)", body)
    assert found is not None
    return found.group(1)


async def reset(site: Site, key: str, password: str = NEW) -> httpx2.Response:
    """Set a new password behind a link."""
    return await (await site.visitor()).post("/sign-in/reset", data={"key": key, "password": password})


async def test_a_known_and_an_unknown_address_get_the_same_answer(site: Site) -> None:
    await olga_with_password(site)

    known, unknown = await asked_for_help(site), await asked_for_help(site, "nobody@harbor.example")

    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text
    assert [row[0] for row in await site.context.pool.fetch("select to_address from mails")] == [EMAIL]


async def test_a_link_by_mail_sets_a_new_password_once_and_signs_out_everywhere(site: Site) -> None:
    client = await olga_with_password(site)
    await asked_for_help(site)
    key = await key_by_mail(site)
    shown = await (await site.visitor()).get(f"/sign-in/reset?key={key}")

    first, second = await reset(site, key), await reset(site, key, "yet another word")

    assert EMAIL in shown.text
    assert (first.status_code, second.status_code) == (200, 410)
    assert (await signs_in(site, NEW), await signs_in(site, OLD)) == (True, False)
    assert (await client.get("/calls")).status_code == 303
    assert "people.password_reset" in await whats(site)


async def test_a_reset_takes_away_passkeys_and_pins_that_another_may_have_left(site: Site) -> None:
    client = await olga_with_password(site)
    person_id = await person_of(site, "Olga")
    await add_passkey(site.context.pool, person_id, NewPasskey(b"1", b"2", 0, "x"), site.context.clock.now())
    await client.post("/me/pin", data={"pin": "491827"})
    await asked_for_help(site)

    await reset(site, await key_by_mail(site))

    assert await list_passkeys(site.context.pool, person_id) == []
    assert await site.value("select count(*) from desk_pins") == 0


async def test_a_link_by_mail_works_for_an_hour(site: Site, clock: TestClock) -> None:
    await olga_with_password(site)
    await asked_for_help(site)
    clock.pass_time(3601)

    assert (await reset(site, await key_by_mail(site))).status_code == 410
    assert not await signs_in(site, NEW)


async def test_only_the_newest_link_works(site: Site, clock: TestClock) -> None:
    await olga_with_password(site)
    await asked_for_help(site)
    first = await key_by_mail(site)
    clock.pass_time(1)
    await asked_for_help(site)

    assert (await reset(site, first)).status_code == 410
    assert (await reset(site, await key_by_mail(site))).status_code == 200


async def test_the_letters_to_one_address_are_few(site: Site) -> None:
    await olga_with_password(site)

    answers = [(await asked_for_help(site)).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 429]


async def test_where_no_mail_is_set_up_the_page_says_who_helps(site: Site) -> None:
    page = await (await site.visitor()).get("/sign-in/help")

    assert "This installation sends no e-mail." in page.text


async def test_the_database_holds_no_key_of_a_reset_but_in_the_letter(site: Site) -> None:
    await olga_with_password(site)
    await asked_for_help(site)
    key = await key_by_mail(site)

    held = await site.context.pool.fetch("select to_jsonb(t)::text from sign_in_tokens t")

    assert len(held) == 1
    assert key not in held[0][0]


async def test_an_owner_makes_a_link_for_somebody_without_mail(site: Site) -> None:
    olga = await site.olga()
    await site.visitor(site.shops.harbor, "staff", "Sam")

    page = await olga.post(f"/people/{await person_of(site, 'Sam')}/reset")
    key = re.search(r"/sign-in/reset\?key=([\w-]+)", page.text)
    assert key is not None
    answer = await reset(site, key.group(1))

    assert answer.status_code == 200
    entered = await auth.sign_in(site.context, "sam-staff@harbor-dental.example", NEW, "192.0.2.1")
    assert isinstance(entered, auth.Admitted)


async def test_an_owner_opens_no_door_of_another_business(site: Site) -> None:
    """Whoever had such a link would be Sam at Rex's, too."""
    olga = await site.olga()
    await site.visitor(site.shops.harbor, "staff", "Sam")
    sam_id, pool = await person_of(site, "Sam"), site.context.pool
    path = f"/people/{sam_id}/reset"
    early = re.search(r"/sign-in/reset\?key=([\w-]+)", (await olga.post(path)).text)
    assert early is not None
    await members.add_member(pool, site.shops.rex.business_id, sam_id, "owner", None)

    refused, too_late = await olga.post(path), await reset(site, early.group(1))

    assert refused.status_code == 409
    assert "They work for other businesses too" in refused.text
    assert too_late.status_code == 410


async def test_changing_the_password_signs_out_everywhere_else(site: Site) -> None:
    there = await site.olga()
    here = await olga_with_password(site)

    wrong = await here.post("/me/password", data={"current": "guess", "password": NEW})
    right = await here.post("/me/password", data={"current": OLD, "password": NEW})

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "That is not your password now." in wrong.text
    assert await signs_in(site, NEW)
    assert (await there.get("/calls")).status_code == 303
    assert (await here.get("/calls")).status_code == 200


async def test_an_unattended_screen_is_no_place_to_guess_the_password(site: Site) -> None:
    client = await olga_with_password(site)
    for _ in range(5):
        await client.post("/me/password", data={"current": "guess", "password": NEW})

    answer = await client.post("/me/password", data={"current": OLD, "password": NEW})

    assert "Too many tries." in answer.text
    assert await signs_in(site, OLD)


async def test_name_and_language_are_ones_own(site: Site) -> None:
    viewer = await site.visitor(site.shops.harbor, "viewer", "Vera")

    saved = await viewer.post("/me", data={"name": "Vera Vale", "language": "es"})
    wrong = await viewer.post("/me", data={"name": "", "language": "es"})
    page = await viewer.get("/me")

    assert (saved.status_code, wrong.status_code) == (303, 422)
    assert 'value="Vera Vale"' in page.text
    assert '<html lang="es">' in page.text
    assert (await whats(site))[0] == "people.profile"


async def test_sessions_are_listed_by_device_and_ended_one_by_one_or_all(site: Site) -> None:
    here = await site.olga()
    pool, now, person_id = site.context.pool, site.context.clock.now(), await person_of(site, "Olga")
    harbor = site.shops.harbor.business_id
    phone = await people.start_session(pool, person_id, harbor, now, Device("Safari", "iPhone"))
    tablet = await people.start_session(pool, person_id, harbor, now, Device("Firefox", "Android"))
    listed = {one["system"]: one["session_id"] for one in await sessions.list_sessions(pool, person_id, now)}

    page = await here.get("/me")
    await here.post(f"/me/sessions/{listed['iPhone']}/end")
    after_one = [await people.find_session(pool, token, now) is not None for token in (phone, tablet)]
    await here.post("/me/sessions/end")

    assert "Safari on iPhone" in page.text
    assert after_one == [False, True]
    assert await people.find_session(pool, tablet, now) is None
    assert (await here.get("/me")).status_code == 200


async def test_nobody_ends_a_session_of_another(site: Site) -> None:
    olga, rex = await site.olga(), await site.rex()
    (mine,) = await sessions.list_sessions(site.context.pool, await person_of(site, "Olga"), site.context.clock.now())

    assert (await rex.post(f"/me/sessions/{mine['session_id']}/end")).status_code == 404
    assert (await olga.get("/me")).status_code == 200


async def test_last_seen_is_kept_and_not_at_every_request(site: Site, clock: TestClock) -> None:
    olga = await site.olga()
    person_id, seen = await person_of(site, "Olga"), []
    for seconds in (60, 600):
        clock.pass_time(seconds)
        await olga.get("/me")
        seen.append((await sessions.list_sessions(site.context.pool, person_id, clock.now()))[0]["last_seen_at"])

    assert [(clock.now() - at).total_seconds() for at in seen] == [660, 0]


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": 1}', "\x00", "x" * 3000])
async def test_what_is_no_passkey_opens_nothing_and_is_counted(site: Site, credential: str) -> None:
    stranger = await site.visitor()

    answer = await stranger.post("/sign-in/passkey", data={"credential": credential.replace("\x00", "0")})

    assert answer.status_code == 401
    assert "That passkey did not open Ringback." in answer.text
    assert await site.context.pool.fetchval("select count(*) from sign_in_failures") == 1


async def test_a_challenge_is_kept_as_a_hash_and_asked_for_by_our_own_pages_only(site: Site) -> None:
    site.context.public_url = site.url
    stranger = await site.visitor()

    question = json.loads((await stranger.post("/sign-in/passkey/challenge")).text)
    foreign = await stranger.post("/sign-in/passkey/challenge", headers={"origin": "https://evil.example"})
    held = await site.context.pool.fetch("select to_jsonb(t)::text from sign_in_tokens t")

    assert question["userVerification"] == "required"
    assert question["allowCredentials"] == []
    assert foreign.status_code == 403
    assert len(held) == 1
    assert question["challenge"] not in held[0][0]


async def test_nobody_removes_a_passkey_of_another(site: Site) -> None:
    await site.olga()
    rex, pool = await site.rex(), site.context.pool
    olga_id = await person_of(site, "Olga")
    await add_passkey(pool, olga_id, NewPasskey(b"1", b"2", 0, "x"), site.context.clock.now())
    (key,) = await list_passkeys(pool, olga_id)

    assert (await rex.post(f"/me/passkeys/{key['passkey_id']}/removal")).status_code == 404
    assert len(await list_passkeys(pool, olga_id)) == 1


async def test_people_made_on_the_command_line_keep_working(site: Site) -> None:
    pool, now, harbor = site.context.pool, site.context.clock.now(), site.shops.harbor.business_id
    person = Person(new_id(), "cli@harbor.example", "Cli", await auth.hash_secret(OLD))
    first: UUID = await people.save_person(pool, person, harbor, "owner", now)
    again = await people.save_person(pool, Person(new_id(), "CLI@harbor.example", "Cli", "other"), harbor, "owner", now)

    assert first == again
    token = await people.start_session(pool, first, harbor, now)
    assert await people.find_session(pool, token, now) is not None
    assert COOKIE == "ringback"


AGENTS = {
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 "
    "Mobile/15E148 Safari/604.1": ("Safari", "iPhone"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 "
    "Edg/156.0.0.0": ("Edge", "Windows"),
    "Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36": (
        "Chrome",
        "Android",
    ),
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 15.0; rv:150.0) Gecko/20100101 Firefox/150.0": ("Firefox", "Mac"),
    "curl/8": (None, None),
}


@pytest.mark.parametrize("agent", AGENTS)
def test_a_device_is_called_what_people_call_it(agent: str) -> None:
    assert (devices.name_browser(agent), devices.name_system(agent)) == AGENTS[agent]


@pytest.mark.parametrize(
    ("trouble", "is_fine"),
    [
        (password_trouble("short"), False),
        (password_trouble("password12345"), False),
        (password_trouble("aaaaaaaaaaaa"), False),
        (password_trouble("olga@harbor.example", "Olga@harbor.example"), False),
        (password_trouble("x" * 1025), False),
        (password_trouble("three calm horses"), True),
        (pin_trouble("123456"), False),
        (pin_trouble("000000"), False),
        (pin_trouble("987654"), False),
        (pin_trouble("49182"), False),
        (pin_trouble("49182a"), False),
        (pin_trouble("491827"), True),
        (email_trouble("sam@example.com"), True),
        (email_trouble("sam@example"), False),
        (email_trouble("sam@example.com\nBcc: eve@example.com"), False),
        (name_trouble(""), False),
        (name_trouble("Sam\x1b"), False),
        (name_trouble("José Ñúñez"), True),
    ],
)
def test_what_people_type_about_themselves_is_judged(trouble: Phrase | None, is_fine: bool) -> None:
    assert (trouble is None) is is_fine
