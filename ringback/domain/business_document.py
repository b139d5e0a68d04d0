"""What may stand in a business file: one model per section, each key with its type and its range."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from ringback.domain.business import DetailKind, Mode, OutsideHours, Registration, RingOrder, Unfit
from ringback.domain.business_values import (
    check_clock_time,
    check_country,
    check_grid,
    check_one_line,
    check_phone,
    check_rate,
    check_region,
    check_span_of_day,
    check_spans,
    check_text,
    check_tone,
    check_trade,
    check_zone,
    read_date,
)
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState, Span
from ringback.domain.wording import Contacts

Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), AfterValidator(check_text)
]
# A name goes into texts of 160 characters, which a longer one would leave no room in.
Name = Annotated[Text, StringConstraints(max_length=80), AfterValidator(check_one_line)]
# One text of two segments: what the receptionist says in the owner's words must not cost more.
Words = Annotated[Text, StringConstraints(max_length=300)]
# Empty is something said, "no address"; a key left out leaves the address as it is.
Address = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=200),
    AfterValidator(check_text),
    AfterValidator(check_one_line),
]
# Slugs stand in addresses and commands, so there is nothing in them that either would escape.
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=63)]
ProviderKind = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
# Only a delivered mail proves an address; this refuses slips of the keyboard.
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$", max_length=254)]
Phone = Annotated[str, AfterValidator(check_phone)]
Zone = Annotated[str, AfterValidator(check_zone)]
Country = Annotated[str, AfterValidator(check_country)]
Trade = Annotated[str, AfterValidator(check_trade)]
Tone = Annotated[str, AfterValidator(check_tone)]
ClockTime = Annotated[str, AfterValidator(check_clock_time)]
Spans = Annotated[tuple[Span, ...], BeforeValidator(check_spans)]
SpanOfDay = Annotated[Span, BeforeValidator(check_span_of_day)]
Region = Annotated[str, AfterValidator(check_region)]
Day = Annotated[date, BeforeValidator(read_date)]
Language = Literal["en", "es"]
# Enums are written as plain text in a file, which strict mode would not turn into their members.
Loose = Field(strict=False)


class Section(BaseModel):
    """One table of the file: unknown keys are refused, and text is never taken for a number."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False, hide_input_in_errors=True)


class BusinessSection(Section):
    """`[business]`: every key but `slug` may be left out when the business exists already."""

    slug: Slug | None = None
    name: Name | None = None
    trade: Trade | None = None
    tone: Tone | None = None
    zone: Zone | None = None
    country: Country | None = None
    language: Language | None = None
    text_countries: list[Country] | None = None
    address: Address | None = None


class HoursSection(Section):
    """`[hours]`: spans of local time; a day left out is closed."""

    mon: Spans = ()
    tue: Spans = ()
    wed: Spans = ()
    thu: Spans = ()
    fri: Spans = ()
    sat: Spans = ()
    sun: Spans = ()


class TextBackSection(Section):
    """`[text_back]`: when a missed caller is texted. Keys left out have their defaults."""

    delay_seconds: float = Field(default=5.0, ge=0, le=600)
    # Events later than this are found by the poll; a longer wait would only make every text late.
    settle_seconds: float = Field(default=2.0, ge=0, le=30)
    window_hours: float = Field(default=12.0, ge=0, le=168)
    per_line_an_hour: int = Field(default=60, ge=0, le=100_000)
    per_business_an_hour: int = Field(default=200, ge=0, le=100_000)
    stale_after_seconds: int = Field(default=600, ge=1, le=86_400)
    thread_open_hours: float = Field(default=72.0, ge=0, le=720)
    not_before: ClockTime | None = None
    not_after: ClockTime | None = None
    hold: bool = True
    answers_keep_quiet_hours: bool = False
    outcomes_off: list[Annotated[Outcome, Loose]] = []


class BookingSection(Section):
    """`[booking]`: what may be booked, when. Keys left out have their defaults."""

    lead_minutes: int = Field(default=120, ge=0, le=43_200)
    horizon_days: int = Field(default=60, ge=1, le=365)
    grid_minutes: Annotated[int, AfterValidator(check_grid)] = Field(default=30, ge=5, le=720)
    travel_minutes: int = Field(default=0, ge=0, le=240)
    # Shorter than a minute, no caller could have answered; longer than a day, a hold would be a booking.
    hold_minutes: int = Field(default=10, ge=1, le=1440)
    reminder_hours: float = Field(default=24.0, ge=0, le=168)
    holidays: Region | None = None
    public_page: bool = True


class ReceptionistSection(Section):
    """`[receptionist]`: how the receptionist works. Keys left out have their defaults."""

    on: bool = True
    settle_seconds: float = Field(default=4.0, ge=0, le=60)
    max_turns: int = Field(default=15, ge=1, le=100)
    says_automated: bool = False
    follow_up_minutes: int = Field(default=120, ge=10, le=10_080)
    area: list[Name] = []
    not_ours: list[Name] = []
    emergency_words: list[Name] = []
    emergency_instruction: Words | None = None
    emergency_instruction_es: Words | None = None
    on_call: list[Name] = []
    alert_again_minutes: int = Field(default=5, ge=1, le=120)
    call_back_minutes: int = Field(default=60, ge=5, le=2880)


class BrakesSection(Section):
    """`[brakes]`: limits on texts and on what a day may cost. Keys left out follow from the hourly limits."""

    per_caller_an_hour: int = Field(default=60, ge=0, le=100_000)
    per_caller_a_day: int = Field(default=200, ge=0, le=1_000_000)
    per_line_a_day: int | None = Field(default=None, ge=0, le=1_000_000)
    per_business_a_day: int | None = Field(default=None, ge=0, le=1_000_000)
    per_prefix_an_hour: int | None = Field(default=None, ge=0, le=100_000)
    per_prefix_a_day: int | None = Field(default=None, ge=0, le=1_000_000)
    per_country_an_hour: int | None = Field(default=None, ge=0, le=100_000)
    per_country_a_day: int | None = Field(default=None, ge=0, le=1_000_000)
    # A million dollars a day: a slip of the keyboard has more zeros than that.
    cap_cents_a_day: int | None = Field(default=None, ge=0, le=100_000_000)
    segment_millicents: int | None = Field(default=None, ge=0, le=1_000_000)
    call_minute_millicents: int | None = Field(default=None, ge=0, le=1_000_000)
    ring_countries: list[Country] = []
    model_tokens_per_thread_a_day: int = Field(default=60_000, ge=0, le=100_000_000)
    model_tokens_per_caller_a_day: int = Field(default=60_000, ge=0, le=100_000_000)
    model_tokens_a_day: int = Field(default=2_000_000, ge=0, le=1_000_000_000)


class RoutingRuleEntry(Section):
    """`[[routing.rules]]`: who answers a thread that fits; a list left out or empty fits anything."""

    staff: list[Name] = []
    on_call: bool = False
    lines: list[Name] = []
    keywords: list[Name] = []
    services: list[Name] = []
    days: list[Annotated[DayState, Loose]] = []


class DutyEntry(Section):
    """`[[routing.roster]]`: who is on call, on which weekdays, between two days, every so many weeks."""

    staff: Name
    days: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = []
    first_on: Day | None = None
    last_on: Day | None = None
    every_weeks: int = Field(default=1, ge=1, le=52)


class RoutingSection(Section):
    """`[routing]`: who owns the reply, and how soon it is due. Keys left out have their defaults."""

    target_minutes: int = Field(default=5, ge=1, le=1440)
    outside_hours: Annotated[OutsideHours, Loose] = OutsideHours.NEXT_OPENING
    step_minutes: int = Field(default=5, ge=1, le=1440)
    backup: Name | None = None
    confirm_relay: bool = False
    rules: list[RoutingRuleEntry] = []
    roster: list[DutyEntry] = []


class LookupSection(Section):
    """`[number_lookup]`: whether the phone company is asked about callers' numbers. Keys left out have defaults."""

    on: bool = False
    keep_days: int = Field(default=90, ge=1, le=730)
    pumping_risk: bool = False
    reassigned: bool = False
    # US carriers rest a number for 45 days before somebody else gets it (47 CFR 52.15(f)(1)(ii)).
    reassigned_after_days: int = Field(default=90, ge=45, le=1825)


class PrivacySection(Section):
    """`[privacy]`: healthcare mode, and for how many days things are kept. Keys left out have their defaults."""

    healthcare: bool | None = None
    model_agreement: bool = False
    # The least is what can still come back by itself: a complaint, a bill, a callback that is sent again.
    keep_messages_days: int = Field(default=1095, ge=30, le=3650)
    keep_contacts_days: int = Field(default=1825, ge=90, le=3650)
    keep_pictures_days: int = Field(default=365, ge=7, le=3650)
    keep_recordings_days: int = Field(default=90, ge=1, le=3650)
    keep_exchanges_days: int = Field(default=30, ge=1, le=30)
    keep_events_days: int = Field(default=90, ge=14, le=365)
    keep_audit_days: int = Field(default=2190, ge=365, le=3650)
    keep_notices_days: int = Field(default=180, ge=14, le=3650)


class HolidayEntry(Section):
    """`[[holidays]]`: the spans of this date replace those of its weekday."""

    on: Day
    name: Name
    spans: Spans = ()


class TimeOffEntry(Section):
    """`time_off` of a person: days without bookings; `span` for a part of each day."""

    first_on: Day
    last_on: Day
    span: SpanOfDay | None = None


class StaffEntry(Section):
    """`[[staff]]`: a person, known by name. `weekly` left out: bookings in the opening hours."""

    name: Name
    phone: Phone | None = None
    email: Email | None = None
    takes_calls: bool = True
    takes_bookings: bool = True
    weekly: HoursSection | None = None
    time_off: list[TimeOffEntry] = []


class ResourceEntry(Section):
    """`[[resources]]`: a chair, room or van, known by name."""

    name: Name
    kind: Name


class DetailEntry(Section):
    """`[[services.details]]`: what staff must know before they come, asked in the owner's words."""

    name: Name
    question: Words
    question_es: Words | None = None
    kind: Annotated[DetailKind, Loose] = DetailKind.TEXT
    choices: list[Name] = []
    unfit_answers: list[Name] = []
    unfit_words: Words | None = None
    unfit: Annotated[Unfit, Loose] = Unfit.DECLINE
    new_only: bool = False


class ServiceEntry(Section):
    """`[[services]]`: what the business sells; without `price_cents` no price is ever said."""

    name: Name
    minutes: int = Field(ge=1, le=10_080)
    # Left out is "not said", which is not the same as 0, "free".
    price_cents: int | None = Field(default=None, ge=0, le=100_000_000)
    price_from: bool = False
    price_note: Words | None = None
    also: list[Name] = []
    bookable: bool = True
    quote: bool = False
    buffer_minutes: int = Field(default=0, ge=0, le=1440)
    capacity: int = Field(default=1, ge=1, le=1000)
    staff: list[Name] = []
    resources: list[Name] = []
    at_address: bool = False
    asks_name: bool = True
    details: list[DetailEntry] = []
    emergency: bool = False


class FactEntry(Section):
    """`[[facts]]`: a question callers ask, and the business's own answer."""

    question: Text
    answer: Text
    also: list[Text] = []
    answer_es: Text | None = None


class WordingEntry(Section):
    """`[[wordings]]`: words with merge fields; an error of the linter is a problem of the file."""

    name: Name
    language: Language | None = None
    body: Text


class RuleEntry(Section):
    """`[[rules]]`: when to use a wording; a list left out or empty matches anything."""

    wording: Name
    outcomes: list[Annotated[Outcome, Loose]] = []
    days: list[Annotated[DayState, Loose]] = []
    lines: list[Name] = []
    languages: list[Language] = []
    contacts: Annotated[Contacts, Loose] = Contacts.ANY


class RingTable(Section):
    """`ring` of a line: how staff are rung before a call counts as missed."""

    order: Annotated[RingOrder, Loose] = RingOrder.TOGETHER
    # Under 5 s a mobile has hardly rung, and after a minute few callers are still there.
    seconds: int = Field(default=20, ge=5, le=60)
    whisper: bool = True
    staff: list[Name] = []


class LineEntry(Section):
    """`[[lines]]`: a line, known by number. `set` has the provider's settings, secrets included."""

    number: Phone
    provider: ProviderKind
    mode: Annotated[Mode, Loose] = Mode.FRONT
    label: Name = "Main"
    language: Language | None = None
    text_back: bool = True
    # None is not "unknown": a file that is silent must not lift the hold on an unregistered line.
    registration: Annotated[Registration, Loose] | None = None
    forwarding_number: Phone | None = None
    texts_per_second: Annotated[float, AfterValidator(check_rate)] = Field(default=10.0, ge=0, le=1000)
    ring: RingTable = RingTable()
    set: dict[str, str] | None = Field(default=None, repr=False)
