"""Web push: messages to browsers through the push services of their makers (RFC 8030), encrypted and signed."""

from ringback.providers.web_push.addresses import is_push_address
from ringback.providers.web_push.api import WebPusher

__all__ = ["WebPusher", "is_push_address"]
