"""Which secrets are kept where, sealed and opened: nothing else puts one into the database or takes one out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ringback.ports.sealing import CannotOpen, Place, Sealed, Sealer, is_sealed, open_text, seal_text

# An address of a phone company opens nothing, and is looked for in the database.
PLAIN_SETTINGS = frozenset({"api_url"})


@dataclass(frozen=True, slots=True)
class NoSealer:
    """Stands where a process was given no key ring: it must not look as if it kept secrets."""

    def seal(self, secret: bytes, place: Place) -> Sealed:
        """Raise CannotOpen: nothing may be kept in the clear instead."""
        raise CannotOpen("This process was given no key ring, so it can keep no secret.")

    def unseal(self, kept: str, place: Place) -> bytes:
        """Return what is in the clear; raises CannotOpen for what is sealed."""
        if is_sealed(kept):
            raise CannotOpen("This process was given no key ring, so it can open no secret.")
        return kept.encode()


def seal_settings(sealer: Sealer, business_id: UUID, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a connection as they are kept: each value sealed, but for an address."""
    return {
        name: value if name in PLAIN_SETTINGS else seal_text(sealer, value, _setting(business_id, name))
        for name, value in settings.items()
    }


def open_settings(sealer: Sealer, business_id: UUID, kept: Mapping[str, str]) -> dict[str, str]:
    """Return the settings of a connection as its provider takes them; raises CannotOpen."""
    return {
        name: value if name in PLAIN_SETTINGS else open_text(sealer, value, _setting(business_id, name))
        for name, value in kept.items()
    }


def _setting(business_id: UUID, name: str) -> Place:
    return Place(business_id, "connections", f"settings.{name}")


def seal_account(sealer: Sealer, business_id: UUID, account: Mapping[str, str]) -> dict[str, str]:
    """Return credentials whose number is not chosen yet, as they are kept."""
    return {"sealed": seal_text(sealer, json.dumps(dict(account)), _account(business_id))}


def open_account(sealer: Sealer, business_id: UUID, kept: Mapping[str, Any] | None) -> dict[str, str] | None:
    """Return credentials whose number is not chosen yet; raises CannotOpen."""
    if kept is None or "sealed" not in kept:
        return None if kept is None else dict(kept)
    opened: dict[str, str] = json.loads(open_text(sealer, kept["sealed"], _account(business_id)))
    return opened


def _account(business_id: UUID) -> Place:
    return Place(business_id, "set_ups", "account.sealed")


def seal_key(sealer: Sealer, name: str, value: Mapping[str, str]) -> dict[str, str]:
    """Return a key of the installation as it is kept."""
    return {"sealed": seal_text(sealer, json.dumps(dict(value)), _key(name))}


def open_key(sealer: Sealer, name: str, kept: Mapping[str, Any]) -> dict[str, str]:
    """Return a key of the installation; raises CannotOpen."""
    if "sealed" not in kept:
        return dict(kept)
    opened: dict[str, str] = json.loads(open_text(sealer, kept["sealed"], _key(name)))
    return opened


def _key(name: str) -> Place:
    # Each key has a name of its own, so that one cannot stand in for another.
    return Place(None, "installation_keys", f"value.sealed.{name}")


def link_secret_place(business_id: UUID, purpose: str) -> Place:
    """Return where the secret of a purpose's links is kept."""
    return Place(business_id, "link_secrets", f"secret.{purpose}")


def device_place(business_id: UUID) -> Place:
    """Return where the secret of a device that takes pushes is kept."""
    return Place(business_id, "push_subscriptions", "auth")


def letter_place(part: str) -> Place:
    """Return where a part of a letter is kept until it is sent: a link in it may open an account."""
    return Place(None, "mails", part)
