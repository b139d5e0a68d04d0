"""Emergencies told by words that stand together in one text, in any order, English or Spanish, over folded text.

The phrases of `emergency_words_*` know how it is mostly said; these know what it is about and catch the rest.
Each row is a set of words that must all be there; one that begins with "!" must not be.
"""

import re
from collections.abc import Mapping

from ringback.receptionist.understanding.emergency_kinds import EmergencyKind as Kind

_MILD = (
    r"!little|bit|slight\w*|mild|minor|tiny|sometimes|normal|poco|poquito|leve|(?:is|its|all) gone|stopped|better|"
    r"went down|healed|"
    r"how long|"
    r"floss\w*|brush\w*|cepill\w*|consult|study|when (?:i|he|she) (?:eat|drink|chew|bite)"
)
_NOT_BLOOD = r"!blood (?:pressure|work|test\w*|type|thinners?|draw|sugar|panel)|heartworm|period"
_BLOOD = (
    r"bleed\w*|bloody?|sangr\w+",
    r"wont|cant|doesnt|still|nonstop|non stop|quit|squirt\w*|gush\w*|spurt\w*|everywhere|pour\w*|hours?|pregnant|"
    r"soak\w*|"
    r"a lot|lots|heav\w+|deep|sigue|siguen|mucha|mucho|embarazada|no para|keeps|gauze|thru|through|all day|vomit\w*|"
    r"throwing up|puk\w+|urine|pee|"
    r"poop\w*|stool",
    _MILD,
    _NOT_BLOOD,
)
_BREATH = (
    r"breath\w*|breathe|respir\w+|wheez\w*|gasp\w*",
    r"cant|cannot|trouble|hard|fast|barely|weird|not|struggl\w*|mouth|heav\w+|rattl\w*|hives|noisy|shallow|funny|"
    r"rapid\w*|"
    r"labored|wont|no puede|no puedo|rapido|dificil|cuesta|mal",
    r"!bad breath|snor\w*|apnea|study|dental|cleaning",
)
_PEOPLE = r"!son|daughter|kid|kids|child|toddler|husband|wife|mom|dad|hijo|hija|nino|nina"
_PARTNER = r"he|she|husband|wife|boyfriend|girlfriend|partner|ex|esposo|marido|novio|pareja"

TOGETHER: Mapping[Kind, tuple[tuple[str, ...], ...]] = {
    Kind.LOCKED_IN_CHILD: (
        (
            r"keys?|locked|llaves|encerrad[oa]|cerre",
            r"car|truck|van|suv|carro|coche|camioneta",
            r"baby|toddler|daughter|son|kid|child|infant|bebe|nin[oa]|hij[oa]",
            r"strapped|inside|in it|in there|stuck|adentro|dentro|encerrad[oa]|car seat",
            r"!copy|fob|ignition|install|price|cost",
        ),
    ),
    Kind.BREATHING_PET: (
        (
            r"letharg\w*|weak|limp|cold|decaid[oa]|debil",
            r"wont eat|not eating|isnt eating|hasnt eaten|puppy|kitten|newborn|wont drink|no come|collaps\w*",
            r"!little|bit|noses?|weather",
        ),
        (
            r"(?:cant|cannot|wont|unable to|no puede) (?:use|move|feel|walk|stand|mover|caminar|pararse)",
            r"legs?|walk|stand|patas?|pararse",
        ),
        _BREATH,
        (r"seizing|foam\w*|espuma|tremors|disoriented|not responsive|wont get up|cant get up", "!history|disorder"),
    ),
    Kind.POISONED_PET: (
        (r"swallowed|trago|tragado", _PEOPLE, r"!pills?|treats?|food|water|meds|medicine|fine|heartworm|dewormer"),
        (
            r"ate|eaten|swallow\w*|got into|chew\w*|lick\w*|drank|ingest\w*|comio|trago|lamio|mastico|tragado|comido",
            r"needle|thread|string|yarn|ribbon|tinsel|fish ?hook|hook|anzuelo|lily|lilies|lirios?|sago|tulips?|"
            r"azalea|toy|"
            r"sock|rock|battery|pila|magnets?|coins?|moneda|mothballs?|glue|corn ?cob|bones?|hueso|skewer|toothpick|"
            r"tampon|"
            r"underwear|plastic|rubber|sugar ?free|pills?|meds|medicine|medicina|pastillas?|ibuprofen|tylenol|advil|"
            r"vape|"
            r"cannabis|weed|gumm\w+|edibles?|chocolates?|brownies?|cocoa|grapes?|raisins?|uvas?|pasas|onions?|garlic|"
            r"xylitol|"
            r"macadamia|mushrooms?|antifreeze|bleach|detergent|pesticide|poison|bait|veneno|raticida|cloro|cebolla",
            r"!heartworm|fine|doing great|treats?|is it ok|is it safe|flea",
            _PEOPLE,
        ),
    ),
    Kind.BLEEDING_PET: (_BLOOD,),
    Kind.INJURED_PET: (
        (
            r"gash|deep cut|open wound|puncture\w*|ripped open|torn open|herida",
            r"!ago|last|healed|healing|recheck|suture|stitches",
        ),
        (
            r"car|truck|bike|carro|coche|camion|moto|fox|coyote|hawk|raccoon|bear|owl|another dog|otro perro",
            r"grabbed|attacked|struck|golpeo|pego|"
            r"aplasto|mauled|bit|mordio|hit|got hold of|ataco",
            r"!ago|last|pasado|hits|ride",
            _PEOPLE,
        ),
        (
            r"hit by (?:a |the )?(?:car|truck|bike|van)|run over|ran over|atropell\w+|coyote|mauled|kicked by|fell "
            r"(?:from|out of|off) (?:a|the|\d\w*|our|my)|fish ?hook|"
            r"impaled|gored",
            r"!ago|last|years?|ano|pasado|history",
        ),
    ),
    Kind.BLOAT: (
        (
            r"stomach|belly|abdomen|tummy|panza|estomago|barriga",
            r"blown up|balloon|huge|bloat\w*|hard|drum|swollen|distended|hinchad[oa]|inflad[oa]",
            r"!weight|rub",
        ),
        (
            r"retch\w*|dry heav\w*|gagging|arcadas",
            r"drool\w*|unproductive|nothing|belly|stomach|pacing|restless|bloat\w*|swollen|hard|panza",
        ),
    ),
    Kind.CHEST_PAIN: (
        (
            r"heart|corazon|pulse",
            r"racing|pounding|irregular|fluttering|palpit\w*|acelerado",
            r"pass(?:ing)? out|faint\w*|dizzy|sweat\w*|"
            r"cant|mareo|chest",
        ),
        (
            r"chest|pecho",
            r"elephant|crush\w*|squeez\w*|heavy|tight\w*|pressure|stabbing|weight|sweat\w*|arm|aplasta\w*|oprim\w*",
            r"!x ?ray|bra|tattoo|wax|laser|results|binder",
        ),
    ),
    Kind.BREATHING: (
        _BREATH,
        (
            r"turn\w*|puso|pone|poniendo|looks|going",
            r"blue|purple|morad[oa]|azul",
            r"baby|nin[ao]|lips|bebe|son|daughter|she|he",
        ),
    ),
    Kind.UNCONSCIOUS: (
        (
            r"(?:gonna|going to|about to|might|almost|nearly|me voy a) (?:pass out|passed out|faint|fainted|black "
            r"out|desmayar)",
        ),
        (
            r"hit|golpe\w*|pego|banged|bumped|fell",
            r"head|cabeza",
            r"confus\w*|vomit\w*|throwing up|dizzy|sleepy|drows\w*|blurry|"
            r"bleed\w*|blood|passed|mareo|mareado",
        ),
        (r"having a fit|seizing|foaming|shaking all over|shaking uncontroll\w+",),
    ),
    Kind.STROKE: (
        (
            r"(?:cant|cannot|dont) (?:feel|move|lift)|no (?:siento|puede mover|puedo mover)",
            r"arm|side|face|leg|brazo|lado|cara",
        ),
    ),
    Kind.BLEEDING: (
        _BLOOD,
        (
            r"cut|sliced|slashed|gash|stab\w*|corto|cortada|corte",
            r"to the bone|artery|tendon|gaping|very deep|hueso|profund\w",
            r"!hair|quote|cost",
        ),
    ),
    Kind.ALLERGIC: ((r"hives|ronchas", r"covered|all over|ate|peanuts?|nuts?|shellfish|stung|por todo|spreading"),),
    Kind.POISONING: (
        (
            r"double|too many|too much|wrong|overdose|accidentally|extra|whole|twice|entire|all (?:of )?(?:my|his|"
            r"her|the)",
            r"took|taken|gave|swallowed|drank|ate|tomo",
            r"pills?|insulin|doses?|meds|medicine|medication|tylenol|aspirin|bottle|pastillas?|medicina|bleach",
            r"!dog|cat|puppy|kitten",
        ),
        (
            r"swallow\w*|trago|chok\w*",
            r"son|daughter|baby|toddler|kid|child|he|she|hij[oa]|nin[oa]|bebe",
            r"quarter|coin|penny|dime|nickel|marble|toy|magnets?|batter\w+|pila|moneda|screw|lego|pin|bead|drool\w*",
        ),
    ),
    Kind.LABOR: ((r"^(?:(?:my|her|wifes|wife) ){0,2}water (?:just )?broke(?= |$)(?! (?:in|main|line|pipe|heater))",),),
    Kind.CARBON_MONOXIDE: (
        (
            r"co|carbon monoxide|monoxide|monoxido",
            r"scream\w*|says|reads|reading|ppm|goes off|going off|beep\w*|alert\w*|evacuat\w*",
        ),
    ),
    Kind.DANGER: (
        (
            _PARTNER,
            r"choked|strangled|beat me|punched|golpeo|ahorco|hit me",
            r"order|today|safe|scared|afraid|now|kids|hoy|miedo",
        ),
        (
            r"someone|somebody|man|guy|alguien",
            r"breaking into|breaking in|broke into|climbing in|kicking (?:in|down)",
            r"!last|ago",
        ),
        (
            r"ceiling|roof|techo|wall|drywall",
            r"fell|fell in|collapsed|caved|cayo|came down|se vino",
            r"!ago|last|pasado|insurance",
        ),
    ),
    Kind.CRASH: (
        (r"estrell\w+|choque contra|chocamos contra", r"!pasado|hace"),
        (
            r"choque|chocaron|crashed|wrecked|accident|accidente|crash",
            r"minutes? ago|minutos|min ago|just now|ahorita|recien|right now",
        ),
        (
            r"rolled|flipped|totaled|crashed|wrecked|choque|chocamos",
            r"my|our|i|carretera|autopista|highway|truck|car|suv",
            r"!ago|last|month|"
            r"week|year|pasado|estimate|quote|insurance|case|hair|out",
        ),
        (
            r"hit (?:a|the) (?:deer|tree|pole|guardrail|cow|wall|elk|moose)",
            r"car|truck|road|just|stuck|dead|now|drive",
            r"!ago|last|week|dent",
        ),
    ),
    Kind.FLOODING: (
        (
            r"water|agua|leak\w*|drip\w*|goter\w*",
            r"light fixtures?|light|lights|outlets?|panel|foco|lampara",
            r"drip\w*|leak\w*|coming|pour\w*|"
            r"through|thru|out of|cae|sale|saliendo",
            r"!flood lights?|night|blue|price|install\w*",
        ),
        (
            r"burst|bursted|busted|exploded|ruptured|let loose|revent\w+|estallo",
            r"pipes?|line|hose|valve|tank|heater|tuberia|tubo|manguera",
            r"!ago|"
            r"last|had|quote|prevent\w*|dont burst|pasado",
        ),
        (
            r"leak\w*|drip\w*|water|agua",
            r"ceiling|techo",
            r"fast|bad|badly|thru|through|pour\w*|bucket\w*|bulg\w*|sagging",
            r"!slow|stain|spot|old|last",
        ),
        (
            r"llen[oa] de agua|full of water|filled with water|under ?water",
            r"house|basement|kitchen|garage|bathroom|casa|sotano|cocina|bano|cuarto|room",
        ),
        (r"water|agua", r"everywhere|all over (?:the|my)|por todos lados|no para|no deja de|sin parar|no se detiene"),
        (
            r"river|lake|pond|swimming pool|waterfall",
            r"in (?:my|the|our) (?:garage|basement|kitchen|house|living|bathroom|hall\w*)",
        ),
        (
            r"rain\w*|lloviendo|llueve|pour\w*|spraying|sprays|gush\w*|shooting|squirt\w*|stream\w*|spew\w*|chorr\w*|"
            r"brota\w*",
            r"inside|in my|kitchen|cocina|ceiling|techo|wall|pipe|tubo|sink|toilet|water heater|everywhere|wont stop|"
            r"faucet|valve|garage|floor|basement|house|casa|adentro|"
            r"bathroom|bano|bath",
            r"!roof|outside|gutter|downspout|yard|faucet drip\w*|shower head|concrete",
        ),
        (
            r"drilled|nailed|nail|screw|nicked|cut|punctured|hit|perfore",
            r"into a pipe|(?:water|copper|pvc)? ?(?:pipe|pipes|line)|tubo|tuberia",
            r"!price|quote|"
            r"gas|clean|drain",
        ),
        (
            r"water heater|tank|pipe|hose|washer|valve|supply line|boiler|manguera|tubo|tuberia|calentador",
            r"let go|gave (?:out|way)|blew|snapped|"
            r"ruptured|revento|trono|estallo|rompio|split|came off|popped off",
        ),
        (r"soak\w*|flood\w*|everywhere|standing|water all over", r"cant find|shut ?off|wont shut|main valve"),
    ),
    Kind.SEWAGE: (
        (
            r"turds?|poop|feces|sewage|shit|crap|caca|mierda|popo|excremento|aguas negras",
            r"tub|bathtub|shower|floor|sink|basement|piso|regadera|tina|laundry|everywhere|house|lavadora",
            r"!dog|cat|puppy|litter|perro|gato",
        ),
    ),
    Kind.NO_HEAT: (
        (
            r"\d\d degrees|freezing|ice cold|helad[oa]|congelad[oa]",
            r"inside|in (?:the|my|our) (?:house|home|apartment)|adentro|dentro",
            r"baby|"
            r"toddler|kids?|sick|elderly|mom|dad|grand\w+|newborn|bebe|nin[oa]s?|abuel[oa]",
        ),
        (
            r"heat|furnace|heater|boiler|calefaccion|caldera|calenton",
            r"out|quit|died|dead|stopped|broke|broken|not working|wont|se fue|fallo|sin|no prende|no sirve|murio|went",
            r"(?:mom|dad|mother|father|grand\w+) is|is [6-9]\d|[6-9]\d years|months old|newborn|twins|baby|elderly|"
            r"snow\w*|freezing|"
            r"nevando|helando|middle of the night|oxygen|bebe|below zero|negative \d+|abuel[oa]|\d\d? degrees",
            r"!water heater|car|pool|tub",
        ),
    ),
    Kind.DENTAL_TRAUMA: (
        (
            r"jaw|quijada|mandibula",
            r"popped out|out of place|cant close|cant open|cant shut|stuck open|trabada|trabo|no puedo (?:cerrar|"
            r"abrir)",
        ),
        (
            r"fell|fall|hit|bike|elbow\w*|punch\w*|accident|ball|kick\w*|crash|slipped|tripped|head ?butt\w*|"
            r"skateboard|pegaron|"
            r"golpe\w*|cayo|caida|pelota\w*|playing|fight|school|escuela|swing|hockey",
            r"tooth|teeth|dientes?",
            r"gone|out|lost|loose|pushed|push|hanging|missing|broke\w*|chipped|moved|bleed\w*|crooked|half|cracked|"
            r"flojo|"
            r"sangre|quebr\w*|"
            r"rompi\w*|salio|partio|cayo|suelto",
            r"!ago|years|baby tooth|fell out on its own|de leche|asleep|braces",
        ),
    ),
    Kind.SWELLING: (
        (
            r"face|cheek|jaw|lip|eye|neck|gum|cara|cachete|mejilla",
            r"size of|golf ball|baseball|tennis ball|balloon|huge|twice|enorme|pelota",
        ),
        (
            r"swell\w*|swollen|hinch\w+|inflam\w+|puffed|puffy|ballooned",
            r"eyes?|neck|throat|jaw|face|cheek|fever|pus|hot|spread\w*|worse|cara|ojo|cuello|cachete|fiebre|lips?|"
            r"tongue",
            _MILD,
            r"!botox|facial|treatment|lip filler|will|remedies",
        ),
    ),
    Kind.SEVERE_PAIN: (
        (
            r"pain\w*|hurts?|hurting|aches?|aching|toothache|dolor\w*|duele|throb\w*",
            r"so bad|cry|crying|llor\w+|scream\w*|throw(?:ing)? up|vomit\w*|dying|all night|worst|killing|awful|insane|"
            r"crazy|"
            r"(?:cant|cannot|no puedo|ni) (?:even )?(?:eat|sleep|chew|think|function|take|stand|focus|work|open|deal|"
            r"comer|dormir|"
            r"masticar|mas)|aguanto|horrible|shaking",
            _MILD,
            r"!no pain|no me duele|doesnt hurt",
        ),
    ),
    Kind.FIRE: (
        (
            r"smoke|smoking|humo",
            r"pour\w*|billow\w*|thick|black|filling|fills|everywhere|coming out|from under|lleno|mucho|negro|saliendo",
            r"!detectors?|alarms?|smoker|exhaust|cigarettes?|damage|odor removal|oil",
        ),
        (r"se (?:esta )?(?:quemando|incendiando)", r"!piel|pelo|foco|foquito|cabello|sol|scalp|galletas"),
    ),
    Kind.STRANDED: (
        (
            r"brakes?|steering|frenos?|direccion",
            r"(?:arent|isnt|aint|not|dont|doesnt|wont|no) (?:working|work|stop|catch|grab|to the floor|funcion\w+|"
            r"sirven?|responden?)",
            r"!light|inspection",
        ),
        (
            r"car|truck|engine|van|suv|tires?|vehicle|carro|coche|camioneta|im|we|i|llanta|moto|motorcycle|me|rv|"
            r"trailer",
            r"quit|died|dead|stuck|broke\w*|stalled|blew|flat|stopped|wont|out of gas|overheat\w*|sin gasolina|"
            r"varad\w|tirad\w|quede|"
            r"murio|poncho\w*|dejo tirado|spun",
            r"highway|freeway|interstate|(?:fast|left|middle|center|right) lane|bridge|flooded|autopista|carretera|"
            r"tracks|intersection|i ?\d\d\d?|hwy|"
            r"shoulder|turnpike|"
            r"overpass|tunnel|expressway|ramp|median|exit \d+|puente|tunel",
            r"!price|cost|quote|ago|last|noise",
        ),
        (
            r"frenos|brakes",
            r"fueron|fallaron|fallan|failed|gone|gave out|no tengo|no agarran|no frena|have no|no brakes",
            r"!inspection|light",
        ),
    ),
    Kind.SWARM: (
        (
            r"bees?|wasps?|hornets?|abejas?|avispas?",
            r"hundreds|thousands|tons|swarm\w*|cientos|miles|full of",
            r"kitchen|house|room|bedroom|living|wall|"
            r"cocina|casa|cuarto|sala",
            r"!removal|cost",
        ),
        (
            r"bats?|snakes?|raccoons?|rattlesnake|scorpions?|alacran\w*|viboras?|serpiente|culebra|murcielagos?|"
            r"squirrels?",
            r"bedroom|crib|bed|nursery|cuna|cama|cuarto|recamara|loose|flying|toilet|couch",
            r"!attic|sometime|next week|bugs?",
        ),
        (
            r"bit|bitten|stung|pico|mordio|picado",
            r"black widow|recluse|scorpion|rattlesnake|copperhead|snake|alacran|viuda|vibora",
            r"!ago",
        ),
        (
            r"bees?|wasps?|hornets?|yellow ?jackets?|stung|abejas?|avispas?",
            r"\d+ times|inside|into the house|everywhere|all over|crib|"
            r"bedroom|nursery|chorro|muchas|picaron|vent",
            r"!removal|cost|tree|fence|jardin|outside",
        ),
    ),
    Kind.ARRESTED: (
        (
            r"taken into custody|under arrest|behind bars|in handcuffs|handcuffed|booked into|esposad[oa]",
            r"!ago|last|years?",
        ),
        (
            r"police|cops?|station|jail|cps|ice|immigration|migra\w*|inmigracion|detectives?|sheriff|fbi|policia|"
            r"comisaria|delegacion",
            r"holding|hold|took|take|taking|picked|wants?|statement|here|agarr\w+|llev\w+|detuv\w+|question\w*|"
            r"arrested|raid\w*|tienen|tiene|search\w*",
            r"my|me|mi|him|her|us|they|i|im|nos|lo|la",
            r"!ago|report|records?|forms?|consult|residencia|sealing|civil|years?|last|speeding|file",
        ),
        (r"deport\w*", r"today|tomorrow|now|hoy|manana|ya|tonight|theyre|detained|airport|aeropuerto"),
        (
            r"took|taken|llevo|kidnap\w*|keeping",
            r"kids?|daughter|son|hijos?|hijas?|child|children|baby|nin[oa]s?",
            r"wont|refus\w*|no (?:los|la|lo|las|me|quiere)|missing|cant find|give (?:them|him|her) back|return|"
            r"desaparec\w*",
            r"!soccer|school|doctor|dentist",
        ),
    ),
}


def _lookahead(words: str) -> str:
    sign, listed = ("!", words[1:]) if words.startswith("!") else ("=", words)
    return rf"(?{sign}.*(?<!\S)(?:{listed})(?!\S))"


def _compile(rows: tuple[tuple[str, ...], ...]) -> re.Pattern[str]:
    return re.compile("|".join("^" + "".join(_lookahead(words) for words in row) for row in rows))


_PATTERNS = {kind: _compile(rows) for kind, rows in TOGETHER.items()}


def tells_together(kind: Kind, words: str) -> bool:
    """Return whether one row of the kind has all its words in the folded text."""
    found = _PATTERNS.get(kind)
    return found is not None and found.search(words) is not None
