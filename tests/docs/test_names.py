"""Names that documents borrow from the code are still the code's: files, settings, metrics, SQL functions, hooks."""

import re

from ringback.ports import LineAddress
from ringback.providers.twilio import PROVIDER
from ringback.settings import Settings
from ringback.web.metrics import REGISTRY
from tests.architecture.sources import ROOT, place
from tests.architecture.test_settings import variables
from tests.docs.pages import documents, names_in, read, rows, section

MIGRATIONS = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ringback/store/migrations").glob("*.sql"))


def test_every_file_and_folder_named_in_a_document_exists() -> None:
    gone = [
        f"{place(path)}: {name}"
        for path in documents()
        for name in re.findall(r"`((?:ringback|tests|docs|tools)/[\w./-]*)`", path.read_text(encoding="utf-8"))
        if not (ROOT / name).exists() and not (ROOT / f"{name}.py").exists()
    ]

    assert gone == []


def test_every_variable_named_in_a_document_is_a_setting() -> None:
    known = {name for field, told in Settings.model_fields.items() for name in variables(field, told)}
    unknown = [
        f"{place(path)}: {name}"
        for path in documents()
        for name in re.findall(r"\bRINGBACK_[A-Z_]+\b", path.read_text(encoding="utf-8"))
        if name not in known
    ]

    assert unknown == []


def test_the_metrics_of_the_guide_are_those_that_are_served() -> None:
    told = re.findall(r"^\| `(ringback_\w+)", read("how-to/run-it-for-real.md"), re.MULTILINE)
    # A counter is served under its name with _total, and collected without.
    served = [metric.name for metric in REGISTRY.collect()]

    assert [name.removesuffix("_total") for name in told] == served


def test_the_tables_and_functions_a_document_names_are_in_the_schema() -> None:
    named = {
        "explanation/never-twice.md": names_in(
            section(read("explanation/never-twice.md"), "## Once is made in tables, not in queues")
        ),
        "decisions/0003": names_in(read("decisions/0003-one-sql-function-for-each-hot-step.md")),
        "decisions/0004": names_in(read("decisions/0004-contact-lock-and-claim.md")),
    }
    values = {"sending", "texted_recently", "app.business", "security definer"}
    missing = [
        f"{where}: {name}"
        for where, names in named.items()
        for name in names
        if "/" not in name and name not in values and not re.search(rf"create (table|function) {name}\b", MIGRATIONS)
    ]

    assert missing == []


def test_the_guide_to_twilio_says_of_each_hook_where_it_goes() -> None:
    guide = section(read("how-to/connect-twilio.md"), "## 4. Tell Twilio the addresses")
    told = [names_in(cells[0])[0] for cells in rows(guide) if cells[0].startswith("`")]

    assert told == list(PROVIDER.hook_urls(LineAddress("https://calls.example.com/hooks/key")))
