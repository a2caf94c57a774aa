"""Every architecture with every head: the numbers, and that no parameter of it can be left out unseen."""

import hf_models
import parameters
from errors import print_heading
from harness import text_of
from make_fixtures import TINY_WORDS
from parity import WORDS, Judge, remake

import export_hf

HEADS = ("Model", "ForMaskedLM", "ForQuestionAnswering", "ForSequenceClassification", "ForTokenClassification")

# Shapes; a family gets another one for each of its heads.
SHAPES = (dict(D=24, L=2, H=3, F=40), dict(D=30, L=1, H=5, F=31, act="gelu_new"), dict(D=16, L=3, H=2, F=50, act="relu"),
          dict(D=36, L=2, H=4, F=33, act="silu"), dict(D=20, L=2, H=5, F=64))
LABELS = {"ForQuestionAnswering": 2, "ForSequenceClassification": 1, "ForTokenClassification": 7}
BASE = dict(architecture="RobertaForQuestionAnswering", D=768, L=12, H=12, F=3072, types=1, eps=1e-5)


def shape_of(family, head, number):
    """Sizes by the letters of hf_models.SIZES; `number` turns the shapes."""
    sizes = dict(SHAPES[number % len(SHAPES)], architecture=family + head)
    if head in LABELS:
        sizes["labels"] = LABELS[head]
    if family not in ("Bert", "DistilBert", "Electra"):
        sizes.update(types=1, eps=1e-5)
    if family == "Electra":
        sizes["E"] = (sizes["D"], 11, 40)[number % 3]
    return sizes


def cases():
    """(name, sizes): every family and head, and untied decoders."""
    for f, family in enumerate(hf_models.CONFIGS):
        for h, head in enumerate(HEADS):
            yield family + head, shape_of(family, head, f + h)
        yield f"{family}ForMaskedLM, untied", dict(shape_of(family, "ForMaskedLM", f), tie=False)
    yield "BertForPreTraining", shape_of("Bert", "ForPreTraining", 0)
    yield "BertForSequenceClassification, 5 labels", dict(shape_of("Bert", "ForSequenceClassification", 2), labels=5)


def small_models(gaze, report, seed):
    directory = gaze.work / "model"
    for i, (name, sizes) in enumerate(cases()):
        remake(directory, seed + i, dict(sizes, positions=130))
        judge = Judge(gaze, report, name, directory)
        texts = [text_of(WORDS, 3 + n % 20, seed + n) for n in range(40)]
        judge.judge([*texts, [text_of(WORDS, 9, seed), text_of(WORDS, 14, seed + 1)]])
        judge.judge([text_of(WORDS, 128, seed)])
        judge.errors.conclude()
        judge.same_for_threads_and_batch([text_of(WORDS, n, seed + n) for n in (7, 4)])


def one_base_size(gaze, report, seed):
    directory = gaze.work / "base"
    remake(directory, seed, dict(BASE, positions=514))
    judge = Judge(gaze, report, "RoBERTa for question answering, base size", directory)
    judge.judge([text_of(WORDS, n, seed + n) for n in (17, 40, 5)])
    judge.judge([text_of(WORDS, 512, seed)], layers=[0, 11])
    judge.errors.conclude()
    (directory / "model.safetensors").unlink()


def no_parameter_is_forgotten(gaze, report, seed):
    directory, reference = gaze.work / "small", gaze.work / "small.npz"
    for i, (name, sizes) in enumerate(cases()):
        remake(directory, seed + i, dict(sizes, L=1, positions=40))
        texts = [[text_of(WORDS, 9, seed), text_of(WORDS, 6, seed + 1)]]
        export_hf.export(reference, directory, texts, what=export_hf.GROUPS)
        parameters.drop_each_parameter(gaze, report, directory, reference, name)


def run(gaze, report, seed):
    print_heading()
    small_models(gaze, report, seed)
    one_base_size(gaze, report, seed)
    no_parameter_is_forgotten(gaze, report, seed)
