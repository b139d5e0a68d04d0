"""A booking from hold to done, and what is asked of a calendar: the values that the dialog and the calendar share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


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
    """Which openings are looked for. Any window may match; none means any time. `besides` are starts already refused."""

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


@dataclass(frozen=True, slots=True)
class Booking:
    """A booking as the calendar has it. `confirmed_at`: the contact answered the reminder."""

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


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody else has this time by now (or the hold ran out): nothing was written."""


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch in which a person or a resource cannot be booked."""

    unit_id: UUID
    starts_at: datetime
    ends_at: datetime
