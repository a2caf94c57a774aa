#!/usr/bin/env python3
"""Many texts to vectors: `gaze embed` beside sentence-transformers doing the same.

    python3 tools/bench_embed.py --model DIR [--gaze ./gaze] [--texts 200 2000] [--runs 5] [--threads 1 2]

The two take turns, so that a busy machine hurts both; how busy it was is printed, and beside the seconds on the clock
those of the processors, which others' work changes less. Of gaze the whole process is timed: opening the model, reading
the texts, tokens, forward passes, writing the .npz. Of sentence-transformers only encode() is, after the import, the
opening and one unmeasured call, with the better of two batch sizes. The vectors are compared too. Sets of texts: short
(5 to 25 words), and a sixteenth as many long ones (cut at max_seq_length). Needs torch, sentence-transformers and numpy.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", TOKENIZERS_PARALLELISM="true")

import numpy
import torch
from sentence_transformers import SentenceTransformer

WORDS = ("the cat sat on mat because it was tired a river runs through old town people read books about history and "
         "science every morning light falls over hills quickly small birds sing in green trees while children play "
         "unbelievable transformation of industrial machinery happened again yesterday").split()


def texts_of(count, shortest, longest, seed):
    generator = random.Random(seed)
    return [" ".join(generator.choices(WORDS, k=generator.randint(shortest, longest))) for _ in range(count)]


def processor_seconds():
    """Of this process and of those that it has waited for."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


def seconds(work):
    """On the clock, and of the processors."""
    start, used = time.perf_counter(), processor_seconds()
    work()
    return time.perf_counter() - start, processor_seconds() - used


def measure(args, model, texts, threads, folder):
    """Seconds of each run by name, both kinds, and the largest difference of the vectors."""
    source, output = os.path.join(folder, "texts.jsonl"), os.path.join(folder, "vectors.npz")
    with open(source, "w", encoding="utf-8") as file:
        file.writelines(json.dumps(text) + "\n" for text in texts)
    command = [args.gaze, "embed", "--model", args.model, "--file", source, "-o", output, "--threads", str(threads)]
    torch.set_num_threads(threads)
    works = {"gaze": lambda: subprocess.run(command, check=True)}
    for size in args.batch:
        works[f"batch {size}"] = lambda size=size: model.encode(texts, batch_size=size, show_progress_bar=False)
    times = {name: [] for name in works}
    results = {name: work() for name, work in works.items()}
    for _ in range(args.runs):
        for name, work in works.items():
            times[name].append(seconds(work))
    ours = numpy.load(output)["embeddings"]
    return times, float(numpy.abs(ours - results[f"batch {args.batch[0]}"]).max())


def show(times, title, tokens, difference):
    """Medians; the better batch size of sentence-transformers counts."""
    clock, used = ({name: statistics.median(run[kind] for run in runs) for name, runs in times.items()} for kind in (0, 1))
    best, least = (min(value for name, value in kind.items() if name != "gaze") for kind in (clock, used))
    print(f"{title}, {tokens} tokens: " + ", ".join(f"{name} {clock[name]:.3f} s ({used[name]:.3f})" for name in times)
          + f"; gaze {tokens / clock['gaze']:.0f} tokens/s; sentence-transformers / gaze {best / clock['gaze']:.2f} "
          f"({least / used['gaze']:.2f}); largest difference {difference:.1e}; load {os.getloadavg()[0]:.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--gaze", default="./gaze")
    parser.add_argument("--texts", type=int, nargs="+", default=[200, 2000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batch", type=int, nargs="+", default=[32, 128])
    args = parser.parse_args()
    model = SentenceTransformer(args.model, device="cpu")
    sets = [(kind, texts) for count in args.texts for kind, texts in
            (("short", texts_of(count, 5, 25, 1)), ("long", texts_of(max(1, count // 16), 250, 400, 2)))]
    print(f"{args.runs} runs each, medians, on the clock (of the processors); {os.cpu_count()} processors; "
          f"torch {torch.__version__}")
    for threads in args.threads:
        for kind, texts in sets:
            with tempfile.TemporaryDirectory() as folder:
                times, difference = measure(args, model, texts, threads, folder)
            tokens = sum(len(ids) for ids in model.tokenizer(texts, truncation=True)["input_ids"])
            show(times, f"{threads} threads, {len(texts)} {kind} texts", tokens, difference)


if __name__ == "__main__":
    sys.exit(main())
