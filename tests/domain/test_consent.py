"""Opt-outs: keywords of the federal rule and the carriers however typed, any other words, and what looks like them."""

import unicodedata
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.consent import (
    asks_to_stop,
    help_answer,
    is_carriers_own,
    opt_in_answer,
    opt_out_answer,
    read_consent,
    read_keyword,
)
from ringback.domain.consent_letters import Speller, fold
from ringback.domain.messages import OptKeyword
from ringback.domain.segments import Encoding, count_segments
from ringback.providers import twilio
from tests.docs.pages import read
from tests.domain.opt_out_texts import NOT_STOPS, STOPS

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


CORPORA = Path(__file__).parents[1] / "receptionist" / "corpora"
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


# --- in any other words


@pytest.mark.parametrize("body", STOPS)
def test_a_wish_for_no_more_texts_is_understood_in_any_words(body: str) -> None:
    assert read_consent(body) is OptKeyword.STOP


@pytest.mark.parametrize("body", NOT_STOPS)
def test_words_of_an_opt_out_in_another_sense_are_none(body: str) -> None:
    assert read_consent(body) is None


@pytest.mark.parametrize(("word", "keyword"), KEYWORDS)
def test_every_keyword_is_read_with_plain_words_too(word: str, keyword: OptKeyword) -> None:
    assert read_consent(word) is keyword
    assert not asks_to_stop(word) or keyword is OptKeyword.STOP


@pytest.mark.parametrize(
    "body", ["stop please", "unsubscribe pls", "please quit", "stop, thanks", "alto por favor", "stop svp"]
)
def test_politeness_around_a_keyword_changes_nothing(body: str) -> None:
    assert read_keyword(body) is None
    assert read_consent(body) is OptKeyword.STOP


def test_a_cancel_with_an_object_is_about_the_visit_and_a_bare_one_is_not() -> None:
    """CANCEL is a word of the federal list, and what people say of appointments."""
    assert read_consent("CANCEL") is OptKeyword.STOP
    assert read_consent("please cancel") is OptKeyword.STOP
    for body in (
        "cancel my appointment",
        "cancel tuesday",
        "yes cancel",
        "found someone else so cancel",
        "cancelar mi cita",
    ):
        assert read_consent(body) is None


def test_an_advertisement_that_tells_how_to_stop_asks_for_nothing() -> None:
    for body in (
        "WIN a phone! Reply STOP to end",
        "Free tones. 2 stop txt STOP to 80000",
        "Hot deals, to opt out call 08001234",
    ):
        assert read_consent(body) is None


def test_a_slip_that_is_taken_back_is_no_wish() -> None:
    assert not asks_to_stop("I unsubscribed by mistake, please keep texting")
    assert asks_to_stop("you texted me by mistake, please stop")


@pytest.mark.parametrize(
    "body", ["stpo texting me", "plaese stop txting", "unsubscrib", "dont contcat me", "no me escirban mas"]
)
def test_one_slip_of_the_thumb_hides_no_opt_out(body: str) -> None:
    assert read_consent(body) is OptKeyword.STOP


@pytest.mark.parametrize(
    "body", ["book a massage", "sign the contract", "remote start is broken", "shop on 5th", "front stoop"]
)
def test_words_that_are_right_as_they_stand_are_not_mended(body: str) -> None:
    assert read_consent(body) is None


TAILS = ["", "!", "!!!", ".", " \U0001f6d1", " \U0001f64f\U0001f3fd", "\n", " \u2764\ufe0f", "..."]


@given(st.sampled_from(STOPS), st.sampled_from(TAILS), st.sampled_from([str.lower, str.upper, str.title, str.swapcase]))
def test_case_and_what_is_put_behind_never_hide_an_opt_out(body: str, tail: str, case: Callable[[str], str]) -> None:
    assert read_consent(case(body) + tail) is OptKeyword.STOP


@given(st.sampled_from(STOPS), st.integers(2, 6))
def test_stretched_letters_never_hide_an_opt_out(body: str, times: int) -> None:
    """The last letter of the first word that is longer than three letters is held down: "stopppp it"."""
    head, _, rest = body.partition(" ")
    stretched = head + head[-1] * times if head[-1].isalpha() and len(head) > 3 else head
    assert read_consent(f"{stretched} {rest}".strip()) is OptKeyword.STOP


@given(st.sampled_from(NOT_STOPS), st.sampled_from(["", "!", " \U0001f64f", " \U0001f600"]))
def test_a_picture_or_a_mark_makes_no_opt_out(body: str, tail: str) -> None:
    assert read_consent(body + tail) is None


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading(body: str) -> None:
    assert read_consent(body) in {None, *OptKeyword}


@given(st.lists(st.sampled_from("stop dont no me txt escriban mas the it to . ?".split()), max_size=400).map(" ".join))
def test_long_texts_of_such_words_are_read_too(body: str) -> None:
    assert asks_to_stop(body) in {True, False}


def test_folding_keeps_clauses_apart_and_drops_everything_else() -> None:
    assert fold("¡Déjeme en PAZ!\n¿Sí?") == ". dejeme en paz . . si ?"
    assert fold("don\u2019t  STOOOP\U0001f6d1now") == "dont stop . now"


def test_a_speller_mends_one_slip_and_leaves_real_words_alone() -> None:
    speller = Speller(["message", "stop"], real=["massage"])
    assert [speller.mend(word) for word in ("mesage", "messsage", "massage", "emssage", "messages!", "stp")] == [
        *("message", "message", "massage", "message", "messages!", "stp")
    ]


def test_the_corpus_is_as_large_as_it_must_be_and_the_page_says_how_well_it_is_read() -> None:
    heard = {}
    for name, fewest in (("opt_outs", 400), ("no_opt_outs", 600)):
        lines = (CORPORA / f"{name}.tsv").read_text(encoding="utf-8").splitlines()[1:]
        rows = [line.split("\t") for line in lines]
        # "either" are kept for reading and never counted; what counts must stand there once.
        texts = [text for text, _, _, verdict, _ in rows if verdict != "either"]
        assert len(set(texts)) >= fewest
        heard[name] = (sum(read_consent(text) is OptKeyword.STOP for text in texts), len(texts))
    (right, of_stops), (wrong, of_others) = heard["opt_outs"], heard["no_opt_outs"]
    said = f"{right} of {of_stops} ({right / of_stops:.1%}) | {wrong} of {of_others} ({wrong / of_others:.0%})"
    assert f"| all of them, today | {said} |" in read("explanation/opting-out.md")
