#!/bin/sh
# Builds the libraries that klimakrav stands on, static, for a target that Debian has no libraries for.
#   sh plugin/hosts/deps/build.sh TARGET [FOLDER]
#     TARGET  wasm (emscripten), windows (mingw-w64) or native (this machine, self-contained)
#     FOLDER  where sources and results are kept; default build/deps
# Result: FOLDER/TARGET with include, lib and lib/pkgconfig. Does nothing when that is up to date.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../../.." && pwd)
target=${1:-}
mkdir -p "${2:-$root/build/deps}"
folder=$(CDPATH='' cd -- "${2:-$root/build/deps}" && pwd)
jobs=$(nproc 2>/dev/null || echo 2)
prefix=$folder/$target
work=$folder/work-$target

case $target in
wasm)
    run=emcmake
    compiler='emcc --version'
    system=
    ;;
windows)
    run=
    compiler='x86_64-w64-mingw32-gcc-posix --version'
    system=-DCMAKE_TOOLCHAIN_FILE=$here/windows.cmake
    ;;
native)
    run=
    compiler='cc --version'
    system=
    ;;
*)
    echo "build.sh: TARGET is wasm, windows or native" >&2
    exit 2
    ;;
esac
if ! version=$($compiler 2>/dev/null); then
    echo "build.sh: no compiler for $target here (sh plugin/setup.sh $target installs it)" >&2
    exit 1
fi

stamp=$({
    echo "$version"
    cat "$here"/*.sh "$here"/*.txt "$here"/*.sha256 "$here"/*.cmake "$here"/*.in "$here"/*/CMakeLists.txt
} | sha256sum)
if [ "$(cat "$prefix/stamp" 2>/dev/null)" = "$stamp" ]; then
    exit 0
fi
sh "$here/fetch.sh" "$folder/source"
rm -rf "$prefix" "$work"
mkdir -p "$prefix" "$work"

# build <name> <source folder> <cmake options...>
build() {
    name=$1
    source=$2
    shift 2
    echo "== $target: $name"
    log=$work/$name.log
    # shellcheck disable=SC2086
    if ! {
        PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig $run cmake -S "$source" -B "$work/$name" -G Ninja \
            $system -DCMAKE_BUILD_TYPE=Release -DCMAKE_C_FLAGS_RELEASE="-O2 -DNDEBUG" \
            -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DBUILD_SHARED_LIBS=OFF -DCMAKE_INSTALL_LIBDIR=lib \
            -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_PREFIX_PATH="$prefix" \
            -DCMAKE_FIND_ROOT_PATH="$prefix" "$@" &&
            cmake --build "$work/$name" --parallel "$jobs" && cmake --install "$work/$name"
    } >"$log" 2>&1; then
        tail -n 40 "$log" >&2
        echo "build.sh: $name failed for $target; all of it in $log" >&2
        exit 1
    fi
}

# What libzip finds out by compiling, and emscripten's wrapper cannot tell it.
sizes() {
    [ "$target" = wasm ] || return 0
    for pair in INT8_T=1 UINT8_T=1 INT16_T=2 UINT16_T=2 INT32_T=4 UINT32_T=4 INT64_T=8 UINT64_T=8 \
        SHORT=2 INT=4 LONG=4 LONG_LONG=8 SIZE_T=4 SSIZE_T=4; do
        echo "-DHAVE_${pair%=*}_LIBZIP=1 -D${pair%=*}_LIBZIP=${pair#*=}"
    done
    echo "-DHAVE___INT8_LIBZIP=0 -DSIZEOF_OFF_T=8 -DHAVE_SIZEOF_OFF_T=1"
    echo "-DSIZEOF_SIZE_T=4 -DHAVE_SIZEOF_SIZE_T=1"
}

# off <prefix> <name...>: -Dprefixname=OFF for each
off() {
    before=$1
    shift
    for name_of in "$@"; do
        echo "-D$before$name_of=OFF"
    done
}

src=$folder/source
threads=ON
posix=
if [ "$target" = wasm ]; then
    threads=OFF
    posix=-DHAVE_PTHREAD_H=OFF
fi
build zlib "$here/zlib" -DSOURCE="$src/zlib"
build libdeflate "$here/libdeflate" -DSOURCE="$src/libdeflate"
build nettle "$here/nettle" -DSOURCE="$src/nettle"
# shellcheck disable=SC2046
build jansson "$src/jansson" -DJANSSON_WITHOUT_TESTS=ON $(off JANSSON_ EXAMPLES BUILD_DOCS)
build utf8proc "$src/utf8proc"
# shellcheck disable=SC2046
build pcre2 "$src/pcre2" $(off PCRE2_ SUPPORT_JIT BUILD_PCRE2GREP BUILD_TESTS)
# shellcheck disable=SC2046,SC2086
build libxml2 "$src/libxml2" $posix -DLIBXML2_WITH_THREADS=$threads -DLIBXML2_WITH_SCHEMAS=ON \
    $(off LIBXML2_WITH_ PYTHON LZMA ZLIB ICONV ICU HTTP FTP HTML CATALOG DEBUG DOCB LEGACY PROGRAMS \
        TESTS SCHEMATRON XINCLUDE XPTR MODULES C14N)
# shellcheck disable=SC2046
build libzip "$src/libzip" $(sizes) \
    $(off ENABLE_ COMMONCRYPTO GNUTLS MBEDTLS OPENSSL WINDOWS_CRYPTO BZIP2 LZMA ZSTD) \
    $(off BUILD_ TOOLS REGRESS EXAMPLES DOC)
rm -rf "$work"
echo "$stamp" >"$prefix/stamp"
