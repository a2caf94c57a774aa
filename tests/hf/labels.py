"""`gaze label` against pipeline("token-classification"): labels, words, offsets, scores."""

import json
import random

import torch
import transformers

import hf_models
import toy_tokenizers

CASES = 200
TOLERANCE = 1e-5
SHAPE = dict(D=32, L=2, H=4, F=48)
POSITIONS = 420
WINDOW = 48  # model_max_length, where texts are cut with a stride
STRIDE = 12
NAMES = {0: "O", 1: "B-PER", 2: "I-PER", 3: "B-LOC", 4: "I-LOC", 5: "MISC", 6: "I-O-X"}
STRATEGIES = ("none", "simple", "first", "average", "max")


def make_models(work, seed):
    """(directory, whether it is cut into windows), for each family one that labels much, one that labels little."""
    made = []
    for i, family in enumerate(toy_tokenizers.FAMILIES):
        for often, windows in ((True, False), (True, True), (False, False)):
            tokenizer = toy_tokenizers.make(work / "toy-tokenizer", family,
                                            **({"model_max_length": WINDOW} if windows else {}))
            directory = work / f"label-{family}-{often:d}{windows:d}"
            hf_models.make_for_task(directory, seed + i, family + "ForTokenClassification", tokenizer, scale=2.5,
                                    positions=POSITIONS, id2label=NAMES, **SHAPE, **toy_tokenizers.FAMILIES[family][1])
            if not often:
                prefer_o(directory)
            made.append((directory, windows))
    return made


def prefer_o(directory):
    """So many tokens become "O" that a text may have no label at all."""
    model = transformers.AutoModelForTokenClassification.from_pretrained(directory, dtype="float32")
    model.classifier.bias.data[0] += 9
    hf_models.save(model, directory)


def make_cases(models, seed):
    rng = random.Random(seed)
    for i in range(CASES):
        directory, windows = models[i % len(models)]
        strategy = rng.choice(STRATEGIES[1:] if windows else STRATEGIES)
        words = rng.randint(25, 60) if windows else rng.randint(0, 12)
        yield {"model": directory, "stride": STRIDE if windows else None, "strategy": strategy,
               "text": toy_tokenizers.sentence(rng, words, rng.choice((0, 0, 0.3, 0.6)))}


def oracle(case, pipelines):
    key = case["model"]
    if key not in pipelines:
        pipelines[key] = transformers.pipeline("token-classification", model=str(key))
    options = {"aggregation_strategy": case["strategy"]} | ({"stride": case["stride"]} if case["stride"] else {})
    entities = pipelines[key](case["text"], **options)
    return [{name: value if isinstance(value, (str, int)) else float(value) for name, value in entity.items()}
            for entity in entities]


def ask_gaze(gaze, case):
    words = ["--stride", case["stride"]] if case["stride"] else []
    status, output, error = gaze.run("label", "--model", case["model"], "--json", "--threads", 1, "--aggregation", case["strategy"], *words,
                                     "--", case["text"])
    return json.loads(output) if status == 0 else error


def difference(got, want):
    """The largest of the scores; None when anything else differs."""
    if not isinstance(got, list) or len(got) != len(want):
        return None
    for a, b in zip(got, want):
        if {**a, "score": 0} != {**b, "score": 0}:
            return None
    return max((abs(a["score"] - b["score"]) for a, b in zip(got, want)), default=0.0)


def run(gaze, report, seed):
    torch.set_num_threads(1)  # the models are too small for more
    models, pipelines, worst = make_models(gaze.work, seed), {}, 0.0
    cases = list(make_cases(models, seed))
    part = {"several windows": 0, "not ASCII": 0, "no label": 0}
    for case in cases:
        want, got = oracle(case, pipelines), ask_gaze(gaze, case)
        found = difference(got, want)
        report.check(found is not None and found <= TOLERANCE, f"label {case}\n  got      {got}\n  expected {want}")
        worst = max(worst, found or 0.0)
        tokens = len(pipelines[case["model"]].tokenizer(case["text"]).input_ids)
        part["several windows"] += case["stride"] is not None and tokens > WINDOW
        part["not ASCII"] += not case["text"].isascii()
        part["no label"] += not want
    for name, least in (("several windows", 0.3), ("not ASCII", 0.3), ("no label", 0.2)):
        report.check(part[name] >= least * len(cases), f"label: {part[name]} of {len(cases)} cases with {name}")
    print(f"label: {len(cases)} cases, " + ", ".join(f"{count} with {name}" for name, count in part.items()) +
          f"; largest difference of a score {worst:.1e}")
