"""Keywords: the lists of the federal rule and the carriers, however they are typed, and texts that look like them."""

import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.consent import help_answer, is_carriers_own, opt_in_answer, opt_out_answer, read_keyword
from ringback.domain.messages import OptKeyword
from ringback.domain.segments import Encoding, count_segments
from ringback.providers import twilio

# facts/compliance.md 2.1: 47 CFR 64.1200(a)(10), Twilio, AWS, Telnyx, CTIA; Spanish, French and Portuguese.
STOP_WORDS = [
    *("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"),
    *("stopall", "stop all", "optout", "opt-out", "remove", "td", "remove me", "do not text"),
    *("alto", "parar", "basta", "baja", "cancelar", "no mas", "no más"),
    *("arret", "arrêt", "arrett", "arrete", "arrête", "arreter", "arrêter", "desabonner", "désabonner", "sair"),
]
START_WORDS = ["start", "unstop", "empezar"]
HELP_WORDS = ["help", "info", "ayuda", "aide", "ajuda"]
KEYWORDS = [
    *((word, OptKeyword.STOP) for word in STOP_WORDS),
    *((word, OptKeyword.START) for word in START_WORDS),
    *((word, OptKeyword.HELP) for word in HELP_WORDS),
]
SHAPES = [
    *("{}", "{}.", "{}!!!", " {} ", "\n{}\n", "({})", "«{}»", "“{}”", "¡{}!"),
    # A picture, a space of no width, and the sign that asks for a coloured letter.
    *("{} \U0001f6d1", "\u200b{}", "{}\ufe0f"),
]


@pytest.mark.parametrize(("word", "keyword"), KEYWORDS)
def test_keywords_are_understood_in_any_case_and_dress(word: str, keyword: OptKeyword) -> None:
    for case in (str.lower, str.upper, str.title, str.swapcase):
        for shape in SHAPES:
            assert read_keyword(shape.format(case(word))) is keyword, shape.format(case(word))


@pytest.mark.parametrize(
    "body",
    [
        *("S.T.O.P", "S T O P", "s-t-o-p", "sToP", "STOP STOP".replace(" STOP", ""), "Opt  Out", "opt_out", "OPT—OUT"),
        *("ＳＴＯＰ", "𝐒𝐓𝐎𝐏", "ⓈⓉⓄⓅ", "ARRE\u0302T", "Arrêt !", "¡ALTO!", "¿Baja?", "NO MÁS", "Désabonner."),
    ],
)
def test_stop_is_understood_in_odd_letters_too(body: str) -> None:
    assert read_keyword(body) is OptKeyword.STOP


# Signs such as ® and № stand for letters, and are letters to us as well.
SIGNS = st.characters(categories=["P", "Z", "Cc", "So"]).filter(lambda sign: not _bare_letters(sign))


def _bare_letters(text: str) -> bool:
    return any(character.isalnum() for character in unicodedata.normalize("NFKD", text))


@given(st.sampled_from(KEYWORDS), st.text(SIGNS, max_size=6), st.text(SIGNS, max_size=6), st.randoms())
def test_punctuation_spaces_and_case_never_hide_a_keyword(
    known: tuple[str, OptKeyword], before: str, after: str, chance: Random
) -> None:
    word, keyword = known
    typed = "".join(chance.choice([letter.upper(), letter]) for letter in word)
    assert read_keyword(before + typed + after) is keyword


@pytest.mark.parametrize(
    "body",
    [
        *("please don't stop", "can you stop by at 3?", "end of the driveway", "cancel my Tuesday", "STOP PLEASE"),
        *("Don't cancel", "I need help with my tooth", "more info please", "restart", "I quit smoking"),
        *("quiero cancelar mi cita", "no más dolor", "la baja médica", "pare en la esquina", "remove the stump"),
        *("stop2", "unstoppable", "the end", "ending", "stop\nby at 3", "weekend", "send", "helpful", "startup"),
        *("yes", "no", "ok", "C", "", " ", "?!", "\U0001f6d1", "\U0001f44d", "123", "stop 555"),
    ],
)
def test_texts_that_only_hold_a_keyword_are_none(body: str) -> None:
    assert read_keyword(body) is None


@given(st.text(st.characters(categories=["L", "N"]), min_size=12))
def test_long_texts_are_never_keywords(body: str) -> None:
    assert read_keyword("x" + body) is None


@pytest.mark.parametrize("word", sorted(twilio.PROVIDER.carrier_words - {"YES"}))
def test_what_the_carrier_acts_on_is_a_keyword_to_us_too(word: str) -> None:
    """A carrier that stops a contact while we go on would leave us texting into errors."""
    assert read_keyword(word) is not None


def test_a_yes_is_an_answer_to_a_question_and_no_keyword_of_ours() -> None:
    assert "YES" in twilio.PROVIDER.carrier_words
    assert read_keyword("YES") is None


@pytest.mark.parametrize(
    ("body", "own"),
    [
        ("STOP", True),
        ("stop", True),
        (" Stop\n", True),
        ("STOP.", False),
        ("S T O P", False),
        ("ALTO", False),
        ("", False),
    ],
)
def test_the_carrier_answers_the_exact_word_only(body: str, own: bool) -> None:
    assert is_carriers_own(body, twilio.PROVIDER.carrier_words) is own


def test_a_phone_company_without_keywords_of_its_own_answers_nothing() -> None:
    assert not is_carriers_own("STOP", frozenset())


LONGEST_NAME = "Harbor Dental & Orthodontics Care"
NUMBERS = ["(312) 555-0100", "+44 20 7946 0123"]


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_every_answer_is_one_plain_segment_that_names_the_business(language: str) -> None:
    assert len(LONGEST_NAME) == 33
    answers = [opt_out_answer(LONGEST_NAME, language), opt_in_answer(LONGEST_NAME, language)]
    for answer in answers + [help_answer(LONGEST_NAME, number, language) for number in NUMBERS]:
        size = count_segments(answer)
        assert (size.encoding, size.count) == (Encoding.GSM7, 1), answer
        assert answer.startswith(f"{LONGEST_NAME}: ")


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_answer_says_what_the_person_can_do_next(language: str) -> None:
    assert "START" in opt_out_answer("Harbor Dental", language)
    assert "STOP" in opt_in_answer("Harbor Dental", language)
    answer = help_answer("Harbor Dental", "(312) 555-0100", language)
    assert "(312) 555-0100" in answer
    assert "STOP" in answer


def test_the_confirmation_of_a_stop_sells_nothing_and_has_no_link() -> None:
    """47 CFR 64.1200(a)(12): no marketing in the one text that may follow."""
    for language in ("en", "es"):
        words = opt_out_answer("Harbor Dental", language).casefold()
        assert not any(sign in words for sign in ("http", "www", ".com", "$", "%", "free", "offer", "book", "gratis"))
