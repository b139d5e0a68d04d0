"""The built-in wordings: every one fits, reads right to the linter, and is reached by its rule."""

from itertools import product

import pytest

from ringback.domain.calls import Outcome
from ringback.domain.hours import DayState
from ringback.domain.linter import lint, longest_values
from ringback.domain.segments import Encoding, count_segments
from ringback.domain.trades import GENERIC, TONES, TRADES, builtin_wording, builtin_wordings
from ringback.domain.wording import Situation, choose_wording, render_wording

LONG_NAME = "Harbor Dental of Greater Portland"
LANGUAGES = ("en", "es")
MOMENTS = {
    "missed": (Outcome.NO_ANSWER, DayState.OPEN),
    "abandoned": (Outcome.ABANDONED, DayState.OPEN),
    "busy": (Outcome.BUSY, DayState.OPEN),
    "closed": (Outcome.CLOSED, DayState.CLOSED),
    "holiday": (Outcome.NO_ANSWER, DayState.HOLIDAY),
}
EVERY = list(product(TRADES, TONES, LANGUAGES, MOMENTS))


def situation(moment: str, trade: str = GENERIC, language: str = "en") -> Situation:
    outcome, day = MOMENTS[moment]
    return Situation(outcome, day, line="Main", language=language, first_time=True, trade=trade)


def body_of(trade: str, tone: str, language: str, moment: str) -> str:
    return builtin_wording(trade, tone, language, situation(moment, trade)).body


def test_every_trade_of_the_product_is_there() -> None:
    named = (
        "vet pest_control dental medical hvac plumbing law salon med_spa garage towing restaurant real_estate generic"
    )
    assert sorted(TRADES) == sorted(named.split())
    assert TONES == ("warm", "brief", "formal")
    assert len(LONG_NAME) == 33


@pytest.mark.parametrize(("trade", "tone", "language", "moment"), EVERY)
def test_every_built_in_wording_is_clean_and_fits_one_segment(
    trade: str, tone: str, language: str, moment: str
) -> None:
    body = body_of(trade, tone, language, moment)
    longest = longest_values(language, business=LONG_NAME)
    assert lint(body, language, longest) == ()
    size = count_segments(render_wording(body, longest))
    assert (size.encoding, size.count) == (Encoding.GSM7, 1)


@pytest.mark.parametrize(("trade", "tone", "language", "moment"), EVERY)
def test_every_built_in_wording_says_when_a_closed_business_opens_and_never_promises_a_time(
    trade: str, tone: str, language: str, moment: str
) -> None:
    body = body_of(trade, tone, language, moment)
    assert ("{opens}" in body) == (moment in {"closed", "holiday"})
    assert not any(word in body.lower() for word in ("minute", "minuto", "shortly", "soon", "pronto", "asap"))


HEALTH_WORDS = ("pain", "tooth", "teeth", "symptom", "doctor", "treat", "botox", "dolor", "diente", "receta", "sintoma")


@pytest.mark.parametrize(
    ("trade", "tone", "language"), list(product(("dental", "medical", "med_spa"), TONES, LANGUAGES))
)
def test_no_health_detail_is_asked_of_a_patient(trade: str, tone: str, language: str) -> None:
    texts = " ".join(body_of(trade, tone, language, moment) for moment in MOMENTS).lower()
    assert not any(word in texts for word in HEALTH_WORDS)


def test_trades_tones_languages_and_moments_each_have_words_of_their_own() -> None:
    texts = {key: body_of(*key) for key in EVERY if key[3] in {"missed", "busy", "closed"}}
    by_trade = {trade: tuple(texts[trade, "warm", language, "missed"] for language in LANGUAGES) for trade in TRADES}
    assert len(set(by_trade.values())) == len(TRADES)
    assert all(len({texts[t, tone, la, mo] for tone in TONES}) == len(TONES) for t, _, la, mo in texts)
    assert all(len({texts[t, tone, la, mo] for mo in ("missed", "busy", "closed")}) == 3 for t, tone, la, _ in texts)


def test_only_one_apology_and_only_for_a_call_we_missed() -> None:
    assert "Sorry we missed your call" in body_of("hvac", "warm", "en", "missed")
    assert "orry" not in body_of("hvac", "warm", "en", "closed")


def test_an_unknown_trade_or_language_still_gets_words() -> None:
    assert body_of("florist", "warm", "en", "missed") == body_of(GENERIC, "warm", "en", "missed")
    assert body_of("law", "warm", "fr", "missed") == body_of("law", "warm", "en", "missed")
    assert body_of("law", "warm", "es-MX", "missed") == body_of("law", "warm", "es", "missed")
    assert builtin_wording("law", "warm", "es-MX", situation("missed")).language == "es"


def test_an_unknown_tone_is_refused() -> None:
    with pytest.raises(ValueError, match="shouting"):
        builtin_wordings("law", "shouting")
    with pytest.raises(ValueError, match="shouting"):
        builtin_wording("law", "shouting", "en", situation("missed"))


@pytest.mark.parametrize(("tone", "language", "moment"), list(product(TONES, (*LANGUAGES, "fr"), MOMENTS)))
def test_the_built_in_rules_choose_the_built_in_words_of_the_moment(tone: str, language: str, moment: str) -> None:
    rules, wordings = builtin_wordings("towing", tone)
    choice = choose_wording(rules, wordings, situation(moment, "towing", language))
    assert choice.rule_index is not None
    assert choice.wording.body == body_of("towing", tone, language, moment)


def test_built_in_wordings_have_names_of_their_own_and_every_rule_names_one() -> None:
    rules, wordings = builtin_wordings("vet")
    names = [wording.name for wording in wordings]
    assert len(set(names)) == len(names) == 6
    assert [rule.wording for rule in rules] == names
