"""`ringback ledger`: whether the consent ledger is whole, and what it says of one contact."""

import asyncio
import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ringback.cli.commands import app
from ringback.store import contacts
from ringback.store.contacts import OptOut
from ringback.store.db import business_transaction, open_pool
from tests.cast import CARLA, NOON, harbor, open_shop
from tests.database import Server

BUSINESS = ("--business", "harbor-dental")


@pytest.fixture
def run(server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[CliRunner]:
    """A database in which Carla has opted out with a formula, and commands that work on it."""
    database = asyncio.run(server.create())
    asyncio.run(_opt_out(server.app_url(database)))
    monkeypatch.setenv("DATABASE_URL", server.app_url(database))
    monkeypatch.setenv("RINGBACK_HOME", str(tmp_path))
    yield CliRunner()
    asyncio.run(server.drop(database))


async def _opt_out(url: str) -> None:
    pool = await open_pool(url, size=1)
    business = await open_shop(pool, harbor())
    async with business_transaction(pool, business.business_id) as connection:
        carla = await contacts.find_or_create_contact(connection, business.business_id, CARLA, NOON)
        said = OptOut(business.lines[0].line_id, "words", NOON, "=1+1 stop \U0001f6d1")
        await contacts.save_opt_out(connection, business.business_id, carla, said, NOON)
    await pool.close()


def test_a_whole_ledger_is_told_with_its_end_and_one_that_was_cut_off_ends_with_an_error(run: CliRunner) -> None:
    whole = run.invoke(app, ["ledger", "verify", *BUSINESS, "--json"])
    end = json.loads(whole.stdout)["end"]
    same = run.invoke(app, ["ledger", "verify", *BUSINESS, "--noted", end])
    cut = run.invoke(app, ["ledger", "verify", *BUSINESS, "--noted", "7:abc", "--json"])

    assert (whole.exit_code, json.loads(whole.stdout)["whole"], end.partition(":")[0]) == (0, True, "1")
    assert same.exit_code == 0
    assert (cut.exit_code, json.loads(cut.stdout)["breaks"][0]["how"]) == (1, "missing_end")
    assert run.invoke(app, ["ledger", "verify", *BUSINESS, "--noted", "abc"]).exit_code == 2


def test_the_record_of_a_contact_is_written_as_a_spreadsheet_and_as_a_pdf(run: CliRunner, tmp_path: Path) -> None:
    command = ["ledger", "export", *BUSINESS, "--contact", "(312) 555-0142", "--to"]
    table, document = tmp_path / "carla.csv", tmp_path / "carla.pdf"
    made = [run.invoke(app, [*command, str(file)]) for file in (table, document)]
    heads, line = csv.reader(table.read_text(encoding="utf-8-sig").splitlines())

    assert [done.exit_code for done in made] == [0, 0]
    assert line[heads.index("Word for word")] == "'=1+1 stop \U0001f6d1"
    assert document.read_bytes().startswith(b"%PDF")


def test_what_cannot_be_exported_is_said(run: CliRunner, tmp_path: Path) -> None:
    command = ["ledger", "export", *BUSINESS, "--to"]
    nobody = run.invoke(app, [*command, str(tmp_path / "a.csv"), "--contact", "+13125550177"])

    assert nobody.exit_code == 1
    assert "has no contact with the number" in nobody.output
    assert run.invoke(app, [*command, str(tmp_path / "a.doc"), "--contact", CARLA]).exit_code == 2
