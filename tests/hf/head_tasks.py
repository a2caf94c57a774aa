"""fill-mask, classify and rank against the pipelines of transformers and the CrossEncoder of sentence-transformers.

For each command 200 generated cases on small models of every family; in a third or more of them the text is not ASCII.
Labels, tokens, texts and their order must be the same, scores within 1e-5. Where rounding decides which of two scores is
the larger, and so the processor, either order is right (`same_ranking`).
"""

import json
import random

import torch
import transformers

import task_models

CASES = 200
TOLERANCE = 1e-5  # of a score between 0 and 1, or of a logit times its size
RELATIVE = 1e-3  # small probabilities must be right as well; a logit near 0 is a difference, and as exact as its parts
TIE = 1e-4       # of a score: two that are nearer are ranked by rounding (errors of 1e-5 of a small score occur)


class Counts:
    """What the cases were made of, whether scores are probabilities now, and the largest error."""

    def __init__(self, name):
        self.name, self.cases, self.foreign, self.refused, self.error = name, 0, 0, 0, 0.0
        self.probabilities = True

    def add(self, *texts):
        self.cases += 1
        self.foreign += not all(text.isascii() for text in texts)

    def conclude(self, report):
        print(f"{self.name}: {self.cases} cases, {self.foreign} not ASCII, {self.refused} too long for both, "
              f"largest error {self.error:.1e}")
        enough = self.cases - self.refused >= CASES and self.foreign >= 0.3 * self.cases
        report.check(enough, f"{self.name}: too few cases")


def close(a, b, counts):
    error = abs(a - b) / max(1.0, abs(b))
    counts.error = max(counts.error, error)
    return error <= TOLERANCE and (not counts.probabilities or abs(a - b) <= RELATIVE * abs(b))


def ties(ranking):
    """The ranking cut into runs, in each of which every score is as good as equal to the next."""
    runs = []
    for item in ranking:
        if runs and runs[-1][-1]["score"] - item["score"] <= TIE * abs(item["score"]):
            runs[-1].append(item)
        else:
            runs.append([item])
    return runs


def take(item, run, counts):
    """Takes out of the run what is the item but for a score that is close; False if there is none."""
    for i, other in enumerate(run):
        if {**item, "score": 0} == {**other, "score": 0} and close(item["score"], other["score"], counts):
            del run[i]
            return True
    return False


def same_ranking(ours, theirs, counts, top_k=None):
    """Whether ours are the best `top_k` of theirs (None: all), ranked alike but for ties. `theirs` can be a list of
    rankings, one for each mask; None: both refuse the input."""
    if theirs is None:
        counts.refused += 1
        return isinstance(ours, dict) and "error" in ours
    if not isinstance(ours, list):
        return False
    if theirs and isinstance(theirs[0], list):
        return len(ours) == len(theirs) and all(same_ranking(a, b, counts, top_k) for a, b in zip(ours, theirs))
    scores, left = [item["score"] for item in ours], list(ours)
    for run in ties(theirs):
        mine, left = left[:len(run)], left[len(run):]
        if not all(take(item, run, counts) for item in mine):
            return False
    return not left and len(ours) == min(top_k or len(theirs), len(theirs)) and scores == sorted(scores, reverse=True)


def attempt(pipe, text, **arguments):
    """The pipeline's result; None where the model has no position for the last tokens."""
    try:
        return pipe(text, **arguments)
    except (IndexError, RuntimeError):
        return None


def run_lines(gaze, command, model, lines, *options):
    """The results of a command with --json --file, and its exit status."""
    inputs = gaze.work / "inputs.jsonl"
    inputs.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    status, output, error = gaze.run(command, "--model", model, "--json", "--file", inputs, *options)
    results = [json.loads(line) for line in output.splitlines()]
    if len(results) != len(lines):
        raise RuntimeError(f"gaze {command}: {len(results)} results of {len(lines)}, exit status {status}: {error}")
    return status, results


def compare(report, counts, what, lines, ours, theirs, top_k=None):
    for line, a, b in zip(lines, ours, theirs):
        report.check(same_ranking(a, b, counts, top_k), f"{what}: {line!r}\n  ours   {a}\n  theirs {b}")


# fill-mask ---------------------------------------------------------------------------------------------

def masked_text(rng, mask, foreign):
    """A sentence in which one to three words are masks."""
    words = task_models.sentence(rng, rng.randrange(2, 14), foreign).split(" ")
    for at in rng.sample(range(len(words)), min(len(words), rng.choice([1, 1, 1, 2, 3]))):
        words[at] = mask + rng.choice(["", "", ".", "'s", words[at]])
    return rng.choice(["", "", " "]).join([""] + [" ".join(words)])


def fill_mask_settings(rng):
    """How many tokens, options of gaze, and what they are for the pipeline, which gives more: a tie may lie at the end."""
    top_k = rng.choice([1, 5, 5, 20])
    if rng.random() < 0.7:
        return top_k, ["--top-k", top_k], {"top_k": top_k + 10}
    targets = rng.sample(task_models.ENGLISH, 4) + [rng.choice(list(task_models.OTHERS["German"])), "Ġsat", "##ing"]
    return top_k, ["--top-k", top_k, "--targets", ",".join(targets)], {"top_k": top_k + 10, "targets": targets}


def fill_mask(gaze, report, seed):
    counts, rng = Counts("fill-mask"), random.Random(seed)
    for i, family in enumerate(list(task_models.FAMILIES) * 2):
        config = {"clean_up_tokenization_spaces": True} if i >= 5 else {}
        model = task_models.make(gaze.work / "task", family, "ForMaskedLM", seed + i, tokenizer_config=config)
        pipe = transformers.pipeline("fill-mask", model=str(model))
        for _ in range(5):
            foreign = [rng.random() < 0.5 for _ in range(5)]
            texts = [masked_text(rng, pipe.tokenizer.mask_token, f) for f in foreign]
            top_k, options, arguments = fill_mask_settings(rng)
            for text in texts:
                counts.add(text)
            status, ours = run_lines(gaze, "fill-mask", model, texts, *options)
            theirs = [attempt(pipe, text, **arguments) for text in texts]
            report.check(status == (None in theirs), f"fill-mask: exit status {status}")
            compare(report, counts, f"fill-mask, {family} {arguments}", texts, ours, theirs, top_k)
        fill_mask_edges(gaze, report, counts, pipe, model)
    counts.conclude(report)


def fill_mask_edges(gaze, report, counts, pipe, model):
    """A text without a mask, one that is too long, and the same cut; a pad token in the text."""
    mask, pad = pipe.tokenizer.mask_token, pipe.tokenizer.pad_token
    long = f"The {mask} " + "sat on the mat " * 40
    texts = ["no hole here", long, f"the {pad} {mask} sat"]
    status, ours = run_lines(gaze, "fill-mask", model, texts)
    report.check(status == 1 and mask in ours[0]["error"] and "96" in ours[1]["error"], f"fill-mask: errors {ours[:2]}")
    compare(report, counts, "fill-mask, padding in the text", texts[2:], ours[2:], [pipe(texts[2])])
    status, ours = run_lines(gaze, "fill-mask", model, [long], "--truncation", "longest_first")
    report.check(status == 0 and same_ranking(ours[0], pipe(long, tokenizer_kwargs={"truncation": True}), counts),
                 "fill-mask: a text that is cut")


# classify ----------------------------------------------------------------------------------------------

LABELS = {i: name for i, name in enumerate(["sad", "glücklich", "злой", "neutral \"\\", "猫"])}
KINDS = [dict(num_labels=2), dict(id2label=LABELS), dict(num_labels=1), dict(num_labels=1, problem_type="regression"),
         dict(id2label=LABELS, problem_type="multi_label_classification"), dict(num_labels=3, problem_type="regression"),
         dict(num_labels=3, problem_type="single_label_classification"), dict(id2label={0: "one"})]


def classify(gaze, report, seed):
    counts, rng = Counts("classify"), random.Random(seed)
    for i in range(10):
        family, kind = list(task_models.FAMILIES)[i % 5], KINDS[i % len(KINDS)]
        model = task_models.make(gaze.work / "task", family, "ForSequenceClassification", seed + i, **kind)
        pipe = transformers.pipeline("text-classification", model=str(model))
        counts.probabilities = kind.get("problem_type") != "regression"
        lines = []
        for _ in range(CASES // 10 + 5):
            foreign = rng.random() < 0.5
            text, pair = (task_models.sentence(rng, rng.randrange(1, 20), foreign) for _ in range(2))
            lines.append(rng.choice([text, text, [text, pair], {"text": text, "text_pair": pair}, {"text": text}]))
            counts.add(text)
        lines.append("")
        theirs = [attempt(pipe, as_pipeline_input(line), top_k=None) for line in lines]
        status, ours = run_lines(gaze, "classify", model, lines)
        report.check(status == (None in theirs), f"classify: exit status {status}")
        compare(report, counts, f"classify, {family} {kind}", lines, ours, theirs)
        _, ours = run_lines(gaze, "classify", model, lines[:3], "--top-k", 2)
        compare(report, counts, "classify --top-k 2", lines, ours, theirs[:3], 2)
        classify_cut(gaze, report, counts, pipe, model)
    counts.conclude(report)


def as_pipeline_input(line):
    return {"text": line[0], "text_pair": line[1]} if isinstance(line, list) else line


def classify_cut(gaze, report, counts, pipe, model):
    long = "sat on the größer mat " * 40
    status, ours = run_lines(gaze, "classify", model, [long, {"no": 1}, 7, "short"])
    report.check(status == 1 and all("error" in line for line in ours[:3]) and "error" not in ours[3],
                 f"classify: errors {ours}")
    for options, arguments in ((["--truncation", "longest_first"], {"truncation": True}),
                               (["--max-length", "12"], {"truncation": True, "max_length": 12}),
                               (["--max-length", "30", "--truncation", "only_second"],
                                {"truncation": "only_second", "max_length": 30})):
        line = ["who sat?", long]
        _, ours = run_lines(gaze, "classify", model, [line], *options)
        theirs = pipe(as_pipeline_input(line), top_k=None, **arguments)
        report.check(same_ranking(ours[0], theirs, counts), f"classify {options}: {ours[0]} {theirs}")


# rank --------------------------------------------------------------------------------------------------

IDENTITY, SIGMOID = "torch.nn.modules.linear.Identity", "torch.nn.modules.activation.Sigmoid"
ACTIVATIONS = [{}, {"sentence_transformers": {"activation_fn": IDENTITY, "version": "4.0.1"}},
               {"sbert_ce_default_activation_function": IDENTITY}, {"sentence_transformers": {"version": "4.0.1"}},
               {"sentence_transformers": {"activation_fn": SIGMOID}, "sbert_ce_default_activation_function": IDENTITY},
               {"sentence_transformers": {"activation_fn": "mine.Tanh"}}, {"sbert_ce_default_activation_function": SIGMOID}]


def documents(rng):
    """Texts of any length, some of which must be cut; all different, so that no two have the same score."""
    texts = [task_models.sentence(rng, rng.choice([1, 5, 12, 120]), rng.random() < 0.5) for _ in range(rng.randrange(1, 9))]
    return list(dict.fromkeys(texts))


def rank_model(gaze, i, seed):
    """A cross-encoder: as transformers saves it with the activation in config.json, or as sentence-transformers does."""
    from sentence_transformers import CrossEncoder
    family = list(task_models.FAMILIES)[i % 5]
    model = task_models.make(gaze.work / "task", family, "ForSequenceClassification", seed + i, num_labels=1, scale=1.5)
    config = json.loads((model / "config.json").read_text()) | ACTIVATIONS[i % len(ACTIVATIONS)]
    (model / "config.json").write_text(json.dumps(config))
    encoder = CrossEncoder(str(model), device="cpu")
    if i % 3 == 2:
        saved = gaze.work / "saved"
        CrossEncoder(str(model), device="cpu", max_length=40, prompts={"query": "Suche: "} if i % 2 else None).save_pretrained(str(saved))
        if i % 2:
            path = saved / "config_sentence_transformers.json"
            path.write_text(json.dumps(json.loads(path.read_text()) | {"default_prompt_name": "query"}))
        model, encoder = saved, CrossEncoder(str(saved), device="cpu")
    return model, encoder


def rank(gaze, report, seed):
    counts, rng = Counts("rank"), random.Random(seed)
    for i in range(14):
        model, encoder = rank_model(gaze, i, seed)
        counts.probabilities = isinstance(encoder.activation_fn, torch.nn.Sigmoid)
        for _ in range(CASES // 14 + 1):
            query, texts = task_models.sentence(rng, rng.randrange(1, 9), rng.random() < 0.5), documents(rng)
            counts.add(query, *texts)
            top_k = rng.choice([None, None, 1, 3])
            theirs = encoder.rank(query, texts, return_documents=True)
            for result in theirs:
                result["score"] = float(result["score"])
            ours = run_rank(gaze, report, model, query, texts, top_k, rng.random() < 0.5)
            report.check(same_ranking(ours, theirs, counts, top_k), f"rank, model {i}: {query!r}\n  ours   {ours}\n  theirs {theirs}")
    counts.conclude(report)


def run_rank(gaze, report, model, query, texts, top_k, from_file):
    options = ["--top-k", top_k] if top_k else []
    if from_file:
        inputs = gaze.work / "documents.jsonl"
        inputs.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
        texts, options = [], [*options, "--file", inputs]
    status, output, error = gaze.run("rank", "--model", model, "--json", *options, "--", query, *texts)
    report.check(status == 0, f"rank: exit status {status} {error}")
    return json.loads(output)


def run(gaze, report, seed):
    torch.set_num_threads(1)  # the models are too small for more
    fill_mask(gaze, report, seed)
    classify(gaze, report, seed)
    try:
        import sentence_transformers
    except ImportError:
        print("left out: rank (sentence-transformers is not installed)")
        return
    rank(gaze, report, seed)
