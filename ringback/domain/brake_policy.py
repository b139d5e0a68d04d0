"""How hard a business brakes, as its owner sets it; what is left out follows from the hourly limits of text-backs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BrakePolicy:
    """Limits on texts, on what a day may cost and on what a model may use. None: follows from the others (brakes.py).

    The hourly limits of a line and of the business stand in TextBackPolicy. Prices are in thousandths of a cent of the
    owner's currency, for one segment of a text and for one minute of a call.
    """

    per_caller_an_hour: int = 60
    per_caller_a_day: int = 200
    per_line_a_day: int | None = None
    per_business_a_day: int | None = None
    per_prefix_an_hour: int | None = None
    per_prefix_a_day: int | None = None
    per_country_an_hour: int | None = None
    per_country_a_day: int | None = None
    cap_cents_a_day: int | None = None
    segment_millicents: int | None = None
    call_minute_millicents: int | None = None
    # Countries whose numbers staff may be connected with; empty: those that may be texted.
    ring_countries: tuple[str, ...] = ()
    model_tokens_per_thread_a_day: int = 60_000
    model_tokens_per_caller_a_day: int = 60_000
    model_tokens_a_day: int = 2_000_000
