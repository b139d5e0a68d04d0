"""docs/reference/law.md lists every rule as the files have it."""

from pathlib import Path

from tests.domain.law.law_tables import disclosure_table, recording_table, texting_table

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "law.md").read_text(encoding="utf-8")


def test_the_page_has_every_rule_and_none_besides() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| `") and "@" in line]
    assert rows == [*texting_table(), *disclosure_table(), *recording_table()]
