#!/usr/bin/env python3
"""Writes what Hugging Face computes for some texts: the counterpart of `gaze dump`, read by `gaze verify`.

    tools/export_hf.py MODEL "The cat sat on the mat." -o ref.npz
    tools/export_hf.py MODEL --pair "Who sat?" "The cat sat." -o ref.npz --what all
    gaze verify ref.npz --model MODEL

MODEL is a directory or the name of a model on the hub. Several texts make one batch, padded to the
longest. Letters: B batch, T tokens, D hidden, H heads, K head size, L layers, V vocabulary.

    group           arrays                                    shape
    inputs          input_ids token_type_ids attention_mask   (B,T)      int64
    hidden_states   hidden_states.0 ... hidden_states.L       (B,T,D)    float32
    attentions      attentions.l                              (B,H,T,T)
    scores          scores.l: before the softmax, scaled      (B,H,T,T)  masked keys are -inf
    qkv             queries.l keys.l values.l                 (B,H,T,K)
    outputs         pooler_output (B,D); logits; start_logits, end_logits (B,T)
    meta            a JSON object as bytes: versions, model, texts, tokens, spans,
                    word_ids, sequence_ids

Rows and columns of padding hold 0 (masked keys of `scores`: -inf).
"""

import argparse
import contextlib
import json
import sys

import numpy as np
import torch
import transformers
from transformers import AutoConfig, AutoModel, AutoTokenizer

GROUPS = ("inputs", "hidden_states", "attentions", "scores", "qkv", "outputs")
DEFAULT_GROUPS = ("inputs", "hidden_states", "attentions", "outputs")
LOGITS = ("logits", "start_logits", "end_logits")
READ_AS = {"BertForPreTraining": "BertForMaskedLM"}  # as the fill-mask pipeline, and gaze


def load_model(name, dtype=torch.float32):
    """The class that config.json names, with eager attention; has_pooler: whether the file has its weights."""
    config = AutoConfig.from_pretrained(name)
    architecture = (config.architectures or ["AutoModel"])[0]
    cls = getattr(transformers, READ_AS.get(architecture, architecture), AutoModel)
    model, info = cls.from_pretrained(name, dtype=dtype, attn_implementation="eager", output_loading_info=True)
    missing = sorted(key for key in info["missing_keys"] if "pooler." not in key)
    if missing:
        raise SystemExit(f"{name}: parameters missing from the file: {', '.join(missing)}")
    model.has_pooler = not info["missing_keys"]
    return model.eval()


@contextlib.contextmanager
def watched_attention(model):
    """A list that fills with (q, k, v, scores) of every layer while the model runs.

    Each module of transformers looks up its own `eager_attention_forward` when it is called; we put
    ours in front of it, which computes the scores by the same two lines.
    """
    seen = []
    module = sys.modules[type(model).__module__]
    eager = module.eager_attention_forward

    def watched(layer, query, key, value, attention_mask, scaling=None, **kwargs):
        scores = torch.matmul(query, key.transpose(2, 3)) * scaling
        if attention_mask is not None:
            scores = (scores + attention_mask).masked_fill(attention_mask < 0, -torch.inf)
        seen.append((query, key, value, scores))
        return eager(layer, query, key, value, attention_mask, scaling=scaling, **kwargs)

    module.eager_attention_forward = watched
    try:
        yield seen
    finally:
        module.eager_attention_forward = eager


@torch.no_grad()
def compute(model, inputs, what=GROUPS, layers=None):
    """Arrays by name, of one forward pass over `inputs` (tensors of shape (B,T)), in the model's precision."""
    with watched_attention(model) as seen:
        out = model(**inputs, output_hidden_states=True, output_attentions=True)
    row = inputs["attention_mask"].bool()  # (B,T): a token, not padding
    by_token = lambda x: torch.where(row[:, :, None], x, 0)
    by_query = lambda x: torch.where(row[:, None, :, None], x, 0)  # (B,H,T,...)
    layers = set(range(len(seen))) if layers is None else set(layers)

    arrays = {}
    if "inputs" in what:
        arrays.update(inputs)
    if "hidden_states" in what:
        kept = layers | {layer + 1 for layer in layers}
        arrays.update({f"hidden_states.{i}": by_token(out.hidden_states[i]) for i in sorted(kept)})
    for layer in sorted(layers):
        query, key, value, scores = seen[layer]
        if "attentions" in what:
            arrays[f"attentions.{layer}"] = by_query(out.attentions[layer])
        if "scores" in what:
            arrays[f"scores.{layer}"] = by_query(scores)
        if "qkv" in what:
            arrays[f"queries.{layer}"] = by_query(query)
            arrays[f"keys.{layer}"] = by_query(key)
            arrays[f"values.{layer}"] = by_query(value)
    if "outputs" in what:
        arrays.update(outputs_of(model, out, row))
    return {name: array.numpy() for name, array in arrays.items()}


def outputs_of(model, out, row):
    """What the head gives, and what the pooler gives when its weights were in the file."""
    found = {name: out[name] for name in LOGITS if out.get(name) is not None}
    pooler = getattr(model.base_model, "pooler", None)
    if pooler is not None and model.has_pooler:
        found["pooler_output"] = pooler(out.hidden_states[-1])
    for name, x in found.items():
        if x.shape[:2] == row.shape:
            found[name] = torch.where(row.reshape(row.shape + (1,) * (x.dim() - 2)), x, 0)
    return found


def encode(name, texts):
    """The tokenizer's encodings of texts and [text, pair] lists, neither cut nor padded, and their rows of type ids;
    None where the tokenizer gives the model none."""
    loaded = AutoTokenizer.from_pretrained(name)
    tokenizer = loaded.backend_tokenizer
    tokenizer.no_truncation()
    tokenizer.no_padding()
    encodings = tokenizer.encode_batch([tuple(text) if isinstance(text, list) else text for text in texts])
    return encodings, [e.type_ids for e in encodings] if "token_type_ids" in loaded.model_input_names else None


def pad(rows, value):
    """Rows of unequal length to one (B,T) tensor."""
    longest = max(map(len, rows))
    return torch.tensor([row + [value] * (longest - len(row)) for row in rows])


def make_inputs(config, ids, types=None):
    """Rows as tensors. A table of one row leaves types no choice, where transformers would look outside of it."""
    inputs = {"input_ids": pad(ids, config.pad_token_id or 0)}
    table = getattr(config, "type_vocab_size", 0)
    if types and table:
        inputs["token_type_ids"] = pad(types, 0) if table > 1 else torch.zeros_like(inputs["input_ids"])
    inputs["attention_mask"] = pad([[1] * len(row) for row in ids], 0)
    return inputs


def write(path, arrays, meta):
    """An .npz of stored entries; numbers as float32 and int64."""
    narrow = {name: x.astype(np.float32 if x.dtype.kind == "f" else np.int64) for name, x in arrays.items()}
    narrow["meta"] = np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), np.uint8)
    with open(path, "wb") as file:
        np.savez(file, **narrow)


def export(path, name, texts=None, ids=None, types=None, what=DEFAULT_GROUPS, layers=None, dtype=torch.float32):
    """Runs model `name` on `texts` (or on `ids` and `types`, lists of rows) and writes the .npz."""
    meta = {"versions": {"transformers": transformers.__version__, "torch": torch.__version__},
            "model": str(name), "dtype": str(dtype).removeprefix("torch."), "texts": texts or []}
    if ids is None:
        encodings, types = encode(name, texts)
        ids = [e.ids for e in encodings]
        meta["tokens"] = [e.tokens for e in encodings]
        meta["spans"] = [e.offsets for e in encodings]
        meta["word_ids"] = [e.word_ids for e in encodings]
        meta["sequence_ids"] = [e.sequence_ids for e in encodings]
    model = load_model(name, dtype)
    inputs = make_inputs(model.config, ids, types)
    write(path, compute(model, inputs, what, layers), meta)


def read_lines(path, plain):
    """One input a line: a JSON string or [text, pair]; with `plain` the line as it stands."""
    with sys.stdin if path == "-" else open(path, encoding="utf-8", newline="\n") as file:
        lines = [line.rstrip("\r\n") for line in file]
    return lines if plain else [json.loads(line) for line in lines if line]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("model", metavar="MODEL")
    parser.add_argument("texts", metavar="TEXT", nargs="*", help="each is one input of the batch")
    parser.add_argument("-o", "--output", required=True, metavar="REF.npz")
    parser.add_argument("--pair", nargs=2, action="append", default=[], metavar=("TEXT", "TEXT_B"))
    parser.add_argument("--file", help="one JSON string or [text, pair] a line; - is standard input")
    parser.add_argument("--plain", action="store_true", help="each line of --file is a text as it stands")
    parser.add_argument("--ids", type=json.loads, help="[[101, 7592, 102], ...] instead of texts")
    parser.add_argument("--type-ids", type=json.loads, help="rows like those of --ids (default: 0)")
    parser.add_argument("--what", default=",".join(DEFAULT_GROUPS), help=f"of {', '.join(GROUPS)}; or all")
    parser.add_argument("--layers", type=lambda s: [int(x) for x in s.split(",")], help="0,3,...: these alone")
    parser.add_argument("--float64", action="store_true", help="compute in double, store as float32")
    return parser.parse_args()


def main():
    args = arguments()
    what = GROUPS if args.what == "all" else args.what.split(",")
    if unknown := set(what) - set(GROUPS):
        raise SystemExit(f"--what: {', '.join(unknown)}: not one of {', '.join(GROUPS)}")
    texts = args.texts + args.pair + (read_lines(args.file, args.plain) if args.file else [])
    if bool(texts) == bool(args.ids):
        raise SystemExit("give texts (or --pair, --file), or --ids")
    export(args.output, args.model, texts, args.ids, args.type_ids, what, args.layers,
           torch.float64 if args.float64 else torch.float32)


if __name__ == "__main__":
    main()
