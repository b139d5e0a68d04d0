"""The time words of English, as people text them. Apostrophes are gone by now: "o'clock" is "oclock"."""

from collections.abc import Mapping

from ringback.receptionist.understanding.times_kinds import Kind, Lexicon, build_lexicon, each, listed
from ringback.receptionist.understanding.times_ordinary import ENGLISH
from ringback.receptionist.understanding.times_parts import Part

_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50}
_NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_NTHS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
}

_DAYS: Mapping[Kind, Mapping[str, int]] = {
    Kind.WEEKDAY: each(
        v0="monday,mon", v1="tuesday,tue,tues", v2="wednesday,wed,weds,wensday",
        v3="thursday,thu,thur,thurs", v4="friday,fri", v5="saturday,sat", v6="sunday,sun",
    ),
    Kind.WEEKDAYS: each(
        v0="mondays", v1="tuesdays", v2="wednesdays", v3="thursdays", v4="fridays", v5="saturdays", v6="sundays",
        v7="weekdays,weekday,during the week,a weekday", v8="weekends,on weekends",
    ),
    Kind.MONTH: each(
        v1="january,jan", v2="february,feb", v3="march,mar", v4="april,apr", v5="may", v6="june,jun",
        v7="july,jul", v8="august,aug", v9="september,sep,sept", v10="october,oct", v11="november,nov",
        v12="december,dec",
    ),
    Kind.RELATIVE: each(
        v0="today,todays,2day,tdy,tday,to day,tonite today,this day,later today,of the day",
        v1="tomorrow,tomorrows,tmrw,tmr,tmrow,tmw,tmorrow,2moro,2morro,2morrow,2mrw,2mro,tomoz,tomo,tom,to morrow,"
        "tommorow,tommorrow,tomorow,tomm,the next day,next day",
        v100="tonight,2nite,tonite,2night,tnight,this evening,this eve,this night",
        v101="this am,this morning",
        v2="day after tomorrow,the day after tomorrow,overmorrow,day after tmrw,day after tmr,the day after tmrw",
    ),
    Kind.WEEKEND: listed("weekend,wkend,wknd,week end"),
    Kind.UNIT: each(v1="minute,minutes,min,mins", v60="hour,hours,hr,hrs", v1440="day,days", m12="year,years,yr,yrs"),
    Kind.WEEK: each(v1="week,weeks,wk,wks,week s", v2="fortnight,fortnights"),
    Kind.MONTH_NOUN: listed("month,months", 1),
    Kind.THIS: listed("this,this coming,the coming,coming,this upcoming,current,the current,upcoming,ths"),
    Kind.NEXT: listed("next,nxt,following,the following,the next,nex"),
    Kind.LAST: listed("last"),
    Kind.ANY: listed("any,every,each"),
    # What is past is never a wish.
    Kind.AGO: listed("ago,earlier today,back,yesterday,last week,last month,last year,last night"),
    Kind.HENCE: listed("from now,hence,from today,from 2day,after today"),
    Kind.WITHIN: listed("within,in the next,over the next,in the coming,during the next"),
    Kind.EDGE: each(
        v0="early,beginning,the beginning,start,the start,at the start,at the beginning,earlier,first half,"
        "early on,first part,early in",
        v1="mid,middle,the middle,in the middle,midway",
        v2="late,end,the end,ending,later,at the end,towards the end,by the end,second half,late in,later in",
    ),
    Kind.SOME: each(v2="couple,a couple,couple of,a couple of", v3="few,a few,several"),
}  # fmt: skip

_HOURS: Mapping[Kind, Mapping[str, int]] = {
    Kind.NUMBER: _NUMBERS | _TENS | {"oh": 0},
    Kind.NTH: _NTHS | {"thirtieth": 30},
    Kind.MERIDIEM: each(v0="am,a m", v1="pm,p m,p", v2="ampm,am pm"),
    Kind.PART: {
        "morning": Part.MORNING, "mornin": Part.MORNING, "morn": Part.MORNING, "forenoon": Part.MORNING,
        "afternoon": Part.AFTERNOON, "aft": Part.AFTERNOON, "arvo": Part.AFTERNOON, "afternoons": Part.AFTERNOON,
        "after noon": Part.AFTERNOON, "evening": Part.EVENING, "evenin": Part.EVENING, "eve": Part.EVENING,
        "night": Part.NIGHT, "nite": Part.NIGHT, "lunchtime": Part.LUNCH, "lunch time": Part.LUNCH,
        "around lunch": Part.LUNCH, "at lunch": Part.LUNCH, "over lunch": Part.LUNCH, "lunch hour": Part.LUNCH,
        "my lunch break": Part.LUNCH, "lunch break": Part.LUNCH,
        "first thing": Part.OPENING, "first thing in the morning": Part.OPENING, "opening time": Part.OPENING,
        "when you open": Part.OPENING, "when u open": Part.OPENING, "as soon as you open": Part.OPENING,
        "after work": Part.AFTER_WORK, "after office hours": Part.AFTER_WORK, "when i get off work": Part.AFTER_WORK,
        "end of day": Part.CLOSING, "end of the day": Part.CLOSING, "eod": Part.CLOSING, "close of business":
        Part.CLOSING, "cob": Part.CLOSING, "before you close": Part.CLOSING,
        "after lunch": Part.AFTER_LUNCH, "before lunch": Part.BEFORE_LUNCH,
        "before work": Part.BEFORE_WORK,
        "after school": Part.AFTER_SCHOOL, "midmorning": Part.MID_MORNING, "midafternoon": Part.MID_AFTERNOON,
        "early in the day": Part.EARLY, "early on in the day": Part.EARLY, "earlier in the day": Part.EARLY,
        "later in the day": Part.LATE, "late in the day": Part.LATE, "later on in the day": Part.LATE,
    },
    Kind.PARTS: {
        "mornings": Part.MORNING, "afternoons": Part.AFTERNOON, "evenings": Part.EVENING,
    },
    Kind.NOON: each(v720="noon,midday,mid day,12 noon,twelve noon,high noon", v1440="midnight,12 midnight"),
    Kind.ISH: listed("ish,or so,or thereabouts,or around then"),
    Kind.OCLOCK: listed("oclock,o clock,clock,sharp,on the dot,exactly,hundred hours"),
    Kind.FRACTION: each(v30="half", v15="quarter,qtr"),
    # A zone may not be the one of the business: no minute is read back then.
    Kind.ZONE: listed("gmt,utc,cet,est,edt,pst,pdt,cst,mst,mdt,cdt,bst"),
}  # fmt: skip

# Set phrases in which a time word is none.
_ASIDES: Mapping[Kind, Mapping[str, int]] = {
    Kind.WORD: listed(
        "good morning,good afternoon,good evening,good night,goodnight,gmorning,one night,a night,per night,"
        "great night,great evening,great afternoon,great morning,nice evening,nice night,lovely evening,"
        "the past,in the past,how about,what about,hows,the sun,in the sun,same day,"
        "the same day,that same day,that day,one day,"
        "some day,i sat,second hand,one second,"
        "a second,just a second,a minute,one minute,just a minute,one sec,all night,last minute,the first time,"
        "first time,next time,one time,this time,every time,what time,that time,at that time,some time,a long time,"
        "next door,next step,next steps,next to,half price,half off,half an hour,quarter of an,at least,at most,"
        "at all,at once,see you later,talk later,talk to you later,let you know later,text you later,call you later,"
        "call later,call back later,later alligator,may i,may we,may be,may have,may need,may not,you may,i may,"
        "we may,it may,that may,they may,he may,she may"
    )
}

_CANNOT = [
    f"{cannot} {verb}"
    for cannot in ("cant", "cannot", "can not", "wont", "couldnt", "wont be able to", "am not able to", "unable to")
    for verb in ("do", "make", "come", "come in", "make it", "make it on", "be there", "come by")
]
_UNFIT = ("no good", "bad", "impossible", "too early", "too late", "not good", "tough", "not possible", "hard for me")

_LINKS: Mapping[Kind, Mapping[str, int]] = {
    Kind.THE: listed("the,teh"),
    Kind.A: listed("a,an", 1),
    Kind.AT: listed("at,@,atound"),
    Kind.ON: listed("on"),
    Kind.IN: listed("in,during"),
    Kind.FOR: listed("for,4 the"),
    Kind.OF: listed("of"),
    Kind.TO: listed("to,thru,through,thro"),
    Kind.AND: listed("and,&,n"),
    Kind.OR: listed("or,either,otherwise,and or,or maybe,or else,alternatively,if not"),
    Kind.BETWEEN: listed("between,btwn,betwn,inbetween,in between"),
    Kind.FROM: listed("from,starting,starting from,beginning from,as of,frm"),
    # "I'm free 10 to 2" is a range; "10 to 2" alone is ten minutes before two.
    Kind.FREE: listed(
        "free,im free,i am free,available,im available,i am available,open,im open,home,im home,can do,i can do"
    ),
    Kind.SINCE: listed(
        "since,ever since,began,began on,happened,happened on,started leaking,broke on,broke down on,stopped working"
    ),
    Kind.AFTER: listed(
        "after,aft er,later than,anything later than,something later than,any later than,a bit later than,"
        "anything after,something after,past,anytime after,any time after,not before,no earlier than,"
        "not earlier than,"
        "nothing before,not until,not till,no sooner than,except before,get off at,get off work at,off work at,"
        "get out at,off at,done at,"
        "done with work at,finish at,finish work at,out of work at,out of school at,home at,free at,free after,"
        "i work until,"
        "i work til,i work till,im working until,afer"
    ),
    Kind.BEFORE: listed(
        "before,b4,bfore,earlier than,anytime before,any time before,prior to,sooner than,anything earlier than,"
        "something earlier than,any earlier than,anything sooner than,anything before,something before"
    ),
    Kind.UNTIL: listed("until,till,til,untill,up to,up until"),
    Kind.BY: listed(
        "by,no later than,not later than,not after,nothing after,not past,at the latest by,cant do after,cant after"
    ),
    Kind.AROUND: listed(
        "around,about,approximately,approx,roughly,near,circa,arnd,around about,close to,like,say,maybe"
    ),
    Kind.NOT: listed(
        "not,except,except for,but not,anything but,any day but,apart from,other than,excluding,besides,not on,avoid,"
        "dont want,dont think,i dont think,i dont think i can do,i dont think i can make,"
        ""
        "not available,not free,unavailable"
    )
    | {start + rest: 0 for start in ("", "i ", "we ") for rest in _CANNOT},
    Kind.NO: listed("no,nope,nah"),
    # These refuse what follows ("I'm busy Monday") or what stands before ("Monday I'm busy").
    Kind.BUSY: listed(
        "im busy,i am busy,im working,i work,i have work,im away,im out,i am away,i am working,were busy,were away,"
        "im not available,im not free,i am not free,i cant,i cannot,im unavailable,im booked,"
        "i have something on,i have something else on,"
        "i have something at,i have something else at,i had something on,i already have something on,i have plans on,"
        "i already had something on,i have plans,i have something,im booked up,"
        "im all booked,i am unavailable,i have school"
    ),
    Kind.FAILS: {
        verb + rest: 0
        for verb in ("", "is ", "are ", "isnt ", "arent ", "is not ", "are not ", "would be ", "that is ", "thats ")
        for rest in _UNFIT
        if not (verb.endswith(("nt ", "not ")) and rest.startswith(("not", "no")))
    }
    | listed(
        "doesnt work,does not work,dont work,do not work,wont work,will not work,doesnt suit,cant work,wouldnt work,"
        "isnt going to work,is not going to work,not going to work,isnt good,is not good,not good,arent good,"
        "isnt great,is not great,isnt available,is a no,are a no,is out,are out,isnt possible,is not possible"
    ),
    Kind.SORRY: listed(
        "sorry,no sorry,actually,i mean,i meant,no wait,wait,oops,scratch that,make that,make it,correction,rather,"
        "my mistake,my bad,no make it,no i mean,on second thought,no actually,never mind,nevermind,instead,change to,"
        "i take that back,better"
    ),
    Kind.MOVE: listed(
        "move,reschedule,change,switch,push,bring,shift,swap,rebook,postpone,moved,rescheduled,changed,pushed,"
        "switched,"
        "rescheduling,moving,changing"
    ),
    Kind.INSTEAD_OF: listed("instead of,rather than,in place of"),
}

_FLAGS: Mapping[Kind, Mapping[str, int]] = {
    Kind.SOONEST: listed(
        "asap,a s a p,as soon as possible,soon as possible,as soon as you can,as soon as u can,as soon as,soonest,"
        "the soonest,earliest,the earliest,at your earliest,earliest convenience,first available,next available,"
        "first opening,next opening,first thing you have,first thing available,first slot,next slot,right away,"
        "right now,immediately,straight away,now,rn,asap please,first appointment you have,first you have,soon,"
        "first appointment,next appointment available,as early as possible,quickest,the quickest,whats next"
    ),
    Kind.ANY_TIME: listed(
        "anytime,any time,any day,whenever,any day works,any time works,im flexible,i am flexible,flexible,"
        "whatever works,whatever time,whichever,no preference,dont mind,dont care,doesnt matter,dosent matter,"
        "either works,either is fine,wide open,im free all day,all day,at any time,anyday,im easy"
    ),
    Kind.EARLIER: listed(
        "hour earlier,hours earlier,minutes earlier,hr earlier,min earlier,mins earlier,"
        "anything earlier,something earlier,a bit earlier,little earlier,any earlier,an earlier,earlier time,"
        "earlier slot,earlier appointment,earlier one,anything sooner,something sooner,any sooner,sooner,"
        "earlier please,"
        "got earlier,have earlier,be earlier,earlier would,even earlier,earlier day,earlier date,earlier if,"
        "earlier opening"
    ),
    Kind.LATER: listed(
        "hour later,hours later,minutes later,hr later,min later,mins later,"
        "anything later,something later,a bit later,little later,any later,later time,later slot,a later,"
        "later appointment,later one,later please,got later,have later,be later,later would,even later,later day,"
        "later date,later if,later opening,later on"
    ),
    # A number before one of these is no hour: "for 4 people", "3 kids", "2 of us".
    Kind.COUNTED: listed(
        "nights,night stay,people,person,persons,adults,adult,kids,kid,children,child,guests,guest,"
        "dogs,dog,cats,cat,pets,cars,car,"
        "rooms,room,beds,bed,bedroom,bedrooms,bathroom,bathrooms,bath,teeth,tooth,units,unit,windows,window,floors,"
        "floor,stories,story,doors,door,seats,seat,spots,tickets,tickets,bottles,bags,items,things,times,visits,"
        "sessions,percent,dollars,dollar,bucks,euros,euro,pounds,pound,cents,usd,miles,mile,feet,foot,ft,inches,inch,"
        "sq,degrees,lbs,kg,gallons,gallon,tons,ton,amp,amps,volts,options,option,questions,question,other,others,"
        "more,less,thousand,hundred,million,star,stars,men,women,boys,girls,daughters,sons,daughter,son,year old,"
        "years old,yo,grade,of us,of them,of you,of your,of those,and a half,transfer,stops,weeks pregnant,choice,"
        "ones,location,locations,step,steps,attempt,attempts,call,calls,sinks,sink,toilets,toilet,drains,drain,"
        "heaters,panels,outlets,lights,rats,mice,cards,card,orders,accounts,pins,transactions,payments,digits"
    ),
    Kind.STREET: listed(
        "street,st,avenue,ave,road,rd,drive,lane,ln,blvd,boulevard,court,ct,place,pl,way,highway,hwy,terrace,circle"
    ),
}

# The names of holidays stand in times_holidays.HOLIDAYS; the value is the place there.
_HOLIDAYS: Mapping[Kind, Mapping[str, int]] = {
    Kind.HOLIDAY: each(
        v0="christmas,christmas day,xmas,xmas day", v1="christmas eve,xmas eve", v2="new years,new years day",
        v3="new years eve,nye", v4="independence day,july fourth holiday,fourth of july", v5="thanksgiving,"
        "thanksgiving day,turkey day", v6="black friday", v7="labor day,labour day", v8="memorial day",
        v9="mlk day,martin luther king day,martin luther kings day,mlk", v10="presidents day", v11="veterans day",
        v12="juneteenth", v13="columbus day,indigenous peoples day", v14="valentines,valentines day,valentine day",
        v15="halloween", v16="st patricks day,saint patricks day,st pattys day", v17="easter,easter sunday",
        v18="good friday", v19="easter monday", v20="mothers day", v21="fathers day", v22="cinco de mayo",
        v23="boxing day", v24="groundhog day", v25="april fools,april fools day", v27="international workers day",
    ),
}  # fmt: skip


def lexicon() -> Lexicon:
    """Return the English lexicon."""
    return build_lexicon("en", {**_ASIDES, **_HOLIDAYS, **_DAYS, **_HOURS, **_LINKS, **_FLAGS}, ENGLISH)
