#!/usr/bin/env python3
"""Makes tests/data/models: small random models, each with what Hugging Face computes for it in ref.npz.

    python3 tools/make_fixtures.py [NAME ...]     (needs torch, transformers, safetensors, numpy)

Together the models have everything that a BERT directory may differ in; CASES says which has what.
Two have ref64.npz beside it: the same arrays computed in double precision. HEADS are smaller still, one for
each class of transformers that gaze knows: no tokenizer, and reference arrays for ids.
"""

import os
import shutil
import sys
from pathlib import Path

import torch
import transformers

import export_hf
import hf_models

ROOT = Path(__file__).resolve().parent.parent
DATA = Path("tests/data/models")
CAT = "The cat sat on the mat because it was tired."
BATCH = ["The cat sat.", "A dog!", CAT]  # unequal lengths: B=3
PAIR = [["Who sat on the mat?", "The cat sat on the mat."]]

TINY_WORDS = """
a about after again all also am an and another any are around as asked at away back bad be because bed been
before began best better big bird black blue boat book both box boy bread bright brother brown but by called came
can car cat chair child children city close cloud cold come could cow cry dark day dear did dinner do dog door down
each early eat egg end even ever every eye eyes face fall family far farm fast father feel feet few field fire first
fish flower fly food foot for found fox friend from full garden gave get girl give glad go goes gold good grass gray
great green had hand happy hard has have he head hear heart help her here high hill him his hold home horse house how
hungry i if in into is it its jump keep kind king knew know land large last late laugh lazy leaf let life light like
little live long look lost loud love made make man many mat may me men milk moon more morning most mother mouse much
must my name near never new next night no not now of off old on once one only open or other our out over own paper
people place plant play quick quiet rain ran read red rest river road room round run said same sat saw say school sea
see she ship should shut sing sister sit sky sleep slow small snow so some song soon star stay still stone stop
street strong such sun table tail take talk tall tell than that the their them then there these they thing think
this those three through time tired to today told too took tree true two under until up upon us very voice wait walk
wall want warm was watch water way we well went were wet what when where which while white who why wide will wind
window with without woman wood word words work world would year yellow yes you young your
##s ##ed ##ing ##er ##ly ##y ##es ##est ##n ##t ##al ##ful ##ness ##ment ##en
"""
FEW_WORDS = "the cat sat on mat because it was tired who a dog ##ed ##s"

# Sizes by their letters: see hf_models.SIZES.
CASES = {
    "one-layer": dict(D=32, L=1, H=4, F=64, texts=BATCH),
    "head-size-3": dict(D=9, L=2, H=3, F=20, act="gelu_new", eps=1e-3, types=1, texts=BATCH,
                        tokenizer="tokenizer.json"),
    "hidden-20": dict(D=20, L=3, H=5, F=33, act="gelu_pytorch_tanh", types=4, texts=PAIR, tokenizer="both"),
    "hidden-36-f16": dict(D=36, L=2, H=3, F=50, act="gelu_fast", dtype=torch.float16, texts=[CAT]),
    "hidden-92-bf16-shards": dict(D=92, L=1, H=4, F=60, act="relu", dtype=torch.bfloat16, shards=3, texts=PAIR,
                                  float64=True),
    "masked-lm-old-names": dict(D=24, L=2, H=3, F=40, act="silu", architecture="BertForMaskedLM",
                                old_names=True, texts=[CAT]),
    "no-pooler": dict(D=16, L=2, H=2, F=30, act="tanh", pooler=False, texts=BATCH),
    "quick-gelu-shards": dict(D=30, L=2, H=5, F=31, act="quick_gelu", shards=2, texts=BATCH),
    "tiny-bert": dict(D=64, L=4, H=4, F=128, positions=128, words=TINY_WORDS, texts=[CAT],
                      note="random weights", tokenizer="both", float64=True),
}

# The second and the third row of ids are shorter, so that there is padding; the first has the padding token
# of RoBERTa, id 1, inside the text, where positions stop counting.
IDS = [[0, 5, 9, 1, 12, 7, 21, 2], [0, 6, 8, 2], [0, 2]]
TYPES = [[0, 0, 0, 0, 1, 1, 1, 1], [0, 1, 1, 1], [0, 1]]
SMALL = dict(V=23, D=12, L=1, H=3, F=14, max_position_embeddings=10)
OUTPUTS = ("inputs", "hidden_states", "outputs")
EMOTIONS = {0: "joy", 1: "anger", 2: "fear"}

HEADS = {
    "bert-masked-lm-untied": ("BertForMaskedLM", dict(tie=False, act="relu")),
    "bert-qa": ("BertForQuestionAnswering", {}),
    "bert-sequence": ("BertForSequenceClassification", dict(id2label=EMOTIONS)),
    "bert-token": ("BertForTokenClassification", dict(labels=5)),
    "roberta": ("RobertaModel", dict(L=2, eps=1e-5, types=1)),
    "roberta-masked-lm": ("RobertaForMaskedLM", dict(act="gelu_new")),
    "roberta-masked-lm-untied": ("RobertaForMaskedLM", dict(tie=False)),
    "roberta-qa": ("RobertaForQuestionAnswering", dict(types=1)),
    "roberta-sequence": ("RobertaForSequenceClassification", dict(labels=1)),
    "roberta-token": ("RobertaForTokenClassification", dict(labels=3)),
    "xlm-roberta": ("XLMRobertaModel", dict(pad=0)),
    "xlm-roberta-masked-lm": ("XLMRobertaForMaskedLM", {}),
    "xlm-roberta-sequence": ("XLMRobertaForSequenceClassification", dict(labels=1)),
    "camembert-masked-lm": ("CamembertForMaskedLM", {}),
    "camembert-token": ("CamembertForTokenClassification", dict(labels=4)),
    "distilbert": ("DistilBertModel", dict(L=2, act="gelu_pytorch_tanh")),
    "distilbert-masked-lm": ("DistilBertForMaskedLM", dict(act="silu")),
    "distilbert-qa": ("DistilBertForQuestionAnswering", {}),
    "distilbert-sequence": ("DistilBertForSequenceClassification", dict(labels=2)),
    "distilbert-token": ("DistilBertForTokenClassification", dict(labels=3)),
    "electra": ("ElectraModel", dict(L=2, E=12)),
    "electra-masked-lm": ("ElectraForMaskedLM", dict(E=8, act="relu")),
    "electra-masked-lm-untied": ("ElectraForMaskedLM", dict(E=17, tie=False)),
    "electra-qa": ("ElectraForQuestionAnswering", dict(E=12)),
    "electra-sequence": ("ElectraForSequenceClassification", dict(E=8, labels=3, act="relu")),
    "electra-token": ("ElectraForTokenClassification", dict(E=16, labels=2)),
}


def make_head(name, seed, architecture, sizes):
    directory = DATA / name
    shutil.rmtree(directory, ignore_errors=True)
    sizes = hf_models.fields(architecture, SMALL | sizes)
    model = hf_models.random_model(seed, architecture, **sizes)
    hf_models.save(model, directory)
    what = OUTPUTS if "For" in architecture else export_hf.GROUPS
    export_hf.export(directory / "ref.npz", directory, ids=IDS, types=TYPES, what=what)


def make(name, seed, texts, what=export_hf.GROUPS, float64=False, words=FEW_WORDS, positions=40, **case):
    directory = DATA / name
    shutil.rmtree(directory, ignore_errors=True)
    hf_models.make_directory(directory, seed, words=words, positions=positions, **case)
    export_hf.export(directory / "ref.npz", directory, texts, what=what)
    if float64:
        export_hf.export(directory / "ref64.npz", directory, texts, what=what, dtype=torch.float64)


def main():
    os.chdir(ROOT)
    transformers.logging.set_verbosity_error()
    transformers.utils.logging.disable_progress_bar()
    for seed, (name, case) in enumerate(CASES.items(), 1):
        if not sys.argv[1:] or name in sys.argv[1:]:
            make(name, seed, **case)
    for seed, (name, (architecture, sizes)) in enumerate(HEADS.items(), 101):
        if not sys.argv[1:] or name in sys.argv[1:]:
            make_head(name, seed, architecture, sizes)


if __name__ == "__main__":
    main()
