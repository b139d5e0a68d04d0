"""A booking from hold to done, and what is asked of a calendar: the values that the dialog and the calendar share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from ringback.domain.business import Business, Service


class BookingState(StrEnum):
    """Where a booking stands. A hold keeps the time free for one caller until it expires."""

    HELD = "held"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Opening:
    """A free time that can be booked, with the person and the resources that would be taken. Instants are aware UTC."""

    starts_at: datetime
    ends_at: datetime
    staff_id: UUID
    resource_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch that would suit the caller, in local time: days first to last, minutes after midnight from..to.

    `to_minute` is the latest start. None leaves that side open. `exact`: the caller named this very start.
    """

    first_on: date | None = None
    last_on: date | None = None
    from_minute: int | None = None
    to_minute: int | None = None
    weekdays: frozenset[int] = frozenset()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Which openings are looked for. Any window may match; none means any time. `besides`: starts already refused."""

    service: str
    windows: tuple[Window, ...] = ()
    staff_id: UUID | None = None
    limit: int = 2
    besides: frozenset[datetime] = frozenset()
    # The booking that is being moved does not stand in its own way.
    moving: UUID | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be booked for whom. `details` are the caller's answers by the Detail's name."""

    contact_id: UUID
    service: str
    opening: Opening
    for_whom: str | None = None
    address: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


class MadeBy(StrEnum):
    """Who made a booking."""

    RECEPTIONIST = "receptionist"
    PAGE = "page"
    STAFF = "staff"
    API = "api"


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking as the calendar has it. `confirmed_at`: the contact answered the reminder.

    `service` and `price_cents` are as they were when it was booked. `contact_name` and `contact_phone` are filled in
    lists alone. `sequence` grows with every change that a calendar entry shows; `moved_from` is its start before.
    """

    booking_id: UUID
    contact_id: UUID
    service: str
    staff_id: UUID
    starts_at: datetime
    ends_at: datetime
    state: BookingState
    for_whom: str | None = None
    address: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    held_until: datetime | None = None
    confirmed_at: datetime | None = None
    resource_ids: tuple[UUID, ...] = ()
    # What was said to the contact, whatever the owner asks for it by now.
    price_cents: int | None = None
    made_by: MadeBy = MadeBy.RECEPTIONIST
    sequence: int = 0
    changed_at: datetime | None = None
    moved_from: datetime | None = None
    reminder_sent_at: datetime | None = None
    cancelled_at: datetime | None = None
    cancelled_by: str | None = None
    cancel_why: str | None = None
    contact_name: str | None = None
    contact_phone: str | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody else has this time by now (or the hold ran out): nothing was written."""


@dataclass(frozen=True, slots=True)
class Busy:
    """Stretches in which a person or a resource cannot be booked: (from, to) in whole minutes since 1970, UTC.

    Minutes instead of instants, and many in one value, because thousands are read for every search. `place` is where
    the person is then: "" at the business, None not known. `sitting_id` and `seats`: the shared start that they
    belong to and how many bookings it has; it may be joined by others of the same.
    """

    unit_id: UUID
    spans: tuple[tuple[int, int], ...]
    place: str | None = ""
    sitting_id: UUID | None = None
    seats: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What the set-up says of a wanted booking at the moment it is made.

    `to_at`: when its person and resources are free again. `class_id`: the sitting that bookings of one start share,
    where `capacity` lets them. `moving`: the booking that is to move here does not stand in its own way.
    """

    to_at: datetime
    price_cents: int | None = None
    capacity: int = 1
    class_id: UUID | None = None
    place: str | None = ""
    travel_minutes: int = 0
    moving: UUID | None = None


def find_service(business: Business, name: str | None) -> Service | None:
    """Return the service of this name, where it is (still) sold."""
    return next((service for service in business.services if service.name == name), None)


def terms_of(business: Business, service: Service, wanted: Wanted, moving: UUID | None = None) -> Terms:
    """Return how a wanted booking lies in the calendar."""
    # Only bookings of one start share a sitting: any other overlap of theirs is refused like anyone's.
    shared = service.capacity > 1
    return Terms(
        to_at=wanted.opening.ends_at + timedelta(minutes=service.buffer_minutes),
        price_cents=service.price_cents,
        capacity=service.capacity,
        class_id=class_id(business.business_id, service.name, wanted.opening) if shared else None,
        place=place_of(service, wanted.address),
        travel_minutes=business.booking.travel_minutes,
        moving=moving,
    )


def class_id(business_id: UUID, service: str, opening: Opening) -> UUID:
    """Return the sitting of a start that bookings may share: the same for the same person, time and resources."""
    # The resources count too: a tour in the other van is another tour.
    resources = " ".join(sorted(str(resource_id) for resource_id in opening.resource_ids))
    times = f"{opening.starts_at.timestamp():.0f} {opening.ends_at.timestamp():.0f}"
    return uuid5(business_id, f"sitting {service} {opening.staff_id} {times} {resources}")


def place_of(service: Service, address: str | None) -> str | None:
    """Return where a booking takes the person: "" the business, None an address that is not known yet."""
    # Work at the shop is at one place, whatever address the caller gave.
    if not service.at_address:
        return ""
    # Two spellings of one address only cost a gap that was not needed.
    words = "".join(sign if sign.isalnum() else " " for sign in (address or "").casefold()).split()
    return " ".join(words) or None
