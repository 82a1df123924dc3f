#!/bin/sh
# Runs a node script with playwright-core and axe-core at hand, installed once into a folder of the build.
#   sh browser.sh FOLDER NODE SCRIPT [ARGUMENT...]      77 = skipped: something is missing here
set -eu

folder=$1
shift
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
skip() {
    echo "SKIPPED: $1"
    exit 77
}

command -v "$1" >/dev/null 2>&1 || skip "node is missing (sh plugin/setup.sh web)"
KK_CHROMIUM=$(command -v chromium || command -v chromium-browser || command -v google-chrome) ||
    skip "Chromium is missing (sh plugin/setup.sh web)"
export KK_CHROMIUM
mkdir -p "$folder"
if ! cmp -s "$here/package.json" "$folder/package.json" || [ ! -d "$folder/node_modules/playwright-core" ]; then
    command -v npm >/dev/null 2>&1 || skip "npm is missing (sh plugin/setup.sh web)"
    cp "$here/package.json" "$folder/package.json"
    (cd "$folder" && npm install --no-audit --no-fund --ignore-scripts --silent) ||
        skip "npm could not install playwright-core and axe-core; is there a network?"
fi
KK_KIT=$folder
export KK_KIT
exec "$@"
