#!/usr/bin/env bash
# Times the answers behind every view of a ledger of your own, and its timeline: speed.sh LEDGER. `run.sh` must have run once.
set -euo pipefail
export LEDGER="$(realpath "$1")"
cd "$(dirname "$0")"
export LEGATION="${LEGATION:-$(realpath ../../../target/release/legation)}"
node times.mjs
