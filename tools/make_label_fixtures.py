#!/usr/bin/env python3
"""Makes tests/data/label: small models for token classification, and what transformers says of texts with them.

    python3 tools/make_label_fixtures.py      (needs torch, safetensors, numpy and transformers==5.23.0)

cases.jsonl has a line {"model", "text", "aggregation", "stride", "entities"} for each case; stride is null where the
text is not cut into windows.
"""

import json
import os
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")

import transformers

import hf_models

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "tests/data/label"
TOKENIZERS = ROOT / "tests/data"
SHAPE = dict(D=12, L=1, H=3, F=16, positions=130, scale=2.5,
             id2label={0: "O", 1: "B-PER", 2: "I-PER", 3: "B-LOC", 4: "MISC"})
MODELS = {
    "bert": dict(architecture="BertForTokenClassification", tokenizer=TOKENIZERS / "models/hidden-20", **SHAPE),
    "roberta": dict(architecture="RobertaForTokenClassification", tokenizer=TOKENIZERS / "tokenizer/toy-roberta", types=1,
                    eps=1e-5, **SHAPE),
}
WINDOW = 24  # model_max_length

SHORT = ["the cat sats.", "Gaudí sat", "", " 中文 a  b", "Σ", "the [SEP] cat", "İ sat"]
LONG = ["the cat sat on the mat because it was tired", "who is Gaudí's dog? It was a tired, tired cat."]
STRATEGIES = ("none", "simple", "first", "average", "max")


def make(name, seed, **case):
    hf_models.make_for_task(OUT / name, seed, **case)
    (OUT / name / "ref.npz").unlink(missing_ok=True)
    path = OUT / name / "tokenizer_config.json"
    config = json.loads(path.read_text(encoding="utf-8")) | {"model_max_length": WINDOW}
    path.write_text(json.dumps(config) + "\n", encoding="utf-8")


def label(pipeline, text, aggregation, stride):
    options = {"stride": stride} if stride else {}
    found = pipeline(text, aggregation_strategy=aggregation, **options)
    return [{key: value if isinstance(value, (str, int)) else float(value) for key, value in entity.items()}
            for entity in found]


def cases():
    for name in MODELS:
        pipeline = transformers.pipeline("token-classification", model=str(OUT / name))
        for aggregation in STRATEGIES:
            for text in SHORT + (LONG if aggregation != "none" else []):
                stride = 7 if text in LONG else None
                yield {"model": name, "text": text, "aggregation": aggregation, "stride": stride,
                       "entities": label(pipeline, text, aggregation, stride)}


def main():
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    for seed, (name, case) in enumerate(MODELS.items(), 1):
        make(name, seed, **case)
    lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases()]
    (OUT / "cases.jsonl").write_text("".join(lines), encoding="utf-8")
    print(len(lines), "cases")


if __name__ == "__main__":
    main()
