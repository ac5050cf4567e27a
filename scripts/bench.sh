#!/usr/bin/env bash
# Measures speed and writes docs/benchmarks.md; with names of rows, prints only these (import accept recount pages readiness survey training learning plan ballot evoting start).
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh bench

load=$(cut -d ' ' -f 1 /proc/loadavg)
if awk -v load="$load" 'BEGIN { exit !(load > 0.5) }'; then
  echo "Other work runs on this machine (load $load): figures will say how much; measure again when it is quiet" >&2
fi
exec cargo bench --quiet --workspace --profile dev --bench pilot -- "$@"
