"""The socket for what a phone company knows of a number's registration with the carriers."""

from collections.abc import Generator

from ringback.domain.registration_facts import LookedUp
from ringback.ports.http import HttpRequest, HttpResponse

# A conversation without I/O of its own: it yields each request, is sent what came back, and returns what that means.
Inquiry = Generator[HttpRequest, HttpResponse, LookedUp]
