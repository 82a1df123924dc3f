#!/bin/sh
# The gate that pre-commit and the action share.
#   gate.sh audit|check|updated FILE OR FOLDER...
# Surroundings: KLIMAKRAV (the program), KLIMAKRAV_FAIL_ON (error), KLIMAKRAV_DATE (today), KLIMAKRAV_LANG,
# KLIMAKRAV_SARIF (also write this report). Exit code: that of klimakrav (0 fine, 1 findings, 2 failure).
set -eu

stop() {
    echo "gate.sh: $*" >&2
    exit 2
}

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
mode=${1:-}
case $mode in
audit | check | updated) shift ;;
*) stop "unknown choice '$mode'; write gate.sh audit|check|updated FILE..." ;;
esac
[ $# -gt 0 ] || exit 0 # nothing changed, nothing to judge

tool=${KLIMAKRAV:-}
if [ -z "$tool" ]; then
    for tool in "$here/../../../build/release/bin/klimakrav" "$(command -v klimakrav || true)"; do
        [ -x "$tool" ] && break
    done
fi
[ -x "$tool" ] || stop "klimakrav is not installed; build it by README.md, or set KLIMAKRAV to the program"

set -- -- "$@" # whatever the names are, they are no options
[ -z "${KLIMAKRAV_DATE:-}" ] || set -- --date "$KLIMAKRAV_DATE" "$@"
[ -z "${KLIMAKRAV_LANG:-}" ] || set -- --lang "$KLIMAKRAV_LANG" "$@"
set -- --fail-on "${KLIMAKRAV_FAIL_ON:-error}" --progress never "$@"

if [ "$mode" = updated ]; then
    exec "$tool" update --check "$@"
fi
code=0
"$tool" "$mode" "$@" || code=$?
if [ -n "${KLIMAKRAV_SARIF:-}" ]; then
    "$tool" "$mode" --format sarif --output "$KLIMAKRAV_SARIF" "$@" 2>/dev/null || [ $? -le 2 ]
    [ -s "$KLIMAKRAV_SARIF" ] || stop "the SARIF report $KLIMAKRAV_SARIF could not be written"
fi
exit "$code"
