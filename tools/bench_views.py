#!/usr/bin/env python3
"""The pages of gaze beside those of bertviz, for the same model and text: size, elements, and times in Chromium.

    python3 tools/bench_views.py --model DIR --work FOLDER [--random 12x12] [--tokens 32,128,512]

For each number of tokens, special ones included, the text is the beginning of tests/data/viz/prose.txt. gaze writes its
page with `-o X.html` from the model; bertviz (html_action="return") gets the attentions that transformers computes, and its
neuron view the same weights in the copy of an old transformers that it brings along. --random LxH makes a model of L
layers and H heads in FOLDER, for the tokenizer of --model, with random weights (hf_models.py), and measures that.

bertviz's pages ask the network for three libraries; here they get local copies of them: require.js 2.3.6 and d3 5.7.0,
as they ask for, and jquery 2.2.4 for 2.0.0, which npm does not have. Each page is opened by a browser of its own, gaze's and
bertviz's in turns, and of several runs the least time counts, because other programs only add to it
(tests/browser/timing.js says what is timed). "none" is a page that shows no picture in 60 s. A page of bertviz for which
memory or disk does not suffice is not written; its size, in parentheses, is then computed from the one before. Everything
stays in FOLDER, but for bertviz's pages (--keep).

Needs torch, transformers, bertviz 1.4.1 (with ipython), nodejs, npm, chromium.
"""

import argparse
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROSE = ROOT / "tests/data/viz/prose.txt"
LIBRARIES = ["jquery@2.2.4", "d3@5.7.0", "requirejs@2.3.6", "playwright-core@1.65.1"]

PEERS = ("head-view", "model-view", "neuron-view")   # of which bertviz has one too
VIEWS = {                                            # the row's name: command, options
    "head view": ["head-view"],
    "head view, `--full`": ["head-view", "--full"],
    "model view": ["model-view"],
    "model view, `--full`": ["model-view", "--full"],
    "neuron view": ["neuron-view", "--layer", "0", "--head", "0"],
    "text view": ["text-view"],
    "compare": ["compare", "--a", "layer=0", "--b", "layer=1"],
}
STATIC = ("head-view", "model-view", "neuron-view")


def make_random(directory, tokenizer, shape):
    """A BERT of that many layers and heads, 64 dimensions a head, that takes the tokenizer's tokens."""
    import hf_models
    layers, heads = map(int, shape.split("x"))
    directory.mkdir(parents=True, exist_ok=True)
    for name in ("vocab.txt", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        if (tokenizer / name).is_file():
            shutil.copy(tokenizer / name, directory)
    words = len((directory / "vocab.txt").read_text(encoding="utf-8").splitlines())
    model = hf_models.random_model(12, hidden_size=64 * heads, num_hidden_layers=layers, num_attention_heads=heads,
                                   intermediate_size=256 * heads, vocab_size=words)
    hf_models.save(model, directory, note="random weights")


def prose(model, count):
    """The beginning of the prose that has exactly so many tokens; full stops fill what a word would overfill."""
    from transformers import AutoTokenizer
    tokenizer = AutoTokenizer.from_pretrained(model)
    words = PROSE.read_text(encoding="utf-8").split()
    length = lambda text: len(tokenizer(text)["input_ids"])
    taken = max(k for k in range(len(words) + 1) if length(" ".join(words[:k])) <= count)
    text = " ".join(words[:taken])
    return text + "." * (count - length(text))


# The pages --------------------------------------------------------------------------------------------------

def peer_heads(view, model, text):
    """bertviz's head_view or model_view of the attentions that transformers computes."""
    import bertviz
    import torch
    from transformers import AutoModel, AutoTokenizer
    tokenizer = AutoTokenizer.from_pretrained(model)
    encoder = AutoModel.from_pretrained(model, attn_implementation="eager").eval()
    encoded = tokenizer(text, return_tensors="pt")
    with torch.no_grad():
        attentions = encoder(**encoded, output_attentions=True).attentions
    tokens = tokenizer.convert_ids_to_tokens(encoded["input_ids"][0])
    return getattr(bertviz, view)(attentions, tokens, html_action="return").data


def peer_neurons(model, text):
    """bertviz's neuron_view. Its own model class reads no safetensors; so the weights are put into it."""
    import torch
    from bertviz import neuron_view
    from bertviz.transformers_neuron_view import BertConfig, BertModel
    from transformers import AutoModel, AutoTokenizer
    config = BertConfig(vocab_size_or_config_json_file=str(model / "config.json"))
    config.output_attentions = True
    encoder = BertModel(config)
    encoder.load_state_dict(AutoModel.from_pretrained(model).state_dict())
    with torch.no_grad():
        tokenizer = AutoTokenizer.from_pretrained(model)
        return neuron_view.show(encoder, "bert", tokenizer, text, layer=0, head=0, html_action="return").data


def write_peer(view, model, text, file):
    """Runs in a process of its own, which gives back the memory."""
    page = peer_neurons(model, text) if view == "neuron-view" else peer_heads(view.replace("-", "_"), model, text)
    file.write_text(page, encoding="utf-8")


def has_room(size, folder):
    """Whether a page of so many bytes can be made: lists of Python, then text, of which there are several copies."""
    lines = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    free = int(lines["MemAvailable"].split()[0]) * 1024
    return free > 6 * size and shutil.disk_usage(folder).free > 4 * size


def run_peer(view, model, text, file):
    child = multiprocessing.get_context("spawn").Process(target=write_peer, args=(view, model, text, file))
    child.start()
    child.join()
    return child.exitcode == 0


def run_gaze(gaze, words, model, text, file):
    subprocess.run([gaze, *words, "--model", model, "-o", file, "--quiet", text], check=True)


# Measuring --------------------------------------------------------------------------------------------------

def measure(kind, file, work):
    """One run of tests/browser/timing.js. A browser that dies shows no picture."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    environment = os.environ | {"NODE_PATH": str(work / "node_modules"), "CHROMIUM": chromium}
    done = subprocess.run(["node", ROOT / "tests/browser/timing.js", kind, file, work / "node_modules"],
                          env=environment, capture_output=True, text=True)
    return json.loads(done.stdout) if done.returncode == 0 else {}


def least(runs):
    """Of each figure the least; the picture is not there before the first paint."""
    out = {name: min(run[name] for run in runs) for name in runs[0] if all(name in run for run in runs)}
    if "picture" in out:
        out["picture"] = max(out["picture"], out.get("paint", 0))
    return out


def measure_both(view, pages, work, count):
    """{"gaze": figures, "bertviz": figures}, in turns; what shows nothing or is slow is opened once."""
    runs = {who: [] for who in pages}
    for _ in range(count):
        for who, file in pages.items():
            slow = runs[who] and runs[who][0].get("picture", 60000) > 10000
            if not slow:
                runs[who].append(measure(view if who == "gaze" else "bertviz-" + view, file, work))
    return {who: least(list_) | {"bytes": pages[who].stat().st_size} for who, list_ in runs.items()}


def peer_page(args, view, model, text, count, sizes):
    """The file of bertviz's page, or None. `sizes` are the bytes for each pair of tokens, of what could be written last."""
    file = args.work / f"bertviz-{view}-{count}.html"
    possible = count <= args.peer_up_to and has_room(sizes[view] * count ** 2, args.work)
    if not possible or not run_peer(view, model, text, file):
        return None
    sizes[view] = file.stat().st_size / count ** 2
    return file


def rows_of(args, model, count, sizes):
    """Writes and measures the pages of one text: yields (row's name, figures)."""
    text = prose(model, count)
    for name, words in VIEWS.items():
        view, full = words[0], "--full" in words
        if full and count <= 128:
            continue  # all is in the page anyway
        file = args.work / f"{view}{'-full' * full}-{count}.html"
        run_gaze(args.gaze, words, model, text, file)
        compared = view in PEERS and not full
        peer = peer_page(args, view, model, text, count, sizes) if compared else None
        figures = measure_both(view, {"gaze": file} | ({"bertviz": peer} if peer else {}), args.work, args.runs)
        if compared and not peer:
            figures["bertviz"] = {"computed": sizes[view] * count ** 2}
        if peer and not args.keep:
            peer.unlink()
        yield name, figures


# The table --------------------------------------------------------------------------------------------------

FIGURES = {"MB": "bytes", "elements": "elements", "first paint": "paint", "picture": "picture", "change": "change"}


def shown(figures, what):
    """One figure as text: "none" where a page shows no picture, and a dash where nothing is known."""
    if what == "bytes" and "computed" in figures:
        return f"({figures['computed'] / 1e6:,.0f})"
    if "picture" not in figures and what != "bytes":
        return "none" if what == "picture" and "bytes" in figures else "-"
    value = figures.get(what)
    if value is None:
        return "-"
    if what == "bytes":
        return f"{value / 1e6:.2f}" if value < 1e7 else f"{value / 1e6:,.0f}"
    return f"{value:,.0f}" if value >= 10 else f"{value:.1f}"


def print_row(name, count, figures):
    """A line of the table: "gaze / bertviz" where there are both."""
    cells = [" / ".join(shown(one, what) for one in figures.values()) for what in FIGURES.values()]
    print("| " + " | ".join([name, str(count)] + cells) + " |", flush=True)


def print_static(args, model, count):
    """The figures without script: bytes and elements of gaze's; bertviz has none."""
    text = prose(model, count)
    for view in STATIC:
        file = args.work / f"{view}-{count}.svg"
        run_gaze(args.gaze, VIEWS[view.replace("-", " ")], model, text, file)
        svg = file.read_text(encoding="utf-8")
        elements = svg.count("<") - svg.count("</") - svg.count("<?") - svg.count("<!")
        print(f"| {view.replace('-', ' ')}, `.svg` | {count} | {len(svg.encode()) / 1e6:.2f} | {elements:,} | | | |", flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="a folder for all that is made")
    parser.add_argument("--gaze", default="./gaze")
    parser.add_argument("--random", metavar="LxH", help="a model of random weights, so large, with the tokenizer of --model")
    parser.add_argument("--tokens", default="32,128,512")
    parser.add_argument("--peer-up-to", type=int, default=512, metavar="N", help="with more tokens bertviz is computed, not run")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--keep", action="store_true", help="do not delete the pages of bertviz")
    return parser.parse_args()


def main():
    args = arguments()
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TRANSFORMERS_VERBOSITY="error")
    args.work.mkdir(parents=True, exist_ok=True)
    subprocess.run(["npm", "install", "--prefix", args.work, "--no-audit", "--no-fund", "--silent", *LIBRARIES], check=True)
    model = args.model
    if args.random:
        model = args.work / f"random-{args.random}"
        make_random(model, args.model, args.random)
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    sizes = dict.fromkeys(PEERS, 46 * config["num_hidden_layers"] * config["num_attention_heads"])
    print(f"{model.name}: gaze / bertviz; times in ms, the least of {args.runs} runs")
    print(f"{os.cpu_count()} processors, load before {os.getloadavg()[0]:.1f}\n")
    print("| view | tokens | " + " | ".join(FIGURES) + " |")
    print("|---|---|" + "---|" * len(FIGURES))
    for count in map(int, args.tokens.split(",")):
        for name, figures in rows_of(args, model, count, sizes):
            print_row(name, count, figures)
        print_static(args, model, count)
    print(f"\nload after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tools"))
    main()
