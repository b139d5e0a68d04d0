"""Spanish words of emergencies, over folded text (no accents)."""

from ringback.receptionist.understanding.emergency_kinds import EmergencyKind as Kind

MACROS = {
    "pet_s": r"(?:perr\w+|gat\w{1,3}|mascota|cachorr\w+|conej\w+|caballo|animalito|pajaro|loro)",
    "child_s": r"(?:bebe|bebita|bebito|nin[ao]s?|nene|nena|hij[oa]|perr\w+|niet[oa]|recien nacid[oa])",
    "frio": r"(?:frio|helad[oa]|helando|congelad\w*|congelando|bebe|nin[oa]s?|abuel[oa]|ancian[oa]s?|nieve|nevando|"
    r"recien nacid[oa]|mayor|grados|invierno|noche)",
    "fragil": r"(?:bebe|nin[oa]s?|abuel[oa]s?|ancian[oa]s?|recien nacid[oa]|mayor|embarazada|enferm[oa]|oxigeno|"
    r"corazon|asma|silla de ruedas|discapacitad[oa]|grados|4\d|tercera edad|mi mama|mi papa|mi madre|"
    r"mi padre)",
    "cara": r"(?:cara|cachete|mejilla|quijada|mandibula|ojo|cuello|encias?|boca|rostro)",
    "esta": r"(?: (?:esta|estan|se|me|le|muy|bien|toda|todo|ya|super|bastante|mas|tan|nos|les|ha|mi|la|el)){0,8}",
}

WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.SELF_HARM: (
        r"suicid\w+|matarme|quitarme la vida|quitarse la vida|no quiero (?:seguir )?(?:vivir|viviendo|existir)|"
        r"hacerme dano|(?:me )?quiero (?:morir|matar)\w*(?! (?:por|de (?:risa|ganas)|las|los|unas|unos|hormigas|"
        r"cucarachas))|acabar con mi vida|no quiero estar aqui",
    ),
    # "Encerrado" is said of a child in a car and of somebody outside without keys.
    Kind.LOCKED_IN_CHILD: (
        r"{child_s}{gg} (?:encerrad[oa]|atrapad[oa]|atorad[oa]|dentro|adentro){g} (?:carro|coche|auto|camioneta|"
        r"troca|casa|cuarto|bano|elevador|ascensor)",
        r"(?:encerre|deje|cerre|encerrad[oa]|llaves|atrapad[oa]){gg} {child_s}{g} (?:carro|coche|auto|camioneta|"
        r"dentro|adentro|casa)|(?:llaves){gg} (?:carro|coche|auto){gg} {child_s}",
    ),
    Kind.BREATHING_PET: (
        r"(?:ahogando|atragant\w+|convuls\w+|desmay\w+|muriendo|colapso){gg} {pet_s}|{pet_s}{gg} (?:convuls\w+|"
        r"no respira|no puede (?:respirar|pararse|caminar|moverse)|se desmayo|inconsciente|se ahoga|ahogando\w*|"
        r"atragant\w+|no se mueve|no reacciona|no despierta|colapso|muriendo|golpe de calor|no se levanta)",
    ),
    Kind.POISONED_PET: (
        r"{pet_s}{gg} (?:comio|trago|bebio|lamio|ingirio|mastico){gg} (?:chocolates?|uvas?|pasas|veneno|raticida|"
        r"pastillas?|medicina|medicamento|cebollas?|anticongelante|cloro|pila|marihuana|calcetin|hueso|insecticida|"
        r"ratas?)|(?:comio|trago|bebio|lamio|mastico)(?: (?:un|una|unos|unas|la|el|los|las|bolsa|de|mucho|muchas|"
        r"caja|todo|toda)){0,8} (?:chocolates?|uvas?|pasas|veneno|raticida|pastillas?|anticongelante|marihuana|"
        r"insecticida|cebollas?){gg} {pet_s}|{pet_s}{gg} envenen\w+|envenen\w+{gg} {pet_s}|intoxic\w+{gg} {pet_s}|"
        r"{pet_s}{gg} intoxic\w+",
    ),
    Kind.BLEEDING_PET: (r"{pet_s}{gg} (?:sangr\w+)|sangr\w+{gg} {pet_s}",),
    Kind.BLOAT: (
        r"{pet_s}{gg} (?:panza|barriga|estomago|vientre|abdomen)(?: \w+){0,2} (?:hinchad\w|dur[oa]|inflad\w|"
        r"inflamad\w)|{pet_s}{gg} (?:hinchad\w{gg} (?:vomitar)|arcadas|torsion)",
    ),
    Kind.BLOCKED_PET: (
        r"{pet_s}{gg} (?:no (?:puede |ha podido |logra )?(?:orinar|hacer pipi|mear|orina))|{pet_s}{gg} (?:de parto|"
        r"pariendo)|(?:gatito|perrito|cachorro|bebe) atorad\w",
    ),
    Kind.INJURED_PET: (
        r"{pet_s}{gg} (?:atropell\w+|mordi\w+|pata rota|quebro|se cayo|ataco|atacaron|picadura de|mordedura)|"
        r"(?:atropell\w+|atacaron|mordieron){gg} {pet_s}|(?:mordio|pico|ataco|picaron|mordieron){g} (?:vibora|"
        r"serpiente|culebra|cascabel|alacran|arana|abejas?|avispas?|pitbull|otro perro)",
    ),
    Kind.CHEST_PAIN: (
        r"dolor(?:es)?(?: \w+){0,2} (?:de|en|del)(?: el| mi| su)? pecho|(?:me|le) duele(?: \w+)? (?:el|mi|su) pecho|"
        r"(?:presion|opresion|apreton) (?:en el|de|del) pecho|infarto|ataque (?:al|del|de|cardiaco)(?: corazon)?|"
        r"paro cardiaco|pecho (?:apretado|oprimido)",
    ),
    # "Derrame de agua" is a spill.
    Kind.STROKE: (
        r"derrame(?: cerebral)?(?! de (?:agua|aceite|gasolina))|embolia|(?:cara|boca){esta} (?:caid[oa]|torcid[oa]|"
        r"chuec[oa])|no puede hablar|perdi(?:o)? la vista",
    ),
    Kind.BREATHING: (
        r"no (?:puedo|puede|logra|podia) (?:ni )?(?:tragar|pasar saliva)|(?:cuesta|dificil|"
        r"trabajo) (?:trabajo )?(?:tragar|pasar saliva)|no (?:puedo|puede|pueden|logra|podia) (?:respirar|"
        r"casi respirar|ni respirar)|no (?:esta )?respira(?:ndo)?|dificultad (?:para|de|al) respirar|"
        r"cuesta(?: mucho)? (?:trabajo )?respirar|falta (?:el|de) aire|falta de respiracion|ahogando(?:se|me)?|"
        r"se ahoga|atragant\w+|(?:garganta|lengua){esta} (?:cierr\w+|cerrando|cerrad[oa]|hinch\w+|inflam\w+)|"
        r"respira(?:r)? (?:mal|con dificultad)|(?:cierra|hincha|cerrando|hinchando)(?: la)? (?:garganta|lengua)|"
        r"ataque de asma|se (?:esta )?(?:pone|poniendo) (?:azul|morad[oa])",
    ),
    # "Nadie responde el telefono" is not a faint.
    Kind.UNCONSCIOUS: (
        r"inconsciente|desmay\w+|no (?:responde|despierta|reacciona)(?! (?:el|la|su|mi|nadie|al telefono|mis))|"
        r"perdi(?:o)? el (?:conocimiento|sentido)|convuls\w+|sobredosis|ataque epileptico|se desplomo|sin pulso",
    ),
    Kind.BLEEDING: (
        r"(?:sangr\w+)(?: (?:esta|saliendo|me|le|la|el|de|boca|encia|nariz|muela|y)){0,8} (?:much[oa]|muchisim[oa]|"
        r"sin parar|bastante|demasiad[oa]|no para|no se detiene|por todos lados)|no (?:para|deja|paro|paran|dejo|"
        r"puedo parar|se detiene)(?: de| la)? sangr\w+|mucha sangre|hemorragia|desangr\w+|sale (?:mucha )?sangre|"
        r"(?:embarazada|embarazo){gg} sangr\w+|sangr\w+{gg} embaraz\w+|escup\w+ sangre|vomit\w+ sangre|balazo|"
        r"apunal\w+|herida (?:profunda|grave)",
    ),
    Kind.POISONING: (
        r"(?:{child_s}|mi \w+|se){g} (?:trago|tomo|bebio|ingirio){gg} (?:cloro|pastillas|pila|veneno|detergente|"
        r"quimico|limpiador)|(?:me|se|nos|le) (?:envenen|intoxic)\w+",
    ),
    Kind.ALLERGIC: (r"reaccion alergica|choque anafilactico|alergi\w+ (?:grave|severa|fuerte)",),
    Kind.LABOR: (
        r"(?:estoy|esta|de|en) (?:de parto|labor de parto|trabajo de parto)|contracciones|(?:se me|"
        r"se le) rompio la fuente|rompi fuente",
    ),
    Kind.CARBON_MONOXIDE: (
        r"(?:alarma|detector)(?: \w+){0,2} monoxido(?: \w+){0,4} (?:sonando|suena|sono|pitando|activo|activad[ao]|"
        r"pita|encendi[do]\w*|no para)|(?:suena|sonando|sono|pitando|pita|activo)(?: \w+){0,3} (?:alarma|"
        r"detector)(?: \w+){0,2} monoxido|(?:fuga|intoxicacion|envenen\w+|olor|hay|escape)(?: \w+)? (?:por |"
        r"de )?monoxido",
    ),
    # "Estufa de gas" and "gasolina" are not meant; it must smell or leak.
    Kind.GAS: (
        r"(?:huele|oliendo|olor|olemos|huelo|apesta|oler|huela)(?: (?:muy|mucho|fuerte|feo|como|raro|bastante|"
        r"un poco|poco|fuertemente|intenso|extrano|horrible|en la casa|aqui|algo)){0,8} (?:a |como a |de )?(?:gas|"
        r"huevos? podridos?|propano|azufre)|(?:fuga|escape|fugas|perdida)(?: (?:grande|fuerte|"
        r"posible))? de gas(?! (?:detector|prueba))|(?:se|esta)(?: (?:esta|me|nos)){0,8} (?:sale|saliendo|escapa|"
        r"escapando|fuga|fugando|tirando|salio)(?: el| mucho)? gas|gas (?:se (?:esta )?(?:sale|saliendo|escapa\w*|"
        r"fug\w+)|escapando)|rompi(?:o|eron|mos)? (?:la|una|el) (?:tuberia|linea|tubo|manguera) de(?:l)? gas",
    ),
    Kind.FIRE: (
        r"(?:casa|cocina|carro|coche|apartamento|edificio|motor|camioneta|estufa)(?: (?:se|me|esta|nos|"
        r"le)){1,8} (?:quemando|incendiando)",
        r"incendi\w+(?! (?:pasado|contra))|(?:hay|es un|se prendio(?: el)?|agarro|esta en|prendio|con|"
        r"empezo un) fuego|en llamas|hay llamas|se (?:esta )?(?:quema|quemando|prendio)(?: (?:la|el|mi|"
        r"toda)){0,8} (?:casa|cocina|carro|coche|apartamento|edificio|cuarto|estufa|motor|cable|panel)|(?:sale|"
        r"saliendo|hay|mucho|lleno de|echa|echando|saca|sacando)(?: (?:mucho|mucha))? humo",
    ),
    Kind.DANGER: (
        r"(?:esposo|marido|novio|pareja|ex|esposa|mujer|papa|padrastro|novia)(?: ya)? me (?:peg\w+|golpe\w+|"
        r"ahorc\w+|amenaz\w+|atac\w+)|me (?:pega|pego|golpeo|golpea|amenaza){far} (?:miedo|matar|esconder|regres\w+|"
        r"otra vez)|atorad\w{g} (?:elevador|ascensor)|(?:elevador|ascensor){gg} (?:atorad\w|encerrad\w|atrapad\w|"
        r"parado con)",
        r"(?:alguien|hombre|ladron\w*|se){g} (?:metio|metieron|entrando|entrar|metiendose){g} (?:casa|apartamento)|"
        r"me (?:estan )?(?:robando|asaltando|siguiendo|atacando|pegando)|(?:techo|pared|edificio){esta} (?:cayo|"
        r"cayendo|derrumb\w+)|atrapad[oa]s? en el (?:elevador|ascensor)|tiene (?:una )?(?:pistola|arma|cuchillo)",
    ),
    Kind.CRASH: (
        r"(?:tuve|tuvimos|sufri|hubo|acabo de tener|tengo) un (?:accidente|choque)(?: (?:de|en|ahorita|ahora|carro|"
        r"coche|auto|el|la|carretera|calle)){0,8}(?= [.]|$)|(?:choque|accidente|chocamos|volc\w+|chocaron|"
        r"choco){gg} (?:herid[oa]s?|lastimad\w+|atrapad\w+|sangr\w+|ambulancia|autopista|carretera|ahora mismo|"
        r"ahorita)|acab(?:o|amos|an) de (?:chocar|tener un (?:accidente|choque)|volcar\w*)|(?:herid[oa]s?|"
        r"lastimad\w+|atrapad\w+){gg} (?:accidente|choque)|(?:carro|coche|auto|camioneta){g} volc\w+",
    ),
    Kind.ELECTRICAL: (
        r"chispas|chispe\w+|(?:huele|olor|oliendo)(?: (?:mucho|fuerte|como|algo)){0,8} (?:a )?(?:quemado|quemandose|"
        r"plastico|cable|cables)|corto ?circuito|cables? (?:pelado|suelto|expuesto|caido|quemad[oa])s?|"
        r"electrocut\w+|(?:me|le|nos) (?:dio|da|dan) (?:un |la )?(?:toques?|corriente|descarga|calambre)|(?:enchufe|"
        r"tomacorriente|panel|breaker|cable|contacto|apagador){esta} (?:quem\w+|caliente|derri\w+|humo|echando)",
    ),
    # The pipe has a name in each country: tubo, tuberia, caneria, pipa, cano.
    Kind.FLOODING: (
        r"inund\w+(?! (?:pasad[oa]|de (?:correos|mensajes)))|(?:tubo|tuberia|tuberias|caneria|pipa|manguera|"
        r"calentador|boiler|llave|valvula|cano|plomeria){esta} (?:rot[oa]|rompio|reventad[oa]|revento|estallo|"
        r"exploto|quebr\w+|rompid[oa]|partio|rajo|rompieron)(?! la (?:perilla|manija))|(?:se|me)(?: (?:me|nos|le|ha|"
        r"acaba de)){0,8} (?:rompio|revento|estallo|exploto|quebro|rompieron|roto|reventado|romper|"
        r"reventar)(?: (?:la|el|un|una|mi|los)){0,8} (?:tubo|tuberia|caneria|pipa|manguera|calentador|boiler|llave|"
        r"valvula|tuberias|cano|agua)|(?:rompio|revento|exploto|estallo)(?: (?:la|el|un|una|mi)){0,8} (?:tubo|"
        r"tuberia|caneria|pipa|calentador|boiler)|(?:tubo|tuberia|caneria) (?:rot[oa]|reventad[oa])|(?:agua|caldera|"
        r"calentador)(?: \w+)? a (?:puros )?chorros?|no (?:la|lo|le|se) (?:puedo|puede|podemos) (?:cerrar|parar|"
        r"apagar)|(?:cae|cayendo|sale|saliendo|gotea\w*|tirando|chorre\w+)(?: \w+)? agua (?:por|de|del|en|"
        r"sobre) (?:la |el |los |las )?(?:lampara|foco|focos|luz|luces|contacto|enchufe|panel|plafon|ventana|pared|"
        r"escaleras?)|(?:lavadora|boiler|lavaplatos|fregadero|taza|inodoro|escusado|excusado|wc|"
        r"bano){esta} (?:tir\w+|derram\w+|saliendo|sale|bota\w*|rebals\w+|rebos\w+|desbord\w+)(?= (?:agua|mucha|"
        r"todo|toda|por|[.])|$)|agua (?:por (?:todos lados|todas partes|todo|toda|el techo|las paredes|"
        r"donde quiera)|en tod[oa]|a chorros|regada)|(?:sale|saliendo|tirando|cae|cayendo|entra|entrando|brota\w*|"
        r"chorre\w+|gotea\w*|filtra\w*|botando|echando)(?: \w+){0,2} agua(?: (?:por|del|de|a|en|sin|el|y|"
        r"la)){1,8} ?(?:el |la |los )?(?:techo|parar|chorros|paredes?|todos|no para|casa|sala|cocina|sotano|mont\w+|"
        r"abajo)|(?:sale|saliendo|entrando|tirando) mucha agua|no (?:puedo|podemos|se como|logro|"
        r"se puede) (?:cerrar|apagar|cortar|parar)(?: (?:el|la|llave|de|del|paso)){0,8} (?:agua|llave|fuga)|(?:fuga|"
        r"gotera)(?: de agua)? (?:grande|enorme|muy grande|fuerte|grandisima|tremenda)|desbord\w+|(?:gran|tremenda|"
        r"enorme) (?:fuga|gotera)|el agua no (?:para|deja|se detiene)|techo{esta} (?:goteando|chorreando|"
        r"tirando agua)",
    ),
    Kind.SEWAGE: (
        r"aguas (?:negras|residuales|fecales)|(?:drenaje|cloaca|alcantarilla|desague|caño|cano|fosa|septico|"
        r"excusado|inodoro){esta} (?:regres\w+|desbord\w+|devolv\w+|rebos\w+|subiendo|sale por|saliendo por|"
        r"salio por|tapad\w+ y)|(?:sale|saliendo|salio|subiendo)(?: \w+){0,3} (?:drenaje|desague|cloaca|cano)|"
        r"se (?:esta )?regres\w+ (?:el|la|los|todo) (?:drenaje|bano|agua|desague|excremento)|(?:sale|saliendo|"
        r"regresa\w*)(?: \w+)? (?:caca|mierda|popo|excremento)|(?:caca|mierda|excremento|popo) (?:por|saliendo|"
        r"en (?:la|el))",
    ),
    Kind.NO_HEAT: (
        r"(?:sin|no hay|no tengo|no tenemos|quedamos sin|quede sin|nos falta) (?:la )?calefaccion|(?:calefaccion|"
        r"calenton|calentador|caldera|boiler|furnace){esta}(?: (?:no|dejo de))? (?:funciona\w*|sirve|descompu\w+|"
        r"apag\w+|prende|enciende|jala|trabaja\w*|murio|fallo|dano){gg}(?: [.])?{gg} {frio}|"
        r"{frio}{gg}(?: [.])?{gg} (?:calefaccion|calenton|caldera)(?: (?:se|no|esta|dejo)){0,8} (?:funciona\w*|"
        r"sirve|descompu\w+|apag\w+|prende|enciende|jala|fallo|dano)|no (?:funciona|sirve|prende|enciende|"
        r"jala) (?:la|el|mi) (?:calefaccion|calenton|caldera){gg}(?: [.])?{gg} {frio}|casa{esta} (?:congelada|"
        r"helada|congelando)|nos (?:estamos )?congela\w+|tuber\w+{esta} congel\w+|congelaron las tuber\w+",
    ),
    Kind.NO_COOLING: (
        r"(?:sin|no hay|no tengo|no tenemos) (?:el )?(?:aire|aire acondicionado|clima|a c|ac|"
        r"refrigeracion){far} {fragil}|(?:aire|aire acondicionado|clima|ac|a c|minisplit)(?: (?:se|no|esta|ya|me|"
        r"dejo de|de)){0,8} (?:funciona\w*|sirve|descompu\w+|apag\w+|prende|enfria\w*|jala|dano|murio|fallo|"
        r"averi\w+){far} {fragil}|{fragil}{far} (?:sin|no hay|no tenemos|no funciona el|no sirve el|"
        r"no enfria el) (?:aire|clima|ac|a c)|no (?:funciona|sirve|enfria|prende) (?:el|mi) (?:aire|clima|ac|"
        r"a c){far} {fragil}",
    ),
    # A milk tooth falls out by itself.
    Kind.DENTAL_TRAUMA: (
        r"(?:se|le|me)(?: (?:me|le|nos))? (?:cayo|salio|tumbaron|tumbo|boto|rompio|quebro|rompi|quebre|partio|volo|"
        r"arranco)(?: (?:el|un|los|dos|mi|su|unos)){0,8} (?:dientes?|muelas?)(?! de leche)|(?:diente|"
        r"dientes) (?:se |me |le ){0,8}(?:cayo|caido|tumbado|arrancado|roto por|flojo por|salio)|(?:golpe|caida|"
        r"accidente|pelotazo){gg} (?:diente|dientes)|quijada (?:rota|dislocada|trabada)|mandibula (?:rota|dislocada|"
        r"trabada)",
    ),
    Kind.SWELLING: (
        r"{cara}{esta} (?:hinchad[oa]s?|inflamad[oa]s?|hinchando|inflamando|hincho|inflamo)|(?:hinch\w+|"
        r"inflam\w+)(?: (?:mucho|la|el|mi|su|de|en|toda|media|un)){0,8} {cara}|absceso{gg} (?:fiebre|hinch\w+)",
    ),
    Kind.REACTION: (
        r"quemadura quimica|(?:piel|cara|cuero cabelludo|cabeza|ojos?){esta} (?:quem\w+|ard\w+|ampoll\w+)|(?:arde|"
        r"quema|quemo)(?: (?:mucho|la|el|mi|los)){0,8} (?:piel|cara|cuero|cuero cabelludo|ojos?)|ampollas",
    ),
    Kind.FEVER: (
        r"fiebre(?: (?:de|muy|alta|a|mas)){0,8} (?:39|40|41|10[3-7])|fiebre (?:muy )?alta|(?:bebe|"
        r"recien nacid[oa]){gg} fiebre",
    ),
    Kind.SEVERE_PAIN: (
        r"insoportable|no (?:aguanto|soporto|aguanta|puedo mas con)(?: (?:mas|el|la|este|este dolor|"
        r"del)){0,8} (?:dolor|muela|diente)|dolor(?: (?:muy|de muela|de muelas|de dientes|de diente|de estomago|"
        r"esta)){0,8} (?:fuert\w+|horrible|intenso|terrible|agudo|tremendo|insoport\w+|severo|espantoso)|(?:fuerte|"
        r"horrible|terrible|tremendo|mucho|muchisimo|severo) dolor(?! de cabeza)|muriendo (?:del?|por el) dolor|"
        r"no aguanto mas|me duele (?:muchisimo|horrible|demasiado)",
    ),
    Kind.STRANDED: (
        r"varad[oa]s?|(?:tirad[oa]|botad[oa]|sin frenos|sin direccion|parad[oa]|atorad[oa]|quedad[oa]|"
        r"descompuest[oa]|quede|quedo|quedamos|ponchad[oa]|poncho|llanta\w*|apago|paro|murio|descompuso)(?: (?:en|a|"
        r"el|la|carro|coche|auto|me|se|mi|tirado|sin|gasolina|una|con|y|estoy|de|media|plena|por|"
        r"nos)){0,8} (?:carretera|autopista|freeway|highway|orilla|medio de|interestatal|puente|tunel|acotamiento|"
        r"ruta|libramiento)|(?:orilla|lado|medio) de la (?:carretera|autopista|calle|ruta)|en medio de la nada|"
        r"(?:sin|fallaron los|no tengo|no sirven los|se le fueron los|no agarran los) frenos(?! de)",
    ),
    Kind.LOCKED_OUT: (
        r"(?:me|nos) (?:quede|quedamos) (?:afuera|fuera|encerrad\w+|sin llaves)|(?:deje|olvide|encerre|"
        r"perdi)(?: (?:las|mis|mi)){0,8} llaves(?: (?:adentro|dentro|en el (?:carro|coche|auto)|de la casa))|"
        r"cerrad[oa] (?:por )?fuera",
    ),
    Kind.SWARM: (
        r"(?:abejas|avispas|avispones){gg} (?:atac\w+|pic\w+|adentro|dentro|en la casa|por todos lados)|"
        r"enjambre{gg} (?:dentro|adentro|casa|atac\w+|cocina)|(?:pic\w+|atac\w+){gg} (?:abejas|avispas|alacran|"
        r"escorpion|vibora|serpiente)|(?:vibora|serpiente|culebra|murcielago|alacran){gg} (?:casa|cuarto|cocina|"
        r"bano)|alergic[oa] a las (?:abejas|avispas)",
    ),
    Kind.ARRESTED: (
        r"(?:arrestaron|arrestado|arrestada|detuvieron|detenid[oa]|encarcel\w+|en la carcel|preso|presa|"
        r"bajo custodia)(?! hace)|(?:la )?(?:migra|ice|policia){g} (?:aqui|afuera|casa|agarro|llevo|llevaron|"
        r"puerta)|(?:(?:me|nos|lo|la|le) (?:detuvo|detuvieron|arresto|agarraron|agarro|llevo)|detuvo|arresto|"
        r"deteniendo){g} (?:policia|migra|ice|inmigracion|patrulla)|(?:deport\w+|desaloj\w+){g} (?:hoy|manana|ahora|"
        r"ya)|redada|(?:agarro|llevo|agarraron) (?:la )?(?:migra|ice|policia)",
    ),
    Kind.STATED: (
        r"(?<!freno )(?<!frenos )(?<!contacto )(?<!numero )(?<!salida )(?<!luces )(?<!llanta )(?<!kit )(?<!en caso "
        r")(?:es|tengo|tenemos|hay|por|una|de|urge|necesito)(?: (?:muy|una|un|bastante|super|"
        r"mas)){0,8} (?:emergencia|urgencia|urgente)|(?:^|[.] )(?:emergencia|urgencia|urgente|auxilio|socorro)|"
        r"(?<!de )(?:emergencia|urgente|urgencia)(?: (?:por favor|ayuda|porfa)){0,8}(?= [.]|$)|me urge|nos urge|"
        r"ayuda (?:ya|urgente|rapido|ahora)|auxilio|socorro|urgentemente|(?:vengan|venga) (?:ya|rapido|pronto|"
        r"de inmediato|ahora mismo|urgente)|lo antes posible es (?:una )?emergencia",
    ),
}
