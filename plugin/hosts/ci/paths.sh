#!/bin/sh
# Hands the paths of the action's input, one a line in GATE_PATHS, to gate.sh as words of their own.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
set --
while IFS= read -r path; do
    [ -z "$path" ] || set -- "$@" "$path"
done <<END
${GATE_PATHS:-.}
END
exec sh "$here/gate.sh" "${GATE_MODE:-audit}" "$@"
