#!/usr/bin/env python3
"""Writes the first inputs of the fuzz targets to tests/fuzz/corpus/NAME.

They are small and valid, or nearly so; libFuzzer starts from them. What it finds on the way stands beside
them under names of its own (the SHA-1 of the bytes).

    python3 tools/make_fuzz_seeds.py
"""

import io
import json
import pathlib
import struct

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / "tests/fuzz/corpus"


def put(target, name, data):
    if isinstance(data, str):
        data = data.encode()
    folder = CORPUS / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def compact(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def safetensors(tensors, metadata=None):
    """tensors: name -> (dtype, shape, bytes)"""
    header, at = {}, 0
    if metadata is not None:
        header["__metadata__"] = metadata
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, at + len(data)]}
        at += len(data)
    text = compact(header)
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + b"".join(t[2] for t in tensors.values())


def json_seeds():
    texts = {
        "scalars": '[null,true,false,0,-1,2.5,-0.0,1e5,1E-7,18446744073709551615,-9223372036854775808]',
        "escapes": r'"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"',
        "lone": r'["\ud800", "\ude00x", "\ud83d\u0041"]',
        "nested": '{"a":{"b":[[[{}],[]]]},"a":1,"":"",\n\t"c" : [ ] }',
        "numbers": "[0.1, 123456789012345678, 1.7976931348623157e308, 4.9e-324, 0.30000000000000004, 1e400]",
        "deep": "[" * 64 + "]" * 64,
        "broken": '{"a" 1}',
    }
    for name, text in texts.items():
        put("json", name, text)


def tasks_seeds():
    """A byte that says whether it is a cross-encoder, then a line or a file."""
    texts = {
        "text": '0"the cat"', "pair": '0["the cat","sat"]', "members": '0{"text":"the cat","text_pair":"s\\u00e4t"}',
        "no-text": '0{"text_pair":null}',
        "pooling": '0{"word_embedding_dimension":20,"pooling_mode_cls_token":true,"include_prompt":false}',
        "modes": '0{"embedding_dimension":20,"pooling_mode":["mean","cls"]}',
        "sentence": '0{"max_seq_length":256,"do_lower_case":true,"module_output_name":"token_embeddings"}',
        "tokenizer": '0{"model_max_length":512,"truncation_side":"left"}',
        "prompts": '0{"model_type":"SentenceTransformer","prompts":{"q":"x: "},"default_prompt_name":"q","truncate_dim":7}',
        "cross": '1{"model_type":"CrossEncoder","activation_fn":"torch.nn.Sigmoid","prompts":{},"default_prompt_name":null}',
    }
    for name, text in texts.items():
        put("tasks", name, text)


def utf8_seeds():
    put("utf8", "lengths", "aé中😀")
    put("utf8", "markup", "<&>\"'\t\r\n\u2028]]>")
    put("utf8", "bidi", "\u202eevil\u202c \u2066x\u2069 שלום")
    put("utf8", "ill-formed", b"\xff\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x82y\xf0\x9f\x98")
    put("utf8", "edges", b"\x00\x7f\xc2\x80\xdf\xbf\xe0\xa0\x80\xef\xbf\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf")


def safetensors_seeds():
    f4 = np.arange(6, dtype="<f4").tobytes()
    put("safetensors", "two", safetensors({"a": ("F32", [2, 3], f4), "b": ("I64", [1], bytes(8))}, {"format": "pt"}))
    put("safetensors", "empty", safetensors({}))
    put("safetensors", "scalar", safetensors({"s": ("F32", [], bytes(4)), "z": ("F16", [0, 5], b"")}))
    every = "F32 F16 BF16 F64 I64 I32 I16 I8 U64 U32 U16 U8 BOOL F8_E5M2 F8_E4M3 F8_E8M0 F8_E4M3FNUZ F8_E5M2FNUZ " \
            "F6_E2M3 F6_E3M2 F4 C64".split()
    width = {"F64": 8, "I64": 8, "U64": 8, "C64": 8, "F32": 4, "I32": 4, "U32": 4, "F16": 2, "BF16": 2, "I16": 2, "U16": 2}
    sizes = {d: (4 * 6 // 8 if d.startswith("F6") else 2 if d == "F4" else 4 * width.get(d, 1)) for d in every}
    put("safetensors", "dtypes", safetensors({d: (d, [4], bytes(sizes[d])) for d in every}))


def npy(array, version=None):
    out = io.BytesIO()
    np.lib.format.write_array(out, array, version=version)
    return out.getvalue()


def npy_seeds():
    matrix = np.arange(6).reshape(2, 3)
    for dtype in "<f4 >f4 <f8 <f2 <i4 <i8 >i8 u1 i1 ?".split():
        put("npy", "dtype-" + dtype.replace("<", "l").replace(">", "b").replace("?", "bool"), npy(matrix.astype(dtype)))
    put("npy", "fortran", npy(np.asfortranarray(matrix.astype("<f4"))))
    put("npy", "scalar", npy(np.array(7, "<i4")))
    put("npy", "empty", npy(np.zeros((3, 0, 2), "<f4")))
    put("npy", "version-2", npy(matrix.astype("<f4"), (2, 0)))
    put("npy", "version-3", npy(matrix.astype("<f4"), (3, 0)))
    put("npy", "strings", npy(np.array(["ab"])))


def npz_seeds():
    arrays = {"a": np.arange(3, dtype="<f4"), "b": np.zeros((2, 2), "<i8")}
    for name, save in ("stored", np.savez), ("deflated", np.savez_compressed):
        out = io.BytesIO()
        save(out, **arrays)
        put("npz", name, out.getvalue())
    put("npz", "no-entries", b"PK\5\6" + bytes(18))


def config_seeds():
    for name in "tiny-bert", "head-size-3", "masked-lm-old-names":
        put("config", name, (ROOT / "tests/data/models" / name / "config.json").read_bytes())
    index = (ROOT / "tests/data/models/quick-gelu-shards/model.safetensors.index.json").read_bytes()
    put("config", "index", index)
    put("config", "labels", compact({"id2label": {"0": "A", "1": "B"}, "num_labels": 2, "hidden_act": "relu"}))
    put("config", "variants", compact({"model_type": "bert", "position_embedding_type": "absolute", "is_decoder": False,
                                       "pruned_heads": {}, "architectures": None, "layer_norm_eps": 1e-5,
                                       "pad_token_id": None}))
    put("config", "escape", compact({"weight_map": {"a": "../../etc/passwd.safetensors", "b": "b.safetensors"},
                                     "metadata": {"total_size": 8}}))


def tokenizer_seeds():
    lines = (ROOT / "tests/data/tokenizer/random.jsonl").read_text().strip("\n").split("\n")
    for number, line in enumerate(lines[:80]):
        tokenizer = json.loads(line)["tokenizer"]
        if len(compact(tokenizer)) > 4000:
            continue
        put("tokenizer", f"random-{number:02}", compact(tokenizer))
    for name in "toy-uncased", "toy-names", "toy-switches":
        folder = ROOT / "tests/data/tokenizer" / name
        put("tokenizer", name, (folder / "tokenizer.json").read_bytes())
        put("tokenizer", name + "-vocab", (folder / "tokenizer_config.json").read_bytes() + b"\0"
            + (folder / "vocab.txt").read_bytes())
    for name in "toy-roberta", "toy-gpt2", "toy-qwen2":
        folder = ROOT / "tests/data/tokenizer" / name
        files = ("tokenizer_config.json", "vocab.json", "merges.txt")
        put("tokenizer", name + "-merges", b"\0".join((folder / file).read_bytes() for file in files))


def tokenize_seeds():
    texts = {"plain": "the cat sat", "accents": "Café naïve I\u0307 ǅ", "chinese": "中文 a博b", "marks": "a\u0323\u0307\u0301 e\u0301",
             "special": "[CLS] [MASK]x[SEP]", "controls": "a\0b\tc\u200bd\u0085e", "ill": b"\xff\xfe a\xe2\x82",
             "long": "x" * 120, "pair": "the cat\0sat on"}
    for number, (name, text) in enumerate(texts.items()):
        text = text.encode() if isinstance(text, str) else text
        for kind in range(number, 48, 6):
            head = bytes([kind, (number * 7 + kind * 5) % 64, 8 + kind % 12, kind % 3, number % 3, number % 9])
            put("tokenize", f"{name}-{kind:02}", head + text)


def svg_seeds():
    words = "[CLS]\0the\0##se\0</text><script>\0]]>&\0\u05e9\u05dc\u05d5\u05dd\0\u202eevil\0中文\0\xff\0"
    put("svg", "cells", bytes([7, 0, 0, 0, 0, 15, 0]) + ("Title\0note\0model\0a text\0" + words).encode())
    put("svg", "grid", bytes([5, 5, 1, 1, 1, 24, 1]) + ("a text\0" + words).encode())
    put("svg", "many", bytes([39, 0, 2, 2, 0, 48, 2]) + ("x\0" + "tok\0" * 39).encode())
    put("svg", "long", bytes([2, 1, 0, 3, 1, 9, 0]) + ("t" * 300 + "\0" + "中" * 200 + "\0" + "e\u0301" * 90).encode())
    put("svg", "emoji", bytes([3, 1, 0, 3, 1, 8, 1]) + "x\0👩\u200d👩\u200d👧🏽\0🇩🇪\0a\u0301\u0302\u0303\u0304\u0305\u0306".encode())


def model_seeds():
    V, D, F, P, T = 3, 2, 3, 4, 1
    rng = np.random.default_rng(1)
    shapes = {"embeddings.word_embeddings.weight": (V, D), "embeddings.position_embeddings.weight": (P, D),
              "embeddings.token_type_embeddings.weight": (T, D), "embeddings.LayerNorm.weight": (D,),
              "embeddings.LayerNorm.bias": (D,)}
    layer = "encoder.layer.0."
    for part in "attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense":
        shapes[layer + part + ".weight"], shapes[layer + part + ".bias"] = (D, D), (D,)
    for part in "attention.output.LayerNorm", "output.LayerNorm":
        shapes[layer + part + ".weight"] = shapes[layer + part + ".bias"] = (D,)
    shapes[layer + "intermediate.dense.weight"], shapes[layer + "intermediate.dense.bias"] = (F, D), (F,)
    shapes[layer + "output.dense.weight"], shapes[layer + "output.dense.bias"] = (D, F), (D,)
    config = {"vocab_size": V, "hidden_size": D, "num_hidden_layers": 1, "num_attention_heads": 1,
              "intermediate_size": F, "max_position_embeddings": P, "type_vocab_size": T}
    for name, dtype, prefix in ("f32", "F32", ""), ("f16", "F16", "bert."):
        kind = {"F32": "<f4", "F16": "<f2"}[dtype]
        tensors = {prefix + n: (dtype, list(s), rng.standard_normal(s).astype(kind).tobytes()) for n, s in shapes.items()}
        put("model", name, compact(config) + b"\0" + safetensors(tensors))


def verify_seeds():
    ids = np.array([[2, 5, 3]], "<i8")
    base = {"input_ids": ("I64", [1, 3], ids.tobytes())}
    put("verify", "ids", safetensors(base))
    attention = np.full((1, 3, 3, 3), 1 / 3, "<f4")
    put("verify", "attentions", safetensors({**base, "attentions.0": ("F32", [1, 3, 3, 3], attention.tobytes())}))
    put("verify", "states", safetensors({**base, "hidden_states.2": ("F16", [1, 3, 9], bytes(54)),
                                         "attention_mask": ("I64", [1, 3], np.array([[1, 1, 0]], "<i8").tobytes()),
                                         "queries.1": ("F32", [1, 3, 3, 3], bytes(108)),
                                         "pooler_output": ("F32", [1, 9], bytes(36))}))


def options_seeds():
    lines = [b"\0\5--model\0m\0--layer\0all\0--head=-1\0The cat\0sat", b"\1\3--what\0inputs,qkv\0--layers\0" + b"0,2-3\0-o\0x",
             b"\2\1--json\0--help", b"\3\2--max-length\0" + b"8\0--padding\0longest\0--\0-x", b"\4\2--tolerance\0" + b"1e-5\0ref.npz",
             b"\6\2--top-k\0" + b"3\0query\0--file\0docs", b"\x08\2--targets\0a,b\0the [MASK]",
             b"\0\7--them\0dark\0--theme\0dusk\0last\0mean\0max"]
    for number, line in enumerate(lines):
        put("options", f"line-{number}", line)


def question_seeds():
    asked = [(b"\0\0\0\x28", {"question": "who sat?", "context": "the cat sat on the mat"}),
             (b"\1\1\4\6", {"question": "who", "context": "the cat sat. The CAT sat on the mat because it was tired."}),
             (b"\2\7\2\x20", {"question": "¿dónde?", "context": "ΟΔΟΣ, οδος 中文 \U0001F44D"}),
             (b"\2\3\3\0", {"question": "[CLS] <s>", "context": "<s> a </s>"}), (b"\0\0\0\0", {"question": "a", "context": ""})]
    for number, (choice, value) in enumerate(asked):
        put("question", f"asked-{number}", choice + compact(value))


if __name__ == "__main__":
    for make in (json_seeds, tasks_seeds, utf8_seeds, safetensors_seeds, npy_seeds, npz_seeds, config_seeds, tokenizer_seeds,
                 tokenize_seeds, svg_seeds, model_seeds, verify_seeds, options_seeds, question_seeds):
        make()
