"""Emergencies by kind and trade, texts that only sound like one, and what is told first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ringback.domain.segments import Encoding, count_segments
from ringback.domain.trades import TRADES
from ringback.receptionist.understanding.emergency import (
    EmergencyKind,
    default_instruction,
    emergency_number,
    find_emergency,
    is_life_threatening,
    read_emergency,
)
from ringback.receptionist.understanding.emergency_kinds import kinds_of

Kind = EmergencyKind

TOLD = {
    ("plumbing", Kind.GAS): [
        *(
            "i smell gas in the kitchen",
            "strong gas smell in basement",
            "gas leak!!",
            "the house smells like rotten eggs",
        ),
        *("I think we have a gas leak by the stove", "huele a gas", "hay una fuga de gas", "olor a gas muy fuerte"),
    ],
    ("hvac", Kind.CARBON_MONOXIDE): [
        *("our carbon monoxide alarm is going off", "CO detector keeps beeping", "the co alarm went off twice"),
        "está sonando la alarma de monóxido",
    ],
    ("garage", Kind.FIRE): [
        "smoke coming from the hood",
        "my truck is on fire",
        "sale humo del motor",
        "el carro se está quemando",
    ],
    ("plumbing", Kind.FIRE): [
        "there's a fire in my kitchen",
        "house is burning",
        "flames from the furnace",
        "hay fuego en la cocina",
    ],
    ("generic", Kind.ELECTRICAL): [
        *(
            "sparks from the outlet",
            "burning smell from the breaker panel",
            "the socket is smoking",
            "downed power line in the yard",
        ),
        *("salen chispas del enchufe", "huele a quemado el panel"),
    ],
    ("plumbing", Kind.FLOODING): [
        *(
            "water everywhere pls",
            "pipe burst in the basement",
            "my basement is flooding",
            "burst pipe help",
            "ceiling is leaking bad",
        ),
        *(
            "water pouring through the ceiling",
            "toilet overflowing and I cant shut the water off",
            "watr evrywhere, basment is floding",
        ),
        *(
            "the hot water heater burst",
            "there is water coming up through the floor",
            "se rompió un tubo",
            "se inundó la cocina",
        ),
        *(
            "sale agua por todos lados",
            "no puedo cerrar la llave del agua",
            "tengo una fuga enorme",
            "se reventó la tubería",
        ),
    ],
    ("plumbing", Kind.SEWAGE): [
        *("sewage coming up in the tub", "raw sewage in the basement", "toilet water is coming up the shower drain"),
        *("poop water everywhere", "salen aguas negras por el baño"),
    ],
    ("hvac", Kind.NO_HEAT): [
        *(
            "no heat and its freezing",
            "we have no heat",
            "furnace died, house is 45 degrees with a newborn",
            "heat went out last night",
        ),
        *("no tenemos calefacción", "sin calefacción y con un bebé"),
    ],
    ("hvac", Kind.NO_COOLING): [
        *(
            "no ac and my mom is 82 years old",
            "AC died and I have a baby here",
            "the ac is out, its 104 and grandma is on oxygen",
        ),
        *("no sirve el aire y tengo un bebé", "sin aire acondicionado y mi abuela está enferma"),
    ],
    ("medical", Kind.CHEST_PAIN): [
        *("my chest hurts", "bad chest pains since this morning", "i think my husband is having a heart attack"),
        *("me duele el pecho", "dolor en el pecho"),
    ],
    ("medical", Kind.BREATHING): [
        *(
            "i cant breathe",
            "having trouble breathing",
            "my throat is closing up",
            "she's choking",
            "no puedo respirar",
            "le cuesta respirar",
        ),
    ],
    ("medical", Kind.UNCONSCIOUS): [
        "he passed out",
        "my mom collapsed and won't wake up",
        "se desmayó mi hija",
        "mi papá no responde",
    ],
    ("medical", Kind.STROKE): ["her face is drooping and speech is slurred", "creo que es un derrame cerebral"],
    ("dental", Kind.BLEEDING): [
        *(
            "still bleeding after the extraction",
            "it wont stop bleeding",
            "bleeding a lot from the socket",
            "no deja de sangrar",
        ),
        "estoy sangrando mucho",
    ],
    ("dental", Kind.DENTAL_TRAUMA): [
        *("my son knocked out his front tooth", "tooth got knocked out at soccer", "she fell and broke two teeth"),
        *("se me cayó un diente por un golpe", "le tumbaron un diente"),
    ],
    ("dental", Kind.SWELLING): [
        "my face is swollen",
        "jaw is swelling up badly",
        "tengo la cara hinchada",
        "se me hinchó el cachete",
    ],
    ("dental", Kind.SEVERE_PAIN): [
        "the pain is unbearable",
        "excruciating pain, cant sleep",
        "no aguanto el dolor",
        "dolor insoportable",
    ],
    ("vet", Kind.BLEEDING_PET): [
        "my dog is bleeding",
        "cat has a deep cut, blood on the floor",
        "mi perro está sangrando",
    ],
    ("vet", Kind.POISONED_PET): [
        *("my dog ate chocolate", "puppy got into rat poison", "cat chewed a lily", "dog swallowed a sock"),
        *("mi perro comió veneno", "mi gato se envenenó"),
    ],
    ("vet", Kind.BLOAT): [
        "dogs belly is hard and he is retching",
        "my dog is bloated",
        "mi perro tiene la panza hinchada",
    ],
    ("vet", Kind.BREATHING_PET): [
        "my cat is not breathing",
        "dog is having a seizure",
        "puppy collapsed",
        "mi gato no respira",
    ],
    ("vet", Kind.BLOCKED_PET): ["male cat cant pee since yesterday", "mi gato no puede orinar"],
    ("vet", Kind.INJURED_PET): ["my dog was hit by a car", "dog attacked by another dog", "atropellaron a mi perro"],
    ("towing", Kind.STRANDED): [
        *(
            "stranded on I-90",
            "broke down on the highway",
            "im stuck on the side of the road",
            "flat tire on the freeway",
        ),
        *("me quedé tirado en la autopista", "estoy varado en la carretera"),
    ],
    ("towing", Kind.LOCKED_IN_CHILD): [
        *(
            "my baby is locked in the car",
            "locked my keys in the car and my toddler is inside",
            "mi bebé está encerrado en el carro",
        ),
    ],
    ("towing", Kind.CRASH): ["just had an accident, someone is hurt", "my car rolled over", "acabo de chocar"],
    ("real_estate", Kind.LOCKED_OUT): [
        "im locked out of my apartment",
        "locked myself out",
        "me quedé afuera sin llaves",
    ],
    ("pest_control", Kind.SWARM): [
        "wasps everywhere inside the house",
        "stung multiple times by yellow jackets",
        "hay una víbora en la cocina",
    ],
    ("law", Kind.ARRESTED): [
        "my brother was arrested",
        "hes in jail",
        "police are at my door",
        "arrestaron a mi hermano",
    ],
    ("salon", Kind.REACTION): ["my scalp is burning after the bleach", "me arde mucho el cuero cabelludo"],
    ("law", Kind.SELF_HARM): ["i want to kill myself", "thinking of suicide", "ya no quiero vivir"],
    ("restaurant", Kind.ALLERGIC): ["she is having an allergic reaction", "tiene una reacción alérgica"],
    ("dental", Kind.STATED): [
        "its an emergency",
        "emergency please",
        "EMERGENCY",
        "need help right now",
        "es una emergencia",
        "urgente",
        "me urge",
    ],
}
CASES = [(trade, kind, text) for (trade, kind), texts in TOLD.items() for text in texts]


@pytest.mark.parametrize(("trade", "kind", "text"), CASES)
def test_an_emergency_is_recognised_with_its_kind(trade: str, kind: EmergencyKind, text: str) -> None:
    assert read_emergency(text, trade) is kind


@pytest.mark.parametrize(("trade", "kind", "text"), CASES)
def test_a_trade_that_is_not_known_hears_every_emergency(trade: str, kind: EmergencyKind, text: str) -> None:
    del trade, kind
    assert read_emergency(text, "piano_tuning") is not None


NONE = [
    *(
        "not an emergency, whenever you can",
        "is the emergency fee extra?",
        "gas furnace tune-up",
        "meet at the gas station",
    ),
    *(
        "can you do a smoke detector install",
        "do you handle emergencies?",
        "we had a flood last year",
        "do you fix gas leaks?",
    ),
    *(
        "do you do emergency calls on weekends",
        "what's your emergency rate",
        "flood insurance question",
        "new gas stove hookup",
    ),
    *(
        "how do I prevent frozen pipes",
        "what if a pipe bursts while I'm away",
        "the fireplace needs cleaning",
        "fire damage estimate",
    ),
    *("burning calories", "my kitchen faucet drips", "sink is clogged", "toilet runs all night", "water bill is high"),
    *("no gas smell, just the pilot light", "it isn't flooding, just a drip", "I don't smell any gas", "no hot water"),
    *("heat pump quote", "one room has no heat in the guest room", "ac tune up before summer", "ac not cooling great"),
    *(
        "toothache, any openings tuesday?",
        "tooth is sensitive to cold",
        "wisdom teeth removal",
        "gums bleed a little when i floss",
    ),
    *("my dog needs his shots", "cat grooming", "dog dental cleaning", "puppy checkup", "how much to spay a cat"),
    *("flat tire repair cost", "oil change", "spark plug replacement", "brake inspection", "need a tow tomorrow at 9"),
    *(
        "bees nest removal quote",
        "ants in the kitchen",
        "parking ticket question",
        "need a will",
        "highlights and a trim",
    ),
    *(
        "table for two tonight",
        "i locked in the price",
        "locked out of my account",
        "running late, traffic on the highway",
    ),
    *(
        "stroke of luck",
        "the party was fire",
        "that was a lifesaver",
        "in no hurry",
        "drop off before work",
        "breathing room in the schedule",
    ),
    *(
        "no es una emergencia",
        "no es urgente",
        "atienden emergencias?",
        "cobran más por emergencias?",
        "estufa de gas nueva",
    ),
    *(
        "quiero instalar un detector de humo",
        "el año pasado se inundó el sótano",
        "limpieza dental",
        "vacunas para mi perro",
    ),
    *("cambio de aceite", "revisión de la calefacción", "me llaman cuando puedan", "mi llave gotea un poco"),
    *("", " ", "hi", "yes", "no", "ok thanks", "tuesday at 3", "12 Oak Street", "\U0001f525"),
]


@pytest.mark.parametrize("text", NONE)
def test_what_only_sounds_like_an_emergency_is_none(text: str) -> None:
    assert [read_emergency(text, trade) for trade in (*TRADES, "")] == [None] * (len(TRADES) + 1)


@pytest.mark.parametrize(
    ("trade", "text"),
    [
        ("law", "my basement is flooding"),
        ("salon", "no heat and its freezing"),
        ("hvac", "my brother was arrested"),
        ("dental", "flat tire on the freeway"),
        ("garage", "my car smells like gas"),
    ],
)
def test_a_trade_leaves_alone_what_others_are_called_for(trade: str, text: str) -> None:
    assert read_emergency(text, trade) is None


@pytest.mark.parametrize("trade", TRADES)
@pytest.mark.parametrize(
    "text", ["i smell gas", "i cant breathe", "someone is breaking in", "house is on fire", "me duele el pecho"]
)
def test_a_life_at_risk_is_heard_by_every_trade(trade: str, text: str) -> None:
    kind = read_emergency(text, trade)
    assert kind is not None
    assert is_life_threatening(kind)


def test_a_life_at_risk_is_not_talked_away() -> None:
    assert read_emergency("not an emergency i guess but i smell gas", "plumbing") is Kind.GAS
    assert read_emergency("do you fix gas leaks? i smell gas right now", "plumbing") is Kind.GAS
    assert (
        read_emergency("we had a flood last year and now the basement is flooding again", "plumbing") is Kind.FLOODING
    )


def test_the_owners_own_words_count_and_only_as_whole_words() -> None:
    assert read_emergency("The Boiler is knocking!", "hvac", ("boiler is knocking",)) is Kind.OWNER
    assert read_emergency("the spoiler is knocking", "hvac", ("boiler is knocking",)) is None
    assert read_emergency("hello", "hvac", ("", "  ")) is None


def test_the_words_that_decided_are_named() -> None:
    assert find_emergency("please come, gas leak in here", "plumbing") == (Kind.GAS, "gas leak")


def test_kinds_that_are_no_kind_threaten_no_life() -> None:
    assert not is_life_threatening("toothache")
    assert kinds_of("vet") >= {Kind.BLOAT, Kind.GAS, Kind.STATED}


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("US", "911"),
        ("ca", "911"),
        ("GB", "999"),
        ("IE", "112"),
        ("AU", "000"),
        ("NZ", "111"),
        ("ES", "112"),
        ("??", "112"),
    ],
)
def test_each_country_has_its_number(country: str, number: str) -> None:
    assert emergency_number(country) == number


@pytest.mark.parametrize("kind", EmergencyKind)
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("country", ["US", "GB", "AU"])
def test_an_instruction_is_one_short_plain_text(kind: EmergencyKind, language: str, country: str) -> None:
    for trade in TRADES:
        text = default_instruction(kind, trade, language, country)
        assert len(text) <= 150
        assert count_segments(text).encoding is Encoding.GSM7
        assert "{" not in text
        assert emergency_number(country) in text or not is_life_threatening(kind)


def test_the_crisis_line_is_named_where_there_is_one() -> None:
    assert "988" in default_instruction(Kind.SELF_HARM, "generic", "en", "US")
    assert "988" not in default_instruction(Kind.SELF_HARM, "generic", "es", "ES")


def test_a_burning_car_is_not_a_building() -> None:
    assert "vehicle" in default_instruction(Kind.FIRE, "towing", "en", "US")
    assert "inside" in default_instruction(Kind.FIRE, "plumbing", "en", "US")


def test_kinds_of_the_future_get_the_general_words() -> None:
    assert default_instruction("meteor", "generic", "fr", "US") == default_instruction(
        Kind.STATED, "generic", "en", "US"
    )


@given(st.text(max_size=200), st.sampled_from(["", *TRADES]))
def test_no_text_breaks_the_reading(text: str, trade: str) -> None:
    kind = read_emergency(text, trade)
    assert kind is None or kind in kinds_of(trade)


@given(st.sampled_from(CASES), st.sampled_from(["{}!!!", "{} \U0001f622", "  {}\n", "help. {}", "{} please"]))
def test_dress_hides_no_life_at_risk(case: tuple[str, EmergencyKind, str], shape: str) -> None:
    trade, kind, text = case
    if is_life_threatening(kind):
        assert read_emergency(shape.format(text.upper()), trade) is not None
