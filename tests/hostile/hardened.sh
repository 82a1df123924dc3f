#!/bin/sh
# Do the built files carry the hardening that KK_HARDEN asks for? Reads them with readelf.
#   hardened.sh PROGRAM LIBRARY
set -eu
code=0
miss() {
    echo "$1: $2"
    code=1
}
for file in "$@"; do
    head=$(readelf -hW "$file") segments=$(readelf -lW "$file") dynamic=$(readelf -dW "$file")
    symbols=$(readelf --dyn-syms -W "$file")
    echo "$head" | grep -q 'Type: *DYN' || miss "$file" "not position independent"
    echo "$segments" | grep -q GNU_RELRO || miss "$file" "no RELRO"
    echo "$dynamic" | grep -qE 'BIND_NOW|FLAGS_1.*NOW' || miss "$file" "not bound at start"
    echo "$segments" | grep 'GNU_STACK' | grep -q 'RW ' || miss "$file" "stack may be executed"
    echo "$segments" | grep -qE 'LOAD.* RWE' && miss "$file" "a segment that is written and run"
    echo "$symbols" | grep -q '__stack_chk_fail' || miss "$file" "no stack protector"
    echo "$symbols" | grep -qE '__[a-z]+_chk@' || miss "$file" "no FORTIFY"
    # The note that switches CET on also wants a C library built so; our own code must carry it.
    case $(uname -m) in
    x86_64) [ "$(objdump -d "$file" | grep -c endbr64)" -gt 50 ] || miss "$file" "no CET" ;;
    esac
done
[ $code = 0 ] && echo "hardened: $*"
exit $code
