"""Words that stand where names do and are none, and the small words that belong to names."""

TITLES = frozenset("dr dra doctor doctora mr mrs ms miss mx sr sra srta don dona prof".split())
PARTICLES = frozenset("de del la las los da dos das di van von der den ter bin ibn al el y".split())

CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun "
    "january "
    "february march july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec "
    "today tomorrow tonight tmrw tmw tmr yesterday morning afternoon evening night noon midnight weekend week weeks "
    "yr yrs year years "
    "month year day days hour hours minute minutes am pm lunes martes miercoles jueves viernes sabado domingo enero "
    "febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre hoy manana tarde noche "
    "mediodia "
    "semana mes ano dia dias hora horas".split()
)

# Said around a name when it was asked for.
POLITE = frozenset(
    "yes yeah yep sure ok okay hi hello hey thanks thank you please pls its it's it\u2019s is name my the name's "
    "under for hola si claro "
    "gracias por favor es nombre mi a de vale".split()
)

# First names that are words, months or flowers too: taken where a name is expected.
ALSO_NAMES = frozenset(
    "bill mark will rose grant hope sue jack pat drew chase frank art rich dawn joy grace faith april june may "
    "august "
    "summer violet lily daisy ruby pearl amber crystal olive ivy iris heather miles gene rob penny paz luz sol angel "
    "jesus rosa pilar mercedes dolores blanca norma max don guy josh wade clay cliff dale glen reed ray rusty robin "
    "brook brooke harmony melody sandy sky star sunny tiffany victor carol holly marina gloria leo".split()
)

NOT_NAMES = frozenset(
    "yes yeah yep yup ya ok okay k kk sure no nope nah not none nothing never maybe perhaps thanks thank thx ty "
    "please pls "
    "hi hello hey hola buenas good great fine perfect awesome cool nice lovely right correct wrong true false sorry "
    "actually just still also only really very so too here there now later soon asap again back ready done happy "
    "glad "
    "able available free busy late early sick ill hurt unwell pregnant new old first last next same other another "
    "one two "
    "three four five six seven eight nine ten who what when where why how which whose the a an and or but if as "
    "at by "
    "for from in into of on off out over to up with without about after before me my mine you your yours he him "
    "his she "
    "her hers we us our ours they them their it its this that these those i is am are was were be been do does "
    "did have "
    "has had will would can could should may might must get got go going come coming call calling text texting "
    "interested "
    "looking trying wondering hoping wanting needing having running driving stuck waiting asking urgent emergency "
    "important possible impossible ok? idk dunno lol haha wow oh ah um uh hmm well like kind sort lot bit little "
    "more "
    "less most much many few some any all both either neither each every everything something someone anyone nobody "
    "anonymous stop start help cancel book booking appointment appt reschedule price cost quote question "
    "questions name "
    "names number phone address customer client patient owner tenant landlord manager person human robot bot machine "
    "best bye regards cheers sincerely sent iphone gracias si claro vale bueno bien mal nada nadie nunca perfecto "
    "listo lista adios perdon disculpe favor por con sin para como cuando donde cual cuanto quien que porque aqui "
    "alli "
    "ahora luego despues antes tambien solo muy mas menos yo tu el ella usted nosotros ellos mi mis su sus un una "
    "unos "
    "unas ese esa este esta esto eso es soy estoy esta estamos son ser tengo tiene necesito quiero quisiera puedo "
    "nuevo "
    "nueva cliente paciente urgente posible cita reserva correcto incorrecto cierto verdad igual otra otro mismo "
    "misma "
    "whatever whichever anytime whenever flexible dont don't don\u2019t can't won't cant wont im i'm id i'd ill i'll "
    "gonna wanna gotta need want know think thought guess hope mean see say said tell told let ask needs wants likes "
    "within inside near nearby search searching try find make made change look exactly definitely absolutely totally "
    "alright goodbye bye-bye nevermind brilliant grateful thankful pretty valid accurate affirmative yea reserve "
    "reservation slot slots assistance bunch ton hospitality half past quarter women men finally certainly possibly "
    "probably excellent wonderful fantastic sounds use using show give take let's lets instead opening dinner lunch "
    "breakfast person people share fwd msg txt http https www dentist doctor salon stylist place "
    "howdy hiya ciao aloha bye-bye positive negative pause abort halt peace kindly answer laters cheerio preferably "
    "anyways anyway super currently kinda gonna gona private siri ai around hm hmm hmmm ummm umm shut address phone "
    "hurts broke fell lost called asked came alergico alergica diabetico diabetica "
    "dear honey hun sweetie sir maam ma'am then than mom mum dad wife husband son daughter "
    "mayor vecino vecina dueno duena inquilino "
    "primero primera segundo segunda tercera ultimo ultima second third latter former".split()
)

STREET_WORDS = frozenset(
    "street st avenue ave road rd boulevard blvd lane ln drive dr. court ct place pl terrace way highway hwy "
    "parkway "
    "pkwy square circle crescent close row mews calle avenida avda paseo plaza camino carretera".split()
)

# People (and animals) that somebody else books for, as an alternative of a pattern.
FAMILY = (
    "daughter|son|kids?|child(?:ren)?|baby|toddler|wife|husband|spouse|partner|fianc[eé]e?|girlfriend|boyfriend|"
    "mom|mum|mother|mama|dad|father|papa|parents|grand(?:ma|pa|mother|father|son|daughter)|nana|sister|brother|aunt|"
    "uncle|niece|nephew|cousin|friend|roommate|boss|tenant|neighbou?r|in-laws|mother-in-law|father-in-law|stepson|"
    "stepdaughter|dog|puppy|cat|kitten|pet|rabbit|horse|"
    "hij[oa]s?|ni[nñ][oa]s?|beb[eé]|espos[oa]|marido|mujer|pareja|novi[oa]|mam[aá]|madre|pap[aá]|padre|padres|"
    "abuel[oa]|"
    "niet[oa]|herman[oa]|t[ií][oa]|sobrin[oa]|prim[oa]|amig[oa]|vecin[oa]|inquilin[oa]|suegr[oa]|perr[oa]|gat[oa]|"
    "mascota"
)
