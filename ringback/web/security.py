"""What browsers are told to refuse, and which requests to change something come from our own pages."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Trusted Types are left out: htmx puts the server's own fragments into pages as HTML, and would be refused.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "object-src 'none'"
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    # Not "no-referrer": browsers would then send "Origin: null" with our own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "x-frame-options": "DENY",
    # What may be kept (static files, pictures) says so itself.
    "cache-control": "no-store",
}
_HSTS = "max-age=31536000; includeSubDomains"


class SecurityHeaders:
    """Adds the headers to every answer that does not bring its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_security_headers(MutableHeaders(raw=message["headers"]), _is_https(scope))
            await send(message)

        await self.app(scope, receive, complete)


def _is_https(scope: Scope) -> bool:
    """A proxy that ends TLS need not say so: the address given to the installation does."""
    context = getattr(scope["app"].state, "context", None)
    public = urlsplit(context.public_url if context is not None else "")
    host = next((value for name, value in scope["headers"] if name == b"host"), b"").decode("latin-1")
    return scope["scheme"] == "https" or (public.scheme == "https" and host == public.netloc)


def add_security_headers(headers: MutableHeaders, is_https: bool) -> None:
    """Add what is missing; also for the answer to an error that no middleware sees."""
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    if is_https:
        headers.setdefault("strict-transport-security", _HSTS)


def is_from_own_page(request: Request, public_url: str) -> bool:
    """Return whether a request to change something comes from a page of ours (ASVS 3.5.1).

    Every browser sends Origin with a POST. What sends neither header is no browser, and has the API.
    """
    site = request.headers.get("sec-fetch-site")
    if site not in (None, "same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    if origin is None:
        return site is not None
    hosts = {request.headers.get("host", ""), urlsplit(public_url).netloc}
    return urlsplit(origin).scheme in ("http", "https") and urlsplit(origin).netloc in hosts
