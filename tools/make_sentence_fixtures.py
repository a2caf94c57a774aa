#!/usr/bin/env python3
"""Makes tests/data/sentence: what sentence-transformers computes for one small model under many settings.

    python3 tools/make_sentence_fixtures.py      (needs torch, sentence-transformers, numpy)

cases.json has the texts, and for each case the files that are put beside those of the model; embeddings.npz has an
array (texts, components) for each case, computed in float64 and stored as float32.
"""

import json
import os
import shutil
import tempfile
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")

import numpy
from sentence_transformers import SentenceTransformer

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "tests/data/models/hidden-20"
OUT = ROOT / "tests/data/sentence"
TEXTS = ["the cat sat on the mat", "The DOG was tired because it sat", "", "a cat\tsats, who was tired? the mat was.",
         ["who sat?", "the dog"]]

TRANSFORMER = {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"}
POOLING = {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}
NORMALIZE = {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}
NEW_NORMALIZE = dict(NORMALIZE, type="sentence_transformers.base.modules.normalize.Normalize")
DROPOUT = {"idx": 2, "name": "2", "path": "2_Dropout",
           "type": "sentence_transformers.sentence_transformer.modules.dropout.Dropout"}
FLAGS = ("cls_token", "max_tokens", "mean_tokens", "mean_sqrt_len_tokens", "weightedmean_tokens", "lasttoken")


def flags(*chosen, **more):
    """1_Pooling/config.json as older releases write it."""
    return {"word_embedding_dimension": 20} | {f"pooling_mode_{name}": name in chosen for name in FLAGS} | more


def modes(mode, **more):
    """The same as newer ones write it."""
    return {"embedding_dimension": 20, "pooling_mode": mode} | more


def files(pooling, *steps, **others):
    """The files of a case. others: bert, sentence, tokenizer_config, tokenizer, normalize."""
    names = {"bert": "sentence_bert_config.json", "sentence": "config_sentence_transformers.json",
             "tokenizer_config": "tokenizer_config.json", "tokenizer": "tokenizer.json",
             "normalize": "2_Normalize/config.json", "dropout": "2_Dropout/config.json"}
    return {"modules.json": [TRANSFORMER, POOLING, *steps], "1_Pooling/config.json": pooling,
            **{names[key]: value for key, value in others.items()}}


def cased_tokenizer():
    """The model's tokenizer without lower case and without BertNormalizer's own."""
    tokenizer = json.loads((MODEL / "tokenizer.json").read_text())
    tokenizer["normalizer"]["lowercase"] = False
    return tokenizer


PROMPTS = {"prompts": {"query": "who was tired: ", "none": ""}, "default_prompt_name": "query"}
CONFIG = json.loads((MODEL / "tokenizer_config.json").read_text())

CASES = {
    "no modules": {},
    "cls": files(flags("cls_token")),
    "max": files(flags("max_tokens")),
    "mean": files(flags("mean_tokens")),
    "no flag": files(flags()),
    "square root": files(flags("mean_sqrt_len_tokens")),
    "weighted": files(flags("weightedmean_tokens")),
    "last": files(flags("lasttoken")),
    "three flags": files(flags("mean_tokens", "cls_token", "lasttoken")),
    "modes": files(modes(["mean", "cls"])),
    "one mode": files(modes("weightedmean")),
    "normalized": files(flags("mean_tokens"), NORMALIZE),
    "normalized modes": files(modes(["max", "mean"]), NEW_NORMALIZE,
                              normalize={"module_input_name": "sentence_embedding",
                                         "module_output_name": "sentence_embedding"}),
    "dropout": files(flags("mean_tokens"), DROPOUT, dropout={"dropout": 0.5}),
    "cut": files(flags("mean_tokens"), bert={"max_seq_length": 6, "do_lower_case": False}),
    "cut by the tokenizer": files(flags("mean_tokens"), tokenizer_config=CONFIG | {"model_max_length": 5}),
    "cut on the left": files(flags("mean_tokens"), bert={"max_seq_length": 6},
                             tokenizer_config=CONFIG | {"truncation_side": "left"}),
    "lower case": files(flags("mean_tokens"), bert={"do_lower_case": True}, tokenizer=cased_tokenizer(),
                        tokenizer_config=CONFIG | {"do_lower_case": False}),
    "no lower case": files(flags("mean_tokens"), tokenizer=cased_tokenizer(),
                           tokenizer_config=CONFIG | {"do_lower_case": False}),
    "prompt": files(flags("mean_tokens"), sentence=PROMPTS),
    "empty prompt": files(flags("mean_tokens"), sentence=PROMPTS | {"default_prompt_name": "none"}),
    "prompt not chosen": files(flags("mean_tokens"), sentence={"prompts": PROMPTS["prompts"]}),
    "prompt not pooled": files(modes(["cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"],
                                     include_prompt=False), sentence=PROMPTS),
    "prompt and cut": files(modes(["mean"], include_prompt=False), bert={"max_seq_length": 7}, sentence=PROMPTS),
    "fewer dimensions": files(flags("mean_tokens"), NORMALIZE, sentence={"truncate_dim": 7}),
}


def embed(case):
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "model"
        shutil.copytree(MODEL, directory)
        for name, value in case.items():
            (directory / name).parent.mkdir(exist_ok=True)
            (directory / name).write_text(json.dumps(value))
        model = SentenceTransformer(str(directory), device="cpu").double()
        return numpy.stack([model.encode([text])[0] for text in TEXTS]).astype(numpy.float32)


def main():
    OUT.mkdir(exist_ok=True)
    lines = ",\n".join(f"  {json.dumps(name)}: {json.dumps(case)}" for name, case in CASES.items())
    (OUT / "cases.json").write_text(f'{{"texts": {json.dumps(TEXTS)},\n "cases": {{\n{lines}\n}}}}\n')
    numpy.savez(OUT / "embeddings.npz", **{name: embed(case) for name, case in CASES.items()})


if __name__ == "__main__":
    main()
