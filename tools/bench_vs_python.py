#!/usr/bin/env python3
"""One sentence to one SVG: `gaze heatmap` beside transformers + matplotlib doing the same.

    python3 tools/bench_vs_python.py --model DIR [--gaze ./gaze] [--runs 9]

Every run is a process of its own (cold process, warm page cache: one unmeasured run of each comes first). The two take
turns, so that a busy machine hurts both. Wall time, processor time and peak resident memory are those of the whole
child, as wait4 reports them (memory is at least this script's own, 10 MB). Needs torch, transformers and matplotlib.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time

SENTENCE = "The cat sat on the mat because it was tired."
LAYER, HEAD = 4, 3

PYTHON = f"""
import sys
import torch
from transformers import AutoModel, AutoTokenizer
import matplotlib
matplotlib.use("svg")
import matplotlib.pyplot as plt

directory, output = sys.argv[1:]
tokenizer = AutoTokenizer.from_pretrained(directory)
model = AutoModel.from_pretrained(directory, attn_implementation="eager")
encoded = tokenizer({SENTENCE!r}, return_tensors="pt")
with torch.no_grad():
    attention = model(**encoded, output_attentions=True).attentions[{LAYER}][0, {HEAD}]
tokens = tokenizer.convert_ids_to_tokens(encoded["input_ids"][0])
plt.imshow(attention)
plt.xticks(range(len(tokens)), tokens, rotation=90)
plt.yticks(range(len(tokens)), tokens)
plt.savefig(output)
"""


def run(command):
    """Seconds, processor seconds and peak MB of one child process; its output goes nowhere."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        os.execvp(command[0], command)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if status:
        sys.exit(f"failed: {' '.join(command)[:200]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--gaze", default="./gaze")
    parser.add_argument("--runs", type=int, default=9)
    args = parser.parse_args()
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")

    with tempfile.TemporaryDirectory() as folder:
        svg = os.path.join(folder, "cat.svg")
        commands = {
            "gaze": [args.gaze, "heatmap", "--model", args.model, "--layer", str(LAYER), "--head", str(HEAD),
                     "-o", svg, SENTENCE],
            "python": [sys.executable, "-c", PYTHON, args.model, svg],
        }
        for command in commands.values():
            run(command)
        measured = {name: [] for name in commands}
        for _ in range(args.runs):
            for name, command in commands.items():
                measured[name].append(run(command))

    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in measured.items()}
    print(f"{args.runs} runs each, medians; {os.cpu_count()} processors")
    for name, (seconds, cpu, memory) in medians.items():
        fastest = min(row[0] for row in measured[name])
        print(f"{name:8} {seconds * 1000:8.1f} ms  (fastest {fastest * 1000:.1f}; processor {cpu * 1000:.1f})"
              f"   {memory:7.1f} MB")
    ratios = [theirs / ours for theirs, ours in zip(medians["python"], medians["gaze"])]
    print("python / gaze: {:.0f} x time, {:.0f} x processor time, {:.1f} x memory".format(*ratios))


if __name__ == "__main__":
    main()
