"""Advertisements and scams: told by several marks together, never by one."""

import re

_MARKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Premium numbers and short codes that the reader is told to use.
        r"\b(?:call|txt|text|send|reply|ring|sms|dial|to|on|quot\w*)\b[^.?!]{0,30}\b(?:0[89]\d{6,}|\d{5,6})\b|"
        r"\b0(?:9|87)\d{8}\b",
        r"\b(?:prize|winner|won|awarded|claim|jackpot|lottery|guaranteed|selected to receive|bonus|reward|cash|"
        r"vouchers?|unclaimed|unredeemed|raffle|draw)\b",
        r"\bfree\b(?! (?:estimates?|quotes?|on|at|tomorrow|today|this|next|after|consult|parking|around|to))|"
        r"\bgratis\b.*\b(?:premio|oferta)",
        r"(?:https?://|www\.|\b[\w-]+\.(?:com|co\.uk|net|info|biz|us|tv|uk)\b)(?<!gmail\.com)|\bbit\.ly",
        r"\b(?:reply|txt|text|send)\b[^.?!]{0,12}\b(?:stop|yes|end|chat|[A-Z]{3,})\b|\bstop\?|\b(?:or)?2 ?(?:stop|"
        r"optout|end)\b|opt ?out\b.{0,15}(?:txt|call|reply)|call2optout",
        r"\b\d+ ?p(?:pm|/| ?per| ?a )|\b\d+p\b|\bp&p\b|\bt ?& ?c'?s?\b|\bt ?s ?(?:and )?c ?s\b|\bppm\b|terms (?:and|"
        r"&) conditions|\b1[68]\s?(?:\+|yrs|only)|\b18\+|£\d|per (?:msg|min|week|wk)\b|msgrcvd|std (?:rate|txt)|"
        r"\bpobox|\bpo box\b|\bbox ?\d{2,}",
        r"\b(?:ringtones?|polyphonic|nokia|camera ?phones?|handset|orange|vodafone|o2|motorola|sony ?ericsson|ipod|"
        r"xbox|dvd|gift ?cards?|iphone \d+|bluetooth|logo|tones?|wallpaper)\b",
        r"\b(?:sexy|horny|dating|flirt\w*|girls|housewives|xxx|singles|babes?|hot girls|naughty|fantasy|adult|meet "
        r"(?:local|sexy)|luv to hear|dream partner|sex|chat ?(?:line|room)|lingerie|date service|admirer|fancy you|"
        r"fancies you)\b",
        r"\b(?:offers?|sale|discount|limited time|exclusive|special|half price|save (?:money|up|big|£|\$)|cheap\w*|"
        r"double min\w*|free min\w*|unlimited|subscri\w+|upgrade|update now|promo\w*|trial|delivery|customer service "
        r"(?:announcement|message)|final (?:try|attempt|notice)|2nd attempt|valid \d+ ?hrs?|expires?)\b",
        r"\b(?:seo|rank(?:ing)?s? (?:on|your|higher)|google (?:listing|my business|ranking|business profile)|"
        r"merchant cash|business (?:loan|funding|capital)|working capital|pre ?approved|credit score|crypto|bitcoin|"
        r"forex|invest(?:ment)? opportunity|web ?(?:design|site) (?:redesign|services|developer)|lead generation|"
        r"more (?:leads|customers|reviews)|solar (?:program|panels? program)|extended warranty|student loan|debt "
        r"relief|irs|social security|suspended|verify your|unusual activity|package (?:could not|is|delivery)|parcel|"
        r"toll (?:balance|unpaid)|work from home|earn \$?\d+|make money|whats ?app me|telegram)\b",
        r"\b(?:congrat\w+|urgent!|dear (?:customer|sir|winner|user|voucher holder|owner)|attention|private!|\d+ new "
        r"(?:voice ?)?(?:message|mail|sms)|you have (?:been|won)|u have (?:been|won)|we (?:tried|are trying) to "
        r"contact|your mobile|account statement|identifier code|bank account|click (?:here|the link|below|this))\b",
        r"\b(?:premio|ganador|ganaste|felicidades|oferta exclusiva|haga clic|haz clic|prestamo (?:inmediato|"
        r"aprobado)|posicionamiento web|su cuenta (?:sera|ha sido)|paquete retenido)\b",
    )
)


def spam_marks(text: str) -> int:
    """Return how many of the marks of an advertisement the text bears; two or more in a text of some length is one."""
    return sum(mark.search(text) is not None for mark in _MARKS)


def is_spam(text: str) -> bool:
    """Return whether the text is an advertisement: callers write of prizes and links too, but not of both."""
    return len(text) >= 40 and spam_marks(text) >= 2
