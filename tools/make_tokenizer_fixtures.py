#!/usr/bin/env python3
"""Writes tests/data/tokenizer: small tokenizers, and what Hugging Face makes of texts with them.

    tools/make_tokenizer_fixtures.py                          needs tokenizers==0.23.3, transformers==5.23
    tools/make_tokenizer_fixtures.py SEED COUNT > others.jsonl && GAZE_RANDOM_TOKENIZERS=others.jsonl make test T=random

random.jsonl: each line is {"tokenizer": a tokenizer.json, "cases": [...]}, and a case {"text", "pair"?,
"add_special_tokens", "encode_special_tokens", "truncation"?, "result"} or {"decode", "text_out"}. The
vocabularies of real models leave most components unused; here any normalizer meets any pre-tokenizer, added
token, template and decoder.

toy-*: directories with vocab.txt and tokenizer_config.json, and the tokenizer.json that transformers makes.
"""
import base64
import json
import random
import struct
import sys
import tempfile
from pathlib import Path

from tokenizers import Tokenizer

SEED, TOKENIZERS, TEXTS = 4, 120, 4
LONGEST = 12000  # chars of a line: a tokenizer whose text grows from step to step is not kept

LETTERS = "abcdefgABC012.,-'é中▁ "
WORDS = ["foo", "bar", "abc", "ab", "bcd", "foo-bar", "fóo", "FOO", "ÀÉ", "e\u0301", "q\u0307\u0323", "ﬁ", "①②", "½",
         "İ", "ΟΔΟΣ", "中文", "한국", "で", "x\u00adx", "x\u200bx", "a1b22", "12.5", "a--b", "...", "don't", "\ufffd",
         "it's", "we'LL", "x'\u017fy", "\r\n \n", "!?\n\n", "a  \n b", "क्षि", "👨\u200d👩", "🇩🇪🇫🇷", "\u1100\u1161\u0301", "k\u0301a",
         "fi\u0301", "...x", "İ\u200c", "\u0600a", "\U0001f44d\U0001f3fd", "\u212b", "\u1100\u1161\u11a8", "\u0344", "a\u0323\u0307", "▁x", "٣", "²", "\u0958", "[CLS]", "[MASK]", "<n>"]
SPACES = [" ", " ", "  ", "\t", "\n", "\u00a0", "\u2028", "\u3000", ""]
CONTENTS = ["<n>", "foo", "ab", "abc", "bcd", " x", "Éa", "中", "[MASK]", "b c", "é", "-", "FOO"]
SPECIAL_TOKENS = {name: {"id": name, "ids": [i], "tokens": [name]} for i, name in enumerate(["[UNK]", "[CLS]", "[SEP]"])}
SPECIAL_TOKENS["two"] = {"id": "two", "ids": [1, 2], "tokens": ["[CLS]", "[SEP]"]}
GPT2_WORDS = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
QWEN2_WORDS = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|"
               r"\s*[\r\n]+|\s+(?!\S)|\s+")
CL100K_WORDS = QWEN2_WORDS.replace(r"|\p{N}|", r"|\p{N}{1,3}|")
BEHAVIORS = ["Removed", "Isolated", "MergedWithPrevious", "MergedWithNext", "Contiguous"]


def flag(rng):
    return rng.random() < 0.5


def double_array(rules):
    """A Darts double array of {key bytes: value}, as a list of units; see tokenizer/charsmap.h."""
    tree = {}
    for key, value in rules.items():
        node = tree
        for byte in key:
            node = node.setdefault(byte, {})
        node[None] = value
    units, bases = {}, {0}

    def place(node, children, label):
        wanted = [0 if byte is None else byte for byte in children]
        base = next(base for base in range(1, 1 << 20) if base not in bases and not any(base ^ w in units for w in wanted))
        bases.add(base)
        units.update({base ^ w: 0 for w in wanted})
        units[node] = (node ^ base) << 10 | (None in children) << 8 | label
        if None in children:
            units[base] = 1 << 31 | children[None]
        for byte, grandchildren in children.items():
            if byte is not None:
                place(base ^ byte, grandchildren, byte)

    units[0] = 0
    place(0, tree, 0)
    return [units.get(i, 0) for i in range((max(units) | 255) + 1)]


def charsmap(rng):
    """A few rules and their replacements."""
    keys = rng.sample(["a", "b", "k", "ﬁ", "①", "½", "\u0301", "é", "\u200b", "\u200d", "👨", "ab", "k\u0301", "中", "क", "\u1161",
                       "\r\n", "\n", "\u00a0", "\u3000", "İ", "e\u0301", "f"], rng.randint(1, 6))
    blob, rules = b"", {}
    for key in keys:
        rules[key.encode()] = len(blob)
        blob += rng.choice(["", " ", "x", "xy", "abc", "é", "中文", "\u0301"]).encode() + b"\0"
    units = double_array(rules)
    return base64.b64encode(struct.pack(f"<{len(units) + 1}I", 4 * len(units), *units) + blob).decode()


def normalizer(rng, depth=0):
    kind = rng.choice(["BertNormalizer", "BertNormalizer", "ByteLevel", "Precompiled", "Precompiled", "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "Strip",
                       "StripAccents", "Nmt", "Prepend", "Replace", "Replace", "Sequence", None])
    if kind is None:
        return None
    fields = {"type": kind}
    if kind == "BertNormalizer":
        fields |= {"clean_text": flag(rng), "handle_chinese_chars": flag(rng),
                   "strip_accents": rng.choice([None, True, False]), "lowercase": flag(rng)}
    elif kind == "Strip":
        fields |= {"strip_left": flag(rng), "strip_right": flag(rng)}
    elif kind == "Precompiled":
        fields |= {"precompiled_charsmap": charsmap(rng)}
    elif kind == "Prepend":
        fields |= {"prepend": rng.choice(["▁", "xy"])}
    elif kind == "Replace":
        fields |= {"pattern": rng.choice([{"String": " "}, {"String": "ab"}, {"String": "aa"}, {"Regex": " {2,}"},
                                          {"Regex": r"\s+"}]),
                   "content": rng.choice(["▁", "", "xyz", " "])}
    elif kind == "Sequence":
        members = [normalizer(rng, depth + 1) for _ in range(rng.randint(0, 3))] if depth < 3 else []
        fields |= {"normalizers": [m for m in members if m]}
    return fields


def pre_tokenizer(rng, depth=0):
    kind = rng.choice(["BertPreTokenizer", "BertPreTokenizer", "Whitespace", "WhitespaceSplit", "Punctuation",
                       "Digits", "CharDelimiterSplit", "FixedLength", "Split", "Split", "ByteLevel", "ByteLevel", "Metaspace",
                       "Metaspace", "Sequence", "Sequence", None])
    if kind is None:
        return None
    fields = {"type": kind}
    if kind == "Punctuation":
        fields |= rng.choice([{}, {"behavior": rng.choice(BEHAVIORS)}])
    elif kind == "Digits":
        fields |= {"individual_digits": flag(rng)}
    elif kind == "CharDelimiterSplit":
        fields |= {"delimiter": rng.choice(["-", "a", "▁"])}
    elif kind == "FixedLength":
        fields |= {"length": rng.randint(1, 4)}
    elif kind == "Split":
        fields |= {"pattern": rng.choice([{"String": "-"}, {"String": "ab"}, {"Regex": r"\s+"}, {"Regex": " {2,}"},
                                          {"Regex": r"\w+|[^\w\s]+"}, {"Regex": GPT2_WORDS}, {"Regex": QWEN2_WORDS},
                                          {"Regex": CL100K_WORDS}]),
                   "behavior": rng.choice(BEHAVIORS), "invert": flag(rng)}
    elif kind == "ByteLevel":
        fields |= {"add_prefix_space": flag(rng), "trim_offsets": flag(rng), "use_regex": flag(rng)}
    elif kind == "Metaspace":
        fields |= metaspace(rng)
    elif kind == "Sequence":
        members = [pre_tokenizer(rng, depth + 1) for _ in range(rng.randint(0, 3))] if depth < 3 else []
        fields |= {"pretokenizers": [m for m in members if m]}
    return fields


def metaspace(rng):
    return {"replacement": rng.choice(["▁", "▁", "a"]), "prepend_scheme": rng.choice(["always", "first", "never"]),
            "split": flag(rng)}


def template(rng, pair):
    """A and, in a pair, B: once or twice or not at all, between special tokens."""
    pieces = []
    for _ in range(rng.randint(1, 5)):
        if rng.random() < 0.5:
            pieces.append(special(rng.choice(list(SPECIAL_TOKENS)), rng.randint(0, 2)))
        else:
            pieces.append(sequence(rng.choice("AB") if pair else "A", rng.randint(0, 2)))
    return pieces


def sequence(name, type_id):
    return {"Sequence": {"id": name, "type_id": type_id}}


def special(name, type_id):
    return {"SpecialToken": {"id": name, "type_id": type_id}}


USUAL_TEMPLATE = {
    "type": "TemplateProcessing",
    "single": [special("[CLS]", 0), sequence("A", 0), special("[SEP]", 0)],
    "pair": [special("[CLS]", 0), sequence("A", 0), special("[SEP]", 0), sequence("B", 1), special("[SEP]", 1)],
    "special_tokens": SPECIAL_TOKENS,
}
USUAL_BERT = {"type": "BertProcessing", "sep": ["[SEP]", 2], "cls": ["[CLS]", 1]}
ROBERTAS = [{**USUAL_BERT, "type": "RobertaProcessing", "trim_offsets": trim, "add_prefix_space": space}
            for trim in (False, True) for space in (False, True)]
BYTE_LEVELS = [{"type": "ByteLevel", "trim_offsets": trim, "add_prefix_space": space, "use_regex": True}
               for trim in (False, True) for space in (False, True)]
WRAPPED = [USUAL_TEMPLATE, USUAL_BERT, {"type": "Sequence", "processors": [USUAL_BERT]}, *ROBERTAS]
USUAL = [*WRAPPED, *BYTE_LEVELS[2:],
         {"type": "Sequence", "processors": [BYTE_LEVELS[2], USUAL_TEMPLATE]},
         {"type": "Sequence", "processors": [BYTE_LEVELS[3], USUAL_TEMPLATE, BYTE_LEVELS[2]]}]


def post_processor(rng):
    if rng.random() < 0.6:
        return rng.choice(USUAL)
    if rng.random() < 0.3:
        return None
    return {"type": "TemplateProcessing", "single": template(rng, False), "pair": template(rng, True),
            "special_tokens": SPECIAL_TOKENS}


def decoder(rng, depth=0):
    kind = rng.choice(["WordPiece", "WordPiece", "ByteLevel", "ByteLevel", "Metaspace", "Metaspace", "Fuse", "Strip", "Replace", "ByteFallback", "BPEDecoder",
                       "Sequence", None])
    if kind is None:
        return None
    fields = {"type": kind}
    if kind == "WordPiece":
        fields |= {"prefix": "##", "cleanup": flag(rng)}
    elif kind == "Strip":  # the library fails on a token that is stripped from both sides to nothing
        fields |= {"content": rng.choice("a▁"), "start": rng.randint(0, 2), "stop": 0}
    elif kind == "Replace":
        fields |= {"pattern": {"String": rng.choice(["▁", "a", "##"])}, "content": rng.choice(["", " ", "xx"])}
    elif kind == "ByteLevel":
        fields |= {"add_prefix_space": flag(rng), "trim_offsets": flag(rng), "use_regex": flag(rng)}
    elif kind == "Metaspace":
        fields |= metaspace(rng)
    elif kind == "BPEDecoder":
        fields |= {"suffix": rng.choice(["c", "▁"])}
    elif kind == "Sequence":
        members = [decoder(rng, depth + 1) for _ in range(rng.randint(0, 3))] if depth < 3 else []
        fields |= {"decoders": [m for m in members if m]}
    return fields


def byte_char(byte):
    """The char that stands for a byte in byte-level text; see tokenizer/byte_level.h."""
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    return chr(byte if byte in visible else 0x100 + sum(b not in visible for b in range(byte)))


SPECIAL = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"]
SINGLES = list(dict.fromkeys(LETTERS + "xyzo"))
BYTES = [f"<0x{byte:02X}>" for byte in range(256)]


def numbered(entries):
    return {token: i for i, token in enumerate(dict.fromkeys(entries))}


def bpe(rng):
    """Chars, and random merges of what there is; with a prefix, chars inside of words are others."""
    prefix = rng.choice(["", "", "##"])
    suffix = rng.choice(["", "", "", "</w>"])
    fallback = not prefix and not suffix and flag(rng)
    singles = [byte_char(b) for b in range(256)] if flag(rng) else rng.sample(SINGLES, len(SINGLES) - rng.randint(0, 9))
    starts = list(singles)
    rest = [prefix + token for token in singles] if prefix else starts
    ends = [token + suffix for token in rest] if suffix else []
    entries = SPECIAL + starts + rest + ends + (BYTES if fallback and flag(rng) else BYTES[0xE0:0xF0])
    merges = []
    for _ in range(rng.choice([0, 10, 100])):
        left, right = rng.choice(rng.choice([starts, rest])[-40:]), rng.choice((rest + ends)[-60:])
        merged = left + right[len(prefix):]
        entries.append(merged)
        if not suffix or not merged.endswith(suffix):
            (rest if left in rest else starts).append(merged)
        merges.append([left, right])
    if flag(rng) and not any(" " in part for pair in merges for part in pair):
        merges = ["#version: 0.2"] * rng.randint(0, 1) + [" ".join(pair) for pair in merges]
    return {"type": "BPE", "vocab": numbered(entries), "merges": merges, "unk_token": rng.choice(["[UNK]", None]),
            "fuse_unk": flag(rng), "byte_fallback": fallback, "ignore_merges": flag(rng), "dropout": rng.choice([None, 0.0]),
            "continuing_subword_prefix": prefix or rng.choice(["", None]),
            "end_of_word_suffix": suffix or rng.choice(["", None])}


def unigram(rng):
    """Some chars and some of their strings; few different scores, so that cuts are equally good."""
    pieces = rng.sample(SINGLES, len(SINGLES) - rng.randint(0, 9)) + ["▁"]
    pieces += ["".join(rng.choices(LETTERS, k=rng.randint(2, 4))) for _ in range(40)]
    pieces += ["▁foo", "▁a", "foo", "oo", "중", "中文", "ab", "abc", "e\u0301"] + (BYTES if flag(rng) else BYTES[0xE0:0xF0])
    scores = [-rng.choice([1, 1.5, 2, 3, 2.718281828459045, rng.uniform(1, 12)]) for _ in pieces]
    if flag(rng):
        scores[:3] = [0.1, 0.2, 0.30000000000000004]
    return {"type": "Unigram", "unk_id": rng.choice([0, 0, 0, None]), "byte_fallback": flag(rng),
            "vocab": [[token, 0.0] for token in SPECIAL] + [list(entry) for entry in zip(pieces, scores)]}


def wordpiece(rng):
    entries = [*SPECIAL, *SINGLES, *("##" + c for c in SINGLES), "foo", "##oo", "bar", "##ar", "abc", "don", "中文", "ΟΔ",
               "e\u0301", "<0xE4>", "<0xB8>", "<0xAD>", "."]
    if rng.random() < 0.3:
        return {"type": "WordLevel", "vocab": numbered(entries), "unk_token": "[UNK]"}
    return {"type": "WordPiece", "vocab": numbered(entries), "unk_token": "[UNK]", "continuing_subword_prefix": "##",
            "max_input_chars_per_word": rng.choice([100, 6])}


def model(rng):
    return rng.choice([wordpiece, bpe, unigram])(rng)


def added_tokens(rng):
    return [{"id": 0, "content": content, "single_word": rng.random() < 0.3, "lstrip": flag(rng), "rstrip": flag(rng),
             "normalized": flag(rng), "special": flag(rng)}
            for content in rng.sample(CONTENTS, rng.randint(0, 4))]


def random_tokenizer(rng):
    """A tokenizer.json, and the library's tokenizer of it. Tokens of which normalizing leaves nothing, or the
    same as of another one, have no defined meaning: then another one is made."""
    while True:
        text = {"version": "1.0", "truncation": None, "padding": None, "added_tokens": added_tokens(rng),
                "normalizer": normalizer(rng), "pre_tokenizer": pre_tokenizer(rng),
                "post_processor": post_processor(rng), "decoder": decoder(rng), "model": model(rng)}
        tokenizer = Tokenizer.from_str(json.dumps(text))
        contents = [t["content"] for t in text["added_tokens"] if t["normalized"]]
        if tokenizer.normalizer:
            contents = [tokenizer.normalizer.normalize_str(c) for c in contents]
        if all(contents) and len(set(contents)) == len(contents):
            return text, tokenizer


def random_text(rng):
    parts = []
    for _ in range(rng.randint(0, 8)):
        parts.append(rng.choice(WORDS) if rng.random() < 0.7 else "".join(rng.choices(LETTERS, k=rng.randint(1, 5))))
        parts.append(rng.choice(SPACES))
    return "".join(parts)


def random_truncation(rng):
    if rng.random() < 0.5:
        return None
    length = rng.randint(4, 12)
    return {"max_length": length, "stride": rng.randint(0, min(2, length // 4)),
            "strategy": rng.choice(["LongestFirst", "OnlyFirst", "OnlySecond"]),
            "direction": rng.choice(["right", "left"])}


def encoding_fields(encoding, with_sequences):
    """The library's sequence ids are sound only where each sequence has one place, between special tokens."""
    fields = {"ids": encoding.ids, "tokens": encoding.tokens, "offsets": [list(span) for span in encoding.offsets],
              "type_ids": encoding.type_ids, "special_tokens_mask": encoding.special_tokens_mask,
              "attention_mask": encoding.attention_mask, "word_ids": encoding.word_ids}
    return fields | ({"sequence_ids": encoding.sequence_ids} if with_sequences else {})


def encode_case(case, tokenizer, with_sequences):
    """Adds "result"; False for what makes the library panic, or cut off less than nothing."""
    truncation = case.get("truncation")
    added = tokenizer.num_special_tokens_to_add("pair" in case)
    if truncation and case["add_special_tokens"] and truncation["max_length"] < added:
        return False
    snake = {"LongestFirst": "longest_first", "OnlyFirst": "only_first", "OnlySecond": "only_second"}
    try:
        tokenizer.no_truncation()
        if truncation:
            tokenizer.enable_truncation(**{**truncation, "strategy": snake[truncation["strategy"]]})
        tokenizer.encode_special_tokens = case["encode_special_tokens"]
        encoding = tokenizer.encode(case["text"], case.get("pair"), add_special_tokens=case["add_special_tokens"])
    except Exception as error:  # pylint: disable=broad-except
        case["result"] = {"error": str(error)}
        return str(error).startswith("Truncation error")
    except BaseException as error:  # pylint: disable=broad-except
        if type(error).__name__ != "PanicException":
            raise
        return False
    case["result"] = encoding_fields(encoding, with_sequences)
    if truncation:
        case["result"]["overflowing"] = [encoding_fields(window, with_sequences) for window in encoding.overflowing]
    return True


def decode_case(rng, tokenizer):
    ids = [rng.randrange(tokenizer.get_vocab_size() + 2) for _ in range(rng.randint(0, 12))]
    skip = flag(rng)
    return {"decode": {"ids": ids, "skip_special_tokens": skip},
            "text_out": tokenizer.decode(ids, skip_special_tokens=skip)}


def random_cases(rng, tokenizer, with_sequences, count):
    """Up to `count` texts of one tokenizer, and one decoding."""
    for _ in range(count):
        case = {"text": random_text(rng), "add_special_tokens": rng.random() < 0.8,
                "encode_special_tokens": rng.random() < 0.2}
        if rng.random() < 0.4:
            case["pair"] = random_text(rng)
        if truncation := random_truncation(rng):
            case["truncation"] = truncation
        if encode_case(case, tokenizer, with_sequences):
            yield case
    yield decode_case(rng, tokenizer)


def random_lines(seed, count):
    rng = random.Random(seed)
    while count:
        text, tokenizer = random_tokenizer(rng)
        cases = list(random_cases(rng, tokenizer, text["post_processor"] in WRAPPED, TEXTS))
        line = json.dumps({"tokenizer": text, "cases": cases}, ensure_ascii=False, separators=(",", ":"))
        if len(line) <= LONGEST:
            count -= 1
            yield line + "\n"


# The vocabulary of Hugging Face's own tests of BertTokenizer.
TOY = "[UNK] [CLS] [SEP] [PAD] [MASK] want ##want ##ed wa un runn ##ing , low lowest".split()
TOYS = {
    "toy-uncased": (TOY + ["é", "中", "文"], {}),
    "toy-cased": (TOY + ["É", "UN", "Low"], {"do_lower_case": False}),
    "toy-switches": (TOY + ["E", "中文", "##é"],
                     {"do_lower_case": False, "strip_accents": True, "tokenize_chinese_chars": False}),
    # a token that stands twice, and no [PAD] and [MASK]: they are added to the vocabulary
    "toy-twice": ([t for t in TOY if t not in ("[PAD]", "[MASK]")] + ["want", "x"], {}),
    "toy-names": (["<s>", "</s>", "<pad>", "<unk>", "un", "##want"],
                  {"cls_token": "<s>", "sep_token": "</s>", "pad_token": "<pad>", "unk_token": "<unk>"}),
}


def write_toy(directory, files, class_name):
    """A directory of old, and the tokenizer.json that transformers makes of it."""
    import transformers  # only here: the random tokenizers do without
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as copy:  # without the tokenizer.json of last time
        for name, text in files.items():
            (directory / name).write_text(text, encoding="utf-8")
            (Path(copy) / name).write_text(text, encoding="utf-8")
        made = getattr(transformers, class_name).from_pretrained(copy).backend_tokenizer.to_str()
    (directory / "tokenizer.json").write_text(made + "\n", encoding="utf-8")


def write_bert_toy(directory, vocabulary, config):
    config = {"tokenizer_class": "BertTokenizer", **config}
    write_toy(directory, {"vocab.txt": "".join(token + "\n" for token in vocabulary),
                          "tokenizer_config.json": json.dumps(config) + "\n"}, "BertTokenizerFast")


# The merges of the example in Sennrich et al. 2016, with a space before the words.
TOY_MERGES = ["e s", "es t", "l o", "lo w", "n e", "ne w", "Ġ low", "Ġ new", "e r"]
MASK = {"content": "<mask>", "single_word": False, "lstrip": True, "rstrip": False, "normalized": False, "special": True}
TURN = {"content": "<|turn|>", "single_word": False, "lstrip": False, "rstrip": True, "normalized": False, "special": False}
BYTE_LEVEL_TOYS = {  # special tokens at the two ends of the vocabulary, configuration
    "toy-roberta": (["<s>", "<pad>", "</s>", "<unk>"], ["<mask>"],
                    {"tokenizer_class": "RobertaTokenizer", "mask_token": {**MASK, "__type": "AddedToken"}}),
    "toy-gpt2": ([], ["<|endoftext|>"], {"tokenizer_class": "GPT2Tokenizer", "add_prefix_space": True}),
    "toy-qwen2": ([], [], {"tokenizer_class": "Qwen2Tokenizer", "unk_token": None,
                           "added_tokens_decoder": {"265": {**MASK, "content": "<|endoftext|>", "lstrip": False}, "266": TURN}}),
}


def write_byte_level_toy(directory, first, last, config):
    tokens = first + [byte_char(b) for b in range(256)] + [merge.replace(" ", "") for merge in TOY_MERGES] + last
    write_toy(directory, {"vocab.json": json.dumps(numbered(tokens), ensure_ascii=False) + "\n",
                          "merges.txt": "#version: 0.2\n" + "".join(merge + "\n" for merge in TOY_MERGES),
                          "tokenizer_config.json": json.dumps(config) + "\n"}, config["tokenizer_class"])


def main():
    if len(sys.argv) == 3:
        sys.stdout.writelines(random_lines(int(sys.argv[1]), int(sys.argv[2])))
        return
    root = Path("tests/data/tokenizer")
    root.mkdir(parents=True, exist_ok=True)
    with open(root / "random.jsonl", "w", encoding="utf-8") as file:
        file.writelines(random_lines(SEED, TOKENIZERS))
    for name, (vocabulary, config) in TOYS.items():
        write_bert_toy(root / name, vocabulary, config)
    for name, (first, last, config) in BYTE_LEVEL_TOYS.items():
        write_byte_level_toy(root / name, first, last, config)


if __name__ == "__main__":
    main()
