"""The page on the command line and the program agree, and every command in a document can be typed."""

import re
from collections.abc import Iterator

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from ringback.cli.commands import app
from ringback.providers.twilio.connection import FIELDS
from tests.docs.pages import commands, names_in, read, rows, section

PAGE = read("reference/cli.md")


def program() -> dict[str, TyperCommand]:
    """Every command by the words that run it."""
    return dict(_leaves(get_command(app), ()))


def _leaves(command: object, words: tuple[str, ...]) -> Iterator[tuple[str, TyperCommand]]:
    if isinstance(command, TyperGroup):
        for name, inner in command.commands.items():
            yield from _leaves(inner, (*words, name))
    elif isinstance(command, TyperCommand):
        yield " ".join(words), command


def options(command: TyperCommand) -> dict[str, TyperOption]:
    """The options of a command, without --help."""
    return {name: p for p in command.params if isinstance(p, TyperOption) for name in p.opts if name != "--help"}


def arguments(command: TyperCommand) -> list[str]:
    """The arguments of a command as its page writes them."""
    return [str(p.name).upper() for p in command.params if isinstance(p, TyperArgument)]


def headings() -> list[str]:
    return re.findall(r"^### `ringback (.+)`$", PAGE, re.MULTILINE)


def test_every_command_has_its_heading_with_its_arguments_and_no_other_has_one() -> None:
    assert sorted(headings()) == sorted(" ".join([words, *arguments(command)]) for words, command in program().items())


def test_every_option_stands_in_its_commands_table_with_its_default() -> None:
    wrong = []
    for words, command in program().items():
        below = section(PAGE, f"### `ringback {' '.join([words, *arguments(command)])}`")
        told = {names_in(cells[0])[0]: cells[1] for cells in rows(below) if cells[0].startswith("`--")}
        known = options(command)
        wrong += [f"{words}: {name} is on one side only" for name in told.keys() ^ known.keys()]
        wrong += [
            f"{words} {name}: {told[name]}" for name in told.keys() & known.keys() if not _fits(told, known, name)
        ]

    assert wrong == []


def _fits(told: dict[str, str], known: dict[str, TyperOption], name: str) -> bool:
    option = known[name]
    if option.required:
        return told[name] == "needed"
    if option.default is None or option.default is False:
        # What happens without the option is then up to the command; the page may say it in words.
        return told[name] != "needed"
    return told[name] == f"`{option.default}`"


def test_every_setting_of_twilio_stands_in_its_table() -> None:
    below = section(PAGE, "### `ringback line add`")
    table = below.partition("The settings of Twilio:")[2]
    told = {name: cells[1] for cells in rows(table) if cells[0].startswith("`") for name in names_in(cells[0])}

    assert told == {field.name: "yes" if field.default is None else "" for field in FIELDS}


def test_every_command_in_a_document_exists_and_takes_its_options() -> None:
    wrong = []
    known = program()
    for where, words in commands("ringback"):
        name = next((" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in known), None)
        if name is None:
            wrong.append(f"{where}: ringback {' '.join(words)} is no command")
            continue
        given = [word.partition("=")[0] for word in words if word.startswith("--")]
        takes = {*options(known[name]), "--help"}
        wrong += [f"{where}: ringback {name} does not take {option}" for option in given if option not in takes]

    assert wrong == []


def test_every_command_in_a_document_gives_the_options_that_are_needed() -> None:
    known = program()
    wrong = []
    for where, words in commands("ringback"):
        name = next((" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in known), "")
        if name not in known or "--help" in words:
            continue
        needed = {option for option, parameter in options(known[name]).items() if parameter.required}
        wrong += [f"{where}: ringback {name} needs {option}" for option in sorted(needed - set(words))]

    assert wrong == []


def test_the_documents_are_read_at_all() -> None:
    used = {" ".join(words[:2]) for _, words in commands("ringback")}

    assert {"serve", "migrate", "line add"} <= used
