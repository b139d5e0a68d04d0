"""English words of emergencies, over folded text. `{g}` is a gap of up to three words, `{gg}` of up to seven."""

from ringback.receptionist.understanding.emergency_kinds import EmergencyKind as Kind

MACROS = {
    "g": r"(?: [^\s.?]+){0,3}",
    "far": r"(?: \S+){0,15}",
    "gg": r"(?: [^\s.?]+){0,7}",
    "is": r"(?: (?:is|are|was|has|have|just|been|got|gets|getting|keeps|now|so|all|really|very|completely|started|s|"
    r"feels|feel|feeling|looks|look|looking|went|turned|turning|gone|kinda|about to|to|totally|starting to|"
    r"and|it|super|extremely|badly|severely|both)){0,8}",
    "pet": r"(?:dane|shepherd|retriever|pitbull|pit|corgi|dachshund|shih tzu|yorkie|boxer|collie|beagle|pug|doodle|"
    r"iguana|turtle|lizard|snake|goat|paw|paws|tail|litter ?box|litterbox|dog|dogs|doggy|doggo|puppy|puppies|"
    r"pup|cat|cats|kitten|kitty|pet|pets|rabbit|bunny|hamster|bird|parrot|horse|ferret|guinea pig|animal|lab|"
    r"husky|bulldog|poodle|chihuahua|terrier|perro|perra|perrito|perrita|gato|gata|gatito|gatita|mascota|"
    r"cachorro|cachorra|conejo|caballo|animalito)",
    "someone": r"(?:he|she|him|her|they|husband|wife|mom|mother|dad|father|son|daughter|baby|kid|child|toddler|"
    r"grandma|grandmother|grandpa|grandfather|friend|patient|guy|man|woman|girl|boy|someone|brother|"
    r"sister|coworker|customer|client|infant|newborn|person|uncle|aunt|partner|roommate|neighbor|i|ive|"
    r"im)",
    "child": r"(?:baby|babies|child|children|kid|kids|toddler|son|daughter|infant|newborn|grandson|granddaughter|"
    r"grandbaby|dog|puppy|boy|girl|\d+ (?:year|yr|month) old)",
    # A furnace that is out is an emergency only in the cold: in June it is a visit.
    "cold": r"(?:cold|freezing|frozen|freeze|froze|baby|infant|newborn|kids|children|elderly|grandma|grandmother|"
    r"mother|snow|snowing|winter|below|shivering|\d\d degrees|degrees|tonight|toddler|oxygen|pipes)",
    # Whom heat harms first; a number of degrees says as much.
    "frail": r"(?:baby|babies|infant|newborn|elderly|grandma|grandmother|grandfather|grandpa|mother|father|mom|dad|"
    r"oxygen|heart condition|asthma|asthmatic|disabled|pregnant|toddler|kids|children|sick|patient|"
    r"wheelchair|heat ?stroke|\d\d year old|years old|yr old|\d\d yo|9\d degrees|1[01]\d|9\d f|bedridden|"
    r"dialysis|copd|medical|old (?:man|woman|lady))",
    "home": r"(?:house|home|apartment|apt|place|room|bathroom|kitchen)",
    "hurt_part": r"(?:face|jaw|cheek|cheeks|eye|neck|gums?|side of (?:my|his|her) (?:face|mouth|jaw)|mouth|eyes|"
    r"lips?|tongue)",
}

WORDS: dict[Kind, tuple[str, ...]] = {
    # A detector is bought, installed and tested too: it must be going off.
    Kind.CARBON_MONOXIDE: (
        r"(?:carbon ?monoxide|monoxide|c o|co|co2) (?:alarms?|detectors?|monitor|sensor)(?: (?:is|are|has|keeps|was|"
        r"just|in|the|my|our|house|basement|been|started|wont|s)){0,8} (?:going off|went off|beeping|sounding|"
        r"ringing|alarming|goes off|go off|off|screaming|stop|blaring|gone off|triggered|reading|showing)",
        r"(?:alarm|detector){g} (?:going off|went off|beeping|sounding|blaring){gg} (?:carbon|monoxide|co)",
        r"(?:carbon )?monoxide (?:leak\w*|poison\w*|in the|in my|in our|levels?|is|reading|exposure)|co (?:leak|"
        r"poisoning)",
        r"(?:high|detect\w*|think{g}|smell|leaking) (?:carbon )?monoxide(?! (?:detector|alarm))",
    ),
    # Gas is in furnaces, stations and mileage; what counts is that it smells or leaks.
    Kind.GAS: (
        r"(?:smell|smells|smelled|smelling|smelt|stinks?|reeks?|odou?r|scent|whiff)(?: (?:of|like|a|an|some|strong|"
        r"strongly|bad|really|lot|lots|faint|faintly|slight|the|something|weird|rotten|kind|kinda|natural|there|is|"
        r"so|very|what|i|think|could|be|it|in|here|maybe|may|might|possible|possibly|to me|coming|"
        r"from)){0,8} (?:gas|propane|rotten eggs?|rotten egg|sulfur|sulphur|eggs)(?! (?:station|grill|mileage|tank|"
        r"cap|fireplace and|log))",
        r"(?<!stomach )(?<!tooth )(?:gas|propane|rotten eggs?|sulfur|sulphur)(?: (?:is|line|pipe|lines|main|stove|"
        r"meter|furnace|heater|water heater|dryer|oven|tank|has|a|have|the|might|be|natural|still|was|valve|in|"
        r"kitchen|house|there|keeps)){0,8} (?:smells?|odou?r|leak|leaks|leaking|leaked|hissing|ruptured?|burst|"
        r"broke|cut|hit|escaping|coming out)(?! (?:test\w*|check\w*|detector|inspection|detection|alarm|sensor|"
        r"repair cost|certificate))",
        r"hiss\w*{gg} (?:gas|propane) (?:meter|line|pipe|tank|main)|(?:leaking|leak of|hissing|hit|cut|nicked|broke|"
        r"ruptured|punctured|damaged)(?: (?:a|the|our|my|natural|some|into|from|from the|by|near)){0,8} (?:gas|"
        r"propane)(?: (?:line|pipe|main|meter|tank))?(?! (?:station|cap))",
    ),
    # Fire pits, fireplaces, alarms and damage are work, not fire.
    Kind.FIRE: (
        r"(?:car|truck|house|engine|kitchen|grill|stove|oven|dryer|room|outlet|panel|its) (?:on|"
        r"in) fire(?! red)(?! (?:pit|place|alarm|damage|extinguisher|inspection|sprinkler|code))",
        r"(?<!hair is )(?<!hair )(?:on|caught|catching) fire|(?:theres|there is|there was|we have|have|started|"
        r"got) a (?:small |big |huge |grease |kitchen |house |electrical )?fire(?! (?:place|pit|alarm|extinguisher|"
        r"inspection|damage|door|escape|hydrant|sprinkler|hazard|code|wood|sale))",
        # Petrol smelt inside a car is one spark from a fire.
        r"(?:smell\w*|reeks?|stinks?|odor){gg} (?:gas|gasoline|fuel|petrol|diesel){gg} (?:inside|in) (?:the|my|"
        r"our) (?:car|truck|van|cabin|vehicle|suv)",
        r"fire in (?:unit|apt|apartment|room|building|suite)|fire in (?:the|my|our) (?!fire|fire ?pit)\w+|"
        r"(?:electrical|kitchen|house|grease|car|engine|chimney) fire|flames|(?:house|building|kitchen|apartment|"
        r"attic|car|garage)(?: is)? burning|in flames|call(?:ed)? the fire department",
        r"smoke{is} (?:coming|everywhere|pouring|filling|billowing|in the (?:house|kitchen|car|basement|attic)|"
        r"rising|from)|(?:full of|lots? of|filled with|see|seeing|thick|black|white) smoke(?! (?:detector|alarm))|"
        r"(?:engine|car|truck|van|suv|hood|panel|outlet|breaker|dryer|furnace|motor|unit|brakes?|wall|heater|"
        r"battery){is} smoking",
    ),
    Kind.DANGER: (
        r"(?:someone|somebody|man|guy|they|intruder|burglar|stranger|robber){g} (?:breaking in|broke in|break in|"
        r"in my (?:house|home|apartment)|trying to (?:get|break) in|has a (?:gun|knife)|with a (?:gun|"
        r"knife))(?! last)",
        r"(?:being|getting) (?:robbed|attacked|followed|assaulted|beaten|stalked)|intruder in|home invasion|"
        r"active shooter|(?:building|ceiling|roof|wall|deck|house){is} (?:collaps\w+|caving in|caved in)|"
        r"trapped (?:in|inside|under)|(?:elevator|lift){is} (?:stuck|trapped|stopped|jammed){gg} (?:inside|in it|"
        r"in there|with)|{someone}{g} (?:locked|stuck){gg} (?:not answering|isnt answering|wont answer|no answer|"
        r"not responding)|tree{is} (?:fell|fallen|falling|came down|crashed|down|landed|leaning)(?: (?:through|on|"
        r"onto|into|over|across|in)){1,8}(?: (?:my|our|the))? (?:roof|house|car|power|garage|home|line|driveway|"
        r"bedroom|truck)|(?:stuck|trapped) in (?:the|an) elevator|(?:is|are|was|keeps|been) (?:hitting|beating|"
        r"choking|hurting|threatening) (?:me|us|my \w+)|(?:he|she|husband|wife|boyfriend|girlfriend|ex|partner|dad|"
        r"stepdad|father|roommate) (?:just )?(?:hit|beat|choked|punched|strangled|attacked|threatened)(?: (?:me|us|"
        r"my \w+)){1,8}{far} (?:scared|afraid|terrified|again|coming|hiding|unsafe|safe|outside|leave|tonight|gun|"
        r"knife|kill|up)|(?:husband|wife|boyfriend|girlfriend|partner|stepdad) (?:just )?(?:hit|beat|choked|"
        r"strangled) (?:me|us)",
    ),
    Kind.CRASH: (
        r"(?:accident|crash|wreck|collision|crashed|rear ended|pile ?up|rollover){gg} (?:hurt|injur\w+|bleeding|"
        r"trapped|ambulance|stuck inside|airbags?|just now|right now|blocking|highway|freeway|interstate|"
        r"unconscious|smoking)",
        r"(?:just|just now)(?: (?:had|got|been|was|in|into|a|an|i|we|car|bad|the)){0,8} (?:accident|crash|wreck|"
        r"crashed|wrecked|hit by|collision|rear ended|rolled)",
        r"(?:hurt|injured|trapped|bleeding){gg} (?:accident|crash|wreck|collision)(?! (?:last|lawyer|case))|(?:slid|"
        r"skidded|spun|ran|went|crashed|drove|hit)(?: \w+)? (?:off|into|in|out on|out) (?:the |a |my )?(?:road|ice|"
        r"ditch|pole|tree|guardrail|snowbank|embankment|wall|fence)|(?:car|truck|van|vehicle) (?:flipped|"
        r"rolled over|overturned|went off the road)|flipped (?:over )?(?:my|the) (?:car|truck)",
    ),
    # Spark plugs do not count, and burnt toast does not either.
    Kind.ELECTRICAL: (
        r"spark(?:s|ing|ed)(?! plugs?)|arc(?:ing|ed)|electrocut\w+|(?:got|getting|been|was|keeps|"
        r"gets) (?:a )?(?:shock\w*|zapped)|live wires?|(?:downed|fallen|hanging|low) (?:power |electric )?(?:lines?|"
        r"wires?)|(?:power|electric\w*) (?:lines?|wires?|pole|poles){g} (?:down|fell|fallen|on the ground|came down|"
        r"sparking)|exposed wir\w+|wires? (?:exposed|hanging|are bare)",
        r"(?:outlets?|panel|breakers?|breaker box|electrical box|sockets?|wires?|wiring|fuse box|switch|plug|"
        r"thermostat){is} (?:hot|warm|smoking|melt\w*|buzzing|humming|crackling|burn\w*|spark\w*|popping|shocking|"
        r"scorched|black)",
        r"burning (?:plastic|electrical|wire|rubber|smell|odou?r)|burnt (?:plastic|wire|electrical|rubber|smell)|"
        r"smell\w*(?: (?:like|of|something|is|a|an|its|strong|electrical|some|weird)){0,8} (?:burning|burnt|"
        r"electrical)(?! (?:toast|popcorn|food|hair))|electrical (?:smell|burning|odou?r)|something(?: is)? burning",
    ),
    # Flood lights, insurance and damage of the past are left out here.
    Kind.FLOODING: (
        r"(?:pipes?|hose|water line|main|water main|line|water heater|hot water heater|boiler|hydrant|tank|valve|"
        r"supply line|sprinkler|faucet){is} (?:burst\w*|bust\w*|exploded|ruptured|broke|broken|blew|split|"
        r"popped off|snapped)(?! down)(?={far} ?(?:water|floor|basement|kitchen|flood|every|help|now|pour|spray|"
        r"gush|stop|off|leak|come|please|asap)|$)",
        r"(?:burst\w*|busted|broken|exploded|ruptured)(?: (?:a|the|water|main|hot|sewer|frozen|our|my|copper|"
        r"heating)){0,8} (?:pipes?|main|line|water heater|hose)(?! (?:repair|insurance))",
        r"flood(?:ed|ing|s)?(?! ?(?:lights?|lamps?|insurance|zone|plain|risk|damage|damaged|with|your|my inbox|"
        r"my phone|gates?|cleanup|restoration|history|sensor|alarm|remediation|victims|map|my))|flooding (?:my|the|"
        r"our|into)|flood in (?:my|the|our)|flooded my",
        r"water{is} (?:everywhere|pouring|gushing|spraying|shooting|rushing|all over|rising|flowing|squirting|"
        r"streaming|coming (?:through|in|into|down|up|out|from|thru|under)|dripping (?:through|from the (?:ceiling|"
        r"light))|leaking (?:through|from the ceiling|everywhere|into|all over)|running (?:down|through|out|"
        r"everywhere|into)|seeping|filling|in (?:my|the|our) (?:basement|ceiling|walls?)|on the floor and|"
        r"wont (?:stop|shut|turn))",
        # Water that stands, and water that comes near the mains.
        r"(?:\d+|an?|one|two|three|four|five|six|few|couple(?: of)?|several|half an?) (?:inch|inches|in|feet|foot|"
        r"ft|cm) (?:of (?:standing )?water|deep)|standing water in (?:my|the|our) (?:house|home|basement|kitchen|"
        r"hall\w*|garage|living|bed)|(?:yard|street|lawn|basement|garage|driveway|kitchen|floor|room){is} (?:a |"
        r"like a |one big )?(?:lake|river|pool|pond|waterfall|swimming)|(?:basement|house|garage|kitchen|room|"
        r"crawl ?space){is} (?:filling(?: up)?)|(?:leak\w*|water|drip\w*){gg} (?:on|onto|into|in|near|through|"
        r"over) (?:the |my |our |an )?(?:electric\w*|breaker|panel|outlet|fuse|socket|light|lights)|(?:steam|"
        r"boiling water|hot water){is} (?:shooting|spraying|blasting|gushing|pouring|spewing)",
        r"(?:ceiling){is} (?:collaps\w*|cav\w+|fall\w*|burst\w*|open\w*){gg} (?:water|leak|upstairs)",
        r"(?:ceiling){is} (?:leak\w*|drip\w*|coming down|sagging|bulging|falling)|(?:leak\w*|water|"
        r"dripping){g} (?:from|through|in|thru)(?: (?:the|my|our)){0,8} (?:ceiling|light fixture|roof)|gushing|"
        r"geyser",
        r"(?:cant|cannot|wont|couldnt|unable to|dont know how to|how do (?:i|we)|not able to)(?: (?:get|"
        r"figure out how to))? (?:shut|turn|stop)(?: (?:it|the|my|main|off|valve)){0,8} (?:water|water off|leak|"
        r"leaking)",
        r"(?:toilets?|sink|tub|bathtub|washer|washing machine|dishwasher|drain|bathroom|shower|water heater|"
        r"sump pump|sump){is} (?:overflow\w*|flood\w*|spraying|gushing|pouring|leaking everywhere|spilling)|"
        r"overflowing(?! (?:schedule))",
        r"(?:major|huge|massive|big|serious|giant|enormous|really bad|crazy|bad|"
        r"terrible) (?:water )?leak(?! detect)|leak\w*(?: (?:really|so|very|pretty|is|like|water)){0,8} (?:bad|"
        r"badly|everywhere|fast|all over|like crazy|nonstop|heavily|out of control)|"
        r"(?:sump pump)(?: \w+){0,3} (?:failed|died|stopped|not working|quit){gg} (?:water|rain|flood|rising|"
        r"basement)",
        r"(?:basement|kitchen|bathroom|floor|house|apartment|crawl ?space|garage|carpet|hallway){is} (?:full of|"
        r"under|filled with|soaked|filling(?: up)?(?: with)?) ?(?:water|\d+ inches)?(?= |$)(?! (?:bath|repair|"
        r"construction|renovation))",
    ),
    Kind.SEWAGE: (
        r"sewage(?! (?:line|pipe|pump|system|camera|inspection|ejector))|raw sew\w+|sewers?(?: (?:line|main|is|pipe|"
        r"has|water|s)){0,8} (?:back\w*|coming|overflow\w*|came|everywhere|spilling|flood\w*|burst|collapsed)",
        r"(?:poop|shit|feces|fecal|waste|crap|black water|toilet water|dirty water|sewer water|human waste|"
        r"brown water)(?: (?:is|and|water|all|just|was|s|keeps)){0,8} (?:coming|backing|everywhere|all over|backed|"
        r"came|overflowing|pouring|up|in the (?:tub|shower|basement|sink))",
        r"(?:all|every|both|multiple)(?: (?:of|the|our|my)){0,8} (?:drains?|toilets?|sinks?)(?: (?:in|the|house|is|"
        r"are)){0,8} (?:back\w*|clogged|overflow\w*|coming up)|(?:toilet|drain|shower|tub|septic|"
        r"floor drain)s?{is} (?:backing up|backed up)(?: (?:and|into|in|all|everywhere|the|onto|through|out|w|"
        r"with)){1,8}|septic{g} (?:overflow\w*|backing up|backed up)",
    ),
    # One cold room, a pool or a car seat is no house without heat.
    Kind.NO_HEAT: (
        r"(?:no|without|have no|lost|out of|zero) (?:any )?(?:heat|heating)(?! (?:in (?:one|the (?:guest|garage|"
        r"pool|office|back|spare)|my (?:car|truck|garage|office))|pump|wave|gun|treatment|damage|setting|styling|"
        r"until|issues|problems?|complaints|please|tools))",
        r"(?:heat|heating|heater|furnace|boiler|pilot|radiators?){is} (?:out|off|dead|down|died|gone|went out|"
        r"not working|isnt working|stopped(?: working)?|quit(?: working)?|broken?|broke down|wont (?:turn on|start|"
        r"come on|kick on|light|ignite|work)|not (?:coming|turning|kicking) on|doesnt work|shut down|"
        r"failed){gg}(?: [.])?{gg} {cold}",
        r"{cold}{gg}(?: [.])? ?{gg} (?:heat|heating|heater|furnace|boiler){is} (?:out|dead|down|died|gone|went out|"
        r"not working|isnt working|stopped|quit|broken?|wont (?:turn on|start|come on|kick on|light|ignite|work)|"
        r"doesnt work|failed)",
        r"(?:heat|heating)(?: (?:is|went|has|s|just|been)){1,8} (?:out|gone|gone out|dead)|(?:house|home|apartment|"
        r"inside|here){is} freezing|freezing (?:in here|inside|in (?:the|my|our) (?:house|home|apartment))|"
        r"pipes?{is} (?:froze|frozen|freezing)|frozen pipes?",
    ),
    Kind.NO_COOLING: (
        r"(?:no|without|lost) (?:ac|a c|air|air conditioning|aircon|cooling|air conditioner|cold air|"
        r"a c and){far} {frail}",
        r"(?:ac|a c|air|air conditioning|air conditioner|aircon|hvac|cooling|unit){is} (?:out|off|dead|down|died|"
        r"not working|isnt working|stopped(?: working)?|quit|broken?|broke|not cooling|wont (?:turn on|start|work|"
        r"cool)|doesnt work|blowing hot|failed|blowing warm){far} {frail}",
        r"{frail}{far} (?:no|without|(?:broken|dead)) (?:ac|a c|air|air conditioning|cooling)|{frail}{far} (?:ac|"
        r"a c|air conditioning|air conditioner) (?:is |has |just ){0,8}(?:out|dead|died|broke|broken|not working|"
        r"down|quit|stopped)",
    ),
    # A flat tire at home is a visit; beside traffic it is not.
    Kind.STRANDED: (
        r"stranded|(?:stuck|broke down|broken down|breakdown|died|stalled|dead|flat|flat tire|blowout|blew a tire|"
        r"tire blew|ran out of gas|out of gas|pulled over|wont start)(?: (?:and|im|i|am|on|in|at|by|off|here|with|"
        r"my|car|truck|the|tire|a|kids?|we|are|is|flat|right|now|it)){0,8} (?:highway|freeway|interstate|side of|"
        r"shoulder|middle of|the road|expressway|turnpike|intersection|bridge|tunnel|i ?\d\d+|hwy|exit|ditch|snow|"
        r"mud|railroad|tracks|motorway|mile marker|us ?\d+|rt ?\d+|route \d+|parking lot at night|on ramp|ramp)",
        # A car that will neither stop nor steer is stranded wherever it stands.
        r"(?:brakes?|steering|steering wheel|accelerator|gas pedal|throttle|power steering){is} (?:failed|gone|out|"
        r"gave out|locked up|locked|stuck|quit|not working|dont work|stopped working|wont work|"
        r"failing)(?! (?:inspection|the|of warranty))",
        r"brake pedal{is}(?: (?:goes|going|drops|sinks|all|way|straight|falls|fell)){0,8} (?:to the floor|soft)|"
        r"(?:no|lost|lost my|without) (?:brakes|steering)|wheel{is} (?:fell off|came off|fallen off|falling off)",
        r"(?:side|shoulder|middle) of (?:the |a )?(?:\d+|i ?\d+|hwy|rt|route|interstate|us ?\d+)(?! (?:miles|years|"
        r"min\w*))",
        r"(?:side|shoulder|middle) of (?:the |a )?(?:road|highway|freeway|interstate|street|nowhere|intersection)|"
        r"(?:in|into) (?:a|the) ditch|on the (?:railroad )?tracks",
    ),
    # People are locked out of accounts as well.
    Kind.LOCKED_OUT: (
        r"locked (?:out|myself out|ourselves out|me out|us out|him out)(?! of (?:my|the|our)? ?(?:account|email|"
        r"phone|portal|computer|app|website|profile))",
        r"(?:locked|left) (?:my |the |our )?keys? (?:in|inside)(?: (?:the|my|our))? (?:car|truck|house|apartment|"
        r"van|suv|trunk)|lost (?:my|the) (?:house |car )?keys? and (?:cant|locked|stuck)",
    ),
    Kind.SWARM: (
        r"(?:stung|bitten|attacked){gg} (?:multiple|many|dozens|times|bunch|all over|everywhere|bees?|wasps?|"
        r"hornets?|yellow ?jackets?|spider|snake|black widow|brown recluse|fire ants)|(?:bees?|wasps?|hornets?|"
        r"yellow ?jackets?){gg} (?:attack\w*|everywhere|swarm\w*|stung|stinging|inside)|swarm{gg} (?:inside|house|"
        r"attack\w*|kitchen|room|kids|school|now|door)|(?:snake|bat|raccoon|rattlesnake|squirrel|scorpion)(?: (?:is|"
        r"stuck|loose|trapped|flying)){0,8} (?:in|inside|around) (?:my|the|our)(?: \w+)? (?:house|home|room|bedroom|"
        r"kitchen|bathroom|garage|office|living)|allergic to (?:bees?|wasps?|stings)|(?:rattle ?snake|rattler|"
        r"copperhead|cottonmouth|coral snake|black widow|venomous snake|cobra){gg} (?:in|on|under|by|inside|near|at|"
        r"outside)(?: (?:my|the|our))? (?!shop|area)\w+|(?:snake|bat|raccoon)(?: (?:is|stuck|loose|"
        r"trapped)){0,8} (?:in|inside|on) (?:my|the|our)(?: \w+)? (?:bed|crib|porch|couch|toilet|tub|car|attic with)",
    ),
    # An arrest of years ago is a case, not a call in the night.
    Kind.ARRESTED: (
        r"(?:been|got|getting|was|being|just|is|were|him|her) arrested(?! (?:last|years|in \d))|(?:in|at|going to|"
        r"sitting in) (?:the )?(?:jail|custody|county jail|holding)|(?:police|cops|ice|fbi|agents|detectives?|"
        r"officers?){is} (?:here|at (?:my|the|our)|outside|knocking|searching|questioning|raiding)|detained|(?:ice|"
        r"immigration|police|cops|cps|agents?|fbi|officers?|sheriff|deput\w+){is} (?:took|taking|grabbed|picked up|"
        r"raided|take|has|have|arrested|detain\w+) (?:him|her|me|us|them|my (?!lawyer|case|license|report)\w+)|"
        r"(?:police|cops|detectives?|officers?|fbi|agents?){gg} (?:question\w*|interrogat\w*|interview|talk to|"
        r"search\w*) (?:me|us|my|him|her)|(?:getting|being|be|is|get|im) (?:deported|evicted|locked out|extradited|"
        r"sentenced|arraigned) (?:today|tomorrow|now|tonight|this (?:morning|afternoon|week)|in (?:an hour|"
        r"the morning))|(?:sheriff|marshal|constable)s?{is} (?:here|outside|at (?:my|the))|(?:took|taken|kidnapped|"
        r"has|ran off with|left with)(?: my)? (?:kids?|daughter|son|child|children|baby|"
        r"children){far} (?:wont (?:bring|give|return|let)|missing|cant find|disappeared|refus\w+|left the (?:state|"
        r"country))|(?:served|have) (?:with )?(?:an? )?(?:arrest )?warrant|need bail|eviction today|locking me out",
    ),
    # Questions about "emergency fees" never come this far.
    Kind.STATED: (
        r"(?:this is|its|it is|is|have|got|having|we have|i have|theres|with)(?: a| an| my)?(?: (?:real|huge|major|"
        r"true|total|dental|plumbing|medical|serious|family|bit of an?|kind of an?|kinda an?|water|electrical|roof|"
        r"life|pet|vet|hvac|heating)){0,8} emergency|emergency (?:please|pls|plz|help|asap|now|here|need|at|call|"
        r"visit|appointment|appt|plumber|dentist|vet|electrician|repair|situation|tow|locksmith|service needed|"
        r"right|i|my|we|our|water|dental|plumbing|tooth|leak)",
        r"(?:^|[.] )(?:help )?(?:an )?emergency(?= [.]|$)|emergency(?= ?$)|(?<!porsche )911(?! (?:porsche|turbo|"
        r"carrera|service))",
        # No trade's own kind: a home without any water is one where a baby or somebody ill lives.
        r"(?:no|without|zero) (?:running )?water(?! (?:pressure|heater|damage|bill|softener)){far} {frail}",
        r"(?:urgent|urgently|very urgent|super urgent|extremely urgent|its urgent|asap urgent)|life or death|"
        r"(?:please|pls) hurry|hurry (?:please|up|its)|help (?:me )?(?:now|right now|asap|immediately|quick|fast|"
        r"please hurry|us now)|need (?:help|someone|somebody|you|a plumber|a vet|a dentist|a tow|"
        r"to be seen)(?: (?:here|out|to come|over|come)){0,8} (?:immediately|urgently|right now|right away|"
        r"this second|this instant|now)",
    ),
}

# One slip in these words must not hide an emergency.
KNOWN = (
    "emergency urgent flooding flooded bleeding breathing breathe burst everywhere sewage unconscious overflowing "
    "stranded swollen swelling sparking monoxide smoking chest pouring gushing spraying freezing leaking seizure "
    "choking poison ceiling basement emergencia urgente inundado inundando sangrando respirar sangre incendio "
    "calefaccion tuberia hinchada highway allergic furnace propane"
).split()
# Words of their own that are one slip away from those above.
REAL = (
    "leading telling bursts breading breeding blending blessing leaning breath breather chess chests cheat chent "
    "smocking soaking seizures poisons poisoned sailing selling ceilings smelling swelled welling leasing leaving "
    "peaking creaking smelling pouting sprawling paying praying straining poring urgently urgents freezer propanes "
    "breaths swallen furnaces sporting parking sparkling emergencies emergencias urgencia sangra sangrar respira"
).split()
