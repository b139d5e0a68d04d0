"""Every rule of the linter: what breaks it, in English and Spanish, and what comes close without breaking it."""

import pytest

from ringback.domain.linter import Finding, Level, lint, longest_values

LONG_NAME = "Harbor Dental of Greater Portland"
GOOD = {
    "en": "Hi, this is {business}. Sorry we missed your call. How can we help? Reply here. STOP to opt out.",
    "es": "Somos {business}. Disculpe, no pudimos atenderle. ¿Qué necesita? Responda por texto. STOP para salir.",
}
ERRORS = {"too_long", "business_not_named", "link", "unknown_field"}


def codes(body: str, language: str = "en", *, first_text: bool = True) -> set[str]:
    return {
        finding.code
        for finding in lint(body, language, longest_values(language, business=LONG_NAME), first_text=first_text)
    }


def message(body: str, code: str, language: str = "en") -> str:
    findings = lint(body, language, longest_values(language, business=LONG_NAME))
    return next(finding.message for finding in findings if finding.code == code)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_good_wording_has_no_finding(language: str) -> None:
    assert codes(GOOD[language], language) == set()


def test_errors_come_first_and_only_they_block() -> None:
    findings = lint("CALL US NOW!! {nope} bit.ly/x", "en", {})
    levels = [finding.level for finding in findings]
    assert levels == sorted(levels, key=lambda level: level is Level.WARNING)
    assert {finding.code for finding in findings if finding.level is Level.ERROR} == ERRORS - {"too_long"}
    assert all(finding.message.endswith((".", '"')) for finding in findings)


PROMOTIONAL_EN = [
    *("price", "priced", "discount", "free", "deal", "offer", "package", "referral", "reviews", "a review", "sale"),
    *("coupon", "promo", "specials", "quote", "lowest", "cheapest", "hurry", "winner", "prize", "guarantee", "20% off"),
    *("book today", "call now", "act now", "limited time", "refer a friend", "top rated", "five-star", "save big"),
    *("number one", "# 1", "$95", "€ 20"),
]
PROMOTIONAL_ES = [
    *("precio", "descuento", "gratis", "gratuita", "oferta", "promoción", "promo", "rebaja", "paquete", "reseñas"),
    *("recomiéndenos", "refiéranos", "garantizado", "garantía", "cupón", "cotización", "presupuesto", "ahorre"),
    *("barato", "aproveche", "premio", "reserve hoy", "llame ya", "tiempo limitado", "los mejores", "número uno"),
    "cinco estrellas",
]
EVERY_PROMOTION = [*((words, "en") for words in PROMOTIONAL_EN), *((words, "es") for words in PROMOTIONAL_ES)]


@pytest.mark.parametrize(("words", "language"), EVERY_PROMOTION)
def test_words_of_an_advertisement_are_named(words: str, language: str) -> None:
    assert "promotional" in codes(f"{{business}} {words}.", language)


BROKEN_EN = [
    ("unknown_field", "{busines}"),
    ("unknown_field", "{business.__class__}"),
    ("unknown_field", "{opens!r}"),
    ("unknown_field", "{opens:>99}"),
    ("unknown_field", "{}"),
    ("unknown_field", "{0}"),
    ("unknown_field", "Half a { bracket"),
    ("link", "See https://harbor.example/book"),
    ("link", "See www.harbor.example"),
    ("link", "See harbordental.com."),
    ("link", "See HarborDental.Com"),
    ("link", "See bit.ly/3xYz"),
    ("link", "See harbor.museum/visit"),
    ("link", "See harbor dot com"),
    ("no_question", None),
    ("many_questions", "Is it urgent?"),
    ("many_apologies", "We apologize."),
    ("capitals", "CALL US."),
    ("capitals", "Call us TODAY."),
    ("capitals", "Do CALL us."),
    ("capitals", "GO ON."),
    ("repeated_punctuation", "Thanks!!"),
    ("repeated_punctuation", "One, two,, three."),
    ("repeated_punctuation", "Well.. yes."),
    ("promotional", "Free."),
    ("promotional", "Ask about our prices."),
    ("promotional", "10% off."),
    ("promotional", "Only $ 95."),
    ("promotional", "We are #1."),
    ("promotional", "Book now."),
    ("promotional", "A limited-time thing."),
    ("promotional", "Leave us a review."),
    ("promotional", "5-star team."),
    ("promotional", "Guaranteed."),
    ("promotional", "Great deal."),
    ("promotional", "Special packages."),
    ("promotional", "Best-rated in town."),
    ("promotional", "Send a referral."),
    ("promotional", "A discount."),
    ("forces_ucs2", "We\u2019re here."),
]


@pytest.mark.parametrize(("code", "addition"), BROKEN_EN)
def test_each_rule_finds_what_breaks_it_and_nothing_else(code: str, addition: str | None) -> None:
    body = "Hi, it's {business}. Sorry! What's up? Reply here. STOP to opt out."
    broken = body.replace("What's up?", "Tell us.") if addition is None else f"{body} {addition}"
    assert codes(broken) - {"too_long"} == {code}


INNOCENT_EN = [
    "Feel free to reply.",
    "It is toll-free.",
    "We deal with it.",
    "We open at 8 a.m. or so.",
    "Mail info@harbordental.com then.",
    "Ask for the HVAC team.",
    "Ask for the XYZ team.",
    "I am A. Ruiz, unit B.",
    "Wait... we are back.",
    "We will review it.",
    "It's Dr. Olga.",
]


@pytest.mark.parametrize("addition", INNOCENT_EN)
def test_what_only_looks_like_a_fault_is_let_be(addition: str) -> None:
    assert codes(f"Hi, it's {{business}}. Sorry! What's up? Reply here. STOP to opt out. {addition}") == set()


BROKEN_ES = [
    ("many_questions", "¿Es urgente?"),
    ("many_apologies", "Lo siento."),
    ("many_apologies", "Lamentamos esto."),
    ("capitals", "LE ATENDEMOS."),
    ("repeated_punctuation", "¡¡Gracias!"),
    ("promotional", "Gratis."),
    ("promotional", "Vea los precios."),
    ("promotional", "Reserve ya."),
    ("promotional", "El mejor."),
    ("promotional", "5 estrellas."),
    ("promotional", "Una oferta."),
    ("promotional", "Por tiempo limitado."),
    ("promotional", "Descuentos."),
    ("promotional", "Deje una reseña."),
    ("promotional", "Garantizado."),
    ("link", "Vea harbor.mx"),
]


@pytest.mark.parametrize(("code", "addition"), BROKEN_ES)
def test_spanish_is_read_with_spanish_words(code: str, addition: str) -> None:
    body = "Somos {business}. Disculpe. ¿Qué necesita? Responda por texto. STOP para salir."
    assert codes(body, "es") == set()
    assert codes(f"{body} {addition}", "es-MX") == {code}


def test_promotional_words_are_found_with_their_accents() -> None:
    assert "promotional" in codes("Somos {business}. Vea nuestra promoción.", "es")
    assert "promotional" in codes("Somos {business}. Pida su cotización.", "es")


def test_a_text_of_exactly_160_characters_passes_and_one_more_is_an_error() -> None:
    body = "Hi, this is {business}. Can we help? Reply here. STOP to opt out. "
    room = 160 - len(body.replace("{business}", LONG_NAME))
    assert codes(body + "a" * room) == set()
    assert codes(body + "a" * (room + 1)) == {"too_long"}
    assert "161 characters" in message(body + "a" * (room + 1), "too_long")
    assert "by 1 to fit" in message(body + "a" * (room + 1), "too_long")


def test_a_text_in_ucs2_has_70_characters() -> None:
    longest = longest_values("es", business="Harbor")
    body = "{business}: ¿Qué necesita? Responda. STOP: no más. "
    room = 70 - len(body.replace("{business}", "Harbor"))
    fits, too_long = (lint(body + "a" * length, "es", longest) for length in (room, room + 1))
    assert {finding.code for finding in fits} == {"forces_ucs2"}
    assert {finding.code for finding in too_long} == {"forces_ucs2", "too_long"}
    assert "this is 71 characters and costs 2 texts. Shorten it by 1 to fit" in too_long[0].message


def test_length_is_judged_with_the_longest_merge_values() -> None:
    body = "Hi, this is {business}. We open {opens}. Can we help? Reply here. STOP to opt out. " + "a" * 67
    shortest = {"business": "Harbor Dental", "opens": "now"}
    assert not lint(body, "en", shortest)
    assert {finding.code for finding in lint(body, "en", {**shortest, "opens": "tomorrow at 10 AM"})} == {"too_long"}
    assert {finding.code for finding in lint(body, "en", {"business": "Harbor Dental"})} == {"too_long"}


@pytest.mark.parametrize("disguised", ["harbor\u200b.com", "harbor．com"])
def test_a_link_is_found_through_a_disguise(disguised: str) -> None:
    assert "link" in codes(f"{{business}}: {disguised}")


def test_a_question_mark_with_an_exclamation_mark_is_repeated_punctuation() -> None:
    assert "repeated_punctuation" in codes("{business} here. Really?!")


def test_values_that_are_not_given_are_taken_to_be_long() -> None:
    lengths = {field: len(value) for field, value in longest_values("es").items()}
    assert lengths == {"business": 33, "opens": 28, "until": 28, "caller_name": 20, "line": 20}
    assert longest_values("en", "Harbor", "Van")["line"] == "Van"


def test_a_merge_value_that_forces_ucs2_is_found_too() -> None:
    findings = lint(GOOD["en"], "en", longest_values("en", business="Olga\u2019s"))
    assert {finding.code for finding in findings} == {"forces_ucs2", "too_long"}


def test_characters_that_force_ucs2_are_named_with_what_to_write_instead() -> None:
    said = message("{business}\u2019s so más 😀 \u200d", "forces_ucs2")
    assert "\u2019 (write ')" in said
    assert "á (write a)" in said
    assert "😀 (leave it out)" in said
    assert "U+200D (leave it out)" in said


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("{business} here. Hi", True),
        ("Hi, this is {business}! Hello", True),
        ("Hi! This is {business}.", False),
        ("We missed your call. {business}", False),
        ("Hello\n{business}", False),
        ("Hello", False),
        ("", False),
        (f"This is {LONG_NAME}. Hi", True),
        (f"this is {LONG_NAME.lower()}. Hi", True),
        (f"Hi. This is {LONG_NAME}", False),
    ],
)
def test_the_business_is_named_in_the_first_sentence(body: str, named: bool) -> None:
    assert ("business_not_named" not in codes(body)) == named


def test_a_name_with_a_full_stop_of_its_own_does_not_end_the_sentence() -> None:
    findings = lint("This is St. Mary's Vet. Hi", "en", longest_values("en", business="St. Mary's Vet"))
    assert "business_not_named" not in {finding.code for finding in findings}


def test_only_a_first_text_may_not_carry_a_link() -> None:
    body = "This is {business}. Can we book it at harbor.com/book? Reply here. STOP to opt out."
    assert codes(body) == {"link"}
    assert '"harbor.com/book"' in message(body, "link")
    assert codes(body, first_text=False) == set()


@pytest.mark.parametrize(
    ("ending", "language", "offers_a_way_out"),
    [
        ("STOP to opt out.", "en", True),
        ("Reply stop to end.", "en", True),
        ("To opt out write us.", "en", True),
        ("Text us to unsubscribe.", "en", True),
        ("Please stop by our shop.", "en", False),
        ("STOPPING is fine.", "en", False),
        ("STOP para salir.", "es", True),
        ("Responda BAJA.", "es", True),
        ("Para darse de baja escriba.", "es", True),
        ("Le atendemos en la planta baja.", "es", False),
    ],
)
def test_an_opt_out_hint_is_a_way_out_and_not_the_word_alone(
    ending: str, language: str, offers_a_way_out: bool
) -> None:
    assert ("no_opt_out" not in codes(f"{{business}}. {ending}", language)) == offers_a_way_out


@pytest.mark.parametrize(
    ("ending", "language", "says_what_comes_next"),
    [
        ("Reply here.", "en", True),
        ("We open {opens}.", "en", True),
        ("We are away until {until}.", "en", True),
        ("We'll get back to you.", "en", True),
        ("We will call you back.", "en", True),
        ("What do you need?", "en", False),
        ("Thanks for your call.", "en", False),
        ("Responda por texto.", "es", True),
        ("Le llamaremos.", "es", True),
        ("Gracias por llamar.", "es", False),
    ],
)
def test_an_expectation_is_what_happens_next(ending: str, language: str, says_what_comes_next: bool) -> None:
    assert ("no_expectation" not in codes(f"{{business}}. {ending}", language)) == says_what_comes_next


def test_the_business_name_may_be_in_capitals_since_it_is_its_own() -> None:
    findings = lint(GOOD["en"], "en", longest_values("en", business="HARBOR DENTAL"))
    assert findings == ()


def test_an_unknown_language_is_read_as_english() -> None:
    assert codes(GOOD["en"], "fr") == set()


def test_a_finding_is_a_value() -> None:
    assert lint("{nope}{business}", "en", {})[0] == Finding(
        Level.ERROR,
        "unknown_field",
        "{nope} is not a merge field. The merge fields are {business}, {caller_name}, {line}, {opens}, {until}.",
    )
