"""The dialog's state as JSON, between turns."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from ringback.receptionist.dialog import Dialog

_DIALOG = TypeAdapter(Dialog)


def dump(dialog: Dialog) -> dict[str, Any]:
    """Return the state as plain JSON values: instants and days as ISO text, ids as text."""
    plain: dict[str, Any] = _DIALOG.dump_python(dialog, mode="json")
    return plain


def load(state: Mapping[str, Any]) -> Dialog:
    """Return the Dialog of a stored state. Fields it lacks have their defaults, and those we no longer have are
    dropped: a thread goes on over an upgrade. Raises ValidationError where a value cannot be what it should be.
    """
    return _DIALOG.validate_python(dict(state))
