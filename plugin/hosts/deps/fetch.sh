#!/bin/sh
# Fetches the Debian source packages named in sources.txt, compares them with sources.sha256 and
# unpacks them. Needs no root: apt gets lists and a cache of its own. Sources that are there already
# are only compared.
#   sh fetch.sh FOLDER      result: FOLDER/<package>/ for each package
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mkdir -p "$1/files" "$1/apt/lists/partial" "$1/apt/parts" "$1/apt/cache/archives/partial"
folder=$(CDPATH='' cd -- "$1" && pwd)
packages=$(grep -v '^#' "$here/sources.txt")

complete() {
    (cd "$folder/files" && sha256sum --quiet --check "$here/sources.sha256") >/dev/null 2>&1
}

# The machine's own list of archives, read as archives of sources.
apt_sources() {
    rm -f "$folder"/apt/parts/*
    for list in /etc/apt/sources.list.d/*.sources; do
        [ -f "$list" ] || continue
        sed 's/^Types:.*/Types: deb-src/' "$list" >"$folder/apt/parts/$(basename -- "$list")"
    done
    for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
        [ -f "$list" ] || continue
        sed -n 's/^deb\(-src\)\{0,1\} /deb-src /p' "$list" >>"$folder/apt/parts/$(basename -- "$list")"
    done
}

apt() {
    apt-get -q -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$folder/apt/parts" \
        -o "Dir::State::lists=$folder/apt/lists" -o "Dir::Cache=$folder/apt/cache" \
        -o APT::Sandbox::User= -o APT::Get::List-Cleanup=0 "$@"
}

if ! complete; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "fetch.sh: no apt-get here; put the files of sources.sha256 into $folder/files" >&2
        exit 1
    fi
    apt_sources
    apt update
    # shellcheck disable=SC2086
    (cd "$folder/files" && apt source --download-only $packages)
fi
if ! (cd "$folder/files" && sha256sum --quiet --check "$here/sources.sha256"); then
    {
        echo "fetch.sh: the sources are not the ones that sources.sha256 names; nothing is built."
        echo "Has Debian released a newer revision? Then change sources.txt and sources.sha256."
    } >&2
    exit 1
fi

for package in $packages; do
    name=${package%%=*}
    version=${package#*=}
    if [ "$(cat "$folder/$name.version" 2>/dev/null)" = "$version" ]; then
        continue
    fi
    rm -rf "${folder:?}/$name"
    dpkg-source --no-check -x "$folder/files/${name}_${version#*:}.dsc" "$folder/$name" >/dev/null
    echo "$version" >"$folder/$name.version"
done
