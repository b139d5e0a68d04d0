"""The word sets of bodies, animals, dangers and the road; read by `emergency_together`."""

from collections.abc import Mapping

from ringback.receptionist.understanding.emergency_kinds import EmergencyKind as Kind

Rows = Mapping[Kind, tuple[tuple[str, ...], ...]]

MILD = (
    r"!little|bit|slight\w*|mild|minor|tiny|sometimes|normal|poco|poquito|leve|(?:is|its|all) gone|stopped|better|"
    r"went down|healed|how long|floss\w*|brush\w*|cepill\w*|consult|study|when (?:i|he|she) (?:eat|drink|chew|bite)"
)
_NOT_BLOOD = r"!blood (?:pressure|work|test\w*|type|thinners?|draw|sugar|panel)|heartworm|period"
_BLOOD = (
    r"bleed\w*|bloody?|sangr\w+",
    r"wont|cant|doesnt|still|nonstop|non stop|quit|squirt\w*|gush\w*|spurt\w*|everywhere|pour\w*|hours?|pregnant|"
    r"soak\w*|a lot|lots|heav\w+|deep|sigue|siguen|mucha|mucho|embarazada|no para|keeps|gauze|thru|through|all day|"
    r"vomit\w*|throwing up|puk\w+|urine|pee|poop\w*|stool",
    MILD,
    _NOT_BLOOD,
)
_BREATH = (
    r"breath\w*|breathe|respir\w+|wheez\w*|gasp\w*",
    r"cant|cannot|trouble|hard|fast|barely|weird|not|struggl\w*|mouth|heav\w+|rattl\w*|hives|noisy|shallow|funny|"
    r"rapid\w*|labored|wont|no puede|no puedo|rapido|dificil|cuesta|mal",
    r"!bad breath|snor\w*|apnea|study|dental|cleaning",
)
_PEOPLE = r"!son|daughter|kid|kids|child|toddler|husband|wife|mom|dad|hijo|hija|nino|nina"
_PARTNER = r"he|she|husband|wife|boyfriend|girlfriend|partner|ex|esposo|marido|novio|pareja"

OF_BODIES: Rows = {
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
            r"azalea|toy|sock|rock|battery|pila|magnets?|coins?|moneda|mothballs?|glue|corn ?cob|bones?|hueso|"
            r"skewer|toothpick|tampon|underwear|plastic|rubber|sugar ?free|pills?|meds|medicine|medicina|pastillas?|"
            r"ibuprofen|tylenol|advil|vape|cannabis|weed|gumm\w+|edibles?|chocolates?|brownies?|cocoa|grapes?|"
            r"raisins?|uvas?|pasas|onions?|garlic|xylitol|macadamia|mushrooms?|antifreeze|bleach|detergent|"
            r"pesticide|poison|bait|veneno|raticida|cloro|cebolla",
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
            r"grabbed|attacked|struck|golpeo|pego|aplasto|mauled|bit|mordio|hit|got hold of|ataco",
            r"!ago|last|pasado|hits|ride",
            _PEOPLE,
        ),
        (
            r"hit by (?:a |the )?(?:car|truck|bike|van)|run over|ran over|atropell\w+|coyote|mauled|kicked by|"
            r"fell (?:from|out of|off) (?:a|the|\d\w*|our|my)|fish ?hook|impaled|gored",
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
            r"pass(?:ing)? out|faint\w*|dizzy|sweat\w*|cant|mareo|chest",
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
            r"(?:gonna|going to|about to|might|almost|nearly|me voy a) (?:pass out|passed out|faint|fainted|"
            r"black out|desmayar)",
        ),
        (
            r"hit|golpe\w*|pego|banged|bumped|fell",
            r"head|cabeza",
            r"confus\w*|vomit\w*|throwing up|dizzy|sleepy|drows\w*|blurry|bleed\w*|blood|passed|mareo|mareado",
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
            r"!ago|last|month|week|year|pasado|estimate|quote|insurance|case|hair|out",
        ),
        (
            r"hit (?:a|the) (?:deer|tree|pole|guardrail|cow|wall|elk|moose)",
            r"car|truck|road|just|stuck|dead|now|drive",
            r"!ago|last|week|dent",
        ),
    ),
}
