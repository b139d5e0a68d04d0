"""Emergencies: whether a text tells of one and of what kind, in English and Spanish, by what the trade deals with."""

import re
from collections.abc import Iterable

from ringback.domain.consent_letters import Speller, fold
from ringback.receptionist.understanding import emergency_words_body as body
from ringback.receptionist.understanding import emergency_words_en as english
from ringback.receptionist.understanding import emergency_words_es as spanish
from ringback.receptionist.understanding.emergency_instructions import default_instruction, emergency_number
from ringback.receptionist.understanding.emergency_kinds import (
    EmergencyKind,
    concerns_pets,
    is_life_threatening,
    kinds_of,
)
from ringback.receptionist.understanding.emergency_together import TOGETHER, tells_together

__all__ = [
    "EmergencyKind",
    "default_instruction",
    "emergency_number",
    "find_emergency",
    "is_life_threatening",
    "read_emergency",
]


def read_emergency(text: str, trade: str, extra: tuple[str, ...] = ()) -> EmergencyKind | None:
    """Return the gravest emergency that the text tells of; a trade not known to us hears every kind.

    `extra` are the owner's own words for one. Recall comes first, yet a question about our work ("do you fix gas
    leaks?"), history and "not an emergency" are none.
    """
    found = find_emergency(text, trade, extra)
    return found[0] if found else None


def find_emergency(text: str, trade: str, extra: tuple[str, ...] = ()) -> tuple[EmergencyKind, str] | None:
    """Return the kind with the words that decided."""
    words = _words(text, trade)
    if extra and (owners := _owners_words(words, extra)):
        return EmergencyKind.OWNER, owners
    if _is_no_emergency(words):
        return None
    known = kinds_of(trade)
    calm = bool(_CALM.search(words))
    for kind, pattern in _PATTERNS.items():
        if kind not in known or (calm and not is_life_threatening(kind)):
            continue
        if match := _first_meant(pattern, words, kind, trade):
            return kind, match
    return _find_together(words, trade, calm)


def _find_together(words: str, trade: str, calm: bool) -> tuple[EmergencyKind, str] | None:
    known = kinds_of(trade)
    for kind in TOGETHER:
        if kind not in known or (calm and not is_life_threatening(kind)) or _is_elsewhere(kind, words, trade):
            continue
        if tells_together(kind, words):
            return kind, words
    return None


def _words(text: str, trade: str) -> str:
    # The last sign ends nothing more: "pipe burst!!!" is "pipe burst".
    words = " ".join(_SPELLER.mend(word) for word in fold(text).split()).rstrip(" .")
    if trade != "vet" or _PERSON.search(words):
        return words
    # At a vet "he ate my gum" and "bleeding from his paw" speak of the animal, named or not.
    return words if _PET.search(words) else _PRONOUN.sub("dog", words, count=1)


def _owners_words(words: str, extra: tuple[str, ...]) -> str | None:
    phrases = (fold(phrase) for phrase in extra)
    return next((phrase for phrase in phrases if phrase and f" {phrase} " in f" {words} "), None)


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


def _fill(pattern: str) -> str:
    macros = english.MACROS | spanish.MACROS
    for _ in range(2):
        pattern = re.sub(r"\{([a-z_]+)\}", lambda found: macros[found[1]], pattern)
    return pattern


def _compile(kind: EmergencyKind) -> re.Pattern[str]:
    patterns: Iterable[str] = (*body.WORDS.get(kind, ()), *english.WORDS.get(kind, ()), *spanish.WORDS.get(kind, ()))
    return _whole_words(_fill("|".join(f"(?:{pattern})" for pattern in patterns)))


_PATTERNS = {kind: _compile(kind) for kind in EmergencyKind if kind is not EmergencyKind.OWNER}
_SPELLED_OUT = re.findall(
    "[a-z]{4,}",
    " ".join(
        part for words in (body.WORDS, english.WORDS, spanish.WORDS) for parts in words.values() for part in parts
    ),
)
_SPELLER = Speller(english.KNOWN, [*english.REAL, *_SPELLED_OUT])

_CALM = _whole_words(
    r"(?:not|isnt|no|nothing|aint|wasnt|never)(?: (?:an|a|that|super|really|like|an actual|very|necessarily|too|"
    r"is)){0,8} (?:emergency|urgent|emergent|hurry|rush)|non ?emergency|non ?urgent|no (?:es|hay)(?: (?:una|ninguna|"
    r"nada|tan|muy)){0,8} (?:emergencia|urgencia|urgente|prisa)|sin (?:prisa|urgencia)|no (?:me |nos )?urge|"
    r"cuando (?:puedan|tengan tiempo)|whenever you"
)
# What the caller would have done, or asks whether we do.
_SERVICES = _whole_words(
    r"(?:do|does|can|are|will|would|if|whether) (?:you|u|yall|ya|your|you guys|they)(?: (?:guys|also|even|all|"
    r"able to|there|company|team|folks|be able to|happen to|still|actually|ever|sometimes|any|currently|techs?|"
    r"usually|normally)){0,8} (?:do|handle|offer|take|have|provide|fix|repair|treat|deal with|work on|clean|service|"
    r"see|accept|cover|respond to|charge|install|know|sell|answer|run|open for|available for|perform|specialize|"
    r"available|open|certified|licensed|replace|unclog|detect|check|inspect|test|doing|on call|do any|remove|"
    r"help with|cost|an|the)|(?:hacen|hace(?! (?:\d+|un|una|dos|tres|poco|rato|como|ya)(?!\S))|atienden|atiende|"
    r"ofrecen|ofrece|tienen|manejan|maneja|arreglan|arregla|reparan|trabajan|cobran|cobra|dan|cubren|aceptan|"
    r"instalan|revisan|reciben|limpian|cambian)|(?:is|are|was) (?:there|the|your|that|this)(?: (?:an|a|any|"
    r"extra)){0,8} (?:emergency|after hours|extra|additional|gas line|flood|fire)|how much|whats? (?:is |are |"
    r"s )?(?:your|the|an|the cost|your rate)(?: \w+)? (?:emergency|cost|rate|fee|price|charge)|cuanto (?:cuesta|"
    r"cobran|vale|sale)|emergency (?:plumber |dentist |dental |vet |plumbing |service |call )?(?:fee|rate|charge|"
    r"price|cost|surcharge|number|line|contact|hours|brake|brakes|light|lights|exit|kit|fund|plan|room visit last|"
    r"fees|rates)"
)
_PAST = _whole_words(
    r"(?:last|previous|past) (?:week|month|year|winter|summer|spring|fall|autumn|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|christmas|season|time)|(?:years?|months?|weeks?|"
    r"yrs?) (?:ago|back)|in (?:19|20)\d\d|used to|back in|history of|a while (?:ago|back)|already (?:fixed|repaired|"
    r"handled|resolved|been fixed|taken care of)|(?:was|got|were|is) (?:fixed|repaired|resolved) |(?:el|la) (?:ano|"
    r"mes|verano|invierno|semana|vez|primavera) pasad[oa]|hace (?:\w+ )?(?:anos?|mes|meses|semanas?|tiempo|mucho)|"
    r"years old(?: \w+)? damage"
)
# "My mom had a stroke 3 years ago": whose it was does not make it of today.
_LONG_PAST = _whole_words(
    r"(?:years?|yrs?|decades?|months) (?:ago|back)|in (?:19|20)\d\d|as a (?:kid|child|teen\w*|baby)|when (?:i|he|"
    r"she) was (?:a |in |little|young|\d+)|growing up|in (?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)|over the years|hace (?:\w+ )?(?:anos?|meses)|cuando era|de (?:nino|nina|"
    r"chico|chica)"
)
_STILL = _whole_words(
    r"now|right now|rn|again|today|tonight|currently|still|hurry|asap|help|emergency|urgent|just|wont stop|swollen|"
    r"bleeding|cant|theres|i smell|pain|emergencia|urgente|ahora|ahorita|otra vez|hoy|todavia|ayuda|acaba de"
)
_SUPPOSED = _whole_words(
    r"(?:can|could|may|should|do) (?:my )?(?:dogs?|cats?|pets?|puppies|kittens?|they|rabbits?) (?:eat|have|drink)|"
    r"(?:safe|ok|okay|bad|toxic|dangerous|poisonous) (?:for|to) (?:my )?(?:dogs?|cats?|pets?|puppies|kittens?)|"
    r"disorder|refills?|prescriptions?|meds for|(?:perros?|gatos?) (?:pueden|puede) (?:comer|tomar)|(?:malo|bueno|"
    r"toxico|peligroso) para (?:los |mi )?(?:perros?|gatos?)|in case|what if|(?:if|when|should) (?:i|we|you|u|there|"
    r"it)(?: (?:ever|smell|see|have|get|is|was|were|a|should|do|happen to)){1,8}|prevent\w*|avoid|worried about|"
    r"afraid of|risk of|protect(?:ion|ing)? (?:against|from|(?:my|the|our) (?:house|home|pipes))|to be safe|"
    r"so (?:it|they|the pipes) (?:dont|doesnt)|before (?:it|they|the|winter)|class(?:es)?|training|course|"
    r"certification|para evitar|en caso de|por si|prevenir|tune up|checkup|check up|chequeo|mantenimiento|"
    r"maintenance|insurance|inspection|inspeccion|estimate|presupuesto|quote|cotizacion|remodel|install\w*|instalar|"
    r"instalacion|convert|hook up|replace (?:the|my|a|our)|(?:gas|charging|train|fire) station|fire pit|fireplace|"
    r"cleanup|clean up|restoration|damage|drill|movie|joke|lol|jk|annual|routine|rutina"
)


def _is_no_emergency(words: str) -> bool:
    """Return whether it is a question about our work, history, or a case only supposed; "my" and "now" undo that."""
    if _LONG_PAST.search(words):
        return not _STILL.search(words)
    if _SERVICES.search(words) or _PAST.search(words):
        return not _MINE.search(words)
    return bool(_SUPPOSED.search(words)) and not _HAPPENING.search(words)


_MINE = _whole_words(
    r"crying|agony|unbearable|excruciating|(?:in|from)(?: (?:the|so much|a lot of|such))? pain|right now|rn|again|"
    r"currently|still|hurry|asap|mine|i smell|we smell|i think|theres|there is (?:a|water|gas|smoke)|help|ahora|"
    r"ahorita|otra vez|todavia|ayuda|my (?:dog|cat|baby|son|daughter|husband|wife|mom|dad|kid|basement|house|"
    r"kitchen|bathroom|ceiling|tooth|face|pipes?|toilet|puppy|kitten|water|car|furnace|heat|heater|ac|chest|jaw|gas|"
    r"stove)(?! (?:last|in 20))|is (?:leaking|flooding|flooded|burning|sparking|bleeding|smoking|everywhere|"
    r"backing up)|(?:se me|mi) \w+|huele|esta (?:inund|sal|goteando)\w*"
)
_HAPPENING = _whole_words(
    r"now|right now|rn|again|currently|still|hurry|asap|help|emergency|urgent|emergencia|urgente|ahora|ahorita|"
    r"everywhere|wont stop|cant|smells?|smelling|huele|sparking|bleeding|leaking|going off|went off|flooding|"
    r"flooded|unconscious|burst|pouring|gushing|no heat|no puedo|no puede|no respira|sangr\w+|inund\w+|swollen|"
    r"hinchad[oa]|is on fire|swallowed|ate|chest|knocked|stuck|locked|tooth|face"
)
# A negation just before the words: "no gas smell", "it isn't flooding", "I don't smell any gas".
_NEGATED = re.compile(
    r"(?<!\S)(?:no|not|dont|doesnt|isnt|arent|never|without|nothing|wasnt|didnt|cant|havent|hasnt|aint|sin|"
    r"ningun[ao]?|tampoco)(?: (?:smell|any|a|an|the|is|its|it|see|longer|more|really|currently|actually|have|had|"
    r"been|hay|de|huele|tengo|es|una|having|in|there|like)){0,8}$"
)
_KEEPS_NO = frozenset({EmergencyKind.NO_HEAT, EmergencyKind.NO_COOLING, EmergencyKind.SEVERE_PAIN})
_CAR = _whole_words(
    r"(?:car|cars|truck|vehicle|engine|van|suv|exhaust|tank|carro|coche|auto|camioneta|motor|mower|jeep|fill up|"
    r"filling up|at the pump|honda|toyota|ford)"
)
_HOME = _whole_words(
    r"(?:house|home|kitchen|stove|furnace|basement|apartment|oven|room|heater|casa|cocina|estufa|cuarto|building|"
    r"garage)"
)
_ANIMAL = _whole_words(_fill(r"(?:{pet}|{pet_s}|he|she|him|her|his)"))
_PET = _whole_words(_fill(r"(?:{pet}|{pet_s})"))
_PRONOUN = _whole_words(r"(?:hes|shes|its|he|she|him|her|his|it|they)")
_PERSON = _whole_words(
    r"(?:husband|wife|mom|mother|dad|father|son|daughter|kid|kids|child|toddler|grandma|grandpa|friend|coworker|"
    r"hijo|hija|nino|nina|esposo|esposa|mama|papa|abuel[oa])"
)


def _first_meant(pattern: re.Pattern[str], words: str, kind: EmergencyKind, trade: str) -> str | None:
    if _is_elsewhere(kind, words, trade):
        return None
    for match in pattern.finditer(words):
        if kind in _KEEPS_NO or not _NEGATED.search(words[: match.start()].rstrip()):
            return match[0]
    return None


def _is_elsewhere(kind: EmergencyKind, words: str, trade: str) -> bool:
    """Return whether the words mean something else here: petrol in a car, an animal where a person would be, a joke."""
    if kind is EmergencyKind.GAS:
        return bool(_CAR.search(words)) and not _HOME.search(words)
    if kind in _BY_DEGREE:
        return _MILD.search(words) is not None
    if kind is EmergencyKind.STATED:
        return _JOKING.search(words) is not None
    if concerns_pets(kind):
        return False
    return trade == "vet" and kind in _BODILY and bool(_ANIMAL.search(words))


_BY_DEGREE = frozenset({EmergencyKind.SWELLING, EmergencyKind.SEVERE_PAIN})
_MILD = _whole_words(
    r"(?:a )?(?:little|bit|tiny) (?:swollen|puffy|swelling|pain|sore)|slight\w*|un (?:poco|poquito)|poquito|leve"
)
_JOKING = _whole_words(r"lol|lmao|lolol|haha\w*|jk|jaja\w*|just kidding")
_BODILY = frozenset(
    {
        *(EmergencyKind.CHEST_PAIN, EmergencyKind.STROKE, EmergencyKind.BREATHING, EmergencyKind.UNCONSCIOUS),
        *(EmergencyKind.BLEEDING, EmergencyKind.POISONING, EmergencyKind.ALLERGIC, EmergencyKind.LABOR),
    }
)
