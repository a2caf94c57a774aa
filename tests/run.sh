#!/bin/sh
# Runs the test programs given as arguments, one after another, and adds up. Used by `make test`.
# Prints the output of a program that failed, and every line that says what was left out. $RUN, when set, is a
# command that runs them: valgrind, an emulator.
passed=0
failed=0
for program in "$@"; do
    out=$(${RUN:-} "$program" 2>&1)
    status=$?
    name=${program##*/}
    ok=$(printf '%s\n' "$out" | grep -c '^\[       OK \]')
    bad=$(printf '%s\n' "$out" | grep '^\[  FAILED  \] [^0-9]' | sort -u | grep -c .) # cmocka lists them once more
    printf '%s\n' "$out" | grep -E '^(left out|note):' | sed "s|^|$name: |"
    passed=$((passed + ok))
    if [ "$status" -ne 0 ]; then
        [ "$bad" -eq 0 ] && bad=1
        failed=$((failed + bad))
        printf '%s\n' "$out"
        printf '%s: FAILED (exit status %s)\n' "$name" "$status"
    else
        printf '%s: %s ok\n' "$name" "$ok"
    fi
done
echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
