"""The word sets of houses, teeth, cars and the law; read by `emergency_together`."""

from ringback.receptionist.understanding.emergency_kinds import EmergencyKind as Kind
from ringback.receptionist.understanding.emergency_sets_body import MILD, Rows

OF_HOMES: Rows = {
    Kind.FLOODING: (
        (
            r"water|agua|leak\w*|drip\w*|goter\w*",
            r"light fixtures?|light|lights|outlets?|panel|foco|lampara",
            r"drip\w*|leak\w*|coming|pour\w*|through|thru|out of|cae|sale|saliendo",
            r"!flood lights?|night|blue|price|install\w*",
        ),
        (
            r"burst|bursted|busted|exploded|ruptured|let loose|revent\w+|estallo",
            r"pipes?|line|hose|valve|tank|heater|tuberia|tubo|manguera",
            r"!ago|last|had|quote|prevent\w*|dont burst|pasado",
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
            r"rain\w*|lloviendo|llueve|pour\w*|spraying|sprays|gush\w*|shooting|squirt\w*|stream\w*|spew\w*|"
            r"chorr\w*|brota\w*",
            r"inside|in my|kitchen|cocina|ceiling|techo|wall|pipe|tubo|sink|toilet|water heater|everywhere|"
            r"wont stop|faucet|valve|garage|floor|basement|house|casa|adentro|bathroom|bano|bath",
            r"!roof|outside|gutter|downspout|yard|faucet drip\w*|shower head|concrete",
        ),
        (
            r"drilled|nailed|nail|screw|nicked|cut|punctured|hit|perfore",
            r"into a pipe|(?:water|copper|pvc)? ?(?:pipe|pipes|line)|tubo|tuberia",
            r"!price|quote|gas|clean|drain",
        ),
        (
            r"water heater|tank|pipe|hose|washer|valve|supply line|boiler|manguera|tubo|tuberia|calentador",
            r"let go|gave (?:out|way)|blew|snapped|ruptured|revento|trono|estallo|rompio|split|came off|popped off",
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
            r"baby|toddler|kids?|sick|elderly|mom|dad|grand\w+|newborn|bebe|nin[oa]s?|abuel[oa]",
        ),
        (
            r"heat|furnace|heater|boiler|calefaccion|caldera|calenton",
            r"out|quit|died|dead|stopped|broke|broken|not working|wont|se fue|fallo|sin|no prende|no sirve|murio|went",
            r"(?:mom|dad|mother|father|grand\w+) is|is [6-9]\d|[6-9]\d years|months old|newborn|twins|baby|elderly|"
            r"snow\w*|freezing|nevando|helando|middle of the night|oxygen|bebe|below zero|negative \d+|abuel[oa]|"
            r"\d\d? degrees",
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
            r"skateboard|pegaron|golpe\w*|cayo|caida|pelota\w*|playing|fight|school|escuela|swing|hockey",
            r"tooth|teeth|dientes?",
            r"gone|out|lost|loose|pushed|push|hanging|missing|broke\w*|chipped|moved|bleed\w*|crooked|half|cracked|"
            r"flojo|sangre|quebr\w*|rompi\w*|salio|partio|cayo|suelto",
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
            MILD,
            r"!botox|facial|treatment|lip filler|will|remedies",
        ),
    ),
    Kind.SEVERE_PAIN: (
        (
            r"pain\w*|hurts?|hurting|aches?|aching|toothache|dolor\w*|duele|throb\w*",
            r"so bad|cry|crying|llor\w+|scream\w*|throw(?:ing)? up|vomit\w*|dying|all night|worst|killing|awful|"
            r"insane|crazy|(?:cant|cannot|no puedo|ni) (?:even )?(?:eat|sleep|chew|think|function|take|stand|focus|"
            r"work|open|deal|comer|dormir|masticar|mas)|aguanto|horrible|shaking",
            MILD,
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
            r"varad\w|tirad\w|quede|murio|poncho\w*|dejo tirado|spun",
            r"highway|freeway|interstate|(?:fast|left|middle|center|right) lane|bridge|flooded|autopista|carretera|"
            r"tracks|intersection|i ?\d\d\d?|hwy|shoulder|turnpike|overpass|tunnel|expressway|ramp|median|exit \d+|"
            r"puente|tunel",
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
            r"kitchen|house|room|bedroom|living|wall|cocina|casa|cuarto|sala",
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
            r"\d+ times|inside|into the house|everywhere|all over|crib|bedroom|nursery|chorro|muchas|picaron|vent",
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
