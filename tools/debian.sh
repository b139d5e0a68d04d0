#!/usr/bin/env bash
# Install Debian packages that are missing, or say how.  usage: tools/debian.sh PACKAGE|COMMAND:PACKAGE ...
# COMMAND:PACKAGE is skipped when the command is there already, whoever installed it.
set -euo pipefail

missing=()
for need in "$@"; do
  case "$need" in
    *:*) command -v "${need%%:*}" > /dev/null || missing+=("${need#*:}") ;;
    *) missing+=("$need") ;;
  esac
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get > /dev/null || [ "$(id -u)" != 0 ]; then
  echo "These are missing: ${missing[*]}. On Debian or Ubuntu: sudo apt-get install ${missing[*]}" >&2
  exit 1
fi

echo "Installing Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() { apt-get install --yes --no-install-recommends "${missing[@]}"; }
# A machine that never asked has no lists, and old lists name packages that are gone: only then is the update worth its wait.
{ install || { apt-get update && install; }; } > "$log" 2>&1 < /dev/null || {
  tail -n 20 "$log" >&2
  echo "apt-get could not install ${missing[*]}; its last words are above." >&2
  exit 1
}
