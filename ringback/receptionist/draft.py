"""One turn while it is being thought out: what is remembered, said and to be done, and why. It ends as a Step."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from ringback.domain.bookings import Booking, Opening, find_service
from ringback.domain.business import Service, Staff
from ringback.receptionist.dialog import Action, Desk, Dialog, Need, Reply, Stage, Step, Why
from ringback.receptionist.scripts.clock_words import say_start
from ringback.receptionist.scripts.lines import Value, join, say


class Draft:
    """Collects one step. It lives for one call of `advance` only, so nothing outside can see it change."""

    def __init__(self, dialog: Dialog, desk: Desk) -> None:
        self.dialog = dialog
        self.desk = desk
        self.need: Need | None = None
        self._replies: list[Reply] = []
        self._actions: list[Action] = []
        self._why: list[Why] = []

    # What may be looked up

    @property
    def language(self) -> str:
        """The thread's language."""
        return self.dialog.language

    @property
    def zone(self) -> ZoneInfo:
        """The business's time zone, in which callers speak of days and hours."""
        return ZoneInfo(self.desk.business.zone)

    @property
    def service(self) -> Service | None:
        """The service this dialog is about, where it is known (and still sold)."""
        return self.service_named(self.dialog.service)

    def service_named(self, name: str | None) -> Service | None:
        """Return the service that goes by a name."""
        return find_service(self.desk.business, name)

    def person(self, staff_id: UUID) -> Staff | None:
        """Return the person with this id, where they still work here."""
        return next((person for person in self.desk.business.staff if person.staff_id == staff_id), None)

    def booking(self, booking_id: UUID | None) -> Booking | None:
        """Return one of the caller's bookings to come."""
        return next((each for each in self.desk.caller.bookings if each.booking_id == booking_id), None)

    def local(self, at: datetime) -> datetime:
        """Return an instant in the business's time."""
        return at.astimezone(self.zone)

    def start(self, at: Opening | Booking) -> Reply:
        """Return the day and time of an opening or a booking, as it is said."""
        business = self.desk.business
        return say_start(at.starts_at, business.zone, business.country, self.language)

    # What becomes of the turn

    def remember(self, **changes: Any) -> None:
        """Change what is known."""
        self.dialog = replace(self.dialog, **changes)

    def line(self, key: str, /, **values: Value) -> Reply:
        """Return one line of the script in the thread's language."""
        return say(key, self.language, **values)

    def say(self, key: str, /, **values: Value) -> None:
        """Say one line of the script."""
        self.add(self.line(key, **values))

    def add(self, reply: Reply) -> None:
        """Say something ready-made: a fact, or the owner's own words."""
        self._replies.append(reply)

    def unsay(self) -> None:
        """Drop what was going to be said in this step."""
        self._replies.clear()

    def ask(self, stage: Stage, question: Reply, again: Reply | None = None) -> None:
        """Ask one question; `again` is its short form for after an interruption."""
        # One question waits at a time; a newer one takes its place.
        self.remember(stage=stage, pending=again or question)
        self.add(question)

    def ask_again(self) -> None:
        """Put the question that still waits once more, after something else came in between."""
        if self.dialog.pending is not None and self.dialog.pending.written:
            self.add(self.dialog.pending)

    def do(self, action: Action) -> None:
        """Have something written down."""
        self._actions.append(action)

    def because(self, sentence: str, fact: str | None = None) -> None:
        """Note a reason, in a sentence for the owner."""
        self._why.append(Why(sentence, fact))

    def step(self) -> Step:
        """Return what all this amounts to."""
        # What we said last is how the next "yes" is understood.
        replies = tuple(self._replies)
        if replies:
            self.remember(said=join(replies).written, greeted=True)
        return Step(self.dialog, replies, tuple(self._actions), self.need, tuple(self._why))
