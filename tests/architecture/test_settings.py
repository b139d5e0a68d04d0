"""The reference lists every setting as the code has it: names, default, meaning."""

from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from ringback.settings import Settings
from tests.architecture.sources import ROOT

REFERENCE = ROOT / "docs" / "reference" / "settings.md"


def row(name: str, field: FieldInfo) -> str:
    """The line of the reference that a field should have."""
    names = ", ".join(f"`{variable}`" for variable in variables(name, field))
    default = "none" if field.default is None else f"`{field.default}`"
    return f"| {names} | {default} | {field.description} |"


def variables(name: str, field: FieldInfo) -> list[str]:
    """The environment variables that set a field, the strongest first."""
    match field.validation_alias:
        case AliasChoices(choices=choices):
            return [str(choice) for choice in choices]
        case None:
            return [f"{Settings.model_config['env_prefix']}{name}".upper()]
        case alias:
            return [str(alias)]


def test_the_reference_has_a_row_for_each_setting_and_no_other() -> None:
    lines = REFERENCE.read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line.startswith("| `")] == [
        row(name, field) for name, field in Settings.model_fields.items()
    ]


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
