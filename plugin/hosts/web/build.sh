#!/bin/sh
# Builds the browser page: libraries, the WebAssembly module, the static files.
#   sh plugin/hosts/web/build.sh [FOLDER]      default: build/web; the page is in FOLDER/page
# The libraries are kept in build/deps, so that only the first build is slow.
set -eu

cd -- "$(dirname -- "$0")/../../.."
root=$PWD
folder=${1:-build/web}
if ! command -v emcc >/dev/null 2>&1; then
    echo "build.sh: emscripten is missing (sh plugin/setup.sh web installs it)" >&2
    exit 77
fi
sh plugin/hosts/deps/build.sh wasm "$root/build/deps"
prefix=$root/build/deps/wasm

# emcc's optimiser finds acorn where Debian has it; pkg-config sees our libraries and not
# this machine's.
export NODE_PATH=/usr/share/nodejs
export PKG_CONFIG_LIBDIR="$prefix/lib/pkgconfig"
emcmake cmake -S . -B "$folder" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE=-O2 \
    -DBUILD_SHARED_LIBS=OFF -DKK_TESTS=OFF -DKK_WERROR=OFF -DPKG_CONFIG_ARGN=--static -DCMAKE_CROSSCOMPILING_EMULATOR="$(command -v node)" \
    -DCMAKE_FIND_ROOT_PATH="$prefix" >"$folder.log" 2>&1 || {
    cat "$folder.log" >&2
    exit 1
}
cmake --build "$folder" --parallel "$(nproc 2>/dev/null || echo 2)"
