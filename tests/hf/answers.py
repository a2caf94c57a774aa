"""`gaze answer` against pipeline("question-answering") of transformers 4: answers, offsets, scores."""

import json
import os
import random
import subprocess
from pathlib import Path

import torch
import transformers

import hf_models
import toy_tokenizers

CASES = 260       # of which the first 200 whose answers are clearly better than one another count
COUNTED = 200
TOLERANCE = 1e-5  # of a score
SHAPE = dict(D=32, L=2, H=4, F=48)
POSITIONS = 420
FAMILIES = ("Bert", "Roberta", "XLMRoberta")

# One side for all cases of a group: several windows, no answer allowed, the question behind the context.
LONG = dict(max_seq_len=64, doc_stride=16)
GROUPS = (dict(), dict(top_k=3, handle_impossible_answer=True), dict(LONG, top_k=4), dict(LONG, handle_impossible_answer=True),
          dict(top_k=5, max_answer_len=3), dict(LONG, top_k=2, handle_impossible_answer=True, max_answer_len=30),
          dict(top_k=2, align_to_words=False, handle_impossible_answer=True), dict(top_k=2, handle_impossible_answer=True))


def turn_towards_no_answer(directory, questions, strength):
    """Adds to start and end weights what raises the first token above the others: as much as a model that was trained
    on questions without an answer."""
    model = transformers.AutoModelForQuestionAnswering.from_pretrained(directory, dtype=torch.float32)
    tokenizer = transformers.AutoTokenizer.from_pretrained(directory)
    with torch.no_grad():
        hidden = [model.base_model(**tokenizer(*pair, return_tensors="pt", truncation=True, max_length=60)).last_hidden_state[0]
                  for pair in questions]
        first = torch.stack([h[0] for h in hidden]).mean(0)
        others = torch.cat([h[1:] for h in hidden]).mean(0)
        direction = first - others
        model.qa_outputs.weight += strength * direction / direction.dot(direction)
    hf_models.save(model, directory)


def make_models(work, seed):
    """(directory, whether it pads on the left) of each model."""
    made = []
    for i, family in enumerate(FAMILIES):
        for left in (False, True) if family == "Roberta" else (False,):
            extra = {"padding_side": "left"} if left else {}
            tokenizer = toy_tokenizers.make(work / "toy-tokenizer", family, **extra)
            directory = work / f"answer-{family}{'-left' if left else ''}"
            hf_models.make_for_task(directory, seed + i, family + "ForQuestionAnswering", tokenizer, scale=2.5,
                                    positions=POSITIONS, **SHAPE, **toy_tokenizers.FAMILIES[family][1])
            rng = random.Random(seed)
            turn_towards_no_answer(directory, [[toy_tokenizers.sentence(rng, 6, 0.2), toy_tokenizers.sentence(rng, 15, 0.2)]
                                               for _ in range(20)], 7.0)
            made.append(directory)
    return made


def make_cases(models, seed):
    rng = random.Random(seed)
    for i in range(CASES):
        options = GROUPS[i % len(GROUPS)]
        words = rng.randint(1, 25) if "max_seq_len" not in options else rng.randint(30, 90)
        if i % 40 == 0:
            words = rng.randint(120, 260)  # windows of the usual length
        foreign = rng.choice((0, 0, 0.2, 0.6))
        yield {"model": str(models[i // len(GROUPS) % len(models)]), "options": options,
               "question": toy_tokenizers.sentence(rng, rng.randint(2, 6), foreign / 2),
               "context": toy_tokenizers.sentence(rng, words, foreign)}


def oracle(cases, path):
    """What transformers 4 answers; it runs in its own environment."""
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    done = subprocess.run([os.environ["GAZE_PYTHON4"], Path(__file__).with_name("answer_oracle.py"), path],
                          stdout=subprocess.PIPE, text=True, check=True, env=dict(os.environ, OMP_NUM_THREADS="1"))
    return [json.loads(line) for line in done.stdout.splitlines()]


def arguments(options):
    words = []
    for name, value in options.items():
        if name == "align_to_words":
            words += [] if value else ["--no-align-to-words"]
        else:
            words += ["--" + name.replace("_", "-"), *([] if value is True else [value])]
    return words


def ask_gaze(gaze, cases):
    """The answers of gaze, in the order of the cases; those of one model and group in one run."""
    answers = [None] * len(cases)
    groups = {}
    for i, case in enumerate(cases):
        groups.setdefault((case["model"], json.dumps(case["options"])), []).append(i)
    path = gaze.work / "questions.jsonl"
    for (model, options), members in groups.items():
        path.write_text("".join(json.dumps({key: cases[i][key] for key in ("question", "context")}) + "\n"
                                for i in members), encoding="utf-8")
        _, output, error = gaze.run("answer", "--model", model, "--file", path, "--json", "--threads", 1,
                                   *arguments(json.loads(options)))
        lines = output.splitlines()
        if len(lines) != len(members):
            raise RuntimeError(f"gaze answer: {len(lines)} lines for {len(members)} questions: {error}")
        for i, line in zip(members, lines):
            answers[i] = json.loads(line)
    return answers


def with_a_score(answers):
    """Where a context has fewer spans than are asked for, transformers fills up with spans that cannot be and have score
    0; which of them is a matter of numpy's partition and the processor. gaze gives none."""
    return answers if isinstance(answers, dict) else [answer for answer in answers if answer["score"] > 0]


def is_clear(answers):
    """Whether no two answers are so near that rounding decides which is better."""
    scores = [answer["score"] for answer in answers] if isinstance(answers, list) else []
    return all(a - b > TOLERANCE for a, b in zip(scores, scores[1:]))


def same(got, want):
    if isinstance(want, dict) or isinstance(got, dict):
        return isinstance(want, dict) and isinstance(got, dict)
    place = [(a["start"], a["end"], a["answer"]) for a in got] == [(a["start"], a["end"], a["answer"]) for a in want]
    return place and all(abs(a["score"] - b["score"]) <= TOLERANCE for a, b in zip(got, want))


def count_windows(case, tokenizers):
    if case["model"] not in tokenizers:
        tokenizers[case["model"]] = transformers.AutoTokenizer.from_pretrained(case["model"])
    length = case["options"].get("max_seq_len", 384)
    return len(tokenizers[case["model"]](case["question"], case["context"]).input_ids) > length


def report_coverage(report, cases, wanted):
    """The cases must be the kind that goes wrong: many windows, other scripts, no answer."""
    tokenizers = {}
    part = {"several windows": sum(count_windows(case, tokenizers) for case in cases),
            "not ASCII": sum(not (case["question"] + case["context"]).isascii() for case in cases),
            "no answer": sum(isinstance(w, list) and bool(w) and w[0]["answer"] == "" for w in wanted)}
    for name, least in (("several windows", 0.3), ("not ASCII", 0.3), ("no answer", 0.2)):
        report.check(part[name] >= least * len(cases), f"answer: {part[name]} of {len(cases)} cases with {name}")
    print(f"answer: {len(cases)} cases, " + ", ".join(f"{count} with {name}" for name, count in part.items()))


def run(gaze, report, seed):
    torch.set_num_threads(1)  # the models are too small for more
    models = make_models(gaze.work, seed)
    cases = list(make_cases(models, seed))
    wanted = [with_a_score(found) for found in oracle(cases, gaze.work / "answer-cases.jsonl")]
    kept = [i for i, want in enumerate(wanted) if is_clear(want)][:COUNTED]
    cases, wanted = [cases[i] for i in kept], [wanted[i] for i in kept]
    report.check(len(cases) == COUNTED, f"answer: {len(cases)} clear cases, expected {COUNTED}")
    worst = 0
    for case, got, want in zip(cases, ask_gaze(gaze, cases), wanted):
        if report.check(same(got, want), f"answer {json.dumps(case)}\n  got      {got}\n  expected {want}") and isinstance(want, list):
            worst = max([worst, *(abs(a["score"] - b["score"]) for a, b in zip(got, want))])
    report_coverage(report, cases, wanted)
    print(f"answer: largest difference of a score {worst:.1e}")
