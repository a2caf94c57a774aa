#!/usr/bin/env python3
"""Writes tokenizer/grapheme_tables.c, the classes of chars behind tokenizer/grapheme.h.

    tools/gen_graphemes.py > tokenizer/grapheme_tables.c      needs regex==2025.11.3, which has Unicode 17.0

The library that we mirror follows Unicode 17.0 here. The number of chars of each class is checked, so that
another version cannot slip in. Hangul syllables are computed and do not stand in the table.
"""
import sys

import regex

# Class in tokenizer/grapheme.h, the property that it stands for, chars that have it. The first that fits counts.
CLASSES = [
    ("CR", "GCB=CR", 1),
    ("LF", "GCB=LF", 1),
    ("CONTROL", "GCB=Control", 3893),
    ("LINKER", "InCB=Linker", 20),
    ("ZWJ", "GCB=ZWJ", 1),
    ("JOINED_EXTEND", "InCB=Extend", 2216),
    ("EXTEND", "GCB=Extend", 1),
    ("SPACING_MARK", "GCB=SpacingMark", 381),
    ("PREPEND", "GCB=Prepend", 27),
    ("REGIONAL_INDICATOR", "GCB=RI", 26),
    ("L", "GCB=L", 125),
    ("V", "GCB=V", 100),
    ("T", "GCB=T", 137),
    ("CONSONANT", "InCB=Consonant", 911),
    ("PICTOGRAPH", "ExtPict", 2848),
]
HANGUL = range(0xAC00, 0xAC00 + 11172)


def class_of():
    """Code point -> index of its class."""
    found = {}
    for index, (name, prop, count) in enumerate(CLASSES):
        pattern = regex.compile(rf"\p{{{prop}}}")
        members = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000 and c not in found
                   and c not in HANGUL and pattern.match(chr(c))]
        if len(members) != count:
            sys.exit(f"{len(members)} chars are {prop}, expected {count}: is this Unicode 17.0?")
        found.update(dict.fromkeys(members, index))
    return found


def runs(found):
    """(first, last, class) of neighbours of one class."""
    result = []
    for c in sorted(found):
        if result and result[-1][1] == c - 1 and result[-1][2] == found[c]:
            result[-1][1] = c
        else:
            result.append([c, c, found[c]])
    return result


def main():
    table = runs(class_of())
    print("/* Made by tools/gen_graphemes.py from Unicode 17.0. Do not edit. */")
    print('#include "tokenizer/grapheme.h"')
    print("\nconst gaze_grapheme_run gaze_grapheme_runs[] = {")
    line = "   "
    for first, last, index in table:
        item = f" {{0x{first:X}, 0x{last:X}, GAZE_GRAPHEME_{CLASSES[index][0]}}},"
        if len(line) + len(item) > 110:
            print(line)
            line = "   "
        line += item
    print(line + "\n};")
    print(f"const size_t gaze_grapheme_run_count = {len(table)};")


if __name__ == "__main__":
    main()
