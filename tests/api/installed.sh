#!/bin/sh
# Installs into a temporary prefix; builds a consumer by pkg-config and by CMake and one that loads the
# library at run time; runs them, the installed command and a Python ctypes host. All must count the same findings.
#   installed.sh BUILD_DIR SOURCE_DIR [SANITIZERS]      the sanitizers that the library was built with (gcc)
set -eu
build=$1
source=$2
sanitize=${3:+-fsanitize=$3}
preload=
if [ -n "$sanitize" ]; then
    preload=$(cc -print-file-name=libasan.so):$(cc -print-file-name=libubsan.so)
fi
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
prefix=$work/prefix
template=$source/fixtures/templates/matvarer-sjohaug.docx

cmake --install "$build" --prefix "$prefix" >"$work/install.txt"
bank=$prefix/share/klimakrav
for file in include/klimakrav/klimakrav.h include/klimakrav/text.h include/klimakrav/types.h bin/klimakrav \
    share/klimakrav/bank/law.xml share/klimakrav/bank.kkb share/klimakrav/schema/klimakrav.rng \
    share/klimakrav/schema/findings.schema.json share/man/man1/klimakrav.1; do
    [ -s "$prefix/$file" ] || { echo "not installed: $file" >&2; exit 1; }
done
lib=$(dirname "$(find "$prefix" -name klimakrav.pc)")
libdir=$(dirname "$lib")

export PKG_CONFIG_PATH="$lib"
# The prefix in klimakrav.pc is the configured one; a moved installation says where it is.
flags=$(pkg-config --define-variable=prefix="$prefix" --cflags --libs klimakrav)
# shellcheck disable=SC2086
cc -std=c11 -Wall -Wextra -Werror $sanitize "$source/tests/api/consumer.c" -o "$work/by-pkg-config" $flags \
    -Wl,-rpath,"$libdir"
mkdir "$work/cmake"
cp "$source/tests/api/consumer.c" "$work/cmake/"
cp "$source/tests/api/consumer.cmake.txt" "$work/cmake/CMakeLists.txt"
cmake -G Ninja -S "$work/cmake" -B "$work/cmake/build" -DCMAKE_PREFIX_PATH="$prefix" \
    -DCMAKE_C_FLAGS="$sanitize" >"$work/cmake.txt"
cmake --build "$work/cmake/build" >>"$work/cmake.txt"

# shellcheck disable=SC2086
cc -std=c11 -Wall -Wextra -Werror $sanitize -I"$prefix/include" "$source/tests/api/dlopen_host.c" -o "$work/by-dlopen" -ldl

a=$("$work/by-pkg-config" "$bank" "$template")
b=$("$work/cmake/build/consumer" "$bank" "$template")
c=$(LD_PRELOAD=$preload ASAN_OPTIONS=detect_leaks=0 python3 "$source/tests/api/ctypes_host.py" "$libdir/libklimakrav.so" "$bank" "$template")
# What libxml2 keeps for itself has no owner left after dlclose.
e=$(ASAN_OPTIONS=detect_leaks=0 "$work/by-dlopen" "$libdir/libklimakrav.so" "$bank" "$template")
d=$("$prefix/bin/klimakrav" audit --format json --date 2026-11-23 "$template" |
    python3 -c 'import json, sys; print(len(json.load(sys.stdin)["documents"][0]["findings"]))' || true)
echo "pkg-config $a, cmake $b, ctypes $c, dlopen $e, installed command $d"
[ "$a" -gt 0 ] && [ "$a" = "$b" ] && [ "$a" = "$c" ] && [ "$a" = "$d" ] && [ "$a" = "$e" ]
