#!/usr/bin/env python3
"""Random strings through `gaze tokenize` and through Hugging Face's tokenizers: every field must be equal.

    tests/hf/tokenizer_fuzz.py --gaze ./gaze --model DIR [--count 20000] [--seed 1]

Strings mix words, tokens of the vocabulary, special tokens and one to four chars from one of many blocks of
Unicode; every fifth is a pair. They go through in groups, each with its own options: special tokens or not,
truncation of every strategy, side and stride, padding of every kind. Exit status 1 on any difference.
"""
import argparse
import contextlib
import json
import os
import random
import subprocess
import sys
from pathlib import Path

from tokenizers import Tokenizer

GROUP = 250  # strings that share their options
SHOWN = 5    # differences that are printed

BLOCKS = [
    (0x20, 0x7E), (0xA0, 0x17F), (0x180, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x590, 0x6FF), (0x8A0, 0x8FF),
    (0x900, 0x97F), (0xE00, 0xE7F), (0xF00, 0xFFF), (0x1100, 0x11FF), (0x1C80, 0x1CFF), (0x1DC0, 0x1DFF),
    (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x20D0, 0x20FF), (0x2100, 0x214F), (0x2E00, 0x2FFF), (0x3000, 0x30FF),
    (0x4E00, 0x9FFF), (0xA640, 0xA69F), (0xAC00, 0xD7A3), (0xD7B0, 0xD7FF), (0xE000, 0xE0FF), (0xF900, 0xFB4F),
    (0xFE00, 0xFFFF), (0x10000, 0x10FFF), (0x10D40, 0x10D8F), (0x11000, 0x114FF), (0x1D100, 0x1D24F),
    (0x1D400, 0x1D7FF), (0x1F000, 0x1FAFF), (0x20000, 0x2A6FF), (0x2B820, 0x2B930), (0x2CE80, 0x2CEFF),
    (0x2F800, 0x2FA1F), (0x30000, 0x3134F), (0x0, 0x1F), (0x7F, 0x9F), (0xE0000, 0xE01EF), (0x10FF00, 0x10FFFF),
]
WORDS = ("the of and running unaffable New York's don't e.g. 3.14 U.S.A. naïve café Straße İstanbul ΟΔΟΣ привет "
         "한국어 日本語 中文 नमस्ते สวัสดี العربية שלום C++ hello_world x=1; 👍🏽 👨‍👩‍👧 ﬁnance Ⅷ ½ ① ＡＢＣ").split()
SPACES = [" ", " ", " ", " ", "  ", "\t", "\n", "\r\n", "\u00a0", "\u3000", "\u2028", "\u200b", ""]
SPECIALS = ["[CLS]", "[SEP]", "[MASK]", "[PAD]", "[UNK]", "[mask]", "[unused1]", "<s>", "##", "##ing", "</s>", "<pad>",
            "<unk>", "<mask>", " <mask> ", "<|endoftext|>", "<|im_start|>", "<|im_end|>", "it's", "we'LL", "'\u017f", "\u0120",
            "\u2581", "12345", "!?\n\n", "  ...", "\r\n \n"]
PADS = ["[PAD]", "<pad>"]


class Texts:
    """Random strings."""

    def __init__(self, seed, vocabulary):
        self.random = random.Random(seed)
        self.vocabulary = [token.removeprefix("##") for token in sorted(vocabulary)]

    def chars(self):
        first, last = self.random.choice(BLOCKS)
        return "".join(chr(self.random.randint(first, last)) for _ in range(self.random.randint(1, 4)))

    def part(self):
        kind = self.random.random()
        if kind < 0.25:
            return self.random.choice(WORDS)
        if kind < 0.4:
            return self.random.choice(self.vocabulary)
        if kind < 0.45:
            return self.random.choice(SPECIALS)
        if kind < 0.46:  # around the limit of chars in a word
            return self.random.choice("aé한") * self.random.randint(95, 105)
        return self.chars()

    def text(self):
        parts = []
        for _ in range(self.random.randint(0, 14)):
            parts += [self.part(), self.random.choice(SPACES) if self.random.random() < 0.6 else ""]
        return "".join(parts).encode("utf-8", "replace").decode("utf-8")  # lone surrogates cannot be given

    def input(self):
        return [self.text(), self.text()] if self.random.random() < 0.2 else self.text()


class Options:
    """One choice of options, as both sides take them."""

    def __init__(self, rng, plain, can_pad):
        self.special = plain or rng.random() < 0.7
        self.truncation = self.padding = None
        if not plain and rng.random() < 0.7:
            length = rng.choice([3, 4, 5, 6, 7, 8, 9, 10, 12, 16, 24, 64])
            self.truncation = {
                "max_length": length,
                "strategy": rng.choice(["longest_first", "longest_first", "only_first", "only_second"]),
                "stride": min(rng.choice([0, 0, 1, 2, 3, 9]), max(length - 4, 0)),  # it refuses more
                "direction": rng.choice(["right", "right", "left"]),
            }
        if not plain and rng.random() < 0.5 and can_pad:
            self.padding = {
                "length": rng.choice([None, 5, 16, 40]),
                "direction": rng.choice(["right", "left"]),
                "pad_to_multiple_of": rng.choice([None, 7, 8]),
                "pad_type_id": rng.choice([0, 0, 1]),
            }

    def arguments(self):
        words = [] if self.special else ["--no-special-tokens"]
        t, p = self.truncation, self.padding
        words += ["--max-length", t["max_length"], "--truncation", t["strategy"], "--stride", t["stride"],
                  "--truncation-side", t["direction"]] if t else ["--truncation", "none"]
        words += ["--padding", p["length"] or "longest", "--padding-side", p["direction"], "--pad-type-id",
                  p["pad_type_id"]] if p else ["--padding", "none"]
        if p and p["pad_to_multiple_of"]:
            words += ["--pad-to-multiple-of", p["pad_to_multiple_of"]]
        return [str(word) for word in words]

    def truncate(self, tokenizer):
        if self.truncation:
            tokenizer.enable_truncation(**self.truncation)
        else:
            tokenizer.no_truncation()

    def pad(self, tokenizer, encodings):
        """encode_batch pads to the longest of the batch; here the inputs are encoded one by one."""
        if not self.padding:
            return
        token = next(t for t in PADS if tokenizer.token_to_id(t) is not None)
        length = self.padding["length"] or max((len(e.ids) for e in encodings), default=0)
        if multiple := self.padding["pad_to_multiple_of"]:
            length = -(-length // multiple) * multiple
        for encoding in encodings:
            encoding.pad(length, direction=self.padding["direction"], pad_id=tokenizer.token_to_id(token),
                         pad_type_id=self.padding["pad_type_id"], pad_token=token)


@contextlib.contextmanager
def silent_stderr():
    """A stride that does not fit makes the library panic, which prints; gaze reports an error."""
    saved, null = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    try:
        yield
    finally:
        os.dup2(saved, 2)
        os.close(saved)
        os.close(null)


def cannot_hold_special(tokenizer, pair, special):
    """Whether max_length is below the number of special tokens: the library subtracts one from the other without a check,
    and then cuts nothing; gaze reports an error."""
    length = (tokenizer.truncation or {}).get("max_length")
    return special and length is not None and length < tokenizer.num_special_tokens_to_add(pair is not None)


def encode(tokenizer, value, special):
    """An encoding; what is wrong with the input; or None for a panic."""
    text, pair = (value, None) if isinstance(value, str) else value
    if cannot_hold_special(tokenizer, pair, special):
        return None
    try:
        return tokenizer.encode(text, pair, add_special_tokens=special)
    except Exception as error:  # pylint: disable=broad-except
        return str(error)
    except BaseException as error:  # pylint: disable=broad-except
        if type(error).__name__ != "PanicException":
            raise
        return None


def as_dictionary(encoding, with_overflow):
    fields = {
        "ids": encoding.ids, "tokens": encoding.tokens, "offsets": [list(span) for span in encoding.offsets],
        "word_ids": encoding.word_ids, "type_ids": encoding.type_ids,
        "special_tokens_mask": encoding.special_tokens_mask, "attention_mask": encoding.attention_mask,
        "sequence_ids": encoding.sequence_ids,
    }
    if with_overflow:
        fields["overflowing"] = [as_dictionary(window, False) for window in encoding.overflowing]
    return fields


def expected_lines(tokenizer, options, inputs):
    options.truncate(tokenizer)
    tokenizer.no_padding()
    with silent_stderr():
        results = [encode(tokenizer, value, options.special) for value in inputs]
    encodings = [r for r in results if r is not None and not isinstance(r, str)]
    options.pad(tokenizer, encodings)
    for result in results:
        if result is None or isinstance(result, str):
            yield {"error": result}
        else:
            yield as_dictionary(result, options.truncation is not None)


def gaze_lines(gaze, model, arguments, inputs):
    lines = "".join(json.dumps(value) + "\n" for value in inputs)
    done = subprocess.run([gaze, "tokenize", "--model", str(model), "--json", *arguments], input=lines.encode(),
                          stdout=subprocess.PIPE, check=False)
    results = [json.loads(line) for line in done.stdout.decode("utf-8").split("\n") if line]
    failed = any("error" in result for result in results)
    if len(results) != len(inputs) or done.returncode != failed:
        sys.exit(f"gaze tokenize {' '.join(arguments)}: exit status {done.returncode}, {len(results)} lines for "
                 f"{len(inputs)} inputs")
    return results


def same(got, want):
    if want == {"error": None}:  # a panic over there
        return list(got) == ["error"]
    return got == want


def show(value, arguments, got, want):
    print(f"input {json.dumps(value)}\n  options {' '.join(arguments)}")
    for key in want:
        if got.get(key) != want[key]:
            print(f"  {key}: {got.get(key)}\n  expected {want[key]}")


def compare_group(args, tokenizer, options, inputs, arguments):
    """The number of differences."""
    got = gaze_lines(args.gaze, args.model, arguments, inputs)
    want = list(expected_lines(tokenizer, options, inputs))
    different = [i for i in range(len(inputs)) if not same(got[i], want[i])]
    for i in different[:SHOWN]:
        show(inputs[i], arguments, got[i], want[i])
    return len(different), sum("error" in line for line in want)


def compare_as_saved(args, inputs):
    """The file taken as it is, with the truncation and padding that it sets."""
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    got = gaze_lines(args.gaze, args.model, [], inputs)
    differences = 0
    for value, line in zip(inputs, got):
        encoding = encode(tokenizer, value, True)
        differences += line != as_dictionary(encoding, tokenizer.truncation is not None)
    if differences:
        print(f"{differences} differ with the truncation and padding of the file")
    return differences


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gaze", required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(args.model / "tokenizer.json"))
    texts, rng = Texts(args.seed, tokenizer.get_vocab()), random.Random(args.seed)
    can_pad = any(tokenizer.token_to_id(token) is not None for token in PADS)
    differences = compare_as_saved(args, [texts.input() for _ in range(GROUP)])
    errors = 0
    for start in range(0, args.count, GROUP):
        options = Options(rng, start % (4 * GROUP) == 0, can_pad)
        inputs = [texts.input() for _ in range(min(GROUP, args.count - start))]
        different, failed = compare_group(args, tokenizer, options, inputs, options.arguments())
        differences += different
        errors += failed
    print(f"{args.model.name}: {args.count} strings, seed {args.seed}, {errors} that cannot be truncated, "
          f"{differences} differences")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
