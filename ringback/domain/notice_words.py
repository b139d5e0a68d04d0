"""What staff are told of a caller who waits, in the language of the business."""

from ringback.domain.business import Business

# One segment of a text: the rest is on the page.
_LONGEST_WORDS = 160
_REPLY = ("{caller} is waiting for an answer", "{caller} espera una respuesta")
_AGAIN = ("{caller} is still waiting for an answer", "{caller} sigue esperando una respuesta")
_CALL_BACK = ("{caller} is waiting for a call back.", "{caller} espera que le devuelvan la llamada.")


def reply_words(business: Business, caller: str, said: str | None, *, again: bool) -> str:
    """Return who waits for an answer, and what they wrote last; `again`: somebody was told of it before."""
    who = _in(business, _AGAIN if again else _REPLY).format(caller=caller)
    if not said:
        return f"{who}."
    quoted = said if len(said) <= _LONGEST_WORDS else f"{said[: _LONGEST_WORDS - 1].rstrip()}…"
    return f"{who}: “{quoted}”"


def call_back_words(business: Business, caller: str) -> str:
    """Return whom to ring."""
    return _in(business, _CALL_BACK).format(caller=caller)


def _in(business: Business, both: tuple[str, str]) -> str:
    return both[1] if business.language == "es" else both[0]
