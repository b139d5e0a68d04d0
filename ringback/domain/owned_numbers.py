"""What a phone company says of an account and of the numbers it has there."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccountFound:
    """An account whose credentials are right. A trial texts only phones that its owner has verified there."""

    name: str
    is_active: bool
    is_trial: bool


@dataclass(frozen=True, slots=True)
class OwnedNumber:
    """A number of the account (E.164), what it can do, and where the company sends what happens on it.

    `hooks` are addresses by hook name, as they were given. `led_elsewhere` names what the company heeds instead of
    them (an application, a trunk); empty where nothing does.
    """

    number_id: str
    phone: str
    name: str
    can_ring: bool
    can_text: bool
    hooks: Mapping[str, str]
    led_elsewhere: str = ""


def wrong_hooks(number: OwnedNumber, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the hooks that do not lead to us."""
    return tuple(name for name, url in number.hooks.items() if wanted.get(name) != url)
