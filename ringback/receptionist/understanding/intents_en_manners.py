"""English words that answer, greet, thank or complain, over folded text; macros are those of `intents_en`."""

WORDS: dict[str, tuple[str, ...]] = {
    # At the start only: "ok" later in a text is filler.
    "yes": (
        r"^(?:(?:um|uh|well|oh|hmm|ok|okay|hi|hello|great|perfect|hey|and) (?:[.] )?){0,8}(?:yes|yeah|yep|yup|yea|"
        r"yess|yah|ye|y|c|sure|ok|okay|k|kk|correct|absolutely|definitely|of course|certainly|indeed|affirmative|"
        r"positive|exactly|agreed|confirm|confirmed|true|right|alright|all right|aye|mhm|mmhm|uh huh|yes please|fine|"
        r"for sure|deal|roger|bet|totally|si|yaas|yass|surely|precisely|okey|oki|okie)(?= |$)(?! (?:stop|but i have "
        r"a|not))",
        r"(?:answer|response|reply|that)(?: (?:to|that|would|is|be|a|the|it)){0,8} (?:resounding )?(?:yes|yeah|"
        r"affirmative)",
    ),
    # At the start of a clause only: "is that what you consider good?" agrees to nothing.
    "assent": (
        r"(?:^|[.?] |(?:yes|yeah|yup|ok|okay|alright|sure|and|i think|i guess|then|cool|great|si|yep|but|so|correct|"
        r"well) )(?:that|thats|it|its|this|which|thatll|itll|everything|all|all that)?(?: ?(?:is|will|would|all|"
        r"would be|should|sure|surely|does|actually|also|really|just|seems?|be|totally|absolutely|sounds?|looks?|to "
        r"me|very|so|quite|fully|completely|a)){0,8} ?(?:sounds? (?:good|great|perfect|nice|fine|right|wonderful|"
        r"like a plan|ok|okay)|works?(?: (?:for me|great|perfectly|well|fine))?|perfect|correct|accurate|suits? "
        r"me(?: well)?|suit me(?: well)?|right|fine|great|okay|awesome|excellent|brilliant|true|good(?: (?:for|to) "
        r"me)?|lovely|wonderful|fantastic|super|superb|terrific|marvell?ous|nice|exactly it|exactly right|indeed "
        r"true|what i (?:said|want|wanted|meant)|seems? (?:fine|nice|good|right|true)|a fact|ideal)(?: (?:with me|"
        r"for me|to me|then|thanks|by me|thank you|too|as well|now|for us)){0,8}(?= [.?]|$)",
        r"(?:the )?(?:first|second|third|last|earlier|later|latter|former|1st|2nd)(?: one| option| time| slot)? "
        r"(?:works|please|sounds|would (?:be|work)|is (?:good|fine|great|better|perfect|ok))",
        r"(?:please )?(?:keep going|carry on|go on|go ahead|do it|do that|do so|please do|proceed|make it so|let us "
        r"do (?:it|that|this)|let us go (?:with|for)|ill take it|i will take it|count me in|im in|book it|i accept|i "
        r"agree|i confirm|i can confirm|you got it|you are right|youre right|that is my|thats my|that works|works "
        r"for me|why not|lock it in|sign me up|(?:i )?(?:believe|think)(?: (?:that|thats|what|you|just|said|is|so|it|"
        r"this|its)){1,8}(?: (?:is|true|right|correct|so)){0,8}|please (?:book|schedule|reserve|try|confirm)(?: "
        r"(?:it|that|this))?|sounds? (?:good|great|perfect|fine)|see you then|ill be there|that is a yes|thats a yes|"
        r"yes|it (?:surely|certainly|sure) is|it is true|i do|try (?:it|that)|okay try|im (?:happy|fine) with|(?:i|"
        r"id|i would) (?:like|love|want) (?:it|that|this|that one|this one)|thats it|it is|(?:what|everything|all) "
        r"you(?: just| have)? said is(?: all| indeed)? (?:true|right|correct))(?= |$)",
    ),
    # "No problem", "no heat" and the Spanish "no hay" refuse nothing.
    "no": (
        r"^(?:(?:um|uh|well|oh|hmm|ok|okay|sorry|hi|actually|im sorry|thanks but|thank you but|ah) (?:[.] "
        r")?){0,8}(?:no|nope|nah|naw|noo|nay|negative|no way|heck no|hell no|n|not (?:really|now|right now|yet|at "
        r"this time|today|interested|that one|at the moment|for now|correct|true|exactly|quite|necessary|needed|sure|"
        r"me|good|this time|anymore|tonight|at all)|neither|none|never|nada|absolutely not|definitely not|of course "
        r"not|i think not|no no|nothing|incorrect|wrong|false)(?= |$)(?! (?:me (?:funciona|enciende|prende|sirve) "
        r"(?:el|la|mi)|problem|worries|prob|later than|rush|deja|es (?:urgente|una emergencia)|hay|funciona|sirve|"
        r"para de|tengo|prende|enfria|calienta|drena|baja|arranca|enciende|podre|voy a|longer|heat|hot|ac|water|"
        r"power|one (?:answers|picked)))",
        r"^dont(?= [.?]|$)|i (?:do not|dont) (?:like (?:that|it|this)|think so|believe so|believe|agree|want (?:to|"
        r"that|it|one|any|this)|need (?:to|that|it|one|any|this)|feel like)|(?:that|it|this|thats|its|what you \w+ "
        r"said)(?: (?:is|does|do|really|was|just|just said|ain t|aint|isnt|doesnt|wont|would|will|be|actually|not|at|"
        r"s|a)){0,8} (?:not (?:right|true|correct|it|what|good|the case|ok|that|work)|isnt (?:right|true|correct|it|"
        r"what|good)|aint|wrong|incorrect|false|negative|doesnt work|wont work|does not work|hard no|no|work for "
        r"me)(?= |$)",
        r"(?:answer|response|reply)(?: (?:is|to|that|definitely|a|the|would|be|my)){0,8} no|thats a (?:hard )?no|its "
        r"a no|that would be no|i (?:do not|dont) believe|not what i|i never said|(?:that|it|this) (?:does not|"
        r"doesnt|wont|will not|isnt going to|cant|aint) (?:work|it|suit|do)|aint it|(?:dont|do not) (?:book|schedule|"
        r"reserve|do that|confirm|make)(?= |$)|(?:its|that is|thats|it is) not (?:right|true|correct|it|what|that|"
        r"good|possible|me|the case)|isnt it$|hard no|(?:is|are|was|thats|its)(?: just| totally| completely| "
        r"definitely| all| very| simply| so){0,8} (?:false|wrong|erroneous|incorrect|untrue|a lie)(?= [.?]|$)|"
        r"^(?:that|it|this)(?: is|s) not |^(?:thats|its) not (?!urgent|an? emergency)|say negative|to be false|i(?: "
        r"am|m) afraid(?: that){0,8} (?:not|is not)|not the case|i think (?:thats|its) false|(?:that|what|it|"
        r"which)(?: \w+){0,3} (?:is|was) (?:false|untrue|incorrect|wrong)|no thanks?|no thank you|i pass|ill pass|"
        r"out of the question|not for me",
    ),
    "later": (
        r"(?:maybe|perhaps|possibly)(?: (?:later|another|in|some|not|next|tomorrow))|another time|some other time|"
        r"not (?:right )?now|not at this time|not yet|in a bit|let me think|(?:ill|i will|i need to|let me|have to|"
        r"want to|going to) (?:think about|think it over|check with|get back|sleep on|let you know|ask my)|put "
        r"(?:that|it) on hold|hold off|later then|let us see|let us wait|wait (?:on|for) (?:that|it|now)|after i|not "
        r"ready|still deciding|nevermind|never mind|forget (?:it|about it)",
    ),
    "thanks": (
        r"(?:thank|thanks|thankyou|thnx|thank you|appreciated?|appreciate it|grateful|gratitude|much obliged|"
        r"thankful|cheers|tank you|bless you|you(?: are|re) (?:the best|awesome|amazing|great|a lifesaver)|very "
        r"helpful|big help|been (?:very |so )?helpful|useful|so much easier|thanking)",
    ),
    # A bare "later" puts off where we had asked, and takes leave where we had not.
    "bye": (
        r"(?:bye|goodbye|good ?bye|bye bye|byebye|good night|goodnight|gnite|farewell|sayonara|syonara|glad we "
        r"(?:got to )?(?:talk|chat|spoke)\w*|so long|ta ?ta|cheerio|ttyl|cya|ciao|adios|(?<!to )see (?:you|ya|u)(?: "
        r"(?:later|soon|then|around|tomorrow|there|tonight|at|on|next)){0,8}|(?:talk|speak|chat) (?:to you |with you "
        r")?(?:later|soon)|catch you later|later gator|laters|take care|have a (?:good|great|nice|lovely|wonderful|"
        r"blessed|fantastic)|have to (?:go|run|get going|hit the road|leave)|(?:nice|great|good|pleasure|lovely|fun|"
        r"joy) (?:to |it was )?(?:talk\w*|chat\w*|speak\w*|convers\w*|meeting|catching)(?! to (?:a|someone))|i (?:am|"
        r"must be|will be|ll be|must) (?:leaving|off|going now|be going|go now)|im (?:off|leaving|out of here|going "
        r"now|heading out)|ill be (?:leaving|going|off)|gone now|(?:had|was) (?:a )?(?:pleasure|nice|great|good)(?: "
        r"(?:time|to|it)){0,8} (?:talk\w*|chat\w*|speak\w*|convers\w*)|time to (?:say goodbye|go|leave)|over and out|"
        r"signing off|until next time|nothing more to|(?:nice|lovely|good) to (?:chat|talk|speak|converse))",
        r"^(?:later|peace|peace out|laterz|out)(?= [.?]|$)",
    ),
    "all": (
        r"(?:that|thats|that is|that will|thatll|thats all|this|thatd|that should|this will|it)(?: (?:is|will|be|"
        r"would|should|it|ll)){0,8} (?:all|it|everything|enough|good for now)(?: (?:i|for|that|thank|thanks|now|need|"
        r"needed|ill|you|today|the|from)){0,8}(?= |$)|nothing (?:else|more|further)|(?:i(?: am|m)|we(?: are|re)) "
        r"(?:all )?(?:good|set|done)(?: (?:now|here|for now|thanks)){0,8}(?= [.?]|$)|all set|thats all|thats it|"
        r"(?:dont|do not|wont|will not) need (?:anything|any other|any more|any|more)|^all good|everything i "
        r"need(?:ed)?|not(?:hing)? at the moment",
    ),
    "greeting": (
        r"^(?:well |oh |why |so ){0,8}(?:[.] )?(?:hi|hello|hey|heya|hiya|yo|ahoy|howdy|greetings|good (?:morning|"
        r"afternoon|evening|day)|morning|aloha|hola|sup|helo|hullo|hellooo?|gday)(?= |$)",
        r"how(?: (?:with|youre|is|are|s|have|ya|you|has|do|re|does|goes|everything|it|things|life|been|doing|going|"
        r"your|day|the|ai|holding|today)){1,8}(?: (?:with|doing|going|up|been|things|life|everything|you|it|treating|"
        r"today|right|now|for|so|far|feeling|well|ai)){0,8}(?= [.?]|$)(?! (?:much|long|many))|hows (?:it going|"
        r"everything|life|your day|things|it hanging)|howre you|whats (?:up|new|happening|going on|good|poppin)(?: "
        r"(?:with you|today))?|what is (?:up|new|happening|going on)(?= |$)|(?:nice|good|great|pleasure|glad) to "
        r"(?:see|meet|hear) (?:from )?you|is everything (?:ok|okay|alright|good|fine)(?: with you)?|are you "
        r"(?:feeling )?(?:ok|okay|doing (?:ok|well|good)|well)(?: (?:right )?now| today)?(?= [.?]|$)|long time no see",
    ),
    "bot": (
        r"(?:are|r|is|am|be|youre|aint|arent|were|was|if|whether|or)(?: (?:you|this|i|it|that|just|really|actual|"
        r"considered|honestly|truly|actually|u|even|a|an|the|some|kind|of|talking|speaking|texting|chatting|to|with|"
        r"like|live|living|real|human|sort|being|still|possibly|currently|is|answering|are)){1,8} (?:a |an |the |"
        r"some |kind of |just ){0,8}(?:bot|robot|computer|machine|ai|a i|human|humans|automated|automatic|person|"
        r"people|real|chatbot|program|programmed|software|artificial\w*|autoresponder|auto ?reply|recording|virtual|"
        r"living|alive|human being|chat ?gpt|siri|alexa)(?= |$)(?! (?:at the|available|there|who|i can))",
        r"(?:what|who|what kind of \w+|what exactly) are you(?= [.?]|$)|(?:anything|something|anyone) (?:real|human|"
        r"automated) about you|consider yourself|(?:bot|robot|human|computer|machine|real|person|ai|automated|"
        r"copmuter) or (?:a |an |not|just |are you |real |is |actual ){0,8}(?:bot|robot|human|computer|machine|real|"
        r"person|ai|live|automated|not|copmuter)?|(?:know|tell|say|admit|sure|feel|think|seem|believe)(?: (?:if|that|"
        r"me|whether|now|you|are|youre|like|like im|im|this|is)){1,8} (?:a |an |talking to a |real |really |actually "
        r"){0,8}(?:bot|robot|human|person|computer|ai|real|automated|machine)|are you (?:for )?real|(?:is|was) "
        r"(?:this|that|it) (?:a |an )?(?:auto\w*|bot|robot|ai|recording|computer|real)|(?:sounds?|seems?|feels?|talk|"
        r"text) like a (?:bot|robot|machine)|do you have (?:a )?(?:feelings|soul|body|brain|consciousness|a heart)",
    ),
    "frustrated": (
        r"(?:this|that|it|conversation|you|your)(?: (?:is|are|was|isnt|just|really|so|getting|bot|thing|system|"
        r"doesnt|conversation|s|not|aint|service|very|too|such)){1,8} (?:frustrat\w*|ridiculous|useless|not working|"
        r"working at all|absurd|a joke|terrible|awful|unacceptable|pathetic|stupid|annoying|dumb|horrible|a waste|"
        r"waste of time|hopeless|not helping|going nowhere|helpful at all|disappointing|infuriating|nonsense)|(?:so|"
        r"very|really|extremely|getting|im|am|i am|pretty) (?:frustrat\w*|angry|pissed(?: off)?|mad|upset|annoyed|"
        r"fed up|furious|disappointed|livid)|youre not (?:listening|helping|understanding)|you (?:dont|do not|arent|"
        r"are not)(?: \w+)? (?:understand|listen|get it|helping|listening|help)|worst (?:service|company|experience|"
        r"business)|(?:i )?already (?:told|said|answered|gave)(?: \w+)? (?:you|that|this|it)|how many times|(?:it|"
        r"this) (?:just )?(?:doesnt|does not|isnt) work(?:ing)?(?= [.?]|$)|waste of (?:my )?time|nobody (?:answers|"
        r"calls|ever|called|helps|picks)|no one (?:answers|ever|called|picks)|are you (?:stupid|dumb|kidding|"
        r"serious)|make a complaint|complain|lodge a complaint|file a complaint",
    ),
    # "Wrong number on the invoice" is about the invoice.
    "wrong_number": (
        r"wrong (?:number|person|no|num|nr|phone|contact|guy|girl|one|phone number|nummber)(?! (?:of|on the))|(?:no "
        r"one|nobody|noone|no body|dont know anyone|theres no one|no such person)(?: here)?(?: (?:by|with|named|of|"
        r"called))(?: that name)?|(?:number )?(?:is )?(?:not|isnt|no longer)(?: \w+)? (?:his|her|their|hers|the "
        r"right) (?:number|phone)|i(?: am|m) not (?:the (?:person|one) you|who you)|you (?:have|got|texted|must have|"
        r"mightve)(?: (?:the|a|got)){0,8} wrong|(?:i )?(?:never|didnt|did not) (?:call|called|phone)(?: (?:you|u|"
        r"your number|anyone|this number|a|any|your)){1,8}",
    ),
    # An insult needs somebody insulted: "my stupid sink" is none.
    "abuse": (
        r"fuck (?:you|u|off|this|yourself|ur)|fuckin?g? (?:idiot|moron|bot|asshole|useless|company|retard|scam\w*|"
        r"bitch|joke|people|liars?|crooks?)|(?:ass ?hole|dickhead|bitch|bastard|cunt|motherfucker|mf|douche\w*|"
        r"scumbag|jerk|prick|wanker|twat|fuckers?|retard|dumbass|shithead|pos|piece of shit|pieces of shit)|(?:you|"
        r"ur|youre|you are|u)(?: (?:are|a|an|such|bunch|of|all|fucking|guys|the|worst|re|so|really|just|"
        r"people)){0,8} (?:idiots?|stupid|morons?|suck|scam\w*|crooks?|thie\w+|dumb|worthless|trash|liars?|garbage|"
        r"pathetic|useless|frauds?|incompetent|clowns?|disgusting)|(?:go to hell|screw you|drop dead|kill yourself|"
        r"eat shit|stfu|shut up|suck my|kiss my ass|die|go die)(?= |$)|ill (?:kill|hurt|find|sue|beat) (?:you|u)",
    ),
    "banter": (
        r"(?:lol|lmao|haha\w*|hehe|jaja\w*|rofl|babe|darling|darlin|love (?:you|ya)|luv|miss (?:you|u)|xx+|lor|lar|"
        r"leh|dude|bro|sis|girl|mum|mom|sweet|my dear|kiss\w*|party|drunk|movie|lecture|exam|class)",
    ),
    "late": (
        r"running (?:a (?:bit|little|few|tad)|late|behind|about|\d+|ten|five|fifteen|so|super|like|really)|(?:be|am|"
        r"im|ill be|might be|going to be|gonna be|arrive|arriving|get there|there)(?: (?:be|a|about|around|few|bit|"
        r"little|slightly|\d+|ten|five|fifteen|minutes|hour|half|an|like|probably|so|very|super|or so|in)){0,8} "
        r"late(?! (?:checkout|check out|fee|night))|stuck in traffic|(?:\d+|ten|five|fifteen|twenty|few) (?:minutes|"
        r"hours?) late|late by|(?:be there|there|arrive|arriving) in (?:about |like )?(?:\d+|ten|five|a few|fifteen|"
        r"twenty)|on my way|omw|almost there|behind schedule|traffic is",
    ),
    # Left out before a question is looked at: "can you tell me" makes none of them ours.
    "preface": (
        r"(?:can|could|would|will) you(?: please)? (?:tell|find|show|explain|give|inform|let|help|look|check|search|"
        r"say|teach|answer|see)(?: (?:me|us|out|to|know|for)){0,8}|do you (?:know|think|have any idea)|(?:please "
        r")?tell me|are you able to|i (?:want|need) to know|how do you",
    ),
}
