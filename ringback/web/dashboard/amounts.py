"""Amounts as people type them: "450", "1,290.50", "80,5"; kept as whole cents or thousandths of a cent."""

import re

# At most nine digits before the point: 10 million and its cents fit into the database's integers.
_AMOUNT = re.compile(r"(\d{1,9})(?:[.,](\d{1,3}))?", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:[.,  ]\d{3})+(?=$|[.,]\d{1,2}$)", re.ASCII)
_MOST_CENTS = 1_000_000_000
_MOST_MILLICENTS = 100_000


def read_cents(text: str) -> int:
    """Return cents; raises ValueError for what is no amount, or too large a one."""
    plain = re.sub(r"^[$£€]\s*|\s*[$£€]$", "", text.strip())
    # "1,290" and "1.290" are thousands in one country or the other: no price has three places.
    grouped = _GROUPED.match(plain)
    if grouped:
        plain = re.sub(r"[.,  ]", "", grouped[0]) + plain[grouped.end() :]
    found = _AMOUNT.fullmatch(plain)
    if found is None or len(found[2] or "") > 2:
        raise ValueError(text)
    return _within(int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")), _MOST_CENTS)


def read_millicents(text: str) -> int:
    """Return thousandths of a cent for a price in cents ("1.1"); raises ValueError."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    return _within(int(found[1]) * 1000 + int((found[2] or "").ljust(3, "0")), _MOST_MILLICENTS)


def read_percent(text: str) -> int:
    """Return a whole percentage; raises ValueError."""
    if not re.fullmatch(r"\d{1,3}", text.removesuffix("%").strip(), re.ASCII):
        raise ValueError(text)
    return _within(int(text.removesuffix("%")), 100)


def _within(number: int, most: int) -> int:
    if number > most:
        raise ValueError(number)
    return number
