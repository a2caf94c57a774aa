#!/bin/sh
# The interactive pages in a browser: tests/browser/*.test.js, each of one view, with Debian's Chromium.
# BUILD: the build folder; GAZE: the binary; CHROMIUM: the browser; T: only files whose name contains it.
set -eu
: "${BUILD:=build}" "${GAZE:=$BUILD/gaze}" "${CHROMIUM:=$(command -v chromium || true)}"
if [ -z "$CHROMIUM" ] || ! command -v npm >/dev/null; then
    echo "left out: the browser tests need chromium, nodejs and npm (apt-get install chromium nodejs npm)"
    exit 0
fi
mkdir -p "$BUILD/browser"
cp tests/browser/package.json "$BUILD/browser/"
(cd "$BUILD/browser" && [ -d node_modules/playwright-core ] ||
    npm install --no-audit --no-fund --no-package-lock --silent)
NODE_PATH=$(realpath "$BUILD/browser/node_modules") PAGES=$(realpath "$BUILD/browser") GAZE=$(realpath "$GAZE")
export NODE_PATH PAGES GAZE CHROMIUM
status=0
for file in tests/browser/*"${T:-}"*.test.js; do
    node "$file" || status=1
done
exit $status
