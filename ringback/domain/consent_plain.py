"""Opt-outs in plain language: 47 CFR 64.1200(a)(10) takes any words that a reasonable person would understand so."""

import re
from collections.abc import Iterable, Iterator

from ringback.domain import consent_english as english
from ringback.domain import consent_romance as romance
from ringback.domain import consent_together as together
from ringback.domain.consent_letters import Speller, fold, join_spelled

_STRONG = english.STRONG | romance.STRONG
_WEAK = _STRONG | english.WEAK | romance.WEAK
_POLITE = english.POLITE | romance.POLITE
_FILLERS = english.FILLERS | romance.FILLERS
# Slips of STOP that are words of their own: only as the whole text.
_WHOLE = frozenset({"stoop", "atop", "sto", "stob", "stpo", "ztop", "dtop", "endd", "qiut"})
_QUOTING = frozenset({"reply", "text", "txt", "send", "type", "the", "word"})


def asks_to_stop(body: str) -> bool:
    """Return whether the text asks for no more texts, in English, Spanish, French or Portuguese.

    Recall comes first: who is wrongly taken to have opted out can send START, who is texted on has been wronged.
    """
    words = _words(body)
    if _is_slip(words):
        return False
    if _is_whole(words):
        return True
    text = _INSTRUCTION.sub(" . ", words)
    return (
        _has_bare_clause(text)
        or _has_phrase(text)
        or _has_loose_stop(text)
        or _shouts_stop(body, text)
        or _refuses_texts(text)
    )


def _words(body: str) -> str:
    return " ".join(_SPELLER.mend(word) for word in join_spelled(fold(body)).split())


def _compile(patterns: Iterable[str], macros: dict[str, str]) -> str:
    """Put the macros in, twice since some hold others; braces that are counts ("{0,3}") stay."""
    text = "|".join(f"(?:{pattern})" for pattern in patterns)
    for _ in range(3):
        text = re.sub(r"\{([a-z_]+)\}", lambda found: macros[found[1]], text)
    return text


def _whole_words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{pattern})(?!\S)")


_MACROS = english.MACROS | romance.MACROS | together.MACROS
_PATTERNS = (
    *(*english.PHRASES, *romance.SPANISH, *romance.FRENCH, *romance.PORTUGUESE),
    *(*together.ENGLISH, *together.REPROACHES, *together.SPANISH, *together.PORTUGUESE),
)
_PHRASES = _whole_words(_compile(_PATTERNS, _MACROS))
_CLAUSES = re.compile(_compile((*english.CLAUSES, *together.CLAUSES), _MACROS))
# Whatever the rules spell out is right as it stands.
_SPELLED_OUT = re.findall("[a-z]{4,}", " ".join((*_PATTERNS, *_MACROS.values())))
_SPELLER = Speller([*english.KNOWN, *romance.KNOWN], [*english.REAL, *romance.REAL, *_SPELLED_OUT, *_FILLERS, *_WEAK])

# "Reply STOP to end", "txt STOP to 87070", "to opt out call …" tell the reader what to do: advertisements do.
_INSTRUCTION = _whole_words(
    r"(?:(?:(?:or ?)?(?:to|2) )?(?:stop|end|cancel|opt ?out|unsubscribe|quit)(?: (?:msgs?|texts|messages|sms|"
    r"these))?(?: [.?])? )?(?:just )?(?:reply|txt|text|send|respond|rply|msg|replying|texting|click|"
    r"visit)(?: (?:with|back|the word|word|us|club|to|now|sms)){0,2}(?: (?!me |us )[a-z]+)? (?:stop|end|unsubscribe|"
    r"cancel|quit|optout|stopall)(?: (?:to|2|at|on) \S+(?: \S+)?)?|(?:or ?)?(?:to|2) (?:stop|end|cancel|opt ?out|"
    r"unsubscribe)(?: [a-z]+){0,2}(?: [.])? (?:reply|txt|text|send|call|click|visit|email|respond|go to)|"
    r"reply \w+ to (?:stop|end|opt ?out|unsubscribe|cancel)"
)

_SLIPS = _whole_words(
    r"(?:accident\w*|mistake\w*|(?:didnt|did not) mean|meant to|by error|sin querer|por error|equivoque)"
)


_OURS, _REFUSALS, _OTHERWISE = map(_whole_words, (together.OURS, together.REFUSALS, together.OTHERWISE))


def _refuses_texts(text: str) -> bool:
    """Return whether a clause holds our texts and a refusal, and nothing says that something else is meant."""
    if _OTHERWISE.search(text) or _ELSEWHERE.search(text):
        return False
    clauses = [" ".join(clause) for clause in _clauses(text)]
    found = ((clause, _REFUSALS.search(clause)) for clause in clauses if _OURS.search(clause))
    return any(refusal is not None and not _negated(clause[: refusal.start()]) for clause, refusal in found)


def _is_slip(words: str) -> bool:
    """ "I unsubscribed by mistake" asks for the opposite; "texted by mistake, stop" does not."""
    return bool(_SLIPS.search(words)) and bool(
        re.search(r"unsub|opted|opt out|(?:said|sent|texted|typed|hit|mean) stop|sign", words)
    )


def _clauses(text: str) -> Iterator[list[str]]:
    return (clause.split() for clause in re.split(r"[.?]", text) if clause.strip())


def _is_whole(words: str) -> bool:
    """Return whether the text is a keyword and nothing but politeness: "please cancel", "STOP STOP thanks"."""
    tokens = [word for word in words.split() if word not in ".?"]
    left = [word for word in tokens if word not in _POLITE]
    if len(tokens) <= 4 and left and left[-1] in _STRONG and all(word in _QUOTING for word in left[:-1]):
        return True
    return bool(left) and (all(word in _WEAK for word in left) or (len(tokens) == 1 and left[0] in _WHOLE))


def _has_bare_clause(text: str) -> bool:
    return any(_is_bare(clause) for clause in _clauses(text))


def _is_bare(clause: list[str]) -> bool:
    """Return whether the clause is STOP and fillers: "stop", "ok please just stop", "no stop it now"."""
    if _CLAUSES.fullmatch(" ".join(word for word in clause if word not in _POLITE)):
        return True
    found = [index for index, word in enumerate(clause) if word in _STRONG]
    others = (word for word in clause if word not in _STRONG)
    return bool(found) and all(word in _FILLERS for word in others) and not _negated(" ".join(clause[: found[0]]))


_NEGATION = re.compile(
    r"(?:^| )(\S+ )?(?:dont|do not|donot|never|wont|will not|cant|cannot|can not|doesnt|does not|didnt|did not|not|"
    r"without|wouldnt|havent|couldnt|shouldnt)((?: (?:ever|want|wanna|mean|wish|need|to|you|u|guys|say|said|ask|"
    r"asked|please|pls|just|really|actually|try|him|her|it|have|that|i|lose|going)){0,5})$"
)
# "I need it to stop" is said of a leak, "make them stop texting me" and "mi jefe no deja de mandarme mensajes" are
# said of others.
_OF_A_THING = re.compile(
    r"(?:^| )(?:it to|(?:make|get|force|help|have)(?: \S+){0,2} (?:them|him|her|it|\S*(?:ors|ers|boss|ex|husband|"
    r"wife|son|man))(?: to)?|(?:mi|mis|el|la|los|las|un|una|ella|ellos|ellas)(?: [^\s.]+){0,2} no)$"
)
_REPROACHED = frozenset({"you", "u", "yall", "they", "if", "why"})


def _negated(before: str) -> bool:
    """Return whether the words before turn the wish round: "please don't stop", "I never said stop".

    A reproach does not: "why won't you stop", "if you don't stop", "can't you stop".
    """
    before = before.replace(" .", " ").rstrip()
    found = _NEGATION.search(before)
    if not found:
        return _OF_A_THING.search(before) is not None
    subject, rest = (found[1] or "").strip(), found[2].split()
    return subject not in _REPROACHED and rest[:1] not in (["you"], ["u"])


def _has_phrase(text: str) -> bool:
    found = list(_PHRASES.finditer(text))
    if not found or _prefers_texts(text, found) or _ELSEWHERE.search(text):
        return False
    return any(not _negated(text[: match.start()]) for match in found)


# "Unsubscribe me from the emails but texts are fine"; "is the x-ray required or can I opt out".
_ELSEWHERE = _whole_words(
    r"(?:texts?|texting|txts?|messages) (?:is|are|r) (?:still )?(?:fine|ok|okay|good|great)|keep the texts|"
    r"(?:do i have to|do we have to|required|mandatory|is it necessary)(?: (?!text|txt|mess|msg|"
    r"get)\S+){1,8} opt(?: ?)out"
)
_CALL_REFUSED = re.compile(r"(?:call|phone|ring|calling)\b")
_TEXT_WANTED = _whole_words(
    r"(?:just|only|can you|could you|pls|please|rather|prefer|instead|but)(?: \w+)? (?:text|txt|message|email|sms)|"
    r"(?:text|txt|texting|message)(?: (?:me|us|is|only|instead|works|please|pls|ok|fine|better|here)){1,8}"
)


def _prefers_texts(text: str, found: list[re.Match[str]]) -> bool:
    """ "Don't call me, just text" refuses calls only."""
    last = found[-1]
    if len(found) > 1 or not _CALL_REFUSED.search(last[0]) or re.search(r"text|txt|messag|sms", last[0]):
        return False
    return _TEXT_WANTED.search(text[: last.start()] + text[last.end() :]) is not None


# Before a last "stop" that is a noun or the verb of something else.
_NOT_ALONE = frozenset(
    "to wont dont cant not never the a an bus truck pit door non full next one first last it that doesnt "
    "didnt this water would will could should must make may might can and or my your our rest gas train tram "
    "metro any each every quick short does did we they he she i isnt bleeding leak pain noise shuttle whistle "
    "back e f tee".split()
)
_ABOUT_THINGS = _whole_words(
    r"(?:make|made|makes|when|until|till|how|will|does|did|wont|cant|bus|get it|so it|help|lo|la)"
)
_AFTER_STOP = _whole_words(
    r"(?<!\S)stop (?:please|pls|plz|i|im|ive|ill|we|weve|were|thanks|thank|thx|no|wrong|not|who|whos|already|dont|"
    r"its|(?:my|our|the) (?:husband|wife|mom|mother|dad|father|son|brother|sister|daughter|boyfriend|girlfriend|"
    r"landlord|neighbor|guy|plumber|problem|issue) (?:\w+ed|got|has|is|did|took|already|just|came|went|can)|got|"
    r"have|found|never|sorry|ok|okay|now|bro|dude|man|lol|asap|immediately|por|gracias|ya|svp|merci|obrigado|"
    r"obrigada|this is|you have|you are|youre|u|with (?:the|these|this|all)|fucking|ffs|it now|it already|it please|"
    r"this (?:now|please|shit|bullshit|nonsense|crap)|messing)"
)


def _has_loose_stop(text: str) -> bool:
    """Return whether STOP leads a clause ("stop I found someone") or ends one ("who is this stop")."""
    led = (match for clause in re.split(r"[.?]", text) for match in [_AFTER_STOP.match(clause.strip())])
    return any(led) or any(_ends_in_stop(clause) for clause in _clauses(text))


def _ends_in_stop(clause: list[str]) -> bool:
    while clause and clause[-1] in _POLITE:
        clause = clause[:-1]
    if len(clause) < 2 or clause[-1] not in ("stop", "unsubscribe", "optout"):
        return False
    before = " ".join(clause[:-1])
    return clause[-2] not in _NOT_ALONE and not _ABOUT_THINGS.search(before) and not _negated(before)


def _shouts_stop(body: str, text: str) -> bool:
    """Return whether STOP stands in capitals in a text that is not all capitals: the keyword, wherever it stands."""
    if "STOP" not in body or body.isupper():
        return False
    found = re.search(r"(?<!\S)stop(?! (?:by|in|at|over|sign|light|the|my|a|valve)(?!\S))(?!\S)", text)
    if not found or not re.search(r"\bSTOP\b", body):
        return False
    before = text[: found.start()].split()
    return not _negated(" ".join(before)) and (before[-1:] or [""])[0] not in _NOT_ALONE - {"it", "this", "that"}
