"""Says what services cost and how long they take, from their values and never otherwise."""

from ringback.domain.business import Business, Service
from ringback.domain.money import show_price

_PRICE = {"en": "{name} is {price}.", "es": "{name}: {price}."}
_FROM = {"en": "from {price}", "es": "desde {price}"}
_FREE = {"en": "free", "es": "gratis"}
_LENGTH = {"en": "{name} takes about {minutes}.", "es": "{name} dura unos {minutes}."}
_QUOTED = {
    "en": "For {name} we give you a price for your job first.",
    "es": "Para {name} le damos antes un presupuesto.",
}
_UNPRICED = {
    "en": "The price of {name} is something the team must tell you.",
    "es": "El precio de {name} se lo dirá el equipo.",
}
_HOUR = {"en": ("1 hour", "{count} hours", " and "), "es": ("1 hora", "{count} horas", " y ")}
_MOST_PRICES = 5


def price_of(service: Service, business: Business, language: str) -> str:
    """Return a sentence with the service's price and the owner's note, or that a person must say it."""
    price = _amount(service, business, language)
    if price is None:
        return (_QUOTED if service.quote else _UNPRICED)[language].format(name=service.name)
    said = _PRICE[language].format(name=service.name, price=price)
    return f"{said} {service.price_note}" if service.price_note else said


def length_of(service: Service, language: str) -> str:
    """Return a sentence with how long the service takes."""
    return _LENGTH[language].format(name=service.name, minutes=_length(service.minutes, language))


def describe(service: Service, business: Business, language: str) -> str:
    """Return what is known of a service: its price where it has one, and its length where it can be booked."""
    is_priced = service.price_cents is not None or service.quote
    price = price_of(service, business, language) if is_priced else None
    length = length_of(service, language) if service.bookable else None
    return " ".join(filter(None, (price, length))) or f"{service.name}."


def list_prices(business: Business, language: str) -> str | None:
    """Return the first prices in the owner's order, or None where no service has one."""
    priced = [(service.name, _amount(service, business, language)) for service in business.services]
    said = [f"{name} {price}" for name, price in priced if price is not None][:_MOST_PRICES]
    return ", ".join(said) + "." if said else None


def _amount(service: Service, business: Business, language: str) -> str | None:
    if service.price_cents is None:
        return None
    if service.price_cents == 0:
        return _FREE[language]
    price = show_price(service.price_cents, business.country)
    return _FROM[language].format(price=price) if service.price_from else price


def _length(minutes: int, language: str) -> str:
    hours, rest = divmod(minutes, 60)
    one, many, joint = _HOUR[language]
    whole = (one if hours == 1 else many.format(count=hours)) if hours else ""
    part = f"{rest} {'minutes' if language == 'en' else 'minutos'}" if rest else ""
    return joint.join(filter(None, (whole, part)))
