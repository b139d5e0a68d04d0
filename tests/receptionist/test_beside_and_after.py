"""What callers say beside, instead of and after what was asked: every part of it is heard."""

import pytest

from ringback.domain.bookings import BookingState
from ringback.domain.business import Detail, DetailKind, ReceptionistPolicy, Service, Staff
from ringback.receptionist.dialog import (
    AlertOnCall,
    Caller,
    HandOver,
    HandOverKind,
    MarkContact,
    RecordGap,
    SetLanguage,
)
from ringback.receptionist.understanding.names import read_name
from ringback.receptionist.understanding.places import is_in_area, read_address
from tests.receptionist.front_desk import CARLA_ID, OLGA, SAM, FrontDesk, harbor, plumber


def _known(**changes: object) -> FrontDesk:
    return FrontDesk(harbor(**changes), caller=Caller(CARLA_ID, "+16175550142", "Carla"))


def _read_back() -> FrontDesk:
    desk = _known()
    desk.hears("check-up friday at 3pm")
    return desk


# --- names that are names of others, or days


@pytest.mark.parametrize("name", ["Carla Ruiz", "Carla", "its carla", "Carla R."])
def test_a_caller_who_shares_a_name_with_one_of_ours_is_asked_for_it_once(name: str) -> None:
    desk = FrontDesk(harbor(staff=(Staff(OLGA, "Olga"), Staff(SAM, "Carla Stelling, MD"))))
    desk.hears("check-up tomorrow at 3pm")
    answer = desk.hears(name)
    assert "for Carla" in answer
    assert "with Olga" in answer


@pytest.mark.parametrize(
    "name", ["April", "Mr. Friday", "Will", "May Lee", "Joe Friday", "Sam Reed", "Mia White", "Ann Browning"]
)
def test_a_name_that_is_a_month_a_day_a_service_or_one_of_ours_is_a_name_where_one_was_asked_for(name: str) -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    answer = desk.hears(name)
    assert "Thu Nov 19, 3 PM with Olga" in answer
    assert f"for {name}" in answer


@pytest.mark.parametrize("text", ["actually Friday", "Friday works", "May 5", "Carla Friday morning"])
def test_a_day_alone_is_no_name(text: str) -> None:
    assert read_name(text, asked=True) is None


def test_a_day_said_over_and_over_where_a_name_was_asked_for_is_not_asked_about_for_ever() -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    answers = [desk.hears("tuesday weld") for _ in range(3)]
    assert "Shall I book it" in answers[-1]


def test_a_name_put_right_after_the_read_back_asks_for_none_of_ours() -> None:
    desk = _read_back()
    assert "with Olga, for Sam Reed" in desk.hears("Sam Reed")
    assert "with Sam" in desk.hears("with Sam please")


# --- another time before anything is booked


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("can we move it to 4?", "Fri Nov 20, 4 PM"),
        ("let's reschedule that to Thursday", "Thu Nov 19, 3 PM"),
        ("yes but can we push it to 4?", "Fri Nov 20, 4 PM"),
        ("y a las 4?", "vie 20 nov, 4 pm"),
    ],
)
def test_a_move_at_the_read_back_looks_for_the_new_time(text: str, day: str) -> None:
    desk = _read_back()
    assert day in desk.hears(text)
    assert not desk.booked


@pytest.mark.parametrize(
    "text",
    ["yes can we move it?", "ok can we reschedule", "can we do a different day", "quiero cambiarla", "push it back"],
)
def test_a_move_without_a_time_is_asked_about_and_never_taken_for_a_yes(text: str) -> None:
    desk = _read_back()
    desk.hears(text)
    assert not desk.bookings
    assert not desk.done(RecordGap)
    assert "10 AM" in desk.hears("10am")


@pytest.mark.parametrize("text", ["can we move it to 4?", "actually make it 4", "lets reschedule to 4pm"])
def test_a_move_where_the_name_was_asked_for_is_served(text: str) -> None:
    desk = FrontDesk()
    desk.hears("check-up friday at 3pm")
    desk.hears(text)
    assert not desk.done(RecordGap)
    assert "Fri Nov 20, 4 PM" in desk.hears("Carla Ruiz")


def test_a_move_where_free_words_were_asked_for_is_not_kept_as_those_words() -> None:
    desk = FrontDesk(plumber(), caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    for text in ("drain clogged friday at 3pm", "12 Oak St, Cambridge 02139", "yes"):
        desk.hears(text)
    desk.hears("actually make it 4")
    assert "Fri Nov 20, 4 PM" in desk.hears("sink is slow")
    assert desk.dialog.details["problem"] == "sink is slow"


def test_a_bit_later_at_the_read_back_is_later_than_what_was_read_back() -> None:
    desk = _read_back()
    before = desk.dialog.chosen
    desk.hears("can we do it a bit later?")
    assert before is not None
    assert desk.dialog.offered
    assert all(opening.starts_at > before.starts_at for opening in desk.dialog.offered)


def test_another_service_where_the_name_was_asked_for_is_what_is_booked() -> None:
    desk = FrontDesk()
    desk.hears("check-up friday at 3pm")
    desk.hears("no the whitening")
    assert "Whitening, Fri Nov 20, 3 PM" in desk.hears("Carla Ruiz")


def test_a_better_time_where_free_words_were_asked_for_is_the_time() -> None:
    desk = FrontDesk(plumber(), caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    for text in ("drain clogged thursday at 3pm", "12 Oak St, Cambridge 02139", "yes", "friday 10am works better"):
        desk.hears(text)
    assert "Fri Nov 20, 10 AM" in desk.hears("sink is slow")


def test_whether_one_of_ours_is_in_on_a_day_is_no_wish_to_talk_to_them() -> None:
    desk = FrontDesk()
    desk.hears("is Sam in on friday?")
    assert not desk.dialog.handed_over


# --- a question beside the matter


@pytest.mark.parametrize(
    "text",
    [
        "do you take Delta? and can I come Thursday afternoon for a cleaning",
        "can I get a cleaning Thursday afternoon? and do you take Delta?",
        "need a cleaning thursday afternoon, do you take Aetna?",
        "do you take delta and can i come thursday afternoon for a cleaning",
    ],
)
def test_a_question_and_a_wish_in_one_text_are_both_served_the_answer_first(text: str) -> None:
    answer = _known().hears(text)
    assert answer.startswith("We take Delta and Aetna. We have Thu Nov 19")


def test_the_service_of_a_price_that_was_asked_for_is_that_of_the_wish_beside_it() -> None:
    answer = _known().hears("how much is whitening? can I come friday?")
    assert answer.startswith("Whitening is from $300. We have Fri Nov 20")


def test_an_answer_with_a_question_behind_it_counts() -> None:
    desk = _known()
    desk.hears("check-up please")
    second = desk.dialog.offered[1]
    assert "free parking" in desk.hears("the second one. do you have parking?")
    assert desk.dialog.chosen == second


def test_an_address_with_a_question_behind_it_is_taken_and_the_question_answered() -> None:
    desk = FrontDesk(plumber())
    desk.hears("my drain is clogged")
    assert "free parking" in desk.hears("12 Oak St, Cambridge 02139. do you have parking?")
    assert desk.dialog.address == "12 Oak St, Cambridge 02139"


def test_a_question_that_nobody_here_can_answer_is_passed_on_and_the_wish_served() -> None:
    desk = _known()
    assert "We have Thu Nov 19" in desk.hears("is there a playground? I need a check-up thursday")
    assert desk.done(RecordGap)


# --- small talk, refusal, anger, advertisements and pictures


def _kinds(desk: FrontDesk) -> list[HandOverKind]:
    return [each.kind for each in desk.done(HandOver) if isinstance(each, HandOver)]


@pytest.mark.parametrize("text", ["how are you?", "Hi, how's it going", "hola, ¿qué tal?", "¿Cómo está usted?"])
def test_small_talk_is_answered_in_kind_and_is_no_gap(text: str) -> None:
    desk = FrontDesk()
    assert "Harbor Dental" in desk.hears(text)
    assert desk.actions == desk.done(SetLanguage)


@pytest.mark.parametrize("text", ["how are you today?", "how are you doing", "que tal?"])
def test_small_talk_in_the_middle_leads_back_to_what_was_asked(text: str) -> None:
    desk = _read_back()
    assert "Shall I book" in desk.hears(text)
    assert not desk.actions
    desk.hears("yes")
    assert len(desk.booked) == 1


@pytest.mark.parametrize(
    "text", ["see you tomorrow!", "great, see you then", "ok see you friday at 3", "nos vemos mañana"]
)
def test_who_says_see_you_is_told_the_day_we_have_and_asked_nothing(text: str) -> None:
    desk = _read_back()
    desk.hears("yes")
    answer = desk.hears(text)
    assert "Fri Nov 20, 3 PM" in answer or "vie 20 nov" in answer
    assert "?" not in answer
    assert len(desk.booked) == 1


@pytest.mark.parametrize("text", ["can you change it to my wife's name, Ana", "ponga la cita a nombre de Ana"])
def test_another_name_for_a_booking_goes_to_people_and_moves_nothing(text: str) -> None:
    desk = _read_back()
    desk.hears("yes")
    assert "?" not in desk.hears(text)
    assert _kinds(desk) == [HandOverKind.UNSURE]
    assert len(desk.booked) == 1


@pytest.mark.parametrize("text", ["can I see you tomorrow at 3?", "need to see ya friday"])
def test_a_wish_to_be_seen_is_no_goodbye(text: str) -> None:
    desk = _read_back()
    desk.hears("yes")
    assert "see you" not in desk.hears(text).casefold()


@pytest.mark.parametrize("text", ["not interested", "I'm not interested anymore", "ya no me interesa"])
def test_whoever_is_not_interested_is_offered_nothing_more(text: str) -> None:
    for desk in (_read_back(), _known()):
        desk.hears("check-up please")
        answer = desk.hears(text)
        assert "?" not in answer
        assert "let that go" in answer or "lo dejamos" in answer
        assert not desk.bookings


@pytest.mark.parametrize("text", ["you idiots never pick up", "vete a la mierda"])
@pytest.mark.parametrize("begun", [False, True])
def test_abuse_is_answered_once_in_kind_words_and_brings_a_person(text: str, begun: bool) -> None:
    desk = _read_back() if begun else _known()
    assert "person" in desk.hears(text)
    assert _kinds(desk) == [HandOverKind.ANGER]
    assert not desk.bookings
    assert desk.hears(text) == ""


def test_an_advertisement_is_not_answered_and_nobody_is_marked_for_it() -> None:
    desk = FrontDesk()
    assert desk.hears("Congratulations! You won a $1000 gift card. Click http://bit.ly/x to claim") == ""
    assert _kinds(desk) == [HandOverKind.UNSURE]
    assert not desk.done(MarkContact)


def test_who_runs_late_for_a_booking_is_thanked_and_people_are_told() -> None:
    desk = _read_back()
    desk.hears("yes")
    assert "let the team know" in desk.hears("stuck in traffic, 10 minutes late")
    assert _kinds(desk) == [HandOverKind.ASKED]
    assert len(desk.booked) == 1


@pytest.mark.parametrize("words", ["", "this is the leak"])
def test_a_picture_goes_to_people_and_the_words_beside_it_are_heard(words: str) -> None:
    desk = _known()
    assert "passed it to the team" in desk.hears(words, pictures=1)
    assert _kinds(desk) == [HandOverKind.PICTURE]
    assert "Shall I book it" in desk.hears("check-up friday at 3pm", pictures=1)


def test_nobody_is_told_that_words_were_noted_where_no_person_is_told_of_them() -> None:
    desk = FrontDesk()
    answer = desk.hears("my dog ate my homework")
    assert not desk.actions
    assert "team" not in answer
    assert answer.endswith("Would you like to book a visit, or should someone call you?")


# --- who writes


@pytest.mark.parametrize(
    ("says_automated", "phone", "is_said"),
    [(True, "+16175550142", True), (False, "+16175550142", False), (False, "+12075550142", True)],
)
def test_that_a_machine_writes_is_said_first_and_once_where_the_owner_or_the_law_wants_it(
    says_automated: bool, phone: str, is_said: bool
) -> None:
    policy = ReceptionistPolicy(says_automated=says_automated)
    desk = FrontDesk(harbor(receptionist=policy), caller=Caller(CARLA_ID, phone))
    first, second = desk.hears("do you have parking?"), desk.hears("do you take Delta?")
    assert first.startswith("I'm the automated assistant of Harbor Dental.") is is_said
    assert "automated" not in second


# --- yes, and what only looks like it


@pytest.mark.parametrize(
    "text",
    [
        "y el precio?",
        "¿y cuándo?",
        "y si no puedo?",
        "ok y si no llego",
        "si puedo pagar con tarjeta?",
        "ok how much",
        "yes or no?",
    ],
)
def test_an_and_an_if_and_a_question_book_nothing(text: str) -> None:
    desk = _read_back()
    desk.hears(text)
    assert not desk.booked


@pytest.mark.parametrize(
    "text", ["y", "y?", "y please", "sí", "si", "yes, do you have parking?", "si claro, donde es?", "do it"]
)
def test_a_yes_that_comes_first_books(text: str) -> None:
    desk = _read_back()
    desk.hears(text)
    assert [each.state for each in desk.bookings.values()] == [BookingState.BOOKED]


def test_what_was_asked_is_asked_again_in_the_language_the_caller_changes_to() -> None:
    desk = _read_back()
    assert "¿Reservo Check-up" in desk.hears("y el precio?")


def test_a_choice_named_where_the_name_was_asked_for_is_nobody_s_name() -> None:
    which = Detail("which", "House or apartment?", kind=DetailKind.CHOICE, choices=("house", "apartment"))
    desk = FrontDesk(harbor(services=(Service("Drain", 60, 15000, details=(which,)),)))
    desk.hears("drain friday at 9am")
    desk.hears("house")
    assert desk.dialog.details == {"which": "house"}
    assert "for Carla" in desk.hears("Carla")


@pytest.mark.parametrize(
    "text",
    [
        "ok nvm",
        "ok leave it",
        "yeah no",
        "yes i mean no",
        "ok maybe",
        "ok too late",
        "ok i cant",
        "si, mejor no",
        "ok ya no",
    ],
)
def test_a_yes_that_is_taken_back_books_nothing_and_a_second_one_is_a_no(text: str) -> None:
    desk = _read_back()
    desk.hears(text)
    assert not desk.booked
    desk.hears(text)
    assert not desk.bookings


@pytest.mark.parametrize(
    "text", ["yes, no problem", "yes i dont have any questions", "yes don't worry", "ok thank you"]
)
def test_a_yes_with_a_harmless_no_in_it_books(text: str) -> None:
    desk = _read_back()
    desk.hears(text)
    assert desk.booked


@pytest.mark.parametrize("text", ["ok dont", "yes no keep it", "leave it", "wait", "ok but can i move it instead"])
def test_a_cancellation_needs_a_plain_yes(text: str) -> None:
    desk = _read_back()
    for each in ("yes", "cancel my appointment", text):
        desk.hears(each)
    assert desk.booked


@pytest.mark.parametrize("text", ["ok but thats a lot", "ok wait"])
def test_a_fee_needs_a_plain_yes(text: str) -> None:
    desk = FrontDesk()
    desk.hears("my tooth got knocked out")
    desk.hears(text)
    assert not any(each.fee_agreed for each in desk.done(AlertOnCall) if isinstance(each, AlertOnCall))


def test_the_same_question_is_not_put_for_ever_whatever_is_written() -> None:
    desk = FrontDesk(plumber())
    desk.hears("my drain is clogged")
    answers = [desk.hears("hello?") for _ in range(4)]
    assert "passing this to the team" in answers[-1]
    assert "address" not in answers[-1]


def test_questions_that_are_answered_are_no_standstill() -> None:
    desk = _known()
    desk.hears("check-up please")
    answers = [desk.hears("do you have parking?") for _ in range(6)]
    assert "Which one" in answers[-1]


# --- an emergency after a hand-over


@pytest.mark.parametrize("first", ["human please", "this is useless, idiots"])
def test_after_a_hand_over_the_emergency_s_own_questions_are_heard(first: str) -> None:
    desk = FrontDesk()
    desk.hears(first)
    desk.hears("my tooth got knocked out")
    assert desk.hears("yes")
    assert [each.fee_agreed for each in desk.done(AlertOnCall) if isinstance(each, AlertOnCall)] == [None, True]


def test_after_a_hand_over_the_address_of_an_emergency_reaches_the_on_call_people() -> None:
    desk = FrontDesk(plumber())
    desk.hears("human please")
    desk.hears("pipe burst water everywhere")
    desk.hears("12 Oak St Cambridge 02139")
    told = [each.address for each in desk.done(AlertOnCall) if isinstance(each, AlertOnCall)]
    assert told[-1] == "12 Oak St Cambridge 02139"
    assert desk.hears("do you have parking?") == ""


def test_a_fee_that_was_declined_and_is_agreed_to_after_all_reaches_the_on_call_people() -> None:
    desk = FrontDesk()
    desk.hears("my tooth got knocked out")
    desk.hears("no")
    before = len(desk.done(AlertOnCall))
    assert desk.hears("ok fine send someone")
    assert len(desk.done(AlertOnCall)) == before + 1


def test_call_me_in_an_emergency_is_no_promise_for_opening_hours() -> None:
    desk = FrontDesk()
    desk.hears("my tooth got knocked out")
    assert "on-call" in desk.hears("call me asap")


def test_the_question_of_an_emergency_is_not_put_for_ever() -> None:
    desk = FrontDesk()
    desk.hears("my tooth got knocked out")
    answers = [desk.hears("i dont know what to say") for _ in range(4)]
    assert "Shall we send" not in answers[-1]


# --- addresses without commas


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("12 elm street denver 80202", "12 elm street denver 80202"),
        ("12 Elm St Apt 4 Denver CO 80202", "12 Elm St Apt 4 Denver CO 80202"),
        ("its 12 elm st in wheat ridge co 80033 thanks", "12 elm st in wheat ridge co 80033"),
        ("12 elm st apt 4 denver", "12 elm st apt 4 denver"),
        ("12 elm street denver 80202 call me", "12 elm street denver 80202"),
        ("12 elm st please come soon", "12 elm st"),
        ("12 elm st the gate is open", "12 elm st"),
        ("12 elm st tomorrow", "12 elm st"),
    ],
)
def test_town_and_postcode_without_commas_stay_in_the_address(text: str, address: str) -> None:
    assert read_address(text, asked=True, country="US") == address


def test_a_postcode_without_a_comma_decides_on_the_area() -> None:
    address = read_address("12 elm street denver 80202", asked=True, country="US")
    assert address is not None
    assert is_in_area(address, ("802",))
    assert is_in_area(address, ("606",)) is False


# --- the price of what is being booked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("how much is it?", "Whitening is from $300"),
        ("ok. how much is it?", "$300"),
        ("cuanto cuesta?", "Whitening: desde $300"),
        ("y el precio?", "desde $300"),
    ],
)
def test_how_much_is_it_tells_the_price_of_what_is_being_booked_alone(text: str, said: str) -> None:
    desk = _known()
    desk.hears("whitening please")
    answer = desk.hears(text)
    assert said in answer
    assert "$145" not in answer


def test_a_fact_worded_like_how_much_is_it_does_not_hide_the_price_of_the_service() -> None:
    service = Service("Drain", 60, 15000)
    other = Service("Sink", 60, 9000)
    desk = _known(services=(service, other))
    desk.hears("drain please")
    assert "$150" in desk.hears("cuanto cuesta?")


@pytest.mark.parametrize(("answer", "is_out"), [("no", True), ("yes", False), ("2", True), ("3", False), ("²", False)])
def test_an_answer_on_the_owner_s_list_rules_the_job_out(answer: str, is_out: bool) -> None:
    assert Detail("age", "How old?", unfit_answers=("<3", "no")).rules_out(answer) is is_out


def test_an_answer_that_rules_the_job_out_ends_the_talk_without_a_hand_over() -> None:
    desk = FrontDesk(plumber())
    desk.hears("my drain is clogged, 12 Oak St, Cambridge 02139")
    desk.hears("no")
    assert not desk.bookings
    assert not desk.done(HandOver)
