"""Prices as customers read them; money is whole cents everywhere else."""

# The countries first served; elsewhere the bare number with the code of nothing is worse than a plain sign.
_SIGNS = {"GB": "£", "IE": "€", "ES": "€"}


def show_price(cents: int, country: str) -> str:
    """Return a price in the country's usual form: "$129", "$1,290.50", "£80", "80 €" in Spain. GSM-7 only."""
    sign = _SIGNS.get(country, "$")
    whole, rest = divmod(cents, 100)
    if country == "ES":
        grouped = f"{whole:,}".replace(",", ".")
        return f"{grouped},{rest:02d} {sign}" if rest else f"{grouped} {sign}"
    return f"{sign}{whole:,}.{rest:02d}" if rest else f"{sign}{whole:,}"
