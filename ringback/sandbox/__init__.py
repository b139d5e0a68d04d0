"""A phone company in a box: Twilio-compatible REST API, signed webhooks, TwiML, and handsets in the browser."""

from ringback.sandbox.app import create_app, run, server
from ringback.sandbox.settings import SandboxSettings

__all__ = ["SandboxSettings", "create_app", "run", "server"]
