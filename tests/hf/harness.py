"""What the live tests share: running gaze, counting verdicts, texts of a given length, SIMD levels."""

import json
import os
import platform
import random
import subprocess

import numpy as np


class Report:
    """Counts checks, and prints those that fail."""

    def __init__(self):
        self.passed = self.failed = 0

    def check(self, ok, what):
        if ok:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}", flush=True)
        return ok


class Gaze:
    """The binary; `work` is a folder for what it writes."""

    def __init__(self, path, work):
        self.path, self.work = os.path.abspath(path), work

    def run(self, *arguments, level=None):
        """Exit status, standard output, standard error."""
        environment = dict(os.environ, **({"GAZE_SIMD": level} if level else {}))
        done = subprocess.run([self.path, *map(str, arguments)], capture_output=True, text=True,
                              env=environment, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout, done.stderr.strip()

    def dump(self, model, texts, *options, level=None, name="dump.npz"):
        """The arrays of `gaze dump`, `meta` left out. `texts` is one batch."""
        inputs, output = self.work / "texts.jsonl", self.work / name
        inputs.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
        output.unlink(missing_ok=True)
        status, _, error = self.run("dump", "--model", model, "-o", output, "--file", inputs, *options, level=level)
        if status:
            raise RuntimeError(f"gaze dump --model {model}: exit status {status}: {error}")
        with np.load(output) as arrays:
            return {key: arrays[key] for key in arrays.files if key != "meta"}

    def verify(self, reference, model, *options, level=None):
        """Exit status, the verdict of --json (None when it gave none), standard error."""
        status, output, error = self.run("verify", reference, "--model", model, "--json", *options, level=level)
        return status, json.loads(output) if output.strip() else None, error


def same_bits(a, b):
    """Whether two sets of arrays have the same names, shapes and bytes."""
    return a.keys() == b.keys() and all(a[k].shape == b[k].shape and a[k].tobytes() == b[k].tobytes() for k in a)


def simd_levels():
    """The values of GAZE_SIMD that this processor can run."""
    machine = platform.machine()
    if machine == "aarch64":
        return ["scalar", "baseline", "neon"]
    if machine != "x86_64":
        return ["scalar", "baseline"]
    with open("/proc/cpuinfo", encoding="ascii", errors="replace") as file:
        flags = set(next(line for line in file if line.startswith("flags")).split())
    levels = ["scalar", "baseline"]
    if {"avx2", "fma", "f16c"} <= flags:
        levels.append("avx2")
    if {"avx512f", "avx512vl", "avx512dq", "avx512bw"} <= flags:
        levels.append("avx512")
    return levels


def text_of(words, tokens, seed):
    """A text of that many tokens, [CLS] and [SEP] counted; every word must be one token."""
    return " ".join(random.Random(seed).choices(words, k=tokens - 2))
