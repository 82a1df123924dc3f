#!/bin/sh
# Installs the Debian packages that klimakrav needs. Does nothing, quickly, when all are there.
#   sh plugin/setup.sh [build|test|office|web|worker|windows]...      default: build
set -eu

build='cmake ninja-build gcc libc6-dev pkg-config libzip-dev libxml2-dev libpcre2-dev libdeflate-dev
    libjansson-dev nettle-dev libutf8proc-dev libsqlite3-dev'
test='bash g++ clang libclang-rt-dev libcmocka-dev python3 python3-lxml python3-docx python3-jsonschema libxml2-utils
    hunspell hunspell-no pandoc systemd'
office='libreoffice-writer-nogui python3-uno poppler-utils'
worker='libnats-dev libcurl4-openssl-dev nats-server'
# The compiler of Windows programs (libxml2's build asks for C++ too), and Wine to run them.
windows='gcc-mingw-w64-x86-64-posix g++-mingw-w64-x86-64-posix binutils-mingw-w64-x86-64 wine wine64 dpkg-dev'
web='emscripten nodejs chromium dpkg-dev'
# Other builds of node bring an npm of their own, which Debian's package does not fit.
command -v npm >/dev/null 2>&1 || web="$web npm"

wanted=
for group in "${@:-build}"; do
    case $group in
    build) wanted="$wanted $build" ;;
    test) wanted="$wanted $test" ;;
    office) wanted="$wanted $office" ;;
    web) wanted="$wanted $web" ;;
    worker) wanted="$wanted $worker" ;;
    windows) wanted="$wanted $windows" ;;
    *)
        echo "setup.sh: ukjent gruppe: $group (kjenner build, test, office, web, worker, windows)" >&2
        exit 2
        ;;
    esac
done

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "setup.sh: dette er ikke Debian, så ingenting blir installert." >&2
    echo "Programmet trenger det som disse Debian-pakkene inneholder:" >&2
    echo "$wanted" >&2
    exit 0
fi

# shellcheck disable=SC2086
here=$(dpkg-query -W -f='${Package} ${db:Status-Status}\n' $wanted 2>/dev/null || true)
missing=
for package in $wanted; do
    case "
$here
" in
    *"
$package installed
"*) ;;
    *) missing="$missing $package" ;;
    esac
done
if [ -z "$missing" ]; then
    exit 0
fi

if [ "$(id -u)" -ne 0 ]; then
    {
        echo "setup.sh: disse pakkene mangler, og bare root kan installere dem:$missing"
        echo "Kjør dette, og prøv igjen:"
        echo "  sudo apt-get update && sudo apt-get install --no-install-recommends$missing"
    } >&2
    exit 1
fi

echo "Installerer:$missing"
export DEBIAN_FRONTEND=noninteractive
# An outdated list of packages may still do; only the installation decides.
apt-get update -q || echo "setup.sh: pakkelisten ble ikke oppdatert; prøver med den som er" >&2
# shellcheck disable=SC2086
if ! apt-get install -q -y --no-install-recommends $missing; then
    echo "setup.sh: pakkene kunne ikke installeres. Se meldingen over; er nettet tilgjengelig?" >&2
    exit 1
fi
