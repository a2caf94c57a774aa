#!/usr/bin/env python3
"""Makes tests/data/tasks: what transformers' pipelines and sentence-transformers' CrossEncoder say of small models.

    python3 tools/make_task_fixtures.py      (needs torch, transformers, sentence-transformers)

A folder for each model. cases.json has, for each case, the words of a command line of gaze, the lines of its --file and
the results in their order; null where a line is an error. Computed in float32.
"""

import json
import os
import shutil
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")

import torch
import transformers
from sentence_transformers import CrossEncoder

import task_models

OUT = Path(__file__).resolve().parent.parent / "tests/data/tasks"
SMALL = dict(D=12, L=1, H=2, F=20, dtype=torch.float16)
MOODS = {0: "sad", 1: "glücklich", 2: "злой"}

MASKED = ["The {} sat on the mat.", "{} était l'élève? The {} slept", "кошка{} сидела", "who {}'s tired, {} or {}", "no hole",
          "🙂 {}", " {}"]
CLASSIFIED = ["The dog slept.", ["who sat?", "Ёжик устал"], {"text": "猫 坐在 垫子 上", "text_pair": "so?"}, {"text": "é"}, "", 7,
              {"text_pair": "x"}, "the cat " * 60]
DOCUMENTS = ["The dog slept because it was tired.", "", "кошка сидела на коврике", "the cat sat " * 60, "猫 坐在 垫子 上"]


def pipe(task, model):
    return transformers.pipeline(task, model=str(OUT / model), dtype=torch.float32)


def case(command, model, words, lines, expected):
    return {"command": command, "model": model, "words": words, "lines": lines, "expected": expected}


def fill_mask_cases():
    for family, name in (("Bert", "bert-mask"), ("Roberta", "roberta-mask"), ("XLMRoberta", "xlmr-mask")):
        task_models.make(OUT / name, family, "ForMaskedLM", 3, tokenizer_config={"clean_up_tokenization_spaces": True}, **SMALL)
        filler = pipe("fill-mask", name)
        lines = [text.replace("{}", filler.tokenizer.mask_token) for text in MASKED]
        for words, arguments in (([], {}), (["--top-k", "2", "--targets", "dog,cat,größer"],
                                            {"top_k": 2, "targets": ["dog", "cat", "größer"]})):
            yield case("fill-mask", name, words, lines,
                       [filler(line, **arguments) if filler.tokenizer.mask_token in line else None for line in lines])


def classify_cases():
    kinds = (("distilbert-moods", "DistilBert", dict(id2label=MOODS)),
             ("electra-labels", "Electra", dict(id2label=MOODS, problem_type="multi_label_classification")),
             ("roberta-number", "Roberta", dict(num_labels=1, problem_type="regression")),
             ("bert-one", "Bert", dict(num_labels=1)))
    for name, family, kind in kinds:
        task_models.make(OUT / name, family, "ForSequenceClassification", 5, **kind, **SMALL)
        classifier = pipe("text-classification", name)
        expected = [None if i >= 5 else classifier({"text": line[0], "text_pair": line[1]} if isinstance(line, list) else line,
                                                   top_k=None) for i, line in enumerate(CLASSIFIED)]
        yield case("classify", name, [], CLASSIFIED, expected)
    cut = CLASSIFIED[-1]
    yield case("classify", name, ["--max-length", "20"], [cut], [classifier(cut, top_k=None, truncation=True, max_length=20)])
    yield case("classify", name, ["--truncation", "longest_first"], [cut], [classifier(cut, top_k=None, truncation=True)])


def rank(name, words, query, documents, **arguments):
    encoder = CrossEncoder(str(OUT / name), device="cpu", model_kwargs={"dtype": torch.float32})
    results = encoder.rank(query, documents, return_documents=True, **arguments)
    return case("rank", name, [*words, query], documents, [dict(result, score=float(result["score"])) for result in results])


def rank_cases():
    query = "Who slept on the mat?"
    yield rank("bert-one", [], query, DOCUMENTS)
    yield rank("bert-one", ["--top-k", "2"], query, DOCUMENTS, top_k=2)
    saved = OUT / "xlmr-rank"
    made = task_models.make(OUT / "made", "XLMRoberta", "ForSequenceClassification", 9, num_labels=1, **SMALL)
    encoder = CrossEncoder(str(made), device="cpu", activation_fn=torch.nn.Identity(), max_length=24,
                           prompts={"query": "Frage: "}, model_kwargs={"dtype": torch.float16})
    encoder.default_prompt_name = "query"
    encoder.save_pretrained(str(saved), create_model_card=False)
    shutil.rmtree(made)
    yield rank("xlmr-rank", [], query, DOCUMENTS)


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    cases = [*fill_mask_cases(), *classify_cases(), *rank_cases()]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in cases)
    (OUT / "cases.json").write_text(f"[{lines}]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
