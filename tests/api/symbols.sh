#!/bin/sh
# What the library shows = what klimakrav.map lists = what klimakrav.h declares.
#   symbols.sh LIBRARY SOURCE_DIR
set -eu
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
nm -D --defined-only "$1" | awk '$2 ~ /^[TDBRVW]$/ {sub(/@.*/, "", $3); print $3}' |
    grep -vE '^(__|_init$|_fini$|_edata$|_end$|KLIMAKRAV_)' | LC_ALL=C sort -u >"$work/shown"
sed -n 's/^ *\(kk_[a-z0-9_]*\);$/\1/p' "$2/plugin/core/klimakrav.map" | LC_ALL=C sort -u >"$work/listed"
sed -n '/^KK_API/,/;$/p' "$2/plugin/include/klimakrav/klimakrav.h" | tr '\n' ' ' | tr ';' '\n' |
    sed -n 's/.*KK_API[^(]*\b\(kk_[a-z0-9_]*\)(.*/\1/p' | LC_ALL=C sort -u >"$work/declared"
code=0
diff -u "$work/listed" "$work/shown" || { echo "the library shows other symbols than the map"; code=1; }
diff -u "$work/declared" "$work/listed" || { echo "the map lists other symbols than the header"; code=1; }
[ -s "$work/shown" ] || code=1
echo "$(wc -l <"$work/shown") symbols"
exit $code
