"""What callers do to a receptionist: half answers, second thoughts, traps; each line was once answered badly."""

import pytest

from ringback.domain.business import Detail, DetailKind, ReceptionistPolicy, Service
from ringback.receptionist.dialog import (
    AlertOnCall,
    Caller,
    HandOver,
    HandOverKind,
    NameContact,
    PromiseCall,
    RecordGap,
)
from ringback.receptionist.understanding.naming import find_services
from tests.receptionist.front_desk import CARLA_ID, OLGA, FrontDesk, harbor, plumber


def _with_booking() -> FrontDesk:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up tomorrow at 3pm")
    desk.hears("yes")
    desk.actions.clear()
    return desk


def _named(**changes: object) -> FrontDesk:
    return FrontDesk(harbor(**changes), caller=Caller(CARLA_ID, "+16175550142", "Carla"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the later one", 1),
        ("whichever is sooner", 0),
        ("the earlier one please", 0),
        ("la mas tarde", 1),
        ("the second one", 1),
    ],
)
def test_the_later_and_the_sooner_of_two_offers_are_taken_and_not_looked_for_anew(text: str, place: int) -> None:
    desk = _named()
    desk.hears("check-up please")
    meant = desk.dialog.offered[place]
    desk.hears(text)
    assert desk.dialog.chosen == meant


def test_a_yes_to_two_times_is_numbered_the_second_time_and_never_said_three_times_alike() -> None:
    desk = _named()
    desk.hears("check-up please")
    second = desk.dialog.offered[1]
    answers = [desk.hears("yes"), desk.hears("yes")]
    assert "is it 1 (" in answers[1]
    desk.hears("2")
    assert desk.dialog.chosen == second


def test_a_yes_that_never_says_which_goes_to_a_person() -> None:
    desk = _named()
    desk.hears("check-up please")
    said = [desk.hears("yes") for _ in range(3)]
    assert len(set(said)) == len(said)
    assert desk.done(HandOver)


def test_who_gives_no_name_is_not_asked_for_ever() -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    desk.hears("no")
    assert "Shall I book it" in desk.hears("no")


@pytest.mark.parametrize("name", ["Al", "Dan", "Z Lee", "Bo"])
def test_short_names_and_names_that_are_words_are_taken_when_asked_for(name: str) -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    desk.hears(name)
    assert f"for {name}" in desk.hears(name)


def test_an_hour_said_where_the_name_was_asked_is_no_name() -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    desk.hears("1pm then")
    assert "1 PM" in desk.hears("Tim Brown")
    assert desk.done(NameContact) == [NameContact("Tim Brown")]


def test_the_right_name_after_the_read_back_is_read_back_anew() -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    desk.hears("Carla")
    assert "for Karla Reyes" in desk.hears("Karla Reyes")
    assert not desk.booked


def test_a_name_put_right_after_a_no_leads_back_to_the_same_time() -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    desk.hears("Carla")
    desk.hears("no")
    assert "Thu Nov 19, 3 PM" in desk.hears("the name is Karla with a K")


@pytest.mark.parametrize(
    "text",
    ["yes... wait", "sure if its free", "ok but is parking free", "what do i do", "let me ask my husband", "not yet"],
)
def test_a_yes_on_a_condition_and_a_question_book_nothing(text: str) -> None:
    desk = _named()
    desk.hears("check-up tomorrow at 3pm")
    desk.hears(text)
    assert not desk.booked


@pytest.mark.parametrize("text", ["what do i do", "how much are the parts", "ok but is that with parts"])
def test_a_question_about_the_emergency_fee_agrees_to_nothing(text: str) -> None:
    desk = FrontDesk()
    desk.hears("I knocked my tooth out!!")
    desk.hears(text)
    assert all(not alert.fee_agreed for alert in desk.done(AlertOnCall) if isinstance(alert, AlertOnCall))


def test_the_owner_s_own_word_for_it_does_not_hide_that_a_life_is_at_stake() -> None:
    policy = ReceptionistPolicy(emergency_words=("carbon monoxide",), emergency_instruction="Open a window.")
    desk = FrontDesk(plumber(receptionist=policy))
    answer = desk.hears("my carbon monoxide alarm is going off")
    assert "911" in answer
    assert "$" not in answer


def test_what_shall_i_do_in_an_emergency_gets_the_instruction_again() -> None:
    desk = FrontDesk(plumber())
    instruction = desk.hears("I smell gas")
    desk.hears("12 Oak St, Cambridge 02139")
    answer = desk.hears("what do i do")
    assert answer.split(".", maxsplit=1)[0] in instruction
    assert not desk.done(RecordGap)


def test_a_day_that_was_refused_is_not_offered_as_the_nearest() -> None:
    desk = _named()
    desk.hears("check-up this week please")
    desk.hears("not thursday")
    desk.hears("and not friday")
    assert desk.dialog.offered
    assert all(opening.starts_at.weekday() not in (3, 4) for opening in desk.dialog.offered[:2])


def test_a_person_who_does_not_do_the_work_is_named_and_others_are_looked_at() -> None:
    desk = _named()
    answer = desk.hears("whitening with Sam tomorrow")
    assert "Sam doesn't do Whitening" in answer
    assert {opening.staff_id for opening in desk.dialog.offered} == {OLGA}


def test_the_same_time_next_week_keeps_weekday_and_hour() -> None:
    desk = _named()
    desk.hears("check-up friday at 9am")
    assert "Fri Nov 27, 9 AM" in desk.hears("can we do same time next week instead")


def test_a_day_that_contradicts_its_date_is_offered_as_both() -> None:
    answer = _named().hears("check-up thursday the 20th at 3pm")
    assert "Thu Nov 19, 3 PM or Fri Nov 20, 3 PM" in answer


def test_the_thursday_after_is_a_week_after_the_one_spoken_of() -> None:
    desk = _named()
    desk.hears("check-up thursday the 26th")
    desk.hears("the thursday after at 10am")
    assert "Thu Dec 3, 10 AM" in desk.texts[-1]


@pytest.mark.parametrize("text", ["my son is 4", "he turned 3", "mi hijo tiene 4", "thats expensive can you do 100?"])
def test_an_age_or_a_sum_is_no_hour(text: str) -> None:
    desk = _named()
    desk.hears("check-up please")
    desk.hears(text)
    assert desk.dialog.chosen is None
    assert desk.dialog.half_minute is None
    assert not desk.dialog.search or not desk.dialog.search.windows


def test_how_much_in_the_middle_is_about_what_is_being_booked() -> None:
    desk = _named()
    desk.hears("check-up please")
    answer = desk.hears("how much?")
    assert "$145" in answer
    assert "$300" not in answer


def test_how_long_does_it_take_is_about_what_is_being_booked() -> None:
    desk = _named()
    desk.hears("check-up please")
    assert "1 hour" in desk.hears("how long does it take")


@pytest.mark.parametrize("text", ["what time did you say?", "is that am or pm", "say that again", "repita por favor"])
def test_what_we_said_is_said_again_and_is_no_gap(text: str) -> None:
    desk = _named()
    desk.hears("check-up tomorrow at 3pm")
    desk.hears(text)
    assert "3 " in desk.texts[-1]
    assert not desk.done(RecordGap)
    assert not desk.booked


def test_a_question_where_a_detail_was_asked_is_answered_and_not_kept_as_the_detail() -> None:
    desk = FrontDesk(plumber(), caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("my drain is clogged, can you come friday at 10?", "12 Oak St, Cambridge 02139")
    desk.hears("yes")
    answer = desk.hears("what did you say the price was")
    assert "$150" in answer
    assert "problem" not in desk.dialog.details


def test_anything_else_shows_other_times() -> None:
    desk = _named()
    desk.hears("check-up please")
    before = desk.dialog.offered
    desk.hears("anything else?")
    assert desk.dialog.offered
    assert not set(before) & set(desk.dialog.offered)


def test_an_address_outside_the_area_is_declined_also_where_it_came_unasked() -> None:
    desk = FrontDesk(plumber())
    assert "don't come to that area" in desk.hears("my drain is clogged at 12 Oak St, Worcester 01602, friday at 10?")
    assert not desk.bookings
    assert "Do you own the place?" in desk.hears("what about 14 Oak St, Cambridge 02139")


def test_words_that_say_no_place_are_never_the_address() -> None:
    desk = FrontDesk(plumber())
    desk.hears("my drain is clogged")
    for text in ("I dont know dear, my late husband put it in", "why do you ask", "hello"):
        desk.hears(text)
    assert desk.dialog.address is None
    assert desk.done(HandOver)


def test_a_house_number_put_right_keeps_the_rest_of_the_address() -> None:
    desk = FrontDesk(plumber(), caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    for text in ("drain clogged, friday at 10", "12 Oak St, Cambridge 02139", "yes", "slow sink"):
        desk.hears(text)
    assert "at 14 Oak St, Cambridge 02139" in desk.hears("wrong address its 14 Oak St")
    assert not desk.booked


def test_a_choice_named_early_is_kept_in_the_plural_and_in_spanish() -> None:
    which = Detail(
        "which",
        "Which is it: sink, toilet or main line?",
        "¿Cuál es: lavabo, inodoro o la salida general?",
        kind=DetailKind.CHOICE,
        choices=("sink", "toilet", "main line"),
    )
    service = Service("Drain cleaning", 60, 15000, details=(which,), also=("clogged", "tapado"))
    for text in ("2 toilets clogged", "tengo el inodoro tapado"):
        desk = FrontDesk(harbor(services=(service,)), caller=Caller(CARLA_ID, "+16175550142", "Carla"))
        desk.hears(text)
        desk.hears("thursday at 9am")
        assert desk.dialog.details == {"which": "toilet"}


def test_the_price_of_several_that_may_be_meant_and_their_choice_stay_among_them() -> None:
    services = (Service("Heater check", 60, 9000), Service("Heater cleaning", 60, 8000), Service("Drain", 60, 7000))
    desk = _named(services=services)
    answer = desk.hears("book a heater visit and a heater check and a heater cleaning")
    assert "Drain" not in answer


@pytest.mark.parametrize("text", ["that works for me", "9am works", "looks good to me at 9"])
def test_works_for_me_is_no_not_working(text: str) -> None:
    business = harbor(services=(Service("Repair", 60, 9000, also=("not working", "look at it")), *harbor().services))
    assert "Repair" not in find_services(text, business)
    assert find_services("my heater isn't working", business) == ("Repair",)


def test_visits_for_two_are_booked_one_at_a_time_and_said_so() -> None:
    desk = FrontDesk()
    assert "one visit at a time" in desk.hears("check-ups for my two kids tomorrow at 3pm")
    desk.hears("Mia Stone")
    assert "next one" in desk.hears("yes")
    assert "for Leo" in desk.hears("friday at 3pm for Leo")
    desk.hears("yes")
    assert [each.for_whom for each in desk.booked] == ["Mia Stone", "Leo"]


def test_whom_it_is_for_is_said_from_their_side_with_the_name_that_was_given() -> None:
    desk = FrontDesk()
    desk.hears("check-up for my son tomorrow at 3pm")
    assert "for your son (Jo Lee)" in desk.hears("Jo Lee")


@pytest.mark.parametrize("text", ["wait can i cancel that", "cancel it please", "puedo cancelarla?"])
def test_right_after_a_booking_cancel_that_is_about_it(text: str) -> None:
    desk = _with_booking()
    desk.hears(text)
    assert "19" in desk.texts[-1]
    assert desk.booked
    desk.hears("yes")
    assert not desk.booked


def test_when_is_my_appointment_is_answered_from_the_calendar() -> None:
    desk = _with_booking()
    assert "Thu Nov 19, 3 PM" in desk.hears("when is my appointment again?")
    assert "can't find a booking" in FrontDesk().hears("I have an appointment tomorrow right?")


def test_another_service_instead_right_after_booking_is_no_second_visit() -> None:
    desk = _with_booking()
    assert "change that visit" in desk.hears("actually make that a whitening")
    assert len(desk.booked) == 1
    assert desk.done(HandOver)


def test_words_about_a_visit_to_come_go_to_people_without_a_menu() -> None:
    desk = _with_booking()
    answer = desk.hears("the gate code is 1234")
    assert "book a visit" not in answer
    assert desk.done(HandOver)


def test_what_is_added_after_a_promised_call_goes_to_the_same_people() -> None:
    desk = FrontDesk()
    desk.hears("please call me")
    assert "noted" in desk.hears("at 5")
    assert desk.dialog.service is None


def test_whether_they_call_ahead_promises_no_call() -> None:
    desk = _with_booking()
    desk.hears("will you call before you come?")
    assert not desk.done(PromiseCall)


def test_one_of_ours_asked_for_by_name_to_talk_to_is_a_wish_for_a_person() -> None:
    desk = FrontDesk()
    desk.hears("can i talk to olga")
    assert [each.kind for each in desk.done(HandOver) if isinstance(each, HandOver)] == [HandOverKind.ASKED]
    assert not desk.done(RecordGap)


def test_after_a_wrong_number_nothing_more_is_written() -> None:
    desk = FrontDesk()
    desk.hears("you have the wrong number")
    assert desk.hears("sorry about that") == ""


def test_an_announced_question_is_waited_for() -> None:
    desk = FrontDesk()
    desk.hears("hi i have a question")
    assert not desk.done(RecordGap)
    assert "free parking" in desk.hears("do you have parking?")


@pytest.mark.parametrize("text", ["ok book", "and the main line", "yes please"])
def test_an_answer_to_something_else_is_never_the_address(text: str) -> None:
    desk = FrontDesk(plumber())
    desk.hears("my drain is clogged")
    desk.hears(text)
    desk.hears(text)
    assert desk.dialog.address is None


def test_a_town_without_a_comma_stays_in_the_address() -> None:
    desk = FrontDesk(plumber())
    desk.hears("my drain is clogged")
    desk.hears("12 Oak St Cambridge")
    assert desk.dialog.address == "12 Oak St Cambridge"


@pytest.mark.parametrize("text", ["actually 4", "move it to 4", "can you make it 4pm instead"])
def test_another_hour_right_after_booking_moves_what_was_booked(text: str) -> None:
    desk = _with_booking()
    assert "Thu Nov 19, 3 PM to Thu Nov 19, 4 PM" in desk.hears(text)
    desk.hears("yes")
    assert len(desk.booked) == 1


def test_a_move_that_is_let_go_says_that_the_visit_stays() -> None:
    desk = _with_booking()
    desk.hears("can I move my appointment")
    assert "stays as it is" in desk.hears("no leave it")
    assert len(desk.booked) == 1


def test_too_much_thanks_anyway_is_let_go_without_another_question() -> None:
    desk = _named()
    desk.hears("check-up please")
    assert "?" not in desk.hears("too much. thanks anyway")


def test_of_two_bookings_the_one_named_by_whom_it_is_for_is_meant() -> None:
    desk = FrontDesk()
    for text in ("check-ups for my two kids tomorrow at 3pm", "Mia Stone", "yes", "friday at 3pm for Leo", "yes"):
        desk.hears(text)
    assert "Fri Nov 20" in desk.hears("cancel Leos")
    desk.hears("yes")
    assert [each.for_whom for each in desk.booked] == ["Mia Stone"]


def test_hello_while_a_question_waits_is_answered_with_the_question() -> None:
    desk = _named()
    desk.hears("check-up please")
    assert "Which one" in desk.hears("hello?")
    assert not desk.done(RecordGap)
