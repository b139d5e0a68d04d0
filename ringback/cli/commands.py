"""The commands and their options; what they do lies in the modules beside this one."""

from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

import typer

from ringback.cli.keeping_commands import privacy_app, secrets_app
from ringback.cli.options import Business, Json, read_settings
from ringback.cli.output import fail, show
from ringback.domain.business import Mode, Registration

# Completion would write into the shell's own files without being asked.
app = typer.Typer(no_args_is_help=True, add_completion=False, help="Ringback catches the calls a business misses.")
line_app = typer.Typer(no_args_is_help=True, help="Phone numbers of a business.")
key_app = typer.Typer(no_args_is_help=True, help="Keys for the API.")
owner_app = typer.Typer(no_args_is_help=True, help="Who may sign in.")
agency_app = typer.Typer(no_args_is_help=True, help="Companies that look after several businesses.")
ledger_app = typer.Typer(no_args_is_help=True, help="The record of what contacts agreed to and refused.")
jobs_app = typer.Typer(no_args_is_help=True, help="Jobs that kept failing and are parked.")
rules_app = typer.Typer(no_args_is_help=True, help="The law on texts: hours, caps and citations.")
app.add_typer(rules_app, name="rules")
app.add_typer(line_app, name="line")
app.add_typer(key_app, name="api-key")
app.add_typer(owner_app, name="owner")
app.add_typer(agency_app, name="agency")
app.add_typer(jobs_app, name="jobs")
app.add_typer(ledger_app, name="ledger")
app.add_typer(secrets_app, name="secrets")
app.add_typer(privacy_app, name="privacy")


@app.command()
def serve() -> None:
    """Run web, worker and the embedded database in one process tree."""
    from ringback.cli import running

    running.serve(read_settings())


@app.command()
def web() -> None:
    """Run one web process."""
    from ringback.cli import web_process

    web_process.run_web(read_settings())


@app.command()
def worker() -> None:
    """Run one worker process."""
    from ringback.cli import worker_process

    worker_process.run_worker_process(read_settings())


@app.command()
def migrate(as_json: Json = False) -> None:
    """Bring the database's schema up to date."""
    from ringback.cli import running

    settings = read_settings()
    postgres = running.start_database(settings)
    ran = running.bring_up_to_date(settings)
    if postgres is not None:
        postgres.stop()
    show({"ran": ran}, as_json=as_json)


@app.command(name="demo")
def demo_command(
    sample: Annotated[
        str, typer.Option(envvar="SAMPLE", help="Which business: peak-hvac, harbor-dental, ridgeline-plumbing.")
    ] = "peak-hvac",
) -> None:
    """Run everything with sample data, a phone company in a box and a test phone."""
    from ringback.cli import demo

    if sample not in demo.SAMPLES:
        fail(f"There is no sample “{sample}”. There are: {', '.join(demo.SAMPLES)}.", code=2)
    demo.run(read_settings(), sample)


@app.command()
def sandbox(
    host: str = "127.0.0.1",
    port: Annotated[int, typer.Option(envvar="SANDBOX_PORT")] = 8401,
    speed: float = 1.0,
    config: Path | None = None,
) -> None:
    """Run the phone company in a box."""
    from ringback.cli import demo

    demo.run_sandbox(host, port, speed, config)


@app.command()
def check(as_json: Json = False) -> None:
    """Say what is wrong with this installation, in sentences."""
    from ringback.cli import checking

    found = checking.look(read_settings())
    show({"problems": found.problems, "warnings": found.warnings}, as_json=as_json)
    raise typer.Exit(1 if found.problems else 0)


@app.command()
def apply(file: Path, as_json: Json = False) -> None:
    """Create or update a business from its file."""
    from ringback.cli import setting_up

    settings = read_settings()
    business = setting_up.apply_file(settings, file)
    lines = {line.number: setting_up.describe_line(settings, line) for line in business.lines}
    show({"business": business.slug, "name": business.name, "lines": lines}, as_json=as_json)


@app.command()
def export(business: Business) -> None:
    """Write a business as a file that `apply` takes; secrets are left out."""
    from ringback.cli import setting_up

    print(setting_up.export_text(read_settings(), business), end="")


@app.command(name="chat")
def rehearse(
    business: Business,
    caller: Annotated[str, typer.Option("--from", help="The number to text from.")] = "+13125550142",
    language: Annotated[Literal["en", "es"] | None, typer.Option(help="Speak en or es from the start.")] = None,
    as_json: Json = False,
) -> None:
    """Text with a business's receptionist in the terminal; nothing of it is kept or sent."""
    from ringback.cli import chatting

    chatting.run(read_settings(), business, caller, language, as_json=as_json)


@line_app.command(name="add")
def line_add(
    business: Business,
    number: Annotated[str, typer.Option(help="The number, like +13125550101.")],
    provider: Annotated[str, typer.Option(help="The phone company: twilio.")],
    mode: Annotated[Mode, typer.Option(help="How the line hears of calls.")],
    setting: Annotated[list[str], typer.Option("--set", help="NAME=VALUE of the provider, several times.")],
    label: Annotated[str | None, typer.Option(help="Where callers saw the number.")] = None,
    registration: Annotated[Registration | None, typer.Option(help="Whether carriers let the line text.")] = None,
    texts_per_second: Annotated[float | None, typer.Option(help="How fast texts go out; 0 is no limit.")] = None,
    as_json: Json = False,
) -> None:
    """Add a line, or change one, and print the addresses to enter at the phone company."""
    from ringback.cli import setting_up

    pairs = dict(_pair(text) for text in setting)
    options = {
        "mode": mode,
        "label": label,
        "registration": registration,
        "rate": texts_per_second,
        "settings": pairs,
    }
    show(setting_up.add_line(read_settings(), business, number, provider, options), as_json=as_json)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        fail(f"“{text}” is not NAME=VALUE.", code=2)
    return name, value


@line_app.command(name="set")
def line_set(
    business: Business,
    number: Annotated[str, typer.Option(help="The number, like +13125550101.")],
    registration: Annotated[Registration, typer.Option(help="Whether carriers let the line text.")],
    as_json: Json = False,
) -> None:
    """Say how a line stands with the carriers; this also lifts a refusal of theirs."""
    from ringback.cli import setting_up

    show(setting_up.set_line(read_settings(), business, number, registration), as_json=as_json)


@line_app.command(name="list")
def line_list(business: Business, as_json: Json = False) -> None:
    """List the lines of a business with their hook addresses."""
    from ringback.cli import setting_up

    show(setting_up.list_lines(read_settings(), business), as_json=as_json)


@key_app.command(name="create")
def api_key_create(
    business: Business,
    name: str = "command line",
    read_only: Annotated[bool, typer.Option("--read-only", help="The key may change nothing.")] = False,
    per_minute: Annotated[int, typer.Option(help="How often it may ask within a minute.", min=1)] = 600,
    as_json: Json = False,
) -> None:
    """Create a key for the API; it is shown once."""
    from ringback.cli import setting_up

    scope = "read" if read_only else "all"
    key = setting_up.create_api_key(read_settings(), business, name, scope, per_minute)
    if as_json:
        show({"key": key, "business": business}, as_json=True)
    else:
        print(key)


@key_app.command(name="list")
def api_key_list(business: Business, as_json: Json = False) -> None:
    """List the live keys of a business; what opens the API is not stored and not shown."""
    from ringback.cli import setting_up

    show(setting_up.list_api_keys(read_settings(), business), as_json=as_json)


@key_app.command(name="end")
def api_key_end(key: UUID, business: Business, as_json: Json = False) -> None:
    """Let a key open nothing from now on."""
    from ringback.cli import setting_up

    name = setting_up.end_api_key(read_settings(), business, key)
    if name is None:
        fail("This business has no live key with this id. `ringback api-key list` names them.")
    show({"ended": str(key), "name": name}, as_json=as_json)


@owner_app.command(name="add")
def owner_add(business: Business, email: str, name: str = "Owner", as_json: Json = False) -> None:
    """Let someone sign in as owner, with a new password that is shown once."""
    from ringback.cli import setting_up

    show(setting_up.add_owner(read_settings(), business, email, name), as_json=as_json)


@agency_app.command(name="create")
def agency_create(name: str, as_json: Json = False) -> None:
    """Create an agency: a company that looks after several businesses."""
    from ringback.cli import agencies

    show(agencies.create_agency(read_settings(), name), as_json=as_json)


@agency_app.command(name="add")
def agency_add(
    agency: str,
    business: Annotated[list[str] | None, typer.Option("--business", help="A business by its slug.")] = None,
    email: Annotated[str | None, typer.Option(help="Who works for the agency.")] = None,
    name: Annotated[str, typer.Option(help="The person's name.")] = "Agency",
    as_json: Json = False,
) -> None:
    """Let an agency look after businesses, and let someone work for it in all of them."""
    from ringback.cli import agencies

    show(agencies.add_to_agency(read_settings(), agency, business or (), email, name), as_json=as_json)


@jobs_app.command(name="list")
def jobs_list(as_json: Json = False) -> None:
    """List parked jobs with their last error."""
    from ringback.cli import setting_up

    show({"parked": setting_up.list_parked(read_settings())}, as_json=as_json)


@jobs_app.command(name="retry")
def jobs_retry(job: int) -> None:
    """Let a parked job run again."""
    from ringback.cli import setting_up

    if not setting_up.retry_job(read_settings(), job):
        fail(f"There is no parked job {job}.")


@rules_app.command(name="explain")
def rules_explain(
    number: Annotated[str, typer.Option(help="The contact's number, like +13055550142.")],
    at: Annotated[
        str | None, typer.Option(help="When, like 2026-11-21T20:30, local to the contact; with an offset, as it says.")
    ] = None,
    business: Annotated[str | None, typer.Option("--business", help="The slug of the business that texts.")] = None,
    address: Annotated[str | None, typer.Option(help="The contact's address or ZIP code, where it is known.")] = None,
    as_json: Json = False,
) -> None:
    """Say which law applies to a number, why, and when it may next get a text that answers nothing."""
    from ringback.cli import rules

    show(rules.explain(read_settings(), number, at, business, address), as_json=as_json)


@rules_app.command(name="list")
def rules_list(as_json: Json = False) -> None:
    """List every rule on texting, recording and disclosure with its citation."""
    from ringback.cli import rules

    show(rules.list_rules(), as_json=as_json)


@ledger_app.command(name="verify")
def ledger_verify(
    business: Business,
    noted: Annotated[
        str | None, typer.Option(help="An end of the ledger as it was printed earlier: position and hash.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check that the consent ledger of a business is whole, and say where it is not."""
    from ringback.cli import ledger

    report = ledger.verify(read_settings(), business, noted)
    show(report, as_json=as_json)
    if not report["whole"]:
        raise typer.Exit(1)


@ledger_app.command(name="export")
def ledger_export(
    business: Business,
    contact: Annotated[str, typer.Option(help="The contact's number.")],
    to: Annotated[Path, typer.Option(help="The file to write: .csv or .pdf.")],
    as_json: Json = False,
) -> None:
    """Write what the consent ledger says of a contact to a file."""
    from ringback.cli import ledger

    show(ledger.export(read_settings(), business, contact, to), as_json=as_json)
