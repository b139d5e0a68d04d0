"""What a command prints: sentences for people, JSON for programs, and errors that say what to do."""

import json
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from ringback.store.db import to_json


def show(values: Mapping[str, Any], *, as_json: bool) -> None:
    """Print values as JSON, or a line each."""
    if as_json:
        print(json.dumps(json.loads(to_json(dict(values))), indent=2, ensure_ascii=False))
        return
    for name, value in values.items():
        _print(name, value, "")


def _print(name: str, value: object, indent: str) -> None:
    if isinstance(value, Mapping):
        print(f"{indent}{name}:" + ("" if value else " none"))
        for inner, rest in value.items():
            _print(str(inner), rest, indent + "  ")
    elif isinstance(value, list):
        print(f"{indent}{name}:" + ("" if value else " none"))
        for line in value:
            print(f"{indent}  - {line}")
    else:
        print(f"{indent}{name}: {value}")


def fail(sentence: str, *, code: int = 1) -> NoReturn:
    """Print a sentence to standard error and leave with `code`."""
    print(sentence, file=sys.stderr)
    sys.exit(code)
