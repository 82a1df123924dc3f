#!/bin/sh
# Installs, builds with sanitizers and runs the tests. Exit code 0 only if everything passed.
#   sh tests/run.sh [core|quick|hosts|matrix|all]      default: core
#     quick   gcc with address and undefined behaviour sanitizers, unit tests only
#     core    all tests that need no heavy host; then clang (unit tests) and the thread sanitizer
#     hosts   core and the tests labelled "hosts"
#     matrix  the laws on every file, with the judge from outside, optimised build (an hour or two);
#             figures in build/matrix/matrix.txt
#     all     everything, also what is labelled "slow"
set -eu

mode=${1:-core}
case $mode in
core | quick | hosts | matrix | all) ;;
*)
    echo "run.sh: unknown choice: $mode (core, quick, hosts, matrix or all)" >&2
    exit 2
    ;;
esac
cd -- "$(dirname -- "$0")/.."
root=$PWD
jobs=$(nproc 2>/dev/null || echo 2)
failed=
logs=
limit=600

case $mode in
hosts | all) sh plugin/setup.sh build test office web worker windows ;;
quick) sh plugin/setup.sh build test ;;
*) sh plugin/setup.sh build test office worker ;;
esac

# Sanitizers of this age want memory at its usual places; kernels with much address randomisation move
# it away. Where the switch is forbidden we go without.
plain=
if setarch "$(uname -m)" -R true 2>/dev/null; then
    plain="setarch $(uname -m) -R"
fi

say() {
    printf '\n==== %s\n' "$*"
}

# stage <preset> <ctest arguments...>: configures, builds and tests one preset; remembers failures and
# goes on, so that one run tells everything.
stage() {
    preset=$1
    shift
    say "$preset: build"
    if ! cmake --preset "$preset" || ! cmake --build --preset "$preset" --parallel "$jobs"; then
        echo "run.sh: the $preset build failed" >&2
        failed="$failed $preset(build)"
        return 0
    fi
    say "$preset: test"
    log=$root/build/$preset/ctest-output.txt
    code=$root/build/$preset/ctest-code.txt
    logs="$log $logs"
    {
        rc=0
        $plain ctest --test-dir "$root/build/$preset" --output-on-failure --no-tests=error \
            --timeout "$limit" -j "$jobs" "$@" || rc=$?
        echo "$rc" >"$code"
    } 2>&1 | tee "$log"
    if [ "$(cat "$code")" != 0 ]; then
        failed="$failed $preset"
    fi
}

case $mode in
quick) stage asan -L '^(unit|source)$' ;;
core) stage asan -LE '^(hosts|slow)$' ;;
hosts) stage asan -LE '^slow$' ;;
matrix)
    limit=43200
    stage matrix -L '^matrix$'
    ;;
all) stage asan -LE '^matrix$' ;;
esac
if [ "$mode" = all ]; then
    stage asan-clang -LE '^hosts$'
elif [ "$mode" = core ] || [ "$mode" = hosts ]; then
    stage asan-clang -L '^unit$'
fi
# Chance, for some seconds a target; long runs are in tests/fuzz/README.md.
if [ "$mode" != quick ] && [ "$mode" != matrix ]; then
    stage fuzz -L '^fuzz$'
fi
if [ "$mode" != quick ] && [ "$mode" != matrix ]; then
    stage tsan -L '^threads$'
fi
if [ "$mode" = all ]; then
    limit=43200
    stage matrix -L '^matrix$'
fi

# ctest's summaries once more, the main one last.
say "summary"
if [ -n "$failed" ]; then
    echo "failed:$failed"
fi
for log in $logs; do
    printf '\n-- %s\n' "$(basename -- "$(dirname -- "$log")")"
    sed -n '/tests passed\|tests failed\|No tests were found/,$p' "$log"
done
[ -z "$failed" ]
