"""The language of a thread changes for a sentence, never for a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.receptionist.understanding.language import read_language


@pytest.mark.parametrize(
    "text",
    [
        "Hola, necesito una cita para mañana",
        "tengo una fuga de agua en la cocina",
        "cuanto cuesta la limpieza?",
        "se me rompio el calentador",
        "no puedo ir",
        "me duele la muela",
        "para mi hija",
    ],
)
def test_a_spanish_sentence_turns_an_english_thread(text: str) -> None:
    assert read_language(text, "en") == "es"


@pytest.mark.parametrize(
    "text",
    ["I need an appointment tomorrow", "what time do you close", "my sink leaks", "can I come Saturday?"],
)
def test_an_english_sentence_turns_a_spanish_thread(text: str) -> None:
    assert read_language(text, "es") == "en"


@pytest.mark.parametrize("text", ["sí", "hola", "gracias", "el martes", "ok", "no", "yes please", "thanks", "3pm", ""])
@pytest.mark.parametrize("current", ["en", "es"])
def test_one_or_two_words_never_turn_a_thread(text: str, current: str) -> None:
    assert read_language(text, current) == current


@pytest.mark.parametrize(
    "text",
    ["Maria de la Cruz", "12 Los Robles Ave, San Jose", "My name is José García", "Calle Mayor 12", "see ya later"],
)
def test_a_spanish_name_or_street_does_not_turn_an_english_thread(text: str) -> None:
    assert read_language(text, "en") == "en"


def test_a_wish_for_a_language_counts_however_short() -> None:
    assert read_language("español", "en") == "en"
    assert read_language("en español por favor", "en") == "es"
    assert read_language("spanish please", "en") == "es"
    assert read_language("English please", "es") == "en"


def test_the_first_text_alone_decides_a_new_thread() -> None:
    assert read_language("hola", None) == "es"
    assert read_language("hi", None) == "en"
    assert read_language("60614", None) == "en"


@given(st.text(max_size=60), st.sampled_from(["en", "es"]))
def test_the_answer_is_always_one_of_the_two(text: str, current: str) -> None:
    language = read_language(text, current)
    assert language in ("en", "es")
    if len(text.split()) == 1 and text.isalpha():
        assert language == current
