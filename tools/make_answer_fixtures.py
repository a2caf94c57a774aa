#!/usr/bin/env python3
"""Makes tests/data/answer: small models for question answering, and what transformers 4 answers with them.

    python3 tools/make_answer_fixtures.py      (needs torch, safetensors, numpy and transformers==4.57.6)

cases.jsonl has a line {"model", "question", "context", "options", "answers"} for each case.
"""

import json
import os
from pathlib import Path

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1")

import transformers

import hf_models

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "tests/data/answer"
TOKENIZERS = ROOT / "tests/data"
SHAPE = dict(D=12, L=1, H=3, F=16)
BERT = dict(architecture="BertForQuestionAnswering", tokenizer=TOKENIZERS / "models/hidden-20", positions=130, **SHAPE)
MODELS = {
    "roberta": dict(architecture="RobertaForQuestionAnswering", tokenizer=TOKENIZERS / "tokenizer/toy-roberta",
                    positions=388, types=1, eps=1e-5, **SHAPE),
    "bert": BERT,
    "bert-left": BERT,  # padding_side: left
}

WHO, CITY = "Who is the famous architect in Barcelona?", "Barcelona is famous for Gaudí's architecture like the Sagrada Familia."
CAT = "the cat sat on the mat because it was tired. a dogs sat. The DOG was not. THE CAT SAT."
GREEK = "ΟΔΟΣ, οδος, οδοσ: 中文 - Straße? STRASSE! İstanbul i̇stanbul"
MANY = " ".join(f"{name} sat on the mat {n}." for n, name in enumerate("Ann Bob Čeněk the cat Daša ann BOB".split()))
QUESTIONS = [(WHO, CITY), ("who sat?", CAT), ("¿dónde?", GREEK), ("who sat on the mat?", MANY), ("who", "x"), (" ", "the cat")]
WINDOWS = dict(max_seq_len=60, doc_stride=9)
OPTIONS = [dict(), dict(top_k=4), dict(top_k=3, handle_impossible_answer=True), dict(WINDOWS, top_k=4),
           dict(WINDOWS, handle_impossible_answer=True, max_answer_len=3), dict(top_k=3, align_to_words=False)]


def make(name, seed, **case):
    hf_models.make_for_task(OUT / name, seed, scale=3, **case)
    for file in (OUT / name).glob("ref*.npz"):
        file.unlink()
    path = OUT / name / "tokenizer_config.json"
    config = json.loads(path.read_text(encoding="utf-8")) | {"model_max_length": case["positions"] - 4}
    if name.endswith("left"):
        config["padding_side"] = "left"
    path.write_text(json.dumps(config) + "\n", encoding="utf-8")


def answers(pipeline, question, context, options):
    """None where answers are too near to one another to say which is better, or a span has the score 0."""
    try:
        found = pipeline(question=question, context=context, **options)
    except Exception as error:  # pylint: disable=broad-except
        return {"error": str(error)}
    found = [found] if isinstance(found, dict) else found
    scores = [answer["score"] for answer in found]
    return found if all(a - b > 1e-5 for a, b in zip(scores, scores[1:] + [0])) else None


def cases():
    for name in MODELS:
        pipeline = transformers.pipeline("question-answering", model=str(OUT / name))
        for question, context in QUESTIONS:
            for options in OPTIONS:
                found = answers(pipeline, question, context, options)
                if found is not None:
                    yield {"model": name, "question": question, "context": context, "options": options, "answers": found}


def main():
    transformers.logging.set_verbosity_error()
    for seed, (name, case) in enumerate(MODELS.items(), 1):
        make(name, seed, **case)
    lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases()]
    (OUT / "cases.jsonl").write_text("".join(lines), encoding="utf-8")
    print(len(lines), "cases")


if __name__ == "__main__":
    main()
