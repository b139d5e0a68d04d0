#!/usr/bin/env bash
# Install Debian packages that are missing, or say how.  usage: tools/debian.sh PACKAGE|NEED:PACKAGE ...
# NEED is a command or a shared library (libx.so.1); its package is skipped when it is there already, whoever installed it.
set -euo pipefail

is_here() {
  case "$1" in
    # Where there is no ldconfig, libraries are found another way, and asking for a Debian package would not help.
    *.so.*) [ ! -x /sbin/ldconfig ] || /sbin/ldconfig -p | grep -F "$1" > /dev/null ;;
    *) command -v "$1" > /dev/null ;;
  esac
}

missing=()
for need in "$@"; do
  case "$need" in
    *:*) is_here "${need%%:*}" || missing+=("${need#*:}") ;;
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
