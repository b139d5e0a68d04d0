"""A conversation with the receptionist without any store: a calendar in memory meets what the engine needs."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

from ringback.domain.bookings import Booking, BookingState, Busy, Taken, Wanted
from ringback.domain.business import (
    BookingPolicy,
    Business,
    Detail,
    DetailKind,
    Fact,
    ReceptionistPolicy,
    Service,
    Staff,
)
from ringback.domain.hours import parse_hours
from ringback.domain.openings import find_openings
from ringback.receptionist import engine, memory
from ringback.receptionist.dialog import (
    Action,
    Book,
    BookingCancelled,
    BookingMade,
    Caller,
    Cancel,
    Desk,
    Dialog,
    FindOpenings,
    Happened,
    Heard,
    Hold,
    HoldMade,
    Need,
    OpeningsFound,
    Release,
    Reply,
    Silence,
    Why,
)

CARLA_ID = UUID(int=42)
OLGA, SAM = UUID(int=1), UUID(int=2)
# A Wednesday, 10:00 in Boston.
WEDNESDAY = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)
_WEEK = parse_hours({day: ["08:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")})


def harbor(**changes: object) -> Business:
    """Return Harbor Dental: two people, a check-up that anybody has, a whitening that Olga alone does."""
    business = Business(
        business_id=UUID(int=7),
        slug="harbor-dental",
        name="Harbor Dental",
        trade="dental",
        zone="America/New_York",
        country="US",
        language="en",
        hours=_WEEK,
        staff=(Staff(OLGA, "Olga"), Staff(SAM, "Sam")),
        services=(
            Service("Check-up", 60, 14500, also=("cleaning", "checkup")),
            Service("Whitening", 60, 30000, price_from=True, staff=("Olga",), also=("bleaching",)),
            Service("Emergency visit", 30, 18000, emergency=True, also=("emergency",)),
        ),
        facts=(
            Fact("Do you have parking?", "Yes, free parking behind the building."),
            Fact("Which insurance do you take?", "We take Delta and Aetna."),
        ),
        booking=BookingPolicy(),
        receptionist=ReceptionistPolicy(),
    )
    return replace(business, **changes)  # type: ignore[arg-type]


def plumber(**changes: object) -> Business:
    """Return a plumber who comes to people, asks what staff must know, and serves two postcodes."""
    details = (
        Detail("owner", "Do you own the place?", kind=DetailKind.YES_NO, unfit_answers=("no",)),
        Detail("problem", "What is wrong, in a few words?", "¿Qué pasa, en pocas palabras?"),
    )
    business = harbor(
        trade="plumbing",
        services=(
            Service("Drain cleaning", 60, 15000, at_address=True, details=details, also=("drain", "clogged")),
            Service("New bathroom", 60, quote=True, bookable=False, also=("remodel",)),
        ),
        receptionist=ReceptionistPolicy(area=("021", "Cambridge"), not_ours=("septic",)),
    )
    return replace(business, **changes)  # type: ignore[arg-type]


@dataclass
class FrontDesk:
    """One caller's thread. `texts` is what the receptionist wrote; `bookings` is the calendar."""

    business: Business = field(default_factory=harbor)
    now: datetime = WEDNESDAY
    caller: Caller = field(default_factory=lambda: Caller(CARLA_ID, "+16175550142"))
    dialog: Dialog = field(default_factory=lambda: Dialog("en"))
    bookings: dict[UUID, Booking] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    why: list[Why] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    def hears(self, *texts: str, pictures: int = 0) -> str:
        """Have the caller write these texts in a row; return what is answered, as one."""
        return self.happens(Heard(texts, pictures))

    def is_silent(self, followed_up: bool = False) -> str:
        """Let the caller say nothing for the follow-up time."""
        return self.happens(Silence(followed_up))

    def happens(self, happened: Happened) -> str:
        """Advance until nothing more is needed, the state going through its stored form each time."""
        said: list[str] = []
        for _ in range(8):
            dialog = memory.load(memory.dump(self.dialog))
            step = engine.advance(dialog, happened, Desk(self.business, self._caller(), self.now))
            self.dialog = step.dialog
            self._take(step.actions)
            self.why += step.why
            self.replies += step.replies
            said += [reply.written for reply in step.replies]
            if step.need is None:
                break
            happened = self._meet(step.need)
        else:
            raise AssertionError("the receptionist goes in circles")
        self.texts += said
        return " ".join(said)

    def done(self, kind: type[Action]) -> list[Action]:
        """Return the actions of one kind, in order."""
        return [action for action in self.actions if isinstance(action, kind)]

    @property
    def booked(self) -> list[Booking]:
        """Return the bookings that stand."""
        return [booking for booking in self.bookings.values() if booking.state is BookingState.BOOKED]

    def take(self, starts_at: datetime, staff_id: UUID = OLGA, minutes: int = 60) -> None:
        """Have somebody else book a time."""
        booking_id = uuid5(CARLA_ID, f"other {len(self.bookings)}")
        ends_at = starts_at + timedelta(minutes=minutes)
        taken = Booking(booking_id, UUID(int=99), "Check-up", staff_id, starts_at, ends_at, BookingState.BOOKED)
        self.bookings[booking_id] = taken

    def _caller(self) -> Caller:
        mine = [booking for booking in self.booked if booking.contact_id == CARLA_ID and booking.ends_at > self.now]
        return replace(self.caller, bookings=tuple(sorted(mine, key=lambda each: each.starts_at)))

    def _take(self, actions: tuple[Action, ...]) -> None:
        self.actions += actions
        for action in actions:
            if isinstance(action, Release):
                self.bookings.pop(action.booking_id, None)

    def _meet(self, need: Need) -> Happened:
        match need:
            case FindOpenings(search):
                return OpeningsFound(find_openings(self.business, search, self._busy(search.moving), self.now))
            case Hold(wanted, moving):
                if not self._is_free(wanted, moving):
                    return Taken()
                return HoldMade(self._keep(uuid5(CARLA_ID, str(next(self._numbers))), wanted, BookingState.HELD))
            case Book(booking_id, wanted, moving):
                if moving is not None:
                    self.bookings.pop(booking_id, None)
                    return BookingMade(self._keep(moving, wanted, BookingState.BOOKED))
                return BookingMade(self._keep(booking_id, wanted, BookingState.BOOKED))
            case Cancel(booking_id):
                cancelled = replace(self.bookings[booking_id], state=BookingState.CANCELLED)
                self.bookings[booking_id] = cancelled
                return BookingCancelled(cancelled)

    def _keep(self, booking_id: UUID, wanted: Wanted, state: BookingState) -> Booking:
        opening = wanted.opening
        booking = Booking(
            booking_id,
            wanted.contact_id,
            wanted.service,
            opening.staff_id,
            opening.starts_at,
            opening.ends_at,
            state,
            wanted.for_whom,
            wanted.address,
            wanted.details,
        )
        self.bookings[booking_id] = booking
        return booking

    def _standing(self, moving: UUID | None) -> list[Booking]:
        stands = (BookingState.HELD, BookingState.BOOKED)
        return [each for each in self.bookings.values() if each.state in stands and each.booking_id != moving]

    def _is_free(self, wanted: Wanted, moving: UUID | None) -> bool:
        opening = wanted.opening
        return not any(
            each.staff_id == opening.staff_id and each.starts_at < opening.ends_at and opening.starts_at < each.ends_at
            for each in self._standing(moving)
        )

    def _busy(self, moving: UUID | None) -> list[Busy]:
        spans: dict[UUID, list[tuple[int, int]]] = {}
        for each in self._standing(moving):
            span = (int(each.starts_at.timestamp()) // 60, int(each.ends_at.timestamp()) // 60)
            spans.setdefault(each.staff_id, []).append(span)
        return [Busy(unit_id, tuple(sorted(taken))) for unit_id, taken in spans.items()]
