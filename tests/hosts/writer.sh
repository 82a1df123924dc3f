#!/bin/sh
# Builds klimakrav.oxt as it is released and tries it in LibreOffice, without a screen.
#   sh tests/hosts/writer.sh [option of writer.py]...
set -eu
cd -- "$(dirname -- "$0")/../.."
cmake --preset release >/dev/null
cmake --build --preset release --target oxt klimakrav-cli >/dev/null
exec /usr/bin/python3 tests/hosts/writer.py --oxt build/release/klimakrav.oxt \
    --klimakrav "$PWD/build/release/bin/klimakrav" "$@" fixtures/templates
