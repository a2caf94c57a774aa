#!/bin/sh
# Runs fuzz targets, given by name or all of them, for $TIME seconds each, $JOBS at once. `make fuzz` builds
# them into $BUILD. Exit status 1 when one has found something; its input is left in $BUILD.
BUILD=${BUILD:-build-fuzz} TIME=${TIME:-60} JOBS=${JOBS:-1}
if [ $# -eq 0 ]; then
    for source in tests/fuzz/fuzz_*.c; do
        name=${source##*/fuzz_}
        set -- "$@" "${name%.c}"
    done
fi

# One target: what it says goes to $BUILD/NAME.log.
run() {
    corpus=$BUILD/corpus/$1
    mkdir -p "$corpus"
    dictionary=
    [ -f "tests/fuzz/$1.dict" ] && dictionary=-dict=tests/fuzz/$1.dict
    "$BUILD/tests/fuzz/fuzz_$1" $dictionary -max_total_time="$TIME" -timeout=20 -rss_limit_mb=2048 -max_len=4096 \
        -close_fd_mask=3 -print_final_stats=1 -artifact_prefix="$BUILD/$1-" "$corpus" "tests/fuzz/corpus/$1" \
        >"$BUILD/$1.log" 2>&1
    status=$?
    count=$(sed -n 's/^stat::number_of_executed_units: //p' "$BUILD/$1.log")
    covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$BUILD/$1.log" | tail -1)
    echo "fuzz_$1: ${count:-no} executions in $TIME s, $covered edges, exit status $status"
    [ $status -eq 0 ] || tail -40 "$BUILD/$1.log"
    return $status
}

failed=0
while [ $# -gt 0 ]; do
    pids=
    for _ in $(seq "$JOBS"); do
        [ $# -gt 0 ] || break
        run "$1" &
        pids="$pids $!"
        shift
    done
    for pid in $pids; do wait "$pid" || failed=1; done
done
exit $failed
