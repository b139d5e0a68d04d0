"""The words the linter looks for, by language. Lists are written without accents: texts are compared without."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LintWords:
    """What counts as an apology and so on in one language, and a sample of what to write instead."""

    opt_out: re.Pattern[str]
    apology: re.Pattern[str]
    expectation: re.Pattern[str]
    promotion: re.Pattern[str]
    opt_out_sample: str
    expectation_sample: str


def lint_words(language: str) -> LintWords:
    """Return the words of a language; one we do not know is read as English."""
    return _SPANISH if language.lower().startswith("es") else _ENGLISH


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", re.IGNORECASE)


# Words that make a text telemarketing, by the Federal Communications Commission's reading: prices, offers,
# urgency, referrals and reviews, claims to be best.
_EVERYWHERE = (r"#\s?1", r"\d+\s?% (?:off|de descuento)", r"\d+\s?%", r"[$€£]\s?\d[\d.,]*")

_ENGLISH = LintWords(
    # In capitals or beside "reply": "stop by our shop" offers nobody a way out.
    opt_out=re.compile(
        r"\bSTOP\b|(?i:\b(?:reply|text|send) [\"'\u201c]?stop\b|\bopt(?:ing)?[ -]?out\b|\bunsubscribe\b)"
    ),
    apology=_any_of(r"sorry", r"apolog\w+", r"regret\w*", r"(?:forgive|excuse|pardon) (?:us|me)", r"our (?:bad|fault)"),
    expectation=_any_of(
        *(
            r"\{opens\}",
            r"\{until\}",
            r"(?:reply|answer|respond) (?:here|back|to this|by text|with)",
            r"text (?:us|me)",
        ),
        *(
            r"(?:just|please) (?:reply|text|answer)",
            r"(?:text|call|get|write)(?: right)? (?:you )?back",
            r"be in touch",
        ),
        *(r"get back to you", r"(?:we'll|we will|someone will|i'll|i will)", r"as soon as"),
    ),
    promotion=_any_of(
        *_EVERYWHERE,
        *(
            r"pric(?:e|es|ed|ing)",
            r"discount\w*",
            r"(?<!feel )(?<!toll )(?<!toll-)free",
            r"deals?(?! with)",
            r"offers?",
        ),
        *(
            r"(?:book|call|buy|order|schedule) (?:now|today)",
            r"act now",
            r"limited[ -]time",
            r"packages?",
            r"referrals?",
        ),
        *(r"refer a friend", r"(?:a|your|us|google|yelp) review", r"reviews", r"(?:best|top)[ -]rated", r"sales?"),
        *(r"(?:5|five)[ -]stars?", r"guarante\w+", r"coupons?", r"promo\w*", r"specials", r"number (?:1|one)"),
        *(r"quotes?", r"save (?:big|up to|money)", r"lowest", r"cheap\w*", r"hurry", r"winner", r"prize"),
    ),
    opt_out_sample="STOP to opt out.",
    expectation_sample="Reply here.",
)

_SPANISH = LintWords(
    opt_out=re.compile(
        r"\b(?:STOP|BAJA|ALTO|PARAR)\b|(?i:\b(?:responda|escriba|env[ií]e|mande) [\"'\u201c]?(?:stop|baja|alto)\b"
        r"|\b(?:darse|dese) de baja\b|\bcancelar la suscripci[oó]n\b)"
    ),
    apology=_any_of(r"disculp\w+", r"perdon\w*", r"lament\w+", r"sentimos", r"lo siento"),
    expectation=_any_of(
        *(r"\{opens\}", r"\{until\}", r"(?:responda|conteste|escriba)(?:nos)?", r"(?:respond|escrib)anos"),
        r"le (?:respond|escrib|llam|contest|atend|devolv|ayud)\w*mos",
        *(r"nos (?:pondremos|comunicaremos)", r"en cuanto", r"lo antes posible"),
    ),
    promotion=_any_of(
        *_EVERYWHERE,
        *(r"precios?", r"descuent\w+", r"gratis", r"gratuit\w+", r"ofert\w+", r"promoci\w+", r"promo", r"rebajas?"),
        *(r"(?:reserve|llame|compre|agende|ordene) (?:ya|ahora|hoy)", r"tiempo limitado", r"paquetes?", r"free"),
        *(r"recomiende\w*", r"refiera\w*", r"resenas?", r"(?:el|la|los|las) mejor(?:es)?", r"(?:5|cinco) estrellas"),
        *(r"garanti\w+", r"cupon(?:es)?", r"cotizaci\w+", r"presupuestos?", r"ahorr\w+", r"barat\w+"),
        *(r"numero (?:1|uno)", r"aproveche", r"premio"),
    ),
    opt_out_sample="STOP para darse de baja.",
    expectation_sample="Responda por texto.",
)
