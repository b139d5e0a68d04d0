"""What a notice says on a lock screen, in a text and in a letter, in the language of whoever gets it."""

from dataclasses import dataclass

from ringback.domain.notices import NoticeKind

_TITLES = {
    NoticeKind.REPLY_DUE: ("A reply is due", "Hay que responder"),
    NoticeKind.ASSIGNED: ("A conversation is yours now", "Una conversación es tuya ahora"),
    NoticeKind.ESCALATED: ("Nobody has answered yet", "Nadie ha respondido todavía"),
    NoticeKind.EMERGENCY: ("Emergency", "Urgencia"),
    NoticeKind.CALL_BACK_DUE: ("A call back is due", "Hay que devolver una llamada"),
    NoticeKind.ALARM: ("Something needs you", "Algo necesita tu atención"),
    NoticeKind.REPORT: ("Your report is here", "Tu informe está listo"),
    NoticeKind.TEST: ("This is how you will be told", "Así te avisaremos"),
}
_CHOOSE = ("You can choose how you are told: {url}", "Puedes elegir cómo te avisamos: {url}")
# Three segments: longer ones cost more than they tell, and the page has all of it.
_LONGEST_TEXT = 400


@dataclass(frozen=True, slots=True)
class NoticeWords:
    """A notice as it is said: `words` are the sender's, `link` the whole address of the page."""

    kind: NoticeKind
    business: str
    words: str
    link: str
    language: str


def title(kind: NoticeKind, language: str) -> str:
    """Return what a notice is about, with nothing of what a caller wrote."""
    return _in(language, _TITLES[kind])


def lock_screen(words: NoticeWords, *, shows_words: bool) -> tuple[str, str]:
    """Return title and body of a push. Anybody may read a lock screen, so callers' words need the owner's leave."""
    said = title(words.kind, words.language)
    return (said, f"{words.words} · {words.business}" if shows_words and words.words else words.business)


def notice_text(words: NoticeWords) -> str:
    """Return the text to a staff phone; the answer to it may go on to the caller, so it says which business it is."""
    head, tail = f"{words.business}: ", f" {words.link}"
    room = _LONGEST_TEXT - len(head) - len(tail)
    said = words.words or title(words.kind, words.language)
    return f"{head}{said if len(said) <= room else said[: room - 1].rstrip() + '…'}{tail}"


def letter(words: NoticeWords, choose_url: str, *, shows_words: bool) -> tuple[str, str]:
    """Return subject and text of the e-mail."""
    said = title(words.kind, words.language)
    parts = [words.words if shows_words and words.words else said, words.link]
    parts.append(_in(words.language, _CHOOSE).format(url=choose_url))
    return f"{said} · {words.business}", "\n\n".join(parts) + "\n"


# Languages without words of their own read English, as the pages do.
def _in(language: str, both: tuple[str, str]) -> str:
    return both[1] if language == "es" else both[0]
