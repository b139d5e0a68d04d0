"""Spanish words of emergencies, over folded text (no accents)."""

from ringback.receptionist.understanding.emergency_kinds import EmergencyKind as Kind

MACROS = {
    "pet_s": r"(?:perr\w+|gat\w{1,3}|mascota|cachorr\w+|conej\w+|caballo|animalito|pajaro|loro)",
    "child_s": r"(?:bebe|bebita|bebito|nin[ao]s?|nene|nena|hij[oa]|perr\w+|niet[oa]|recien nacid[oa])",
    "frio": r"(?:frio|helad[oa]|helando|congelad\w*|congelando|bebe|nin[oa]s?|abuel[oa]|ancian[oa]s?|nieve|nevando|"
    r"recien nacid[oa]|mayor|grados|invierno|noche)",
    "fragil": r"(?:bebe|nin[oa]s?|abuel[oa]s?|ancian[oa]s?|recien nacid[oa]|mayor|"
    r"embarazada|enferm[oa]|oxigeno|corazon|"
    r"asma|silla de ruedas|discapacitad[oa]|grados|4\d|tercera edad|mi mama|mi papa|mi madre|mi padre)",
    "cara": r"(?:cara|cachete|mejilla|quijada|mandibula|ojo|cuello|encias?|boca|rostro)",
    "esta": r"(?: (?:esta|estan|se|me|le|muy|bien|toda|todo|ya|super|bastante|mas|tan|nos|les|ha|mi|la|el)){0,8}",
}

WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.SELF_HARM: (
        r"suicid\w+|matarme|quitarme la vida|quitarse la vida|no quiero (?:seguir )?(?:vivir|viviendo|existir)|"
        r"hacerme dano|(?:me )?quiero (?:morir|matar)\w*(?! "
        r"(?:por|de (?:risa|ganas)|las|los|unas|unos|hormigas|cucarachas))|acabar con mi vida|no quiero estar aqui",
    ),
    # "Encerrado" is said of a child in a car and of somebody outside without keys.
    Kind.LOCKED_IN_CHILD: (
        r"{child_s}{gg} (?:encerrad[oa]|atrapad[oa]|atorad[oa]|dentro|adentro){g} (?:carro|coche|auto|camioneta|"
        r"troca|casa|cuarto|bano|elevador|ascensor)",
        r"(?:encerre|deje|cerre|encerrad[oa]|llaves|atrapad[oa]){gg} {child_s}{g} (?:carro|coche|auto|camioneta|"
        r"dentro|adentro|casa)|(?:llaves){gg} (?:carro|coche|auto){gg} {child_s}",
    ),
    Kind.BREATHING_PET: (
        r"(?:ahogando|atragant\w+|convuls\w+|desmay\w+|muriendo|colapso){gg} {pet_s}|{pet_s}{gg} (?:convuls\w+|no "
        r"respira|no puede (?:respirar|pararse|caminar|moverse)|se desmayo|inconsciente|"
        r"se ahoga|ahogando\w*|atragant\w+|no se mueve|no reacciona|no despierta|colapso|muriendo|golpe de calor|no "
        r"se levanta)",
    ),
    Kind.POISONED_PET: (
        r"{pet_s}{gg} (?:comio|trago|bebio|lamio|ingirio|mastico){gg} (?:chocolates?|uvas?|pasas|veneno|raticida|"
        r"pastillas?|medicina|medicamento|cebollas?|anticongelante|cloro|pila|marihuana|calcetin|hueso|insecticida|"
        r"ratas?)|(?:comio|trago|bebio|lamio|mastico)(?: (?:un|una|unos|unas|la|el|los|las|bolsa|de|mucho|muchas|"
        r"caja|todo|"
        r"toda)){0,8} (?:chocolates?|uvas?|pasas|veneno|raticida|pastillas?|anticongelante|marihuana|insecticida|"
        r"cebollas?){gg} "
        r"{pet_s}|{pet_s}{gg} envenen\w+|envenen\w+{gg} {pet_s}|intoxic\w+{gg} {pet_s}|{pet_s}{gg} intoxic\w+",
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
        r"serpiente|"
        r"culebra|cascabel|alacran|arana|abejas?|avispas?|pitbull|otro perro)",
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
        r"no (?:puedo|puede|logra|podia) (?:ni )?(?:tragar|pasar saliva)|(?:cuesta|dificil|trabajo) (?:trabajo "
        r")?(?:tragar|"
        r"pasar saliva)|no (?:puedo|puede|pueden|logra|podia) (?:respirar|casi respirar|ni respirar)|no (?:esta "
        r")?respira(?:ndo)?|"
        r"dificultad (?:para|de|al) respirar|cuesta(?: mucho)? (?:trabajo )?respirar|falta (?:el|de) aire|falta de "
        r"respiracion|ahogando(?:se|me)?|se ahoga|atragant\w+|(?:garganta|lengua){esta} (?:cierr\w+|cerrando|"
        r"cerrad[oa]|hinch\w+|inflam\w+)|respira(?:r)? (?:mal|con dificultad)|(?:cierra|hincha|cerrando|"
        r"hinchando)(?: la)? (?:garganta|lengua)|ataque de asma|se (?:esta )?(?:pone|poniendo) (?:azul|morad[oa])",
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
        r"(?:estoy|esta|de|en) (?:de parto|labor de parto|trabajo de parto)|contracciones|(?:se me|se le) rompio la "
        r"fuente|rompi fuente",
    ),
    Kind.CARBON_MONOXIDE: (
        r"(?:alarma|detector)(?: \w+){0,2} monoxido(?: \w+){0,4} (?:sonando|suena|sono|pitando|activo|activad[ao]|"
        r"pita|encendi[do]\w*|no para)|(?:suena|sonando|sono|pitando|pita|activo)(?: \w+){0,3} (?:alarma|"
        r"detector)(?: \w+){0,2} monoxido|(?:fuga|intoxicacion|envenen\w+|olor|hay|escape)(?: \w+)? (?:por |de "
        r")?monoxido",
    ),
    # "Estufa de gas" and "gasolina" are not meant; it must smell or leak.
    Kind.GAS: (
        r"(?:huele|oliendo|olor|olemos|huelo|apesta|oler|huela)(?: (?:muy|mucho|fuerte|feo|como|raro|bastante|un "
        r"poco|poco|fuertemente|intenso|extrano|horrible|en la casa|aqui|algo)){0,8} (?:a |como a |de )?(?:gas|"
        r"huevos? podridos?|propano|azufre)|(?:fuga|escape|fugas|perdida)(?: (?:grande|fuerte|posible))? de gas(?! "
        r"(?:detector|prueba))|(?:se|esta)(?: (?:esta|me|nos)){0,8} (?:sale|saliendo|escapa|escapando|fuga|fugando|"
        r"tirando|salio)(?: el| mucho)? gas|gas (?:se (?:esta )?(?:sale|saliendo|escapa\w*|fug\w+)|escapando)|"
        r"rompi(?:o|eron|mos)? (?:la|una|el) (?:tuberia|linea|tubo|manguera) de(?:l)? gas",
    ),
    Kind.FIRE: (
        r"(?:casa|cocina|carro|coche|apartamento|edificio|motor|camioneta|estufa)(?: (?:se|me|esta|nos|le)){1,8} "
        r"(?:quemando|incendiando)",
        r"incendi\w+(?! (?:pasado|contra))|(?:hay|es un|se prendio(?: el)?|agarro|esta en|prendio|con|empezo un) "
        r"fuego|en llamas|hay llamas|se (?:esta )?(?:quema|quemando|prendio)(?: (?:la|el|mi|toda)){0,8} (?:casa|"
        r"cocina|carro|coche|apartamento|edificio|cuarto|estufa|motor|cable|panel)|(?:sale|saliendo|hay|mucho|lleno "
        r"de|echa|echando|saca|sacando)(?: (?:mucho|mucha))? humo",
    ),
    Kind.DANGER: (
        r"(?:esposo|marido|novio|pareja|ex|esposa|mujer|papa|padrastro|novia)(?: ya)? me (?:peg\w+|golpe\w+|ahorc\w+|"
        r"amenaz\w+|"
        r"atac\w+)|me (?:pega|pego|golpeo|golpea|amenaza){far} (?:miedo|matar|esconder|regres\w+|otra vez)|atorad\w{g} "
        r"(?:elevador|ascensor)|(?:elevador|ascensor){gg} (?:atorad\w|encerrad\w|atrapad\w|parado con)",
        r"(?:alguien|hombre|ladron\w*|se){g} (?:metio|metieron|entrando|entrar|metiendose){g} (?:casa|apartamento)|"
        r"me (?:estan )?(?:robando|asaltando|siguiendo|atacando|pegando)|(?:techo|pared|edificio){esta} (?:cayo|"
        r"cayendo|derrumb\w+)|atrapad[oa]s? en el (?:elevador|ascensor)|tiene (?:una )?(?:pistola|arma|cuchillo)",
    ),
    Kind.CRASH: (
        r"(?:tuve|tuvimos|sufri|hubo|acabo de tener|tengo) un (?:accidente|choque)(?: (?:de|en|ahorita|ahora|carro|"
        r"coche|auto|"
        r"el|la|carretera|calle)){0,8}(?= [.]|$)|(?:choque|accidente|chocamos|volc\w+|chocaron|choco){gg} "
        r"(?:herid[oa]s?|lastimad\w+|atrapad\w+|sangr\w+|"
        r"ambulancia|autopista|carretera|ahora mismo|ahorita)|acab(?:o|amos|an) de (?:chocar|tener un (?:accidente|"
        r"choque)|volcar\w*)|(?:herid[oa]s?|lastimad\w+|atrapad\w+){gg} (?:accidente|choque)|(?:carro|coche|auto|"
        r"camioneta){g} volc\w+",
    ),
    Kind.ELECTRICAL: (
        r"chispas|chispe\w+|(?:huele|olor|oliendo)(?: (?:mucho|fuerte|como|algo)){0,8} (?:a )?(?:quemado|quemandose|"
        r"plastico|cable|cables)|corto ?circuito|cables? (?:pelado|suelto|expuesto|caido|quemad[oa])s?|electrocut\w+|"
        r"(?:me|le|nos) (?:dio|da|dan) (?:un |la )?(?:toques?|corriente|descarga|calambre)|(?:enchufe|tomacorriente|"
        r"panel|breaker|cable|contacto|apagador){esta} (?:quem\w+|caliente|derri\w+|humo|echando)",
    ),
    # The pipe has a name in each country: tubo, tuberia, caneria, pipa, cano.
    Kind.FLOODING: (
        r"inund\w+(?! (?:pasad[oa]|de (?:correos|mensajes)))|(?:tubo|tuberia|tuberias|caneria|pipa|manguera|"
        r"calentador|boiler|llave|valvula|cano|plomeria){esta} (?:rot[oa]|rompio|reventad[oa]|revento|estallo|"
        r"exploto|quebr\w+|rompid[oa]|partio|rajo|rompieron)(?! la (?:perilla|manija))|(?:se|me)(?: (?:me|nos|le|ha|"
        r"acaba de)){0,8} (?:rompio|revento|estallo|exploto|quebro|rompieron|roto|reventado|romper|reventar)(?: "
        r"(?:la|el|un|una|mi|los)){0,8} (?:tubo|tuberia|caneria|pipa|manguera|calentador|boiler|llave|valvula|"
        r"tuberias|cano|agua)|(?:rompio|revento|exploto|estallo)(?: (?:la|el|un|una|mi)){0,8} (?:tubo|tuberia|"
        r"caneria|pipa|calentador|boiler)|(?:tubo|tuberia|caneria) (?:rot[oa]|reventad[oa])|(?:agua|caldera|"
        r"calentador)(?: \w+)? a (?:puros )?chorros?|no (?:la|lo|le|se) "
        r"(?:puedo|puede|podemos) (?:cerrar|parar|apagar)|(?:cae|cayendo|sale|saliendo|gotea\w*|tirando|"
        r"chorre\w+)(?: \w+)? agua "
        r"(?:por|de|del|en|sobre) (?:la |el |los |las )?(?:lampara|foco|focos|luz|luces|contacto|enchufe|panel|"
        r"plafon|ventana|pared|"
        r"escaleras?)|(?:lavadora|boiler|lavaplatos|fregadero|taza|inodoro|escusado|excusado|wc|bano){esta} "
        r"(?:tir\w+|derram\w+|"
        r"saliendo|sale|bota\w*|rebals\w+|rebos\w+|desbord\w+)(?= (?:agua|mucha|todo|toda|por|[.])|$)|agua (?:por "
        r"(?:todos "
        r"lados|todas partes|todo|toda|el techo|las paredes|donde quiera)|en tod[oa]|a chorros|regada)|(?:sale|"
        r"saliendo|tirando|cae|cayendo|entra|entrando|brota\w*|chorre\w+|gotea\w*|filtra\w*|botando|echando)(?: "
        r"\w+){0,2} agua(?: (?:por|del|de|a|en|sin|el|y|la)){1,8} ?(?:el |la |los )?(?:techo|parar|chorros|paredes?|"
        r"todos|no para|casa|sala|cocina|sotano|mont\w+|abajo)|(?:sale|saliendo|entrando|tirando) mucha agua|no "
        r"(?:puedo|podemos|se como|logro|se puede) (?:cerrar|apagar|cortar|parar)(?: (?:el|la|llave|de|del|"
        r"paso)){0,8} (?:agua|llave|fuga)|(?:fuga|gotera)(?: de agua)? (?:grande|enorme|muy grande|fuerte|grandisima|"
        r"tremenda)|desbord\w+|(?:gran|tremenda|enorme) (?:fuga|gotera)|el agua no (?:para|deja|se detiene)|"
        r"techo{esta} (?:goteando|chorreando|tirando agua)",
    ),
    Kind.SEWAGE: (
        r"aguas (?:negras|residuales|fecales)|(?:drenaje|cloaca|alcantarilla|desague|caño|cano|fosa|septico|excusado|"
        r"inodoro){esta} (?:regres\w+|desbord\w+|devolv\w+|rebos\w+|subiendo|sale por|saliendo por|salio por|"
        r"tapad\w+ y)|(?:sale|saliendo|salio|subiendo)(?: \w+){0,3} "
        r"(?:drenaje|desague|cloaca|cano)|se (?:esta )?regres\w+ (?:el|"
        r"la|los|todo) (?:drenaje|bano|agua|desague|excremento)|(?:sale|saliendo|regresa\w*)(?: \w+)? (?:caca|mierda|"
        r"popo|excremento)|(?:caca|mierda|excremento|popo) (?:por|saliendo|en (?:la|el))",
    ),
    Kind.NO_HEAT: (
        r"(?:sin|no hay|no tengo|no tenemos|quedamos sin|quede sin|nos falta) (?:la )?calefaccion|(?:calefaccion|"
        r"calenton|calentador|caldera|boiler|furnace){esta}(?: (?:no|dejo de))? (?:funciona\w*|sirve|descompu\w+|"
        r"apag\w+|prende|enciende|jala|trabaja\w*|murio|fallo|dano){gg}(?: [.])?{gg} {frio}|{frio}{gg}(?: [.])?{gg} "
        r"(?:calefaccion|calenton|caldera)(?: (?:se|no|esta|dejo)){0,8} (?:funciona\w*|sirve|descompu\w+|apag\w+|"
        r"prende|enciende|jala|fallo|dano)|no (?:funciona|sirve|prende|enciende|jala) (?:la|el|mi) (?:calefaccion|"
        r"calenton|caldera){gg}(?: [.])?{gg} {frio}|casa{esta} (?:congelada|helada|congelando)|nos (?:estamos "
        r")?congela\w+|tuber\w+{esta} congel\w+|congelaron las tuber\w+",
    ),
    Kind.NO_COOLING: (
        r"(?:sin|no hay|no tengo|no tenemos) (?:el )?(?:aire|aire acondicionado|clima|a c|ac|refrigeracion){far} "
        r"{fragil}|(?:aire|aire acondicionado|clima|ac|a c|minisplit)(?: (?:se|no|esta|ya|me|dejo de|de)){0,8} "
        r"(?:funciona\w*|sirve|descompu\w+|apag\w+|prende|enfria\w*|jala|dano|murio|fallo|averi\w+){far} {fragil}|"
        r"{fragil}{far} (?:sin|no hay|no tenemos|no funciona el|no sirve el|no enfria el) (?:aire|clima|ac|a c)|no "
        r"(?:funciona|sirve|enfria|prende) (?:el|mi) (?:aire|clima|ac|a c){far} {fragil}",
    ),
    # A milk tooth falls out by itself.
    Kind.DENTAL_TRAUMA: (
        r"(?:se|le|me)(?: (?:me|le|nos))? (?:cayo|salio|tumbaron|tumbo|boto|rompio|quebro|rompi|quebre|partio|volo|"
        r"arranco)(?: (?:el|un|los|dos|mi|su|unos)){0,8} (?:dientes?|muelas?)(?! de leche)|(?:diente|dientes) (?:se |"
        r"me |le ){0,8}(?:cayo|caido|tumbado|arrancado|roto por|flojo por|salio)|(?:golpe|caida|accidente|"
        r"pelotazo){gg} (?:diente|dientes)|quijada (?:rota|dislocada|trabada)|mandibula (?:rota|dislocada|trabada)",
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
        r"fiebre(?: (?:de|muy|alta|a|mas)){0,8} (?:39|40|41|10[3-7])|fiebre (?:muy )?alta|(?:bebe|recien "
        r"nacid[oa]){gg} fiebre",
    ),
    Kind.SEVERE_PAIN: (
        r"insoportable|no (?:aguanto|soporto|aguanta|puedo mas con)(?: (?:mas|el|la|este|este dolor|del)){0,8} "
        r"(?:dolor|muela|diente)|dolor(?: (?:muy|de muela|de muelas|de dientes|de diente|de estomago|esta)){0,8} "
        r"(?:fuert\w+|horrible|intenso|terrible|agudo|tremendo|insoport\w+|severo|espantoso)|(?:fuerte|horrible|"
        r"terrible|tremendo|mucho|muchisimo|severo) dolor(?! de cabeza)|muriendo (?:del?|por el) dolor|no aguanto "
        r"mas|me duele (?:muchisimo|horrible|demasiado)",
    ),
    Kind.STRANDED: (
        r"varad[oa]s?|(?:tirad[oa]|botad[oa]|sin frenos|sin direccion|parad[oa]|atorad[oa]|quedad[oa]|"
        r"descompuest[oa]|quede|quedo|quedamos|"
        r"ponchad[oa]|poncho|llanta\w*|apago|paro|murio|descompuso)(?: (?:en|a|el|la|carro|coche|auto|me|se|mi|"
        r"tirado|sin|gasolina|una|con|y|estoy|de|media|plena|por|nos)){0,8} (?:carretera|autopista|freeway|highway|"
        r"orilla|medio de|interestatal|puente|tunel|acotamiento|ruta|libramiento)|(?:orilla|lado|medio) de la "
        r"(?:carretera|autopista|calle|ruta)|en medio de la nada|(?:sin|fallaron los|no tengo|no sirven los|se le "
        r"fueron los|no agarran los) frenos(?! de)",
    ),
    Kind.LOCKED_OUT: (
        r"(?:me|nos) (?:quede|quedamos) (?:afuera|fuera|encerrad\w+|sin llaves)|(?:deje|olvide|encerre|perdi)(?: "
        r"(?:las|mis|mi)){0,8} llaves(?: (?:adentro|dentro|en el (?:carro|coche|auto)|de la casa))|cerrad[oa] (?:por "
        r")?fuera",
    ),
    Kind.SWARM: (
        r"(?:abejas|avispas|avispones){gg} (?:atac\w+|pic\w+|adentro|dentro|en la casa|por todos lados)|enjambre{gg} "
        r"(?:dentro|adentro|casa|atac\w+|cocina)|(?:pic\w+|atac\w+){gg} (?:abejas|avispas|alacran|escorpion|vibora|"
        r"serpiente)|(?:vibora|serpiente|culebra|murcielago|alacran){gg} (?:casa|cuarto|cocina|bano)|alergic[oa] a "
        r"las (?:abejas|avispas)",
    ),
    Kind.ARRESTED: (
        r"(?:arrestaron|arrestado|arrestada|detuvieron|detenid[oa]|encarcel\w+|en la carcel|preso|presa|bajo "
        r"custodia)(?! hace)|(?:la )?(?:migra|ice|policia){g} (?:aqui|afuera|casa|agarro|llevo|llevaron|puerta)|"
        r"(?:(?:me|nos|lo|la|le) (?:detuvo|detuvieron|arresto|agarraron|agarro|llevo)|detuvo|arresto|deteniendo){g} "
        r"(?:policia|"
        r"migra|ice|inmigracion|patrulla)|(?:deport\w+|desaloj\w+){g} (?:hoy|manana|ahora|ya)|"
        r"redada|(?:agarro|llevo|agarraron) (?:la )?(?:migra|ice|policia)",
    ),
    Kind.STATED: (
        r"(?<!freno )(?<!frenos )(?<!contacto )(?<!numero )(?<!salida )(?<!luces )(?<!llanta )(?<!kit )(?<!en caso )"
        r"(?:es|tengo|tenemos|hay|por|una|de|urge|necesito)(?: (?:muy|una|un|bastante|super|mas)){0,8} (?:emergencia|"
        r"urgencia|urgente)|(?:^|[.] )(?:emergencia|urgencia|urgente|auxilio|socorro)|(?<!de )(?:emergencia|urgente|"
        r"urgencia)(?: (?:por favor|ayuda|porfa)){0,8}(?= [.]|$)|me urge|nos urge|ayuda (?:ya|urgente|rapido|ahora)|"
        r"auxilio|socorro|urgentemente|(?:vengan|venga) (?:ya|rapido|pronto|de inmediato|ahora mismo|urgente)|lo "
        r"antes posible es (?:una )?emergencia",
    ),
}
