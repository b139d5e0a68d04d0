"""What must hold in every conversation, whatever the caller writes and in whatever order."""

import operator
import re
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from ringback.domain.bookings import BookingState
from ringback.domain.business import Business
from ringback.domain.money import show_price
from ringback.receptionist import memory
from ringback.receptionist.dialog import HandOver, Stage
from tests.receptionist.front_desk import FrontDesk, harbor, plumber

_SAYINGS = [
    "hi",
    "can I book a check-up",
    "check-up tomorrow at 3pm",
    "whitening on friday morning",
    "my drain is clogged",
    "quote for a bathroom remodel",
    "yes",
    "no",
    "yes please",
    "no thanks",
    "the first one",
    "the second",
    "3",
    "friday at 10",
    "either Monday or Tuesday morning",
    "not tuesday",
    "anything later?",
    "next week sometime",
    "with Sam",
    "for my daughter Mia",
    "Carla Reyes",
    "12 Oak St, Cambridge 02139",
    "12 Oak St, Worcester 01602",
    "how much is whitening?",
    "do you have parking?",
    "do you sell boats?",
    "are you a robot?",
    "I smell gas",
    "I knocked my tooth out",
    "cancel my appointment",
    "can I move my appointment to friday",
    "call me back",
    "human please",
    "wrong number",
    "this is useless, idiots",
    "thanks!",
    "C",
    "Necesito una cita mañana a las 3",
    "sí",
    "¿cuánto cuesta?",
    "pm",
    "morning",
    "actually make it 4",
    "I'm running late",
    "???",
    "",
]
_texts = st.lists(st.one_of(st.sampled_from(_SAYINGS), st.text(max_size=40)), min_size=1, max_size=3)
# Texts at random hardly ever book anything: every other conversation begins on the way to a booking.
_COURSES = (
    [["check-up tomorrow at 3pm"], ["Carla Reyes"], ["yes"]],
    [["can I book a check-up"], ["friday at 10"], ["Carla Reyes"], ["yes please"]],
    [["my drain is clogged"], ["12 Oak St, Cambridge 02139"], ["yes"], ["friday at 10"], ["Carla Reyes"], ["slow"]],
)
_turns = st.lists(_texts, min_size=1, max_size=6)
_begun = st.sampled_from(_COURSES).flatmap(lambda course: st.integers(1, len(course)).map(lambda turn: course[:turn]))
_conversations = _turns | st.builds(operator.add, _begun, _turns)
_businesses = st.sampled_from([harbor, plumber])


def _prices(business: Business) -> set[str]:
    return {show_price(service.price_cents, "US") for service in business.services if service.price_cents is not None}


@given(_businesses, _conversations)
@settings(max_examples=150, deadline=None)
def test_nothing_is_booked_without_a_read_back_and_nothing_is_said_that_is_not_so(
    make: Callable[[], Business], conversation: list[list[str]]
) -> None:
    desk = FrontDesk(make())
    for texts in conversation:
        stage, booked = desk.dialog.stage, {each.booking_id: each for each in desk.booked}
        said = desk.hears(*texts)
        made = [each for each in desk.booked if booked.get(each.booking_id) != each]
        assert len(made) <= 1
        assert not made or stage is Stage.READ_BACK
        assert ("You're booked" in said or "Reservado:" in said or " is now " in said) <= bool(made)
        assert set(re.findall(r"\$\d[\d.,]*\d|\$\d", said)) <= _prices(desk.business)
        assert "reply cancel" not in said.lower()
        assert memory.load(memory.dump(desk.dialog)) == desk.dialog


@given(_businesses, _conversations)
@settings(max_examples=100, deadline=None)
def test_at_most_one_time_is_kept_for_a_caller_and_none_once_a_person_has_taken_over(
    make: Callable[[], Business], conversation: list[list[str]]
) -> None:
    desk = FrontDesk(make())
    for texts in conversation:
        desk.hears(*texts)
        held = [each for each in desk.bookings.values() if each.state is BookingState.HELD]
        assert len(held) <= 1
        if desk.dialog.handed_over:
            assert not held
            assert any(isinstance(action, HandOver) and not action.stays for action in desk.actions)


@given(_businesses, _conversations)
@settings(max_examples=60, deadline=None)
def test_every_turn_has_a_reason_and_every_word_a_spoken_form(
    make: Callable[[], Business], conversation: list[list[str]]
) -> None:
    desk = FrontDesk(make())
    for texts in conversation:
        reasons = len(desk.why)
        desk.hears(*texts)
        assert len(desk.why) > reasons
    assert all(bool(reply.spoken) == bool(reply.written) for reply in desk.replies)
