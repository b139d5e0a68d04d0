"""The command line as a person uses it: what it prints, and the sentence when something is wrong."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.database import Server

HARBOR = Path(__file__).parents[2] / "ringback/cli/samples/harbor-dental.toml"
CONNECTION = ("--set", "account_sid=AC" + "1" * 32, "--set", "auth_token=secret-token")

Ringback = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def ringback(server: Server, tmp_path: Path) -> Iterator[Ringback]:
    """Runs `ringback …` on a database of the test's own."""
    database = asyncio.run(server.create())
    environment = {
        **os.environ,
        "DATABASE_URL": server.app_url(database),
        "RINGBACK_OWNER_DATABASE_URL": server.owner_url(database),
        "RINGBACK_HOME": str(tmp_path),
        "RINGBACK_PUBLIC_URL": "https://calls.harbor.example",
    }

    def run(*arguments: str, typed: str = "", **changes: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ringback.cli", *arguments]
        settings = {**environment, **changes}
        return subprocess.run(command, env=settings, input=typed, capture_output=True, text=True, check=False)

    yield run
    asyncio.run(server.drop(database))


@pytest.fixture
def harbor(ringback: Ringback, tmp_path: Path) -> Path:
    """Harbor Dental, applied; returns its file."""
    file = tmp_path / "harbor.toml"
    settings = "{ account_sid = 'AC" + "1" * 32 + "', auth_token = 'secret-token' }"
    file.write_text(HARBOR.read_text().replace('provider = "twilio"', f'provider = "twilio"\nset = {settings}'))
    done = ringback("apply", str(file))
    assert done.returncode == 0, done.stderr
    return file


def test_applying_a_file_prints_the_addresses_to_enter_at_the_phone_company(ringback: Ringback, harbor: Path) -> None:
    done = ringback("apply", str(harbor), "--json")
    [line] = json.loads(done.stdout)["lines"].values()
    assert set(line["hooks"]) == {"voice", "call_status", "message", "message_status"}
    assert all(url.startswith("https://calls.harbor.example/hooks/") for url in line["hooks"].values())
    assert all(url.endswith("#rc=3&rp=all") for url in line["hooks"].values())


def test_applying_an_export_changes_nothing_and_an_export_holds_no_secret(
    ringback: Ringback, harbor: Path, tmp_path: Path
) -> None:
    first = ringback("export", "--business", "harbor-dental")
    assert "secret-token" not in first.stdout
    again = tmp_path / "export.toml"
    again.write_text(first.stdout)
    assert ringback("apply", str(again)).returncode == 0
    assert ringback("export", "--business", "harbor-dental").stdout == first.stdout


def test_a_broken_file_is_refused_with_every_problem_at_once(ringback: Ringback, harbor: Path, tmp_path: Path) -> None:
    before = ringback("export", "--business", "harbor-dental").stdout
    broken = tmp_path / "broken.toml"
    broken.write_text(
        harbor.read_text().replace("America/", "Amerika/").replace('mode = "overflow"', 'mode = "sideways"')
    )
    done = ringback("apply", str(broken))
    assert done.returncode == 1
    assert done.stderr.count("\n- ") == 2
    assert "Amerika" in done.stderr
    assert "sideways" in done.stderr
    assert ringback("export", "--business", "harbor-dental").stdout == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"this is [not toml", "is not valid TOML"), (b"\xff\xfe", "is not UTF-8 text"), (None, "cannot be read")],
)
def test_a_file_that_is_no_file_of_ours_earns_a_sentence(
    ringback: Ringback, tmp_path: Path, content: bytes | None, words: str
) -> None:
    file = tmp_path / "what.toml"
    if content is not None:
        file.write_bytes(content)
    done = ringback("apply", str(file))
    assert (done.returncode, words in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--number", "12", "--provider", "twilio", *CONNECTION), "is not a phone number"),
        (("--number", "+13125550177", "--provider", "carrier-pigeon", *CONNECTION), "There is no provider"),
        (("--number", "+13125550177", "--provider", "twilio", "--set", "account_sid=AC1"), "auth_token"),
        (("--number", "+13125550177", "--provider", "twilio", "--set", "nonsense"), "is not NAME=VALUE"),
    ],
)
def test_a_line_that_would_not_work_is_refused(
    ringback: Ringback, harbor: Path, arguments: tuple[str, ...], words: str
) -> None:
    done = ringback("line", "add", "--business", "harbor-dental", "--mode", "front", *arguments)
    assert done.returncode != 0
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_line_is_added_and_changed_and_keeps_its_addresses(ringback: Ringback, harbor: Path) -> None:
    add = ("line", "add", "--business", "harbor-dental", "--number", "(312) 555-0177", "--provider", "twilio", "--json")
    first = json.loads(ringback(*add, "--mode", "front", "--label", "Van", *CONNECTION).stdout)
    assert (first["number"], first["label"], first["mode"]) == ("+13125550177", "Van", "front")
    second = json.loads(ringback(*add, "--mode", "watch", "--registration", "pending", *CONNECTION).stdout)
    assert (second["mode"], second["registration"], second["label"]) == ("watch", "pending", "Van")
    assert second["hooks"] == first["hooks"]
    assert "secret-token" not in str(ringback("line", "list", "--business", "harbor-dental", "--json").stdout)


def test_an_unknown_business_is_named_with_those_that_exist(ringback: Ringback, harbor: Path) -> None:
    done = ringback("export", "--business", "rex-dental")
    assert done.returncode == 1
    assert "harbor-dental" in done.stderr


def test_a_database_that_does_not_answer_earns_a_sentence(ringback: Ringback) -> None:
    done = ringback("apply", str(HARBOR), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_says_what_is_wrong_in_sentences(ringback: Ringback, harbor: Path) -> None:
    done = ringback("check", "--json", RINGBACK_PUBLIC_URL="http://localhost:8400")
    problems = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert any("https" in problem for problem in problems)
    assert any("No worker is running" in problem for problem in problems)


def test_wrong_settings_are_named(ringback: Ringback) -> None:
    done = ringback("check", RINGBACK_PORT="the front door")
    assert done.returncode == 1
    assert "port" in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_keys_and_passwords_are_shown_once_and_differ(ringback: Ringback, harbor: Path) -> None:
    keys = {ringback("api-key", "create", "--business", "harbor-dental").stdout.strip() for _ in range(2)}
    assert len(keys) == 2
    assert all(key.startswith("rb_") for key in keys)
    olga = json.loads(ringback("owner", "add", "--business", "harbor-dental", "olga@harbor.example", "--json").stdout)
    assert len(olga["password"]) >= 16


def test_parked_jobs_are_listed_and_an_unknown_one_is_not_found(ringback: Ringback, harbor: Path) -> None:
    assert json.loads(ringback("jobs", "list", "--json").stdout) == {"parked": {}}
    assert "There is no parked job 7" in ringback("jobs", "retry", "7").stderr


def test_a_second_serve_on_the_same_data_is_refused_with_a_sentence(tmp_path: Path) -> None:
    environment = {**os.environ, "RINGBACK_HOME": str(tmp_path / "home"), "RINGBACK_PORT": "1"}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "ringback.cli", "serve"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as first:
        assert first.stderr is not None
        assert "Ringback runs at" in first.stderr.readline()
        second = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
        first.terminate()
        first.communicate(timeout=60)
    assert second.returncode == 1
    assert str(first.pid) in second.stderr
    assert "Traceback" not in second.stderr


# Monday, 23 November 2026, 10:00 in Boston.
MONDAY = "2026-11-23T15:00:00Z"
BOOKING = "I need a cleaning\ntomorrow at 9\nCarla Ruiz\nDelta\nyes\n"


def test_a_script_can_talk_with_the_receptionist_and_hear_its_reasons(ringback: Ringback, harbor: Path) -> None:
    typed = "Where can I park?\n/why\n\n/what\n/quit\nnever read\n"
    done = ringback("chat", "--business", "harbor-dental", typed=typed, RINGBACK_CLOCK=MONDAY)
    assert done.returncode == 0, done.stderr
    assert "You text with the receptionist of Harbor Dental, where it is Monday 10:00." in done.stdout
    assert "you> Where can I park?\nharbor-dental> Behind the building, free for patients" in done.stdout
    assert "(Where can I park?)" in done.stdout
    assert "/why explains the last answer" in done.stderr
    assert "never read" not in done.stdout


def test_a_chat_in_json_has_one_line_for_each_text(ringback: Ringback, harbor: Path) -> None:
    done = ringback("chat", "--business", "harbor-dental", "--json", typed="Where can I park?\nSTOP\nhello\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["heard"] for answer in answers] == ["Where can I park?", "STOP", "hello"]
    assert answers[0]["replies"][0].startswith("Behind the building")
    assert "Where can I park?" in [why["fact"] for why in answers[0]["why"]]
    assert [answer["quiet"] for answer in answers] == [False, False, True]


def test_a_booking_made_in_a_chat_is_gone_with_it(ringback: Ringback, harbor: Path) -> None:
    chat = ("chat", "--business", "harbor-dental", "--json")
    first, second = (ringback(*chat, typed=BOOKING, RINGBACK_CLOCK=MONDAY).stdout for _ in range(2))
    last = json.loads(first.splitlines()[-1])["replies"][0]
    assert "booked" in last.lower()
    assert "Tue Nov 24, 9 AM" in last
    # Had the first one stayed, nine o'clock would be taken.
    assert json.loads(second.splitlines()[-1])["replies"][0] == last


def test_a_chat_speaks_the_language_it_is_given(ringback: Ringback, harbor: Path) -> None:
    chat = ("chat", "--business", "harbor-dental", "--language", "es", "--json")
    [answer] = ringback(*chat, typed="parking?\n").stdout.splitlines()
    assert json.loads(answer)["replies"][0].startswith("El patio del edificio es gratis")


def test_a_chat_with_nobody_earns_a_sentence(ringback: Ringback, harbor: Path) -> None:
    done = ringback("chat", "--business", "rex-dental", typed="hello\n")
    assert (done.returncode, "There is no business “rex-dental”" in done.stderr) == (1, True)
    done = ringback("chat", "--business", "harbor-dental", "--from", "12", typed="hello\n")
    assert (done.returncode, "is not a phone number" in done.stderr) == (1, True)


def test_a_demo_of_an_unknown_sample_names_those_there_are(ringback: Ringback) -> None:
    done = ringback("demo", "--sample", "rex-dental")
    assert done.returncode == 2
    assert "peak-hvac, harbor-dental, ridgeline-plumbing" in done.stderr
