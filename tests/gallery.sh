#!/bin/sh
# Pictures of templates before and after an insertion, side by side, for a person to look at.
#   sh tests/gallery.sh [-b BUILD_DIR] [-o OUT_DIR] [-t] [FILE...]
#     -b   where bin/klimakrav lies (default: build/release)
#     -o   where the pictures and index.html go (default: BUILD_DIR/gallery)
#     -t   tracked, as LibreOffice shows changes (default: as accepted)
# Without files: twenty templates of all producers. Each gets what its findings call for, and in addition one list
# clause and one row clause, so that every kind of dress is seen. Only pages that changed are shown.
# Needs LibreOffice Writer, poppler-utils and ImageMagick.
set -eu
cd -- "$(dirname -- "$0")/.."
build=build/release out= track=--no-track
while getopts b:o:t option; do
    case $option in
    b) build=$OPTARG ;;
    o) out=$OPTARG ;;
    t) track= ;;
    *) exit 2 ;;
    esac
done
shift $((OPTIND - 1))
out=${out:-$build/gallery}
tool=$build/bin/klimakrav
for need in soffice pdftoppm pdftotext convert "$tool"; do
    if ! command -v "$need" >/dev/null; then
        echo "gallery.sh: $need is missing (sh plugin/setup.sh build test office; build first)" >&2
        exit 2
    fi
done
if [ $# -eq 0 ]; then
    t=fixtures/templates
    set -- $t/skoleskyss-eksempelvik.docx $t/kontorrekvisita-fjordheim.docx $t/billeasing-bergselv.docx \
        $t/va-anlegg-tverrdal.docx $t/handverkertjenester-storvik.docx $t/reinhald-lyngmo.docx \
        $t/vegdrift-fonndal.docx $t/snorydding-moen.docx $t/mobler-mal-havneby.docx $t/kantine-nordvag.docx \
        $t/byggjevarer-vestfjella.docx $t/matvarer-sjohaug.docx $t/pc-utstyr-granli.docx \
        $t/renovasjon-ostre-skog.docx $t/it-drift-indre-sund.docx $t/vedlikehald-skule-li.docx \
        $t/persontransport-ytre-vik.docx $t/forbruksmateriell-elvestad.docx $t/kjopsavtale-aldersund.docx \
        $t/ssa-it-2-bilag-1-kravspesifikasjon.docx
fi
rm -rf "$out"
mkdir -p "$out/before" "$out/after" "$out/work"
profile=$(cd "$out/work" && pwd)/office

pdf() { # pdf <folder>: every DOCX in it
    (cd "$1" && soffice "-env:UserInstallation=file://$profile" --headless --convert-to pdf ./*.docx >/dev/null 2>&1)
}

for file; do
    name=$(basename -- "$file")
    cp -- "$file" "$out/before/$name"
    # shellcheck disable=SC2086
    "$tool" insert "$file" -o "$out/work/$name" $track --fail-on never --date 2026-11-23 \
        --timestamp 2026-11-23T12:00:00Z >"$out/work/$name.txt" 2>&1 || true
    for clause in LAW-KS-01 ANL-KS-01; do
        [ -f "$out/work/$name" ] || cp -- "$file" "$out/work/$name"
        # shellcheck disable=SC2086
        "$tool" insert "$out/work/$name" -o "$out/work/next.docx" $track --rules tests/laws/bank --fail-on never \
            --clause $clause --date 2026-11-23 --timestamp 2026-11-23T12:00:00Z >>"$out/work/$name.txt" 2>&1 &&
            mv "$out/work/next.docx" "$out/work/$name" || true
    done
    cp "$out/work/$name" "$out/after/$name"
done
pdf "$out/before"
pdf "$out/after"

{
    echo '<!doctype html><html lang="nb"><meta charset="utf-8"><title>Før og etter</title>'
    echo '<style>body{font:15px sans-serif;margin:2em}img{max-width:100%;border:1px solid #999}pre{background:#eee;padding:1em}</style>'
    echo '<h1>Før og etter</h1>'
} >"$out/index.html"
for file; do
    name=$(basename -- "$file" .docx)
    for side in before after; do
        pdftotext -layout "$out/$side/$name.pdf" "$out/work/$name.$side.txt"
    done
    tr '\f' '\n' <"$out/work/$name.before.txt" | sed 's/[[:space:]]\{1,\}/ /g' | sort -u >"$out/work/old"
    printf '<h2>%s</h2><pre>' "$name" >>"$out/index.html"
    sed 's/&/\&amp;/g; s/</\&lt;/g' "$out/work/$name.docx.txt" >>"$out/index.html"
    echo '</pre>' >>"$out/index.html"
    pages=$(pdfinfo "$out/after/$name.pdf" | sed -n 's/^Pages: *//p')
    page=1
    while [ "$page" -le "$pages" ]; do
        new=$(pdftotext -layout -f "$page" -l "$page" "$out/after/$name.pdf" - | tr '\f' '\n' |
            sed 's/[[:space:]]\{1,\}/ /g' | sort -u | comm -23 - "$out/work/old" | grep -c '[[:alpha:]]\{4,\}' || true)
        if [ "$new" -ge 3 ]; then
            for side in before after; do
                pdftoppm -r 80 -png -f "$page" -l "$page" -singlefile "$out/$side/$name.pdf" "$out/work/$side" \
                    2>/dev/null || convert -size 662x936 xc:white "$out/work/$side.png"
                [ -f "$out/work/$side.png" ] || convert -size 662x936 xc:white "$out/work/$side.png"
            done
            convert "$out/work/before.png" "$out/work/after.png" +append "$out/$name-$page.png"
            rm -f "$out/work/before.png" "$out/work/after.png"
            printf '<p>side %s<br><img src="%s-%s.png" alt="før og etter"></p>\n' "$page" "$name" "$page" >>"$out/index.html"
        fi
        page=$((page + 1))
    done
done
echo "$out/index.html: $(find "$out" -maxdepth 1 -name '*.png' | wc -l) pages of $# templates"
