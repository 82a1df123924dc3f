#!/bin/sh
# Makes sure that there is a program to run: builds the release once, when neither KLIMAKRAV nor an
# installed klimakrav is there.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd)
if [ -n "${KLIMAKRAV:-}" ] || [ -x "$root/build/release/bin/klimakrav" ] || command -v klimakrav >/dev/null 2>&1; then
    exit 0
fi
cd -- "$root"
sh plugin/setup.sh build
cmake --preset release -DKK_TESTS=OFF
cmake --build --preset release --target klimakrav-cli
