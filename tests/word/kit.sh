#!/bin/sh
# Runs a command with Office's types and stand-ins at hand, installed once into a folder of the build.
#   sh kit.sh FOLDER COMMAND [ARGUMENT...]      77 = skipped: something is missing here
set -eu

folder=$1
shift
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
skip() {
    echo "SKIPPED: $1"
    exit 77
}

command -v node >/dev/null 2>&1 || skip "node is missing (sh plugin/setup.sh web)"
mkdir -p "$folder"
if ! cmp -s "$here/package.json" "$folder/package.json" || [ ! -d "$folder/node_modules/office-addin-mock" ]; then
    command -v npm >/dev/null 2>&1 || skip "npm is missing (sh plugin/setup.sh web)"
    cp "$here/package.json" "$folder/package.json"
    (cd "$folder" && npm install --no-audit --no-fund --ignore-scripts --silent) ||
        skip "npm could not install office-addin-mock and typescript; is there a network?"
fi
KK_WORD_KIT=$folder
export KK_WORD_KIT
exec "$@"
