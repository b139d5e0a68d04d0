"""What a business of a trade begins with, so that its owner only changes what is different there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ringback.domain.phrases import Phrase, phrase
from ringback.domain.trades import GENERIC, Tone

_WEEK = ("mon", "tue", "wed", "thu", "fri")
# Countries whose public holidays are known: on them nothing is offered to callers.
_HOLIDAYS = frozenset({"US", "CA", "GB", "IE", "AU", "NZ", "ES", "MX"})

TRADE_NAMES: Mapping[str, Phrase] = {
    "plumbing": phrase("Plumbing"),
    "hvac": phrase("Heating and cooling"),
    "dental": phrase("Dental practice"),
    "medical": phrase("Medical practice"),
    "vet": phrase("Vet"),
    "salon": phrase("Hair or beauty salon"),
    "med_spa": phrase("Med spa"),
    "garage": phrase("Garage, car repair"),
    "towing": phrase("Towing"),
    "pest_control": phrase("Pest control"),
    "law": phrase("Law firm"),
    "restaurant": phrase("Restaurant"),
    "real_estate": phrase("Real estate"),
    GENERIC: phrase("Something else"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that nearly every business of the trade has. Its price is the owner's to say."""

    english: str
    spanish: str
    minutes: int
    at_address: bool = False
    emergency: bool = False
    quote: bool = False


@dataclass(frozen=True, slots=True)
class TradeDefaults:
    """How a trade usually works. `emergency` is told first to whoever has one, in English and Spanish."""

    tone: Tone
    opens: str
    closes: str
    saturday: str | None
    offers: tuple[Offer, ...]
    says_automated: bool = False
    lead_minutes: int = 120
    call_back_minutes: int = 60
    emergency: tuple[str, str] | None = None


_LIFE = (
    "If anybody is in danger, call emergency services now. Somebody of ours is being told.",
    "Si alguien corre peligro, llame ya a emergencias. Estamos avisando a una persona.",
)
_HEALTH = (
    "If it is life-threatening, call emergency services now. Somebody of ours is being told.",
    "Si hay peligro para la vida, llame ya a emergencias. Estamos avisando a una persona.",
)
_WATER = (
    "Please shut the main water valve if you can reach it. Somebody of ours is being told.",
    "Cierre la llave principal del agua si puede. Estamos avisando a una persona.",
)
_GAS = (
    "If you smell gas, go outside and call emergency services now. Somebody of ours is being told.",
    "Si huele a gas, salga y llame ya a emergencias. Estamos avisando a una persona.",
)

_DEFAULTS: Mapping[str, TradeDefaults] = {
    "plumbing": TradeDefaults(
        Tone.WARM, "08:00", "17:00", None,
        (
            Offer("Service call", "Visita de servicio", 60, at_address=True),
            Offer("Drain cleaning", "Destape de drenaje", 90, at_address=True),
            Offer("Quote visit", "Visita para presupuesto", 45, at_address=True, quote=True),
            Offer("Emergency visit", "Visita de urgencia", 90, at_address=True, emergency=True),
        ),
        call_back_minutes=30, emergency=_WATER,
    ),
    "hvac": TradeDefaults(
        Tone.WARM, "08:00", "17:00", None,
        (
            Offer("Tune-up", "Mantenimiento", 60, at_address=True),
            Offer("Repair visit", "Visita de reparación", 90, at_address=True),
            Offer("Quote visit", "Visita para presupuesto", 60, at_address=True, quote=True),
            Offer("Emergency visit", "Visita de urgencia", 90, at_address=True, emergency=True),
        ),
        call_back_minutes=30, emergency=_GAS,
    ),
    "dental": TradeDefaults(
        Tone.FORMAL, "08:00", "17:00", None,
        (
            Offer("Check-up and cleaning", "Revisión y limpieza", 60),
            Offer("New patient visit", "Primera visita", 60),
            Offer("Emergency visit", "Visita de urgencia", 30, emergency=True),
        ),
        says_automated=True, emergency=_HEALTH,
    ),
    "medical": TradeDefaults(
        Tone.FORMAL, "08:00", "17:00", None,
        (Offer("Visit", "Consulta", 20), Offer("New patient visit", "Primera consulta", 40)),
        says_automated=True, emergency=_HEALTH,
    ),
    "vet": TradeDefaults(
        Tone.WARM, "08:00", "18:00", "09:00-13:00",
        (
            Offer("Check-up", "Revisión", 30),
            Offer("Vaccination", "Vacunación", 20),
            Offer("Emergency visit", "Visita de urgencia", 30, emergency=True),
        ),
        emergency=(
            "Please bring your pet in or go to the nearest emergency vet now. Somebody of ours is being told.",
            "Traiga a su mascota o vaya ya a la urgencia veterinaria. Estamos avisando a una persona.",
        ),
    ),
    "salon": TradeDefaults(
        Tone.WARM, "09:00", "19:00", "09:00-17:00",
        (Offer("Haircut", "Corte", 45), Offer("Color", "Color", 120), Offer("Manicure", "Manicura", 45)),
    ),
    "med_spa": TradeDefaults(
        Tone.WARM, "09:00", "18:00", "10:00-16:00",
        (Offer("Consultation", "Consulta", 30), Offer("Treatment", "Tratamiento", 60)),
        says_automated=True, emergency=_HEALTH,
    ),
    "garage": TradeDefaults(
        Tone.WARM, "08:00", "17:30", None,
        (
            Offer("Oil change", "Cambio de aceite", 45),
            Offer("Diagnosis", "Diagnóstico", 60),
            Offer("Brakes", "Frenos", 120),
        ),
    ),
    "towing": TradeDefaults(
        Tone.BRIEF, "00:00", "24:00", "00:00-24:00",
        (Offer("Tow", "Remolque", 60, at_address=True), Offer("Jump start", "Arranque", 30, at_address=True)),
        lead_minutes=15, call_back_minutes=10, emergency=_LIFE,
    ),
    "pest_control": TradeDefaults(
        Tone.WARM, "08:00", "17:00", None,
        (
            Offer("Inspection", "Inspección", 45, at_address=True),
            Offer("Treatment", "Tratamiento", 90, at_address=True),
        ),
    ),
    "law": TradeDefaults(
        Tone.FORMAL, "09:00", "17:00", None,
        (Offer("First consultation", "Primera consulta", 45),),
        says_automated=True, lead_minutes=240,
    ),
    "restaurant": TradeDefaults(Tone.WARM, "11:00", "22:00", "11:00-23:00", (), call_back_minutes=30),
    "real_estate": TradeDefaults(
        Tone.WARM, "09:00", "18:00", "10:00-16:00",
        (Offer("Viewing", "Visita", 45, at_address=True), Offer("Valuation", "Valoración", 60, at_address=True)),
    ),
    GENERIC: TradeDefaults(Tone.WARM, "09:00", "17:00", None, (Offer("Appointment", "Cita", 60),)),
}  # fmt: skip


def defaults_of(trade: str) -> TradeDefaults:
    """Return how a trade usually works; one we do not know works like an office."""
    return _DEFAULTS.get(trade, _DEFAULTS[GENERIC])


def default_hours(trade: str) -> dict[str, list[str]]:
    """Return the `[hours]` of a trade; a day that is not there is closed."""
    found = defaults_of(trade)
    hours = {day: [f"{found.opens}-{found.closes}"] for day in _WEEK}
    if found.saturday:
        hours["sat"] = [found.saturday]
    if found.opens == "00:00":
        hours["sun"] = [f"{found.opens}-{found.closes}"]
    return hours


def default_sections(trade: str, country: str, language: str) -> dict[str, Any]:
    """Return the sections of a business document that the trade decides, without wordings: the built-in ones serve
    until the owner writes others."""
    found = defaults_of(trade)
    receptionist: dict[str, Any] = {
        "says_automated": found.says_automated,
        "call_back_minutes": found.call_back_minutes,
    }
    if found.emergency:
        receptionist |= dict(zip(("emergency_instruction", "emergency_instruction_es"), found.emergency, strict=True))
    booking: dict[str, Any] = {"lead_minutes": found.lead_minutes}
    if country in _HOLIDAYS:
        booking["holidays"] = country
    return {
        "hours": default_hours(trade),
        "booking": booking,
        "receptionist": receptionist,
        "services": [_service(offer, language) for offer in found.offers],
    }


def _service(offer: Offer, language: str) -> dict[str, Any]:
    name, other = (offer.spanish, offer.english) if language == "es" else (offer.english, offer.spanish)
    said = {"at_address": offer.at_address, "emergency": offer.emergency, "quote": offer.quote}
    also = [] if name == other else [other]
    return {"name": name, "minutes": offer.minutes, "also": also} | {key: True for key, yes in said.items() if yes}
