"""What the code itself shows: no text is run, only known ciphers are used, and no secret lies in the clone."""

import ast
import re
import ssl
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ringback.web import connections
from ringback.web.app import create_app
from tests.architecture.sources import PACKAGE, ROOT, clone_files, place, python_files

STATIC = PACKAGE / "web" / "static"
# The pretend phone company is a program of its own for trying things out; it holds nobody's data.
PRODUCT = [path for path in python_files(PACKAGE) if not path.is_relative_to(PACKAGE / "sandbox")]


@cache
def _nodes(path: Path) -> tuple[ast.AST, ...]:
    """The calls and imports of a file, read once for all tests."""
    tree = ast.parse(path.read_text("utf-8"))
    return tuple(node for node in ast.walk(tree) if isinstance(node, (ast.Call, ast.Import, ast.ImportFrom)))


def _calls(paths: list[Path]) -> Iterator[tuple[Path, str, ast.Call]]:
    for path in paths:
        for node in _nodes(path):
            if isinstance(node, ast.Call):
                yield path, _name(node.func), node


def _name(function: ast.expr) -> str:
    """What is called, as a name with dots; what is no name (a call of a call) by its last part alone."""
    match function:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_name(value)}.{name}"
        case _:
            return ""


def _imports(paths: list[Path]) -> Iterator[tuple[str, str]]:
    for path in paths:
        for node in _nodes(path):
            if isinstance(node, ast.Import):
                yield from ((place(path), alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield from ((place(path), f"{node.module}.{alias.name}") for alias in node.names)


def test_no_text_is_run_as_code() -> None:
    forbidden = {"eval", "exec", "compile", "os.system", "os.popen", "__import__"}

    assert [f"{place(path)}: {name}" for path, name, _ in _calls(python_files(PACKAGE)) if name in forbidden] == []


def test_no_object_is_made_of_bytes_from_outside() -> None:
    forbidden = re.compile(r"^(pickle|marshal|shelve|dill|yaml|jsonpickle)\b")

    assert [found for found in _imports(python_files(PACKAGE)) if forbidden.match(found[1])] == []


def test_no_command_goes_through_a_shell() -> None:
    shelled = [
        place(path)
        for path, name, call in _calls(python_files(PACKAGE))
        if name.startswith(("subprocess.", "asyncio.create_subprocess"))
        and (name.endswith("_shell") or any(word.arg == "shell" for word in call.keywords))
    ]
    # Processes are started by the command line and the embedded database, never for a request.
    places = {place(path).split("/")[1] for path, name, _ in _calls(PRODUCT) if name.startswith("subprocess.")}

    assert shelled == []
    assert places <= {"cli", "store"}


def test_nothing_in_the_product_reads_xml() -> None:
    parsers = re.compile(r"^(xml\.(etree|dom|sax|parsers)|lxml|defusedxml|xmltodict|bs4)")
    readers = {"fromstring", "parse", "iterparse", "XML"}
    importers = {where for where, name in _imports(PRODUCT) if parsers.match(name)}
    read = {
        place(path)
        for path, name, _ in _calls(PRODUCT)
        if place(path) in importers and name.rpartition(".")[2] in readers
    }

    assert read == set()


def test_a_pattern_is_never_made_of_what_somebody_typed() -> None:
    # The rules build their patterns from constants when they are read; here something typed could get into one.
    outer = [path for path in PRODUCT if place(path).split("/")[1] in ("web", "workflows", "store", "providers", "cli")]
    built = [
        (path, call, call.args[0])
        for path, name, call in _calls(outer)
        if name.startswith("re.") and name != "re.escape" and call.args
    ]
    loose = [
        f"{place(path)}:{call.lineno} {ast.unparse(part.value)}"
        for path, call, pattern in built
        if isinstance(pattern, ast.JoinedStr)
        for part in pattern.values
        if isinstance(part, ast.FormattedValue) and not _is_safe(part.value)
    ]

    assert built
    assert loose == []


def _is_safe(value: ast.expr) -> bool:
    """A constant of the module, something escaped, or words joined that were escaped one by one."""
    text = ast.unparse(value)
    return text.strip("_").isupper() or "re.escape(" in text or "_alternatives(" in text or "|" in text


def test_only_hashes_of_today_are_used_but_where_twilio_signs_with_an_older_one() -> None:
    old = re.compile(r"\b(md5|sha1|MD5|SHA1|ripemd\w*)\b(?!_)")
    users = {place(path) for path in PRODUCT if old.search(re.sub(r"#.*|\"\"\".*?\"\"\"", "", path.read_text("utf-8")))}

    # HMAC-SHA1 is what Twilio signs with by default; an HMAC does not lean on collisions. Jobs are indexed by md5.
    assert users <= {"ringback/providers/twilio/signature.py", "ringback/store/jobs.py"}


def test_ciphers_come_from_one_library_and_each_is_authenticated() -> None:
    used = {name for _, name in _imports(PRODUCT) if name.startswith(("cryptography", "Crypto", "nacl"))}
    ciphers = {name for name in used if ".ciphers" in name or "Fernet" in name}

    assert ciphers == {"cryptography.hazmat.primitives.ciphers.aead.AESGCM"}
    assert not any("modes" in name or "padding" in name for name in used)


def test_what_nobody_may_guess_is_drawn_from_secrets_and_never_from_random() -> None:
    drawn = {where for where, name in _imports(PRODUCT) if name == "random" or name.startswith("random.")}
    guessed = [where for where in drawn if re.search(r"/(web|store|wiring)/", where)]

    assert guessed == []
    assert {name for _, name, _ in _calls(PRODUCT) if name == "secrets.token_urlsafe"}


def test_tls_is_checked_and_of_today_wherever_we_call_somebody() -> None:
    loose = re.compile(r"verify *= *False|check_hostname *= *False|CERT_NONE|_create_unverified_context|TLSv1_1|SSLv3")

    assert [place(path) for path in python_files(PACKAGE) if loose.search(path.read_text("utf-8"))] == []
    context = ssl.create_default_context()
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


def test_the_web_process_says_nothing_of_itself_and_speaks_no_websocket() -> None:
    options = connections.connection_options()
    app = create_app(None)  # type: ignore[arg-type]

    assert options["server_header"] is False
    assert options["ws"] == "none"
    assert (app.debug, app.docs_url, app.redoc_url) == (False, None, None)
    assert not [route for route in app.routes if type(route).__name__ in ("WebSocketRoute", "APIWebSocketRoute")]


def test_only_files_that_browsers_need_are_served() -> None:
    endings = {path.suffix for path in STATIC.rglob("*") if path.is_file() and "LICENSE" not in path.name}

    assert endings <= {".css", ".js", ".svg", ".png", ".ico", ".woff2", ".txt", ".md", ""}
    assert not list(STATIC.rglob("*.map"))
    assert not [path for path in STATIC.rglob("*") if path.name.startswith(".")]


def test_scripts_of_ours_mix_no_foreign_object_into_their_own() -> None:
    loose = re.compile(r"__proto__|Object\.assign\(|\.prototype\b|for \((?:const|let|var) \w+ in ")
    scripts = sorted(STATIC.glob("*.js"))

    assert [f"{path.name}: {hit[0]}" for path in scripts for hit in loose.finditer(path.read_text("utf-8"))] == []


def test_no_secret_lies_in_the_clone() -> None:
    secret = re.compile(
        r"-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----\s+[\w+/=]{40}|\bAKIA[0-9A-Z]{16}\b|"
        r"\bgh[pousr]_[A-Za-z0-9]{36}\b|\bxox[baprs]-[A-Za-z0-9-]{20,}|\bSG\.[\w-]{22}\.[\w-]{43}|"
        r"\bsk_live_\w{20,}|\bAIza[\w-]{35}\b|\brb_[\w-]{43}\b"
    )
    found = [
        f"{place(path)}: {hit[0][:12]}"
        for path in clone_files()
        if path.suffix in {".py", ".md", ".toml", ".json", ".html", ".js", ".sh", ".sql", ".env", ".yml", ".txt", ""}
        for hit in secret.finditer(path.read_text("utf-8", "ignore"))
    ]

    assert found == []
    assert not [place(path) for path in clone_files() if path.name == ".env" or path.suffix in {".pem", ".key", ".p12"}]
    assert ".env" in (ROOT / ".gitignore").read_text("utf-8")


def test_what_is_released_holds_no_tests_and_no_tools() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")

    assert 'packages = ["ringback"]' in project
    assert not [
        where for where, name in _imports(python_files(PACKAGE)) if name.startswith(("tests", "tools", "pytest"))
    ]


def test_templates_escape_by_themselves_and_nothing_is_marked_safe() -> None:
    loose = re.compile(r"[\w\])]\s*\|\s*safe\b|autoescape false|\{%-? *autoescape")
    templates = sorted((PACKAGE / "web" / "templates").rglob("*.html"))

    assert [path.name for path in templates if loose.search(path.read_text("utf-8"))] == []
    assert "autoescape=True" in (PACKAGE / "web" / "pages" / "rendering.py").read_text("utf-8")
    assert [place(path) for path, name, _ in _calls(PRODUCT) if name.rpartition(".")[2] == "Markup"] == []
    assert [place(path) for path, name, _ in _calls(PRODUCT) if name.rpartition(".")[2] == "from_string"] == []
