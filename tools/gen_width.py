#!/usr/bin/env python3
"""Writes viz/width_table.c: which code points are wide, take no room, or join the one before them.

    python3 tools/gen_width.py > viz/width_table.c

Widths on the page depend on the reader's fonts and can only be estimated, so the table keeps what all
fonts agree on: East Asian wide characters take an em, marks and format characters nothing. The
properties come from Python's unicodedata; its Unicode version is written into the file.
"""
import unicodedata

ZERO, MARK, WIDE, EMOJI = "ZERO", "MARK", "WIDE", "EMOJI"


def width_class(c):
    """The class of a code point, None for ordinary width, False for one that is not assigned."""
    category = unicodedata.category(chr(c))
    if category == "Cn":
        return WIDE if 0x20000 <= c <= 0x3FFFD else False  # planes 2 and 3 are kept for Han
    if category in ("Mn", "Me", "Cf"):
        return ZERO
    if 0x1160 <= c <= 0x11FF or 0xD7B0 <= c <= 0xD7FF:  # medial and final Hangul letters
        return ZERO
    if 0x1F3FB <= c <= 0x1F3FF:  # skin tones, which colour the emoji before them
        return ZERO
    if category == "Mc":
        return MARK
    if unicodedata.east_asian_width(chr(c)) in ("W", "F"):
        return EMOJI if 0x2000 < c < 0x2E80 or 0x1F000 <= c <= 0x1FAFF else WIDE
    return None


def ranges():
    """Runs [first, last, class]; a gap of unassigned code points inside a run does not end it."""
    runs, previous = [], None
    for c in range(0x80, 0x110000):
        found = width_class(c)
        if found is False:
            continue
        if found and found == previous:
            runs[-1][1] = c
        elif found:
            runs.append([c, c, found])
        previous = found
    return runs


def main():
    runs = ranges()
    print("/* Written by tools/gen_width.py from Unicode %s. Do not edit. */" % unicodedata.unidata_version)
    print('#include "viz/width_table.h"\n')
    print("#define Z GAZE_WIDTH_ZERO\n#define M GAZE_WIDTH_MARK")
    print("#define W GAZE_WIDTH_WIDE\n#define E GAZE_WIDTH_EMOJI\n")
    print("const gaze_width_range gaze_width_table[] = {")
    line = "   "
    for first, last, name in runs:
        item = " {0x%X, 0x%X, %s}," % (first, last, name[0])
        if len(line + item) > 100:
            print(line)
            line = "   "
        line += item
    print(line + "\n};\n")
    print("const size_t gaze_width_table_size = sizeof gaze_width_table / sizeof *gaze_width_table;")


if __name__ == "__main__":
    main()
