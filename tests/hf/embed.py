"""`gaze embed` against sentence-transformers' encode on MiniLM: 200 texts, every component of every vector."""

import json
import random
import time

import numpy as np
from sentence_transformers import SentenceTransformer

TOLERANCE = 1e-6  # absolute, of vectors of length 1
SENTENCES = """
The cat sat on the mat because it was tired.|He didn't say "no"; he said 3.14 isn't π (it's close!).|tl;dr: U.S.A. e.g. C++
Die Straße war naß, und über dem Café hing Nebel.|L'été dernier, nous avons mangé des crêpes à Besançon.
El niño corrió rápidamente hacia la montaña.|O coração não mente, disse a avó.|Zażółć gęślą jaźń.
Привет, как дела? Сегодня холодно.|Η γρήγορη αλεπού πηδάει.|İstanbul'da yağmur yağıyor.
猫坐在垫子上，因为它累了。|東京は夜の七時です。|고양이가 매트 위에 앉아 있었다.|สวัสดีครับ วันนี้อากาศดี
القطة جلست على السجادة لأنها كانت متعبة.|החתול ישב על השטיח.|नमस्ते दुनिया, आज मौसम अच्छा है।|வணக்கம் உலகம்
👍🏽 👨‍👩‍👧 great!!! 🙂|ﬁnance Ⅷ ½ ① ＡＢＣ|a\u0301e\u0300 \u200b\ufeff|[CLS] [MASK] [SEP] ##ing <s>
""".strip().replace("\n", "|").split("|")


def texts_of(seed, count=200):
    """Sentences alone, then empty, odd and too long ones, then mixtures of one to sixty sentences."""
    chosen = random.Random(seed)
    texts = [*SENTENCES, "", " ", "\n\t ", "x" * 120, "word " * 1000, "猫" * 700, "a", "\u0000", "."]
    while len(texts) < count:
        sentences = chosen.choices(SENTENCES, k=chosen.choice((1, 1, 2, 2, 3, 5, 60)))
        texts.append(chosen.choice((" ", "  ", "\n")).join(sentences))
    return texts


def embed(gaze, model, texts):
    """The array of `gaze embed -o X.npz`, and the seconds that the whole command took."""
    inputs, output = gaze.work / "texts.jsonl", gaze.work / "embeddings.npz"
    inputs.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    output.unlink(missing_ok=True)
    start = time.perf_counter()
    status, _, error = gaze.run("embed", "--model", model, "--file", inputs, "-o", output)
    seconds = time.perf_counter() - start
    if status:
        raise RuntimeError(f"gaze embed --model {model}: exit status {status}: {error}")
    with np.load(output) as arrays:
        return arrays["embeddings"], seconds


def equal_vectors(gaze, report, minilm, texts):
    model = SentenceTransformer(str(minilm), device="cpu")
    model.encode(texts[:2])
    start = time.perf_counter()
    theirs = model.encode(texts)
    encode = time.perf_counter() - start
    ours, seconds = embed(gaze, minilm, texts)
    difference = float(np.abs(ours - theirs).max())
    report.check(ours.shape == theirs.shape and difference <= TOLERANCE,
                 f"embed: shape {ours.shape}, largest difference {difference:.2e}")
    print(f"embed: {len(texts)} texts: largest difference {difference:.1e}; {seconds:.2f} s, encode {encode:.2f} s")
    return ours


def equal_lines(gaze, report, minilm, vectors):
    """Lines of JSON hold the same floats, for any number of threads."""
    for threads in (1, 3):
        _, output, _ = gaze.run("embed", "--model", minilm, "--file", gaze.work / "texts.jsonl", "--json",
                                "--threads", threads)
        lines = np.array([json.loads(line) for line in output.splitlines()], dtype=np.float32)
        report.check(np.array_equal(lines, vectors), f"embed: lines of JSON with {threads} threads are the .npz")


def run(gaze, report, minilm, seed):
    vectors = equal_vectors(gaze, report, minilm, texts_of(seed))
    equal_lines(gaze, report, minilm, vectors)
