"""docs/reference/security.md answers every level 1 and 2 requirement of OWASP ASVS 5.0.0, with tests that exist."""

import ast
import re
from functools import cache

from ringback.store import people
from ringback.web import auth, connections, hooks, limits
from ringback.web.agency import uploads
from ringback.web.pages import forms
from ringback.web.people import passwords, proof
from ringback.web.public import brakes
from tests.architecture.sources import PACKAGE, ROOT, python_files
from tests.docs.pages import names_in, read, rows, section

PAGE = read("reference/security.md")
TABLE = section(PAGE, "## Every requirement")

# By section: which of its requirements are of level 1, and which of level 2 (numbers are facts of the standard).
LEVELS = {
    "1.1": ("", "1 2"), "1.2": ("1 2 3 4 5", "6 7 8 9"), "1.3": ("1 2", "3 4 5 6 7 8 9 10 11"), "1.4": ("", "1 2 3"),
    "1.5": ("1", "2"),
    "2.1": ("1", "2 3"), "2.2": ("1 2", "3"), "2.3": ("1", "2 3 4"), "2.4": ("", "1"),
    "3.2": ("1 2", ""), "3.3": ("1", "2 3 4"), "3.4": ("1 2", "3 4 5 6"), "3.5": ("1 2 3", "4 5"), "3.7": ("", "1 2"),
    "4.1": ("1", "2 3"), "4.2": ("", "1"), "4.3": ("", "1 2"), "4.4": ("1", "2 3 4"),
    "5.1": ("", "1"), "5.2": ("1 2", "3"), "5.3": ("1 2", ""), "5.4": ("", "1 2 3"),
    "6.1": ("1", "2 3"), "6.2": ("1 2 3 4 5 6 7 8", "9 10 11 12"), "6.3": ("1 2", "3 4"), "6.4": ("1 2", "3 4"),
    "6.5": ("", "1 2 3 4 5"), "6.6": ("", "1 2 3"), "6.8": ("", "1 2 3 4"),
    "7.1": ("", "1 2 3"), "7.2": ("1 2 3 4", ""), "7.3": ("", "1 2"), "7.4": ("1 2", "3 4 5"), "7.5": ("", "1 2"),
    "7.6": ("", "1 2"),
    "8.1": ("1", "2"), "8.2": ("1 2", "3"), "8.3": ("1", ""), "8.4": ("", "1"),
    "9.1": ("1 2 3", ""), "9.2": ("1", "2 3 4"),
    "10.1": ("", "1 2"), "10.2": ("", "1 2"), "10.3": ("", "1 2 3 4"), "10.4": ("1 2 3 4 5", "6 7 8 9 10 11"),
    "10.5": ("", "1 2 3 4 5"), "10.6": ("", "1 2"), "10.7": ("", "1 2 3"),
    "11.1": ("", "1 2"), "11.2": ("", "1 2 3"), "11.3": ("1 2", "3"), "11.4": ("1", "2 3 4"), "11.5": ("", "1"),
    "11.6": ("", "1"),
    "12.1": ("1", "2 3"), "12.2": ("1 2", ""), "12.3": ("", "1 2 3 4"),
    "13.1": ("", "1"), "13.2": ("", "1 2 3 4 5"), "13.3": ("", "1 2"), "13.4": ("1", "2 3 4 5"),
    "14.1": ("", "1 2"), "14.2": ("1", "2 3 4"), "14.3": ("1", "2 3"),
    "15.1": ("1", "2 3"), "15.2": ("1", "2 3"), "15.3": ("1", "2 3 4 5 6 7"),
    "16.1": ("", "1"), "16.2": ("", "1 2 3 4 5"), "16.3": ("", "1 2 3 4"), "16.4": ("", "1 2 3"), "16.5": ("", "1 2 3"),
    "17.1": ("", "1"), "17.2": ("", "1 2 3 4"), "17.3": ("", "1 2"),
}  # fmt: skip
REQUIREMENTS = {
    f"{part}.{number}": level
    for part, levels in LEVELS.items()
    for level, numbers in enumerate(levels, 1)
    for number in numbers.split()
}

# What "not applicable" may stand for, and what would be found in the product's code if the feature were there.
ABSENT = {
    "LDAP": r"\bldap3?\b",
    "XPath": r"\bxpath\b",
    "LaTeX": r"\b(latex|pdflatex|pylatex)\b",
    "rich text": r"contenteditable|\b(tinymce|quill)\b|import (bleach|nh3|markdown)",
    "JNDI": r"\bjndi\b",
    "memcache": r"\b(memcache|pymemcache|pylibmc)\b",
    "native code": r"^ *(import|from) (cffi|cython)|ctypes\.(?!CDLL\(None)\w*memmove",
    "postMessage": r"\b(window|parent|opener|frame)\.postMessage\(",
    "GraphQL": r"\b(graphql|graphene|strawberry|ariadne)\b",
    "WebSockets": r"\b(WebSocketRoute|new WebSocket)\b",
    "one-time codes": r"\b(pyotp|totp|hotp)\b",
    "sign-in by text message": r"sign_in_code|sms_code",
    "outside sign-in": r"\b(saml|openid|oidc|id_token)\b",
    "OAuth": r"\b(authlib|oauthlib|requests_oauthlib|code_verifier)\b",
    "keys from passwords": r"\b(pbkdf2|PBKDF2HMAC|scrypt)\b",
    "client certificates": r"\bssl_ca_certs|verify_client\b",
    "other services of ours": r"\b(grpc|thrift|consul)\b",
    "WebRTC": r"\b(RTCPeerConnection|aiortc|coturn)\b",
    "format strings": r"\.format_map\((request|form|typed)|%\s*\(?(request|form)\b",
}  # fmt: skip


def table() -> list[list[str]]:
    """The rows of requirements: number, level, what it asks in our words, and what shows it."""
    return [cells for cells in rows(TABLE) if re.fullmatch(r"\d+\.\d+\.\d+", cells[0])]


@cache
def names_of_tests(path: str) -> frozenset[str]:
    """The names of the tests in a file of this clone, read without running it."""
    file = ROOT / path
    tree = ast.parse(file.read_text(encoding="utf-8")) if file.is_file() else ast.Module([], [])
    functions = (node for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return frozenset(node.name for node in functions if node.name.startswith("test_"))


@cache
def product() -> str:
    """All that the product is made of, for a look whether something is there."""
    scripts = sorted((PACKAGE / "web" / "static").glob("*.js"))
    templates = sorted((PACKAGE / "web" / "templates").rglob("*.html"))
    files = [*(path for path in python_files(PACKAGE) if "sandbox" not in path.parts), *scripts, *templates]
    pins = "\n".join(re.findall(r'^  "([\w-]+)', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)[:30])
    return pins + "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_the_numbers_are_those_of_the_standard() -> None:
    of_level = [list(REQUIREMENTS.values()).count(level) for level in (1, 2)]

    assert (len(REQUIREMENTS), of_level) == (253, [70, 183])


def test_every_requirement_of_level_1_and_2_has_one_row_and_no_other_has_one() -> None:
    assert [cells[0] for cells in table()] == list(REQUIREMENTS)
    assert {cells[0]: int(cells[1]) for cells in table()} == REQUIREMENTS


def test_no_row_is_empty_and_each_names_a_test_or_what_is_absent() -> None:
    bare = [
        cells[0]
        for cells in table()
        if len(cells) != 4 or len(cells[2]) < 12 or not (names_in(cells[3]) or cells[3].startswith("not applicable:"))
    ]

    assert bare == []


def test_every_test_that_is_named_exists() -> None:
    named = {name for cells in table() for name in names_in(cells[3]) if "::" in name}
    missing = sorted(name for name in named if name.partition("::")[2] not in names_of_tests(name.partition("::")[0]))

    assert len(named) > 80
    assert missing == []


def test_not_applicable_stands_for_what_the_product_does_not_have() -> None:
    claims = {cells[0]: cells[3].removeprefix("not applicable:") for cells in table() if "not applicable" in cells[3]}
    unknown = {number for number, claim in claims.items() if claim.partition(";")[0].strip() not in ABSENT}
    found = {
        feature: hit[0]
        for feature in {claim.partition(";")[0].strip() for claim in claims.values()} & ABSENT.keys()
        if (hit := re.search(ABSENT[feature], product(), re.IGNORECASE | re.MULTILINE))
    }

    assert unknown == set()
    assert found == {}
    assert all(";" in claim and len(claim.partition(";")[2]) > 10 for claim in claims.values())


def test_every_absence_is_looked_for_in_a_way_that_would_find_it() -> None:
    examples = {
        "LDAP": "import ldap3", "XPath": "tree.xpath(q)", "LaTeX": "pdflatex", "rich text": "<div contenteditable>",
        "JNDI": "jndi:", "memcache": "import pymemcache", "native code": "from cffi import FFI",
        "postMessage": "window.postMessage(x)", "GraphQL": "import graphene", "WebSockets": "new WebSocket(u)",
        "one-time codes": "import pyotp", "sign-in by text message": "sms_code",
        "outside sign-in": "saml", "OAuth": "import authlib", "keys from passwords": "PBKDF2HMAC",
        "client certificates": "ssl_ca_certs", "other services of ours": "import grpc", "WebRTC": "aiortc",
        "format strings": "text.format_map(form)",
    }  # fmt: skip

    assert examples.keys() == ABSENT.keys()
    assert [name for name, text in examples.items() if not re.search(ABSENT[name], text, re.IGNORECASE)] == []


# Each number of the page that the code has too; a change of one without the other is found here.
def test_the_limits_of_the_page_are_those_of_the_code() -> None:
    said = {cells[0]: cells[1] for cells in rows(section(PAGE, "## Limits"))}
    code = {
        "body of a form": f"{forms._LARGEST_FORM_BYTES:,} bytes",
        "fields of a form": str(forms._MOST_FIELDS),
        "body of a callback": f"{hooks.LARGEST_BODY_BYTES:,} bytes",
        "file of contacts": f"{uploads.LARGEST_BYTES:,} bytes",
        "any body": f"{limits.LARGEST_BODY_BYTES:,} bytes",
        "address with its query": f"{limits.LONGEST_ADDRESS_BYTES:,} bytes",
        "head of a request": f"{connections.LARGEST_HEAD_BYTES:,} bytes in {connections.HEAD_SECONDS:.0f} seconds",
        "headers": str(connections.MOST_HEADERS),
        "time for a body": f"{limits.BODY_SECONDS:.0f} seconds; a file {limits.UPLOAD_SECONDS:.0f} seconds",
        "open connections of a web process": f"{connections.MOST_CONNECTIONS:,}",
        "passwords tried for one e-mail": f"{auth._TRIES_PER_EMAIL} in 15 minutes",
        "passwords tried from one address": f"{auth._TRIES_PER_ADDRESS} in 15 minutes",
        "refused callbacks from one address": f"{hooks._BAD_PER_WINDOW} in 5 minutes",
        "bookings from one address": f"{brakes._BOOKINGS_PER_ADDRESS} an hour, {brakes._A_DAY_PER_ADDRESS} a day",
        "requests with one API key": "600 a minute, settable",
    }

    assert {name: said.get(name) for name in code} == code


def test_what_the_page_says_of_passwords_and_sessions_is_so() -> None:
    text = section(PAGE, "## Signing in")

    assert auth._WINDOW.total_seconds() == 900
    numbers = (
        *(f"{passwords.SHORTEST} characters", f"{passwords.LONGEST:,}", "6,000 most common"),
        *(f"{people.SESSION_IDLE_DAYS} days", f"{people.SESSION_DAYS} days", f"{people.MOST_SESSIONS} sessions"),
        f"{proof.PROOF_MINUTES} minutes",
    )
    for words in numbers:
        assert words in text, words
    assert [word for word in passwords.KNOWN_WORDS if f"`{word}`" not in text] == []


def test_the_page_has_every_section_that_the_standard_wants_written_down() -> None:
    for heading in (
        "## What is checked of what comes in", "## Limits", "## Files from outside", "## Signing in",
        "## Who may do what", "## Keys and ciphers", "## Whom it talks to", "## What is kept, and how well",
        "## Libraries", "## What is written to the log",
    ):  # fmt: skip
        assert len(section(PAGE, heading)) > 400, heading


def test_the_guide_for_operators_asks_for_today_s_tls_and_closed_files() -> None:
    guide = read("how-to/run-it-for-real.md")

    for words in (
        "ssl_protocols TLSv1.2 TLSv1.3",
        "RINGBACK_PROXIES",
        "-m 700",
        "/metrics",
        "secret-keys",
        "sslmode=verify-full",
    ):
        assert words in guide, words


def test_whoever_finds_a_hole_is_told_where_to_say_so() -> None:
    policy = (ROOT / "SECURITY.md").read_text(encoding="utf-8")

    assert "docs/reference/security.md" in policy
    assert re.search(r"within \w+ days", policy)
