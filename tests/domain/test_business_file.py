"""The business file: what is written is read back, what is wrong is named with its place, nothing else changes."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import MISSING, fields, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain import business_document
from ringback.domain.business import (
    BookingPolicy,
    Business,
    Detail,
    DetailKind,
    Duty,
    Fact,
    Line,
    LookupPolicy,
    Mode,
    OutsideHours,
    ReceptionistPolicy,
    Registration,
    Resource,
    Ring,
    RingOrder,
    RoutingPolicy,
    RoutingRule,
    Service,
    Staff,
    TextBackPolicy,
    TimeOff,
    Unfit,
)
from ringback.domain.business_document import Section
from ringback.domain.business_file import (
    BusinessFileError,
    BusinessFileResult,
    find_slug,
    read_business_file,
    write_business_file,
)
from ringback.domain.business_reading import Sections
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState, Holiday, OpeningHours, parse_hours
from ringback.domain.linter import lint, longest_values
from ringback.domain.segments import Encoding, count_segments
from ringback.domain.trades import TONES, TRADES
from ringback.domain.wording import Contacts, Rule, Wording

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "ringback/cli/samples"
REFERENCE = ROOT / "docs/reference/business-file.md"
PROVIDERS = frozenset({"twilio", "sandbox"})

HARBOR = """
[business]
slug = "harbor-dental"
name = "Harbor Dental"
zone = "America/New_York"
country = "US"

[hours]
mon = ["08:00-17:00"]

[[staff]]
name = "Olga"
phone = "+16175550110"

[[lines]]
number = "+16175550100"
provider = "twilio"
set = { account_sid = "AC1", auth_token = "shh" }
"""


def new_ids(first: int) -> Callable[[], UUID]:
    numbers: Iterator[int] = count(first)
    return lambda: UUID(int=next(numbers))


def read(text: str, existing: Business | None = None) -> BusinessFileResult:
    keys = count(1)
    return read_business_file(tomllib.loads(text), existing, new_ids(1000), lambda: f"key-{next(keys)}", PROVIDERS)


def problems_of(text: str, existing: Business | None = None) -> tuple[str, ...]:
    with pytest.raises(BusinessFileError) as caught:
        read(text, existing)
    return caught.value.problems


def applied(business: Business, existing: Business | None) -> Business:
    """What a business is after its export, as a TOML file, has been applied over `existing`."""
    return read(tomli_w.dumps(write_business_file(business)), existing).business


# Reading a new business


def test_a_new_business_gets_ids_keys_and_defaults() -> None:
    business = read(HARBOR).business
    assert (business.trade, business.tone, business.language) == ("generic", "warm", "en")
    assert business.policy == TextBackPolicy()
    assert [person.name for person in business.staff] == ["Olga"]
    line = business.lines[0]
    assert (line.mode, line.label, line.language, line.hook_key) == (Mode.FRONT, "Main", "en", "key-1")
    assert line.registration is Registration.UNKNOWN
    assert len({business.business_id, business.staff[0].staff_id, line.line_id}) == 3


def test_settings_of_a_line_come_beside_the_business_and_never_in_it() -> None:
    result = read(HARBOR)
    assert result.connections == {"+16175550100": {"account_sid": "AC1", "auth_token": "shh"}}
    assert "shh" not in repr(result)
    assert "shh" not in tomli_w.dumps(write_business_file(result.business))


def test_a_line_without_settings_asks_for_none() -> None:
    text = HARBOR.replace('set = { account_sid = "AC1", auth_token = "shh" }', "")
    assert read(text).connections == {}


def test_numbers_may_be_spaced_as_people_write_them() -> None:
    assert read(HARBOR.replace("+16175550100", "+1 (617) 555-0100")).business.lines[0].number == "+16175550100"


def test_countries_are_kept_once_and_in_capitals() -> None:
    text = HARBOR.replace('country = "US"', 'country = "us"\ntext_countries = ["ca", "MX", "CA"]')
    business = read(text).business
    assert (business.country, business.text_countries) == ("US", ("CA", "MX"))


def test_a_date_may_stand_in_quotes() -> None:
    text = HARBOR + '[[holidays]]\non = "2026-12-25"\nname = "Christmas Day"\n'
    assert read(text).business.hours.holidays == (Holiday(date(2026, 12, 25), "Christmas Day"),)


@pytest.mark.parametrize(
    ("text", "slug"),
    [(HARBOR, "harbor-dental"), ("business = 5", None), ("[business]\nslug = 5", None), ("", None)],
)
def test_the_slug_is_found_in_a_file_that_is_not_yet_checked(text: str, slug: str | None) -> None:
    assert find_slug(tomllib.loads(text)) == slug


# Updating


def test_sections_left_out_stay_as_they_are() -> None:
    before = read(HARBOR + '[[services]]\nname = "Check-up"\nminutes = 60\n[text_back]\ndelay_seconds = 30\n').business
    after = read('[business]\nslug = "harbor-dental"\ntone = "brief"\n', before).business
    assert after == replace(before, tone="brief")


def test_a_list_that_is_there_replaces_the_old_one() -> None:
    before = read(HARBOR + '[[services]]\nname = "Check-up"\nminutes = 60\n').business
    text = 'services = []\n[business]\nslug = "harbor-dental"\n[[staff]]\nname = "Sam"\n[[staff]]\nname = "Olga"\n'
    after = read(text, before).business
    assert after.services == ()
    assert [person.name for person in after.staff] == ["Sam", "Olga"]
    assert after.staff[1].staff_id == before.staff[0].staff_id


def test_a_line_is_updated_or_added_and_never_removed() -> None:
    before = read(HARBOR).business
    text = (
        '[business]\nslug = "harbor-dental"\n[[lines]]\nnumber = "+16175550101"\nprovider = "twilio"\nlabel = "Van"\n'
    )
    after = read(text, before).business
    assert [line.label for line in after.lines] == ["Main", "Van"]
    renamed = read(text.replace("Van", "Billboard"), after).business
    assert [line.label for line in renamed.lines] == ["Main", "Billboard"]
    assert [line.line_id for line in renamed.lines] == [line.line_id for line in after.lines]
    assert [line.hook_key for line in renamed.lines] == [line.hook_key for line in after.lines]


def test_a_file_silent_on_registration_lifts_no_hold() -> None:
    before = read(HARBOR + 'registration = "pending"\n').business
    assert read(HARBOR, before).business.lines[0].registration is Registration.PENDING


# Problems


def test_all_problems_are_named_at_once_with_their_places() -> None:
    text = """
    zorn = 1
    [business]
    slug = "Peak HVAC"
    name = "Peak HVAC"
    zone = "America/Chcago"
    country = "XX"
    trade = "hvca"
    tone = "loud"
    language = "fr"
    colour = "blue"
    [hours]
    mon = ["8-17"]
    [text_back]
    delay_seconds = "5"
    settle_seconds = 31
    outcomes_off = ["vanished"]
    [[staff]]
    name = "Sam"
    phone = "+1555"
    [[lines]]
    number = "+13125550100"
    provider = "twilio"
    ring = { seconds = 90, stff = [] }
    [[lines]]
    number = "+1555"
    provider = "twilio"
    mode = "frnt"
    """
    problems = problems_of(text)
    assert [problem.partition(": ")[0] for problem in problems] == [
        "zorn",
        "business.slug",
        "business.trade",
        "business.tone",
        "business.zone",
        "business.country",
        "business.language",
        "business.colour",
        "hours.mon",
        "text_back.delay_seconds",
        "text_back.settle_seconds",
        "text_back.outcomes_off[0]",
        "staff[0].phone",
        "lines[0].ring.seconds",
        "lines[0].ring.stff",
        "lines[1].number",
        "lines[1].mode",
    ]
    assert all(problem.endswith(".") for problem in problems)
    assert "lines[1].number: +1555 is not a phone number; write it like +13125550101." in problems


WORDING = '[[wordings]]\nname = "Ours"\nbody = "{business} here, sorry we missed you. What do you need?"\n'
RULE = '[[rules]]\nwording = "Ours"\n'
SECOND_LINE = '[[lines]]\nnumber = "+16175550101"\nprovider = "twilio"\n'

# One mistake added to a good file, and the start of the one sentence it earns.
MISTAKES = [
    ('[[staff]]\nname = "Olga"\n', "staff[1].name: Olga is already used by staff[0]"),
    (
        '[[lines]]\nnumber = "+1 617 555 0100"\nprovider = "twilio"\n',
        "lines[1].number: +16175550100 is already used by",
    ),
    (WORDING + WORDING, "wordings[1].name: Ours is already used by wordings[0]"),
    (RULE, 'rules[0].wording: there is no wording "Ours"'),
    (
        WORDING + RULE + 'lines = ["Mian"]\n',
        'rules[0].lines: there is no line with the label "Mian" (did you mean "Main"?)',
    ),
    (WORDING + RULE + 'outcomes = ["lost"]\n', 'rules[0].outcomes[0]: "lost" is not one of '),
    (WORDING + RULE + 'days = ["sunday"]\n', 'rules[0].days[0]: "sunday" is not one of '),
    (WORDING + RULE + 'contacts = "vip"\n', 'rules[0].contacts: "vip" is not one of '),
    (SECOND_LINE + 'ring = { staff = ["Rex"] }\n', 'lines[1].ring.staff: there is no staff member "Rex"'),
    (SECOND_LINE + "ring = { seconds = 4 }\n", "lines[1].ring.seconds: must be at least 5"),
    (SECOND_LINE + "ring = { seconds = 61 }\n", "lines[1].ring.seconds: must be at most 60"),
    (SECOND_LINE + "texts_per_second = 0.001\n", "lines[1].texts_per_second: must be 0 (no limit) or at least 0.01"),
    (SECOND_LINE + 'forwarding_number = "+16175550101"\n', "lines[1].forwarding_number: is a line of this business"),
    (SECOND_LINE.replace("twilio", "tin_can"), 'lines[1].provider: there is no provider "tin_can" here'),
    ('[[staff]]\nname = "Sam"\nphone = "+16175550100"\n', "staff[1].phone: +16175550100 is a line of this business"),
    ('[[staff]]\nname = "Sam"\nemail = "sam"\n', 'staff[1].email: "sam" is not an e-mail address'),
    ('[[staff]]\nname = "Sa\\u0000m"\n', "staff[1].name: has a character that cannot be shown (code 0)"),
    ('[[staff]]\nname = "Sam\\nOlga"\n', "staff[1].name: must be on one line"),
    ('[[staff]]\nname = " "\n', "staff[1].name: is empty"),
    ('[[staff]]\nphone = "+16175550111"\n', "staff[1].name: is missing"),
    ("[text_back]\ndelay_seconds = 601\n", "text_back.delay_seconds: must be at most 600"),
    ("[text_back]\ndelay_seconds = nan\n", "text_back.delay_seconds: must be a number"),
    ("[text_back]\nsettle_seconds = -1\n", "text_back.settle_seconds: must be at least 0"),
    ("[text_back]\nwindow_hours = 169\n", "text_back.window_hours: must be at most 168"),
    ("[text_back]\nper_line_an_hour = 100001\n", "text_back.per_line_an_hour: must be at most 100000"),
    ("[text_back]\nper_business_an_hour = -1\n", "text_back.per_business_an_hour: must be at least 0"),
    ("[text_back]\nhold = 1\n", "text_back.hold: must be true or false"),
    ('[text_back]\nnot_before = "08:00"\n', "text_back: not_before and not_after go together"),
    ('[text_back]\nnot_before = "8"\nnot_after = "20:00"\n', 'text_back.not_before: "8" is not a time of day'),
    ('[text_back]\nnot_before = "08:00"\nnot_after = "24:00"\n', 'text_back.not_after: "24:00" is not a time of day'),
    ('[text_back]\nnot_before = "08:00"\nnot_after = "08:00"\n', "text_back: not_before and not_after are the same"),
    ('[[holidays]]\non = "2026-02-30"\nname = "None"\n', 'holidays[0].on: "2026-02-30" is not a date'),
    ('[[holidays]]\non = 25\nname = "None"\n', "holidays[0].on: must be a date like 2026-12-25"),
    ('[[holidays]]\non = 2026-12-25\nname = "None"\nspans = ["late"]\n', 'holidays[0].spans: "late" is not a span'),
    ('[[services]]\nname = "Check-up"\nminutes = 0\n', "services[0].minutes: must be at least 1"),
    ('[[services]]\nname = "Check-up"\nminutes = 60\nprice_cents = 99.5\n', "services[0].price_cents: must be a whole"),
    ('[wordings]\nname = "Ours"\n', "wordings: must be a list: write [[wordings]] above each entry"),
    ("[[text_back]]\nhold = true\n", "text_back: must be a table: write [text_back]"),
    (WORDING.replace("{business} here", "Hello"), "wordings[0].body: Name the business in the first sentence"),
    (WORDING.replace("What do", "{price} What do"), "wordings[0].body: "),
    (
        WORDING.replace("What do", "See harbor.example/x. What do"),
        "wordings[0].body: A first text must not carry a link",
    ),
    (WORDING.replace("missed you", "missed you " + "so " * 60), "wordings[0].body: With the longest names and times"),
]


SERVICE = '[[services]]\nname = "Check-up"\nminutes = 60\n'
DETAIL = SERVICE + '[[services.details]]\nname = "insurance"\nquestion = "Which insurance do you have?"\n'
CHAIR = '[[resources]]\nname = "Chair 1"\nkind = "chair"\n'

RECEPTIONIST_MISTAKES = [
    (SERVICE + "price_from = true\n", "services[0].price_from: needs price_cents"),
    (SERVICE + 'staff = ["Olha"]\n', 'services[0].staff: there is no staff member "Olha" (did you mean "Olga"?)'),
    (
        '[[staff]]\nname = "Sam"\ntakes_bookings = false\n' + SERVICE + 'staff = ["Sam"]\n',
        "services[0].staff: Sam takes no bookings (takes_bookings = false)",
    ),
    (
        CHAIR + SERVICE + 'resources = ["chiar"]\n',
        'services[0].resources: there is no resource of the kind "chiar" (did you mean "chair"?)',
    ),
    (CHAIR + CHAIR, "resources[1].name: Chair 1 is already used by resources[0]"),
    ('[[resources]]\nname = "Chair 1"\n', "resources[0].kind: is missing"),
    (SERVICE + "capacity = 0\n", "services[0].capacity: must be at least 1"),
    (SERVICE + "buffer_minutes = -5\n", "services[0].buffer_minutes: must be at least 0"),
    (
        SERVICE + "emergency = true\n" + SERVICE.replace("Check-up", "Visit") + "emergency = true\n",
        "services[1].emergency: services[0] is the emergency visit already",
    ),
    (DETAIL + 'kind = "choise"\n', 'services[0].details[0].kind: "choise" is not one of '),
    (DETAIL + 'kind = "choice"\n', "services[0].details[0].choices: must have at least two answers"),
    (DETAIL + 'choices = ["a", "b"]\n', 'services[0].details[0].choices: are for kind = "choice" only'),
    (DETAIL + 'unfit_answers = ["none"]\n', 'services[0].details[0].unfit_answers: "none" cannot be an answer; free'),
    (
        DETAIL + 'kind = "choice"\nchoices = ["PPO", "HMO"]\nunfit_answers = ["none"]\n',
        'services[0].details[0].unfit_answers: "none" cannot be an answer; use one of its choices',
    ),
    (
        DETAIL + 'kind = "yes_no"\nunfit_answers = ["maybe"]\n',
        'services[0].details[0].unfit_answers: "maybe" cannot be an answer; use "yes" or "no"',
    ),
    (
        DETAIL + 'kind = "number"\nunfit_answers = ["10"]\n',
        'services[0].details[0].unfit_answers: "10" cannot be an answer; write a limit like "<10"',
    ),
    (
        DETAIL + '[[services.details]]\nname = "insurance"\nquestion = "Who insures you?"\n',
        "services[0].details[1].name: insurance is already used by details[0]; keep one",
    ),
    (
        DETAIL.replace("question =", "qestion ="),
        "services[0].details[0].question: is missing.\n"
        'services[0].details[0].qestion: is not a key of this section (did you mean "question"?).',
    ),
    (
        '[[staff]]\nname = "Sam"\ntime_off = [{ first_on = 2026-12-31, last_on = 2026-12-24 }]\n',
        "staff[1].time_off[0].last_on: is before first_on, 2026-12-31",
    ),
    (
        '[[staff]]\nname = "Sam"\ntime_off = [{ first_on = 2026-12-24, last_on = 2026-12-24, span = "22:00-02:00" }]\n',
        'staff[1].time_off[0].span: "22:00-02:00" runs past midnight',
    ),
    ('[[staff]]\nname = "Sam"\nweekly = { mon = ["8-17"] }\n', "staff[1].weekly.mon: "),
    (
        '[[staff]]\nname = "Sam"\nweekly = { mno = [] }\n',
        'staff[1].weekly.mno: is not a key of this section (did you mean "mon"?)',
    ),
    ("[booking]\ngrid_minutes = 35\n", "booking.grid_minutes: must divide a day evenly; use 5, 10, 15, 20, 30 or 60"),
    ("[booking]\nlead_minutes = 2880\nhorizon_days = 2\n", "booking.lead_minutes: reaches past horizon_days"),
    ('[booking]\nholidays = "Illinois"\n', 'booking.holidays: "Illinois" is not a country or region; write it like US'),
    ('[booking]\nholidays = "US-"\n', 'booking.holidays: "US-" is not a country or region'),
    ('[booking]\nholidays = "US-ILLINOIS"\n', 'booking.holidays: "US-ILLINOIS" is not a country or region'),
    ('[booking]\nholidays = "US-IK"\n', 'booking.holidays: "US-IK" is not a country or region'),
    ('[booking]\nholidays = "AQ"\n', 'booking.holidays: "AQ" is not a country or region'),
    ('[receptionist]\non_call = ["Rex"]\n', 'receptionist.on_call: there is no staff member "Rex"'),
    ('[receptionist]\nare = ["606"]\n', 'receptionist.are: is not a key of this section (did you mean "area"?)'),
    ("[receptionist]\nmax_turns = 0\n", "receptionist.max_turns: must be at least 1"),
    ("[receptionist]\nsettle_seconds = 61\n", "receptionist.settle_seconds: must be at most 60"),
]


@pytest.mark.parametrize(
    ("mistake", "sentence"), RECEPTIONIST_MISTAKES, ids=[said for _, said in RECEPTIONIST_MISTAKES]
)
def test_each_mistake_about_services_and_bookings_earns_its_sentence(mistake: str, sentence: str) -> None:
    problems = problems_of(HARBOR + mistake)
    assert len(problems) == sentence.count("\n") + 1, problems
    assert "\n".join(problems).startswith(sentence)


def test_a_kept_service_that_only_somebody_the_file_drops_can_do_is_named() -> None:
    before = read(HARBOR + SERVICE + 'staff = ["Olga"]\n').business
    problems = problems_of('staff = []\n[business]\nslug = "harbor-dental"\n', before)
    assert problems == ('services[0] (not in this file).staff: there is no staff member "Olga".',)


def test_an_empty_address_takes_the_address_away_and_one_left_out_keeps_it() -> None:
    with_address = HARBOR.replace('country = "US"', 'country = "US"\naddress = " 12 Wharf Street, Boston "')
    before = read(with_address).business
    assert before.address == "12 Wharf Street, Boston"
    assert read('[business]\nslug = "harbor-dental"\n', before).business.address == before.address
    assert read('[business]\nslug = "harbor-dental"\naddress = ""\n', before).business.address is None


def test_a_policy_that_is_there_has_the_defaults_for_what_it_leaves_out() -> None:
    before = read(HARBOR + "[booking]\nlead_minutes = 30\n[receptionist]\nmax_turns = 9\n").business
    assert before.booking == BookingPolicy(lead_minutes=30)
    after = read('[business]\nslug = "harbor-dental"\n[booking]\nholidays = "us-il"\n', before).business
    assert after.booking == BookingPolicy(holidays="US-IL")
    assert after.receptionist == ReceptionistPolicy(max_turns=9)


@pytest.mark.parametrize(("mistake", "sentence"), MISTAKES, ids=[sentence for _, sentence in MISTAKES])
def test_each_mistake_earns_one_sentence(mistake: str, sentence: str) -> None:
    problems = problems_of(HARBOR + mistake)
    assert len(problems) == 1, problems
    assert problems[0].startswith(sentence)


def test_a_new_business_must_say_who_and_where_it_is_and_when_it_works() -> None:
    places = [problem.partition(": ")[0] for problem in problems_of("[business]\ntone = 'warm'\n")]
    assert places == ["business.slug", "business.name", "business.zone", "business.country", "hours"]


def test_keys_of_the_business_outside_its_table_are_sent_there() -> None:
    assert "name: belongs under [business]." in problems_of('name = "Harbor Dental"\n' + HARBOR)


def test_a_kept_rule_whose_wording_the_file_drops_is_named() -> None:
    before = read(HARBOR + WORDING + RULE).business
    text = 'wordings = []\n[business]\nslug = "harbor-dental"\n'
    assert problems_of(text, before) == ('rules[0] (not in this file).wording: there is no wording "Ours".',)


def test_a_kept_line_that_rings_somebody_the_file_drops_is_named() -> None:
    before = read(HARBOR.replace('provider = "twilio"', 'provider = "twilio"\nring = { staff = ["Olga"] }')).business
    problems = problems_of('staff = []\n[business]\nslug = "harbor-dental"\n', before)
    assert problems == ('lines (+16175550100, not in this file).ring.staff: there is no staff member "Olga".',)


def test_a_new_name_too_long_for_the_wordings_is_refused() -> None:
    before = read(HARBOR + WORDING).business
    name = "The Harbor Dental and Orthodontic Practice of Doctor Olga and her Associates"
    text = f'[business]\nslug = "harbor-dental"\nname = "{name}"\n'
    assert read(text, replace(before, wordings=())).business.name == name
    long = WORDING.replace("What do", "This sentence takes up the room that a longer name would need. What do")
    with_long = read(HARBOR + long).business
    assert problems_of(text, with_long)[0].startswith("wordings[0] (not in this file).body: With the longest names")


def test_a_wrong_time_zone_does_not_hide_what_is_wrong_with_the_words() -> None:
    text = HARBOR.replace("New_York", "New_Yrok") + WORDING.replace("{business} here", "Hello")
    assert [problem.partition(": ")[0] for problem in problems_of(text)] == ["business.zone", "wordings[0].body"]


def test_a_secret_is_never_repeated_in_a_problem() -> None:
    problems = problems_of(HARBOR.replace('"shh"', '["s3cret"]'))
    assert problems == ('lines[0].set.auth_token: must be text in quotes, like "this".',)


def test_a_mistyped_entry_does_not_make_what_refers_to_it_look_wrong() -> None:
    broken = WORDING + RULE + '[[wordings]]\nname = "Other"\nbdy = "x"\n[[rules]]\nwording = "Other"\n'
    assert [problem.partition(": ")[0] for problem in problems_of(HARBOR + broken)] == [
        "wordings[1].body",
        "wordings[1].bdy",
    ]


@given(
    st.dictionaries(
        st.sampled_from([*Sections.__dataclass_fields__, "colour"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(
                        ["name", "number", "ring", "set", "mon", "slug", "details", "weekly", "time_off", "x"]
                    ),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=8,
        ),
    )
)
def test_nonsense_is_refused_in_sentences_and_never_crashes(document: dict[str, object]) -> None:
    with pytest.raises(BusinessFileError) as caught:
        read_business_file(document, None, new_ids(1), lambda: "key", PROVIDERS)
    assert all(re.match(r"[a-z_0-9\[\].]+.*: .+\.$", problem, re.DOTALL) for problem in caught.value.problems)


# The round trip

words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
phones = st.integers(min_value=0, max_value=9_999).map(lambda number: f"+1312555{number:04d}")
languages = st.sampled_from(["en", "es"])
seconds = st.floats(min_value=0, max_value=30) | st.integers(0, 30).map(float)
clock_times = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda time: f"{time[0]:02d}:{time[1]:02d}")
day_spans = st.sampled_from([[], ["08:00-17:00"], ["00:00-24:00"], ["08:00-12:00", "13:00-17:30"], ["22:00-02:00"]])
weeks = st.fixed_dictionaries(dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), day_spans))
bodies = st.sampled_from(["{business} here. What is it about?", "Somos {business}. Abrimos {opens}. ¿Urge?"])


@st.composite
def all_hours(draw: st.DrawFn) -> OpeningHours:
    days = draw(st.lists(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=3, unique=True))
    holidays = [{"on": day, "name": draw(words), "spans": draw(day_spans)} for day in days]
    return parse_hours({**draw(weeks), "holidays": holidays})


@st.composite
def policies(draw: st.DrawFn) -> TextBackPolicy:
    not_before, not_after = draw(
        st.just((None, None)) | st.tuples(clock_times, clock_times).filter(lambda pair: pair[0] != pair[1])
    )
    return TextBackPolicy(
        delay_seconds=draw(seconds),
        settle_seconds=draw(seconds),
        window_hours=draw(seconds),
        per_line_an_hour=draw(st.integers(0, 100_000)),
        per_business_an_hour=draw(st.integers(0, 100_000)),
        stale_after_seconds=draw(st.integers(1, 86_400)),
        thread_open_hours=draw(seconds),
        not_before=not_before,
        not_after=not_after,
        hold=draw(st.booleans()),
        answers_keep_quiet_hours=draw(st.booleans()),
        outcomes_off=draw(st.frozensets(st.sampled_from([outcome.value for outcome in Outcome]))),
    )


@st.composite
def rules(draw: st.DrawFn, wordings: list[Wording], labels: list[str]) -> Rule:
    return Rule(
        wording=draw(st.sampled_from(wordings)).name,
        outcomes=draw(st.frozensets(st.sampled_from(Outcome), max_size=3)),
        days=draw(st.frozensets(st.sampled_from(DayState))),
        lines=draw(st.frozensets(st.sampled_from(labels))) if labels else frozenset(),
        languages=draw(st.frozensets(languages)),
        contacts=draw(st.sampled_from(Contacts)),
    )


@st.composite
def lines(draw: st.DrawFn, number: str, forwarding_number: str, names: list[str]) -> Line:
    rung = draw(st.lists(st.sampled_from(names), unique=True)) if names else []
    return Line(
        line_id=draw(st.uuids()),
        number=number,
        provider=draw(st.sampled_from(sorted(PROVIDERS))),
        mode=draw(st.sampled_from(Mode)),
        label=draw(words),
        language=draw(languages),
        hook_key=draw(words),
        ring=Ring(draw(st.sampled_from(RingOrder)), draw(st.integers(5, 60)), draw(st.booleans()), tuple(rung)),
        forwarding_number=draw(st.sampled_from([None, forwarding_number])),
        registration=draw(st.sampled_from(Registration)),
        text_back=draw(st.booleans()),
        texts_per_second=draw(st.sampled_from([0.0, 0.25, 1.0, 10.0, 1000.0])),
    )


several = st.lists(words, max_size=2).map(tuple)


@st.composite
def people(draw: st.DrawFn, name: str, number: str) -> Staff:
    days = draw(st.lists(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=2))
    spans = st.sampled_from([None, ("13:00", "15:00"), ("08:00", "24:00")])
    return Staff(
        draw(st.uuids()),
        name,
        draw(st.sampled_from([None, number])),
        draw(st.sampled_from([None, "a@b.example"])),
        takes_calls=draw(st.booleans()),
        takes_bookings=draw(st.booleans()),
        weekly=draw(st.none() | weeks.map(lambda week: parse_hours(week).weekly)),
        time_off=tuple(TimeOff(day, day + timedelta(draw(st.integers(0, 30))), draw(spans)) for day in days),
    )


@st.composite
def details(draw: st.DrawFn, name: str) -> Detail:
    kind = draw(st.sampled_from(DetailKind))
    choices = draw(st.lists(words, min_size=2, max_size=3)) if kind is DetailKind.CHOICE else []
    unfit = {DetailKind.CHOICE: choices, DetailKind.YES_NO: ["yes", "no"], DetailKind.NUMBER: ["<10", "> 5.5"]}
    return Detail(
        name,
        draw(words),
        draw(st.none() | words),
        kind,
        tuple(choices),
        tuple(draw(st.lists(st.sampled_from(unfit[kind]), max_size=2))) if kind in unfit else (),
        draw(st.none() | words),
        draw(st.sampled_from(Unfit)),
        draw(st.booleans()),
    )


@st.composite
def services(draw: st.DrawFn, name: str, staff: list[str], resources: list[Resource]) -> Service:
    price = draw(st.none() | st.integers(0, 10_000))
    return Service(
        name,
        draw(st.integers(1, 600)),
        price,
        price_from=price is not None and draw(st.booleans()),
        price_note=draw(st.none() | words),
        also=draw(several),
        bookable=draw(st.booleans()),
        quote=draw(st.booleans()),
        buffer_minutes=draw(st.integers(0, 60)),
        capacity=draw(st.integers(1, 20)),
        staff=tuple(draw(st.lists(st.sampled_from(staff)))) if staff else (),
        resources=tuple(draw(st.lists(st.sampled_from([one.kind for one in resources])))) if resources else (),
        at_address=draw(st.booleans()),
        asks_name=draw(st.booleans()),
        details=tuple(draw(details(word)) for word in draw(st.lists(words, max_size=2, unique=True))),
    )


@st.composite
def booking_policies(draw: st.DrawFn) -> BookingPolicy:
    return BookingPolicy(
        lead_minutes=draw(st.integers(0, 1439)),
        horizon_days=draw(st.integers(1, 365)),
        grid_minutes=draw(st.sampled_from([5, 15, 60, 720])),
        travel_minutes=draw(st.integers(0, 240)),
        hold_minutes=draw(st.integers(1, 1440)),
        reminder_hours=draw(seconds),
        holidays=draw(st.sampled_from([None, "US", "US-IL", "ES-MD", "AU-NSW"])),
        public_page=draw(st.booleans()),
    )


@st.composite
def receptionist_policies(draw: st.DrawFn, names: list[str]) -> ReceptionistPolicy:
    return ReceptionistPolicy(
        on=draw(st.booleans()),
        settle_seconds=draw(seconds),
        max_turns=draw(st.integers(1, 100)),
        says_automated=draw(st.booleans()),
        follow_up_minutes=draw(st.integers(10, 10_080)),
        area=draw(several),
        not_ours=draw(several),
        emergency_words=draw(several),
        emergency_instruction=draw(st.none() | words),
        emergency_instruction_es=draw(st.none() | words),
        on_call=tuple(draw(st.lists(st.sampled_from(names), unique=True))) if names else (),
        alert_again_minutes=draw(st.integers(1, 120)),
        call_back_minutes=draw(st.integers(5, 2880)),
    )


@st.composite
def routing_policies(draw: st.DrawFn, names: list[str], labels: list[str], its: list[Service]) -> RoutingPolicy:
    people = st.sampled_from(names) if names else st.nothing()
    chosen = st.lists(people, min_size=1, unique=True) if names else st.just([])
    rules = st.builds(
        lambda staff, line, words, service, day: RoutingRule(
            tuple(staff), not staff, tuple(line), words, tuple(service), tuple(day)
        ),
        chosen,
        st.lists(st.sampled_from(labels), max_size=1) if labels else st.just([]),
        several,
        st.lists(st.sampled_from([one.name for one in its]), max_size=1) if its else st.just([]),
        st.lists(st.sampled_from(list(DayState)), unique=True),
    )
    days = st.lists(st.sampled_from(["mon", "wed", "sun"]), unique=True).map(tuple)
    duties = st.builds(Duty, people, days, st.just(date(2026, 11, 16)), st.none(), st.integers(1, 52))
    return RoutingPolicy(
        draw(st.integers(1, 1440)),
        draw(st.sampled_from(list(OutsideHours))),
        draw(st.integers(1, 1440)),
        draw(st.none() | people) if names else None,
        draw(st.booleans()),
        tuple(draw(st.lists(rules, max_size=2))),
        tuple(draw(st.lists(duties, max_size=2))) if names else (),
    )


@st.composite
def businesses(draw: st.DrawFn) -> Business:
    names = draw(st.lists(words, max_size=3, unique=True))
    numbers = draw(st.lists(phones, min_size=5, max_size=8, unique=True))
    # The first numbers are the staff's and the old one's, so that no line rings itself.
    staff = tuple(draw(people(name, number)) for name, number in zip(names, numbers[:3], strict=False))
    bookable = [person.name for person in staff if person.takes_bookings]
    resources = [Resource(name, draw(words)) for name in draw(st.lists(words, max_size=2, unique=True))]
    its_services = [
        draw(services(name, bookable, resources)) for name in draw(st.lists(words, max_size=2, unique=True))
    ]
    its_lines = tuple(draw(lines(number, numbers[3], names)) for number in numbers[4:])
    wordings = [Wording(name, draw(languages), draw(bodies)) for name in draw(st.lists(words, max_size=3, unique=True))]
    its_rules = draw(st.lists(rules(wordings, [line.label for line in its_lines]), max_size=3)) if wordings else []
    return Business(
        business_id=draw(st.uuids()),
        slug=draw(st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8})?", fullmatch=True)),
        name=draw(words),
        trade=draw(st.sampled_from(TRADES)),
        zone=draw(st.sampled_from(["America/Chicago", "Europe/Madrid", "Australia/Sydney"])),
        country=draw(st.sampled_from(["US", "ES", "AU"])),
        language=draw(languages),
        hours=draw(all_hours()),
        tone=draw(st.sampled_from(TONES)),
        policy=draw(policies()),
        wordings=tuple(wordings),
        rules=tuple(its_rules),
        staff=staff,
        lines=its_lines,
        # One emergency visit at most.
        services=tuple(replace(service, emergency=not n) for n, service in enumerate(its_services)),
        facts=tuple(
            Fact(question, draw(words), draw(several), draw(st.none() | words))
            for question in draw(st.lists(words, max_size=2, unique=True))
        ),
        resources=tuple(resources),
        booking=draw(booking_policies()),
        receptionist=draw(receptionist_policies(names)),
        routing=draw(routing_policies(names, [line.label for line in its_lines], its_services)),
        number_lookup=LookupPolicy(
            draw(st.booleans()),
            draw(st.integers(1, 730)),
            draw(st.booleans()),
            draw(st.booleans()),
            draw(st.integers(45, 1825)),
        ),
        address=draw(st.none() | words),
        text_countries=tuple(draw(st.lists(st.sampled_from(["US", "CA", "MX"]), unique=True))),
    )


VALUES_WITH_KEYS: list[tuple[type, type[Section], set[str]]] = [
    (Staff, business_document.StaffEntry, {"staff_id", "away_until"}),
    (TimeOff, business_document.TimeOffEntry, set()),
    (Resource, business_document.ResourceEntry, set()),
    (Service, business_document.ServiceEntry, set()),
    (Detail, business_document.DetailEntry, set()),
    (Fact, business_document.FactEntry, set()),
    (TextBackPolicy, business_document.TextBackSection, set()),
    (BookingPolicy, business_document.BookingSection, set()),
    (ReceptionistPolicy, business_document.ReceptionistSection, set()),
    (RoutingPolicy, business_document.RoutingSection, set()),
    (LookupPolicy, business_document.LookupSection, set()),
    (RoutingRule, business_document.RoutingRuleEntry, set()),
    (Duty, business_document.DutyEntry, set()),
]


@pytest.mark.parametrize(
    ("value", "section", "ours"), VALUES_WITH_KEYS, ids=[v.__name__ for v, _, _ in VALUES_WITH_KEYS]
)
def test_every_field_has_its_key_and_a_key_left_out_means_the_fields_default(
    value: type, section: type[Section], ours: set[str]
) -> None:
    defaults = {one.name: one.default for one in fields(value) if one.name not in ours}
    assert defaults.keys() == section.model_fields.keys()
    for name, field in section.model_fields.items():
        if not field.is_required() and defaults[name] is not MISSING:
            said = field.get_default()
            # Values keep lists as tuples, and outcomes as a set.
            kept = {tuple(said), frozenset(said)} if isinstance(said, list) else {said}
            assert defaults[name] in kept, name


@given(businesses())
def test_applying_an_export_changes_nothing(business: Business) -> None:
    assert applied(business, existing=business) == business


@given(businesses(), businesses())
def test_an_export_brings_any_state_of_a_business_back_to_it(business: Business, since: Business) -> None:
    # Only lines outlive a file, so the drifted business has the same ones, set up otherwise.
    its_lines = [replace(line, label="Old", ring=Ring(), registration=Registration.PENDING) for line in business.lines]
    drifted = replace(since, business_id=business.business_id, lines=tuple(its_lines))
    back = applied(business, existing=drifted)
    assert write_business_file(back) == write_business_file(business)


@given(businesses())
def test_an_export_makes_the_same_business_elsewhere_with_ids_and_keys_of_its_own(business: Business) -> None:
    other = applied(business, existing=None)
    assert write_business_file(other) == write_business_file(business)
    assert not {line.hook_key for line in other.lines} & {line.hook_key for line in business.lines}


# Samples and reference


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_sample_is_a_business_whose_wordings_earn_no_finding(sample: Path) -> None:
    business = read(sample.read_text()).business
    assert business.slug == sample.stem
    assert applied(business, existing=business) == business
    for wording in business.wordings:
        assert lint(wording.body, wording.language, longest_values(wording.language, business.name, "Google Ads")) == ()


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_whatever_a_sample_lets_the_receptionist_say_fits_one_plain_segment(sample: Path) -> None:
    business = read(sample.read_text()).business
    said = [text for fact in business.facts for text in (fact.answer, fact.answer_es)]
    said += [service.price_note for service in business.services]
    asked = [detail for service in business.services for detail in service.details]
    said += [text for detail in asked for text in (detail.question, detail.question_es, detail.unfit_words)]
    said += [business.receptionist.emergency_instruction, business.receptionist.emergency_instruction_es]
    sizes = {text: count_segments(text) for text in said if text}
    assert [text for text, size in sizes.items() if size.count > 1 or size.encoding is not Encoding.GSM7] == []
    assert len(sizes) > 30


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_sample_shows_what_a_receptionist_needs_to_know(sample: Path) -> None:
    business = read(sample.read_text()).business
    assert all(fact.answer_es and fact.also for fact in business.facts)
    assert all(detail.question_es for service in business.services for detail in service.details)
    assert [service.price_cents is not None for service in business.services if service.emergency] == [True]
    assert all((business.receptionist.emergency_words, business.receptionist.on_call, business.receptionist.not_ours))
    assert {kind for service in business.services for kind in service.resources} == {r.kind for r in business.resources}
    phones = [*(line.number for line in business.lines), *(person.phone for person in business.staff)]
    assert [phone for phone in phones if phone is None or not re.fullmatch(r"\+1\d{3}55501\d\d", phone)] == []


def test_the_sample_business_has_a_main_and_an_advertised_line_that_ring_three_people() -> None:
    business = read((SAMPLES / "peak-hvac.toml").read_text()).business
    assert [line.label for line in business.lines] == ["Main", "Google Ads"]
    assert {line.mode for line in business.lines} == {Mode.FRONT}
    assert {line.ring for line in business.lines} == {Ring(RingOrder.TOGETHER, 20, whisper=True)}
    assert len([person for person in business.staff if person.takes_calls and person.phone]) == 3


def models() -> list[type[Section]]:
    found = [value for value in vars(business_document).values() if isinstance(value, type)]
    return [model for model in found if issubclass(model, Section) and model is not Section]


def test_the_reference_names_every_key_of_every_section() -> None:
    reference = REFERENCE.read_text()
    keys = {key for model in models() for key in model.model_fields}
    assert len(keys) > 40
    assert sorted(key for key in keys if f"`{key}`" not in reference) == []


def test_the_example_of_the_reference_can_be_applied_and_has_every_section() -> None:
    example = re.findall(r"```toml\n(.*?)```", REFERENCE.read_text(), re.DOTALL)[0]
    result = read(example)
    assert result.connections["+16175550100"]["auth_token"] == "from-the-console"
    assert set(tomllib.loads(example)) == set(write_business_file(result.business))


@pytest.mark.parametrize(
    ("section", "count"), [("text_back", 7), ("booking", 6), ("receptionist", 5), ("number_lookup", 2)]
)
def test_the_reference_gives_the_ranges_that_are_kept(section: str, count: int) -> None:
    told = REFERENCE.read_text().partition(f"\n## `[{section}]`")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([\d.]+) to ([\d.]+) \|", told, re.MULTILINE)
    assert len(rows) == count
    for key, low, high in rows:
        for inside in (low, high):
            read(HARBOR + f"[{section}]\n{key} = {inside}\n")
        for outside in (int(low) - 1, int(high) + 1):
            assert problems_of(HARBOR + f"[{section}]\n{key} = {outside}\n")[0].startswith(f"{section}.{key}: ")
