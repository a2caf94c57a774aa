#!/bin/sh
# Compiles example.c against an installation in $ROOT (prefix /usr), statically and against the shared library,
# as gaze.pc says, and runs both. Called by `make test-install`.
set -eu
pc="$ROOT/usr/lib/pkgconfig/gaze.pc"
# gaze.pc's own words, without needing pkg-config; the paths are moved into $ROOT
field() { sed -n "s/^$1: //p" "$pc" | sed "s|\${includedir}|$ROOT/usr/include|g; s|\${libdir}|$ROOT/usr/lib|g"; }
model=tests/data/models/tiny-bert
failed=0
check() {
    if out=$("$@" $model "The cat sat.") && [ "$(echo "$out" | wc -l)" -eq 6 ] && echo "$out" | grep -q '^cat 0\.'; then
        echo "test-install: ${1##*/} ok"
    else
        echo "test-install: ${1##*/} FAILED"
        failed=$((failed + 1))
    fi
}
$CC -std=c11 $(field Cflags) tests/install/example.c $(field Libs) $(field Libs.private) -o "$ROOT/example-shared"
$CC -std=c11 $(field Cflags) tests/install/example.c "$ROOT/usr/lib/libgaze.a" $(field Libs.private) -o "$ROOT/example-static"
LD_LIBRARY_PATH="$ROOT/usr/lib" check "$ROOT/example-shared"
check "$ROOT/example-static"
# every command and option of the help has its place in the manual page
manual=$(sed 's/\\-/-/g' "$ROOT/usr/share/man/man1/gaze.1")
gaze="$ROOT/usr/bin/gaze"
commands=$("$gaze" --help | sed -n '/^commands:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
for word in $commands $(for c in $commands; do "$gaze" "$c" --help | sed -n 's/^  \(-[a-z-]*\) .*/\1/p'; done | sort -u); do
    echo "$manual" | grep -q -- "$word" || { echo "test-install: gaze.1 does not mention $word"; failed=$((failed + 1)); }
done
[ $failed -eq 0 ] && echo "test-install: the manual page names every command and option"
exit $failed
