"""Passwords, sessions and the proof before a change: what ASVS chapters 6 and 7 ask of them."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx2
import pytest
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from structlog.testing import capture_logs

from ringback.domain.phrases import Phrase
from ringback.store import members, passkeys, people
from ringback.store.passkeys import NewPasskey
from ringback.store.people import MOST_SESSIONS, SESSION_DAYS, SESSION_IDLE_DAYS
from ringback.web import auth
from ringback.web.people import proof
from ringback.web.people.passwords import LONGEST, SHORTEST, common_passwords, is_common, password_trouble
from tests.architecture.sources import PACKAGE
from tests.cast import TestClock
from tests.web.pages_cast import COOKIE, Site
from tests.web.test_people_roles import person_of

PASSWORD = "drill-baby-drill"
TEMPLATES = PACKAGE / "web" / "templates"


@pytest.fixture(autouse=True)
def quick_hashes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hash with as little work as argon2 takes: what is tested here is who is asked, not how slowly."""
    if "slow_hashes" not in request.fixturenames:
        monkeypatch.setattr(
            auth, "_hasher", lambda: PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
        )
    auth._nobodys_hash.cache_clear()
    yield
    auth._nobodys_hash.cache_clear()


@pytest.fixture
def slow_hashes() -> None:
    """Hash as the product does."""


class LetterBox:
    """A mail server that takes everything; letters are counted in the database, before they are sent."""

    async def send(self, letter: object) -> object:
        """Never asked: no worker runs here."""
        raise AssertionError(letter)


async def olga_with_password(site: Site) -> httpx2.AsyncClient:
    """Return Olga's browser; she has a password of her own."""
    client = await site.olga()
    await members.set_password(site.context.pool, await person_of(site, "Olga"), await auth.hash_secret(PASSWORD))
    return client


async def letters(site: Site) -> int:
    """Return how many letters wait."""
    return int(await site.context.pool.fetchval("select count(*) from mails"))


@pytest.mark.parametrize(
    ("password", "known", "is_good"),
    [
        ("x7!kQ-9w#Lm", (), False),  # eleven characters
        ("Qwerty123456", (), False),  # leaked often, whatever its case
        ("1qaz2wsx3edc", (), False),
        ("aaaaaaaaaaaa", (), False),
        ("ringback2026", (), False),
        ("Harbor-Dental-2026", ("Harbor Dental",), False),
        ("olga@harbor.example1", ("olga@harbor.example",), False),
        ("three calm horses", ("Harbor Dental",), True),
        ("alllowercaseletters", (), True),
        ("94716038527146", (), True),
        ("пароль из слов", (), True),
        ("😀🐙🦑🌵🍕🚲🎻🪐🧊🪁🧵🥝 zebras", (), True),
        ("k" * 20 + "abcdefgh" * 8, (), True),
    ],
)
def test_length_and_leaks_decide_and_no_kind_of_character_does(
    password: str, known: tuple[str, ...], is_good: bool
) -> None:
    trouble = password_trouble(password, *known)

    assert (trouble is None) is is_good
    assert trouble is None or isinstance(trouble, Phrase)


def test_the_list_of_leaked_passwords_has_enough_that_are_long_enough() -> None:
    assert len(common_passwords()) >= 3000
    assert SHORTEST >= 8
    assert LONGEST >= 64
    assert all(is_common(word) for word in ("1q2w3e4r5t6y", "qwertyqwerty", "123456654321"))


def test_password_fields_hide_what_is_typed_and_let_managers_fill_them_in() -> None:
    pages = {path: path.read_text("utf-8") for path in TEMPLATES.rglob("*.html")}
    fields = [line for text in pages.values() for line in text.splitlines() if 'name="password"' in line]
    scripts = "".join(path.read_text("utf-8") for path in (PACKAGE / "web" / "static").glob("*.js"))

    assert len(fields) >= 5
    assert all('type="password"' in line and "autocomplete=" in line for line in fields)
    assert all("maxlength" not in line and "onpaste" not in line for line in fields)
    assert '"paste"' not in scripts


async def test_a_password_counts_to_its_last_letter_with_its_spaces_and_its_case(site: Site) -> None:
    long = " " + "Long words " * 40 + "end "
    hashed = await auth.hash_secret(long)

    right = [await auth.is_right(long, hashed)]
    wrong = [await auth.is_right(other, hashed) for other in (long.strip(), long.lower(), long[:-2], long[:72])]

    assert (right, wrong) == ([True], [False] * 4)


async def test_a_reset_or_an_invitation_never_tells_who_signs_in_here(site: Site) -> None:
    await olga_with_password(site)
    site.context.mailer = LetterBox()  # type: ignore[assignment]
    stranger = await site.visitor()

    known = await stranger.post("/sign-in/help", data={"email": "olga-owner@harbor-dental.example"})
    unknown = await stranger.post("/sign-in/help", data={"email": "nobody@harbor-dental.example"})

    assert (known.status_code, known.text) == (unknown.status_code, unknown.text)
    assert await letters(site) == 1


async def test_an_unknown_person_takes_as_long_as_a_known_one(slow_hashes: None, site: Site) -> None:
    await olga_with_password(site)
    spent = {}
    for email in ("nobody@harbor-dental.example", "olga-owner@harbor-dental.example"):
        begun = time.process_time()
        for number in range(2):
            await auth.sign_in(site.context, email, "wrong wrong wrong", f"192.0.2.{number}")
        spent[email] = time.process_time() - begun

    # Processor time, not the clock on the wall: both must have paid for the same hashes.
    assert 0.4 < spent["nobody@harbor-dental.example"] / spent["olga-owner@harbor-dental.example"] < 2.5


async def test_a_session_nobody_used_ends_and_a_used_one_ends_too(site: Site, clock: TestClock) -> None:
    idle, used = await site.session(site.shops.harbor), await site.session(site.shops.harbor, name="Sam")
    pool = site.context.pool

    for _ in range(SESSION_DAYS - 1):
        clock.pass_time(24 * 3600)
        assert await people.find_session(pool, used, clock.now()) is not None
    assert await people.find_session(pool, idle, clock.now()) is None
    clock.pass_time(24 * 3600)
    assert await people.find_session(pool, used, clock.now()) is None
    assert SESSION_IDLE_DAYS < SESSION_DAYS


async def test_one_person_has_so_many_sessions_and_the_oldest_makes_room(site: Site, clock: TestClock) -> None:
    pool, harbor = site.context.pool, site.shops.harbor
    first = await site.session(harbor)
    person_id = await person_of(site, "Olga")
    for _ in range(MOST_SESSIONS):
        clock.pass_time(1)
        await people.start_session(pool, person_id, harbor.business_id, clock.now())

    assert await pool.fetchval("select count(*) from sessions where person_id = $1", person_id) == MOST_SESSIONS
    assert await people.find_session(pool, first, clock.now()) is None


def test_a_session_token_has_256_bits_of_chance() -> None:
    source = (Path(people.__file__)).read_text("utf-8")

    assert "secrets.token_urlsafe(32)" in source
    assert people.hash_token("x") != people.hash_token("y")


# How people sign in is changed here; each of these wants a fresh proof.
GUARDED = ("/me/pin", "/me/pin/removal", "/me/passkeys/challenge", "/me/passkeys", "/me/sessions/end",
           "/me/passkeys/{0}/removal", "/me/sessions/{0}/end", "/people/{0}/reset")  # fmt: skip


async def test_how_one_signs_in_is_changed_after_a_fresh_proof_only(site: Site, clock: TestClock) -> None:
    olga = await olga_with_password(site)
    await passkeys.add_passkey(
        site.context.pool, await person_of(site, "Olga"), NewPasskey(b"1", b"2", 0, "x"), clock.now()
    )
    clock.pass_time((proof.PROOF_MINUTES + 1) * 60)

    answers = [await olga.post(path.format(UUID(int=1)), data={"pin": "491827"}) for path in GUARDED]
    shown = (await olga.get("/me")).text

    assert {(said.status_code, said.headers["location"].partition("?")[0]) for said in answers} == {(303, "/me/proof")}
    assert "It is me" in shown
    assert 'action="/me/sessions/end"' not in shown
    assert "/removal" not in shown


async def test_what_is_known_of_callers_is_taken_along_and_erased_after_a_fresh_proof_only(
    site: Site, clock: TestClock
) -> None:
    olga = await site.olga()
    await site.write("Hello")
    contact_id = await site.value("select contact_id from contacts")
    clock.pass_time((proof.PROOF_MINUTES + 1) * 60)

    zipped = await olga.post(f"/contacts/{contact_id}/everything.zip")
    erased = await olga.post(f"/contacts/{contact_id}/erasure", data={"sure": "yes"})
    rows, answers, quotes = [
        await olga.get(f"/dashboard/{file}&from=2026-11-01&to=2026-11-30")
        for file in ("rows.csv?figure=missed", "answers.csv?name=Sam", "quotes.csv?")
    ]

    changes = await olga.get("/audit/changes.csv?kind=contact")

    tried = (zipped, erased, rows, answers, quotes, changes)
    assert {(said.status_code, said.headers["location"].partition("?")[0]) for said in tried} == {(303, "/me/proof")}
    assert "%3Ffigure%3Dmissed%26from" in rows.headers["location"]
    assert await site.value("select contact_id from contacts where phone = '+13125550142'") == contact_id


async def test_a_proof_renews_the_session_and_opens_what_it_was_asked_for(site: Site, clock: TestClock) -> None:
    olga = await olga_with_password(site)
    clock.pass_time((proof.PROOF_MINUTES + 1) * 60)
    before = olga.cookies[COOKIE]

    wrong = await olga.post("/me/proof", data={"password": "guess guess guess", "next": "/me"})
    right = await olga.post("/me/proof", data={"password": PASSWORD, "next": "/me"})
    olga.cookies = httpx2.Cookies({COOKIE: right.cookies[COOKIE]})
    done = await olga.post("/me/pin", data={"pin": "491827"})
    away = await olga.post("/me/proof", data={"password": PASSWORD, "next": "https://evil.example"})

    assert "That is not your password now." in wrong.text
    assert (right.status_code, right.headers["location"]) == (303, "/me")
    assert right.cookies[COOKIE] != before
    assert await people.find_session(site.context.pool, before, clock.now()) is None
    assert done.headers["location"] == "/me#pin"
    assert away.headers["location"] == "/"


async def test_a_proof_is_no_place_to_guess_the_password(site: Site) -> None:
    olga = await olga_with_password(site)
    for _ in range(5):
        await olga.post("/me/proof", data={"password": "guess guess guess"})

    assert (await olga.post("/me/proof", data={"password": PASSWORD})).status_code == 429


async def test_going_on_in_another_business_is_no_fresh_proof(site: Site, clock: TestClock) -> None:
    olga = await olga_with_password(site)
    clock.pass_time((proof.PROOF_MINUTES + 1) * 60)

    await olga.post("/session/business", data={"business": str(site.shops.harbor.business_id)})
    answer = await olga.post("/me/sessions/end")

    assert answer.headers["location"].startswith("/me/proof")


async def test_people_are_told_by_mail_when_how_they_sign_in_changes(site: Site) -> None:
    site.context.mailer = LetterBox()  # type: ignore[assignment]
    olga = await olga_with_password(site)

    await olga.post("/me/pin", data={"pin": "491827"})
    await olga.post("/me/password", data={"current": PASSWORD, "password": "a brand new word"})

    assert await letters(site) == 2


async def test_every_try_to_sign_in_is_logged_without_e_mail_or_password(site: Site) -> None:
    await olga_with_password(site)
    with capture_logs() as lines:
        await auth.sign_in(site.context, "olga-owner@harbor-dental.example", PASSWORD, "192.0.2.1")
        await auth.sign_in(site.context, "olga-owner@harbor-dental.example", "wrong wrong wrong", "192.0.2.1")
        for _ in range(6):
            await auth.sign_in(site.context, "someone@x.example", "wrong wrong wrong", "192.0.2.2")

    tries = [(line["how"], line["outcome"]) for line in lines if line["event"] == "sign_in"]
    assert tries[:2] == [("password", "admitted"), ("password", "refused")]
    assert tries[-1] == ("password", "held_back")
    assert "@" not in str(lines)
    assert PASSWORD not in str(lines)


async def test_an_account_that_is_held_back_still_opens_by_passkey_and_after_a_quarter_hour(
    site: Site, clock: TestClock
) -> None:
    await olga_with_password(site)
    email = "olga-owner@harbor-dental.example"
    for number in range(6):
        await auth.sign_in(site.context, email, "wrong wrong wrong", f"192.0.2.{number}")
    stranger = await site.visitor()

    question = await stranger.post("/sign-in/passkey/challenge", headers={"origin": "http://localhost"})
    clock.pass_time(timedelta(minutes=15, seconds=1).total_seconds())

    # The brake is on the e-mail's password: nobody can lock Olga out of her passkey by guessing.
    assert question.status_code in (200, 403)
    assert isinstance(await auth.sign_in(site.context, email, PASSWORD, "192.0.2.9"), auth.Admitted)


async def test_no_account_exists_before_somebody_makes_one(site: Site) -> None:
    assert await site.context.pool.fetchval("select count(*) from people") == 0
    assert await site.context.pool.fetchval("select count(*) from api_keys") == 0


async def test_guessing_welcome_addresses_is_slowed(site: Site) -> None:
    stranger = await site.visitor()
    statuses = [(await stranger.get(f"/welcome/guess-{number}")).status_code for number in range(62)]

    assert statuses == [404] * 60 + [429] * 2
