#!/usr/bin/env python3
"""Many texts to vectors: `gaze embed` beside sentence-transformers doing the same.

    python3 tools/bench_embed.py --model DIR [--gaze ./gaze] [--texts 512] [--runs 5] [--threads 1 2]

The two take turns, so that a busy machine hurts both. Of gaze the whole process is timed: opening the model, reading
the texts, tokens, forward passes, writing the .npz. Of sentence-transformers only encode() is, after the import, the
opening and one unmeasured call, with the better of two batch sizes. The vectors are compared too. Two sets of texts:
short (5 to 25 words) and long (cut at max_seq_length). Needs torch, sentence-transformers and numpy.
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


def seconds(work):
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def measure(args, model, texts, threads, folder):
    """Seconds of each run by name, and the largest difference of the vectors."""
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
            times[name].append(seconds(work)[0])
    ours = numpy.load(output)["embeddings"]
    return times, float(numpy.abs(ours - results[f"batch {args.batch[0]}"]).max())


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--model", required=True)
    parser.add_argument("--gaze", default="./gaze")
    parser.add_argument("--texts", type=int, default=512)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--batch", type=int, nargs="+", default=[32, 128])
    args = parser.parse_args()
    model = SentenceTransformer(args.model, device="cpu")
    sets = {"short": texts_of(args.texts, 5, 25, 1), "long": texts_of(max(1, args.texts // 16), 250, 400, 2)}
    print(f"{args.runs} runs each, medians; {os.cpu_count()} processors; torch {torch.__version__}")
    for threads in args.threads:
        for name, texts in sets.items():
            with tempfile.TemporaryDirectory() as folder:
                times, difference = measure(args, model, texts, threads, folder)
            medians = {kind: statistics.median(values) for kind, values in times.items()}
            best = min(value for kind, value in medians.items() if kind != "gaze")
            tokens = sum(len(ids) for ids in model.tokenizer(texts, truncation=True)["input_ids"])
            print(f"{threads} threads, {len(texts)} {name} texts, {tokens} tokens: gaze {medians['gaze']:.3f} s "
                  f"({tokens / medians['gaze']:.0f} tokens/s), "
                  + ", ".join(f"{kind} {value:.3f} s" for kind, value in medians.items() if kind != "gaze")
                  + f"; sentence-transformers / gaze {best / medians['gaze']:.2f}; "
                  f"largest difference {difference:.1e}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
