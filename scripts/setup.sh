#!/usr/bin/env bash
# Installs once what building (`demo`), testing (`test`) or measuring (`bench`) needs beyond Rust and Node. What is there is left alone.
set -euo pipefail
cd "$(dirname "$0")/.."
for_what=${1:-test}

missing=()
have() { command -v "$1" >/dev/null 2>&1; }
need() { have "$1" || missing+=("$2"); }

have cargo || { echo "Rust is not installed: see https://rustup.rs, then run this again" >&2; exit 1; }
have npm || { echo "Node 20 or newer with npm is not installed: see https://nodejs.org, then run this again" >&2; exit 1; }

need cc gcc
need pkg-config pkg-config
if [ "$for_what" = bench ]; then
  need wrk wrk
  need belenios-tool belenios-tool
fi
if [ "$for_what" = test ]; then
  need pdftotext poppler-utils
  have chromium || have chromium-browser || have google-chrome || [ -n "${CHROMIUM:-}" ] || missing+=(chromium)
  # The oracle for electronic voting, a program by others.
  need belenios-tool belenios-tool
  have postgres || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || missing+=(postgresql)
fi

# Ballots are measured in a browser.
if [ "$for_what" = bench ]; then
  have chromium || have chromium-browser || have google-chrome || [ -n "${CHROMIUM:-}" ] || missing+=(chromium)
fi

if [ ${#missing[@]} -gt 0 ]; then
  command="apt-get install --yes --no-install-recommends ${missing[*]}"
  if ! have apt-get; then
    echo "Please install: ${missing[*]}" >&2
    exit 1
  elif [ "$(id -u)" = 0 ]; then
    as_root=()
  elif have sudo; then
    as_root=(sudo)
  else
    printf 'These are missing: %s. As root, please run:\n  apt-get update && %s\n' "${missing[*]}" "$command" >&2
    exit 1
  fi
  echo "Installing: ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  # shellcheck disable=SC2086  # the words of the command
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive $command
fi

# A linked folder (another work tree's) is looked after where it points to.
if [ ! -L node_modules ] && ! cmp -s package-lock.json node_modules/.installed-lock.json; then
  npm ci --no-audit --no-fund
  cp package-lock.json node_modules/.installed-lock.json
fi

if ! cargo nextest --version >/dev/null 2>&1; then
  echo "Installing cargo-nextest (a few minutes, once)"
  cargo install cargo-nextest --locked --quiet
fi
