"""Tells English from Spanish, and stays with the language of the thread until a whole sentence says otherwise."""

import re

from ringback.receptionist.understanding.words import plain

# Below this many words a text is a name, a place or an "ok": no reason to switch.
_WORDS_TO_SWITCH = 3
_MARKS_TO_SWITCH = 2.0

_WISHES = {
    "es": re.compile(r"\b(?:en espanol|spanish please|in spanish|hablan? espanol|speak spanish)\b"),
    "en": re.compile(r"\b(?:en ingles|english please|in english|hablan? ingles|speak english)\b"),
}

# Words that one of the two has and the other has not: "no", "me", "a", "hay" and "son" are in neither list.
_ENGLISH = frozenset(
    "the and you your i i'm im is are was were do does did can could would will have has need want what when "
    "where how "
    "why who this that these those my our with for from at on in of to it it's its be not don't dont just please "
    "thanks "
    "thank yes yeah yep hi hello hey there any some tomorrow today tonight morning afternoon evening week next after "
    "before appointment book cancel come call back out up about if or but get got like know help much many time day "
    "works work fix water house sorry good great sure anytime asap we they he she him her us them an as by so "
    "monday tuesday wednesday thursday friday saturday sunday what's let can't won't isn't there's "
    "that's what's you're their his okay alright nope fine sounds perfect then try go ahead yup more right "
    "correct here "
    "stop text texting messaging leave alone its later ever price much does doesn't didn't been going "
    "sink leak leaks leaking tooth hurts broken send tell give".split()
)
_SPANISH = frozenset(
    "un una unos unas al que y o en con por para es esta estan estoy soy somos ser tengo "
    "tiene tienen tenemos hola buenas buenos dias tardes noches gracias favor quiero quisiera necesito necesita "
    "puedo "
    "puede pueden podria podrian como cuando donde cuanto cuanta cuantos cuesta cuestan precio cita citas manana hoy "
    "lunes martes miercoles jueves viernes sabado domingo semana proxima proximo despues antes hora horas mi su sus "
    "mis nos les lo se si pero muy mas tambien hay hacer ver vale bueno claro perdon disculpe adios cancelar "
    "cambiar reservar agua casa hija hijo esposa esposo ustedes usted porque sin sobre entre hasta desde algo nada "
    "ese esa este eso esto otro otra otros tarde noche dia mes ano abren cierran abierto llamar ayuda urgente fuga "
    "numero direccion nombre llamo habla hablo duele muela limpieza ya yo digame saludos hasta luego tubo tuberia "
    "escriban mensajes manden mande quitenme borren dejen deje molesten contacten alguien bien mal gotea fregadero "
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
    "bano cocina calentador puerta coche carro perro gato humo luz gas huele roto rota danado".split()
)
# They stand in half of all Spanish names and streets too.
_NAME_PARTICLES = frozenset("el la los las de del".split())
_SPANISH_SIGNS = re.compile(
    r"[ñ¿¡]|\b\w+(?:ción|ciones|mente|ísimo|ísima|ándo|iéndo)\b|\b\w*[áíóú]\w*\b", re.IGNORECASE
)
_WORD = re.compile(r"[a-z']+")


def read_language(text: str, current: str | None) -> str:
    """Return "en" or "es"; without a `current` one the text alone decides, for English when nothing speaks."""
    said = plain(text)
    for language, wish in _WISHES.items():
        if wish.search(said):
            return language
    words = _WORD.findall(said)
    spanish, english = _marks(text, words)
    if current is None:
        return "es" if spanish > english else "en"
    # One mark will do where nothing speaks for the other language.
    needed = 1.0 if not (spanish and english) else _MARKS_TO_SWITCH
    # "Cuanto cuesta?": a whole question in two words.
    is_question = len(words) == spanish == _WORDS_TO_SWITCH - 1 and "?" in text
    if (len(words) < _WORDS_TO_SWITCH and not is_question) or abs(spanish - english) < needed:
        return current
    return "es" if spanish > english else "en"


def _marks(text: str, words: list[str]) -> tuple[float, float]:
    """How much in it is Spanish and how much English, in words."""
    plainly = sum(word in _SPANISH for word in words)
    # Accents and particles alone are a name: they only add to a word that is Spanish for sure.
    hints = 0.5 * len(_SPANISH_SIGNS.findall(text)) + 0.5 * sum(word in _NAME_PARTICLES for word in words)
    has_mark = plainly or "¿" in text or "¡" in text
    return (plainly + hints if has_mark else 0.0), float(sum(word in _ENGLISH for word in words))
