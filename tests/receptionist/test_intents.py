"""Intents: what a text is after, alone and as an answer to what we had asked, and what is heard beside it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain import consent_plain
from ringback.receptionist.understanding import intents
from ringback.receptionist.understanding.intents import Intent, Reading, read_intent
from ringback.receptionist.understanding.intents_previous import Asked, read_previous
from ringback.receptionist.understanding.intents_spam import is_spam

SAID: dict[Intent, list[str]] = {
    Intent.BOOK: [
        "hi i need an appointment for a cleaning next tuesday",
        "can u come look at my water heater",
        "my sink is clogged",
        "kitchen faucet is leaking",
        "need someone to fix my ac",
        "do you have anything friday afternoon?",
        "any openings today",
        "can i come in tmrw at 3",
        "id like to book a haircut for my son",
        "what's your earliest availability?",
        "when can you come out?",
        "Can I get an oil change tomorrow",
        "my dog needs her shots",
        "I have ants in my kitchen",
        "broken tooth, can I see someone today?",
        "quiero agendar una cita para el jueves",
        "necesito un plomero",
        "se me descompuso el aire, pueden venir mañana?",
        "tienen espacio hoy?",
        "me gustaria reservar para el viernes a las 4",
        "cuando me pueden atender?",
        "mi lavadora gotea",
        "ocupo una limpieza dental",
        "puedo ir mañana en la tarde?",
    ],
    Intent.RESCHEDULE: [
        "can we move my appointment to friday",
        "i need to reschedule",
        "can we push it back an hour",
        "can I switch to thursday instead",
        "something came up, can we do another day",
        "is there an earlier time than 4? for my appointment",
        "quiero cambiar mi cita",
        "podemos mover la cita al viernes?",
        "puedo reagendar",
        "se puede otro dia?",
    ],
    Intent.CANCEL: [
        "i need to cancel my appointment",
        "cancel my tuesday",
        "i cant make it tomorrow",
        "won't be able to come in today, sorry",
        "please cancel the booking for friday",
        "we don't need the plumber visit anymore",
        "got it fixed already, cancel",
        "quiero cancelar mi cita",
        "cancele la cita por favor",
        "ya no puedo ir mañana",
        "no voy a poder asistir",
    ],
    Intent.CONFIRM: ["si por favor"],
    Intent.DENY: ["no gracias", "ahora no"],
    Intent.QUESTION: [
        "how much is a cleaning?",
        "what are your hours",
        "do you take delta dental?",
        "are you open on saturday?",
        "where do i park",
        "do you come to Evanston?",
        "is there a fee to cancel?",
        "how long does it take",
        "do you do root canals?",
        "are you licensed",
        "cuánto cuesta una limpieza?",
        "a qué hora abren?",
        "dónde están ubicados",
        "aceptan seguro?",
        "atienden los domingos?",
        "hablan español?",
    ],
    Intent.QUESTION_BOT: [
        "is this a real person?",
        "am I talking to a bot",
        "are you AI?",
        "es un robot?",
        "estoy hablando con una persona?",
        "eres real?",
    ],
    Intent.HUMAN: [
        "can i talk to a person",
        "have someone call me",
        "please call me back",
        "let me speak to the owner",
        "this is ridiculous",
        "quiero hablar con una persona",
        "me pueden llamar por favor",
        "llámenme",
        "páseme con el dentista",
        "HUMAN",
        "agent please",
    ],
    Intent.THANKS: [
        "thanks!",
        "thank you so much, see you then",
        "ok thanks bye",
        "muchas gracias",
        "gracias, hasta luego",
        "have a good day",
    ],
    Intent.GREETING: ["hi", "hello?", "good morning", "hola buenas tardes", "hey there", "buenos días"],
    Intent.OPT_OUT: ["stop, I already called someone, thanks", "no me escriban más"],
    Intent.EMERGENCY: ["water everywhere pls", "huele a gas en mi cocina", "my dog ate chocolate"],
    Intent.SPAM: [
        "Congratulations! You won a $1000 gift card. Click http://bit.ly/x to claim",
        "Hi, we can rank your business #1 on Google. Special offer on SEO, visit www.rankfast.example.com",
    ],
    Intent.OTHER: ["lol", "wrong number", "running 10 minutes late", "voy tarde 10 minutos"],
}
ANSWERED: dict[Intent, list[tuple[str, str]]] = {
    Intent.BOOK: [
        ("What day works for you?", "tuesday at 3"),
        ("When would you like to come in?", "the 7th in the morning"),
    ],
    Intent.CONFIRM: [
        ("Tue Mar 3 at 2 PM for a cleaning. Is that right?", "yes"),
        ("How about Thu 10 AM?", "yep that works"),
        ("Shall I book Thu at 10 AM?", "perfect"),
        ("Is that right?", "👍"),
        ("Reply C to confirm your visit tomorrow at 10 AM.", "C"),
        ("Shall I book Thu at 10 AM?", "sounds good thanks"),
        ("Shall I book it?", "sure go ahead"),
        ("Le reservo el jueves a las 10?", "si"),
        ("Esta bien el jueves?", "claro que si"),
        ("Le parece el jueves a las 10?", "esta bien"),
        ("Se la reservo?", "ok gracias"),
        ("Shall I book Thu at 10 AM?", "yes please book it"),
        ("Thu 10 AM or Fri 2 PM?", "the first one works"),
        ("Is this Carla?", "yes that's me"),
    ],
    Intent.DENY: [
        ("Is that right?", "no"),
        ("Is that right?", "nope thats not right"),
        ("Would you like to book?", "no thanks"),
        ("Does that work?", "not really"),
        ("Thu 10 AM or Fri 2 PM?", "neither works for me"),
        ("How about Thu 10 AM?", "I can't do thursday"),
        ("Le parece el jueves?", "no me sirve esa hora"),
        ("Jueves a las 10 o viernes a las 2?", "ninguna"),
        ("Le parece el jueves?", "no puedo ese dia"),
        ("Would you like to book?", "maybe later"),
    ],
    Intent.QUESTION: [("Shall I book Thu at 10 AM?", "whats the address")],
    Intent.THANKS: [
        ("Is there anything else?", "no that's all thanks"),
        ("You are booked for Thu Mar 3 at 10 AM.", "great thank you"),
    ],
    Intent.OTHER: [("What is your address?", "my address is 12 Oak St"), ("What is your name?", "Carla Ruiz")],
}
FLAGS: dict[str, list[str]] = {
    "wrong_number": [
        "wrong number",
        "you have the wrong person",
        "número equivocado",
        "se equivocó de número",
        "no one here by that name",
        "i never called you",
    ],
    "abuse": ["you idiots", "fuck you", "you guys are scammers", "pendejos", "vete a la mierda"],
    "call_me": [
        "call me back",
        "can someone give me a call",
        "please call",
        "i'd rather talk on the phone",
        "llámeme",
        "me pueden marcar?",
        "prefiero una llamada",
    ],
    "quote": [
        "can i get a quote",
        "how much would it cost to replace a toilet",
        "free estimate?",
        "necesito un presupuesto",
        "una cotización por favor",
        "cuánto cobran por destapar un drenaje",
    ],
    "waiting_list": [
        "put me on the waitlist",
        "let me know if something opens up",
        "if you get a cancellation text me",
        "lista de espera por favor",
        "si se libera algo me avisa",
    ],
    "running_late": [
        "running late",
        "I'll be 15 minutes late",
        "stuck in traffic",
        "be there in 10",
        "voy tarde",
        "ya voy en camino",
        "hay mucho tráfico",
    ],
}


@pytest.mark.parametrize(("intent", "text"), [(intent, text) for intent, texts in SAID.items() for text in texts])
def test_a_text_is_read_as_what_it_is_after(intent: Intent, text: str) -> None:
    assert read_intent(text).intent is intent


@pytest.mark.parametrize(
    ("intent", "asked", "text"), [(intent, *pair) for intent, pairs in ANSWERED.items() for pair in pairs]
)
def test_an_answer_is_read_with_the_question_in_mind(intent: Intent, asked: str, text: str) -> None:
    assert read_intent(text, asked).intent is intent


@pytest.mark.parametrize(("flag", "text"), [(flag, text) for flag, texts in FLAGS.items() for text in texts])
def test_what_has_a_consequence_of_its_own_is_flagged(flag: str, text: str) -> None:
    assert getattr(read_intent(text), flag) is True


@pytest.mark.parametrize(
    "text",
    [
        *(
            "can you come at 3",
            "yes",
            "what are your hours",
            "no gracias",
            "mi fregadero gotea",
            "i need my stupid sink fixed",
        ),
        *("the number on the bill is wrong", "late afternoon works", "is it too late to book", "how late are you open"),
    ],
)
def test_plain_texts_raise_no_flag(text: str) -> None:
    reading = read_intent(text)
    assert [flag for flag in FLAGS if getattr(reading, flag)] == []


@pytest.mark.parametrize(
    ("text", "asked", "main", "beside"),
    [
        ("yes, and what's the address?", "Shall I book Thu at 10 AM?", Intent.QUESTION, Intent.CONFIRM),
        ("hi, how much is a cleaning?", "", Intent.QUESTION, Intent.GREETING),
        ("hello I need an appointment tomorrow", "", Intent.BOOK, Intent.GREETING),
        ("no, can we do friday at 2?", "How about Thu 10 AM?", Intent.DENY, Intent.BOOK),
        ("stop texting me, I smell gas", "", Intent.OPT_OUT, Intent.EMERGENCY),
        ("water everywhere! can someone call me", "", Intent.EMERGENCY, Intent.HUMAN),
        ("thanks, but can we move it to friday", "", Intent.RESCHEDULE, Intent.THANKS),
    ],
)
def test_what_is_said_beside_is_heard_too(text: str, asked: str, main: Intent, beside: Intent) -> None:
    reading = read_intent(text, asked)
    assert reading.intent is main
    assert reading.has(beside)
    assert reading.has(main)
    assert main not in reading.also


def test_the_same_yes_is_a_booking_only_where_a_wish_comes_with_it() -> None:
    assert read_intent("sounds good, book me for tomorrow at 3", "We have two dentists.").intent is Intent.BOOK
    assert read_intent("sounds good", "How about tomorrow at 3 PM?").intent is Intent.CONFIRM


def test_not_coming_is_a_cancellation_but_not_in_answer_to_an_offer() -> None:
    assert read_intent("I can't make it tomorrow").intent is Intent.CANCEL
    assert read_intent("I can't make it then", "How about Thu 10 AM?").intent is Intent.DENY


def test_a_refusal_of_more_is_thanks_only_after_anything_else() -> None:
    assert read_intent("no thanks", "Would you like to book a visit?").intent is Intent.DENY
    assert read_intent("no that's all, thanks", "Is there anything else I can do?").intent is Intent.THANKS


def test_slips_of_the_thumb_do_not_change_what_is_meant() -> None:
    assert read_intent("i need an apointment").intent is Intent.BOOK
    assert read_intent("plaese canecl my appoitment").intent is Intent.CANCEL
    assert read_intent("reshcedule my appt").intent is Intent.RESCHEDULE
    assert read_intent("thnaks").intent is Intent.THANKS


def test_the_words_that_decided_are_named() -> None:
    assert "cancel my appointment" in read_intent("hi, please cancel my appointment").why
    assert "gas" in read_intent("i smell gas").why
    assert read_intent("lol").why == ""


@pytest.mark.parametrize(
    ("previous", "asked"),
    [
        ("", Asked.NOTHING),
        ("Tue Mar 3 at 2 PM for a cleaning. Is that right?", Asked.CONFIRM),
        ("Thu 10 AM or Fri 2 PM?", Asked.CONFIRM),
        ("Would you like to book a visit?", Asked.WHETHER),
        ("What day works for you?", Asked.TIME),
        ("Que dia le conviene?", Asked.TIME),
        ("You are booked for Thu Mar 3 at 10 AM.", Asked.NOTHING),
        ("Is there anything else I can help with?", Asked.ELSE),
    ],
)
def test_what_we_asked_is_read_from_our_last_text(previous: str, asked: Asked) -> None:
    assert read_previous(previous) is asked


@pytest.mark.parametrize(
    "text",
    [
        "free estimate please, my number is 312 555 0142",
        "see www.harbordental.example for my old x-rays",
        "I won't be there at 5, call me at 312 555 0100 to set another time",
        "can I use the special offer from your website?",
    ],
)
def test_one_mark_of_an_advertisement_is_not_enough(text: str) -> None:
    assert not is_spam(text)


@given(st.text(max_size=300), st.text(max_size=80), st.sampled_from(["en", "es", "fr"]))
def test_no_text_breaks_the_reading(text: str, previous: str, language: str) -> None:
    reading = read_intent(text, previous, language)
    assert isinstance(reading, Reading)
    assert reading == read_intent(text, previous, language)


@given(
    st.sampled_from([(i, t) for i, ts in SAID.items() for t in ts if i is not Intent.OTHER]),
    st.sampled_from([str.upper, str.title]),
)
def test_case_does_not_change_what_is_meant(said: tuple[Intent, str], case: Callable[[str], str]) -> None:
    intent, text = said
    if not re.search(r"https?:", text):
        assert read_intent(case(text)).intent is intent


def test_no_list_of_words_repeats_a_group_without_bound() -> None:
    """An unbounded repeat of alternatives that overlap takes for ever on a hostile text."""
    folder = Path(intents.__file__).parent
    lists = [*folder.glob("intents_e*.py"), *folder.glob("emergency_words_*.py")]
    lists += [*Path(consent_plain.__file__).parent.glob("consent_*.py")]
    assert len(lists) >= 9
    assert [path.name for path in lists if re.search(r"\)[*+]|\.\*", _patterns(path))] == []


def _patterns(path: Path) -> str:
    return "\n".join(re.findall(r'r"(.*)"', path.read_text(encoding="utf-8")))
