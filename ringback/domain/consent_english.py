"""English words that ask for no more texts. Written over folded text: no apostrophes, "." and "?" are clause ends."""

# In any clause of their own, whatever else the text says.
STRONG = frozenset(
    "stop stopall unsubscribe unsub unsubscribed optout optmeout desist donottext removeme stahp stawp stopp".split()
)
# As the whole text only, with nothing but politeness: "cancel, I found someone" speaks of a visit.
WEAK = frozenset("end quit cancel revoke remove td discontinue terminate halt cease unlist".split())

POLITE = frozenset(
    "please pls plz plez plse pleez thanks thank you thx ty tks now sir maam miss asap immediately hi hello "
    "hey kindly sorry just".split()
)
# What may stand around STOP in a clause without giving it another meaning.
FILLERS = POLITE | frozenset(
    "ok okay k kk no nope nah yes yeah yo all already right away it this that u guys dude bro man really "
    "seriously again fucking fuckin fking damn goddamn dammit bloody freaking stfu the hell fuck omg ffs wtf god "
    "jesus everything forever permanently for good today said told i want to would like can could will must "
    "need lol lmao pray wrong number person im not interested good well and so with at once".split()
)

# Words that one slip should not hide.
KNOWN = (
    "stop stopall unsubscribe unsubscribed optout texting texts message messages messaging contact contacting "
    "sending bothering harassing spamming remove delete receive receiving anymore number subscription please "
    "revoke cancel leave alone".split()
)
# Words of their own, one slip away from a known one.
REAL = (
    "shop step stoop slop strop stops stomp atop stow stoup sop top tests testing contract contracts "
    "contracting massage massages massaging spending lending bending mending ending vending tending fending "
    "pending sanding seeding removed remover removes remote deleted received receiver receives deceive lumber "
    "numbers pleased pleases revoked along clone lease leaves heave weave cleave sleeve leaver canceled "
    "cancels passage sausage crawling tents nexts unsubscribes sealing contacts contacted messaged messages "
    "textiles tasting".split()
)

MACROS = {
    "stop": r"(?:stop(?: it)?|quit|cease|discontinue|halt|terminate|cut (?:it )?out|knock off|refrain from|"
    r"enough(?: with| of)?|no more|no further|end)",
    # Said of lights and appliances as well, so only with words for texts behind it.
    "call_off": r"(?:cancel|turn off|disable|suspend|deactivate|kill|shut off|switch off)",
    "mid": r"(?: (?:all|the|these|those|this|that|your|ur|any|more|further|future|other|such|of|and|with|w|wit|me|"
    r"us|it|f ing|f in|f cking|effing|robot|bot|computer|fucking|fuckin|freaking|damn|goddamn|bloody|stupid|"
    r"annoying|dumb|automated|automatic|auto|robo|sms|text|txt|phone|sending|receiving|getting|please|pls|"
    r"plz|right|now|already|constant|constantly|unwanted|marketing|promotional|spam|spammy|random|every|day|"
    r"trying to|fkn|fking)){0,4}",
    "comms": r"(?:te?xt(?:s|ing|in|n|ng)?|texing|mess?age?s?|mess?agin[g]?|msgs?|msgin[g]?|sms|mms|contact|"
    r"contactin|contacting|calls|calling|bothering|bugging|botherin|buggin|harassin|spammin|harassing|"
    r"harassment|spamming|spam|emails?|emailing|notifying|notifications?|alerts|writing|pinging|pestering|"
    r"hounding|annoying|blowing up|soliciting|solicitations?|communications?|communicating|reaching out|"
    r"bombarding|replying to|responding to|hitting me up|stalking|wasting my time|sending|contacting|"
    r"reminders|advertisements|ads|promos?|promotions)",
    "texts": r"(?:texts|txts|messages|msgs|sms|text messages|sms messages|notifications|alerts|(?:text |sms |"
    r"message )subscription)",
    "no": r"(?:(?:can|could|would|will) (?:you|u)(?: please| pls)? not|dont|do not|donot|dnt|do nt|never|pls dont|"
    r"not to|no longer|shouldnt|should not|must not|cant|may not|can not|cannot)",
    "you": r"(?: (?:you|u|ya|ever|ever again|even|please|pls|plz|again|dare|bother|to|keep|fucking|fuckin)){0,8}",
    "me": r"(?:me|us|my (?:phone|number|cell|mobile)|this (?:number|phone|line)|here|at this number|on this number|"
    r"to this number|back)",
    "text": r"(?:(?:call|phone|ring|email|calling)(?: me| us)? (?:or|and|nor) )?(?:text|txt|message|msg|sms|contact|"
    r"spam|solicit|texting|messaging|contacting|reach out|reaching out)",
    # Only with "me": "don't bother, I found someone" is no opt-out.
    "vex": r"(?:bother|bug|harass|disturb|pester|annoy|ping|notify|hassle|write(?: to)?|reach out to|email|hit up|"
    r"hmu|stalk|message)",
    # What makes a refusal one of this hour, this matter or this person only.
    "unlimited": r"(?! (?:the|a|an|my|his|her|him|them|their|before|after|until|till|til|on (?:facebook|fb|"
    r"messenger|whatsapp|instagram|ig|my landline)|between|during|while|when|whilst|so|about|if|unless|"
    r"except|today|tonight|tomorrow|yet|just yet|because|that|those|in the|this (?:early|late|week|"
    r"morning|afternoon|evening|photo)|at (?:\d\S*|night|work|this hour|home)|on (?:mon|tue|wed|thu|"
    r"fri|sat|sun|the|my|week|holi)\w*|photos?|pics?|pictures?|links?|prices?|directions|and drive|"
    r"and driving|by|via|late|early|first|directly|for (?:a|the|that|two|an)|with (?:the|price|a|"
    r"any questions))(?!\S))",
    "limits": r"(?:off of|off|out of|out from|from|from off|of)",
    # "My old number" is left out: a new one usually follows.
    "mine": r"(?:me|us|myself|(?:my|our|this|that|the)(?: (?:phone|cell|mobile|contact|tel))? (?:number|no|nr|num|"
    r"name|phone|cell|contact|info|information|details|digits|line)|my (?:data|contacts))",
    "from_list": r"(?: (?:your|ur|youre|the|this|that|any|all|these|those|whatever|every|stupid|damn|fucking|calls?|"
    r"calling|texts?|texting|txt|sms|mailing|marketing|contacts?|message|messages|messaging|spam|"
    r"distribution|client|customer|phone|email|subscriber|subscription|caller|lead|leads|auto|"
    r"automated|future|further|and|of)){0,8} (?:lists?|database|data base|system|systems|records?|"
    r"contacts?|texts?|texting|messages?|messaging|sms|directory|group|thread|chat|rolodex|"
    r"subscription|notifications|alerts|phone ?book|crm|mailing|distribution)",
    "end": r"(?= (?:[.?]|please|pls|plz|now|thanks|thank|thx|asap|immediately|again|anymore|any more|ever|forever|"
    r"permanently|already|right|and stop|or|today|i|im|we|u|you|bro|man|from your|from (?:this|the|any|"
    r"all)? ?\w*list|wrong|this is)|$)",
}

PHRASES = (
    r"{stop}{mid} {comms}(?! (?:while|when|and) (?:\w+ )?(?:driv|you|at the wheel))",
    r"(?:taken|removed|deleted|scratched|dropped|gotten) {limits}{from_list}",
    r"(?:dont|do not|no longer|never) (?:want|wish|care|need) (?:to (?:receive|get)|receiving|getting) (?:any|these|"
    r"your|this|more|such|anything|those)(?: \w+){0,3}?(?= (?:anymore|any more|again|[.?])|$)",
    r"{call_off}(?: (?:all|the|these|those|your|any|my|more|further|future|of|automated|text|txt|sms)){0,8} {texts}",
    r"(?:turn|switch|shut)(?: (?:all|the|these|those|your|any|my|of|automated|auto|text|sms)){0,8} {texts} off",
    r"(?:cancel|end|stop)(?: this| the)? (?:text |sms |message )?subscription{end}",
    # "Cant text now, driving" is said of oneself.
    r"(?!(?:cant|cannot|can not|couldnt) (?:text|txt|message|msg)(?! {me}))(?:{no}){you} {text}(?: {me}){0,8}(?! "
    r"{me}){unlimited}",
    r"(?:{no}){you} {vex}(?: (?:me|us|this number|my (?:phone|number))){1,8}{unlimited}",
    r"(?:{no}){you} send(?:ing)?(?: (?:me|us|this number|my phone|any|anything|anymore|more|further|another|these|"
    r"those|your|such|stupid|crap|shit|stuff|to|text|sms|this|else|of)){0,8}(?: (?:texts?|txts?|messages?|msgs?|sms|"
    r"spam|anything(?: else)?|these|stuff|crap|shit|anymore|notifications)){unlimited}",
    r"(?:do not|never|dont)(?: (?:you|ever|please|pls)){0,8} (?:call|phone|ring|dial) (?:me|us|this number|"
    r"my (?:phone|number|cell)|here)(?: (?:or|and|nor) (?:text|txt|message|msg|contact)(?: me| us)?)?(?: (?:again|"
    r"anymore|any more|ever|please|pls|at all|no more|either)){0,8}(?= [.?]|$)",
    r"(?:dont|do not|didnt|did not|never|no longer|not|doesnt|does not)(?: (?:ever|really|even))? (?:want|wanna|"
    r"wish|need|care|like(?! (?:to )?text(?:ing)?(?= [.?]|$))|consent|agree|interested in|appreciate|asked?|"
    r"sign(?:ed)? up|request(?:ed)?)(?: (?:to|for|receive|receiving|get|getting|be|have|you|u|yall|any|anymore|more|"
    r"further|your|ur|these|those|this|the|automated|spam|unwanted|random|annoying|all|of|keep|being|see|such|kind|"
    r"type|reading|text|sms|txt|marketing|promotional|communication|phone)){0,8} (?:texts|txts|messages|messaging|"
    r"msgs|sms|texting|texted|txting|txted|messaged|contacted|contacting|bothered|bothering|bugging|bugged|"
    r"solicited|solicitation|communications?|notifications|spam|spamming|spammed|alerts|hear(?:ing)? from (?:you|u|"
    r"this|yall)|(?:you|u) to (?:text|txt|message|msg|contact)|(?:any|more|another) text|text me)",
    r"(?:dont|do not|no longer) (?:want|wanna|wish)(?: to)? (?:hear from|be contacted|be texted)",
    r"(?:rather|prefer|better|ok if|appreciate it if)(?: (?:if|that|you|u|yall|i|we|to|just|could|would|"
    r"can)){0,8} (?:not|didnt|dont|stop|stopped)(?: (?:to|be|get|getting|receive|receiving|any|more|these|your|have|"
    r"you|u|send|sending|sent|me|all|the|being)){0,8} {comms_or_texted}{unlimited}",
    r"{comms}(?: \w+){0,6} (?:quit it|cut it out|knock it off|make (?:it|them|this|these) (?:stop|go away))(?= [.?]|$)",
    r"not interested in (?:your|ur|these|any|the|receiving|getting) (?:texts|messages|msgs|sms|spam|text messages)",
    r"i (?:didnt|did not|never|havent|have not|dont remember) (?:sign(?:ed|ing)? up|subscribed?|opt(?:ed)? in|"
    r"ask(?:ed)?|consent(?:ed)?|agreed?|request(?:ed)?|authorized?|g[ai]ve (?:you )?(?:my )?(?:consent|"
    r"permission))(?: (?:for|to|you|get|getting|receive|receiving|any|of|get any)){0,8}(?: (?:this|these|it|"
    r"any of this)(?= [.?]|$)|(?: (?:this|these|any|your))? (?:texts?|messages?|sms|msgs|spam)| be (?:texted|"
    r"contacted)|(?= [.?]|$))",
    r"(?:withdraw|withdrawing|revoke|revoking|rescind|retract|pull|remove|take back)(?: (?:my|all|any|the|"
    r"our)){0,8} (?:consent|permission|opt ?in|authorization|authorisation)",
    r"(?:no|dont have|do not have|without|not have|never gave(?: you)?|didnt give(?: you)?)(?: (?:my|any|"
    r"the)){0,8} (?:permission|consent|authorization)(?: to)?(?: (?:be|keep|continue|send|text|txt|contact|call|"
    r"message|\w+ing)){0,8}",
    r"(?:take|remove|get|pull|strike|scratch|scrub|drop|delete|erase|wipe|purge|keep|leave|unlist|"
    r"cross) {mine}(?: please| pls)? {limits}{from_list}",
    r"(?:take|get|keep) (?:me|us|my number|this number) off{end}(?! (?:the|at|in|my))",
    r"(?<!you )(?<!u )(?<!i )(?:remove|delete|erase|unlist|scrub|purge|lose|forget|unsub|throw (?:away|"
    r"out)) {mine}{end}(?! and (?:add|use|put|replace|update|change|save))",
    r"remove me from (?:this|here|it|everything|all of this|all)(?= [.?]|$)",
    r"(?:remove|delete|lose|take off)(?: (?:me|number|contact|this contact|this)) (?:please|pls|plz|now|asap)",
    r"(?:do not|dont|donot|no) (?:call|contact|text|solicit|disturb)(?: me)? (?:list|registry)|dnc(?: list)?|"
    r"donotcall",
    r"(?:remove|delete|take)(?: (?:me|this|it))? (?:from|off)(?: of)?{from_list}|(?:want|let me|get me) (?:out|"
    r"off)(?: of)?{from_list}|(?:get|be|come) off(?: of)?{from_list}",
    r"no need to {text}(?: {me}){0,8}(?: (?:anymore|any more|again|further))|get off (?:of )?my phone",
    r"(?:do not|dont|never) (?:reply|respond|answer)(?: (?:to|back|me|this|again|anymore|ever|please)){0,8}(?= [.?]|"
    r"$)",
    r"leave (?:me|us|my family|my phone|this number|me and my \w+)(?: (?:the (?:fuck|hell|f)|tf|be and))? alone",
    r"let me be(?= [.?]|$)",
    r"(?:fuck|fk|piss|bugger|eff|sod|screw|shove|f|naff) off(?: {mid})?",
    r"un ?sub(?:scribe|scribed|scribing|scription|s)?(?! \d){unsub_of}",
    r"(?<!an )(?<!the )opt(?:ing|ed)?(?: (?:me|us|my number|my phone|this number|myself))? ?out{opt_of}",
    r"cease and desist(?! (?:letters?|orders?))|tcpa",
    r"cease (?:all |any )?(?:further )?(?:communications?|contact)",
    r"(?:report|reporting|reported)(?: (?:you|u|this|it|this number|your number|ur number|yall))? (?:as|for|"
    r"to the) (?:spam|junk|harass\w*|fcc|ftc|police|cops|attorney|bbb)",
    r"(?:blocking|will block|gonna block|going to block|ill block|have blocked|ive blocked|im blocking) (?:you|u|"
    r"this number|your number|ur number|this)",
    r"if (?:you|u|i get|i receive|they) (?:text|txt|message|msg|contact|call|another|one more|dont stop|"
    r"ever)(?: \w+){0,3} (?:again|one more time|text|message|anymore)",
    r"(?:why (?:do|are|r|does)|how come) (?:you|u|yall|they|you guys) (?:still|keep|constantly|"
    r"always) (?:on )?{comms}",
    r"(?:sick|tired|fed up|done)(?: and tired)? (?:of|with)(?: (?:you|u|all|the|these|your|ur|getting|receiving|"
    r"this|constant|spam)){0,8} (?:texts|texting|txts|messages|messaging|sms|spam|spamming)",
    r"(?:tell|told|telling|ask|asked|asking|want|need|like|beg|begging|have)(?: (?:you|u|yall|you guys|you people|"
    r"them|this|these|your \w+)){1,8} to (?:fucking )?(?:stop|quit)(?= [.?]|$)",
    r"i (?:already |just |have ){0,8}(?:said|texted|typed|wrote|replied|sent|say)(?: (?:already|you|"
    r"the word)){0,8} stop",
    r"not? (?:text|txt|message|contact)(?:ing|s)?(?: me| us)? (?:again|any ?more|ever|no more)",
)

# A clause of nothing but this and fillers.
CLAUSES = (
    r"go away",
    r"get lost",
    r"no (?:(?:robot|bot|automated|auto|computer|marketing|promo|spam|random|sms|text|stupid|damn|further|"
    r"other) ){0,3}(?:texts?|texting|txts?|messages?|msgs?|sms|spam|contact|communications?)(?: anymore| any more|"
    r" ever)?",
    r"no more(?: please| pls)",
    r"please no more",
    r"text me no more",
    r"do not disturb(?: me)?",
    r"enough already",
    r"knock it off",
    r"quit it",
    r"cut it out",
    r"buzz off",
)

# "opt out of the x-rays" refuses something else.
MACROS["opt_of"] = (
    r"(?! of(?! (?:(?:the|your|all|any|these|this|future|further|receiving|getting|all of|those|"
    r"automated) ){0,8}(?:texts?|txts?|messages?|messaging|sms|communications?|list|lists|notifications|alerts|"
    r"calls|it|this|these|everything|contact|marketing)))(?! insurance)"
)
# A class, a plan or a newsletter is left, not this thread.
MACROS["unsub_of"] = (
    r"(?!(?: me| us)? from (?:(?!text|sms|message)\w+ ){0,3}(?:plans?|memberships?|class|classes|warranty|insurance|"
    r"program|courses?|newsletters?|policy))"
)
MACROS["comms_or_texted"] = r"(?:{comms}|texted|txted|messaged|contacted|bothered|spammed)"
