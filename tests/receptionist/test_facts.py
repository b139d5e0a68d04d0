"""A business's facts answer the questions callers ask, in their words, and nothing that nobody said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.domain.business import BookingPolicy, Business, Fact, ReceptionistPolicy, Service, Staff, TimeOff
from ringback.domain.hours import Holiday, OpeningHours, parse_hours
from ringback.receptionist.facts import Found, NoAnswer, Unsure, answer_question, build_index
from ringback.receptionist.facts_match import build_matcher, confidence, rank

# A Wednesday, 10:00 in Chicago.
WEDNESDAY = datetime(2026, 11, 18, 16, 0, tzinfo=UTC)
WEEK = parse_hours(
    {
        **{day: ["08:00-12:00", "13:00-17:00"] for day in ("mon", "tue", "wed", "thu")},
        "fri": ["08:00-12:00"],
        "holidays": [{"on": "2026-11-27", "name": "Day after Thanksgiving"}],
    }
)
FACTS = (
    Fact("Where can I park?", "Behind the building, free.", ("Is there parking?",), "Detrás del edificio, gratis."),
    Fact("How can I pay?", "Card, cash or Zelle.", ("Do you take credit cards?", "Can I pay in installments?")),
    Fact("Which insurance do you take?", "Delta and Cigna.", ("Are you in network?", "Do you accept my insurance?")),
    Fact("Do you see children?", "Yes, from three years on.", ("Do you treat kids?",)),
    Fact("What if I have to cancel?", "Tell us a day before.", ("What is your cancellation policy?",)),
    Fact("What should I bring?", "Your insurance card."),
    Fact("Are you licensed?", "Yes, in Illinois."),
    Fact("Do you give a guarantee?", "Five years on crowns.", ("Is there a warranty?",)),
)
HARBOR = Business(
    UUID(int=1),
    "harbor-dental",
    "Harbor Dental",
    "dental",
    "America/Chicago",
    "US",
    "en",
    WEEK,
    staff=(
        Staff(UUID(int=2), "Olga"),
        Staff(UUID(int=3), "Sam", weekly={0: (("08:00", "12:00"),)}),
    ),
    services=(
        Service("Cleaning", 45, 12900, price_note="X-rays are extra.", also=("hygienist", "limpieza")),
        Service("Filling", 60, 19000, price_from=True, also=("cavity",)),
        Service("First consultation", 20, 0, also=("consultation",)),
        Service("Crown", 90, None, quote=True),
        Service("Implant", 120, None),
    ),
    facts=FACTS,
    address="12 Wharf Street, Chicago",
    receptionist=ReceptionistPolicy(area=("606", "Evanston")),
)


def ask(question: str, business: Business = HARBOR, language: str = "en") -> Found | Unsure | NoAnswer:
    """Return what the business says on that Wednesday."""
    return answer_question(question, business, language, WEDNESDAY)


def found(question: str, business: Business = HARBOR, language: str = "en") -> Found:
    """Return the answer, which there must be."""
    answer = ask(question, business, language)
    assert isinstance(answer, Found), (question, answer)
    return answer


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("is there somewhere to park", "Where can I park?"),
        ("PARKING???", "Where can I park?"),
        ("Hi!\nwhere do i leave my car, is there a parking lot", "Where can I park?"),
        ("can i pay with card", "How can I pay?"),
        ("do you accept insurance", "Which insurance do you take?"),
        ("do you treat children", "Do you see children?"),
        ("whats ur cancellation policy", "What if I have to cancel?"),
        ("are you guys licensed", "Are you licensed?"),
        ("do you have a warranty", "Do you give a guarantee?"),
        ("do you take Cigna?", "Which insurance do you take?"),
    ],
)
def test_a_question_in_other_words_finds_the_fact(question: str, fact: str) -> None:
    assert found(question).fact == fact


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("¿hay estacionamiento?", "Where can I park?"),
        ("aceptan tarjeta?", "How can I pay?"),
        ("aceptan mi seguro?", "Which insurance do you take?"),
        ("tienen garantía?", "Do you give a guarantee?"),
        ("atienden a niños?", "Do you see children?"),
    ],
)
def test_a_spanish_question_finds_an_english_fact(question: str, fact: str) -> None:
    assert found(question, language="es").fact == fact


def test_an_answer_is_spanish_where_the_owner_wrote_one_and_else_the_owners_own_words() -> None:
    assert found("hay estacionamiento?", language="es").answer == "Detrás del edificio, gratis."
    assert found("aceptan mi seguro?", language="es").answer == "Delta and Cigna."


@pytest.mark.parametrize(
    "question",
    [
        "who won the game last night",
        "can you recommend a good restaurant",
        "what is the capital of France",
        "do you sell concert tickets",
        "how tall is the tower",
        "do you have wifi",
        "can my brother borrow your ladder",
        "can I bring my dog",
        "",
        "???",
        "🙂",
    ],
)
def test_what_nobody_answered_is_not_answered(question: str) -> None:
    assert ask(question) == NoAnswer()


def test_a_fact_is_found_by_its_own_words_however_many_there_are() -> None:
    assert [found(fact.question).fact for fact in FACTS] == [fact.question for fact in FACTS]
    assert {found(wording).fact for fact in FACTS for wording in fact.also} == {f.question for f in FACTS if f.also}


def test_two_that_may_be_meant_are_both_named() -> None:
    services = (Service("AC tune-up", 60, 9900), Service("Furnace tune-up", 60, 8900))
    answer = ask("how much is a tune-up", replace(HARBOR, services=services))
    assert isinstance(answer, Unsure)
    assert {each.fact for each in answer.candidates} == {"service: AC tune-up", "service: Furnace tune-up"}


def test_two_facts_that_only_each_other_make_unsure_are_offered() -> None:
    facts = (
        Fact("Can I bring my dog into the shop?", "Yes."),
        Fact("Can I bring my dog into the car?", "No."),
    )
    answer = ask("can i bring my dog", replace(HARBOR, facts=facts))
    assert isinstance(answer, Unsure)
    assert {each.fact for each in answer.candidates} == {fact.question for fact in facts}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how much is a cleaning?", "Cleaning is $129. X-rays are extra."),
        ("whats the price for a filling", "Filling is from $190."),
        ("what do you charge for a consultation", "First consultation is free."),
        ("how much is a crown", "For Crown we give you a price for your job first."),
        ("cost of an implant", "The price of Implant is something the team must tell you."),
        ("how long does a cleaning take", "Cleaning takes about 45 minutes."),
        ("how long is a crown", "Crown takes about 1 hour and 30 minutes."),
        ("do you do fillings", "Yes, we do that. Filling is from $190. Filling takes about 1 hour."),
        ("prices?", "Cleaning $129, Filling from $190, First consultation free."),
    ],
)
def test_prices_and_lengths_come_from_the_service(question: str, answer: str) -> None:
    assert found(question).answer == answer


def test_a_spanish_question_of_price_is_answered_in_spanish() -> None:
    said = found("¿cuánto cuesta una limpieza?", language="es")
    assert (said.fact, said.answer) == ("service: Cleaning", "Cleaning: $129. X-rays are extra.")


@pytest.mark.parametrize(
    "question",
    ["how much is invisalign?", "how much is a cleaning without insurance", "what do you charge for a missed cleaning"],
)
def test_the_price_of_something_else_is_not_told(question: str) -> None:
    answer = ask(question)
    assert not isinstance(answer, Found) or not answer.fact.startswith("service"), answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("are you open today", "Today we're open 8 AM to 12 noon and 1 PM to 5 PM."),
        ("what time do you close tomorrow", "Tomorrow we're open 8 AM to 12 noon and 1 PM to 5 PM."),
        ("are you open saturday?", "On Sat Nov 21 we're closed."),
        ("are you open fridays", "On Fridays we're open 8 AM to 12 noon."),
        ("are you open on nov 27", "On Fri Nov 27 we're closed."),
        ("are you open now", "Yes, we're open now. Today: 8 AM to 12 noon and 1 PM to 5 PM."),
        ("what are your hours", "We're open Mon-Thu 8 AM to 12 noon and 1 PM to 5 PM; Fri 8 AM to 12 noon."),
        ("is Sam in on monday?", "On Mon Nov 23 Sam is in 8 AM to 12 noon."),
        ("does sam work tuesdays", "On Tuesdays Sam is not in."),
        ("when does Sam work", "Sam is in Mon 8 AM to 12 noon."),
    ],
)
def test_hours_come_from_the_opening_hours(question: str, answer: str) -> None:
    assert found(question).answer == answer


def test_hours_are_said_in_spanish() -> None:
    assert found("abren los viernes?", language="es").answer == "Los viernes: abrimos 8 am a 12 pm."
    assert found("abren los sábados?", language="es").answer == "Los sábados: está cerrado."


def test_a_closed_business_says_when_it_opens() -> None:
    at_night = datetime(2026, 11, 19, 4, 0, tzinfo=UTC)
    answer = answer_question("are you open right now?", HARBOR, "en", at_night)
    assert isinstance(answer, Found)
    assert answer.answer == "We're closed now; we open tomorrow at 8 AM."


def test_public_holidays_and_time_off_are_kept() -> None:
    business = replace(HARBOR, booking=BookingPolicy(holidays="US"))
    assert found("are you open on thanksgiving", business).answer == "On Thu Nov 26 we're closed."
    away = replace(HARBOR.staff[0], time_off=(TimeOff(date(2026, 11, 23), date(2026, 11, 24)),))
    business = replace(HARBOR, staff=(away,))
    assert found("is Olga in on monday", business).answer == "On Mon Nov 23 Olga is not in."


def test_round_the_clock_and_past_midnight_are_said_so() -> None:
    nights = OpeningHours({4: (("18:00", "02:00"),), 5: (("00:00", "24:00"),), 6: (("10:00", "24:00"),)})
    said = found("hours?", replace(HARBOR, hours=nights)).answer
    assert said == "We're open Fri 6 PM to 2 AM; Sat all day; Sun 10 AM to midnight."


def test_a_business_without_hours_leaves_them_to_the_team() -> None:
    hours = OpeningHours({}, (Holiday(date(2026, 12, 25), "Christmas"),))
    assert "the team" in found("what are your hours", replace(HARBOR, hours=hours)).answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("where are you located?", "We're at 12 Wharf Street, Chicago."),
        ("do you come to 60614?", "Yes, we come to that area."),
        ("do you come to evanston", "Yes, we come to that area."),
        ("do you serve 75001", "Sorry, we don't come to that area. We serve Evanston."),
        ("what areas do you serve", "The area we serve: Evanston."),
    ],
)
def test_places_come_from_the_address_and_the_area(question: str, answer: str) -> None:
    assert found(question).answer == answer


def test_what_is_not_set_up_is_not_made_up() -> None:
    bare = replace(HARBOR, address=None, receptionist=ReceptionistPolicy(), services=(), facts=())
    for question in (
        "where are you?",
        "do you come to 60614?",
        "how much is a cleaning",
        "prices?",
        "is there parking",
    ):
        assert ask(question, bare) == NoAnswer()


def test_a_question_about_a_free_time_is_not_one_about_hours() -> None:
    assert ask("do you have any openings friday?") == NoAnswer()
    assert ask("when is your next available appointment") == NoAnswer()


def test_the_pick_after_did_you_mean_is_answered() -> None:
    assert found("Filling").fact == "service: Filling"
    assert found("hours").fact == "hours"
    assert found("address").answer == "We're at 12 Wharf Street, Chicago."


def test_a_changed_fact_is_answered_anew() -> None:
    assert found("is there parking?").answer == "Behind the building, free."
    moved = (Fact("Where can I park?", "On the street."), *FACTS[1:])
    assert found("where can i park", replace(HARBOR, facts=moved)).answer == "On the street."
    assert build_index(HARBOR) is build_index(replace(HARBOR, name="Harbor"))


def test_the_bar_is_higher_for_a_business_with_few_answers() -> None:
    assert confidence(0.4, 0.1, 34) < confidence(0.4, 0.1, 77)
    assert confidence(0.4, 0.3, 40) < confidence(0.4, 0.1, 40)
    assert confidence(0.4, 0.1, 40, odd_angles=1) < confidence(0.4, 0.1, 40)


def test_a_question_why_is_not_answered_by_how_to() -> None:
    matcher = build_matcher([("reset", ("How do I reset the alarm?",)), ("bill", ("Can I get a receipt?",))])
    how, why = rank(matcher, "how to reset the alarm")[0], rank(matcher, "why does the alarm not reset")[0]
    assert how.label == why.label == "reset"
    assert why.confidence < how.confidence


def test_more_wordings_than_can_be_weighed_are_left_out_evenly() -> None:
    matcher = build_matcher([(f"label {n}", tuple(f"wording {k} of {n}" for k in range(30))) for n in range(100)])
    assert matcher.examples == 600
    assert len(matcher.labels) == 100


ASKED = (
    "how much when where do you is there park parking pay card insurance kids cancel open Friday address cost".split()
)


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=200) | st.lists(st.sampled_from(ASKED), max_size=6).map(" ".join))
def test_any_text_is_answered_with_a_fact_that_exists_or_not_at_all(text: str) -> None:
    answer = ask(text)
    named = answer.candidates if isinstance(answer, Unsure) else [answer] if isinstance(answer, Found) else []
    topics = {"hours", "address", "area", "prices"}
    for each in named:
        assert each.fact in topics | {f.question for f in FACTS} or each.fact.startswith(("service: ", "staff: "))
