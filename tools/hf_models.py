"""Seeded random models in Hugging Face's layout, for fixtures and tests.

A freshly initialised model is a poor judge: its biases are 0, its LayerNorm weights 1 and its attention
nearly uniform, so that a port which forgets the biases passes. Here

    matrices            N(0, 1.2 / sqrt(fan_in))
    embeddings          N(0, 0.3)
    biases              N(0, 0.1)
    LayerNorm weights   N(1, 0.2), their biases N(0, 0.1)

so that at any size the largest attention of a row is 3 to 20 times 1/T.
"""

import json
import shutil
import string
from pathlib import Path

import numpy as np
import torch
import transformers
from safetensors.torch import save_file
from transformers import BertConfig, CamembertConfig, DistilBertConfig, ElectraConfig, RobertaConfig, XLMRobertaConfig

SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LETTERS = list(string.ascii_lowercase) + ["##" + c for c in string.ascii_lowercase]
MARKS = list(".,!?'-")

# The letters that stand for fields of config.json.
SIZES = {"D": "hidden_size", "L": "num_hidden_layers", "H": "num_attention_heads", "F": "intermediate_size",
         "E": "embedding_size", "types": "type_vocab_size", "act": "hidden_act", "eps": "layer_norm_eps",
         "V": "vocab_size", "pad": "pad_token_id", "tie": "tie_word_embeddings", "labels": "num_labels"}
DISTILBERT_SIZES = SIZES | {"F": "hidden_dim", "act": "activation"}

# Classes begin with a family's name: "RobertaForMaskedLM".
CONFIGS = {"Bert": BertConfig, "Roberta": RobertaConfig, "XLMRoberta": XLMRobertaConfig,
           "Camembert": CamembertConfig, "DistilBert": DistilBertConfig, "Electra": ElectraConfig}


def vocabulary(words=""):
    """Special tokens, marks, letters (so that any English text has its tokens), then `words`."""
    entries = SPECIAL + MARKS + LETTERS + words.split()
    return list(dict.fromkeys(entries))


def spread(name, parameter):
    """Mean and standard deviation of the numbers that a parameter is filled with."""
    if "norm" in name.lower() and name.endswith("weight"):
        return 1.0, 0.2
    if name.endswith("_embeddings.weight"):
        return 0.0, 0.3
    if parameter.dim() == 2:
        return 0.0, 1.2 / parameter.shape[1] ** 0.5
    return 0.0, 0.1


def fill(model, seed):
    """Gives every parameter its random numbers, in the order of named_parameters."""
    random = np.random.default_rng(seed)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            mean, deviation = spread(name, parameter)
            parameter.copy_(torch.from_numpy(random.normal(mean, deviation, parameter.shape)))


def family_of(architecture):
    """"RobertaForMaskedLM" and "RobertaModel" are Roberta's."""
    return architecture.split("For")[0].removesuffix("Model")


def random_model(seed, architecture="BertModel", **config):
    """A model of that class; `config` are fields of its configuration's class."""
    cls = CONFIGS[family_of(architecture)]
    model = getattr(transformers, architecture)(cls(architectures=[architecture], **config))
    fill(model, seed)
    return model.eval()


def fields(architecture, sizes):
    """Fields of config.json from letters of SIZES; a longer name stands for itself."""
    letters = DISTILBERT_SIZES if family_of(architecture) == "DistilBert" else SIZES
    return {letters.get(letter, letter): value for letter, value in sizes.items()}


def old_name(name):
    """LayerNorm's parameters as TensorFlow checkpoints of 2018 called them."""
    return name.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta")


def save(model, directory, dtype=torch.float32, shards=1, pooler=True, old_names=False, note=None):
    """config.json and model.safetensors, or shards with their index. `note` goes into config.json."""
    directory = Path(directory)
    directory.mkdir(parents=True, exist_ok=True)
    config = model.config.to_diff_dict() | {"dtype": str(dtype).removeprefix("torch.")}
    if note:
        config["gaze_note"] = note
    write_json(directory / "config.json", config)
    tensors = {name: tensor.to(dtype).contiguous() for name, tensor in unique_parameters(model).items()
               if pooler or not name.startswith("pooler.")}
    if old_names:
        tensors = {old_name(name): tensor for name, tensor in tensors.items()}
    save_tensors(tensors, directory, shards)


def unique_parameters(model):
    """Every parameter once: tied ones under their first name, as save_pretrained does."""
    return {name: parameter.detach() for name, parameter in model.named_parameters()}


def save_tensors(tensors, directory, shards):
    if shards == 1:
        save_file(tensors, directory / "model.safetensors", {"format": "pt"})
        return
    weight_map = {}
    names = sorted(tensors)
    for i in range(shards):
        file = f"model-{i + 1:05}-of-{shards:05}.safetensors"
        part = names[i * len(names) // shards:(i + 1) * len(names) // shards]
        save_file({name: tensors[name] for name in part}, directory / file, {"format": "pt"})
        weight_map.update({name: file for name in part})
    total = sum(tensor.nbytes for tensor in tensors.values())
    write_json(directory / "model.safetensors.index.json",
               {"metadata": {"total_size": total}, "weight_map": weight_map})


def save_tokenizer(directory, entries, positions, form="vocab.txt"):
    """WordPiece over `entries`, lower case: vocab.txt, tokenizer.json, or both; and tokenizer_config.json."""
    directory = Path(directory)
    (directory / "vocab.txt").write_text("\n".join(entries) + "\n", encoding="utf-8")
    write_json(directory / "tokenizer_config.json",
               {"do_lower_case": True, "model_max_length": positions, "tokenizer_class": "BertTokenizer"})
    if form in ("tokenizer.json", "both"):
        tokenizer = transformers.AutoTokenizer.from_pretrained(directory).backend_tokenizer
        (directory / "tokenizer.json").write_text(tokenizer.to_str(pretty=True) + "\n", encoding="utf-8")
    if form == "tokenizer.json":
        (directory / "vocab.txt").unlink()


def make_for_task(directory, seed, architecture, tokenizer, scale=1.0, positions=512, **sizes):
    """A model of that class beside the files of a directory that has a tokenizer. Its head's last weights are `scale`
    times as large, so that one answer is clearly better than the next."""
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(tokenizer, directory)
    words = len(transformers.AutoTokenizer.from_pretrained(directory))
    model = random_model(seed, architecture, **fields(architecture, dict(
        V=words, max_position_embeddings=positions, **sizes)))
    with torch.no_grad():
        head = list(model.parameters())[-2:]
        for parameter in head:
            parameter.mul_(scale)
    save(model, directory)


def write_json(path, value):
    Path(path).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def make_directory(directory, seed, words="", tokenizer="vocab.txt", architecture="BertModel", dtype=torch.float32,
                   shards=1, pooler=True, old_names=False, note=None, positions=512, **sizes):
    """A whole model directory. `sizes` are letters of SIZES; the rest as in random_model, save, save_tokenizer."""
    entries = vocabulary(words)
    model = random_model(seed, architecture, vocab_size=len(entries), max_position_embeddings=positions,
                         **fields(architecture, sizes))
    save(model, directory, dtype, shards, pooler, old_names, note)
    save_tokenizer(directory, entries, positions, tokenizer)
