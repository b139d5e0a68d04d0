"""Texts about a booking: true, one segment, and never the word that carriers take for a STOP."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from ringback.domain.bookings import Booking, BookingState
from ringback.domain.consent import read_consent
from ringback.domain.segments import Encoding, count_segments
from ringback.receptionist.booking_words import offer_text, on_my_way_text, reminder_text, running_late_text
from tests.cast import harbor

# A Wednesday in Spanish has an accent, and so has a long service's name.
STARTS_AT = datetime(2026, 11, 25, 21, 30, tzinfo=UTC)
UNTIL = STARTS_AT - timedelta(days=3)
SERVICES = ("Cleaning", "Emergency examination with X-rays, both jaws, and a second opinion")
NAMES = ("Harbor Dental", "Dr. Wilhelmina Featherstonehaugh DDS")


def booking(service: str) -> Booking:
    """A booking of Carla's."""
    return Booking(
        UUID(int=1), UUID(int=2), service, UUID(int=3), STARTS_AT, STARTS_AT + timedelta(hours=1), BookingState.BOOKED
    )


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("service", SERVICES)
def test_each_fits_one_segment_names_the_business_and_prompts_no_opt_out(
    service: str, name: str, language: str
) -> None:
    shop = replace(harbor(), name=name)
    texts = [
        reminder_text(shop, booking(service), language),
        on_my_way_text(shop, "Sam", 45, language),
        running_late_text(shop, "Sam", 45, language),
        offer_text(shop, booking(service), UNTIL, language),
    ]
    for text in texts:
        segments = count_segments(text)
        assert (segments.count, segments.encoding) == (1, Encoding.GSM7), text
        assert text.startswith(f"{name}: ")
        assert "cancel" not in text.casefold()
        assert read_consent(text) is None


def test_a_long_name_of_a_service_is_left_out_rather_than_cost_a_second_text() -> None:
    short, long = (reminder_text(harbor(), booking(service), "en") for service in SERVICES)
    assert "Cleaning" in short
    assert "jaws" not in long
    assert "Wed Nov 25, 3:30 PM" in long
    assert "Reply C to confirm" in long


def test_the_offer_says_until_when_the_time_is_kept() -> None:
    text = offer_text(harbor(), booking("Cleaning"), UNTIL, "en")
    assert text == (
        "Harbor Dental: Wed Nov 25, 3:30 PM has opened up for Cleaning. We keep it for you until "
        "Sun Nov 22, 3:30 PM. Shall we book it?"
    )
