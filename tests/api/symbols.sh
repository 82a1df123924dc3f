#!/bin/sh
# What the library shows = what klimakrav.map lists = what klimakrav.h declares, each with a comment; and
# what it asks others for holds no clock, locale, environment, network, printing, exit or libxml2 clean-up.
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
nm -D --undefined-only "$1" | awk '{sub(/@.*/, "", $NF); print $NF}' | LC_ALL=C sort -u >"$work/asked"
clock='time|ftime|gettimeofday|clock|clock_gettime|timespec_get|(local|gm)time(_r)?|mktime|strftime|tzset'
locale='(secure_)?getenv|setenv|putenv|environ|(set|new|use)locale|localeconv|nl_langinfo|strto(d|f|ld)|atof'
printing='f?printf|v[fp]*printf|__v?f?printf_chk|puts|putchar|fputs|fputc|fwrite|perror|stdout|stderr'
process='_?exit|_Exit|abort|quick_exit|signal|sigaction|socket|connect|getaddrinfo|s?rand(om)?|getrandom'
libraries='xmlCleanup.*|xmlSet(Generic|Structured)ErrorFunc|xmlMemSetup|xmlSetExternalEntityLoader|json_set_alloc_funcs'
if grep -xE "$clock|$locale|$printing|$process|$libraries" "$work/asked"; then
    echo "the library asks for what it may not have"
    code=1
fi
grep -qx malloc "$work/asked" || { echo "nm tells of no undefined symbols"; code=1; }
# A declaration stands below its comment; neighbours without a line between may share it.
awk '/^$/ {covered = 0} /\*\/[ ]*$/ {covered = 1} /^} / {covered = 0}
    /^KK_API/ && !covered {print FILENAME ":" FNR ": " $0; bad = 1} END {exit bad}' \
    "$2/plugin/include/klimakrav/klimakrav.h" || { echo "declared without a comment"; code=1; }
echo "$(wc -l <"$work/shown") symbols"
exit $code
