#!/usr/bin/env bash
# Make .venv hold exactly what one lock names, with Ringback itself on top.  usage: tools/setup.sh runtime|dev
set -euo pipefail
cd "$(dirname "$0")/.."

case "${1:-}" in
  runtime) lock=requirements.lock ;;
  dev) lock=requirements-dev.lock ;;
  *) echo "usage: tools/setup.sh runtime|dev" >&2; exit 2 ;;
esac

# The folder is part of the key: a virtual environment that was copied or moved still runs the old place's code.
key=$({ pwd; cat "$lock" pyproject.toml tools/setup.sh; } | sha256sum | cut -d' ' -f1)
python=.venv/bin/python
is_done() { [ "$(cat ".venv/.ringback-$1" 2>/dev/null)" = "$key" ] && "$python" -c '' 2>/dev/null; }

is_done "$1" && exit 0

stop() { echo "$*" >&2; exit 1; }

find_python() {
  local candidate
  for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  stop "Ringback needs Python 3.11 or newer, and found none. Install it, or name one: make setup PYTHON=/path/to/python3.11"
}

make_environment() {
  local found
  found=$(find_python)
  # Debian splits the part of venv that brings pip into a package of its own.
  "$found" -c 'import ensurepip' 2>/dev/null || tools/debian.sh python3-venv
  "$found" -m venv --clear .venv || stop "$found could not make a virtual environment. On Debian: apt-get install python3-venv"
}

[ "$(cat .venv/.ringback-place 2>/dev/null)" = "$PWD" ] && "$python" -c 'import pip' 2>/dev/null || make_environment
echo "$PWD" > .venv/.ringback-place

pip() { "$python" -m pip --disable-pip-version-check --no-input --quiet --quiet "$@"; }

# A lock is whole, so there is nothing to resolve (--no-deps). Wheels only: a source build would fetch unhashed build tools.
exactly=(--no-deps --require-hashes --only-binary :all: --requirement)

# uv halves the wait but does not read pip's configuration: where packages come from a mirror named there, pip does it all.
install_with_uv() {
  pip install "${exactly[@]}" <(awk '/^[^ ]/ { of_uv = /^uv==/ } of_uv' "$lock") &&
    .venv/bin/uv pip install --quiet --python "$python" --compile-bytecode "${exactly[@]}" "$lock" 2> .venv/uv.log
}

echo "Installing $(grep -c '==' "$lock") packages from $lock into .venv (once)."
install_with_uv || pip install "${exactly[@]}" "$lock"
pip install --no-deps --no-build-isolation --editable .
pip check

echo "$key" > ".venv/.ringback-$1"
