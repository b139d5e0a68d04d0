"""The kinds of emergency, which of them a trade knows, and which put a life at risk."""

from enum import StrEnum


class EmergencyKind(StrEnum):
    """What is wrong. In the order in which they are told apart: a life before a house."""

    # Nothing comes before a person who may die of waiting.
    SELF_HARM = "self_harm"
    LOCKED_IN_CHILD = "locked_out_child"
    # Animals before people: "my dog cant breathe" is for the vet, not for an ambulance.
    BREATHING_PET = "pet_collapse"
    POISONED_PET = "poisoned_pet"
    BLEEDING_PET = "bleeding_pet"
    BLOAT = "bloat"
    BLOCKED_PET = "blocked_pet"
    INJURED_PET = "injured_pet"
    CHEST_PAIN = "chest_pain"
    STROKE = "stroke"
    BREATHING = "breathing"
    UNCONSCIOUS = "unconscious"
    BLEEDING = "bleeding"
    POISONING = "poisoning"
    ALLERGIC = "allergic_reaction"
    LABOR = "labor"
    CARBON_MONOXIDE = "carbon_monoxide"
    GAS = "gas"
    FIRE = "fire"
    DANGER = "danger"
    CRASH = "crash"
    ELECTRICAL = "electrical"
    # Before FLOODING: water that rises in drains is flooding too, and this is the worse of the two.
    SEWAGE = "sewage"
    FLOODING = "flooding"
    NO_HEAT = "no_heat"
    NO_COOLING = "no_cooling_vulnerable"
    DENTAL_TRAUMA = "dental_trauma"
    SWELLING = "swelling"
    REACTION = "reaction"
    FEVER = "high_fever"
    SEVERE_PAIN = "severe_pain"
    STRANDED = "stranded"
    LOCKED_OUT = "locked_out"
    SWARM = "swarm"
    ARRESTED = "arrested"
    # The caller calls it one without saying what: the least that can be known.
    STATED = "stated"
    OWNER = "owner"


_Kind = EmergencyKind

_LIFE = frozenset(
    {
        *(_Kind.SELF_HARM, _Kind.LOCKED_IN_CHILD, _Kind.CHEST_PAIN, _Kind.STROKE, _Kind.BREATHING, _Kind.UNCONSCIOUS),
        *(_Kind.BLEEDING, _Kind.POISONING, _Kind.ALLERGIC, _Kind.LABOR, _Kind.CARBON_MONOXIDE, _Kind.GAS, _Kind.FIRE),
        *(_Kind.DANGER, _Kind.CRASH, _Kind.ELECTRICAL),
    }
)
_PETS = frozenset(
    {
        *(_Kind.BREATHING_PET, _Kind.POISONED_PET, _Kind.BLEEDING_PET),
        *(_Kind.BLOAT, _Kind.BLOCKED_PET, _Kind.INJURED_PET),
    }
)
_HOUSE = frozenset({_Kind.FLOODING, _Kind.SEWAGE, _Kind.NO_HEAT, _Kind.NO_COOLING})
_ILL = frozenset({_Kind.SWELLING, _Kind.SEVERE_PAIN, _Kind.FEVER, _Kind.REACTION})
_ROAD = frozenset({_Kind.STRANDED, _Kind.LOCKED_OUT})
# A life at risk and "it's an emergency" are heard by every trade; these are what each knows besides.
_BY_TRADE = {
    "vet": _PETS,
    "pest_control": frozenset({_Kind.SWARM}),
    "dental": _ILL | {_Kind.DENTAL_TRAUMA},
    "medical": _ILL,
    "hvac": _HOUSE,
    "plumbing": _HOUSE,
    "law": frozenset({_Kind.ARRESTED}),
    "salon": frozenset({_Kind.REACTION, _Kind.SWELLING}),
    "med_spa": frozenset({_Kind.REACTION, _Kind.SWELLING, _Kind.SEVERE_PAIN}),
    "garage": _ROAD,
    "towing": _ROAD,
    # A restaurant is called about its own house; callers of a salon or a law firm are not.
    "restaurant": frozenset({_Kind.FLOODING, _Kind.SEWAGE}),
    "real_estate": _HOUSE | {_Kind.LOCKED_OUT},
}


def is_life_threatening(kind: str) -> bool:
    """Return whether emergency services come before us; False for words that are no kind."""
    return kind in _LIFE


def concerns_pets(kind: EmergencyKind) -> bool:
    """Return whether it is an animal that is in danger."""
    return kind in _PETS


def kinds_of(trade: str) -> frozenset[EmergencyKind]:
    """Return the kinds that a trade acts on; of a trade not known to us, all of them."""
    known = _BY_TRADE.get(trade)
    return frozenset(EmergencyKind) if known is None else _LIFE | known | {_Kind.STATED, _Kind.OWNER}
