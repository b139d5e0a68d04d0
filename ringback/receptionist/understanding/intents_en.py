"""English words of what callers want, over folded text. Keys are the names of Signs; "^" is the start of the text."""

# What people type for short.
SHORT = dict(
    pair.split("=")
    for pair in (
        "u=you ur=your r=are pls=please plz=please thx=thanks ty=thanks tks=thanks thanx=thanks yall=you q=que "
        "xq=porque tmrw=tomorrow tmw=tomorrow 2day=today 2morrow=tomorrow 2nite=tonight mins=minutes min=minutes "
        "b4=before appt=appointment appts=appointments apptmt=appointment appoint=appointment reso=reservation "
        "abt=about resched=reschedule cancle=cancel cuz=because xq=porque"
    ).split()
) | {"wanna": "want to", "gonna": "going to", "gotta": "have to", "lets": "let us"}

# Only words that decide something are mended; everything else stays as typed.
KNOWN = (
    "appointment appointments reservation reschedule cancel booking schedule available availability address "
    "location number phone confirm correct thanks thank please tomorrow morning afternoon service different "
    "another question "
    "reserva cita cancelar reagendar gracias manana disponible direccion horario confirmo persona agendar perfect "
    "estimate wrong person human"
).split()
REAL = (
    "than city wont lease agenda cancer prefect conform places phones numbers cited citas appointed services "
    "servicio "
    "servicios scheduled schedules booking bookings cooking looking hooking canceled cancels personas personal "
    "persons questions locations located addresses addressed confirmed confirms corrects reserve reserves reserved "
    "reservations thanked tank tanks perfecto ciudad estimates wring strong pleased think thinks thing available "
    "direccion horarios humans human humano plane pleas serving serve lace palace mornings afternoons plate pease "
    "apartment quote cancela cancele"
).split()

MACROS = {
    "g": r"(?: [^\s.?]+){0,3}",
    "gg": r"(?: [^\s.?]+){0,7}",
    "day": r"(?:today|tonight|tomorrow|mondays?|tuesdays?|wednesdays?|thursdays?|"
    r"fridays?|saturdays?|sundays?|mon|tues?|"
    r"wed|thurs?|fri|weekend|this week|next week|noon|midnight|\d{1,2} ?(?:am|pm|oclock|o clock|a m|p m)|"
    r"\d{1,2}h\d\d(?: ?(?:am|pm))?|\d{1,2}(?:st|nd|rd|th)|morning|afternoon|evening|january|february|march|april|"
    r"june|july|august|september|october|november|december|half past|quarter (?:past|to)|hoy|manana|lunes|martes|"
    r"miercoles|jueves|viernes|sabado|domingo)",
    "visit": r"(?:appointments?|reservations?|bookings?|visits?|sessions?|slots?|spots?|table|rooms?|consultations?|"
    r"consult|meeting|check ?up|cleaning|haircut|hair cut|trim|facial|massage|manicure|pedicure|exam|physical|"
    r"checkup|tune ?up|oil change|inspection|service call|estimate visit|time ?slot|opening|tire check|repair|"
    r"repairs|maintenance|party|suite|hotel|accommodation|bed|treatment|bath|wax|color|blowout|grooming|"
    r"vaccines?|shots?|filling|extraction|root canal|whitening|tow|showing|viewing|tour|class|lesson|service)",
    "booked": r"(?:appointments?|reservations?|bookings?|visits?|sessions?|slots?|"
    r"spots?|table|meeting|consultation|party|"
    r"cleaning|haircut|checkup|check ?up|manicure|pedicure|massage|facial|dinner|lunch|room|stay|class|exam|"
    r"physical|showing|viewing|service|treatment|time|pickup|job|tune ?up|repair)",
    "who": r"(?:dentist|doctor|dr|doc|therapist|stylist|barber|vet|plumber|mechanic|technician|tech|salon|clinic|"
    r"specialist|psychiatrist|dermatologist|gynecologist|ophthalmologist|practitioner|barbershop|shop|spa|office|"
    r"lawyer|attorney|agent|advisor|electrician|hygienist|orthodontist|psychologist|physician|hairdresser|"
    r"pediatrician|md|exterminator|provider|counselor)",
    "ask": r"(?:i|we)(?: (?:d|would|really|still|just|also|actually|do|will|want to|need to|am)){0,8}",
}

WORDS: dict[str, tuple[str, ...]] = {
    "book": (
        r"(?:^|(?:to|you|please|can|could|would|and|just|let us|me|ahead|d|let me|i|try|we|must|should|now|then|ok|"
        r"okay|so|go|yes|sure|hi|hello|need|might|will|[.]) )(?:book|reserve|schedule|pencil|rebook|prebook|arrange|"
        r"set up)(?! (?:number|reference|confirmation|is|was|online\?|store|change|a call|club|time is|for school|"
        r"of))(?= |$)",
        r"(?:book|booking|schedule|scheduling|reserve|reserving|arrange|setting up|set up)(?: (?:me|us|a|an|the|my|"
        r"another|in|for|it|that|this|them|some|him|her|you|and)){1,8}{g} ?(?:{visit}|{day}|{who}|there|in|it)(?= |$)",
        r"(?:make|get|need|want|like|have|take|request|obtain|find|grab|want to get|looking for|look for|after|"
        r"provide|buy|give|accept|place|wanting|seek|secure|do with)(?: (?:for|me|us|to|a|an|another|the|my|that|"
        r"this|any|some|him|her|one|more|new|first|in|next|with|you|quick|available|your|regular|our|time|\d+|two|"
        r"three|double|single|same|doctors|dentist|dental|hair|doctor|family|car|salon|dinner|follow|up|existing|"
        r"nights?)){0,8}{g} (?:{visit})(?! (?:lights|number|list|service menu|policy|deep|was|is|i have))(?= |$)",
        r"(?:looking for|look for|i need|want|would like|book|rooms? for|reserve|table for|room for|stay (?:for|"
        r"from))(?: (?:\w+)){0,8}? (?:rooms?|nights?|people|adults|table|party|suite)(?= |$)",
        r"(?:^|(?:i|would|d|like|want|need|will|am|we) (?:to )?)(?:stay|staying|check in)(?: \w+)? (?:from|for|until|"
        r"on|at)(?= |$)",
        r"(?:^|[.] )(?:a |an |one )?{visit}(?: for [^.?]+)?(?: [.])? please|(?:sensitive|hurts?|need|sore){gg} "
        r"(?:[.] )?{visit} please",
        r"make (?:the |an? |my |that |another |this |doctors? |me ){0,8}(?:\w+ )?(?:appointment|reservation|booking)|"
        r"appointment (?:for|at|with|on|to)|(?:see|visit) (?:them|him|her|this one|this place|that one|there)(?: "
        r"(?:on|at))",
    ),
    "wish": (
        r"(?:need|want|like|have|wish|go|got|love|should|going|trying|ought|time i|interested|help me|ready|prefer|"
        r"out|lets|let us|able|id|wanted|try|decided|think i)(?: (?:to|go|in|for|would|i|a|really|and|out|should|"
        r"maybe|just|get|me|be|have|finding|visiting|seeing|find|getting)){0,8} (?:see|visit|consult|visiting|seeing|"
        r"go to|find|finding|try|going to|meet with|consult with|get to|be seen by|come to|check out|meet|go|choose|"
        r"use|select)(?: (?:with|a|an|the|my|this|that|to|some|any|one|him|her|them|there|here|it|soon|good|new|"
        r"local|in|another|at|for|out)){0,8}{g} ?(?:{who}|there|here|them|him|her|this one|one|dentist|place)?(?= |$)",
        r"(?:can|could|may|might|is it possible for|possible for)(?: (?:i|we|me|us|my \w+)){1,8} (?:come|get|be|stop|"
        r"swing|bring|drop|see|have|squeeze|pop|make)(?: (?:it|in|by|over|seen|my|the|a|an|him|her|someone|to|look|"
        r"on|down|around|cut|haircut|up)){1,8}",
        r"(?:come|coming|trying to (?:come|get)|want to come|like to come|get) in(?: (?:for|today|tomorrow|on|this|"
        r"next|at|tonight|soon|to|asap|early)){1,8}|(?:trying|want|like|hoping|looking) to (?:come|get|be seen|stop|"
        r"go) (?:in|by|by for|a|an|my)|(?:stop|come|swing|drop|pop) (?:by|in|over) (?:any ?time|after|around|"
        r"whenever|at|before)|(?:fit|squeeze|get|work) (?:me|us|him|her|my \w+) in|(?:need|want|looking for|find|"
        r"get)(?: (?:me|a|an|the|some|good|local|new)){0,8} {who}(?= |$)(?! (?:to call|to contact))|take (?:me|us|a "
        r"new patient|new patients)(?: (?:today|tomorrow|at|on))|i (?:need|want|would like) (?:to be seen|one|that "
        r"one|this one)|i accept this one",
        r"(?:can|could|would|will|need|want|have|get|is there|send|find|able to|like|who can|please)(?: (?:you|"
        r"someone|somebody|anyone|a|an|to|the|one|guy|plumber|tech|technician|person|out|your|please|mechanic|for|me|"
        r"guys|there|in|area|who|can|that|somebody to|is|available)){0,8} (?:come|look at|take a look|check|fix|"
        r"repair|check on|check out|send|service|unclog|replace|install|clean|clear|diagnose|inspect|tow|pick up|"
        r"jump|treat|spray|remove|help with|see (?:me|us|my|him|her))(?= |$)(?! (?:if|whether|in time|price|your))",
    ),
    # What is wrong, told without a wish: whoever writes it wants somebody to come.
    "job": (
        r"(?:^|[.] |my |the |our |this |a |in |and |because |cause |i think |hi |hello )(?:\w+ )?(?:\w+ )?(?:is|are|"
        r"was|has|have|wont|isnt|stopped|keeps|needs?|doesnt|just|s|started|keep)(?: (?:been|really|a bit|all|"
        r"completely|got|so|to be|getting|to|making|very|kind of|just|not|to get|some|a|an)){0,8} (?:leak\w*|clog\w*|"
        r"broke\w*|working|stuck|dripping|cracked|loose|blocked|back(?:ed|ing) up|run|running|start|turn on|drain\w*|"
        r"flush\w*|cool\w*|heat\w*|noise|noises|acting up|making|dead|down|out|brought|repair\w*|maintenance|fixed|"
        r"replaced|serviced|cleaned|checked|aching|hurts?|hurting|sore|sick|limping|itching|vomiting|on and|smell\w*|"
        r"light is on|turned on|infested)",
        r"(?:need|needs)(?: (?:a|an|some|her|his|its|the|their|my|to|get|have|new|yearly|annual|regular|rabies|flu|"
        r"routine|quick)){1,8} (?:{visit})|just a (?:small |little |slow |minor )?(?:drip|leak|clog|crack|scratch)|"
        r"engine light|need(?: to get)? help with my|check engine light|toothache|tooth ?ache|(?:leaky|leaking|"
        r"clogged|broken|cracked|blocked|dripping|running|busted|stuck) (?:faucet|toilet|sink|drain|pipe|tooth|ac|"
        r"heater|furnace|window|door|disposal|water heater|tub|shower|filling|crown|phone|screen|garage|hose|unit|"
        r"windshield|tire|tap)|(?:need|want|like|get|have)(?: (?:to|my|a|an|the|some|new|our|get|have|his|her)){0,8} "
        r"(?:\w+ )?(?:fixed|repaired|replaced|cleaned|checked(?: out)?|serviced|installed|cut|done|looked at|"
        r"unclogged|trimmed|pulled|changed|towed|groomed|painted|estimate|tune ?up|oil change|haircut|checkup|"
        r"cleaning|inspection)|(?:ants|roaches|mice|rats|termites|bed bugs|bedbugs|wasps|bees|spiders|mouse|"
        r"cockroaches|fleas)(?: (?:in|everywhere|problem|all))|(?:flat|dead) (?:tire|battery)|have a (?:leak|cavity|"
        r"rash|cold|flu|fever|clog|crack)",
        r"(?:i|we|you|he|she) (?:should|have to|need to|must)? ?(?:get|have) (?:my|the|our) \w+(?: \w+)? (?:checked|"
        r"fixed|cut|changed|cleaned|repaired|done)",
    ),
    "free": (
        r"(?:do|does|did|have|has|is|are|got|any|will|would|can|what)(?: (?:times?|\w+)){0,8}? (?:available|"
        r"openings?|availability|open slots?|free|slots?|appointments?|spots?|spaces?|rooms?|vacanc\w+|tables?)(?: "
        r"(?:available|free|left|open|at|on|for|in|this|next|today|tomorrow|soonest|earlier|later|instead|around|of|"
        r"the|tonight|to)){0,8}(?: {day}|{g} {day}|$|(?= [.?]))",
        r"(?:whats|what is|when is|when)(?: (?:your|the|is|are|s|you|do|have)){0,8} (?:next|soonest|earliest|first) "
        r"(?:available|opening|appointment|availability|slot|time|you)|anything (?:available|open|earlier|sooner|"
        r"today|tomorrow|this week|on|at|for|in)|any (?:openings?|availability|slots?|times?)|(?<!cant )(?<!cannot "
        r")(?<!wont )(?<!not )(?<!t )(?:can|could|would|will|how about|what about|maybe|try|lets try|let us try|make "
        r"it|set it|do)(?: (?:you|we|i|for|it|try|do|on|at|the|a|different|this|again|an|another|around|that|time|"
        r"appointment|instead|booking|to|like|say)){0,8}{g} {day}|how soon|when can (?:you|i|we|someone|they)|try "
        r"again|(?:different|another) time",
    ),
    # An oil change changes no appointment.
    "reschedule": (
        r"resched\w*|re ?schedul\w*|re ?book\w*(?! (?:club))|postpone\w*|(?:switch|change|move|push|bump|moved|"
        r"pushed) (?:it |that |this |mine |back )?(?:to|until|till) {g} ?{day}|(?<!oil )(?<!tire )(?<!filter "
        r")(?:move|push|change|switch|swap|shift|bump|modify|alter|update|amend|adjust|edit|delay|extend|shorten|"
        r"transfer|moving|changing|switching|make changes? to|revise|correct)(?: (?:\w+)){0,7}? (?:appointments?|"
        r"reservations?|bookings?|visits?|sessions?|appointment|meeting|check ?in|check ?out|cleaning|haircut|time|"
        r"date|day|slot|massage|spa|table|exam|stay|treatment)(?= |$)(?! zone)",
        r"(?:move|push|change|switch|bump|shift|delay|moved|pushed|changed)(?: (?:it|that|me|us|mine|things|my \w+|"
        r"the \w+)){1,8}(?: \w+){0,2} (?:to|back|up|until|till|forward|later|earlier|for|a|an|by|out)|(?:can|could) "
        r"(?:we|i|you|it)(?: (?:do|make|have|come|be|it|in|change|moved?)){1,8}{gg} (?:instead|another (?:day|time)|"
        r"different (?:day|time)|earlier|sooner|later)(?= |$)(?! (?:in the|on))|(?:come|get in|go) (?:in "
        r")?(?:earlier|sooner|later) than|(?:another|different) (?:day|time) (?:instead|would|than|work|for my)|"
        r"(?:put|add|include)(?: \w+){1,5} (?:to|under|on|in) (?:the|my|our) (?:reservation|booking)|something came "
        r"up{gg} (?:instead|another|next|different|later|do|move)|rain ?check|(?:change|amend|modify|update|adjust|"
        r"upgrade)(?: \w+){0,2} (?:number of|reservation|booking|details)|(?:earlier|later|sooner|different|another) "
        r"(?:time|slot|day|date|appointment)(?: \w+)? (?:for my|than|instead)|(?:delay|hold) (?:it|my \w+) (?:to|"
        r"until|till|by)|need (?:a|to find a|another) different (?:time|day)|change of plans{gg} (?:instead|do|move|"
        r"another)",
    ),
    "cancel": (
        r"(?:cancel|cancell?ing|cancelation|cancell?ed|call off|drop|undo|abandon|remove|delete|get rid of|scrap|nix|"
        r"scratch|close|end|release|void|withdraw|calling off|erase|revoke|dismiss|eliminate|discard|take off|clear|"
        r"kill|rescind|retract|terminate|trash)(?: (?!and|with|so)\w+){0,5} (?:{booked})(?! (?:being|bell|fee|policy|"
        r"charges?|list))(?= |$)",
        r"(?:cancel|cancell?ing)(?: (?:my|it|tomorrow|today|tonight|the|for|everything|all|please|our|{day}|that one|"
        r"me|us|because|since|on)){1,8}(?! (?:last|current|present|action|task|thing|command|request|that|alarm|"
        r"timer|membership|account|subscription|fee|policy|plan|insurance|contract))(?= |$)",
        r"(?:{booked}){gg} (?:cancell?ed|cancel(?:lation)?|undone|removed|deleted|not (?:needed|necessary|required)|"
        r"no longer|unnecessary)(?! (?:policy|fee|list))|(?:make|need|request|want) (?:a|to make a) cancell?ation|"
        r"(?:so|just|please|then|to|must|have to|going to|gotta|let us|ill|will|should|and|ok|okay|yes|yeah|no|"
        r"better|can you|sure) cancel(?= [.?]|$)|^cancel(?= [.]| $|$)|i (?:want|need|have) to cancel",
        r"(?:no longer|dont|do not|wont|will not|not|isnt|doesnt|never)(?: (?:be|going to|really|actually|even|be "
        r"able to)){0,8} (?:need|needing|want|wants|require|requires|wanting|needs|have|use|in need of|confirm|keep|"
        r"make|necessary)(?: (?!and)\w+){0,4} (?:{booked}|you guys|your services?)(?: (?:anymore|any more|for|today|"
        r"tomorrow|tonight|after all|now|at)){0,8}(?= [.?]|$| with| for| i)",
        r"(?:{booked}){gg} (?:dont|no longer|do not) (?:need|want)|dont want to (?:meet|come)(?: anymore| any more)|"
        r"(?:there is|theres|is) no need (?:to|for){g} (?:{booked})|(?:tell|let)(?: \w+){1,3} (?:i|we) (?:cant|"
        r"cannot|wont|am not|will not)",
    ),
    # Not coming is a cancellation only when nothing was being offered.
    "absent": (
        r"(?:cant|cannot|can not|wont|wont be able to|wouldnt be able to|unable to|not able to|not going to|will not|"
        r"couldnt|not gonna|am not going to be able to|arent able to|wont be)(?: (?:be able to|be|actually|really|"
        r"longer)){0,8} (?:make|come|attend|be there|keep|show up|get there|do|go|coming|making|there)(?: (?:it|in|"
        r"to|my|our|the|today|tomorrow|tonight|anymore|on|this|that|time|for|at|{day})){0,8}",
        r"(?:have to|need to|going to|will|must) (?:miss|skip|bail on|pass on)(?: (?:my|the|our|today|tomorrow|this|"
        r"it))|something came up|found (?:someone|somebody|another)(?: \w+)? ?(?:else|guy)?|went with (?:someone|"
        r"another)|not coming|no longer (?:coming|interested|able|need)|got it fixed|already (?:got it )?fixed",
    ),
    "asks": (
        r"(?:^|(?:hi|hello|hey|ok|okay|great|sure|yes|and|so|also|please|but|perfect|thanks|good|nice|well|yeah|"
        r"excellent|fine|oh|just|cool|wonderful|alright|hmm|wow|awesome|[.]) )(?:what(?! you (?:just |have )?said)|"
        r"whats|where|wheres|when|whens|who|whos|why|how|hows|which|is|are|do|does|did|can|could|may|will|would|"
        r"should|am|any|have|has|was|were|got|whose|whats|isnt|arent|dont you|doesnt|wheres|u guys|you guys|is there|"
        r"any idea)(?= |$)",
        r"(?:do you know|can you tell|could you tell|could you please|can i (?:get|have|know|please)|may i (?:know|"
        r"have|get)|want to know|need to (?:know|find out|hear)|like to (?:know|hear|find out|ask)|let me know (?:if|"
        r"what|when|where|how|their|the|your|about)|wondering|tell me|curious|question|find out|give me (?:their|the|"
        r"your|his|her|its|an)(?! (?:call|ring))|asking (?:about|for|if)|is it (?:ok|okay|possible|allowed|true|a|"
        r"an)|get me (?:the|their)|what (?:is|are|about|time|day|kind|type|do|does|if)|how (?:much|long|many|far|"
        r"soon|do|can|is|are|does|about)|where (?:is|are|can|do|in)|[?]$|can you (?:check|see|find)|any (?:idea|"
        r"chance)|make sure|somewhere|help me (?:with|find|understand)|looking for (?:the|your|their|information))",
        r"[?](?= |$)|(?:need|send me|get|give me|want)(?: (?:me|to get|the|their|your|some|more|his|her|its|a|"
        r"an)){0,8} (?:telephone|phone|address|contact|location|info|information|details|number)(?: number)?(?= |$)",
    ),
    # What makes a question one for a business; the rest is general knowledge.
    "topic": (
        r"you|your|yours|they|their|theirs|them|its|we|us|our|(?:can|could|may|should|do|will|am|did|would|is it "
        r"(?:ok|okay|possible|allowed)(?: if| for)?) (?:i|we)",
        r"address|phone|location|located|rating|rated|ratings|reviews?|hours|opens?|close[sd]?|closing|price[sd]?|"
        r"prices|pricing|costs?|charges?|fees?|parking|insurance|accept\w*|payments?|cards?|cash|venmo|zelle|"
        r"financing|allowed|policy|policies|wifi|menu|pool|gym|spa|area|licensed|insured|bonded|warranty|guarantee|"
        r"wait|busy|crowded|full|packed|unisex|cosmetic|experience|discounts?|include[sd]?|offers?|offering|provide|"
        r"delivery|reservations?|walk ?ins?|breakfast|reception|wheelchair|restaurant|hotel|seat|seats|certified|"
        r"service|services|stay|checkout|check|emergency|weekends?|appointments?|membership|refund|deposit|"
        r"estimates?|quotes?|free|technicians?|doctors?|dentists?|stylists?|room|rooms|contact|website|email|"
        r"directions|pets|dogs?|coupon|specials?|available|availability|take out|takeout|catering|gift|patients|"
        r"clients|salon|office|shop|clinic|bathroom|smoking|ages?|kids|children|male|female",
    ),
    # "Do you take…", "is there a…" asks about us, also where it holds a word of booking.
    "accepts": (
        r"(?:take|takes|taking|accept|accepts|accepting|do|does|have|allow|allows)(?: (?:any|brunch|breakfast|dinner|"
        r"lunch|walk|online|phone|same day|the|new|credit|group|for)){0,8} (?:reservations?|walk ?ins?|walk ins|"
        r"insurance|cards?|credit|medicaid|medicare|cash|checks|new patients|pets|delivery|financing|discounts?|"
        r"takeout|bookings)(?= |$)",
        r"(?:do|does|did|can|will) (?:you|they|your \w+|the \w+|it|he|she)(?: (?:guys|also|even|still|all|ever|offer|"
        r"do)){0,8} (?:service|serve|cover|offer|do|take|accept|install|sell|carry|work (?:on|with|in)|provide|treat|"
        r"handle|speak|charge|cost|deliver|allow|perform|specialize|use|repair|include|require|honor|cut|sponsor|"
        r"give)(?= |$)(?! (?:me|an? (?:appointment|table|reservation)|my|someone|us))|(?:is|are) there (?:a |an |any "
        r"|some )?(?!(?:\w+ )?(?:open\w*|availab\w*|slots?|appointments?|times?|way|spaces?|spots?|chance|earlier|"
        r"anything|possib\w*|cancel\w*|someone|somebody|anyone|anybody|rooms?|reservations?|tables?|person|human|"
        r"one)(?!\S))\w+|do you have (?:a |an |any |some )?(?!(?:\w+ )?(?:open\w*|availab\w*|slots?|appointments?|"
        r"times?|spaces?|spots?|anything|earlier|something|tables?|cancel\w*|someone|anyone|rooms?|reservations?|"
        r"time|room|feelings|soul)(?!\S))\w+",
    ),
    "policy": (
        r"(?:address|telephone|info|information|phone number|number|rating|rated|reviews?|located|location|unisex|"
        r"cosmetic|hours|parking|park|insurance|policy|price|cost|how much|fees?|discounts?|pets?|dogs?|wifi|pool|"
        r"gym|accept|charge|open|closed|warranty|menu|late check ?out|check ?(?:in|out) (?:time|after|before|details|"
        r"please|late|early|is|at)|details of check|wait time|crowded|busy|service area|licensed|how long|reduced "
        r"mobility|wheelchair|workout|lift weights|refund|deposit|contact info|contact number|area|website|email|"
        r"membership|smoking|credit|cash|payment|directions|breakfast)",
    ),
    "human": (
        r"(?:speak|talk|chat|connect|transfer|put|get|switch|pass|patch|hand|speaking|talking|chatting|connected|"
        r"transferred|converse|deal|communicate|reach|text)(?: (?:me|us|to|with|directly|over|through|on|a|an|the|"
        r"some|any|this|it|please|onto|in|touch|real|actual|live|back|off|your|my|instead|you|and|hold|of|"
        r"else)){0,8} (?:person|human|humans|people|someone|somebody|agent|agents|representative|rep|manager|"
        r"supervisor|operator|owner|staff|advisor|reception|receptionist|front desk|worker|customer service|support|"
        r"boss|assistant|employee|associate|secretary|office|restaurant|manger|doctor directly|billing|human being|"
        r"member|team|guy|lady|else)(?= |$)(?! (?:available|come|out|to (?:come|look|fix|check|who|my)))",
        r"(?:real|actual|live|human|living) (?:person|human|agent|people|being|someone|operator|representative|rep|"
        r"receptionist|one)(?! or)(?= |$)|^(?:please )?(?:operator|representative|agent|human|person|manager|"
        r"receptionist|front desk|supervisor|customer service|live agent)(?: please)?(?= [.?]|$)|(?:need|want|prefer|"
        r"like|rather|give me|get me|is there|have|request|find me|demand)(?: (?:to|a|an|some|real|actual|the|speak|"
        r"your|with|have|talk)){0,8} (?:human|person|agent|manager|operator|representative|supervisor|receptionist|"
        r"customer service|someone to (?:help|talk|call))(?= |$)|(?:i )?(?:dont|do not|would not|wouldnt|not going "
        r"to|hate|stop|sick of|tired of|done|not)(?: (?:want|wanna|to|like|really|be|going|wish|need|a)){0,8} "
        r"(?:talk|talking|text|texting|chat|chatting|speak|speaking|deal|dealing)(?: (?:to|with|a|an|you|this|the|"
        r"bots?|robots?|machines?|computers?|ai|virtual|and|agents?)){1,8}|(?:is )?(?:anyone|anybody|someone|"
        r"somebody) (?:there|real|around|human|available to talk|i can (?:talk|speak))(?= |$)|(?:transfer|connect|"
        r"patch) me(?: through)? (?:to|with)|put me through|(?:share|sharing|talk\w*|deal\w*){g}{g} (?:machine|robot|"
        r"bots?)|\w+ team please|get someone(?: \w+)? to help me|someone to help me|let me (?:talk|speak)|who can i "
        r"(?:talk|speak)|have (?:someone|somebody|a person|the owner|sam|your \w+) (?:call|text|contact|reach)",
    ),
    # A wish to speak rather than write counts as one to be called.
    "call_me": (
        r"(?:please|pls) call(?= [.?]|$)|(?:call|phone|ring|buzz|dial)(?: (?:me|us|my|back)){1,8}(?: (?:back|cell|"
        r"phone|wife|husband)){0,8}|(?:give|gimme)(?: (?:me|us|my))?(?: a)? (?:call|ring|buzz|callback|call back)|"
        r"call ?back|callback|(?:can|could|would|will|have|need|want|get|please have|like)(?: (?:you|someone|"
        r"somebody|a|him|her|them|the|owner|anyone|please|to|get|manager|your)){1,8} (?:call|phone|ring|callback)(?: "
        r"me| us| back){0,8}(?= |$)|(?:rather|prefer|want|like|need|better|easier)(?: (?:to|if|we|a|we could|i|could|"
        r"talk|speak|do|it|by|over|on)){0,8} (?:talk|speak|call|phone|phone call)(?: (?:on|over|by|via))? ?(?:the "
        r")?(?:phone)?(?= [.?]|$)|(?:talk|speak|discuss)(?: (?:it|this|about|to|you)){0,8} (?:on|over|by) (?:the "
        r")?phone|call (?:is|would be) (?:better|easier|best)|reach me at|call (?:this|my) (?:number|cell)",
    ),
    # A share or a stamp has a price too, but never one of ours.
    "quote": (
        r"(?:quote|quotes|estimate|estimates|bid|price for|pricing for|ballpark|quotation|free estimate)(?! (?:me "
        r"on))|how much (?:would|will|to|do you charge|does it cost|for|is it to|it would)(?! (?:is|a) (?:share|"
        r"stamp))(?= |$)|what (?:would|will|do|does)(?: (?:it|you|that|this)){1,8} (?:cost|charge|run)(?= |$)|cost "
        r"(?:of|to|for)(?= |$)",
    ),
    "waiting_list": (
        r"wait ?list|waiting list|wait list|cancell?ation list|short notice list|standby|stand by list|if "
        r"(?:anything|something|a spot|an? \w+|one|any|there is|theres|you (?:get|have) an?y?)(?: \w+){0,3} "
        r"(?:opens?(?: up)?|comes? (?:up|open|available)|cancell?\w*|frees? up|available|becomes)|(?:any|get|have a|"
        r"if someone|somebody|someone) cancell?\w*(?! (?:fee|policy|charge))|(?:let|text|call|tell|notify) me{gg} "
        r"(?:opens? up|comes up|cancel\w*|frees up)",
    ),
    "time": (
        r"{day}|\d{1,2}(?: (?:am|pm|oclock))|(?:next|this) (?:week|month)|in the (?:morning|afternoon|evening)|half "
        r"\d|asap|as soon as possible|soon(?:est)?|earliest|any ?time|whenever",
    ),
}
