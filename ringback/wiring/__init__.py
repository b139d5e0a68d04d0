"""Settings to adapters to a running product: the only place that knows everyone, and the owner of the clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import asyncpg

from ringback.domain.business import Business
from ringback.ports import Provider
from ringback.providers import twilio
from ringback.providers.standard_webhooks import StandardWebhooks
from ringback.providers.web_push import WebPusher
from ringback.settings import Settings
from ringback.store.db import no_reset, open_pool
from ringback.store.embedded import EmbeddedPostgres
from ringback.store.migrate import APP_ROLE
from ringback.wiring.clock import ShiftedClock, shift_to
from ringback.wiring.http import open_http
from ringback.wiring.secrets import make_sealer
from ringback.wiring.smtp import mail_sender, make_mailer
from ringback.workflows.context import Context
from ringback.workflows.report_figures import Report, Written

# The sandbox phone company speaks Twilio's API, so one adapter serves both.
PROVIDERS: dict[str, Provider] = {provider.kind: provider for provider in (twilio.PROVIDER,)}


def embedded(settings: Settings) -> EmbeddedPostgres:
    """Return the supervisor of the embedded database."""
    return EmbeddedPostgres(settings.home.expanduser(), settings.pg_bin)


def app_login(settings: Settings) -> tuple[str, str | None]:
    """Return the application's database URL, and the role to take where it logs in as someone else."""
    if settings.database_url is None:
        return embedded(settings).app_url, None
    # With one login for both, the owner's rights are laid down right after login.
    own_login = settings.owner_database_url is not None
    return settings.database_url, None if own_login else APP_ROLE


def owner_url(settings: Settings) -> str:
    """Return the URL of the login that owns the tables."""
    if settings.database_url is None:
        return embedded(settings).owner_url
    return settings.owner_database_url or settings.database_url


async def open_app_pool(settings: Settings, size: int = 10) -> asyncpg.Pool:
    """Return a pool of application connections; raises DatabaseUnreachable."""
    url, role = app_login(settings)
    return await open_pool(url, role=role, size=size)


async def open_job_pool(settings: Settings) -> asyncpg.Pool:
    """Return the job queue's own pool, without our JSON codec; raises asyncpg errors and OSError."""
    url, role = app_login(settings)

    async def take_role(connection: asyncpg.Connection) -> None:
        if role is not None:
            await connection.execute(f'set role "{role}"')

    return await asyncpg.create_pool(url, min_size=0, max_size=5, init=take_role, reset=no_reset, timeout=10)


def make_clock(settings: Settings) -> ShiftedClock:
    """Return the clock of this process."""
    if settings.clock_shift_seconds:
        return ShiftedClock(timedelta(seconds=settings.clock_shift_seconds))
    return ShiftedClock(shift_to(settings.clock)) if settings.clock else ShiftedClock()


def write_report(business: Business, report: Report, language: str, url: str) -> Written:
    """Return the weekly report as a letter."""
    # A worker does not load the web before the first Monday morning that it works through.
    from ringback.web.dashboard.letters import write_weekly  # noqa: PLC0415

    return write_weekly(business, report, language, url)


@asynccontextmanager
async def open_context(settings: Settings, *, pool_size: int = 10) -> AsyncIterator[Context]:
    """Yield what workflows work with, and close it after; raises DatabaseUnreachable."""
    pool = await open_app_pool(settings, pool_size)
    http = open_http(settings.allowed_hosts, settings.outgoing_proxy)
    try:
        yield Context(
            pool,
            make_clock(settings),
            http,
            PROVIDERS,
            settings.address,
            mailer=make_mailer(settings),
            push=WebPusher(mail_sender(settings), frozenset(settings.push_hosts.replace(",", " ").split())),
            sandbox_url=settings.sandbox_url,
            write_report=write_report,
            check_address=http.check_address,
            hook_signer=StandardWebhooks(),
            sealer=make_sealer(settings),
        )
    finally:
        # Answers still on their way use the pool, so it closes last.
        await http.close()
        await pool.close()
