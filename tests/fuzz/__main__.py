"""`make fuzz`: every target for its share of RUNS inputs, as many at a time as there are cores; `name: value` lines.

`python -m tests.fuzz TARGET RUNS SEED` runs one of them here.
"""

import importlib
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import atheris

# The share of all runs that each target gets.
SHARES = {"hooks": 0.3, "wording": 0.15, "segments": 0.15, "opt_outs": 0.25, "callers": 0.05, "files": 0.1}
RUNS = int(os.environ.get("RUNS", "5000000"))
_DONE = re.compile(r"Done (\d+) (?:runs|in )")


def fuzz_here(name: str, runs: int, seed: int, folder: Path) -> None:
    """Fuzz one target; atheris ends the process."""
    options = [f"-atheris_runs={runs}", f"-seed={seed}", f"-artifact_prefix={folder}/", "-max_len=2048", "-timeout=60"]
    # Loaded here alone: loading them marks the product's modules for the fuzzer, which makes them slow.
    targets = importlib.import_module("tests.fuzz.targets").TARGETS
    atheris.Setup([sys.argv[0], *options], targets[name])
    atheris.Fuzz()


def fuzz(name: str, runs: int, seed: int, folder: Path) -> tuple[int, int, str]:
    """Fuzz one target in another process; return (runs done, exit code, what it said last)."""
    command = [sys.executable, "-m", "tests.fuzz", name, str(runs), str(seed), str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, errors="replace")
    said = _DONE.findall(done.stderr)
    return int(said[-1]) if said else 0, done.returncode, done.stderr[-3000:]


def main() -> None:
    """Fuzz all targets and print what came of it; ends with 1 after a crash."""
    folder = Path(os.environ.get("FUZZ_FOLDER", "."))
    seed = int(os.environ.get("SEED", "1"))
    total = broken = 0
    with ThreadPoolExecutor(os.cpu_count()) as at_work:
        wanted = [at_work.submit(fuzz, name, max(int(RUNS * share), 1), seed, folder) for name, share in SHARES.items()]
        for name, outcome in zip(SHARES, wanted, strict=True):
            runs, code, said = outcome.result()
            total, broken = total + runs, broken + (code != 0)
            print(f"fuzz_{name}_runs: {runs}\nfuzz_{name}_crashed: {int(code != 0)}", flush=True)
            if code != 0:
                print(said, file=sys.stderr)
    print(f"fuzz_runs: {total}\nfuzz_crashes: {broken}")
    sys.exit(broken > 0)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        fuzz_here(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4] if len(sys.argv) > 4 else "."))
    else:
        main()
