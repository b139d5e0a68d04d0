"""What an inbound text says about our texting: the one place where opt-out language is understood.

The keywords of the federal rule (47 CFR 64.1200(a)(10)), CTIA and the carriers, in English, Spanish, French and
Portuguese, as the whole message in any case and punctuation; and beside them wishes in plain words (`asks_to_stop`).
"""

import unicodedata

from ringback.domain.consent_plain import asks_to_stop
from ringback.domain.messages import OptKeyword

__all__ = [
    "asks_to_stop",
    "help_answer",
    "is_carriers_own",
    "mentions_cancelling",
    "opt_in_answer",
    "opt_out_answer",
    "read_consent",
    "read_keyword",
]

_STOP = frozenset(
    "stop stopall unsubscribe end quit revoke optout cancel remove td arret arreter arrete arrett parar pare "
    "alto basta baja cancelar sair desabonner nomas removeme donottext".split()
)
_START = frozenset("start unstop empezar iniciar reanudar".split())
_HELP = frozenset("help info ayuda aide ajuda".split())


def read_keyword(body: str) -> OptKeyword | None:
    """Return the keyword that the whole text amounts to, whatever its case, accents, punctuation and spaces."""
    word = _bare(body)
    if word in _STOP:
        return OptKeyword.STOP
    if word in _START:
        return OptKeyword.START
    return OptKeyword.HELP if word in _HELP else None


def read_consent(body: str) -> OptKeyword | None:
    """Return what the text says about our texting: a keyword first, then a wish to stop in any other words."""
    return read_keyword(body) or (OptKeyword.STOP if asks_to_stop(body) else None)


def _bare(body: str) -> str:
    """Letters and digits only, without accents: "S.T.O.P!" and "opt out" are "stop" and "optout"."""
    # Decomposed first: the letters of "fancy text" keyboards have no lower case of their own.
    # Whole-word matching lost real opt-outs elsewhere: "STOP PLEASE", "Stop.", a trailing space.
    decomposed = unicodedata.normalize("NFKD", body).casefold()
    return "".join(c for c in decomposed if c.isalnum())


def is_carriers_own(body: str, carrier_words: frozenset[str]) -> bool:
    """Return whether the carrier itself acts on this text: it matches the exact word only, and then answers too."""
    return body.strip().upper() in carrier_words


def mentions_cancelling(body: str) -> bool:
    """Return whether an opt-out was said with CANCEL, which is also what people say of a booking."""
    return "cancel" in _bare(body)


# The Spanish answers do without á, í, ó, ú: one of them would turn a text of one segment into two (UCS-2).
def opt_out_answer(business: str, language: str) -> str:
    """Return the one confirmation allowed after an opt-out (47 CFR 64.1200(a)(12)): no marketing, within 5 minutes."""
    if language == "es":
        return f"{business}: ya no le enviaremos mensajes. Responda START para volver a recibirlos."
    return f"{business}: you will get no more texts from us. Reply START to get them again."


def opt_in_answer(business: str, language: str) -> str:
    """Return the confirmation of START."""
    if language == "es":
        return f"{business}: le enviaremos mensajes de nuevo. Responda STOP para dejar de recibirlos."
    return f"{business}: you will get our texts again. Reply STOP to get no more."


def help_answer(business: str, number: str, language: str) -> str:
    """Return the answer to HELP: who we are, how to reach a person, how to stop."""
    if language == "es":
        return f"{business}: para hablar con nosotros llame al {number}. Responda STOP para no recibir mensajes."
    return f"{business}: to speak with us call {number}. Reply STOP to get no more texts."
