"""Memory: BERT-base reads 512 tokens and draws a head where a process may have 512 MB of addresses, the file included.

The model's 440 MB are mapped and used in place; so 72 MB are left for everything else, which would not hold the
attentions of all layers and heads (151 MB): the record keeps what is drawn.
"""

import resource
import shutil
import subprocess

import hf_models

LIMIT = 512 << 20
TOKENS, VOCABULARY = 512, 30522  # of bert-base-uncased
BASE = dict(D=768, L=12, H=12, F=3072)


def limited():
    resource.setrlimit(resource.RLIMIT_AS, (LIMIT, LIMIT))


def draw(gaze, model, output, text, threads, limit):
    command = [gaze.path, "heatmap", "--model", model, "--layer", "5", "--head", "3", "--threads", str(threads),
               "-o", output, text]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limited if limit else None)
    return done.returncode, done.stderr.strip()


def run(gaze, report, seed):
    directory = gaze.work / "bert-base"
    words = [f"word{i}" for i in range(VOCABULARY - len(hf_models.vocabulary()))]
    hf_models.make_directory(directory, seed, words=" ".join(words), **BASE)
    text = " ".join(words[i * 7919 % len(words)] for i in range(TOKENS - 2))
    free, narrow = gaze.work / "free.svg", gaze.work / "narrow.svg"
    status, error = draw(gaze, directory, free, text, 2, limit=False)
    report.check(status == 0, f"memory: without a limit: {error}")
    for threads in (1, 2):
        status, error = draw(gaze, directory, narrow, text, threads, limit=True)
        same = status == 0 and free.read_bytes() == narrow.read_bytes()
        report.check(same, f"memory: {threads} threads, {LIMIT >> 20} MB: exit status {status} {error}")
    print(f"BERT-base, {TOKENS} tokens, one head: drawn within {LIMIT >> 20} MB of addresses")
    shutil.rmtree(directory)
