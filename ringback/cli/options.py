"""What many commands take: a business by its slug, JSON for programs, and the settings of the environment."""

from typing import Annotated

import typer
from pydantic import ValidationError

from ringback.cli.output import fail
from ringback.settings import Settings

Business = Annotated[str, typer.Option("--business", help="The slug of the business.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def read_settings() -> Settings:
    """Return the settings of the environment, or end with a sentence for each that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in error.errors()]
        fail("These settings cannot be used:\n- " + "\n- ".join(lines))
