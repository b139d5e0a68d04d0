"""The business file: what is written is read back, what is wrong is named with its place, nothing else changes."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain import business_document
from ringback.domain.business import (
    Business,
    Fact,
    Line,
    Mode,
    Registration,
    Ring,
    RingOrder,
    Service,
    Staff,
    TextBackPolicy,
)
from ringback.domain.business_document import Section
from ringback.domain.business_file import (
    BusinessFileError,
    BusinessFileResult,
    find_slug,
    read_business_file,
    write_business_file,
)
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState, Holiday, OpeningHours, parse_hours
from ringback.domain.linter import lint, longest_values
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
        st.sampled_from(["business", "hours", "text_back", "staff", "lines", "rules", "wordings", "holidays", "facts"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["name", "number", "ring", "set", "mon", "slug", "x"]), inner, max_size=4
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


@st.composite
def businesses(draw: st.DrawFn) -> Business:
    names = draw(st.lists(words, max_size=3, unique=True))
    numbers = draw(st.lists(phones, min_size=5, max_size=8, unique=True))
    # The first numbers are the staff's and the old one's, so that no line rings itself.
    staff = tuple(
        Staff(
            draw(st.uuids()), name, draw(st.sampled_from([None, number])), draw(st.sampled_from([None, "a@b.example"]))
        )
        for name, number in zip(names, numbers[:3], strict=False)
    )
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
        services=tuple(
            Service(name, draw(st.integers(1, 600)), draw(st.none() | st.integers(0, 10_000)))
            for name in draw(st.lists(words, max_size=2, unique=True))
        ),
        facts=tuple(Fact(question, draw(words)) for question in draw(st.lists(words, max_size=2, unique=True))),
        text_countries=tuple(draw(st.lists(st.sampled_from(["US", "CA", "MX"]), unique=True))),
    )


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


def test_the_reference_gives_the_ranges_that_are_kept() -> None:
    reference = REFERENCE.read_text()
    rows = re.findall(r"^\| `(\w+)` \|.*\| ([\d.]+) to ([\d.]+) \|", reference, re.MULTILINE)
    assert len(rows) == 7
    for key, low, high in rows:
        for inside in (low, high):
            read(HARBOR + f"[text_back]\n{key} = {inside}\n")
        for outside in (int(low) - 1, int(high) + 1):
            assert problems_of(HARBOR + f"[text_back]\n{key} = {outside}\n")[0].startswith(f"text_back.{key}: ")
