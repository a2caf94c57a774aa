"""Tests of the test: parity must fail when one parameter loses its effect, and NaN must never pass."""

import shutil

import numpy as np
import torch
from safetensors.torch import load_file, save_file

import export_hf
import hf_models
from harness import text_of
from make_fixtures import TINY_WORDS
from parity import WORDS

CASE = dict(D=20, L=2, H=5, F=33, types=2, positions=40)


def neutral(name, tensor):
    """The value with which a parameter does nothing."""
    is_norm = "norm" in name.lower() and name.endswith("weight")
    return torch.ones_like(tensor) if is_norm else torch.zeros_like(tensor)


def changed_model(source, target, name, tensor):
    """A copy of the model directory in which parameter `name` is `tensor`."""
    shutil.copytree(source, target, dirs_exist_ok=True)
    tensors = load_file(source / "model.safetensors")
    tensors[name] = tensor
    save_file(tensors, target / "model.safetensors", {"format": "pt"})


def matters(name, names):
    """Whether transformers reads a parameter: not the bias beside the decoder's own, and of BertForPreTraining
    neither the pooler nor what it is for, as it is read as BertForMaskedLM."""
    if any("seq_relationship" in other for other in names) and ("pooler" in name or "seq_relationship" in name):
        return False
    return not (name.endswith((".predictions.bias", "lm_head.bias")) and name.replace("bias", "decoder.bias") in names)


def drop_each_parameter(gaze, report, model, reference, label="BertModel"):
    names = load_file(model / "model.safetensors")
    names = {name: tensor for name, tensor in names.items() if matters(name, names)}
    changed = gaze.work / "changed"
    seen = 0
    for name, tensor in names.items():
        changed_model(model, changed, name, neutral(name, tensor))
        status, verdict, error = gaze.verify(reference, changed)
        seen += report.check(status == 1 and verdict is not None and not verdict["ok"],
                             f"verify did not notice that {name} is gone (exit status {status}) {error}")
    print(f"{label}: parameters whose loss verify sees: {seen} of {len(names)}")


def nan_never_passes(gaze, report, model, reference):
    arrays = dict(np.load(reference))
    broken = gaze.work / "broken.npz"
    for name, array in arrays.items():
        if array.dtype != np.float32:
            continue
        for value in (np.nan, np.inf):
            copy = array.copy()
            copy.flat[0] = value
            np.savez(broken, **{**arrays, name: copy})
            status, verdict, _ = gaze.verify(broken, model)
            report.check(status == 1 and not (verdict or {}).get("ok"), f"verify passed {value} in {name}")
    weights = load_file(model / "model.safetensors")
    for name, tensor in weights.items():
        tensor = tensor.clone()
        tensor.view(-1)[:] = torch.nan
        changed_model(model, gaze.work / "changed", name, tensor)
        status, verdict, _ = gaze.verify(reference, gaze.work / "changed")
        report.check(status == 1 and not (verdict or {}).get("ok"), f"verify passed a model whose {name} is NaN")


def odd_references(gaze, report, model, reference):
    """Unknown names, wrong shapes and files with nothing to compare are errors, not passes."""
    arrays = dict(np.load(reference))
    broken = gaze.work / "broken.npz"
    inputs = {name: arrays[name] for name in ("input_ids", "token_type_ids", "attention_mask")}
    for what, content in {
            "an unknown array": {**arrays, "hidden_state.0": arrays["hidden_states.0"]},
            "a layer that the model lacks": {**arrays, "attentions.7": arrays["attentions.0"]},
            "a wrong shape": {**arrays, "attentions.0": arrays["attentions.0"][:, :, :-1]},
            "no input_ids": {name: array for name, array in arrays.items() if name != "input_ids"},
            "nothing to compare": inputs}.items():
        np.savez(broken, **content)
        status, verdict, _ = gaze.verify(broken, model)
        report.check(status == 1 and not (verdict or {}).get("ok"), f"verify passed a file with {what}")
    np.savez(broken, **{**arrays, "hidden_states.1": arrays["hidden_states.1"] + np.float32(1e-4)})
    status, verdict, _ = gaze.verify(broken, model)
    report.check(status == 1, "verify passed a difference of 1e-4")
    status, verdict, error = gaze.verify(broken, model, "--tolerance", "1e-3")
    report.check(status == 0, f"verify --tolerance 1e-3 refused a difference of 1e-4: {error}")


def run(gaze, report, seed):
    model, reference = gaze.work / "small", gaze.work / "small.npz"
    shutil.rmtree(model, ignore_errors=True)
    hf_models.make_directory(model, seed, words=TINY_WORDS, **CASE)
    texts = [[text_of(WORDS, 9, seed), text_of(WORDS, 6, seed + 1)]]
    export_hf.export(reference, model, texts, what=export_hf.GROUPS)
    status, verdict, error = gaze.verify(reference, model)
    report.check(status == 0 and verdict["ok"], f"verify: the untouched model fails: {error}")
    drop_each_parameter(gaze, report, model, reference)
    nan_never_passes(gaze, report, model, reference)
    odd_references(gaze, report, model, reference)
