"""Answers by transformers 4, whose pipeline for question answering release 5 no longer has. Runs in an environment of
its own (requirements-4.txt).

    answer_oracle.py CASES.jsonl > ANSWERS.jsonl

A case is {"model", "question", "context", "options"}; its answers are a list, or {"error": ...}.
"""

import functools
import json
import sys

import transformers


@functools.cache
def pipeline(model):
    return transformers.pipeline("question-answering", model=model)


def answers(case):
    try:
        found = pipeline(case["model"])(question=case["question"], context=case["context"], **case["options"])
    except Exception as error:  # pylint: disable=broad-except
        return {"error": str(error)}
    except BaseException as error:  # pylint: disable=broad-except
        if type(error).__name__ != "PanicException":
            raise
        return {"error": str(error)}
    return [found] if isinstance(found, dict) else found


def main():
    transformers.logging.set_verbosity_error()
    with open(sys.argv[1], encoding="utf-8") as file:
        for line in file:
            print(json.dumps(answers(json.loads(line))))


if __name__ == "__main__":
    main()
