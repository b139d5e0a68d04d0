"""Which wording a call earns and why, and what it says once its merge fields are filled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.caller_names import LONGEST_CALLER_NAME, clean_caller_name
from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState
from ringback.domain.links import find_link
from ringback.domain.segments import Encoding, count_segments
from ringback.domain.wording import (
    MERGE_FIELDS,
    Contacts,
    MissingMergeValue,
    Rule,
    Situation,
    UnknownMergeField,
    Wording,
    choose_wording,
    render_wording,
)

ANY = Wording("Any", "en", "Hi from {business}.")
NIGHT = Wording("Night", "en", "{business} opens {opens}.")
CARLA_CALLS = Situation(Outcome.NO_ANSWER, DayState.OPEN, "Google Ads", "en", first_time=True, trade="dental")


def rule(wording: str = "Any", **wanted: frozenset[str]) -> Rule:
    return Rule(
        wording,
        outcomes=frozenset(Outcome(value) for value in wanted.get("outcomes", ())),
        days=frozenset(DayState(value) for value in wanted.get("days", ())),
        lines=wanted.get("lines", frozenset()),
        languages=wanted.get("languages", frozenset()),
    )


def one(value: str) -> frozenset[str]:
    return frozenset({value})


MATCHES = [
    (rule(), True),
    (rule(outcomes=one("no_answer")), True),
    (rule(outcomes=frozenset({"busy", "no_answer"})), True),
    (rule(outcomes=one("busy")), False),
    (rule(days=one("open")), True),
    (rule(days=one("holiday")), False),
    (rule(lines=one("Google Ads")), True),
    (rule(lines=one("Van")), False),
    (rule(languages=one("en")), True),
    (rule(languages=one("es")), False),
    (Rule("Any", contacts=Contacts.FIRST_TIME), True),
    (Rule("Any", contacts=Contacts.KNOWN), False),
    (rule("No such wording"), False),
    (rule(outcomes=one("no_answer"), days=one("open"), lines=one("Google Ads"), languages=one("en")), True),
    (rule(outcomes=one("no_answer"), days=one("open"), lines=one("Van"), languages=one("en")), False),
]


@pytest.mark.parametrize(("wanted", "fires"), MATCHES)
def test_a_rule_fires_when_all_it_asks_for_holds(wanted: Rule, fires: bool) -> None:
    choice = choose_wording([wanted], [ANY], CARLA_CALLS)
    assert choice.rule_index == (0 if fires else None)
    assert (choice.wording == ANY) == fires


def test_a_known_contact_fires_the_rule_for_known_contacts() -> None:
    known = Situation(Outcome.NO_ANSWER, DayState.OPEN, "Van", "en", first_time=False, trade="dental")
    rules = [Rule("Any", contacts=Contacts.FIRST_TIME), Rule("Any", contacts=Contacts.KNOWN)]
    assert choose_wording(rules, [ANY], known).rule_index == 1


def test_the_first_rule_that_matches_wins() -> None:
    rules = [rule("Night", days=one("closed")), rule("Any"), rule("Night")]
    choice = choose_wording(rules, [NIGHT, ANY], CARLA_CALLS)
    assert (choice.rule_index, choice.wording) == (1, ANY)


def test_why_names_the_rule_that_fired_and_what_kept_the_earlier_ones_from_firing() -> None:
    rules = [
        rule("Night", days=frozenset({"closed", "holiday"})),
        rule("Any", outcomes=one("busy")),
        rule("Any", lines=one("Van")),
        rule("Any", languages=one("es")),
        Rule("Any", contacts=Contacts.KNOWN),
        rule("Gone"),
        rule("Any", outcomes=one("no_answer"), lines=one("Google Ads")),
    ]
    assert choose_wording(rules, [NIGHT, ANY], CARLA_CALLS).why == (
        'Rule 7 ("Any") fired: it is for no answer, Google Ads. '
        'Rule 1 ("Night") did not fire: it is for closed or holiday and the business was open. '
        'Rule 2 ("Any") did not fire: it is for busy and the call was no answer. '
        'Rule 3 ("Any") did not fire: it is for Van and the line was Google Ads. '
        'Rule 4 ("Any") did not fire: it is for es and the language was en. '
        'Rule 5 ("Any") did not fire: it is for known contacts and this was one of the first-time contacts. '
        'Rule 6 ("Gone") did not fire: there is no wording of that name.'
    )


def test_why_says_when_a_rule_is_for_every_call_or_for_some_contacts() -> None:
    assert choose_wording([rule()], [ANY], CARLA_CALLS).why == 'Rule 1 ("Any") fired: it is for every call.'
    first = choose_wording([Rule("Any", contacts=Contacts.FIRST_TIME)], [ANY], CARLA_CALLS)
    assert first.why == 'Rule 1 ("Any") fired: it is for first-time contacts.'


def test_without_a_rule_that_fits_the_trades_own_words_are_used() -> None:
    choice = choose_wording([], [ANY], CARLA_CALLS)
    assert choice.rule_index is None
    assert choice.why == "No rule of yours fits, so the built-in missed wording is used."
    assert "Is it about a new or existing visit?" in choice.wording.body


@pytest.mark.parametrize(
    ("outcome", "day", "words"),
    [
        (Outcome.NO_ANSWER, DayState.OPEN, "missed your call"),
        (Outcome.ABANDONED, DayState.OPEN, "missed your call"),
        (Outcome.BUSY, DayState.OPEN, "another call"),
        (Outcome.BUSY, DayState.CLOSED, "{opens}"),
        (Outcome.CLOSED, DayState.HOLIDAY, "{opens}"),
    ],
)
def test_the_built_in_words_follow_the_hours_and_the_outcome(outcome: Outcome, day: DayState, words: str) -> None:
    situation = Situation(outcome, day, "Van", "en", first_time=True, trade="hvac")
    assert words in choose_wording([], [], situation).wording.body


FILLED = {
    "business": "Harbor Dental",
    "opens": "tomorrow at 8 AM",
    "caller_name": "Carla",
    "line": "Van",
    "until": "3 PM",
}

RENDERED = [
    ("Hi {caller_name}, this is {business}.", "Hi Carla, this is Harbor Dental."),
    ("{business} opens {opens}, {line}, until {until}", "Harbor Dental opens tomorrow at 8 AM, Van, until 3 PM"),
    ("{business} {{not a field}}", "Harbor Dental {not a field}"),
    ("{business}", "Harbor Dental"),
    ("", ""),
]


@pytest.mark.parametrize(("body", "text"), RENDERED)
def test_merge_fields_are_filled(body: str, text: str) -> None:
    assert render_wording(body, FILLED) == text


NAMELESS = [
    ("Hi {caller_name}, this is {business}.", "Hi, this is Harbor Dental."),
    ("Hi {caller_name}! We missed you.", "Hi! We missed you."),
    ("We missed you, {caller_name}. Call us.", "We missed you. Call us."),
    ("Thanks, {caller_name}, for calling.", "Thanks, for calling."),
    ("{caller_name}, this is {business}.", "This is Harbor Dental."),
    ("{caller_name} you called {business}.", "You called Harbor Dental."),
    ("We are {business}. {caller_name}, what is up?", "We are Harbor Dental. What is up?"),
    ("Hi.\n{caller_name}, what is up?", "Hi.\nWhat is up?"),
    ("{caller_name}", ""),
    ("{business} {caller_name}", "Harbor Dental"),
    ("{caller_name}{business} here", "Harbor Dental here"),
    ("{caller_name}, {caller_name}, hello", "Hello"),
    ("Well, {caller_name} you called {business}", "Well, you called Harbor Dental"),
]


@pytest.mark.parametrize(("body", "text"), NAMELESS)
@pytest.mark.parametrize("fields", [{"business": "Harbor Dental"}, {"business": "Harbor Dental", "caller_name": " "}])
def test_a_sentence_reads_well_without_the_callers_name(body: str, text: str, fields: dict[str, str]) -> None:
    assert render_wording(body, fields) == text


def test_a_name_that_ends_in_a_full_stop_brings_no_second_one() -> None:
    assert render_wording("This is {business}. Hi", {"business": "Harbor Co."}) == "This is Harbor Co. Hi"
    assert render_wording("{business}... Hi", {"business": "Harbor Co."}) == "Harbor Co.... Hi"


@pytest.mark.parametrize(
    "body",
    [
        *("{nope}", "{}", "{0}", "{business.name}", "{business[0]}", "{business!r}", "{business:>9}"),
        "{business:{opens}}",
        *("{", "}", "{business", " { business } ", "{BUSINESS}"),
    ],
)
def test_anything_but_a_plain_merge_field_is_refused(body: str) -> None:
    with pytest.raises(UnknownMergeField):
        render_wording(body, FILLED)


def test_the_refusal_says_what_was_written_and_which_fields_there_are() -> None:
    with pytest.raises(UnknownMergeField, match=r"\{opens!r:>9\} is not a merge field.*\{business\}, \{caller_name\}"):
        render_wording("{opens!r:>9}", FILLED)


@pytest.mark.parametrize("fields", [{}, {"business": ""}, {"business": " \u200b"}])
def test_a_text_that_cannot_say_who_it_is_from_is_refused(fields: dict[str, str]) -> None:
    with pytest.raises(MissingMergeValue):
        render_wording("This is {business}.", fields)


def test_a_merge_value_is_never_read_as_a_field() -> None:
    assert render_wording("{business} {line}", {"business": "{opens}", "line": "{x!r}"}) == "{opens} {x!r}"


def test_merge_values_stay_on_one_line_without_invisible_characters() -> None:
    assert render_wording("{business}!", {"business": "Harbor\n\tDen\u200btal\u202e\x00"}) == "Harbor Dental!"


NAMES = [
    ("Carla Ruiz", "Carla Ruiz"),
    ("CARLA RUIZ", "Carla Ruiz"),
    ("RUIZ, CARLA", "Carla Ruiz"),
    ("  Carla \n Ruiz ", "Carla Ruiz"),
    ("Ca\u200brla\u202e", "Carla"),
    ("José", "José"),
    ("Ángel Muñoz", "Angel Muñoz"),
    ("O\u2019Brien", "O'Brien"),
    ("Bartholomew Featherstonehaugh", "Bartholomew"),
    ("Wolfeschlegelsteinhausen", "Wolfeschlegelsteinha"),
    ("Maximiliano Ferreira", "Maximiliano Ferreira"),
    ("AL", "Al"),
    ("WIRELESS CALLER", ""),
    ("Unknown", ""),
    ("TOLL FREE CALL", ""),
    ("SPAM RISK", ""),
    ("PORTLAND OR", ""),
    ("Mo Or", "Mo Or"),
    ("V1234567890", ""),
    ("Win $500", ""),
    ("visit evil.com", ""),
    ("http://evil", ""),
    ("{business}", ""),
    ("<b>Rex</b>", ""),
    ("漢字", ""),
    ("😀", ""),
    ("", ""),
]


@pytest.mark.parametrize(("raw", "name"), NAMES)
def test_a_callers_name_is_made_fit_to_be_said_or_left_out(raw: str, name: str) -> None:
    assert clean_caller_name(raw) == name
    assert render_wording("Hi {caller_name}.", {"caller_name": raw}) == (f"Hi {name}." if name else "Hi.")


@given(st.text(max_size=60) | st.from_regex(r"[A-Za-zÁáñ' .,-]{1,40}", fullmatch=True))
def test_no_callers_name_can_carry_a_link_or_cost_a_second_segment(raw: str) -> None:
    name = clean_caller_name(raw)
    assert len(name) <= LONGEST_CALLER_NAME
    assert find_link(name) is None
    assert count_segments(name).encoding is Encoding.GSM7
    assert name == name.strip()
    assert not any(character.isdigit() or ord(character) < 32 for character in name)


@given(st.sets(st.sampled_from(sorted(MERGE_FIELDS - {"business"}))))
def test_whatever_is_unknown_no_double_space_or_stray_comma_is_left(known: set[str]) -> None:
    body = "Hi {caller_name}, this is {business}. On {line} we open {opens}, {until}. Bye {caller_name}."
    text = render_wording(body, {field: value for field, value in FILLED.items() if field in {*known, "business"}})
    assert "  " not in text
    assert " ," not in text
    assert ",." not in text
    assert " ." not in text


def test_an_owners_wording_takes_the_place_of_a_built_in_one_of_its_name() -> None:
    own, built_in = Wording("Any", "en", "Hi, it is Harbor."), ANY

    assert choose_wording([rule()], [own, built_in], CARLA_CALLS).wording == own
