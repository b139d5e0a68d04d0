"""The command line."""

import sys

from ringback.cli.commands import app


def main() -> None:
    """Run the command line."""
    sys.exit(app())
