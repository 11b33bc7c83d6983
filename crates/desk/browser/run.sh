#!/usr/bin/env bash
# Drives the desk in Chromium. Needs Node and a built `legation`; what else is needed is installed here.
# Screenshots of every view lie in target/browser/shots afterwards.
set -euo pipefail
cd "$(dirname "$0")"
top=../../..

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome || true; }
if [ -z "${CHROMIUM:-$(browser)}" ]; then
    as_root=$([ "$(id -u)" = 0 ] || echo sudo)
    $as_root apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
export CHROMIUM="${CHROMIUM:-$(browser)}"
export LEGATION="${LEGATION:-$(realpath "$top/target/release/legation")}"

npm ci --silent --no-audit --no-fund
node --test --test-reporter=spec all.test.mjs
