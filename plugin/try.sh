#!/bin/sh
# README's first command: installs, builds, audits templates and writes updated copies.
#   sh plugin/try.sh [FILES OR FOLDERS]     default: the sample templates of fixtures/templates
# Results go to ./klimakrav-out; the input is only read. Exit code 0 also when there are findings.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
out=klimakrav-out
tool=$root/build/release/bin/klimakrav

stop() {
    echo "try.sh: $*" >&2
    exit 2
}

# Before the long build: are the named files there at all?
for path in "$@"; do
    [ -e "$path" ] || stop "finner ikke «$path»"
done

# ---- install and build ---------------------------------------------------------------------------

sh "$root/plugin/setup.sh" build
mkdir -p "$out"
out_real=$(CDPATH='' cd -- "$out" && pwd -P)
log=$out_real/bygging.txt
echo "Bygger klimakrav ..."
if ! (cd -- "$root" && cmake --preset release && cmake --build --preset release) >"$log" 2>&1; then
    tail -n 30 "$log" >&2
    stop "byggingen feilet; hele loggen er i $out/bygging.txt"
fi
[ -x "$tool" ] || stop "byggingen ga ikke noe program ($tool)"
rm -f -- "$log"

# ---- which documents -----------------------------------------------------------------------------

if [ $# -eq 0 ]; then
    set -- "$root"/fixtures/templates/*.docx
    [ -e "$1" ] || stop "fant ingen eksempelmaler i fixtures/templates"
fi

scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT
trap 'exit 130' INT TERM

# One path a line; folders are walked. Lock files of Word and our own results are left out.
for path in "$@"; do
    case $path in
    -*) path=./$path ;;
    esac
    if [ -d "$path" ]; then
        find "$path" -type f ! -name '~$*' ! -name '*
*' \( -iname '*.docx' -o -iname '*.dotx' -o -iname '*.docm' -o -iname '*.dotm' \) | LC_ALL=C sort |
            while IFS= read -r file; do
                folder=$(CDPATH='' cd -- "$(dirname -- "$file")" && pwd -P)
                case $folder/ in
                "$out_real"/*) ;;
                *) printf '%s\n' "$file" ;;
                esac
            done
    else
        printf '%s\n' "$path"
    fi
done >"$scratch/files"
[ -s "$scratch/files" ] || stop "fant ingen Word-dokumenter (docx, dotx, docm, dotm)"

# ---- audit ---------------------------------------------------------------------------------------

set --
while IFS= read -r file; do
    set -- "$@" "$file"
done <"$scratch/files"
echo "Kontrollerer $# dokument(er) ..."
code=0
"$tool" audit --lang nb --format html --output "$out/rapport.html" "$@" 2>"$scratch/audit" || code=$?
if [ "$code" -gt 1 ] && [ ! -s "$out/rapport.html" ]; then
    cat -- "$scratch/audit" >&2
    stop "kontrollen kunne ikke gjennomføres"
fi

# ---- updated copies ------------------------------------------------------------------------------

# Sets $copy to a name below klimakrav-out that this run has not used and that is none of the inputs.
: >"$scratch/taken"
for file in "$@"; do
    folder=$(CDPATH='' cd -- "$(dirname -- "$file")" && pwd -P)
    printf '%s\n' "$folder/$(basename -- "$file")"
done >"$scratch/inputs"
choose_name() {
    name=$(basename -- "$1")
    stem=${name%.*}
    ending=${name##*.}
    n=1
    copy=$name
    while grep -qixF -- "$copy" "$scratch/taken" ||
        grep -qxF -- "$out_real/$copy" "$scratch/inputs"; do
        n=$((n + 1))
        copy=$stem-$n.$ending
    done
    printf '%s\n' "$copy" >>"$scratch/taken"
}

updated=0
same=0
refused=0
for file in "$@"; do
    choose_name "$file"
    code=0
    "$tool" insert --lang nb -o "$out/$copy" "$file" >"$scratch/said" 2>&1 || code=$?
    if [ "$code" -gt 1 ]; then
        refused=$((refused + 1))
        cat -- "$scratch/said" >&2
    elif cmp -s -- "$file" "$out/$copy"; then
        same=$((same + 1))
        printf '  %s: ingenting å sette inn\n' "$copy"
    else
        updated=$((updated + 1))
        printf '  %s: oppdatert\n' "$copy"
    fi
done

# ---- where it all lies ---------------------------------------------------------------------------

echo
echo "$# dokument(er) kontrollert: $updated oppdatert, $same uten endring, $refused avvist."
echo "Rapport:  $out_real/rapport.html"
echo "Kopier:   $out_real/ (sporede endringer; godta eller avvis dem i Word)"
echo "Originalene er ikke endret."
