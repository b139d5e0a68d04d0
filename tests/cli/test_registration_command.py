"""`line add`, `line set` and `check` on the registration of a line, with a phone company that can be asked."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from ringback.cli import checking, setting_up
from ringback.domain.business import Registration
from ringback.settings import Settings
from tests.database import Server
from tests.patience import PATIENCE_SECONDS
from tests.sandbox.company import ACCOUNT_SID, AUTH_TOKEN, running_company

HARBOR = Path(__file__).parents[2] / "ringback/cli/samples/harbor-dental.toml"
MAIN, TOLL_FREE, LONDON = "+13125550177", "+18005550177", "+442071838750"


@pytest.fixture
def settings(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Harbor Dental applied to a database of the test's own, with a pretend phone company beside it."""
    database = asyncio.run(server.create())
    monkeypatch.setenv("DATABASE_URL", server.app_url(database))
    monkeypatch.setenv("RINGBACK_OWNER_DATABASE_URL", server.owner_url(database))
    monkeypatch.setenv("RINGBACK_HOME", str(tmp_path))
    monkeypatch.setenv("RINGBACK_PUBLIC_URL", "https://calls.harbor.example")
    monkeypatch.setenv("RINGBACK_SANDBOX_URL", "http://127.0.0.1:9")
    file = tmp_path / "harbor.toml"
    account = f"{{ account_sid = '{ACCOUNT_SID}', auth_token = '{AUTH_TOKEN}' }}"
    file.write_text(HARBOR.read_text().replace('provider = "twilio"', f'provider = "twilio"\nset = {account}'))
    made = Settings()
    setting_up.apply_file(made, file)
    yield made
    asyncio.run(server.drop(database))


def add_line(settings: Settings, number: str, api_url: str, registration: Registration | None = None) -> dict[str, Any]:
    """`ringback line add`."""
    account = {"account_sid": ACCOUNT_SID, "auth_token": AUTH_TOKEN, "api_url": api_url}
    options = {"mode": "front", "label": None, "registration": registration, "rate": None, "settings": account}
    return setting_up.add_line(settings, "harbor-dental", number, "twilio", options)


def found(sentences: list[str], number: str) -> str:
    """Return what is said of a number."""
    return " ".join(sentence for sentence in sentences if number in sentence)


def test_check_asks_the_phone_company_and_tells_warnings_from_problems(settings: Settings) -> None:
    with running_company() as url, httpx2.Client(base_url=f"{url}/sandbox/api", timeout=PATIENCE_SECONDS) as company:
        add_line(settings, MAIN, url)
        add_line(settings, TOLL_FREE, url)
        company.post("/numbers", json={"phone_number": MAIN, "registration": "none"})
        company.post("/numbers", json={"phone_number": TOLL_FREE, "registration": "pending"})
        first = checking.look(settings)
        company.post("/numbers", json={"phone_number": MAIN, "registration": "approved"})
        second = checking.look(settings)

    assert "knows of no registration for this number" in found(first.warnings, MAIN)
    assert "the registration is being looked at" in found(first.problems, TOLL_FREE)
    assert found([*second.warnings, *second.problems], MAIN) == ""
    assert found(second.problems, TOLL_FREE) != ""


def test_lines_that_need_no_registration_say_so_from_the_start_and_a_word_is_taken(settings: Settings) -> None:
    pretend = add_line(settings, MAIN, "http://127.0.0.1:9")
    abroad = add_line(settings, LONDON, "https://api.twilio.com")
    said = add_line(settings, TOLL_FREE, "https://api.twilio.com", Registration.PENDING)
    assert [one["registration"] for one in (pretend, abroad, said)] == ["not_needed", "not_needed", "pending"]

    changed = setting_up.set_line(settings, "harbor-dental", TOLL_FREE, Registration.APPROVED)
    assert changed["registration"] == "approved"
    assert setting_up.list_lines(settings, "harbor-dental")[TOLL_FREE]["registration"] == "approved"
    with pytest.raises(SystemExit):
        setting_up.set_line(settings, "harbor-dental", "+13125550178", Registration.APPROVED)
