"""The commands about what is kept: `secrets` and `privacy`; what they do lies in the modules of those names."""

from pathlib import Path
from typing import Annotated

import typer

from ringback.cli.options import Business, Json, read_settings
from ringback.cli.output import show

privacy_app = typer.Typer(no_args_is_help=True, help="What is kept about people, and for how long.")
secrets_app = typer.Typer(no_args_is_help=True, help="Keys that stored secrets are sealed with.")


@secrets_app.command(name="status")
def secrets_status(as_json: Json = False) -> None:
    """Say which keys there are, how much each has sealed, and what to do next."""
    from ringback.cli import secrets  # noqa: PLC0415

    show(secrets.show_status(read_settings()), as_json=as_json)


@secrets_app.command(name="rotate")
def secrets_rotate(as_json: Json = False) -> None:
    """Seal everything with a new key, while the product runs."""
    from ringback.cli import secrets  # noqa: PLC0415

    show(secrets.rotate(read_settings()), as_json=as_json)


@secrets_app.command(name="drop")
def secrets_drop(as_json: Json = False) -> None:
    """Take keys out of the key file that nothing is sealed with any more."""
    from ringback.cli import secrets  # noqa: PLC0415

    show(secrets.drop_old(read_settings()), as_json=as_json)


@secrets_app.command(name="new")
def secrets_new() -> None:
    """Print a new key for RINGBACK_SECRET_KEYS."""
    from ringback.wiring.secrets import new_key  # noqa: PLC0415

    print(new_key())


@privacy_app.command(name="export")
def privacy_export(
    phone: str,
    business: Business,
    out: Annotated[Path, typer.Option(help="Where the ZIP file goes.")] = Path("contact.zip"),
    as_json: Json = False,
) -> None:
    """Write everything about one contact into a ZIP file."""
    from ringback.cli import privacy  # noqa: PLC0415

    show(privacy.export_contact(read_settings(), business, phone, out), as_json=as_json)


@privacy_app.command(name="erase")
def privacy_erase(
    phone: str,
    business: Business,
    sure: Annotated[bool, typer.Option("--sure", help="Erase; without it, only say how much there is.")] = False,
    as_json: Json = False,
) -> None:
    """Erase one contact for good."""
    from ringback.cli import privacy  # noqa: PLC0415

    show(privacy.erase(read_settings(), business, phone, sure=sure), as_json=as_json)


@privacy_app.command(name="retention")
def privacy_retention(
    business: Business,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would go.")] = False,
    as_json: Json = False,
) -> None:
    """Let go of what is older than the business keeps it, as every night does."""
    from ringback.cli import privacy  # noqa: PLC0415

    show(privacy.retention(read_settings(), business, dry_run=dry_run), as_json=as_json)
