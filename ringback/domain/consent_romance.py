"""Spanish, French and Portuguese words that ask for no more texts, over folded text (no accents, no apostrophes)."""

STRONG = frozenset("alto desuscribir desuscribirme desabonner desabonnement descadastrar parenle yaparen".split())
WEAK = frozenset(
    "baja basta pare paren parar parad cancelar sair arret arreter arrete arretez arrett nomas parem chega "
    "desinscrire cessez remover eliminar borrar".split()
)

POLITE = frozenset(
    "por favor porfa porfavor porfis pf gracias ya ahora hola buenas tardes dias senor senora inmediatamente "
    "svp stp sil vous te plait merci maintenant bonjour salut obrigado obrigada agora ola favor".split()
)
FILLERS = POLITE | frozenset(
    "con esto esta eso de una vez todo ca suffit isso tudo bueno bien numero equivocado".split()
)

KNOWN = "mensajes escriban manden mensagens recibir desabonner borren quiten".split()
REAL = "mensaje mensagem escriben mandan manda mande borran recibire quieren borres quite".split()

MACROS = {
    "me_s": r"(?:me|nos|le)",
    "write_s": r"(?:escrib(?:a|an|as|is|ais|ir|irme|iendo|iendome)|mand(?:e|en|es|eis|ar|arme|ando|andome)|envi(?:e|"
    r"en|es|eis|ar|arme|ando|andome)|text(?:e|een|ees|ear|eando|earme)|mensaje(?:e|en|es|ar|ando|arme)|"
    r"contact(?:e|en|es|ar|arme|ando)|molest(?:e|en|es|ar|arme|ando|andome)|jod(?:a|an|as|er|iendo|erme)|"
    r"acos(?:e|en|es|ar|arme|ando)|fastidi(?:e|en|es|ar|arme|ando)|chingu?(?:e|en|es|ar|ando)|"
    r"notifi(?:que|quen|car)|respond(?:a|an|as))",
    "texts_s": r"(?:mensajes?|mensajitos?|textos?|texts?|txts|sms|msjs?|msgs?|mensages?|publicidad|notificaciones|"
    r"propaganda)",
    # "No me escriban antes de las 9" or "hasta mañana" is a wish about hours.
    "unlimited_s": r"(?! (?:antes|despues|hasta|mientras|cuando|a las|a (?:otr[oa]|un[oa]?|el|la|nadie|alguien|su|"
    r"mi)|al mismo|el|la|los|las|un|una|hoy|manana|tan|tarde|todavia|aun|si|por la noche|de noche|"
    r"por telefono|por correo|en la|en el|sin|solo|otro|fotos?|otra (?:persona|factura))(?!\S))",
    # Also "para" (for) and "pare" (in "pare en la esquina"): a verb of writing must follow.
    "stop_s": r"(?:dej(?:e|en|a|ad|es|ar)(?:me|nos)?|par(?:e|en|a|ad|es|enle|ele|ale)|ces(?:e|en|a)|bast(?:a)|"
    r"termin(?:e|en))",
    # Teeth, trees and stains are removed too: a number or a list must follow.
    "erase_s": r"(?:borr(?:e|en|a|ar)|elimin(?:e|en|a|ar)|quit(?:e|en|a|ar)|sa(?:que|quen|ca|car)|remuev(?:a|an)|"
    r"retir(?:e|en|a|ar)|olvid(?:e|en|a|ar|ense|ate|ese)|pierd(?:a|an|e)|bloque(?:e|en)|suprim(?:a|an))",
}

SPANISH = (
    r"(?:no|nunca|ya no|jamas|ni)(?: (?:se|vuelv(?:a|an|as)|quiero que|deseo que|a|ya|mas|"
    r"nunca)){0,8} {me_s}(?: (?:vuelv(?:a|an|as) a|siga|sigan|sigas|esten?|estes)){0,8} ?{write_s}(?: (?:mas|nada|"
    r"ya|nunca|nunca mas|otra vez|tantos?|estos|sus|{texts_s})){0,8}{unlimited_s}",
    r"(?:no|nunca|jamas) (?:vuelv(?:a|an|as)|sig(?:a|an|as)) (?:a )?(?:{write_s}(?:me|nos|lo)?)(?: {texts_s})?",
    # Without "me": what is not to be sent or written has to be all of it, "no manden al tecnico" is a visit.
    r"(?:no|nunca|ya no)(?: ya)? (?:{write_s})(?: (?:mas|sus|tantos|estos|otro|ningun|ya|"
    r"por favor)){0,8}(?: {texts_s}| nada|(?<=mas)| nunca mas)(?= [.?]|$| (?:por|porfa|gracias|a este|ya|o)(?!\S))",
    r"(?:no|ya no) molest(?:e|en|es|eis)(?: mas| ya| por favor)?(?= [.?o]|$)",
    r"no (?:me |nos )?(?:este|esten|estes|siga|sigan|sigas|ande|anden|andes)(?: me)? {write_s}(?:me|nos)?",
    r"(?:no|dejo de|dejar de|parar de|evitar) recibir(?: (?:mas|estos|sus|los|tantos|ya|tus)){0,8} {texts_s}",
    r"no (?:vuelv(?:a|an|as) a )?me (?:llam(?:e|en|es))(?: (?:mas|nunca|nunca mas|otra vez|ni me {write_s})){1,8}",
    r"no (?:vuelv(?:a|an|as) a llamar(?:me)?|me vuelv(?:a|an|as) a (?:llamar|{write_s}))",
    r"(?:no|ya no|nunca)(?: (?:quiero|deseo|necesito|me interesa|quisiera|queremos|pedi|acepto|autorice|solicite|"
    r"gusta|autorizo|quise))(?: (?:estar|recibir|recibiendo|seguir|que|me|sigan|esten|mas|sus|tus|estos|de|ver|"
    r"ningun|ninguno|tantos|esos|nada de|los|le|{write_s})){0,8} (?:{texts_s}|que (?:me|nos) (?:{write_s}))",
    r"(?:no|ya no) (?:quiero|deseo) (?:recibir|que me {write_s})(?: (?:mas|nada|esto|ya)){0,8}(?= [.?]|$)",
    r"(?:no|ningun|ni un|ya no) mas (?:de )?(?:{texts_s})|nada de {texts_s}",
    r"{stop_s}(?: (?:ya|por favor|de|con)){0,8} (?:de )?{write_s}(?:me|nos|les)?(?: {texts_s})?",
    r"{stop_s}(?: (?:ya|por favor|de|con|los|estos|sus|tantos|mandar|enviar)){0,8} {texts_s}",
    r"(?:dej|d?ejen)(?:e|en|a|ad|es|enme)?(?:me|nos) (?:en paz|tranquil[oa]s?|ya)|dejen?(?:me|nos)? en paz|(?:no|"
    r"que) me dejen? en paz",
    r"(?:par|ces)(?:en|enle|ele|ale|a|e|ad) (?:ya|por favor|de una vez)(?= [.?]|$)|ya (?:paren|parenle|parale|"
    r"parele|basta|pare|para)(?= [.?]|$)|basta ya|ya estuvo(?: bueno)?(?=$)",
    r"(?:{erase_s}|dar|de|den|quiero|quiten|saquen|borren|eliminen|quite|quitame|sacame|borrame|eliminame)(?:me|nos|"
    r"lo|se)?(?: (?:a )?(?:mi|este|el|mis|de mi) (?:numero|telefono|celular|contacto|datos|nombre|cel|movil|"
    r"num))(?! (?:anterior|viejo|de (?:la cita|cita|espera|la lista de espera)))",
    r"(?:quit|sac|borr|elimin|remuev|retir|suprim)(?:e|en|a|ad|ar|uen|quen|an|aque|aquen)?(?:me|"
    r"nos)(?! de la (?:lista de espera|agenda|cita))(?: (?:de|por favor|ya|la|su|tu|esta|sus|lista|base|contactos)|"
    r"(?= [.?]|$))",
    r"saquen?me (?:de|ya|por favor)(?! la lista de espera)|quiten?me (?:de|ya|por favor)(?! la lista de espera)",
    r"(?:dar|de|den|darme|denme|deme|date|dame|quiero|solicito|pido)(?:me)? (?:la |una |de |mi ){0,8}baja(?! (?:el|"
    r"la|mi|medica|laboral|por|del|presion|un|una|al?|los|las|mis|su|en|coche|carro|auto|vehiculo|placas|"
    r"unos)(?!\S))|baja (?:a )?(?:mi|este) (?:numero|telefono|cel|celular|movil|contacto|linea)",
    r"(?:cancel|anul)(?:ar|e|en|o|a|enme|arme)(?: (?:la|mi|esta|los|estos|sus|de)){0,8} (?:sub?s?cripcion(?! (?:al|"
    r"del|de|a)(?!\S))|{texts_s})",
    r"no (?:les |le |te )?(?:autorizo|autorice(?= (?:que me|mensajes|estos|sus|[.?])|$)|(?:doy|di|dimos|he dado|"
    r"tienen|tiene|cuentan con) (?:mi |ningun |ninguna |el )?(?:permiso|consentimiento|autorizacion))|(?:revoco|"
    r"retiro) (?:mi|el) (?:consentimiento|permiso|autorizacion)",
    r"des(?:us|ins|sus|ubs)cri\w+|no me (?:spameen|spamees|spamee)",
)

# Apostrophes are gone by now: "m'écrivez" is "mecrivez".
FRENCH = (
    r"(?:ne |n )?m ?(?:e )?(?:envoyez|envoie|envoies|ecrivez|ecris|ecrire|contactez|contacte|contacter|textez|texte|"
    r"textes|derangez|derange|embetez|harcelez|appelez|appelle|envoyer|texter)(?: (?:des|de|moi)){0,8} (?:plus|"
    r"jamais)",
    r"(?:ne|n)(?: (?:plus|jamais)){1,8} m ?(?:e )?(?:envoyer|ecrire|contacter|texter|deranger|appeler)\w*",
    r"(?:arret(?:e|ez|er|es)|cess(?:e|ez|er)|stopp?ez?)(?: (?:tout de suite|svp|de|d|maintenant|avec|les|vos|tous|"
    r"ces|ca|me|m|nous|s il vous plait)){0,8} (?:m ?)?(?:envoyer|menvoyer|denvoyer|ecrire|mecrire|decrire|contacter|"
    r"mcontacter|texter|deranger|harceler|appeler|messages?|sms|textos?|spam|dmecrire|dmenvoyer)",
    r"(?:je )?(?:ne |n )?(?:veux|souhaite|desire|voudrais) (?:plus|pas)(?: (?:recevoir|de|vos|ces|d|avoir|etre|"
    r"que vous|aucun|mes|des)){0,8} (?:messages?|sms|textos?|contactee?s?|(?:me |m)(?:ecriviez|contactiez|envoyiez))",
    r"(?:plus|pas|assez|marre) (?:de |d |jamais de )(?:vos |ces )?(?:messages?|sms|textos?)(?! (?:de|du|pour|que) )",
    r"(?:me |se )?desabonne[rz]?(?: moi)?|desinscri\w+",
    r"(?:retire[rz]?|enleve[rz]?|supprime[rz]?|efface[rz]?|raye[rz]?|ote[rz]?)(?: moi| mon (?:numero|nom|contact|"
    r"tel\w*)| ce numero| mes (?:donnees|coordonnees))",
    r"(?:laisse[rz]?|fiche[rz]?|foute[rz]?)(?: moi| nous) (?:tranquilles?|en paix|la paix)",
)

PORTUGUESE = (
    r"(?:pare|parem|para|deixe|deixem|cesse|chega)(?: ja| com| por favor){0,8} (?:de )?(?:me )?(?:mandar|enviar|"
    r"escrever|contatar|contactar|incomodar|perturbar|ligar|mensagens|mandarem|enviarem|encher)(?:me)?",
    r"(?:nao|nunca)(?: (?:quero|desejo|gostaria de))(?: (?:mais|receber|que|me|mandem|enviem|suas|essas|ter|de|"
    r"nenhuma|estas)){0,8} (?:mensagens|mensagem|sms|textos|contato|contacto)",
    r"(?:nao|nunca)(?: mais)? (?:me )?(?:mande|mandem|envie|enviem|escreva|escrevam|contate|contatem|contacte|"
    r"contactem|perturbe|perturbem|incomode|incomodem|ligue|liguem|chame)(?: (?:mais|mensagens|nada|nunca|"
    r"nunca mais|sms|me)){1,8}",
    r"(?:nao|nunca mais) (?:me )?(?:contate|contatem|contacte|contactem|perturbe|perturbem|incomode|incomodem|"
    r"escreva)(?= [.?]|$)",
    r"(?:tir|remov|retir|exclu|apag|delet|elimin)(?:e|em|a|am|ar|er|ir|i)?(?: (?:me(?= (?:da|dessa|desta|por)|$)|"
    r"(?:o )?(?:meu|esse|este) (?:numero|contato|telefone|nome|cadastro)))",
    r"me (?:tire|tirem|tira|remova|removam|retire|retirem|exclua|excluam)(?: (?:da|dessa|desta|de|por))?(?! (?:uma|"
    r"a) (?:duvida|foto))",
    r"(?:deix(?:e|em|a)(?: me)?|me deix(?:e|em|a))(?:me)? em paz",
    r"descadastr\w*|(?:cancel|par|encerr)(?:ar|e|em|a) (?:(?:a|as|os|essas|estas|suas) ){0,2}(?:inscricao|"
    r"assinatura|mensagens|notificacoes|sms)|nao entr(?:e|em|ar)(?: mais)? em contac?to(?: comigo)?(?! (?:antes|"
    r"hoje|ate|depois))|(?:chega|sem mais|basta) de mensagens|sem mais mensagens|sair da lista",
)
