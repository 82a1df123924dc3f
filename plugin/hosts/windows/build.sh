#!/bin/sh
# Builds klimakrav.exe and klimakrav.dll for 64-bit Windows: libraries, a native kk-bankc for the bank,
# the program.
#   sh plugin/hosts/windows/build.sh [FOLDER]      default: build/windows; results in FOLDER/bin
# The libraries are kept in build/deps, so that only the first build is slow.
set -eu

cd -- "$(dirname -- "$0")/../../.."
root=$PWD
folder=${1:-build/windows}
jobs=$(nproc 2>/dev/null || echo 2)
if ! command -v x86_64-w64-mingw32-gcc-posix >/dev/null 2>&1; then
    echo "build.sh: mingw-w64 is missing (sh plugin/setup.sh windows installs it)" >&2
    exit 77
fi
sh plugin/hosts/deps/build.sh windows "$root/build/deps"
prefix=$root/build/deps/windows
mkdir -p "$folder"

# configure <folder> <cmake options...>
configure() {
    into=$1
    shift
    cmake -S . -B "$into" -G Ninja -DCMAKE_BUILD_TYPE=Release -DKK_TESTS=OFF -DBUILD_SHARED_LIBS=OFF "$@" \
        >"$into.log" 2>&1 || {
        cat "$into.log" >&2
        exit 1
    }
}

configure "$folder/native"
cmake --build "$folder/native" --parallel "$jobs" --target kk-bankc
export PKG_CONFIG_LIBDIR="$prefix/lib/pkgconfig"
configure "$folder/cross" -DCMAKE_TOOLCHAIN_FILE="$root/plugin/hosts/deps/windows.cmake" \
    -DCMAKE_FIND_ROOT_PATH="$prefix" -DPKG_CONFIG_ARGN=--static -DCMAKE_C_FLAGS_RELEASE="-O2 -s" \
    -DKK_BANKC="$root/${folder#"$root"/}/native/tool/kk-bankc"
cmake --build "$folder/cross" --parallel "$jobs"
mkdir -p "$folder/bin"
cp "$folder/cross/bin/klimakrav.exe" "$folder/cross/bin/klimakrav.dll" "$folder/cross/share/klimakrav/bank.kkb" "$folder/bin/"
ls -l "$folder/bin"
