#!/usr/bin/env python3
"""Writes tokenizer/unicode_tables.c, the constants behind tokenizer/unicode.h.

    tools/gen_unicode.py path/to/hf-unicode-classes.txt > tokenizer/unicode_tables.c

The classes file lists what the Hugging Face library really uses, found by probing every code point: it
mixes Unicode 8.0, 9.0, 16.0 and 17.0, so no single version of the Unicode database would do.

Compatibility decompositions (NFKD, NFKC) are not in that file. They are Python's own, less those younger
than Unicode 9.0; their number is checked, so that a newer Python cannot slip in others.
"""
import sys
import unicodedata

LAST = 0x10FFFF
BLOCK = 128

# The property bits, in the order of the enum in tokenizer/unicode.h. The first ten are sections of the file.
SECTIONS = ["REMOVED_BY_CLEAN_TEXT", "WHITESPACE", "BERT_PUNCT", "MN", "CHINESE",
            "ONIG_L", "ONIG_N", "REGEX_W", "COMBINING_MARK", "IS_NUMERIC"]
BITS = SECTIONS + ["LOWERS", "DECOMPOSES", "DECOMPOSES_COMPAT", "HAS_CLASS", "COMPOSES_BACK"]

# Compatibility decompositions that came after Unicode 9.0 (DerivedAge.txt).
YOUNGER = [(0x32FF, 0x32FF), (0xA7F2, 0xA7F4), (0xAB69, 0xAB69), (0x10781, 0x107BA), (0x1E030, 0x1E06D),
           (0x1F16C, 0x1F16C), (0x1FBF0, 0x1FBF9)]
COMPATIBILITY_COUNT = 3678

HANGUL = range(0xAC00, 0xAC00 + 11172)
JAMO_VOWELS_AND_TAILS = [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]


def read_sections(path):
    """{section name: [fields of a line, ...]}"""
    sections, lines = {}, None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("["):
                lines = sections.setdefault(line[1:line.index("]")], [])
            elif lines is not None and line.strip():
                lines.append(line.split())
    return sections


def ranges(lines):
    for (field,) in lines:
        first, _, last = field.partition("..")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def mapping(lines):
    """code point -> tuple of code points"""
    return {int(fields[0], 16): tuple(int(f, 16) for f in fields[1:]) for fields in lines}


def compatibility_decompositions():
    """Full compatibility decompositions of the code points whose NFKD differs from their NFD."""
    young = {c for first, last in YOUNGER for c in range(first, last + 1)}
    found = {}
    for c in range(LAST + 1):
        if c in young or 0xD800 <= c < 0xE000 or c in HANGUL:
            continue
        nfkd = unicodedata.normalize("NFKD", chr(c))
        if nfkd != unicodedata.normalize("NFD", chr(c)):
            found[c] = tuple(map(ord, nfkd))
    if len(found) != COMPATIBILITY_COUNT:
        sys.exit(f"{len(found)} compatibility decompositions, expected {COMPATIBILITY_COUNT}: "
                 f"Unicode {unicodedata.unidata_version} has younger ones, list them in YOUNGER")
    return found


def property_bits(sections, members):
    """For every code point, the bits of the classes that it is in."""
    bits = [0] * (LAST + 1)
    for i, name in enumerate(BITS):
        for c in ranges(sections[name]) if name in SECTIONS else members[name]:
            bits[c] |= 1 << i
    return bits


def two_stage(values):
    """(index, blocks): values[c] == blocks[index[c // BLOCK] * BLOCK + c % BLOCK]"""
    seen, index = {}, []
    for at in range(0, len(values), BLOCK):
        block = tuple(values[at:at + BLOCK])
        index.append(seen.setdefault(block, len(seen)))
    return index, [value for block in seen for value in block]


def emit(declaration, values, form="{}"):
    print(f"\n{declaration} = {{")
    line = "   "
    for value in values:
        item = " " + form.format(value) + ","
        if len(line) + len(item) > 100:
            print(line)
            line = "   "
        line += item
    print(line + "\n};")


def emit_decompositions(name, decompositions):
    """Sorted code points, where each one's decomposition begins in the pool, and the pool."""
    keys = sorted(decompositions)
    pool, starts = [], []
    for c in keys:
        starts.append(len(pool))
        pool.extend(decompositions[c])
    starts.append(len(pool))
    emit(f"static const uint32_t {name}_keys[]", keys, "0x{:X}")
    emit(f"static const uint16_t {name}_starts[]", starts)
    emit(f"static const uint32_t {name}_pool[]", pool, "0x{:X}")
    print(f"\nconst gaze_decompositions gaze_unicode_{name} = {{\n"
          f"    {name}_keys, {name}_starts, {name}_pool, {len(keys)}}};")


def emit_lowercase(lower):
    """Runs of code points with the same distance to their lowercase: {first, last, step, delta}."""
    runs = []
    for c in sorted(lower):
        delta = lower[c][0] - c
        if runs and runs[-1][3] == delta:
            first, last, step, _ = runs[-1]
            if c - last == step or (first == last and c - last in (1, 2)):
                runs[-1] = (first, c, c - last, delta)
                continue
        runs.append((c, c, 1, delta))
    emit("const gaze_lowercase_run gaze_unicode_lowercase_runs[]", runs,
         "{{0x{0[0]:X}, 0x{0[1]:X}, {0[2]}, {0[3]}}}")
    print(f"const size_t gaze_unicode_lowercase_run_count = {len(runs)};")


def emit_classes(classes):
    """Runs of neighbouring code points with the same combining class."""
    runs = []
    for c in sorted(classes):
        if runs and runs[-1][1] == c - 1 and runs[-1][2] == classes[c]:
            runs[-1] = (runs[-1][0], c, classes[c])
        else:
            runs.append((c, c, classes[c]))
    emit("const gaze_class_run gaze_unicode_class_runs[]", runs, "{{0x{0[0]:X}, 0x{0[1]:X}, {0[2]}}}")
    print(f"const size_t gaze_unicode_class_run_count = {len(runs)};")


def main(path):
    sections = read_sections(path)
    lower = mapping(sections["LOWER"])
    canonical = mapping(sections["NFD"])
    compatible = compatibility_decompositions()
    classes = {int(c, 16): int(value) for c, value in sections["CCC"]}
    pairs = sorted(tuple(int(f, 16) for f in fields) for fields in sections["COMPOSE"])

    two = {c: low for c, low in lower.items() if len(low) > 1}
    if two != {0x130: (0x69, 0x307)}:
        sys.exit(f"lowercase of more than one code point: {two}, expected U+0130 alone (tokenizer/unicode.c)")
    del lower[0x130]

    bits = property_bits(sections, {
        "LOWERS": [*lower, 0x130],
        "DECOMPOSES": [*canonical, *HANGUL],
        "DECOMPOSES_COMPAT": compatible,
        "HAS_CLASS": classes,
        "COMPOSES_BACK": [second for _, second, _ in pairs] + JAMO_VOWELS_AND_TAILS,
    })
    palette = sorted(set(bits))
    index, blocks = two_stage([palette.index(b) for b in bits])
    if len(palette) > 256 or max(index) > 255:
        sys.exit(f"{len(palette)} sets of properties, {max(index) + 1} blocks: neither may be above 256")

    print("/* Made by tools/gen_unicode.py from the classes that Hugging Face tokenizers uses. Do not edit. */")
    print('#include "tokenizer/unicode.h"')
    emit("const uint16_t gaze_unicode_ascii[128]", bits[:128], "0x{:X}")
    emit("const uint16_t gaze_unicode_palette[]", palette, "0x{:X}")
    emit("const uint8_t gaze_unicode_index[]", index)
    emit("const uint8_t gaze_unicode_blocks[]", blocks)
    emit_lowercase(lower)
    emit_classes(classes)
    emit_decompositions("canonical", canonical)
    emit_decompositions("compatibility", compatible)
    emit("const gaze_composition gaze_unicode_compositions[]", pairs,
         "{{0x{0[0]:X}, 0x{0[1]:X}, 0x{0[2]:X}}}")
    print(f"const size_t gaze_unicode_composition_count = {len(pairs)};")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
