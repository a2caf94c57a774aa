#!/bin/sh
# The same arrays give the same bytes: every view, static and as a page, by binaries of other compilers and levels of
# optimisation, with other numbers of threads, and where the locale writes 0,5. Called by `make test-same`.
#
#   BUILD: a folder for what is made here; BINARIES: the binaries, of which the first is the measure; CC: a compiler
set -eu
: "${BUILD:=build-same}" "${BINARIES:=build/gaze}" "${CC:=cc}"
model=tests/data/models/tiny-bert
first=${BINARIES%% *}
failed=0
complain() {
    echo "test-same: $*"
    failed=$((failed + 1))
}

# Every picture of one source, by $gaze into $to; the options of the source are the rest.
draw_all() {
    name=$1
    shift
    draw() {
        file=$1 view=$2
        shift 2
        $gaze "$view" --quiet --threads "$threads" -o "$to/$name-$file" "$@"
    }
    draw one.svg heatmap --layer 1 --head 2 "$@"
    draw grid.svg heatmap --layer all --head all --theme dark "$@"
    draw words.json heatmap --layer 1 --head 2 --unit word --special hide --renormalise "$@"
    draw cells.csv heatmap --layer 1 --head mean "$@"
    draw terminal.txt heatmap --layer 1 --head 2 --format text "$@"
    draw statistics.svg model-view --statistics "$@"
    draw link.svg model-view --link 3,4 "$@"
    draw lines.svg model-view --thumb lines --sort entropy "$@"
    for ending in svg html; do
        draw head.$ending head-view --layer 1 --head 1,3 --token 3 "$@"
        draw wide.$ending head-view --layer 1 --layout horizontal --lang zh "$@"
        draw model.$ending model-view "$@"
        draw neuron.$ending neuron-view --layer 1 --head 2 --token 3 "$@"
        draw sorted.$ending neuron-view --layer 0 --head 1 --dimensions sorted --special dim "$@"
        draw text.$ending text-view --layer 1 --head 2 --token 3 "$@"
        draw two.$ending compare --a layer=0,head=1 --b layer=1,head=2 "$@"
    done
}
per_source=22

# What $gaze draws of stored numbers: Hugging Face's of a sentence, and those of a long text.
draw_records() {
    to=$1
    rm -rf "$to"
    mkdir -p "$to"
    draw_all short --record $model/ref.npz
    draw_all long --record "$BUILD/long.npz"
}

# The same from texts, which the binary computes itself; numbers come out the same on any number of threads.
draw_texts() {
    to=$1
    rm -rf "$to"
    mkdir -p "$to"
    draw_all text --model $model "The cat sat on the mat because it was tired."
    draw_all pair --model $model "Where did Gaudi work?" "Gaudi was an architect who lived and worked in Barcelona."
}

sums() {
    (cd "$1" && sha256sum -- *)
}

# same NAME FOLDER EXPECTED-FOLDER: the sums of both lie beside them.
same() {
    if diff "$3.sums" "$2.sums" > "$2.diff"; then
        echo "test-same: $1: $(wc -l < "$2.sums") files, the same bytes"
    else
        complain "$1: other bytes: $(sed -n 's/^> [0-9a-f]*  //p' "$2.diff" | tr '\n' ' ')"
    fi
}

# The locale: made here of glibc's sources, so that none need be installed.
mkdir -p "$BUILD/locales"
if ! localedef -f UTF-8 -i de_DE "$BUILD/locales/de_DE.UTF-8" 2> "$BUILD/localedef.log"; then
    echo "left out: a locale that writes commas (apt-get install locales)"
fi
$CC -shared -fPIC -o "$BUILD/locale.so" tests/same/locale.c
status=0
LC_ALL=C LD_PRELOAD=$(realpath "$BUILD/locale.so") $first --version > /dev/null 2>&1 || status=$?
[ $status -eq 99 ] || complain "tests/same/locale.c has no hold on $first"

threads=1 gaze=$first
long="the cat sat on the mat because it was tired and the dog was not"
$gaze dump --model $model --what inputs,attentions,qkv -o "$BUILD/long.npz" "$long $long $long $long $long"
draw_records "$BUILD/first"
draw_texts "$BUILD/texts"
for folder in first texts; do
    sums "$BUILD/$folder" > "$BUILD/$folder.sums"
    # no picture may be missing, empty, or a copy of another
    [ "$(cut -c-64 "$BUILD/$folder.sums" | sort -u | wc -l)" -eq $((2 * per_source)) ] ||
        complain "$folder: not $((2 * per_source)) different pictures"
done

for gaze in $BINARIES; do
    draw_records "$BUILD/other"
    sums "$BUILD/other" > "$BUILD/other.sums"
    same "$gaze" "$BUILD/other" "$BUILD/first"
done
gaze=$first
for threads in 2 3; do
    draw_texts "$BUILD/other"
    sums "$BUILD/other" > "$BUILD/other.sums"
    same "$threads threads" "$BUILD/other" "$BUILD/texts"
done
if [ -d "$BUILD/locales/de_DE.UTF-8" ]; then
    threads=1
    gaze="env LOCPATH=$(realpath "$BUILD/locales") LC_ALL=de_DE.UTF-8 LD_PRELOAD=$(realpath "$BUILD/locale.so") $first"
    for texts in records texts; do
        draw_$texts "$BUILD/other"
        sums "$BUILD/other" > "$BUILD/other.sums"
        [ $texts = records ] && expected=first || expected=texts
        same "where 0.5 is 0,5, $texts" "$BUILD/other" "$BUILD/$expected"
    done
fi
exit $failed
