"""Only addresses in our code, or set by the operator, are trusted: each place that says so has its reason."""

import ast

from ringback.ports import HttpRequest
from ringback.ports.hooks import HookMessage
from ringback.providers.standard_webhooks import StandardWebhooks
from ringback.providers.web_push import WebPusher
from tests.architecture.sources import ROOT
from tests.cast import NOON
from tests.providers.twilio.cast import twilio_line
from tests.workflows.push_company import Browser

# Where a request is made trusted, and why it may be. Another one needs a reason of its own.
TRUSTED = {
    "ringback/providers/twilio/api.py": "the account's api_url: ours, or set by the operator, and in no page",
    "ringback/providers/twilio/lookup.py": "a host of Twilio's in our code, or the operator's api_url",
    "ringback/providers/twilio/number_book.py": "the account's api_url",
    "ringback/providers/twilio/numbers.py": "the account's api_url",
    "ringback/providers/twilio/registration.py": "a host of Twilio's in our code, or the operator's api_url",
    "ringback/providers/twilio/ringing.py": "the account's api_url",
    "ringback/providers/web_push/api.py": "only hosts of RINGBACK_PUSH_HOSTS",
    "ringback/workflows/line_tests.py": "RINGBACK_SANDBOX_URL",
    "ringback/workflows/texts.py": "a redirect of the operator's own server to itself",
}


def places() -> set[str]:
    """Every file of ours that gives `trusted` to a request."""
    found = set()
    for path in (ROOT / "ringback").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if "trusted=" in text else ():
            if isinstance(node, ast.Call) and any(keyword.arg == "trusted" for keyword in node.keywords):
                found.add(path.relative_to(ROOT).as_posix())
    return found


def test_every_place_that_trusts_an_address_is_known_with_its_reason() -> None:
    assert places() <= TRUSTED.keys()
    assert len(places()) >= 7


def test_a_request_is_not_trusted_unless_it_says_so() -> None:
    assert HttpRequest("GET", "https://hooks.example.com/").trusted is False
    message = HookMessage("1", NOON, b"{}")
    assert StandardWebhooks().request("https://hooks.example.com/", message, ()).trusted is False


def test_a_picture_is_trusted_at_the_operators_address_and_nowhere_else() -> None:
    line = twilio_line(api_url="http://127.0.0.1:8401")

    assert line.picture_request("http://127.0.0.1:8401/2010-04-01/Accounts/AC1/Media/ME1").trusted
    assert not line.picture_request("https://media.twilio.com/ME1").trusted


def test_a_push_address_named_by_a_browser_is_not_trusted_but_where_the_operator_says_so() -> None:
    browser = Browser("phone")
    keys = WebPusher("olga@harbor.example").make_keys()

    strict, open_minded = WebPusher("o@h.example"), WebPusher("o@h.example", {"fcm.googleapis.com"})

    assert not strict.push_request(browser.target, keys, b"{}", "t").trusted
    assert open_minded.push_request(browser.target, keys, b"{}", "t").trusted
