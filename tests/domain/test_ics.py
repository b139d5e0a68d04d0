"""The .ics file: what a phone's calendar reads in it, and what it must not tell."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from ringback.domain.bookings import Booking, BookingState
from ringback.domain.business import Business, Service
from ringback.domain.ics import Reader, entry_uid, render_calendar
from tests.cast import CARLA, HARBOR_NUMBER, NOON, harbor

BOOKING = Booking(
    UUID(int=5),
    UUID(int=6),
    "Cleaning",
    UUID(int=21),
    NOON + timedelta(days=1),
    NOON + timedelta(days=1, hours=1),
    BookingState.BOOKED,
    details={"Which tooth?": "the left one"},
    contact_name="Carla",
    contact_phone=CARLA,
    changed_at=NOON,
)


def shop() -> Business:
    """Return Harbor Dental with an address and two services."""
    services = (Service("Cleaning", 60), Service("Home visit", 60, at_address=True))
    return replace(harbor(), services=services, address="1 Pier Rd, Chicago")


def read(text: str, component: str = "VEVENT") -> Any:
    """Return the one entry (or set of zone rules) of a file, as a calendar reads it."""
    (found,) = Calendar.from_ical(text).walk(component)
    return found


def test_an_entry_has_a_lasting_name_its_version_its_times_and_its_place() -> None:
    entry = read(render_calendar(shop(), [replace(BOOKING, sequence=3)], NOON))
    assert (str(entry["uid"]), entry["sequence"], str(entry["status"])) == (entry_uid(BOOKING), 3, "CONFIRMED")
    assert entry["dtstart"].dt == BOOKING.starts_at
    assert entry["dtend"].dt == BOOKING.ends_at
    assert entry["dtstart"].params["TZID"] == "America/Chicago"
    assert entry["dtstamp"].dt == NOON
    assert str(entry["location"]) == "1 Pier Rd, Chicago"


@pytest.mark.parametrize("on", [datetime(2026, 7, 1, 15, tzinfo=UTC), datetime(2027, 1, 5, 15, tzinfo=UTC)])
@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/Madrid", "Australia/Lord_Howe", "America/Phoenix"])
def test_the_zones_rules_in_the_file_agree_with_its_times_in_summer_and_winter(zone: str, on: datetime) -> None:
    """A client that does not know the zone's name builds it from the file alone."""
    booking = replace(BOOKING, starts_at=on, ends_at=on + timedelta(hours=1))
    text = render_calendar(replace(shop(), zone=zone), [booking], NOON)
    rules = read(text, "VTIMEZONE")
    wall = on.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert f"DTSTART;TZID={zone}:{wall:%Y%m%dT%H%M%S}\r\n" in text
    assert wall.replace(tzinfo=rules.to_tz(lookup_tzid=False)).astimezone(UTC) == on


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (BookingState.HELD, "TENTATIVE"),
        (BookingState.BOOKED, "CONFIRMED"),
        (BookingState.CANCELLED, "CANCELLED"),
        (BookingState.NO_SHOW, "CONFIRMED"),
        (BookingState.DONE, "CONFIRMED"),
    ],
)
def test_each_state_is_said_in_the_calendars_words(state: BookingState, said: str) -> None:
    assert str(read(render_calendar(shop(), [replace(BOOKING, state=state)], NOON))["status"]) == said


def test_the_owner_reads_who_comes_and_the_contact_reads_where_to_go() -> None:
    owners = render_calendar(shop(), [BOOKING], NOON)
    contacts = render_calendar(shop(), [BOOKING], NOON, Reader.CONTACT)
    assert str(read(owners)["summary"]) == "Carla: Cleaning"
    assert str(read(contacts)["summary"]) == "Cleaning, Harbor Dental"
    assert str(read(contacts)["url"]) == f"tel:{HARBOR_NUMBER}"
    assert "Carla" not in contacts
    for text in (owners, contacts):
        assert CARLA not in text
        assert "left one" not in text


def test_a_person_booked_for_and_an_unknown_caller_are_named_as_well_as_can_be() -> None:
    child, unknown = replace(BOOKING, for_whom="Mia"), replace(BOOKING, contact_name=None)
    assert str(read(render_calendar(shop(), [child], NOON))["summary"]) == "Mia: Cleaning"
    assert str(read(render_calendar(shop(), [unknown], NOON))["summary"]) == "Caller: Cleaning"


def test_a_visit_is_at_the_contacts_address() -> None:
    visit = replace(BOOKING, service="Home visit", address="9 Elm St")
    gone = replace(BOOKING, service="A service that is sold no more", address="9 Elm St")
    for booking in (visit, gone):
        assert str(read(render_calendar(shop(), [booking], NOON))["location"]) == "9 Elm St"
    assert "location" not in read(render_calendar(replace(shop(), address=None), [BOOKING], NOON))


def test_signs_that_mean_something_and_long_lines_survive() -> None:
    name = "Zoë; O'Neill, the 2nd\\\nBEGIN:VEVENT " + "long " * 30
    text = render_calendar(shop(), [replace(BOOKING, contact_name=name)], NOON)
    assert str(read(text)["summary"]) == f"{name}: Cleaning"
    assert max(len(line) for line in text.encode().split(b"\r\n")) <= 75
    assert text.replace("\r\n", "").count("\n") == 0


def test_a_feed_without_bookings_is_a_calendar_with_the_shops_name() -> None:
    calendar = Calendar.from_ical(render_calendar(shop(), [], NOON))
    assert str(calendar["x-wr-calname"]) == "Harbor Dental"
    assert calendar.walk("VEVENT") == []
