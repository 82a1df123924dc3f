#!/bin/sh
# The pane against Microsoft's own types, strictly; that a wrong name is seen; and the manifest as Microsoft's tool
# reads it (its `validate` asks a service on the network and is not used).      types.sh WORK PANE, through kit.sh
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
word=$here/../../plugin/hosts/word
bin=$KK_WORD_KIT/node_modules/.bin
check() {
    "$bin/tsc" -p "$1/tsconfig.json" --typeRoots "$KK_WORD_KIT/node_modules/@types"
}

check "$word"
if [ ! -f "$2/klimakrav.wasm" ]; then
    echo "SKIPPED: $2 is not built (plugin/hosts/word/build.sh; needs emscripten)"
    exit 77
fi
rm -rf "$1"
mkdir -p "$1"
cp -r "$word/pane" "$word/types" "$word/tsconfig.json" "$1/"
sed -i 's/\.insertRows(/.insertRowz(/' "$1/pane/insert.js"
if check "$1" >"$1/said"; then
    echo "a method that Word does not have was not noticed" >&2
    exit 1
fi
grep -q insertRowz "$1/said"

"$bin/office-addin-manifest" info "$word/manifest.xml" >"$1/info"
for line in 'Type: TaskPaneApp' 'Hosts: Document' 'Permissions: ReadWriteDocument' \
    'Source Location: https://klimakrav.example/taskpane.html'; do
    grep -q "$line" "$1/info" || { echo "manifest.xml: no '$line'" >&2; exit 1; }
done
# Every file that the manifest names is one that build.sh lays out.
for name in $(sed -n 's|.*"https://klimakrav\.example/\([^"]*\)".*|\1|p' "$word/manifest.xml" | sort -u); do
    [ -f "$2/$name" ] || { echo "manifest.xml names $name, which is not built" >&2; exit 1; }
done
sh "$word/build.sh" "$1/out" http://klimakrav.example 2>/dev/null && { echo "an http address was taken" >&2; exit 1; }
echo "types, manifest: ok"
