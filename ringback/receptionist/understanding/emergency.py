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
    words = _words(text)
    if extra and (owners := _owners_words(words, extra)):
        return EmergencyKind.OWNER, owners
    if not _HINTS.search(words) or _is_no_emergency(words):
        return None
    known = kinds_of(trade)
    calm = bool(_CALM.search(words))
    for kind, pattern in _PATTERNS.items():
        if kind not in known or (calm and not is_life_threatening(kind)):
            continue
        if match := _first_meant(pattern, words, kind, trade):
            return kind, match
    return None


def _words(text: str) -> str:
    return " ".join(_SPELLER.mend(word) for word in fold(text).split())


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

# Words one of which every kind needs: most texts hold none and are done with here.
_HINTS = re.compile(
    r"quede|quedamos|freeway|interstate|\barde|emerg|urgent|urgen|\burge\b|911|smell|odou?r|stink|reek|gas\b|propane|"
    r"leak|monox|\bco2?\b|fire|flame|smok|burn|spark|arcing|electr|shock|wire|wiring|outlet|panel|breaker|burst|bust|"
    r"flood|water|pipe|ceiling|overflow|sew[ea]|poop|shit|feces|crap|drain|toilet|septic|heat|furnace|boiler|freez|"
    r"froz|\bac\b|a c\b|cool|\bair\b|air cond|aircon|hvac|chest|stroke|droop|slur|numb(?!er)|breath|chok|gasp|blue|"
    r"asthma|suffoc|drown|throat|tongue|anaph|unconsc|passed out|faint|overdos|seiz|convuls|collaps|unrespons|wak|"
    r"respond|pulse|concuss|bleed|blood|hemorr|haem|\bcut\b|sliced|severed|chopped|shot|stab|poison|swallow|drank|"
    r"\bate\b|ingest|took|allerg|reaction|epi|hives|labor|contraction|kill|hurt|\bharm|hang|cutting|suicid|die\b|"
    r"dying|end my|end it|live wire|to live|lock|trapped|stuck|shut|\bkeys|strand|broke|break|highway|road|shoulder|"
    r"ditch|tracks|accident|crash|wreck|flipp|rolled|injur|tooth|teeth|jaw|swell|swol|puff|absc|blister|scalp|skin|"
    r"eye|filler|inject|lip|fever|unbear|excruc|agony|pain|out of|stung|\bbees?\b|wasp|hornet|swarm|snake|bat\b|"
    r"raccoon|rattle|squirrel|scorpion|bitten|arrest|jail|custody|police|cop|detain|warrant|bail|evict|locking|robb|"
    r"attack|intrud|gun|knife|invasion|elevator|hurry|help|need (?:help|some|you|a plumb|a vet|a dent|a tow|to be|"
    r"bail)|dog|\bcats?\b|pup|pet|kitt|bloat|gdv|pee|urinat|strain|run over|hit by|horse|gushing|geyser|tree|power l|"
    r"fell|moving|facial|fed ex|matar|vida|vivir|morir|dano|encerr|atrap|atorad|llave|perr|gat|mascota|cachorr|conej|"
    r"dolor|duele|infarto|ataque|paro|pecho|derrame|embolia|cara|boca|vista|respir|aire|ahog|atragant|garganta|lengua|"
    r"desmay|inconsc|respond|despiert|reaccion|conoc|sentido|sobredos|desplom|pulso|sangr|desangr|herida|balaz|apunal|"
    r"trago|\btomo\b|bebio|ingir|envenen|intoxic|parto|contracc|fuente|huele|olor|olie|olem|apest|fuga|escape|incend|"
    r"fuego|llamas|quem|humo|metio|metier|entr|asalt|siguiend|techo|pistol|arma|choq|choc|volc|chisp|corto|cable|"
    r"toque|corriente|inund|tub|cane|plomer|agua|reven|rompi|gotera|desbord|drenaje|cloaca|alcant|fosa|inodoro|"
    r"excusad|caca|mierda|popo|excrem|calef|calent|caldera|helad|congel|clima|diente|muela|quijad|mandib|hinch|inflam|"
    r"piel|ampoll|fiebre|insoport|aguant|varad|tirad|botad|carretera|autopista|orilla|medio de|abeja|avisp|enjambre|"
    r"vibora|serpi|culebra|murci|alacran|migra|redada|preso|presa|carcel|deten|auxilio|socorro|ayuda|vengan|venga"
)
_NOW = (
    r"now|right now|rn|again|currently|still|today|tonight|help|hurry|asap|please come|my|mine|our|i have|we have|"
    r"theres|i smell|we smell|i think|ahora|ahorita|otra vez|hoy|todavia|ayuda|mi|tengo|tenemos|hay"
)
_NOW_WORDS = _whole_words(_NOW)
_CALM = _whole_words(
    r"(?:not|isnt|no|nothing|aint|wasnt|never)(?: (?:an|a|that|super|really|like|an actual|very|necessarily|too|"
    r"is)){0,8} (?:emergency|urgent|emergent|hurry|rush)|non ?emergency|non ?urgent|no (?:es|hay)(?: (?:una|ninguna|"
    r"nada|tan|muy)){0,8} (?:emergencia|urgencia|urgente|prisa)|sin (?:prisa|urgencia)|no (?:me |nos )?urge|cuando "
    r"(?:puedan|tengan tiempo)|whenever you"
)
# What the caller would have done, or asks whether we do.
_SERVICES = _whole_words(
    r"(?:do|does|can|are|will|would|if|whether) (?:you|u|yall|ya|your|you guys|they)(?: (?:guys|also|even|all|able to|"
    r"there|company|team|folks|be able to|happen to|still|actually|ever|sometimes|any|currently|techs?|usually|"
    r"normally)){0,8} (?:do|handle|offer|take|have|provide|fix|repair|treat|deal with|work on|clean|service|see|"
    r"accept|cover|respond to|charge|install|know|sell|answer|run|open for|available for|perform|specialize|available|"
    r"open|certified|licensed|replace|unclog|detect|check|inspect|test|doing|on call|do any|remove|help with|cost|an|"
    r"the)|(?:hacen|hace|atienden|atiende|ofrecen|ofrece|tienen|manejan|maneja|arreglan|arregla|reparan|trabajan|"
    r"cobran|cobra|dan|cubren|aceptan|instalan|revisan|reciben|limpian|cambian)|(?:is|are|was) (?:there|the|your|that|"
    r"this)(?: (?:an|a|any|extra)){0,8} (?:emergency|after hours|extra|additional|gas line|flood|fire)|how much|"
    r"whats? (?:is |are |s )?(?:your|the|an|the cost|your rate)(?: \w+)? (?:emergency|cost|rate|fee|price|charge)|"
    r"cuanto (?:cuesta|cobran|vale|sale)|emergency (?:fee|rate|charge|price|cost|surcharge|number|line|contact|hours|"
    r"brake|brakes|light|lights|exit|kit|fund|plan|room visit last|fees|rates)"
)
_PAST = _whole_words(
    r"(?:last|previous|past) (?:week|month|year|winter|summer|spring|fall|autumn|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|christmas|season|time)|(?:years?|months?|weeks?|yrs?) "
    r"(?:ago|back)|in (?:19|20)\d\d|used to|back in|history of|a while (?:ago|back)|already (?:fixed|repaired|handled|"
    r"resolved|been fixed|taken care of)|(?:was|got|were|is) (?:fixed|repaired|resolved) |(?:el|la) (?:ano|mes|verano|"
    r"invierno|semana|vez|primavera) pasad[oa]|hace (?:\w+ )?(?:anos?|mes|meses|semanas?|tiempo|mucho)|years old(?: "
    r"\w+)? damage"
)
_SUPPOSED = _whole_words(
    r"in case|what if|(?:if|when|should) (?:i|we|you|u|there|it)(?: (?:ever|smell|see|have|get|is|was|were|a|should|"
    r"do|happen to)){1,8}|prevent\w*|avoid|worried about|afraid of|risk of|protect\w*|to be safe|so (?:it|they|the "
    r"pipes) (?:dont|doesnt)|before (?:it|they|the|winter)|class(?:es)?|training|course|certification|para evitar|en "
    r"caso de|por si|prevenir|tune up|checkup|check up|chequeo|mantenimiento|maintenance|insurance|inspection|"
    r"inspeccion|estimate|presupuesto|quote|cotizacion|remodel|install\w*|instalar|instalacion|convert|hook up|"
    r"replace (?:the|my|a|our)|gas station|fire pit|fireplace|cleanup|clean up|restoration|damage|drill|movie|joke|"
    r"lol|jk|station|annual|routine|rutina"
)


def _is_no_emergency(words: str) -> bool:
    """Return whether it is a question about our work, history, or a case only supposed; "my" and "now" undo that."""
    if _SERVICES.search(words) or _PAST.search(words):
        return not _MINE.search(words)
    return bool(_SUPPOSED.search(words)) and not _HAPPENING.search(words)


_MINE = _whole_words(
    r"right now|rn|again|currently|still|hurry|asap|mine|i smell|we smell|i think|theres|there is (?:a|water|gas|"
    r"smoke)|help|ahora|ahorita|otra vez|todavia|ayuda|my (?:dog|cat|baby|son|daughter|husband|wife|mom|dad|kid|"
    r"basement|house|kitchen|bathroom|ceiling|tooth|face|pipes?|toilet|puppy|kitten|water|car|furnace|heat|heater|ac|"
    r"chest|jaw|gas|stove)(?! (?:last|in 20))|is (?:leaking|flooding|flooded|burning|sparking|bleeding|smoking|"
    r"everywhere|backing up)|(?:se me|mi) \w+|huele|esta (?:inund|sal|goteando)\w*"
)
_HAPPENING = _whole_words(
    r"now|right now|rn|again|currently|still|hurry|asap|help|emergency|urgent|emergencia|urgente|ahora|ahorita|"
    r"everywhere|wont stop|cant|smells?|smelling|huele|sparking|bleeding|leaking|going off|went off|flooding|flooded|"
    r"unconscious|burst|pouring|gushing|no heat|no puedo|no puede|no respira|sangr\w+|inund\w+|swollen|hinchad[oa]|is "
    r"on fire|swallowed|ate|chest|knocked|stuck|locked|tooth|face"
)
# A negation just before the words: "no gas smell", "it isn't flooding", "I don't smell any gas".
_NEGATED = re.compile(
    r"(?<!\S)(?:no|not|dont|doesnt|isnt|arent|never|without|nothing|wasnt|didnt|cant|havent|hasnt|aint|sin|"
    r"ningun[ao]?|tampoco)(?: (?:smell|any|a|an|the|is|its|it|see|longer|more|really|currently|actually|have|had|been|"
    r"hay|de|huele|tengo|es|una|having|in|there|like)){0,8}$"
)
_KEEPS_NO = frozenset({EmergencyKind.NO_HEAT, EmergencyKind.NO_COOLING, EmergencyKind.SEVERE_PAIN})
_CAR = _whole_words(
    r"(?:car|cars|truck|vehicle|engine|van|suv|exhaust|tank|carro|coche|auto|camioneta|motor|mower|jeep|honda|toyota|"
    r"ford)"
)
_HOME = _whole_words(
    r"(?:house|home|kitchen|stove|furnace|basement|apartment|oven|room|heater|casa|cocina|estufa|cuarto|building|"
    r"garage)"
)
_ANIMAL = _whole_words(_fill(r"(?:{pet}|{pet_s}|he|she|him|her|his)"))
_PET = _whole_words(_fill(r"(?:{pet}|{pet_s})"))


def _first_meant(pattern: re.Pattern[str], words: str, kind: EmergencyKind, trade: str) -> str | None:
    if _is_elsewhere(kind, words, trade):
        return None
    for match in pattern.finditer(words):
        if kind in _KEEPS_NO or not _NEGATED.search(words[: match.start()].rstrip()):
            return match[0]
    return None


def _is_elsewhere(kind: EmergencyKind, words: str, trade: str) -> bool:
    """Return whether the words mean something else here: petrol in a car, an animal where a person would be."""
    if kind is EmergencyKind.GAS:
        return bool(_CAR.search(words)) and not _HOME.search(words)
    if concerns_pets(kind):
        return False
    return trade == "vet" and kind in _BODILY and bool(_ANIMAL.search(words))


_BODILY = frozenset(
    {
        *(EmergencyKind.CHEST_PAIN, EmergencyKind.STROKE, EmergencyKind.BREATHING, EmergencyKind.UNCONSCIOUS),
        *(EmergencyKind.BLEEDING, EmergencyKind.POISONING, EmergencyKind.ALLERGIC, EmergencyKind.LABOR),
    }
)
