"""Opt-outs told by words that stand near each other in one clause, whatever is between: what no phrase foresaw.

Over folded text, with the macros of the other lists.
"""

ENGLISH = (
    # Our texts and that they are not wanted, either way round.
    r"{texts}(?: [^\s.?]+){0,4} (?:unwanted|not wanted|not welcome|unwelcome|unsolicited|not needed)",
    r"(?:unwanted|unsolicited|unwelcome|hate|annoyed by|harassed by|not ok(?:ay)? with|not comfortable with|"
    r"not fine with|object to|opposed to)(?: (?:getting|receiving|being|all|these|your|ur|the|any|such|"
    r"having)){0,4} (?:{texts}|texted|messaged|contacted)(?! but)",
    r"(?:make|get|have|let)(?: (?:all|the|these|those|your|ur|this|my)){0,3} {texts} (?:to )?(?:stop|end|go away|"
    r"cease|quit)",
    r"(?:make|want) (?:it|this|them|these) (?:to )?stop(?: [.])?(?: [^\s.?]+){0,4} (?:getting|receiving|"
    r"sending)(?: [^\s.?]+){0,3} {texts}",
    # Permission that was never given.
    r"(?:who|whoever) (?:gave|told|said|authorized|allowed)(?: [^\s.?]+){0,4} to (?:text|contact|message|txt)",
    r"(?:permission|consent) to (?:text|contact|message|txt)(?: me)? (?:denied|revoked|refused|withdrawn|not given|"
    r"not granted)",
    r"(?:not|never|isnt|arent|arent) (?:authorized|allowed|permitted|supposed|welcome) to (?:text|contact|message|"
    r"txt|send)",
    # A number that is to go; of a lease or a deed a name is removed too, so nothing else may follow.
    r"(?:my|this|our) (?:(?:phone|cell|mobile) )?(?:number|info|information|contact|details)(?: (?:to be|be|"
    r"needs? to be|must be|should be|is to be|has to be|needs|gets|get)){0,3} (?:removed|deleted|erased|blacklisted|"
    r"taken off|off|scrubbed|purged){end}",
    r"(?:have|want|get|see|like) (?:me|us|myself|this number|to be|my number) (?:removed|deleted|taken off|"
    r"unsubscribed){end}",
    r"(?:delete|remove|erase) (?:the |my |this )?numbers?{end}",
    r"(?:dont|do not|wont|will not|did not) give (?:you |u )?(?:my |any )?(?:consent|permission) (?:for|"
    r"to)(?: (?:be|get|any|you|u|to|these|receive)){0,3} (?:{comms}|texted|contacted)",
    r"(?:your|ur|these|those) {texts} (?:are|r) (?:just |all |so |really )?(?:spam|annoying|harassment|too much|"
    r"ridiculous|a nuisance)",
    r"(?:scratch|blacklist|blocklist|ban|exclude|suppress|dnc) {mine}{end}",
    # A threat.
    r"(?:one|1) (?:more|single|more single) (?:text|txt|message|msg) (?:and|&|n|or) (?:i|im|ill|i will|we|my)",
    r"(?:another|any more) (?:text|txt|message|msg) (?:and|&|n) (?:i|im|ill|we)",
    r"(?:you|u|yall|you guys) (?:can|may|could|should|need to|must|gotta|have to|better) (?:please |just |"
    r"pls )?(?:stop|quit)(?: (?:now|already|anytime|please))?(?= (?:[.?]|thanks|thank|thx|ty)|$)",
    r"(?:dont|do not) want (?:these|those|ur stuff|your stuff)(?= (?:[.?]|anymore|any more)|$)",
)

# Said of us: a neighbour who harasses is a matter for a lawyer, see `OTHERWISE`.
REPROACHES = (
    r"(?:is|its|thats|considered) (?:just |pure |straight up )?harassment",
    r"(?:you|u|yall|youre|ur)(?: (?:are|r|re|guys|just|keep|people|all)){0,3} (?:spamming|harassing|bothering|"
    r"bugging|annoying|hounding|pestering)",
    r"what part of (?:stop|no)|understand (?:the word )?stop",
    r"(?:never|didnt|did not) (?:gave|give|given) (?:you|u|yall|out|you guys) (?:my|this) (?:number|cell|phone|"
    r"info\w*|contact)",
    r"number{far_s} (?:delete|remove|erase|take) (?:it|this|me)(?: off| out)?{end}",
    r"(?:sal(?:ir|ga|go|irme)|baj\w+|sacar\w*|fuera) de (?:la|su|tu|esta|esa|vuestra) lista(?! de)|"
    r"no quiero (?:estar|seguir|ser parte)(?: mas)? (?:en|de) (?:la|su|tu|esta) lista(?! de)",
    r"(?:acos|spame|bombarde|hostig)\w+(?: [^\s.?]+){0,2} {texts_s}",
)

# Our texts and a refusal in one clause, in any order and with anything between.
OURS = (
    r"texts|txts|messages|msgs|sms|bots?|robots?|autotexts?|(?:text|message|txt|msg|contact|texting|messaging|"
    r"contacting) me|mensajes|textos|msjs|escribirme|textearme|mensagens|automated \w+"
)
REFUSALS = (
    r"stop|quit|enough|end|ends|off|cease|suspend\w*|detengan?|suspendan?|alto|paren|basta|terminen|cancel\w*|"
    r"(?:not|isnt|arent) (?:for|meant for|accepting|taking|allowed|interested)|(?:dont|do not|does not|doesnt|"
    r"never) (?:have to|need to|need|authorize|accept|allow|do|take|approve|permit|consent to|appreciate|read)|"
    r"no (?:autorizo|acepto|quiero|permito|deseo|necesito|leo)|nao (?:autorizo|aceito|quero|permito)"
)
OTHERWISE = (
    r"get|got|getting|gotten|receive|received|come|came|go through|going through|sent|send you|recib\w+|lleg\w+|"
    r"reminders?|miss|while|driving|before|after|until|till|between|antes|despues|hasta|when|cuando|if|unless|but|"
    r"pero|except|instead|photos?|pics?|facebook|landline|email|voicemail|call|llam\w+|my (?:boss|ex|landlord|"
    r"neighbor|husband|wife|son|daughter|kid|kids|collectors?)|he|she|they|them|collectors?|mi (?:jefe|ex|vecino|"
    r"esposo)|cobradores|yet|today|tonight|hoy|day of|night|late|work|class|appointment|cita|booking|visit|order|"
    r"about (?:the|my)|are you|r u|is this|eres|talking to|light|door|water|person"
)

SPANISH = (
    r"(?:hart[oa]s?|cansad[oa]s?|canse|fastidi\w+|hasta la madre|molestan?|enfad\w+|"
    r"aburrid[oa])(?: [^\s.?]+){0,3} {texts_s}",
    # Said of the writing itself; a person may be sent as well, so there the texts must be named.
    r"(?:no hace falta|no es necesario|no necesito|no hay necesidad|favor de no|les? pido que no|les? ruego que no|"
    r"eviten?|abstengan?se de|que no)(?: [^\s.?]+){0,3} (?:escrib\w+|text(?:e|een|ear|eando)(?:me)?|contact(?:e|en|"
    r"ar)(?:me)?|molest\w+|mensaje(?:e|en|ar)(?:me)?|(?:mand|envi)\w+(?: [^\s.?]+){0,2} {texts_s})",
    r"(?:favor de no|por favor no|pido que no) (?:mandar|enviar|manden|envien)(?:me)?(?: (?:mas|estos|sus|nada|"
    r"ya)){0,3}(?: {texts_s}|(?= [.?]|$))",
    r"{stop_s}(?: ya)? de(?: [^\s.?]+){0,4} (?:escribir|mandar|enviar|textear|contactar|molestar|spamear)(?:me|nos)?",
    r"(?:no|nunca) (?:volvais|sigais) (?:a )?{write_s}(?:me|nos)?",
    r"(?:me|nos) (?:pued\w+ |podri\w+ )?(?:quit|sac|saqu|borr|elimin)\w+ (?:de|ya)(?: (?:su|tu|la|esta|esa|"
    r"sus)){0,2} (?:listas?|base|contactos|sistema|registros?|grupo)",
    r"numero{far_s} (?:borr|elimin)(?:e|en|a|ad)(?:lo|me)",
)

PORTUGUESE = (
    r"(?:pare|parem|para|chega|deixem|basta)(?: (?:com|de|ja)){1,3}(?: (?:as|os|essas|suas|estas|tantas|"
    r"mandar)){0,3} (?:mensagens|mensagem|textos|sms)",
    r"(?:apaguem?|excluam?|retirem?|tirem?|deletem?|removam?) (?:o )?(?:meu|este|esse) (?:numero|contato|telefone|"
    r"cadastro)",
    r"(?:sem|nada de|chega de) (?:mais )?mensagens",
)

# Clauses of nothing but this and politeness.
CLAUSES = (
    r"remove",
    r"(?:no|sin|stop|alto|cero|ni|fuera|no a los|no al) (?:mas |los )?(?:mensajes?|textos?|sms|msjs?|msgs?|texts)",
    r"dejenme(?: ya)?|dejame ya|dejadme(?: ya)?",
    r"quitenme|borrenme|saquenme|eliminenme|borrame|eliminame",
)
MACROS = {"far_s": r"(?: [^\s?]+){0,8}"}
