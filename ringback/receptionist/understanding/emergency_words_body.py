"""English words of people and animals in danger, over folded text; macros are those of `emergency_words_en`."""

from ringback.receptionist.understanding.emergency_kinds import EmergencyKind as Kind

WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.SELF_HARM: (
        r"(?:kill|hurt|harm|hang|cut|killing|hurting|harming|hanging|cutting) (?:myself|himself|"
        r"herself)(?! (?:shaving|cooking))",
        r"suicid\w+|want to die|end my life|dont want to live|end it all|want to end it(?= [.]|$)|(?:dont|do not|"
        r"no longer) want to (?:be here anymore|be alive|live|exist|wake up|go on)|better off (?:dead|without me)|"
        r"no reason to live|(?:no|(?:dont|cant) (?:see|find)(?: (?:a|the|any|much))?) (?:point|sense) (?:in|of|"
        r"to) (?:living|life|going on|being alive)|cant go on (?:anymore|like this|living)|tak(?:e|"
        r"ing) my (?:own )?life",
    ),
    # A child, or an animal, behind a locked door; the keys alone are LOCKED_OUT.
    Kind.LOCKED_IN_CHILD: (
        r"{child}{gg} (?:locked|stuck|trapped|shut)(?: (?:in|inside|herself|himself|themselves)){1,8}{g} (?:car|"
        r"truck|van|suv|vehicle|house|room|bathroom|apartment|elevator|trunk)",
        r"(?:locked|shut|trapped)(?: (?:my|the|our|his|her|up|in|inside|keys|key|baby)){0,8}{g} (?:in|"
        r"inside)(?: the| my| our)? (?:car|truck|van|suv|vehicle|house)(?: and| with)?{gg} {child}",
        r"locked (?:my|our|the) {child}(?: in| inside)",
        r"(?:locked|keys){g} (?:car|truck|van|suv){gg} {child}{g} (?:inside|in it|in there|in the (?:back|car))",
    ),
    Kind.BREATHING_PET: (
        r"{pet}{gg} (?:seizures?|seizing|convuls\w+|not breathing|cant breathe?|cannot breathe?|trouble breathing|"
        r"struggling to breathe?|hard time breathing|isnt breathing|collapsed|unconscious|unresponsive|wont wake|"
        r"choking|gasping|cant (?:stand|walk|get up|move)|wont (?:stand|get up|move)|not moving|paralyzed|dying|"
        r"(?:back |hind |rear )?legs{is} (?:stopped working|not working|dont work|gave out|dragging|paralyzed|"
        r"wobbly)|dragging (?:his|her|its|the) (?:back |hind )?legs|wont respond|is limp|limp|not responding|"
        r"passed out|heat ?stroke|overheat\w*|pale gums|blue gums|gums are (?:pale|white|blue)|drown\w*|limp and)",
        r"(?:seizure|choking|convulsions){gg} {pet}",
    ),
    # What kills pets is harmless food to people, so the list is long.
    Kind.POISONED_PET: (
        r"{pet}{gg} (?:ate|eaten|swallowed|got into|gotten into|chewed|licked|drank|ingested|got ahold of|"
        r"eat){gg} (?:chocolate|chocolates|grapes?|raisins?|xylitol|gum|poison|bait|antifreeze|onions?|pills?|"
        r"medication|meds|medicine|ibuprofen|tylenol|advil|aleve|weed|edibles?|marijuana|lily|lilies|bleach|battery|"
        r"batteries|mushrooms?|macadamia|rodenticide|snail|slug|pesticide|fertilizer|socks?|string|needle|magnets?|"
        r"coins?|cleaner|detergent|sago|brownies?|cocoa|plant|vape|nicotine|corn cob)",
        r"{pet}{gg} (?:poison\w*)|(?:poison\w*){gg} {pet}",
        r"(?:ate|swallowed|got into)(?: (?:a|the|some|my|his|her|whole|bunch|of|lot|bag|box|"
        r"entire)){0,8} (?:rat poison|rat bait|chocolates?|grapes|raisins|xylitol|antifreeze|edibles?){gg}(?: {pet})",
    ),
    Kind.BLEEDING_PET: (
        r"{pet}{gg} (?:bleeding|blood(?! (?:work|test|draw|panel|pressure|sample))|bleeds|gash|deep cut)|"
        r"(?:bleeding|blood(?! (?:work|test|draw|panel|pressure|sample))){gg} {pet}",
    ),
    # Gastric torsion kills a dog within hours; callers rarely know the word.
    Kind.BLOAT: (
        r"{pet}{gg} (?:bloat\w*|(?:stomach|belly|abdomen|tummy){is} (?:hard|swollen|distended|huge|bloated|tight|"
        r"big)|retching|dry heav\w+|gagging and nothing|(?:swollen|hard|distended|bloated) (?:stomach|belly|abdomen|"
        r"tummy)|(?:trying|tries) to (?:vomit|throw up|puke){g} (?:nothing|cant|but))",
        r"(?:bloat|(?:swollen|hard|distended|bloated) (?:stomach|belly|abdomen)){gg} {pet}",
        r"gdv",
    ),
    # A tom cat that cannot pass water dies within two days.
    Kind.BLOCKED_PET: (
        r"{pet}{gg} (?:cant|cannot|wont|unable to|not able to|hasnt been able to|not|trying to|straining to|"
        r"hasnt) (?:pee|urinate|peed|pass urine|peeing|urinated)",
        # A birth that stands still, and a rabbit that has stopped eating: both are a matter of hours.
        r"(?:kittens?|puppy|puppies|pups?|calf|foal|baby){g} (?:is |are )?stuck|(?:pushing|labor|contractions|"
        r"straining){g} hours?{gg} (?:no|nothing|without){g}(?: (?:pupp\w+|pups?|kittens?|baby|babies))?|(?:rabbit|"
        r"bunny|guinea pig|chinchilla){gg} (?:hasnt|not|stopped|wont|isnt) (?:been )?(?:eat\w*|poop\w*)",
        r"{pet}{gg} (?:straining|strains){g}(?: litter)?|{pet}{gg} (?:in labor|giving birth|puppy is stuck|"
        r"stuck puppy)",
    ),
    Kind.INJURED_PET: (
        r"{pet}{gg} (?:hit by|run over|ran over|attacked by|bitten by|bit by|mauled|fell (?:from|off|out)|"
        r"broken leg|broke (?:his|her|its|a) leg|snake ?bite|(?:got|been|was) shot|stabbed|impaled|burned|"
        r"electrocuted|eye (?:is )?(?:out|popped))",
        r"(?:back|hind|rear|front) legs{is} (?:stopped working|not working|dont work|gave out|dragging|paralyzed|"
        r"collaps\w*)|dragging (?:his|her|its|the|them|{pet})(?: (?:back|hind|rear|legs?|behind)){0,8}",
        r"eye(?:ball)?{is} (?:popped|bulging|hanging|fell|came|falling|pop|popping) ?out|(?:face|muzzle|snout|head|"
        r"throat){is} (?:swell\w*|swollen|puffy|puffing){far} {pet}|{pet}{gg} (?:face|muzzle|snout|"
        r"throat){is} (?:swell\w*|swollen|puffy|ballooning)",
        r"(?:hit|run over|ran over|attacked|bit|mauled){gg} (?:my|our|the) {pet}",
    ),
    # "I nearly had a heart attack" is said of a bill.
    Kind.CHEST_PAIN: (
        r"chest(?: is| feels)?(?: (?:really|very|so|is|getting)){0,8} (?:pains?|hurts?|hurting|tight|tightness|"
        r"pressure|tightening|heavy)",
        r"(?:pain|pains|tightness|pressure|hurts|hurting|crushing|tight){g} (?:chest|left arm)",
        r"(?<!almost had a )(?<!nearly had a )(?<!gave me a )(?<!about had a )(?:heart attack|cardiac arrest)",
    ),
    Kind.STROKE: (
        r"(?:having|had|has|have|think{g}|a|possible|maybe) (?:a )?stroke(?! of luck)(?= |$)",
        r"(?:face|mouth|side){is} droop\w*|slurr(?:ed|ing)|cant (?:talk|speak|move){g} (?:arm|leg|side|face|properly)",
        r"(?:sudden(?:ly)?|lost){g} (?:vision|numb|numbness|sight)",
        r"one side{g} (?:numb|weak|paralyzed)",
    ),
    Kind.BREATHING: (
        r"(?:cant|cannot|can not|cant hardly|can barely|can hardly|trouble|difficulty|hard to|hard time|"
        r"struggling to|problems?|barely|hardly|not|stopped|isnt|arent|unable to|struggles to|aint|"
        r"quit) (?:breathe?|breathing|breath|catch my breath)",
        r"short(?:ness)? of breath|chok(?:ing|ed)(?! (?:hazard|up))|gasping|turn(?:ing|ed) blue|lips{is} blue|"
        r"asthma attack|suffocat\w+|drown(?:ing|ed)",
        r"(?:hard|cant|cannot|trouble|difficult|unable to|hurts too much|difficulty|barely|hardly)(?: (?:to|even|"
        r"can))? swallow(?:ing)?(?! (?:pills?|a pill))",
        r"(?:throat|tongue|airway){is} (?:clos\w+|swell\w*|swollen|tight\w*)|(?:swollen|swelling){g} (?:throat|"
        r"tongue)|anaphyla\w+",
    ),
    Kind.UNCONSCIOUS: (
        r"unconscious|passed out|fainted|fainting|overdos\w+|od ?ed|seizures?(?! meds| medication)|convuls\w+|"
        r"not conscious",
        r"{someone}{gg} (?:collapsed|unresponsive|not responding|isnt responding|wont wake|cant wake|not waking|"
        r"wont respond|not moving|isnt moving)",
        r"(?:cant wake|wont wake|not waking) {someone}|no pulse|concussion",
    ),
    # Gums that bleed when flossed are none: it takes "a lot", "wont stop" or the like.
    Kind.BLEEDING: (
        r"(?:bleeding|bleeds)(?: (?:is|and|it|really|so|very|pretty|from|my|his|her|the|out|of|like|still|s|mouth|"
        r"gums?|nose|head|hand|arm|leg|finger|face|wound|socket|for|an|hours?|\d+)){0,8} (?:a lot|heav\w+|bad\w*|"
        r"wont stop|non ?stop|everywhere|profusely|uncontroll\w+|crazy|doesnt stop|not stop\w*|cant stop|out|"
        r"too much|isnt stopping|hours?|through|much|severely|all over|keeps)",
        r"(?:wont|doesnt|cant|isnt|not|hasnt|cannot|didnt|never) stop(?:ped|ping|s)?(?: the)? bleeding|(?:stop|"
        r"control) (?:the|my|his|her) bleeding",
        r"(?:heavy|severe|uncontroll\w+|profuse|bad|serious|nonstop|still|constant|major|lots of|vaginal|"
        r"internal) bleeding|bleeding heavily",
        r"blood{is} (?:everywhere|gushing|pouring|spurting|all over)|(?:lots? of|so much|losing|gushing|pouring|"
        r"tons of|spitting|coughing(?: up)?|vomiting|throwing up|puking|too much|lost{g}|pool of) blood|"
        r"h[ae]?emorrhag\w+",
        r"(?:cut|sliced|severed|chopped|amputated){gg} (?:finger|hand|artery|wrist|arm|leg|toe|"
        r"thumb)(?: off)?(?={far} ?(?:blood|bleed|off|deep|bad))",
        r"gun ?shot|stabbed|got shot|been shot",
    ),
    Kind.POISONING: (
        r"{someone}{gg} (?:swallowed|drank|ate|ingested|took){gg} (?:bleach|pills|battery|batteries|chemicals?|"
        r"cleaner|detergent|antifreeze|poison|magnets?|drain cleaner|tide pods?|lighter fluid)",
        r"{someone}{gg} (?:swallowed|drank|ate|ingested|took|got into|licked|chewed){gg} (?:(?:whole|entire|full|"
        r"half a|half the) bottle|too many|overdose|rat poison|bait|traps?|pesticide|tylenol pm|mothballs?|gasoline|"
        r"windex|glue|button)",
        r"(?:been|got|food|was) poison(?:ed|ing)",
    ),
    Kind.ALLERGIC: (
        r"(?:stung|sting|bit|bitten|ate|eaten|shot|meds|medicine|medication|antibiotics?|penicillin|peanuts?|nuts|"
        r"shellfish){gg} (?:throat|lips?|tongue|face){is} (?:swell\w*|swollen|tight\w*|clos\w+|puff\w*|tingl\w*|"
        r"itch\w*)",
        r"allergic reaction|having an? (?:bad |severe )?(?:allergic )?reaction|epi ?pen|hives{gg} (?:breath|throat|"
        r"lips)",
    ),
    # "My water broke in the basement" is a plumber's.
    Kind.LABOR: (
        r"(?:im|shes|wife|i am|she is|going)(?: is)? in(?:to)? labor|contractions|my water (?:just )?broke(?! in)",
    ),
    # A broken tooth alone waits for a visit; with blood, a blow or great pain it does not.
    Kind.DENTAL_TRAUMA: (
        r"(?:knocked|kicked|punched|busted|smashed|bashed)(?: (?:out|loose|his|her|my|the|a|two|one|front|couple|of|"
        r"both|in|right)){0,8} (?:tooth|teeth)(?: out)?",
        r"(?<!baby )(?<!wisdom )(?:tooth|teeth){is} (?:knocked|kicked|punched|fell out|fallen out|came out|snapped|"
        r"pushed (?:in|back|out)|hanging|broke in half|split in half|shattered|ripped out|broke off|broken off|"
        r"missing after)(?! down)",
        r"(?:broke|broken|cracked|chipped|lost|shattered|snapped|fractured)(?: (?:his|her|my|a|the|two|front|off|"
        r"one|couple|of|both|tooth|teeth)){1,8}(?<=tooth|teeth){far} (?:bleed\w*|blood|fell|falling|accident|bike|"
        r"hit|severe|unbearable|agony|nerve|swollen|playing|excruciating|right now)",
        r"(?:broke|broken|fractured|dislocated|locked) (?:my |his |her |the )?jaw|jaw{is} (?:broken|dislocated|"
        r"locked)|(?:fell|fall|hit|accident|bike|elbowed|baseball){gg} (?:broke|broken|lost|knocked|chipped|"
        r"cracked){g} (?:tooth|teeth)",
    ),
    Kind.SWELLING: (
        r"{hurt_part}{is} (?:swollen|swelling|swelled|ballooned|blew up|blowing up|puffy|puffed|huge)(?: up)?",
        r"(?:swollen|swelling|swelled|puffy)(?: (?:up|in|on|of|around|my|the|his|her|left|right|side|whole|entire|"
        r"to|a|is|spreading|and)){0,8} {hurt_part}|facial swelling|swollen shut|swelling{is} (?:spread\w*|worse|bad|"
        r"my eye)|abs[ck]ess{gg} (?:fever|swollen|swelling|burst|huge|face)|(?:fever|swollen|"
        r"swelling){gg} abs[ck]ess",
    ),
    Kind.REACTION: (
        r"chemical burns?|(?:scalp|skin|face|eyes?|head){is} (?:burning|burned|burnt|blister\w*|peeling|raw|"
        r"on fire)(?! (?:calories|off))|blisters?{gg} (?:face|scalp|skin|treatment|laser|peel)|(?:burned|"
        r"burnt) (?:my|her|his) (?:scalp|skin|face|ear|neck|eyes?)|(?:chemical|bleach|cleaner|glass|metal|relaxer|"
        r"dye|color){g} in (?:my|his|her|the) eyes?",
        r"skin{is} (?:black|white|blue|purple|gray|grey|dead|dying){gg} (?:inject\w*|filler|laser|treat\w*|botox|"
        r"peel)|(?:vision|cant see|blurry|blind|double vision){gg} (?:filler|inject\w*|botox)",
        r"(?:filler|injection|botox|lip|lips){gg} (?:white|blanch\w*|blue|purple|numb|cant see|vision|droop\w*)",
    ),
    Kind.FEVER: (
        r"fever(?: (?:of|is|over|at|above|hit|around)){0,8} (?:10[3-7]|39|40|41)|(?:10[3-7]|40|"
        r"41)(?: degree)?(?: f)? fever|(?:baby|newborn|infant){gg} fever|fever{gg} (?:newborn|infant|months? old)",
    ),
    # "Toothache" alone books a visit.
    Kind.SEVERE_PAIN: (
        r"unbearable|excruciating|agony|(?:severe|extreme|intense|horrible|terrible|insane|worst|awful|massive|"
        r"killer|crippling) (?:tooth |abdominal |stomach |jaw |back |mouth )?(?:pain|toothache)|pain{is} (?:severe|"
        r"extreme|intense|horrible|terrible|killing|10|a 10|insane|out of control|too much)|(?:cant|cannot) (?:take|"
        r"stand|handle|bear|sleep{g})(?: (?:the|this|it|with|because|from|of)){0,8} pain|screaming (?:in|with) pain|"
        r"crying (?:in|with|from)(?: the)? pain|in so much pain|(?:10|ten)(?: out of)? (?:10|ten)(?= pain| its| and|"
        r" i| cant|$)|(?:10|ten) out of (?:10|ten)|pain{is} (?:killing|unreal|intolerable|brutal)|(?:hurts|pain|"
        r"hurting|ache|throbbing){gg} (?:cant|cannot) (?:take|stand|handle|bear|deal|sleep|eat|function)|(?:so much|"
        r"in a lot of) pain",
    ),
}
