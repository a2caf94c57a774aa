"""Numbers: gaze against transformers in float32 and float64, at every SIMD level, for any threads and batch."""

import gc
import json

import numpy as np
import torch

import export_hf
import hf_models
from errors import INPUTS, Errors, print_heading
from harness import same_bits, simd_levels, text_of
from make_fixtures import TINY_WORDS

WORDS = [word for word in TINY_WORDS.split() if not word.startswith("##")]

# Sizes by the letters of hf_models.SIZES. Together: every activation, odd sizes, all storage forms.
SMALL = {
    "gelu, 1 layer": dict(D=32, L=1, H=4, F=64),
    "gelu_new, head size 3, eps 1e-3": dict(D=9, L=2, H=3, F=20, act="gelu_new", eps=1e-3, types=1,
                                            tokenizer="tokenizer.json"),
    "gelu_pytorch_tanh, D 20, 5 heads, 4 types": dict(D=20, L=3, H=5, F=33, act="gelu_pytorch_tanh", types=4,
                                                      tokenizer="both"),
    "gelu_fast, D 36, F16": dict(D=36, L=2, H=3, F=50, act="gelu_fast", dtype=torch.float16),
    "relu, D 92, BF16 in 3 shards": dict(D=92, L=2, H=4, F=60, act="relu", dtype=torch.bfloat16, shards=3),
    "silu, bert. prefix, old names": dict(D=24, L=2, H=3, F=40, act="silu", architecture="BertForMaskedLM",
                                          old_names=True),
    "tanh, no pooler": dict(D=16, L=2, H=2, F=30, act="tanh", pooler=False),
    "quick_gelu, 2 shards": dict(D=30, L=2, H=5, F=31, act="quick_gelu", shards=2),
    "gelu, 24 layers": dict(D=48, L=24, H=4, F=96),
}
BASE = dict(D=768, L=12, H=12, F=3072)


def failures(verdict):
    """The lines of verify's --json that say why it failed."""
    return [tensor for tensor in (verdict or {}).get("tensors", []) if not tensor["ok"]]


class Judge:
    """One model: runs transformers once for an input, then holds gaze's numbers against it."""

    def __init__(self, gaze, report, name, directory, what=export_hf.GROUPS):
        self.gaze, self.report, self.name, self.directory, self.what = gaze, report, name, directory, what
        self.errors = Errors(report, name)

    def reference(self, texts, layers):
        """Arrays of transformers in float32 and float64; ref.npz for `gaze verify` has those of float64, rounded: how
        torch rounds in float32 depends on the processor, and in a deep model by more than verify lets pass."""
        encodings, types = export_hf.encode(self.directory, texts)
        arrays = []
        for dtype in (torch.float32, torch.float64):
            model = export_hf.load_model(self.directory, dtype)
            inputs = export_hf.make_inputs(model.config, [e.ids for e in encodings], types)
            arrays.append(export_hf.compute(model, inputs, self.what, layers))
        self.file = self.gaze.work / "ref.npz"
        export_hf.write(self.file, arrays[1], {"texts": texts})
        return arrays

    def verify(self, label, expected, level=None):
        """`gaze verify` passes, and has compared every array of the file."""
        status, verdict, message = self.gaze.verify(self.file, self.directory, level=level)
        compared = {tensor["name"] for tensor in verdict["tensors"]} if verdict else set()
        self.report.check(status == 0 and verdict["ok"] and compared >= expected - set(INPUTS),
                          f"{label}: verify: exit status {status} {message} {failures(verdict)}")

    def judge(self, texts, levels=(None,), layers=None):
        """verify's verdict, and the error against float64, at every level (None: the one that gaze chooses)."""
        ref32, ref64 = self.reference(texts, layers)
        options = ["--what", ",".join(self.what)]
        if layers is not None:
            options += ["--layers", ",".join(map(str, layers))]
        for level in levels:
            named = level or "default"
            label = f"{self.name}, {ref32['input_ids'].shape} tokens, {named}"
            self.verify(label, ref32.keys(), level)
            ours = self.gaze.dump(self.directory, texts, *options, level=level)
            self.errors.add(named, label, ours, ref32, ref64)
        gc.collect()

    def judge_ids(self, ids, types):
        """verify alone, on ids and token types that no tokenizer gives."""
        self.file = self.gaze.work / "ref.npz"
        export_hf.export(self.file, self.directory, ids=ids, types=types, what=self.what)
        with np.load(self.file) as arrays:
            self.verify(f"{self.name}, token types {types}", set(arrays.files) - {"meta"})

    def same_for_threads_and_batch(self, texts):
        """1, 2, 3 threads give the same bits; so does a text alone and in the batch."""
        options = ("--what", ",".join(self.what))
        one, *others = [self.gaze.dump(self.directory, texts, *options, "--threads", n) for n in (1, 2, 3)]
        self.report.check(all(same_bits(one, other) for other in others), f"{self.name}: threads change the bits")
        lengths = one["attention_mask"].sum(1)
        for i, text in enumerate(texts):
            alone = self.gaze.dump(self.directory, [text], *options)
            differ = [name for name, array in one.items()
                      if cut(name, array[i:i + 1], lengths[i]).tobytes() != alone[name].tobytes()]
            self.report.check(not differ, f"{self.name}: text {i} alone and in a batch differ in {differ[:3]} ...")


def cut(name, array, t):
    """The array of one text of t tokens out of that of a batch."""
    kind = name.split(".")[0]
    if kind in ("attentions", "scores"):
        array = array[:, :, :t, :t]
    elif kind in ("queries", "keys", "values"):
        array = array[:, :, :t]
    elif kind != "pooler_output" and not (kind == "logits" and array.ndim == 2):
        array = array[:, :t]
    return np.ascontiguousarray(array)


def small_model(judge, types, seed):
    """All levels: a batch of unequal lengths, 128 tokens, a pair. The level that gaze chooses: 512 tokens.

    The batch is large because a text has one pooler's output: the largest error of a few is chance."""
    batch = [text_of(WORDS, n, seed + n) for n in (3, 19, 8)]
    judge.judge([*batch, *(text_of(WORDS, 3 + n % 20, seed + n) for n in range(40))], simd_levels())
    judge.judge([text_of(WORDS, 128, seed)], simd_levels())
    if types > 1:
        judge.judge([[text_of(WORDS, 9, seed), text_of(WORDS, 14, seed + 1)]], simd_levels())
        judge.judge_ids([list(range(5, 5 + 2 * types))] * 2, [[i % types for i in range(2 * types)], [types - 1] * 2 * types])
    judge.judge([text_of(WORDS, 512, seed)], simd_levels()[-1:])
    judge.same_for_threads_and_batch(batch)
    judge.errors.conclude()


def small_models(gaze, report, seed):
    for i, (name, case) in enumerate(SMALL.items()):
        directory = gaze.work / "model"
        remake(directory, seed + i, case)
        small_model(Judge(gaze, report, name, directory), case.get("types", 2), seed)


def remake(directory, seed, case):
    for old in directory.glob("*") if directory.exists() else []:
        old.unlink()
    hf_models.make_directory(directory, seed, words=TINY_WORDS, **case)


def large_model(gaze, report, name, directory, seed):
    """Base size and MiniLM: 8 and 128 tokens at all levels; a batch and 512 tokens at the one that gaze chooses."""
    judge = Judge(gaze, report, name, directory)
    judge.judge([text_of(WORDS, 8, seed)], simd_levels())
    judge.judge([text_of(WORDS, 128, seed)], simd_levels())
    batch = [text_of(WORDS, n, seed + n) for n in (17, 40, 5)]
    judge.judge(batch)
    judge.judge([text_of(WORDS, 512, seed)], layers=[0, 5])
    judge.same_for_threads_and_batch(batch)
    judge.errors.conclude()


def base_size(gaze, report, seed):
    directory = gaze.work / "base"
    remake(directory, seed, BASE)
    large_model(gaze, report, "base size, 12 layers", directory, seed)
    (directory / "model.safetensors").unlink()


def levels_are_told_apart(gaze, report, minilm):
    """GAZE_SIMD is obeyed: the widest level rounds otherwise than the scalar one, and an unknown one is refused."""
    levels = simd_levels()
    print("SIMD levels on this machine:", " ".join(levels))
    report.check(levels[-1] in ("neon", "avx2", "avx512"), "this machine has no AVX2 and no NEON")
    texts = ["The cat sat on the mat because it was tired."]
    first, last = (gaze.dump(minilm, texts, level=level) for level in (levels[0], levels[-1]))
    report.check(not same_bits(first, last), f"GAZE_SIMD={levels[0]} and {levels[-1]} give the same bits")


def heatmap_json(gaze, report, minilm):
    """The matrix that the picture shows is transformers' attention."""
    text = "The cat sat on the mat because it was tired."
    (encoding,), types = export_hf.encode(minilm, [text])
    model = export_hf.load_model(minilm)
    inputs = export_hf.make_inputs(model.config, [encoding.ids], types)
    arrays = export_hf.compute(model, inputs, ["attentions"])
    for layer, head, expected in ((4, "3", arrays["attentions.4"][0, 3]),
                                  (-1, "mean", arrays["attentions.5"][0].mean(0)),
                                  (2, "max", arrays["attentions.2"][0].max(0))):
        found = read_heatmap(gaze, "--model", minilm, "--layer", layer, "--head", head, text)
        matrix = np.array(found.get("matrix", np.nan))
        report.check(found.get("tokens") == encoding.tokens and matrix.shape == expected.shape
                     and np.abs(matrix - expected).max() <= 1e-5,
                     f"heatmap --layer {layer} --head {head} -o matrix.json: {str(found)[:200]}")


def picture_of_a_record(gaze, report, minilm):
    """gaze draws what the exporter stored, without a model; the tokens come from `meta`."""
    reference, picture = gaze.work / "record.npz", gaze.work / "record.svg"
    export_hf.export(reference, minilm, ["The cat sat because it was tired."])
    picture.unlink(missing_ok=True)
    status, _, message = gaze.run("heatmap", "--record", reference, "--layer", 4, "--head", 3, "-o", picture)
    report.check(status == 0 and ">because<" in picture.read_text(encoding="utf-8"),
                 f"heatmap --record: exit status {status} {message}")


def read_heatmap(gaze, *arguments):
    """What `gaze heatmap -o matrix.json` wrote; {"error": ...} when that is no JSON."""
    output = gaze.work / "matrix.json"
    output.unlink(missing_ok=True)
    status, _, message = gaze.run("heatmap", "-o", output, *arguments)
    try:
        return {"error": message} if status else json.loads(output.read_text(encoding="utf-8"))
    except ValueError as error:
        return {"error": f"not JSON: {error}"}


def run(gaze, report, minilm, seed):
    print_heading()
    small_models(gaze, report, seed)
    large_model(gaze, report, "MiniLM, 6 layers", minilm, seed)
    base_size(gaze, report, seed)
    levels_are_told_apart(gaze, report, minilm)
    heatmap_json(gaze, report, minilm)
    picture_of_a_record(gaze, report, minilm)
