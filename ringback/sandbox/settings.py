"""What a phone company starts with: accounts, numbers, handsets, its pace and its own address."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """Start-up state. Each mapping has the shape of the control API's request of the same name.

    `public_url` is where businesses fetch pictures and recordings; empty means the address listened on.
    """

    public_url: str = ""
    speed: float = 1.0
    clock_at: datetime | None = None
    accounts: tuple[Mapping[str, Any], ...] = ()
    numbers: tuple[Mapping[str, Any], ...] = ()
    handsets: tuple[Mapping[str, Any], ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path, **overrides: Any) -> "SandboxSettings":
        """Read a JSON file with these keys; `overrides` win."""
        # The command line wins over the file: an address there is the one being listened on.
        found = json.loads(path.read_text("utf-8")) | overrides
        if isinstance(found.get("clock_at"), str):
            found["clock_at"] = datetime.fromisoformat(found["clock_at"])
        lists = {key: tuple(found.get(key, ())) for key in ("accounts", "numbers", "handsets")}
        return cls(**found | lists)
