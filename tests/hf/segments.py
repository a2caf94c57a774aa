"""Which tokenizers tell the model of the second text: token_type_ids, by the class that the files name.

For every class and family: hidden states of a pair, and the scores of a classifier, as
model(**tokenizer(text, pair)) gives them with AutoTokenizer, whatever that puts into the inputs.
"""

import json

import numpy as np
import torch
import transformers

from head_tasks import Counts, attempt, compare, run_lines
from parity import remake

CLASSES = (None, "BertTokenizer", "PreTrainedTokenizerFast", "TokenizersBackend", "PreTrainedTokenizer", "BertTokenizerFast",
           "ElectraTokenizer", "ElectraTokenizerFast", "DistilBertTokenizer", "ConvBertTokenizer",
           "LayoutLMTokenizer", "LxmertTokenizer", "MobileBertTokenizerFast", "SqueezeBertTokenizer",
           "DPRQuestionEncoderTokenizer", "DPRContextEncoderTokenizerFast", "RetriBertTokenizer", "NoSuchTokenizer")
FAMILIES = ("Bert", "Electra", "DistilBert", "Roberta")
WITH, WITHOUT = ["input_ids", "token_type_ids", "attention_mask"], ["input_ids", "attention_mask"]
TOLERANCE = 1e-5


def variants(family):
    """(class, model_input_names, the class in config.json); all classes for BERT alone."""
    yield from ((name, None, None) for name in (CLASSES if family == "Bert" else CLASSES[:3]))
    yield from (("PreTrainedTokenizerFast", WITH, None), ("BertTokenizer", WITHOUT, None), (None, WITHOUT, None))
    yield from ((None, None, "BertTokenizer"), (None, None, "PreTrainedTokenizerFast"))
    yield from (("PreTrainedTokenizerFast", None, "BertTokenizer"), ("BertTokenizer", None, "PreTrainedTokenizerFast"))


def edit(path, **changes):
    """Sets fields of a JSON file; None removes one."""
    fields = {**json.loads(path.read_text(encoding="utf-8")), **changes}
    path.write_text(json.dumps({key: value for key, value in fields.items() if value is not None}), encoding="utf-8")


def make(directory, family, seed):
    """A classifier with BERT's words and two segments, whatever its family."""
    sizes = dict(D=24, L=2, H=3, F=40, labels=3) | ({} if family == "DistilBert" else {"types": 2})
    remake(directory, seed, dict(sizes, architecture=family + "ForSequenceClassification", tokenizer="both"))


def judge(gaze, report, directory, pairs, what, counts):
    """Whether segments were given."""
    tokenizer = transformers.AutoTokenizer.from_pretrained(directory)
    model = transformers.AutoModel.from_pretrained(directory).eval()
    typed = False
    for pair in pairs:
        inputs = tokenizer(*pair, return_tensors="pt")
        typed |= bool(inputs.get("token_type_ids", torch.zeros(1)).any())
        with torch.no_grad():
            theirs = model(**inputs).last_hidden_state.numpy()
        arrays = gaze.dump(directory, [pair], "--what", "inputs,hidden_states")
        ours = arrays[max((name for name in arrays if name.startswith("hidden")), key=lambda name: int(name[14:]))]
        same = ours.shape == theirs.shape and np.abs(ours - theirs).max() <= TOLERANCE * max(1, np.abs(theirs).max())
        listed = "token_type_ids" in arrays or not typed or model.config.model_type == "distilbert"
        report.check(same and listed, f"{what}: hidden states of {pair}")
    pipe = transformers.pipeline("text-classification", str(directory), tokenizer=tokenizer, top_k=None)
    theirs = [attempt(pipe, {"text": a, "text_pair": b}) for a, b in pairs]
    status, ours = run_lines(gaze, "classify", directory, pairs, "--top-k", 3)
    compare(report, counts, what, pairs, ours, theirs)
    for pair in pairs:
        counts.add(*pair)
    return typed


def run(gaze, report, seed):
    pairs = [["The cat sat on the mat.", "It was tired."], ["кошка", "A dog in the house"]]
    counts, given, left_out = Counts("segments"), 0, 0
    directory = gaze.work / "segments"
    for f, family in enumerate(FAMILIES):
        make(directory, family, seed + f)
        for name, inputs, in_config in variants(family):
            if family == "Roberta" and not name and not in_config:
                continue  # its usual tokenizer cannot read these words
            edit(directory / "tokenizer_config.json", tokenizer_class=name, model_input_names=inputs)
            edit(directory / "config.json", tokenizer_class=in_config)
            what = f"{family}, {name}, inputs {inputs}, config.json {in_config}"
            typed = judge(gaze, report, directory, pairs, what, counts)
            given, left_out = given + typed, left_out + (not typed)
    print(f"segments: {given} tokenizers give token_type_ids, {left_out} do not; largest error of a score {counts.error:.1e}")
    report.check(given >= 20 and left_out >= 20, "segments: too few of a kind")
