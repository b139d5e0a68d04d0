"""Which language a stranger's page speaks: the one chosen on it, else the browser's first that we have."""

from starlette.requests import Request

from ringback.web.words import LANGUAGES


def asked_language(request: Request) -> str | None:
    """Return the language that was chosen on a page, as its address carries it on."""
    chosen = request.query_params.get("lang")
    return chosen if chosen in LANGUAGES else None


def choose_language(request: Request, fallback: str) -> str:
    """Return "en" or "es": `?lang=`, then Accept-Language by its weights, then the business's own."""
    chosen = asked_language(request)
    if chosen is not None:
        return chosen
    for tag in _accepted(request.headers.get("accept-language", "")):
        if tag in LANGUAGES:
            return tag
    return fallback if fallback in LANGUAGES else "en"


def _accepted(header: str) -> list[str]:
    """Return the languages of a header (RFC 9110, 12.5.4), the best liked first, without their countries."""
    weighed = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.strip().partition(";")
        try:
            liked = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            continue
        if liked > 0:
            weighed.append((-liked, place, tag.partition("-")[0].lower()))
    return [tag for _, _, tag in sorted(weighed)]
