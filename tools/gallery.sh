#!/bin/sh
# Draws every view for the course's four sentences into one folder, with an index page. Run by `make gallery`.
#
#   GAZE=./gaze MODEL=path/to/model OUT=gallery sh tools/gallery.sh
#
# Layers and heads are those that the views choose by themselves, but for the link map, the comparison and the view
# of one head, which take the first and the last layer. A view that fails ends the script.
set -e
gaze=${GAZE:-./gaze}
model=${MODEL:-tests/data/models/tiny-bert}
out=${OUT:-gallery}
mkdir -p "$out"

# One file: its name, what it shows, then the command. A picture goes into the page, a page gets a link.
draw() {
    file=$1 caption=$2 command=$3
    shift 2
    "$gaze" "$@" -o "$out/$file" --quiet
    case $file in
    *.svg) printf '<figure><a href="%s"><img src="%s" alt="%s" loading="lazy"></a><figcaption>%s: <code>gaze %s</code></figcaption></figure>\n' \
        "$file" "$file" "$caption" "$caption" "$command" ;;
    *) printf '<li><a href="%s">%s</a></li>\n' "$file" "$caption" ;;
    esac >> "$out/index.html"
}

# All views of one sentence: its name, two tokens (by number where a vocabulary may cut the word) that are looked at, its text or its two texts.
sentence() {
    name=$1 from=$2 to=$3
    shift 3
    printf '<h2 id="%s">%s</h2>\n' "$name" "$*" >> "$out/index.html"
    draw "$name-heatmap.svg" "Each token and what it attends to, the mean over the heads of the last layer" heatmap --model "$model" "$@"
    draw "$name-head.svg" "The same as lines" head-view --model "$model" "$@"
    draw "$name-model.svg" "All heads" model-view --model "$model" "$@"
    draw "$name-statistics.svg" "What the heads do, layer by layer (--statistics)" model-view --model "$model" --statistics "$@"
    draw "$name-link.svg" "One link in every head (--link $from,$to)" model-view --model "$model" --link "$from,$to" "$@"
    draw "$name-neuron.svg" "How the weights of one token come about (--token $from)" neuron-view --model "$model" --layer 0 --head 0 --token "$from" "$@"
    draw "$name-text.svg" "What one token attends to, over the text (--token $from)" text-view --model "$model" --token "$from" "$@"
    draw "$name-compare.svg" "First and last layer" compare --model "$model" --a layer=0 --b layer=-1 "$@"
    printf '<p>To click and to choose in:</p>\n<ul>\n' >> "$out/index.html"
    draw "$name-head.html" "one layer as lines" head-view --model "$model" "$@"
    draw "$name-model.html" "all heads" model-view --model "$model" "$@"
    draw "$name-neuron.html" "how weights come about" neuron-view --model "$model" "$@"
    draw "$name-text.html" "attention over the text" text-view --model "$model" "$@"
    draw "$name-compare.html" "two layers and heads, and their difference" compare --model "$model" --a layer=0 --b layer=-1 "$@"
    printf '</ul>\n' >> "$out/index.html"
}

cat > "$out/index.html" << 'HEAD'
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>gaze: gallery</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:80rem;padding:0 1rem;color:#1b1f28;background:#fff}
figure{margin:2rem 0;overflow-x:auto}figcaption{position:sticky;left:0}img{box-sizing:border-box;max-width:100%;height:auto;border:1px solid #ccd}
@media(max-width:50rem){img{max-width:none}}
@media(prefers-color-scheme:dark){body{color:#e8ecef;background:#101518}a{color:#8cc4ff}img{border-color:#333c44}}
</style></head><body>
<h1>gaze: every view, four sentences</h1>
<p>Attention is not an explanation: it shows where a head looks, not why the model decides.</p>
<p>Tokens by the vocabulary of the model. Sentences: <a href="#cat">cat</a>, <a href="#gaudi">Gaudi</a>,
<a href="#telescope">telescope</a>, <a href="#chinese">Chinese</a>. A picture opens alone when it is clicked.</p>
HEAD

sentence cat it cat "The cat sat on the mat because it was tired."
sentence gaudi 1 -3 "Where did Gaudi work?" "Gaudi was an architect who lived and worked in Barcelona."
sentence telescope -3 4 "I saw the man with the telescope."
sentence chinese 3 4 "我看见一个拿着望远镜的人。"
printf '</body></html>\n' >> "$out/index.html"
echo "$out/index.html: $(ls "$out" | wc -l) files"
