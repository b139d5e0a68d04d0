"""The receptionist's conversations, from the caller's words to the calendar; no store, no clock, no network."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ringback.domain.business import ReceptionistPolicy
from ringback.receptionist.dialog import (
    AlertOnCall,
    Caller,
    Close,
    ConfirmBooking,
    HandOver,
    HandOverKind,
    JoinWaitingList,
    MarkContact,
    NameContact,
    PromiseCall,
    RecordGap,
    Release,
    RequestQuote,
    SetLanguage,
)
from tests.receptionist.front_desk import CARLA_ID, OLGA, SAM, WEDNESDAY, FrontDesk, harbor, plumber

# Thursday the 19th, in Boston.
THURSDAY_9 = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
THURSDAY_3 = datetime(2026, 11, 19, 20, 0, tzinfo=UTC)


def test_a_day_and_a_time_are_kept_read_back_and_booked_only_after_a_yes() -> None:
    desk = FrontDesk()
    assert "name" in desk.hears("Hi, I'd like a check-up tomorrow at 3pm")
    assert not desk.booked
    read_back = desk.hears("Carla Reyes")
    assert "Thu Nov 19, 3 PM" in read_back
    assert "Shall I book it" in read_back
    assert not desk.booked
    assert "booked" in desk.hears("yes please")
    [booking] = desk.booked
    assert (booking.starts_at, booking.service) == (THURSDAY_3, "Check-up")
    assert desk.done(NameContact) == [NameContact("Carla Reyes")]


def test_without_a_time_two_concrete_openings_are_offered_and_either_can_be_taken() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    offer = desk.hears("can I book a checkup")
    assert " or " in offer
    assert len(desk.dialog.offered) == 2
    first = desk.dialog.offered[0]
    assert "Shall I book it" in desk.hears("the first one")
    desk.hears("yes")
    assert [booking.starts_at for booking in desk.booked] == [first.starts_at]


def test_a_no_to_the_read_back_books_nothing_and_frees_the_time() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up tomorrow at 3pm please")
    answer = desk.hears("no")
    assert "change" in answer
    assert desk.done(Release)
    assert not desk.bookings
    assert "Fri Nov 20, 10 AM" in desk.hears("friday at 10")
    desk.hears("yes")
    assert [booking.starts_at for booking in desk.booked] == [datetime(2026, 11, 20, 15, 0, tzinfo=UTC)]


def test_a_change_of_mind_at_the_read_back_is_read_back_anew() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up tomorrow at 3pm please")
    assert "Thu Nov 19, 4 PM" in desk.hears("actually make it 4")
    desk.hears("yes")
    assert [booking.starts_at for booking in desk.booked] == [THURSDAY_3 + timedelta(hours=1)]


def test_yes_with_another_time_is_no_yes() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up tomorrow at 3pm please")
    desk.hears("yes but can we do friday instead")
    assert not desk.booked


def test_a_time_that_is_taken_is_named_as_such_and_the_nearest_are_offered() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.take(THURSDAY_3, OLGA)
    desk.take(THURSDAY_3, SAM)
    answer = desk.hears("check-up tomorrow at 3pm")
    assert "Thu Nov 19, 3 PM isn't free" in answer
    assert desk.dialog.offered
    assert all(opening.starts_at != THURSDAY_3 for opening in desk.dialog.offered)


def test_a_time_taken_between_the_offer_and_the_choice_is_never_booked() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up please")
    first = desk.dialog.offered[0]
    for person in (OLGA, SAM):
        desk.take(first.starts_at, person)
    answer = desk.hears("the first one")
    assert "taken" in answer
    assert all(booking.contact_id != CARLA_ID for booking in desk.booked)


def test_the_person_who_was_asked_for_is_the_person_who_is_booked() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    assert "with Sam" in desk.hears("check-up with Sam tomorrow at 3pm")
    desk.hears("yes")
    assert [booking.staff_id for booking in desk.booked] == [SAM]


def test_a_question_in_the_middle_is_answered_and_the_booking_goes_on() -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    answer = desk.hears("do you have parking?")
    assert "free parking" in answer
    assert "name" in answer
    desk.hears("Carla")
    desk.hears("yes")
    assert len(desk.booked) == 1


def test_a_yes_with_a_question_books_and_answers() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up tomorrow at 3pm")
    answer = desk.hears("yes, is there parking?")
    assert "free parking" in answer
    assert len(desk.booked) == 1


def test_a_question_no_fact_answers_goes_to_a_person_and_is_noted_as_a_gap() -> None:
    desk = FrontDesk()
    answer = desk.hears("do you sell electric toothbrushes in bulk?")
    assert "passed your question" in answer
    assert desk.done(RecordGap) == [RecordGap("do you sell electric toothbrushes in bulk?")]
    assert [action.kind for action in desk.done(HandOver) if isinstance(action, HandOver)] == [HandOverKind.UNANSWERED]


def test_a_price_is_said_from_the_values_with_its_from() -> None:
    desk = FrontDesk()
    assert "$300" in desk.hears("how much is whitening?")
    assert any(why.fact == "service: Whitening" for why in desk.why)


def test_several_texts_in_a_row_are_one_turn() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    answer = desk.hears("hi", "need a check-up", "tomorrow at 3pm")
    assert "Thu Nov 19, 3 PM" in answer


def test_a_name_and_a_change_of_mind_in_two_texts_are_both_heard() -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    answer = desk.hears("Carla Ruiz", "actually can we make it 4pm instead")
    assert "Thu Nov 19, 4 PM" in answer
    assert "Carla Ruiz" in answer
    assert "What name" not in answer


def test_a_question_and_a_name_in_two_texts_are_both_heard() -> None:
    desk = FrontDesk()
    desk.hears("check-up tomorrow at 3pm")
    answer = desk.hears("do you have parking?", "Carla Ruiz")
    assert "free parking" in answer
    assert "Shall I book it" in answer


def test_a_question_and_a_change_of_mind_in_two_texts_are_both_heard() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up tomorrow at 3pm")
    answer = desk.hears("do you have parking?", "actually can we make it friday instead")
    assert "free parking" in answer
    assert "Fri Nov 20, 3 PM" in answer


def test_a_time_said_where_the_address_was_asked_is_kept_for_later() -> None:
    desk = FrontDesk(plumber(), caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("my drain is clogged")
    assert "address" in desk.hears("tomorrow at 3pm")
    desk.hears("12 Oak St, Cambridge 02139")
    desk.hears("yes")
    assert "Thu Nov 19, 3 PM" in desk.hears("the kitchen drain")


def test_a_weekday_after_next_week_is_that_of_next_week() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up next week sometime")
    assert "Fri Nov 27, 9 AM" in desk.hears("friday at 9am")


def test_a_weekday_that_is_on_offer_is_the_one_on_offer() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up from the 26th on")
    [day] = {opening.starts_at.day for opening in desk.dialog.offered if opening.starts_at.weekday() == 3}
    assert f"Thu Nov {day}" in desk.hears("thursday works")


def test_an_address_after_the_instruction_goes_to_the_on_call_people() -> None:
    desk = FrontDesk(plumber())
    desk.hears("I smell gas")
    answer = desk.hears("we're at 12 Oak St, Cambridge 02139")
    last = desk.done(AlertOnCall)[-1]
    assert isinstance(last, AlertOnCall)
    assert last.address is not None
    assert "passed that" in answer


def test_after_two_refusals_the_part_of_the_day_is_asked_for() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    desk.hears("check-up please")
    desk.hears("no")
    assert "morning, afternoon or evening" in desk.hears("no")
    assert desk.hears("afternoon")
    assert all(9 + 8 > opening.starts_at.hour - 5 >= 12 for opening in desk.dialog.offered)


def test_a_bare_hour_that_could_be_either_half_is_asked_about() -> None:
    desk = FrontDesk(harbor(hours=_night_and_day()), caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    assert "morning or in the afternoon" in desk.hears("check-up tomorrow at 7")
    assert "Thu Nov 19, 7 PM" in desk.hears("pm")


def _night_and_day() -> object:
    from ringback.domain.hours import parse_hours  # noqa: PLC0415

    return parse_hours({day: ["06:00-22:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")})


def test_a_gas_smell_is_answered_before_anything_else() -> None:
    desk = FrontDesk(plumber())
    answer = desk.hears("hi can I book for tomorrow, also I smell gas in the kitchen")
    assert "911" in answer
    assert desk.done(AlertOnCall)
    assert not desk.dialog.offered


def test_the_emergency_fee_is_agreed_to_before_anybody_is_sent() -> None:
    desk = FrontDesk()
    answer = desk.hears("I knocked my tooth out!!")
    assert "$180" in answer
    assert [alert.fee_agreed for alert in desk.done(AlertOnCall) if isinstance(alert, AlertOnCall)] == [None]
    desk.hears("yes please hurry")
    last = desk.done(AlertOnCall)[-1]
    assert isinstance(last, AlertOnCall)
    assert last.fee_agreed is True


def test_a_wish_for_a_person_is_honoured_and_the_receptionist_goes_quiet() -> None:
    desk = FrontDesk()
    assert "team" in desk.hears("can I talk to a real person please")
    assert desk.hears("ok") == ""
    [handed] = desk.done(HandOver)
    assert isinstance(handed, HandOver)
    assert (handed.kind, handed.stays) == (HandOverKind.ASKED, False)


def test_after_a_hand_over_an_emergency_is_still_heard() -> None:
    desk = FrontDesk(plumber())
    desk.hears("human please")
    assert desk.hears("now I smell gas!") != ""
    assert desk.done(AlertOnCall)


def test_a_wish_to_be_called_is_a_promise_with_a_due_time_in_opening_hours() -> None:
    desk = FrontDesk(now=datetime(2026, 11, 18, 23, 0, tzinfo=UTC))
    answer = desk.hears("please call me back")
    [promise] = desk.done(PromiseCall)
    assert isinstance(promise, PromiseCall)
    assert promise.due_at == THURSDAY_9
    assert "Thu Nov 19, 9 AM" in answer


def test_the_only_booking_is_moved_after_a_read_back_and_keeps_its_id() -> None:
    desk = _with_booking()
    booking_id = desk.booked[0].booking_id
    assert "Shall I do that" in desk.hears("can I move my appointment to friday at 10?")
    assert desk.booked[0].starts_at == THURSDAY_3
    assert "is now Fri Nov 20, 10 AM" in desk.hears("yes")
    assert [(each.booking_id, each.starts_at.day) for each in desk.booked] == [(booking_id, 20)]


def test_a_booking_is_cancelled_after_a_yes_and_no_text_says_to_reply_cancel() -> None:
    desk = _with_booking()
    asked = desk.hears("I need to cancel my appointment")
    assert "Thu Nov 19, 3 PM" in asked
    assert desk.booked
    desk.hears("yes")
    assert not desk.booked
    assert not any("reply cancel" in text.lower() for text in desk.texts)


def test_a_cancellation_that_is_not_confirmed_keeps_the_booking() -> None:
    desk = _with_booking()
    desk.hears("I need to cancel my appointment")
    assert "stays" in desk.hears("no, keep it")
    assert desk.booked


def test_of_two_bookings_the_one_to_cancel_is_asked_for() -> None:
    desk = _asked_which_of_two()
    assert len(desk.booked) == 2
    desk.hears("the friday one")
    desk.hears("yes")
    assert [each.starts_at for each in desk.booked] == [THURSDAY_3]


def _asked_which_of_two() -> FrontDesk:
    desk = _with_booking()
    desk.hears("and a check-up for my daughter friday at 10am")
    desk.hears("yes")
    assert "Which one" in desk.hears("please cancel my appointment")
    return desk


def test_bookings_that_are_gone_when_the_caller_says_which_are_not_asked_about_again() -> None:
    desk = _asked_which_of_two()
    desk.bookings.clear()
    assert "can't find a booking" in desk.hears("the last one")
    assert desk.done(HandOver)


def test_who_does_not_say_which_booking_gets_a_person_and_is_not_told_that_there_is_none() -> None:
    desk = _asked_which_of_two()
    assert "Which one" in desk.hears("hm")
    assert "passing this to the team" in desk.hears("purple")
    assert (len(desk.booked), len(desk.done(HandOver))) == (2, 1)


def test_somebody_without_a_booking_is_not_told_of_one() -> None:
    desk = FrontDesk()
    assert "can't find a booking" in desk.hears("cancel my appointment please")
    assert desk.done(HandOver)


def test_c_confirms_the_booking_that_was_asked_about() -> None:
    desk = _with_booking()
    desk.caller = replace(desk.caller, to_confirm=desk.booked[0].booking_id)
    assert "see you" in desk.hears("C")
    assert desk.done(ConfirmBooking) == [ConfirmBooking(desk.booked[0].booking_id)]


def test_an_address_outside_the_area_is_declined_before_any_time_is_offered() -> None:
    desk = FrontDesk(plumber())
    assert "address" in desk.hears("my drain is clogged, can you come friday at 10?")
    assert "don't come to that area" in desk.hears("12 Oak St, Worcester 01602")
    assert not desk.bookings


def test_an_unfit_answer_ends_the_booking_with_a_kind_word() -> None:
    desk = FrontDesk(plumber())
    desk.hears("my drain is clogged, can you come friday at 10?")
    assert "Do you own the place?" in desk.hears("12 Oak St, Cambridge 02139")
    assert "Sorry" in desk.hears("no, I rent")
    assert not desk.bookings


def test_what_staff_must_know_is_asked_one_thing_at_a_time_and_kept() -> None:
    desk = FrontDesk(plumber())
    desk.hears("my drain is clogged, can you come friday at 10?")
    desk.hears("12 Oak St, Cambridge 02139")
    assert "name" in desk.hears("yes")
    assert "What is wrong" in desk.hears("Carla")
    assert "12 Oak St" in desk.hears("kitchen sink, slow for a week")
    desk.hears("yes")
    [booking] = desk.booked
    assert booking.details["problem"] == "kitchen sink, slow for a week"
    assert booking.details["owner"] == "yes"


def test_work_the_business_does_not_do_is_declined() -> None:
    desk = FrontDesk(plumber())
    assert "don't do that" in desk.hears("do you pump septic tanks?")


def test_a_quote_is_collected_and_no_price_is_made_up() -> None:
    desk = FrontDesk(plumber())
    desk.hears("can I get a quote for a bathroom remodel")
    desk.hears("Carla Reyes")
    assert desk.done(RequestQuote)
    assert not any("$" in text for text in desk.texts)


def test_a_wrong_number_is_texted_no_more() -> None:
    desk = FrontDesk()
    assert "Sorry" in desk.hears("you have the wrong number")
    assert desk.done(MarkContact) == [MarkContact("wrong_number")]


def test_the_question_whether_it_is_a_machine_is_answered_truthfully() -> None:
    assert "automated assistant" in FrontDesk().hears("are you a robot?")


def test_spanish_is_answered_in_spanish_and_stays() -> None:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    answer = desk.hears("Hola, necesito una limpieza mañana a las 3 de la tarde")
    assert SetLanguage("es") in desk.actions
    assert "jue 19 nov" in answer
    assert "Reservado" in desk.hears("sí")
    assert len(desk.booked) == 1


def test_nothing_free_leads_to_the_waiting_list() -> None:
    closed = harbor(hours=_closed())
    desk = FrontDesk(closed, caller=Caller(CARLA_ID, "+16175550142", "Carla"))
    assert "waiting list" in desk.hears("check-up please")
    assert "on the waiting list" in desk.hears("yes please")
    assert desk.done(JoinWaitingList)


def _closed() -> object:
    from ringback.domain.hours import parse_hours  # noqa: PLC0415

    return parse_hours({})


def test_silence_in_the_middle_is_followed_up_once_and_then_given_to_a_person() -> None:
    desk = FrontDesk()
    desk.hears("check-up please")
    assert desk.is_silent() != ""
    assert desk.is_silent(followed_up=True) == ""
    assert [each.kind for each in desk.done(HandOver) if isinstance(each, HandOver)] == [HandOverKind.SILENCE]


def test_silence_after_the_end_is_left_in_peace() -> None:
    desk = _with_booking()
    assert desk.is_silent() == ""


def test_thanks_are_answered_once_and_then_nothing() -> None:
    desk = _with_booking()
    desk.hears("thanks!")
    assert desk.done(Close)


def test_a_text_that_is_not_understood_twice_brings_a_person_and_then_quiet() -> None:
    desk = FrontDesk()
    first = desk.hears("blue seventeen umbrella")
    assert "?" in first
    desk.hears("blue seventeen umbrella")
    assert desk.done(HandOver)


def test_a_conversation_without_an_end_goes_to_a_person() -> None:
    desk = FrontDesk(harbor(receptionist=ReceptionistPolicy(max_turns=2)))
    for _ in range(3):
        desk.hears("do you have parking?")
    assert [each.kind for each in desk.done(HandOver) if isinstance(each, HandOver)] == [HandOverKind.TOO_LONG]


@pytest.mark.parametrize(
    "text", ["hi", "check-up tomorrow at 3pm", "how much is whitening?", "¿cuánto cuesta?", "???", ""]
)
def test_the_same_inputs_give_the_same_words_and_reasons(text: str) -> None:
    one, other = FrontDesk(), FrontDesk()
    assert one.hears(text) == other.hears(text)
    assert one.why == other.why


def _with_booking() -> FrontDesk:
    desk = FrontDesk(caller=Caller(CARLA_ID, "+16175550142", "Carla"), now=WEDNESDAY)
    desk.hears("check-up tomorrow at 3pm")
    desk.hears("yes")
    assert len(desk.booked) == 1
    desk.actions.clear()
    return desk
