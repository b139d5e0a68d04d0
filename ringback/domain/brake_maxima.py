"""How far an owner may open the brakes; above that, only an agency or whoever runs the installation."""

from collections.abc import Iterator

from ringback.domain.brakes import OWNERS_MOST
from ringback.domain.business import Business
from ringback.domain.business_reading import Problem
from ringback.domain.phrases import phrase
from ringback.domain.spending import owners_most_cap_cents


def over_owners_most(before: Business, after: Business) -> tuple[Problem, ...]:
    """Return a problem for each limit that a change raises above what an owner may; one left as it was is none."""
    return tuple(_raised(before, after))


def _raised(before: Business, after: Business) -> Iterator[Problem]:
    most = {**OWNERS_MOST, "cap_cents_a_day": owners_most_cap_cents(after)}
    for section, old, new in (("text_back", before.policy, after.policy), ("brakes", before.brakes, after.brakes)):
        for name, highest in most.items():
            value = getattr(new, name, None)
            if value is not None and value > highest and value != getattr(old, name):
                # A cap is typed in whole money, and refused in it.
                shown = highest // 100 if name.startswith("cap_cents") else highest
                words = phrase(
                    "may be at most %(most)s: more only your agency, or whoever runs this installation, can allow",
                    most=shown,
                )
                yield Problem(f"{section}.{name}", words)
