"""`apply`, `export`, `line`, `api-key`, `owner`, `jobs`: the commands that set a business up."""

import json
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import tomli_w
from pwdlib import PasswordHash

from ringback import wiring
from ringback.cli.database import in_pool
from ringback.cli.output import fail
from ringback.cli.secrets import need_sealer
from ringback.domain.business import Business, Line, Mode, Registration
from ringback.domain.business_file import BusinessFileError, read_business_file, write_business_file
from ringback.domain.phones import normalise_phone
from ringback.domain.registration import needs_registration
from ringback.ports import LineAddress
from ringback.settings import Settings
from ringback.store import alarms, businesses, jobs, people
from ringback.store.db import business_transaction
from ringback.store.ids import new_id
from ringback.store.people import Person
from ringback.workflows.contact_import import Who
from ringback.workflows.first_steps import new_hook_key
from ringback.workflows.registration import enqueue_look_up, say_registration
from ringback.workflows.secrets import seal_settings


async def load(pool: asyncpg.Pool, slug: str) -> Business:
    """Return a business by its slug, or end the command with a sentence."""
    business_id = await businesses.find_business(pool, slug)
    if business_id is None:
        known = ", ".join(await businesses.list_slugs(pool)) or "none yet"
        fail(f"There is no business “{slug}” here (there is: {known}).")
    async with business_transaction(pool, business_id) as connection:
        business = await businesses.load_business(connection, business_id)
    if business is None:
        fail(f"The business “{slug}” could not be loaded.")
    return business


async def apply_document(
    settings: Settings,
    pool: asyncpg.Pool,
    document: Mapping[str, Any],
    *,
    line_settings: Mapping[str, str] | None = None,
) -> Business:
    """Create or update the business a file describes; raises BusinessFileError with every problem.

    `line_settings` are given to every line of the file (the demo's sandbox account).
    """
    section = document.get("business")
    slug = section.get("slug") if isinstance(section, Mapping) else None
    found = await businesses.find_business(pool, slug) if isinstance(slug, str) else None
    existing = None
    if found is not None and isinstance(slug, str):
        existing = await load(pool, slug)
    result = read_business_file(document, existing, new_id, new_hook_key, frozenset(wiring.PROVIDERS))
    # Checked before anything is written: a file is applied whole or not at all.
    connections = dict(result.connections)
    if line_settings is not None:
        connections = {line.number: dict(line_settings) for line in result.business.lines}
    check_connections(settings, result.business, connections, existing)
    async with business_transaction(pool, result.business.business_id) as connection:
        now = wiring.make_clock(settings).now()
        business_id, sealer = result.business.business_id, need_sealer(settings)
        sealed = {number: seal_settings(sealer, business_id, given) for number, given in connections.items()}
        await businesses.save_business(connection, result.business, sealed, now)
    return result.business


def check_connections(
    settings: Settings, business: Business, connections: Mapping[str, Mapping[str, str]], existing: Business | None
) -> None:
    """Refuse lines whose provider would not work; raises BusinessFileError with a sentence for each."""
    known = {line.number for line in existing.lines} if existing else set()
    problems = []
    for line in business.lines:
        given = connections.get(line.number)
        if given is None and line.number not in known:
            problems.append(f"{line.number}: a new line needs the settings of its provider (set = {{ … }}).")
        if given is not None:
            try:
                wiring.PROVIDERS[line.provider].make(given, address_of(settings, line))
            except ValueError as error:
                problems.append(f"{line.number}: {error}")
    if problems:
        raise BusinessFileError(tuple(problems))


def address_of(settings: Settings, line: Line) -> LineAddress:
    """Return where the callbacks of a line go."""
    return LineAddress(f"{settings.address}/hooks/{line.hook_key}")


def read_file(path: Path) -> dict[str, Any]:
    """Return a TOML file's content, or end the command with a sentence that says what is wrong with it."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        fail(f"{path} is not UTF-8 text.")
    except tomllib.TOMLDecodeError as error:
        fail(f"{path} is not valid TOML: {error}.")


def apply_file(settings: Settings, path: Path) -> Business:
    """`ringback apply`: create or update a business; ends with all problems of the file."""
    document = read_file(path)
    try:
        return in_pool(settings, lambda pool: apply_document(settings, pool, document))
    except BusinessFileError as error:
        fail(f"{path} was not applied; nothing was changed.\n- " + "\n- ".join(error.problems))
    except businesses.SlugTaken as error:
        fail(str(error))


def export_text(settings: Settings, slug: str) -> str:
    """`ringback export`: the business as a file that changes nothing when it is applied. Secrets are left out."""
    business = in_pool(settings, lambda pool: load(pool, slug))
    return tomli_w.dumps(write_business_file(business))


def add_line(settings: Settings, slug: str, number: str, provider: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """`ringback line add`: a line with its provider's settings; returns it with its hook addresses."""
    if provider not in wiring.PROVIDERS:
        fail(f"There is no provider “{provider}”. There are: {', '.join(sorted(wiring.PROVIDERS))}.")

    async def work(pool: asyncpg.Pool) -> dict[str, Any]:
        business = await load(pool, slug)
        e164 = normalise_phone(number, business.country)
        if e164 is None:
            fail(f"“{number}” is not a phone number. Write it like +13125550101.")
        line = _line(business, e164, provider, options)
        if line.registration is Registration.UNKNOWN and options["registration"] is None:
            line = replace(line, registration=_first_registration(settings, line, options["settings"]))
        try:
            wiring.PROVIDERS[provider].make(options["settings"], address_of(settings, line))
        except ValueError as error:
            fail(str(error))
        async with business_transaction(pool, business.business_id) as connection:
            now = wiring.make_clock(settings).now()
            sealed = seal_settings(need_sealer(settings), business.business_id, options["settings"])
            await businesses.save_line(connection, business.business_id, line, sealed, now)
            if options["registration"] and line.carriers.refused_at:
                who = Who("command line", None)
                await say_registration(connection, business.business_id, line, line.registration, who, now)
            await enqueue_look_up(connection, business.business_id, line)
        return describe_line(settings, line)

    return in_pool(settings, work)


def _first_registration(settings: Settings, line: Line, given: Mapping[str, str]) -> Registration:
    """Return how a line stands that nobody has said anything of: the pretend phone company has no carriers."""
    sandbox = (settings.sandbox_url or "").rstrip("/")
    is_pretend = bool(sandbox) and given.get("api_url", "").rstrip("/") == sandbox
    is_free = is_pretend or not needs_registration(line.number)
    return Registration.NOT_NEEDED if is_free else Registration.UNKNOWN


def set_line(settings: Settings, slug: str, number: str, registration: Registration) -> dict[str, Any]:
    """`ringback line set`: the operator's word on a line's registration; returns the line."""

    async def work(pool: asyncpg.Pool) -> dict[str, Any]:
        business = await load(pool, slug)
        e164 = normalise_phone(number, business.country)
        line = next((line for line in business.lines if line.number == e164), None)
        if line is None:
            fail(f"“{number}” is no line of {slug}. `ringback line list` shows them.")
        async with business_transaction(pool, business.business_id) as connection:
            now, who = wiring.make_clock(settings).now(), Who("command line", None)
            await say_registration(connection, business.business_id, line, registration, who, now)
        return describe_line(settings, replace(line, registration=registration))

    return in_pool(settings, work)


def _line(business: Business, number: str, provider: str, options: Mapping[str, Any]) -> Line:
    existing = next((line for line in business.lines if line.number == number), None)
    line = existing or Line(
        new_id(), number, provider, Mode(options["mode"]), options["label"] or number, business.language, new_hook_key()
    )
    registration = options["registration"]
    return replace(
        line,
        provider=provider,
        mode=Mode(options["mode"]),
        label=options["label"] or line.label,
        registration=Registration(registration) if registration else line.registration,
        texts_per_second=line.texts_per_second if options["rate"] is None else options["rate"],
    )


def describe_line(settings: Settings, line: Line) -> dict[str, Any]:
    """Return a line as `line add` and `line list` show it; no secrets."""
    return {
        "line": str(line.line_id),
        "number": line.number,
        "provider": line.provider,
        "mode": line.mode.value,
        "label": line.label,
        "registration": line.registration.value,
        "hooks": dict(wiring.PROVIDERS[line.provider].hook_urls(address_of(settings, line))),
    }


def list_lines(settings: Settings, slug: str) -> dict[str, Any]:
    """`ringback line list`: every line by its number."""
    business = in_pool(settings, lambda pool: load(pool, slug))
    return {line.number: describe_line(settings, line) for line in business.lines}


def create_api_key(settings: Settings, slug: str, name: str, scope: str, per_minute: int) -> str:
    """`ringback api-key create`: a key that is shown once."""

    async def work(pool: asyncpg.Pool) -> str:
        business, now = await load(pool, slug), wiring.make_clock(settings).now()
        return await people.create_api_key(pool, business.business_id, name, now, scope, per_minute)

    return in_pool(settings, work)


def list_api_keys(settings: Settings, slug: str) -> dict[str, Any]:
    """`ringback api-key list`: the live keys by id, without what opens anything."""

    async def work(pool: asyncpg.Pool) -> dict[str, Any]:
        found = await people.list_api_keys(pool, (await load(pool, slug)).business_id)
        return {str(key.pop("key_id")): {**key, "created_at": key["created_at"].isoformat()} for key in found}

    return in_pool(settings, work)


def end_api_key(settings: Settings, slug: str, key_id: UUID) -> str | None:
    """`ringback api-key end`: the name of the key that opens nothing any more, or None."""

    async def work(pool: asyncpg.Pool) -> str | None:
        business, now = await load(pool, slug), wiring.make_clock(settings).now()
        return await people.end_api_key(pool, business.business_id, key_id, now)

    return in_pool(settings, work)


async def save_owner(pool: asyncpg.Pool, business: Business, person: Person) -> None:
    """Let a person sign in as owner of a business."""
    async with business_transaction(pool, business.business_id) as connection:
        await people.save_person(connection, person, business.business_id, "owner", datetime.now(UTC))


def new_person(email: str, name: str, password: str) -> Person:
    """Return a person with the stored form of their password."""
    return Person(new_id(), email, name, PasswordHash.recommended().hash(password))


def add_owner(settings: Settings, slug: str, email: str, name: str) -> dict[str, str]:
    """`ringback owner add`: returns a new password, shown once."""
    password = secrets.token_urlsafe(12)

    async def work(pool: asyncpg.Pool) -> None:
        await save_owner(pool, await load(pool, slug), new_person(email, name, password))

    in_pool(settings, work)
    return {"email": email, "password": password, "sign_in": f"{settings.address}/sign-in"}


def list_parked(settings: Settings) -> dict[str, Any]:
    """`ringback jobs`: the jobs that kept failing, by id."""

    async def work(pool: asyncpg.Pool) -> dict[str, Any]:
        parked = await jobs.load_parked(pool)
        return {str(job["id"]): {name: job[name] for name in job if name != "id"} for job in parked}

    return in_pool(settings, work)


def retry_job(settings: Settings, job_id: int) -> bool:
    """`ringback jobs retry`: let a parked job run again."""

    async def work(pool: asyncpg.Pool) -> bool:
        parked = next((job for job in await jobs.load_parked(pool, 10_000) if job["id"] == job_id), None)
        if parked is None or not await jobs.retry_parked(pool, job_id):
            return False
        business = json.loads(parked["payload"] or "{}").get("business")
        if business is not None:
            # Should it fail again, the alarm is raised again.
            async with business_transaction(pool, UUID(business)) as connection:
                now = wiring.make_clock(settings).now()
                await alarms.end_alarm(connection, UUID(business), "parked_job", parked["entrypoint"], now)
        return True

    return in_pool(settings, work)
