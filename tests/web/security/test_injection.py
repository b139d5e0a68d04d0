"""What people type stays what they typed: in pages, addresses, headers, files, mails, texts and the log."""

import ast
import csv
import io
import json
import logging
import re
from uuid import uuid4

import pytest
import structlog

from ringback.cli.logs import set_up_logs
from ringback.domain.wording import UnknownMergeField, render_wording
from ringback.settings import Settings
from ringback.store import contacts
from ringback.store.db import business_transaction
from ringback.web.dashboard.files import csv_file
from ringback.web.pages.signing import safe_path
from ringback.workflows.mail import Mail, enqueue_mail
from tests.architecture.sources import PACKAGE, place, python_files
from tests.cast import NOON
from tests.web.pages_cast import Site
from tests.web.security.served import Served, browser_of

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'`{{7777*7777}}${7777*7777}"
AWAY = ("https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
        "/%0d%0aset-cookie:a=b\r\n", "data:text/html,x", " //evil.example", "/\t/evil.example", "")  # fmt: skip


async def test_words_of_callers_are_shown_as_words(site: Site) -> None:
    olga = await site.olga()
    await site.write(SCRIPT, name=SCRIPT)

    pages = [
        await olga.get("/threads"),
        await olga.get(f"/threads/{await site.thread_of()}"),
        await olga.get("/contacts"),
    ]

    for page in pages:
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text
        assert "&lt;script&gt;" in page.text
        assert str(7777 * 7777) not in page.text


async def test_a_search_for_markup_is_shown_as_words(site: Site) -> None:
    olga = await site.olga()

    page = await olga.get("/threads", params={"q": SCRIPT})

    assert "<script>alert" not in page.text


@pytest.mark.parametrize("text", AWAY)
def test_nobody_is_led_away_after_signing_in(text: str) -> None:
    assert safe_path(text) == "/"


async def test_no_header_is_made_by_what_is_typed(served: Served) -> None:
    async with browser_of(served) as stranger:
        answer = await stranger.get("/threads?x=%0d%0aset-cookie:%20a=b")
        shown = await stranger.get("/sign-in?next=/calls%0d%0aset-cookie:%20a=b")

    assert "set-cookie" not in answer.headers
    assert "set-cookie" not in shown.headers
    assert "\r" not in answer.headers["location"]


async def test_no_file_is_reached_by_climbing(served: Served) -> None:
    climbs = ("/static/../auth.py", "/static/%2e%2e/auth.py", "/static/..%2fauth.py", "/static/%252e%252e/auth.py",
              "/static//etc/passwd", "/static/ringback.css%00.html", "/.git/config", "/static/", "/static/vendor",
              "/sw.js/../auth.py", "/book/../.env")  # fmt: skip
    for climb in climbs:
        answer = await served.raw(f"GET {climb} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        assert answer.split(b" ", 2)[1] in (b"400", b"404", b"405"), climb
        assert b"import" not in answer, climb


def test_a_cell_that_would_be_a_formula_is_text_in_every_spreadsheet() -> None:
    plain = ["a,b", 'say "hi"', "two\nlines", "plain"]
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")', *plain]

    answer = csv_file("x.csv", [nasty])
    [read] = csv.reader(io.StringIO(bytes(answer.body).decode("utf-8-sig"), newline=""))

    assert [cell for cell in read if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []
    assert read[-4:] == plain


def test_every_spreadsheet_is_written_where_cells_are_made_harmless() -> None:
    writers = {place(path) for path in python_files(PACKAGE) if "csv.writer(" in path.read_text("utf-8")}
    harmless = {
        name for name in writers if re.search(r"harmless|_FORMULA|formula", (PACKAGE.parent / name).read_text("utf-8"))
    }

    assert writers
    assert writers == harmless


def test_a_wording_fills_in_known_names_and_is_no_template() -> None:
    for attempt in ("{business.__class__}", "{0}", "{{7*7}}", "{business!r:>9999999}", "%(business)s", "${business}"):
        try:
            said = render_wording(attempt, {"business": "Harbor Dental"})
        except UnknownMergeField:
            continue
        assert "49" not in said
        assert len(said) < len(attempt) + len("Harbor Dental")


async def test_a_mail_has_one_address_and_one_subject_line(site: Site) -> None:
    for to, subject in (("a@b.example\r\nBcc: c@d.example", "x"), ("a@b.example", "x\nBcc: c@d.example")):
        async with site.context.pool.acquire() as connection, connection.transaction():
            with pytest.raises(ValueError, match="one line"):
                await enqueue_mail(connection, site.context.sealer, Mail(to, subject, "text"), NOON)


def test_a_line_of_the_log_stays_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    before = structlog.get_config()
    try:
        set_up_logs(Settings(log_level="info"))
        structlog.get_logger().warning("told", words='x\n{"event": "forged"}\r\x1b[31m\u2028')
        [line] = capsys.readouterr().err.splitlines()
    finally:
        structlog.configure(**before)

    read = json.loads(line)
    assert (read["event"], read["level"]) == ("told", "warning")
    assert read["timestamp"].endswith("Z")
    assert "\x1b" not in line
    assert logging.getLogger("ringback").level >= 0


async def test_sql_is_given_values_and_never_made_of_them(site: Site) -> None:
    async with business_transaction(site.context.pool, site.shops.harbor.business_id) as connection:
        contact_id = await contacts.find_or_create_contact(
            connection, site.shops.harbor.business_id, "+13125550142", NOON
        )
        nasty = "x'; drop table contacts; --"
        await contacts.save_contact(connection, site.shops.harbor.business_id, contact_id, nasty, None)
        assert await connection.fetchval("select name from contacts") == nasty
    olga = await site.olga()
    assert (await olga.get("/threads", params={"q": "%' or 1=1 --"})).status_code == 200


def test_no_statement_is_built_from_an_argument() -> None:
    found = []
    for path in python_files(PACKAGE / "store"):
        tree = ast.parse(path.read_text("utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, (ast.AsyncFunctionDef, ast.FunctionDef))):
            arguments = {argument.arg for argument in function.args.args if _is_text(argument)}
            for text in (node for node in ast.walk(function) if isinstance(node, ast.JoinedStr)):
                words = "".join(str(part.value) for part in text.values if isinstance(part, ast.Constant)).lower()
                names = {name.id for name in ast.walk(text) if isinstance(name, ast.Name)}
                if re.search(r"\b(select|insert|update|delete) ", words) and names & arguments:
                    found.append(f"{place(path)}:{function.name}")

    assert set(found) == KNOWN_BUILDERS.keys()


KNOWN_BUILDERS = {
    "ringback/store/timeline.py:_arm": "called with constants when the module is read",
    "ringback/store/jobs.py:_grants": "the name of the application's role, from the migration",
}


def _is_text(argument: ast.arg) -> bool:
    return isinstance(argument.annotation, ast.Name) and argument.annotation.id == "str"


async def test_an_id_that_is_none_leads_nowhere(site: Site) -> None:
    olga = await site.olga()
    for word in ("1", "1 or 1=1", "../x", "%00", "null", str(uuid4())):
        assert (await olga.get(f"/threads/{word}")).status_code in (400, 404), word
