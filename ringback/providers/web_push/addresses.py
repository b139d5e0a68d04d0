"""Which addresses are those of push services: a subscription comes from a browser, and we make requests to it."""

from collections.abc import Collection
from urllib.parse import urlsplit

# The services of Chrome, Edge and most others; Firefox; Safari; and of Edge on Windows. A browser names one of these,
# or it is none: a list of what is allowed leaves no way into our own network.
_HOSTS = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com"})
_DOMAINS = (".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com", ".wns.windows.com")
_LONGEST_ADDRESS = 1000


def is_push_address(endpoint: str, allowed_hosts: Collection[str] = ()) -> bool:
    """Return whether an endpoint may be pushed to. `allowed_hosts` ("host" or "host:port") are trusted as they are."""
    if len(endpoint) > _LONGEST_ADDRESS or not endpoint.isascii() or any(c.isspace() or c == "\\" for c in endpoint):
        return False
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    if parts.netloc in allowed_hosts:
        return parts.scheme in ("https", "http")
    host = parts.hostname or ""
    is_known = host in _HOSTS or host.endswith(_DOMAINS)
    return parts.scheme == "https" and port in (None, 443) and is_known
