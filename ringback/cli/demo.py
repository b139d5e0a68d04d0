"""`ringback demo`: the product with a sample business, and a phone company in a box to ring it from."""

import json
import os
import secrets
import tomllib
from datetime import UTC, datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg

from ringback import sandbox, wiring
from ringback.cli import running, sample_history, setting_up
from ringback.cli.database import in_pool
from ringback.cli.processes import Child, ProcessTree
from ringback.domain.business import Business
from ringback.domain.hours import DayState, state_at
from ringback.settings import Settings
from ringback.wiring.http import OutgoingHttp
from ringback.wiring.secrets import make_sealer
from ringback.workflows.context import Context

SAMPLES = ("peak-hvac", "harbor-dental", "ridgeline-plumbing")
_TESTER = "+13125550142"


def run_sandbox(host: str, port: int, speed: float, config: Path | None) -> None:
    """Run the phone company until a signal comes."""
    sandbox.run(host=host, port=port, speed=speed, config=config)


def run(settings: Settings, sample: str) -> None:
    """Run web, worker, database and phone company with a sample business until a signal comes."""
    settings = _demo_settings(settings)
    sandbox_port = int(os.environ.get("SANDBOX_PORT", "8401"))
    postgres = running.start_database(settings)
    running.bring_up_to_date(settings)
    password = secrets.token_urlsafe(9)
    # New credentials at every start: the demo's hooks cannot be signed by someone who read an old file.
    account = {
        "account_sid": "AC" + secrets.token_hex(16),
        "auth_token": secrets.token_hex(16),
        "api_url": f"http://127.0.0.1:{sandbox_port}",
    }
    business = in_pool(settings, lambda pool: _seed(settings, pool, sample, account, password))
    settings = _open_for_business(settings, business)
    config = _write_sandbox(settings, business, account)
    environment = running.child_environment(settings) | {
        "RINGBACK_HOME": str(settings.home),
        "RINGBACK_SANDBOX_URL": account["api_url"],
    }
    children = [
        Child("web", ["web"], environment),
        Child("worker", ["worker"], environment),
        Child("sandbox", ["sandbox", "--port", str(sandbox_port), "--config", str(config)], environment),
    ]
    tree = ProcessTree(children, postgres, on_ready=_Ready(settings, business, sandbox_port, password))
    tree.stop_on_signals()
    tree.run()


def _demo_settings(settings: Settings) -> Settings:
    """The demo keeps its data apart, so that it can be thrown away; RINGBACK_HOME still decides where it is set."""
    if "RINGBACK_HOME" in os.environ or settings.database_url:
        return settings
    return settings.model_copy(update={"home": Path("~/.ringback-demo")})


def read_sample(slug: str) -> dict[str, Any]:
    """Return the business file of a sample that comes with Ringback; its lines have no provider's settings."""
    file = resources.files("ringback.cli").joinpath(f"samples/{slug}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


async def _seed(
    settings: Settings, pool: asyncpg.Pool, sample: str, account: dict[str, str], password: str
) -> Business:
    business = await setting_up.apply_document(settings, pool, read_sample(sample), line_settings=account)
    owner = setting_up.new_person(_email(business), business.staff[0].name, password)
    await setting_up.save_owner(pool, business, owner)
    clock, sealer = wiring.make_clock(settings), make_sealer(settings)
    context = Context(pool, clock, OutgoingHttp(), wiring.PROVIDERS, settings.address, sealer=sealer)
    await sample_history.add_history(context, business)
    return business


def _email(business: Business) -> str:
    return f"owner@{business.slug}.example"


def _open_for_business(settings: Settings, business: Business) -> Settings:
    """Outside the sample's hours nobody's phone would ring: then the demo's clock goes on to 10 on an open morning.

    How far it has gone on is kept: with the same data, a later demo must not live before an earlier one.
    """
    if settings.clock is not None:
        return settings
    kept = settings.home.expanduser() / "demo-clock"
    shift = float(kept.read_text()) if kept.exists() else 0.0
    now = datetime.now(UTC) + timedelta(seconds=shift)
    if state_at(business.hours, business.zone, now) is not DayState.OPEN:
        local = now.astimezone(ZoneInfo(business.zone)).replace(hour=10, minute=0, second=0, microsecond=0)
        mornings = ((local + timedelta(days=days)).astimezone(UTC) for days in range(1, 15))
        morning = next(at for at in mornings if state_at(business.hours, business.zone, at) is DayState.OPEN)
        shift = (morning - datetime.now(UTC)).total_seconds()
    kept.write_text(repr(shift))
    return settings.model_copy(update={"clock_shift_seconds": shift})


def _write_sandbox(settings: Settings, business: Business, account: dict[str, str]) -> Path:
    """The sandbox takes its accounts, numbers and phones from a file; the file holds the account's token."""
    numbers = []
    for line in business.lines:
        hooks = wiring.PROVIDERS[line.provider].hook_urls(setting_up.address_of(settings, line))
        numbers.append(
            {
                "phone_number": line.number,
                "account_sid": account["account_sid"],
                "friendly_name": f"{business.name}: {line.label}",
                "voice_url": hooks["voice"],
                "status_callback": hooks["call_status"],
                "sms_url": hooks["message"],
            }
        )
    handsets = [{"number": p.phone, "label": p.name} for p in business.staff if p.phone]
    document = {
        "accounts": [{"sid": account["account_sid"], "auth_token": account["auth_token"]}],
        "numbers": numbers,
        "handsets": [{"number": _TESTER, "label": "You"}, *handsets],
    }
    path = settings.home.expanduser() / "sandbox.json"
    # Made private before the token is written into it.
    path.touch(mode=0o600)
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")
    return path


class _Ready:
    """Says where to look, once, when everything answers."""

    def __init__(self, settings: Settings, business: Business, sandbox_port: int, password: str) -> None:
        self._settings, self._business = settings, business
        self._sandbox_url = f"http://127.0.0.1:{sandbox_port}/sandbox/"
        self._password = password

    def __call__(self) -> bool:
        """Return whether it was said."""
        if not (running.answers(f"{self._settings.address}/readyz") and running.answers(self._sandbox_url)):
            return False
        line = self._business.lines[0]
        print(
            f"\n{self._business.name} is open for business.\n\n"
            f"  1. The test phone:  {self._sandbox_url}\n"
            f"     Ring {line.number}, let it ring or hang up, and watch the text arrive. Answer it.\n"
            f"  2. The inbox:       {self._settings.address}/\n"
            f"     Sign in as {_email(self._business)} with {self._password}\n\n"
            f"Its clock says {_local(self._settings, self._business)}. Stop everything with Ctrl-C.\n"
            f"For commands in another terminal, like `ringback chat --business {self._business.slug}`:\n"
            f"  export RINGBACK_HOME={self._settings.home.expanduser()} "
            f"RINGBACK_CLOCK_SHIFT_SECONDS={self._settings.clock_shift_seconds:.0f}\n",
            flush=True,
        )
        return True


def _local(settings: Settings, business: Business) -> str:
    now: datetime = wiring.make_clock(settings).now()
    return now.astimezone(ZoneInfo(business.zone)).strftime("%A %H:%M")
