#!/bin/sh
# Puts the files of the Word add-in into one folder, ready for a web server:
#   sh plugin/hosts/word/build.sh [FOLDER [ADDRESS [PAGE]]]
# FOLDER: default build/word. ADDRESS: where the server will show FOLDER, https and without a slash at the end; default
# the placeholder of manifest.xml. PAGE: the built browser page, whose engine and lists are used; default
# build/web/page, built first where it is not there.
set -eu

cd -- "$(dirname -- "$0")/../../.."
folder=${1:-build/word}
address=${2:-https://klimakrav.example}
page=${3:-build/web/page}
case $address in
https://*[!/]) ;;
*)
    echo "build.sh: $address: Word takes an address that begins with https:// and has no slash at the end" >&2
    exit 2
    ;;
esac
[ -f "$page/klimakrav.wasm" ] || sh plugin/hosts/web/build.sh
if [ ! -f "$page/klimakrav.wasm" ]; then
    echo "build.sh: $page: no klimakrav.wasm here" >&2
    exit 2
fi
mkdir -p "$folder"
for name in engine.js clauses.js dom.js findings.js texts.js style.css; do
    cp "plugin/hosts/web/page/$name" "$folder/"
done
cp "$page/klimakrav.wasm" "$page/bank.kkb" plugin/hosts/word/pane/* "$folder/"
python3 plugin/hosts/word/icons.py "$folder"
sed "s|https://klimakrav\.example|$address|g" plugin/hosts/word/manifest.xml >"$folder/manifest.xml"
