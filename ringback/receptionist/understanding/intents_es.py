"""Spanish words of what callers want, over folded text (no accents)."""

KNOWN: tuple[str, ...] = ()
REAL: tuple[str, ...] = ()

MACROS = {
    "cita_s": r"(?:citas?|reservas?|reservacion|reservaciones|turnos?|hora|mesa|"
    r"consultas?|visitas?|lugar|espacio|limpieza|"
    r"corte|revision|servicio|hueco|cupo|sesion|chequeo|habitacion|cuarto)",
    "dia_s": r"(?:hoy|manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo|semana|tarde|noche|mediodia|fin de "
    r"semana|a las? \d+\S*|\d+ de \w+)",
}

WORDS: dict[str, tuple[str, ...]] = {
    # "Si" is also "if": what follows tells them apart.
    "yes": (
        r"^(?:(?:ah|oh|bueno|pues|ok|hola|perfecto) (?:[.] )?){0,8}(?:si|sip|sii|claro|correcto|exacto|vale|dale|ok|"
        r"okey|bueno|de acuerdo|por supuesto|afirmativo|confirmo|confirmado|asi es|desde luego|cierto|andale|orale|"
        r"sale|va|listo|simon|efectivamente|sin duda)(?= |$)(?! (?:que (?:no|puedo|pueden)|tienen|hay|no|puedo|"
        r"pueden|me pueden))",
    ),
    "assent": (
        r"(?:esta (?:bien|perfecto|correcto)|me parece (?:bien|perfecto|excelente)|(?<!no )me (?:sirve|funciona|"
        r"conviene|queda bien|va bien|viene bien)|perfecto|excelente|suena bien|adelante|hagale|hazlo|hagalo|de "
        r"acuerdo|muy bien|genial|estupendo|si por favor|con gusto|ahi estare|esa hora|esa (?:misma|esta bien)|nos "
        r"vemos (?:entonces|ahi)|(?:esa|ese|la primera|el primero|la segunda|el segundo)(?: (?:esta|me|por))|"
        r"confirmo|es correcto|eso es|claro que si|reservela|reservelo|agendela|agendelo|me la quedo|asi es)(?= |$)",
    ),
    # "No hay agua", "no funciona" tell of trouble and refuse nothing.
    "no": (
        r"^(?:(?:ah|oh|bueno|pues|ok|perdon|lo siento|mejor|gracias pero) (?:[.] )?){0,8}(?:no|nop|nel|nunca|para "
        r"nada|negativo|tampoco|ninguna?|ninguno|incorrecto)(?= |$)(?! (?:me (?:funciona|enciende|prende|sirve) "
        r"(?:el|la|mi)|rush|problem|worries|es (?:urgente|una emergencia)|deja de|para de|drena|baja|hay "
        r"(?:calefaccion|luz|agua)|(?:voy a |podre |puedo |podemos )(?:poder |)(?:ir|llegar|asistir)|funciona|sirve|"
        r"tengo agua|prende|enfria|calienta|se (?:si|que)|hablo|podre|recuerdo|entiendo))",
        r"no (?:me (?:(?:sirve|funciona)(?! (?:el|la|mi) (?!lunes|martes|miercoles|jueves|viernes|sabado|domingo|"
        r"hora|horario|dia|de))|conviene|interesa|queda|parece|va)|es (?:correcto|asi|eso|cierto|verdad)|puedo (?:a "
        r")?(?:esa|ese|ese dia|esa hora|el|manana|a esa)|esta bien)(?= |$)|(?:creo|me parece) que no|esta mal(?= |$)|"
        r"eso no|todavia no|aun no",
    ),
    "later": (
        r"(?:tal vez|quizas?|a lo mejor|luego|mas tarde|despues)(?: (?:luego|despues|otro dia|mas tarde|le aviso|veo|"
        r"te aviso)){0,8}(?= [.?]|$)|otro dia|en otro momento|otra ocasion|(?:lo )?(?:voy a pensar\w*|pensare|pienso|"
        r"consulto)|dejeme (?:pensar\w*|ver|consultar\w*)|dejame (?:pensar\w*|ver)|ahora no|por ahora no|todavia no|"
        r"aun no|olvidelo|olvidalo|le aviso|no se todavia",
    ),
    "thanks": (
        r"gracias|agradec\w+|muy amable|mil gracias|graciass?|se lo agradezco|le agradezco|muchisimas|que amable|"
        r"dios (?:le|lo|la) bendiga|bendiciones",
    ),
    "bye": (
        r"adios|hasta (?:luego|pronto|manana|la vista|entonces|el \w+)|nos vemos|chao|chau|que (?:tenga|tengan|pase|"
        r"este)(?: \w+)? ?(?:buen|bonito|lindo|excelente|feliz)|buen dia(?= [.?]|$)|cuidese|cuidate|nos hablamos|"
        r"feliz (?:dia|tarde|noche)",
    ),
    "all": (
        r"(?:eso|es|seria|nada)(?: (?:es|seria|por|era)){0,8} (?:todo|mas)(?: (?:por ahora|gracias)){0,8}|es todo|"
        r"nada mas|estoy bien asi|asi esta bien|no necesito (?:nada|mas)",
    ),
    "greeting": (
        r"^(?:hola|buen(?:os|as)? (?:dias?|tardes|noches)|buenas|buenos|que tal(?= [.?]|$)|saludos|ola|holi|"
        r"quiubo)(?= |$)|(?:como|que) (?:esta|estas|estan|le va|te va|tal|hay|onda|pasa|va|andas)(?= [.?]|$)",
    ),
    "book": (
        r"(?:agendar|reservar|programar|apartar|sacar|pedir|hacer|solicitar|concertar|agenda|agendame|agendeme|"
        r"reserva|reserve|reserveme|resérvame|apart[ae]me|programe|programeme|anot[ae]me|apunt[ae]me|poner)(?:me|le|"
        r"lo|la|nos)?(?: (?:me|una?|otra|mi|para|la|el|por|favor|un|su|nueva)){0,8}{g} ?(?:{cita_s}|{dia_s}|mi "
        r"\w+)(?= |$)",
        r"(?:necesito|quiero|quisiera|queria|quisieramos|busco|ocupo|me gustaria|deseo|tienen|tiene|hay|dame|deme|me "
        r"da|me dan|puede darme|pueden darme|puedo|podria|podemos|puede|pueden|me urge|me hace falta)(?: (?:que|me|"
        r"sacar|hacer|agendar|reservar|tener|una?|otra|mi|para|pedir|tomar|alguna?|la|el|obtener|conseguir|programar|"
        r"den|de|un|su|nueva|algun|espacio|apartar)){0,8} (?:{cita_s})(?= |$)(?! de (?:trabajo|atencion))",
        r"(?:^|(?:quiero|quisiera|queria|puedo|podria|necesito|me gustaria|para|hola|favor|como) )(?:reservar|"
        r"agendar|apartar|reservame|agendeme|agendarme|programar)(?= |$)|^(?:{cita_s})(?: (?:para|con|el|manana|por|"
        r"en|de|urgente))|(?:una?|otra) (?:cita|reserva|turno|reservacion)(?= |$)(?! (?:cuesta|cancel))",
    ),
    "wish": (
        r"(?:puede|pueden|podria|podrian|puedo|podemos|quisiera|quiero|necesito|ocupo|me gustaria|cuando|hay|alguien|"
        r"manden|mande|envien|tienen|que)(?: (?:que|me|alguien|a|un|una|tecnico|plomero|ver|ustedes|hoy|manana|para|"
        r"por|favor|al|el|dentista|doctor|su|por favor)){0,8} (?:venir|venga|vengan|pasar|pase|pasen|revisar|revise|"
        r"revisen|arreglar|arreglen|arregle|ir|ver(?: (?:al|a la|a un|mi|el|la))|reparar|reparen|atender|atenderme|"
        r"atiendan|atiendanme|checar|chequen|limpiar|limpien|destapar|destapen|instalar|instalen|cambiar (?:el|la|mi|"
        r"las|los) (?:aceite|llantas?|filtro|tubo|llave)|cortarme|mandar|ayudar|ayuden|ayudarme|visitar|parar por|"
        r"ven)(?= |$)|(?:quiero|necesito|quisiera|ocupo|busco|urge)(?: (?:a|un|una|al|algun|buen)){0,8} (?:plomero|"
        r"dentista|doctora?|tecnico|mecanico|veterinari[oa]|electricista|abogad[oa]|grua|cerrajero|peluquer[oa]|"
        r"estilista|fumigador)(?= |$)|(?:quiero|necesito|quisiera) ver (?:al|a la|a un)|(?:llevar|traer) (?:a )?mi "
        r"\w+",
    ),
    "job": (
        r"(?:se me|se|me|se nos) (?:tapo|rompio|descompuso|dano|averio|daño|fundio|cayo|quebro|poncho|apago|fue|"
        r"trabo|atoro|esta tapando|acabo|inflamo|termino)(?: (?:la|el|un|una|mi|los|las)){0,8}{g}|(?:no (?:funciona|"
        r"sirve|prende|enciende|enfria|calienta|arranca|jala|drena|baja)|gotea|gotear|gotean|goteo|no hay agua|sin "
        r"agua|goteando|tirando agua|tapad[oa]s?|descompuest[oa]|rot[oa]|averiad[oa]|dañad[oa]|danad[oa])(?= |$)|"
        r"(?:tengo|tenemos|hay)(?: (?:una?|mucho|muchas?|muchos|un poco de)){0,8} (?:fuga|gotera|cucarachas|ratones|"
        r"ratas|hormigas|chinches|termitas|caries|dolor|problema|plaga|filtracion|goteras)|me duele(?: (?:mucho|un "
        r"poco|la|el|una|mi)){0,8} \w+|dolor de (?:muela|muelas|diente|dientes|espalda|cabeza|estomago)|(?:mi|el|la) "
        r"\w+ (?:esta|anda|sigue) (?:enferm[oa]|cojeando|vomitando|mal|gote\w+|haciendo ruido)",
    ),
    "free": (
        r"cuando (?:puedan?|gusten?|tengan? (?:tiempo|espacio|lugar))(?= |$)|(?:tienen|tiene|hay|queda|quedan|habra|"
        r"tendran|cual es|que|a que|cuando)(?: (?:algo|alguna?|la|el|su|horas?|citas?|espacio|lugar|es|mas|proxima?|"
        r"dias?|horarios?|tienen|tiene|hay|para|libre|de|algun)){0,8} (?:disponib\w+|libre|libres|espacio|citas?|"
        r"lugar|cupo|abierto(?! \w+ (?:lunes|martes))|proxima|horario (?:disponible|libre)|huecos?)(?= |$)|(?:cuando|"
        r"a que hora|que dia|para cuando|que tan pronto|cuanto antes)(?: (?:me|lo|nos|ustedes|es lo mas pronto "
        r"que))? (?:pueden|puede|podrian|podria|tienen|hay|puedo|seria|atienden)|(?:que tal|puede ser|podria ser|"
        r"podemos|mejor|y|seria posible)(?: (?:el|para|a|por|la|las|en|este|esta|proximo|proxima)){0,8} {dia_s}",
    ),
    "reschedule": (
        r"reagend\w+|reprogram\w+|pospon\w+|aplaz\w+|recorr(?:er|ala|an|emos)|(?:cambi|mov|muev|pas|adelant|retras|"
        r"modific|correr|posterg|atras|mud)\w*(?:me|la|lo|le)?(?: (?:mi|la|el|de|una|su|nuestra|los|para|que|por|"
        r"a)){0,8}{g} ?(?:{cita_s}|horario|fecha|dia|otro dia|otra hora)(?= |$)|(?:cambiarla|moverla|pasarla|"
        r"cambiarlo|moverlo|adelantarla|cambiamos|movemos)(?= |$)|(?:otro dia|otra hora|otra fecha|otro horario)(?: "
        r"(?:mejor|por favor|en vez|si|porfa))|(?:podemos|puede ser|puedo|podria|se puede|mejor)(?: \w+){0,3} "
        r"(?:otro dia|otra hora|mas tarde|mas temprano|otra fecha|la (?:otra|proxima) semana|en (?:vez|lugar))|"
        r"surgio algo",
    ),
    # A subscription or a membership is not a booking.
    "cancel": (
        r"(?:cancel(?:ar|e|en|o|a|aron|ame|eme|arla|arlo|emos|ada|enme|enla|ela)|anul(?:ar|e|en|o|a)|elimin(?:ar|e|"
        r"en) |quit(?:ar|e|en) )(?:me|la|lo)?(?: (?:mi|la|el|de|una|su|nuestra|las|los|todas?|por|favor|del|esa|"
        r"para)){0,8}{g} ?(?:{cita_s}|{dia_s}|todo)?(?= |$)(?! (?:suscripcion|membresia|mensajes|politica|contrato))|"
        r"(?:ya no|no)(?: (?:voy a|quiero|necesito|vamos a|necesitamos|queremos|ocupo|requiero|me hace falta|hace "
        r"falta)){1,8}(?: (?:la|mi|necesitar|ocupar|una|el|esa|ir a la|querer|su)){0,8} (?:{cita_s})(?= |$)",
    ),
    "absent": (
        r"(?:ya )?no (?:voy a |vamos a |creo que )?(?:poder|podre|podremos|puedo|podemos|pueda|alcanzo|llego|ire|"
        r"iremos|voy|vamos)(?: (?:ir|llegar|asistir|a|estar|presentarme|acudir|ahi|alla)){1,8}|me salio (?:algo|un)|"
        r"surgio (?:algo|un)|encontre (?:a )?(?:otro|alguien|otra)|ya (?:lo arregl\w+|me lo arregl\w+|consegui|"
        r"encontre)|no voy a (?:ir|poder|llegar|estar)|no podre(?= |$)|ya no (?:puedo|ire|podre)(?= |$)",
    ),
    "asks": (
        r"(?:^|(?:hola|buenas|tardes|dias|si|ok|y|pero|bueno|perfecto|gracias|disculpe|oiga|oye|perdon|[.]) )(?:que|"
        r"cual|cuales|cuando|cuanto|cuanta|cuantos|cuantas|donde|adonde|como|quien|hay|tienen|tiene|aceptan|acepta|"
        r"atienden|abren|hacen|puedo|pueden|puede|trabajan|estan|esta|ofrecen|se puede|cobran|es|son|por que|dan|"
        r"cubren|llegan|hablan|venden|reciben|manejan)(?= |$)(?! (?:todo|que|bien|perfecto|correcto|genial))|"
        r"(?:quisiera|quiero|queria|me gustaria|podria|puede|pueden|necesito)(?: (?:me))? (?:saber|preguntar|decirme|"
        r"informacion|consultar|conocer|decir)|me (?:puede|pueden|podria|podrian) (?:decir|dar|informar)|(?:una|"
        r"tengo una) (?:pregunta|duda|consulta)|a que hora|cuanto (?:cuesta|cobran|sale|vale|es|seria|me)",
    ),
    "topic": (
        r"usted|ustedes|su|sus|yo|mi|mis|me|te|tu|le|les|nos|puedo|pueden|tienen|hacen|aceptan|abren|cierran|"
        r"atienden|cobran|estan|quedan|ofrecen|trabajan|hablan|cubren|llegan|venden|reciben|manejan|dan|precio|"
        r"precios|direccion|horario|horarios|telefono|ubicacion|ubicados|costo|seguro|estacionamiento|tarjeta|"
        r"efectivo|zona|garantia|presupuestos?|abierto|servicio|servicios|cuesta|sale|vale|donde|descuento|pago|"
        r"pagos|mascotas|perro|domicilio",
    ),
    "accepts": (
        r"(?:aceptan|acepta|hacen|hace|ofrecen|ofrece|trabajan con|cubren|cobran|cobra|hablan|venden|instalan|"
        r"atienden|reparan|manejan|llegan a|van a) (?!cita|manana|hoy)\w+",
    ),
    "policy": (
        r"precios?|direccion|horarios?|telefono|ubicacion|ubicados|costos?|seguros?|estacionamiento|tarjetas?|"
        r"efectivo|garantia|cuanto|abren|abiertos?|cierran|donde (?:estan|quedan|se)|aceptan|zona|descuentos?|"
        r"politica|cobran|presupuestos? gratis|hablan|licencia|a que hora (?:abren|cierran)",
    ),
    "bot": (
        r"(?:eres|es|son|sos|hablo|estoy hablando|estoy escribiendo|converso|platico|chateando|esto|usted|tu|sera|"
        r"seras)(?: (?:es|eres|un|una|con|usted|tu|esto|de|real|la|alguien|acaso|el|realmente|verdadera|algun)){0,8} "
        r"(?:robot|bot|maquina|persona|humano|humana|computadora|automatico|automatica|automatizado|ia|inteligencia "
        r"artificial|contestadora|persona real|grabacion|real)(?= |$)(?! que)|(?:quien|que) (?:eres|es usted|es "
        r"esto)(?= [.?]|$)|(?:robot|maquina|bot) o (?:una )?(?:persona|humano)|persona o (?:un )?(?:robot|bot|"
        r"maquina)",
    ),
    "human": (
        r"(?:hablar|comunic\w+|platicar|conversar|pas[ae]\w*|conect\w+|transfier\w+|contactar|hable|hablo|"
        r"comunique\w*|atienda|ponga\w*)(?: (?:me|con|por|favor|a|al|una?|el|la|alguna?|de|directamente|su|algun|"
        r"mejor|por telefono)){0,8} (?:persona|alguien|humano|humana|representante|encargad[oa]|dueno|duena|gerente|"
        r"agente|operador\w*|recepcion\w*|asesor\w*|doctora?|dentista|senor\w*|ejecutiv[oa]|oficina)(?= |$)|"
        r"(?:quiero|necesito|prefiero|quisiera|dame|deme|hay|me puede atender|me atiende|atiendame)(?: (?:con|a|una?|"
        r"que me atienda|algun|hablar con)){0,8} (?:persona|humano|representante|agente|operador\w*|encargad[oa]|"
        r"gerente|alguien real)(?= |$)|persona real|(?:una?|alguna) persona (?:por favor|de verdad|real|que me)|"
        r"^(?:operadora?|representante|agente|persona|humano|gerente)(?: por favor)?(?= [.?]|$)|no quiero (?:hablar|"
        r"escribir\w*|tratar|chatear) con (?:un|una|robots?|maquinas?)|hay alguien (?:ahi|real|que)",
    ),
    # "Llama" is a flame too.
    "call_me": (
        r"(?:llam(?:en|e|a|enme|eme|ame|arme|arnos|ennos|ada)|marqu(?:e|en|eme|enme)|marcarme|marcame|"
        r"telefoneen?)(?:me|nos)?(?= (?:por|cuando|a|al|ya|hoy|manana|en|de|mas|por favor|porfa|si|para|urgente|"
        r"[.?])|$)(?<!una llama)|(?:me|nos) (?:puede|pueden|podria|podrian|llama|llaman|marca|marcan|habla|hablan|"
        r"llame|llamen)(?: (?:llamar|marcar|hablar|por|telefono|devolver|regresar)){1,8}|(?:que|quiero que|prefiero "
        r"que|necesito que) (?:me|nos) (?:llamen|llame|marquen|marque|hablen)|(?:devolver|regres\w+|"
        r"devuelv\w+)(?:me)?(?: (?:me|la|mi)){0,8} llamada|prefiero (?:hablar |una llamada|por telefono|llamada)|por "
        r"telefono (?:mejor|por favor)",
    ),
    "frustrated": (
        r"(?:esto|que|usted\w*|su servicio|servicio|muy)(?: (?:es|una?|esta|son|muy|mas|tan)){0,8} (?:frustrante|"
        r"ridiculo|inutil\w*|pesimo|pesima|horrible|verguenza|inaceptable|burla|absurdo|estafa)|(?:estoy|ando)(?: "
        r"(?:muy|bien|ya|super)){0,8} (?:molest[oa]|enojad[oa]|frustrad[oa]|hart[oa]|cansad[oa]|furios[oa]|"
        r"encabronad[oa])|no (?:me )?(?:entiende\w*|ayuda\w*)(?: nada)?(?= [.?]|$)|ya (?:le|les|te) dije|cuantas "
        r"veces|nadie (?:contesta|responde|llama)|perdida de tiempo|pesimo servicio|queja",
    ),
    "wrong_number": (
        r"(?:numero|telefono|persona) (?:equivocad[oa]|incorrect[oa]|erroneo)|equivocad[oa] de numero|(?:se|te|"
        r"estan?|esta) (?:equivoc\w+)|no (?:soy|es) (?:la persona|quien|el numero|su numero|ese numero)|no conozco a|"
        r"aqui no (?:vive|hay|es)|yo no (?:los |les )?(?:llame|marque)",
    ),
    "abuse": (
        r"pendej[oa]s?|put[oa]s?|cabron\w*|idiotas?|estupid[oa]s?|ching\w+|mierda|culer[oa]s?|imbecil\w*|pinches?|"
        r"maldit[oa]s?|vete a la|vayanse a|hij[oa]s? de (?:puta|la)|rater[oa]s?|estafador\w*|ladron\w*|basura|verga|"
        r"jodet?e|jodanse|callate|callense|tarad[oa]s?",
    ),
    "quote": (
        r"presupuestos?|cotiza\w+|cuanto (?:me )?(?:costaria|cobran|cobraria\w*|saldria|cuesta|sale|seria)(?: "
        r"\w+){0,2} (?:por|una?|el|la|instalar|reparar|arreglar|poner|cambiar|destapar|hacer)(?= |$)|estimado(?= "
        r"(?:de|por|para|gratis)|$)|precio (?:de|por|para)",
    ),
    "waiting_list": (
        r"lista de espera|si (?:se )?(?:abre|libera|desocupa|cancela|hay (?:algun(?:a)?|una) (?:cancelacion|espacio)|"
        r"alguien cancela|tienen (?:una )?cancelacion)(?: \w+){0,8}|(?:alguna|hay|una) cancelacion",
    ),
    "late": (
        r"(?:llego|llegare|voy|llegamos|vamos|ando|estoy)(?: (?:a|un|poco|llegar|unos|como|\d+|minutos?|algo)){0,8} "
        r"(?:tarde|retrasad[oa]|atrasad[oa])|(?:me|se me) (?:retras\w+|atras\w+|hizo tarde|demor\w+)|en camino|voy "
        r"(?:para alla|llegando|en camino)|hay (?:mucho )?trafico|atorad[oa] en (?:el )?trafico|en \d+ minutos "
        r"(?:llego|estoy)|ya casi llego|minutos tarde",
    ),
    "time": (r"{dia_s}|por la (?:manana|tarde|noche)|lo antes posible|cuanto antes|lo mas pronto|cuando puedan",),
    "banter": (r"jaja\w*|jeje\w*|mi amor|amor|te quiero|partido|futbol|compadre|guey|wey",),
}
