"""Openings: the owner's set-up in tables, what a caller is offered, and a slow search that must find the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from ringback.domain.bookings import Busy, Opening, Search, Window, class_id
from ringback.domain.business import BookingPolicy, Business, Resource, Service, Staff, TimeOff
from ringback.domain.hours import Holiday, OpeningHours, parse_hours
from ringback.domain.openings import find_openings, is_exact, suits
from tests.cast import ALL_DAY, NOON, harbor

SAM, OLGA = UUID(int=21), UUID(int=22)
CHICAGO = ZoneInfo("America/Chicago")
WEDNESDAY = date(2026, 11, 18)
THURSDAY, FRIDAY, SATURDAY, MONDAY = (WEDNESDAY + timedelta(days=n) for n in (1, 2, 3, 5))
OFFICE = parse_hours({day: ["09:00-12:00", "13:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")})
CLEANING = Service("Cleaning", 60)


def office(service: Service = CLEANING, hours: OpeningHours = OFFICE, **policy: object) -> Business:
    """Return Harbor Dental with office hours, one service, and Sam alone to do it."""
    shop = replace(harbor(), hours=hours, services=(service,), booking=BookingPolicy(**policy))  # type: ignore[arg-type]
    return replace(shop, staff=(Staff(SAM, "Sam"),))


def wall(on: date, clock_time: str, zone: ZoneInfo = CHICAGO) -> datetime:
    """Return the instant at which clocks in Chicago show a time."""
    return datetime.combine(on, time.fromisoformat(clock_time), zone).astimezone(UTC)


def taken(unit_id: UUID, on: date, start: str, end: str, **more: object) -> Busy:
    """Return a stretch that somebody has."""
    span = (int(wall(on, start).timestamp()) // 60, int(wall(on, end).timestamp()) // 60)
    return Busy(unit_id, (span,), **more)  # type: ignore[arg-type]


def day(on: date, first: str | None = None, last: str | None = None, *, exact: bool = False) -> Window:
    """Return a wish for a day, from a time to a time."""
    minutes = [None if text is None else int(text[:2]) * 60 + int(text[3:]) for text in (first, last)]
    return Window(on, on, minutes[0], minutes[1], exact=exact)


def said(openings: tuple[Opening, ...], zone: ZoneInfo = CHICAGO) -> list[str]:
    """Return openings as "Wed 10:00"."""
    return [opening.starts_at.astimezone(zone).strftime("%a %H:%M") for opening in openings]


def offers(shop: Business, *windows: Window, busy: tuple[Busy, ...] = (), **search: object) -> list[str]:
    """Return what is offered on a Wednesday at 10:00 in Chicago."""
    wish = Search(shop.services[0].name, windows, **search)  # type: ignore[arg-type]
    return said(find_openings(shop, wish, busy, NOON))


def all_of(shop: Business, on: date, *busy: Busy, **search: object) -> list[str]:
    """Return every opening of a day, as times alone; alternatives on other days are left out."""
    wish = Search(shop.services[0].name, (day(on),), limit=500, **search)  # type: ignore[arg-type]
    found = find_openings(shop, wish, busy, NOON)
    return [text[4:] for text in said(tuple(one for one in found if suits(shop, wish, one)))]


# --- what the owner set up


def test_openings_lie_inside_the_hours_on_the_grid_and_end_before_closing() -> None:
    assert all_of(office(), THURSDAY) == ["09:00", "09:30", "10:00", "10:30", "11:00", *_afternoon()]


def _afternoon() -> list[str]:
    return ["13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00"]


def test_the_buffer_is_kept_free_after_a_booking_and_may_run_past_closing() -> None:
    shop = office(replace(CLEANING, buffer_minutes=30))
    assert all_of(shop, THURSDAY, taken(SAM, THURSDAY, "10:30", "12:00")) == ["09:00", *_afternoon()]


def test_somebody_elses_booking_takes_no_time_of_mine() -> None:
    assert all_of(office(), THURSDAY, taken(OLGA, THURSDAY, "09:00", "17:00")) == all_of(office(), THURSDAY)


def test_the_lead_time_is_kept_and_the_horizon_ends_the_list() -> None:
    shop = office(lead_minutes=181, horizon_days=1)
    assert offers(shop, limit=50)[0] == "Wed 13:30"
    assert offers(shop, limit=50)[-1] == "Thu 16:00"


@pytest.mark.parametrize(
    ("who", "able"),
    [
        (replace(CLEANING), ["Olga", "Sam"]),
        (replace(CLEANING, staff=("Olga",)), ["Olga"]),
        (replace(CLEANING, staff=("Nobody",)), []),
    ],
)
def test_only_those_who_can_do_it_are_offered(who: Service, able: list[str]) -> None:
    shop = replace(office(who), staff=(Staff(SAM, "Sam"), Staff(OLGA, "Olga")))
    names = {person.staff_id: person.name for person in shop.staff}
    found = [find_openings(shop, Search("Cleaning", staff_id=one), (), NOON) for one in (SAM, OLGA)]
    assert sorted({names[opening.staff_id] for openings in found for opening in openings}) == able


def test_who_takes_no_bookings_is_not_offered() -> None:
    shop = replace(office(), staff=(Staff(SAM, "Sam", takes_bookings=False),))
    assert offers(shop) == []


def test_a_person_works_their_own_hours_and_short_days_shorten_them() -> None:
    early = Staff(SAM, "Sam", weekly={3: (("07:00", "11:00"),), 4: (("07:00", "11:00"),)})
    half = replace(OFFICE, holidays=(Holiday(FRIDAY, "Half day", (("10:00", "14:00"),)),))
    shop = replace(office(hours=half), staff=(early,))
    assert all_of(shop, THURSDAY) == ["07:00", "07:30", "08:00", "08:30", "09:00", "09:30", "10:00"]
    assert all_of(shop, FRIDAY) == ["10:00"]
    assert all_of(shop, MONDAY) == []


def test_public_holidays_close_the_shop_unless_the_owner_lists_that_day() -> None:
    christmas = date(2026, 12, 25)
    opened = replace(OFFICE, holidays=(Holiday(christmas, "We work", (("09:00", "11:00"),)),))
    assert all_of(office(), christmas) != []
    assert all_of(office(holidays="US"), christmas) == []
    assert all_of(office(hours=opened, holidays="US"), christmas) == ["09:00", "09:30", "10:00"]


@pytest.mark.parametrize(("where", "is_open"), [("ES", True), ("ES-MD", False), ("es-md", False), ("XX", True)])
def test_public_holidays_are_those_of_the_region(where: str, *, is_open: bool) -> None:
    """2 May is the day of the Community of Madrid; in 2025 a Friday."""
    shop = replace(office(holidays=where), zone="Europe/Madrid")
    window = Window(date(2025, 5, 2), date(2025, 5, 2))
    found = find_openings(shop, Search("Cleaning", (window,)), (), datetime(2025, 4, 28, 8, tzinfo=UTC))
    assert (found[0].starts_at.astimezone(ZoneInfo("Europe/Madrid")).date() == date(2025, 5, 2)) is is_open


def test_time_off_takes_whole_days_or_a_part_of_each() -> None:
    away = (TimeOff(WEDNESDAY, WEDNESDAY), TimeOff(THURSDAY, FRIDAY, ("09:00", "16:00")))
    shop = replace(office(), staff=(Staff(SAM, "Sam", time_off=away),))
    assert [all_of(shop, on) for on in (WEDNESDAY, THURSDAY, FRIDAY)] == [[], ["16:00"], ["16:00"]]


def test_a_night_shift_passes_midnight_and_belongs_to_both_days() -> None:
    night = parse_hours({"thu": ["22:00-02:00"]})
    assert all_of(office(hours=night), THURSDAY) == ["22:00", "22:30", "23:00", "23:30"]
    assert all_of(office(hours=night), FRIDAY) == ["00:00", "00:30", "01:00"]


def test_one_resource_of_each_kind_must_be_free_all_the_time() -> None:
    shop = office(replace(CLEANING, resources=("chair", "x-ray")))
    rooms = (Resource("Chair 1", "chair"), Resource("Chair 2", "chair"), Resource("X", "x-ray"))
    shop = replace(shop, resources=rooms)
    first, second, machine = (room.resource_id(shop.business_id) for room in rooms)
    busy = (
        taken(first, THURSDAY, "09:00", "12:00"),
        taken(second, THURSDAY, "10:00", "12:00"),
        taken(machine, THURSDAY, "13:00", "15:30"),
    )
    assert all_of(shop, THURSDAY, *busy) == ["09:00", "15:30", "16:00"]
    nine = find_openings(shop, Search("Cleaning", (day(THURSDAY),), limit=1), busy, NOON)[0]
    assert nine.resource_ids == (second, machine)


def test_a_kind_of_which_there_is_none_leaves_no_opening() -> None:
    assert offers(office(replace(CLEANING, resources=("van",)))) == []


def test_people_on_the_road_have_time_to_get_there_and_back() -> None:
    """Between two addresses; none between two jobs at one, and the shop is an address too."""
    shop = office(replace(CLEANING, at_address=True), travel_minutes=45)
    here = taken(SAM, THURSDAY, "13:00", "14:00", place="12 oak st")
    shop_job = taken(SAM, THURSDAY, "13:00", "14:00")
    morning = ["09:00", "09:30", "10:00", "10:30", "11:00"]
    assert all_of(shop, THURSDAY, here, address="12 Oak St.") == [*morning, *_afternoon()[2:]]
    for address, busy in (("9 Elm St", here), (None, here), ("9 Elm St", shop_job)):
        assert all_of(shop, THURSDAY, busy, address=address) == [*morning, "15:00", "15:30", "16:00"]


def test_the_way_is_counted_from_the_end_of_the_buffer() -> None:
    shop = office(replace(CLEANING, at_address=True, buffer_minutes=30), travel_minutes=60)
    busy = taken(SAM, THURSDAY, "11:30", "12:00", place="elsewhere")
    assert all_of(shop, THURSDAY, busy, address="9 Elm St") == ["09:00", *_afternoon()]


def test_a_class_is_shared_until_it_is_full_and_never_with_another_one() -> None:
    tour = Service("Tour", 60, capacity=3)
    shop = replace(office(tour), staff=(Staff(SAM, "Sam"), Staff(OLGA, "Olga")))
    opening = Opening(wall(THURSDAY, "10:00"), wall(THURSDAY, "11:00"), SAM)
    ours = class_id(shop.business_id, "Tour", opening)
    other = class_id(shop.business_id, "Talk", opening)
    for sitting_id, seats, joined in ((ours, 2, True), (ours, 3, False), (other, 1, False)):
        busy = taken(SAM, THURSDAY, "10:00", "11:00", sitting_id=sitting_id, seats=seats)
        found = all_of(shop, THURSDAY, busy, staff_id=SAM)
        assert ("10:00" in found) is joined
        assert "10:30" not in found
    joinable = taken(SAM, THURSDAY, "10:00", "11:00", sitting_id=ours, seats=1)
    ten = find_openings(shop, Search("Tour", (day(THURSDAY, "10:00", exact=True),)), (joinable,), NOON)
    assert [one.staff_id for one in ten] == [SAM], "a class that is on fills up before a second one opens beside it"


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2027, 3, 14), ["00:00", "00:30", "01:00", "01:30", "03:00", "03:30"]),
        (date(2026, 11, 1), ["00:00", "00:30", "01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_days_on_which_clocks_change_have_no_time_that_does_not_exist_and_none_twice(
    on: date, expected: list[str]
) -> None:
    shop = office(replace(CLEANING, minutes=30), hours=parse_hours({"sun": ["00:00-04:00"]}))
    now = wall(on - timedelta(days=3), "12:00")
    wish = Search("Cleaning", (day(on),), limit=50)
    found = find_openings(shop, wish, (), now)
    assert [text[4:] for text in said(found)] == expected
    assert all(suits(shop, wish, one) for one in found)


def test_an_unknown_service_and_one_that_is_not_booked_have_no_openings() -> None:
    assert find_openings(office(), Search("Whitening"), (), NOON) == ()
    assert offers(office(replace(CLEANING, bookable=False))) == []


# --- what is offered first


def test_without_a_wish_two_choices_lie_on_different_days_and_half_days() -> None:
    assert offers(office()) == ["Wed 13:00", "Thu 09:00"]


def test_one_day_is_offered_in_its_morning_and_its_afternoon() -> None:
    assert offers(office(), day(THURSDAY)) == ["Thu 09:00", "Thu 13:00"]


def test_one_half_day_is_offered_at_two_times_well_apart() -> None:
    assert offers(office(), day(THURSDAY, "09:00", "12:00")) == ["Thu 09:00", "Thu 10:00"]


def test_monday_or_tuesday_is_answered_with_one_of_each_in_the_callers_order() -> None:
    wish = (day(FRIDAY, "13:00"), day(THURSDAY))
    assert offers(office(), *wish) == ["Fri 13:00", "Thu 09:00"]
    assert offers(office(), *wish, limit=3) == ["Fri 13:00", "Thu 09:00", "Thu 13:00"]


def test_weekdays_count_in_every_week() -> None:
    assert offers(office(), Window(weekdays=frozenset({0}))) == ["Mon 09:00", "Mon 13:00"]


def test_what_was_refused_is_not_offered_again() -> None:
    refused = frozenset({wall(WEDNESDAY, "13:00"), wall(THURSDAY, "09:00")})
    assert offers(office(), besides=refused) == ["Wed 13:30", "Thu 09:30"]


def test_a_named_time_that_is_free_is_offered_alone() -> None:
    shop, wish = office(), Search("Cleaning", (day(THURSDAY, "10:00", exact=True),))
    (opening,) = find_openings(shop, wish, (), NOON)
    assert opening == Opening(wall(THURSDAY, "10:00"), wall(THURSDAY, "11:00"), SAM)
    assert is_exact(shop, wish, opening)
    assert suits(shop, wish, opening)


def test_a_named_time_that_is_taken_brings_the_nearest_of_that_day_and_says_so() -> None:
    shop, wish = office(), Search("Cleaning", (day(THURSDAY, "14:00", exact=True),))
    found = find_openings(shop, wish, (taken(SAM, THURSDAY, "14:00", "15:00"),), NOON)
    assert said(found) == ["Thu 13:00", "Thu 15:00"]
    assert not any(is_exact(shop, wish, one) or suits(shop, wish, one) for one in found)


def test_a_full_day_brings_the_days_beside_it_at_that_time() -> None:
    full = taken(SAM, THURSDAY, "09:00", "17:00")
    assert offers(office(), day(THURSDAY, "14:00", exact=True), busy=(full,)) == ["Wed 14:00", "Fri 14:00"]


def test_a_day_off_the_horizon_brings_the_last_days_before_it() -> None:
    shop = office(horizon_days=5)
    assert offers(shop, day(date(2027, 3, 1), "09:00", exact=True)) == ["Mon 09:00", "Mon 09:30"]


def test_evenings_that_nobody_works_bring_the_latest_of_several_days() -> None:
    assert offers(office(), Window(from_minute=18 * 60)) == ["Wed 16:00", "Thu 16:00"]


def test_work_goes_to_whoever_has_least_on_that_day() -> None:
    shop = replace(office(), staff=(Staff(SAM, "Sam"), Staff(OLGA, "Olga")))
    busy = (taken(SAM, THURSDAY, "15:00", "16:00"), taken(OLGA, FRIDAY, "15:00", "16:00"))
    found = [find_openings(shop, Search("Cleaning", (day(on),), limit=1), busy, NOON)[0] for on in (THURSDAY, FRIDAY)]
    assert [one.staff_id for one in found] == [OLGA, SAM]


def test_a_long_list_is_in_order_and_has_each_start_once() -> None:
    found = find_openings(office(hours=ALL_DAY), Search("Cleaning", limit=1000), (), NOON)
    starts = [one.starts_at for one in found]
    assert len(starts) == 1000
    assert starts == sorted(set(starts))
