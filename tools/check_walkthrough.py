#!/usr/bin/env python3
"""The chapters against the code: a name in a README that the code does not have is an error.

Looked at, in every README.md of the repository, is what stands between backticks:

    `softmax_rows()`              a function that the code defines or calls
    `core/nn/softmax.c`, `f.h`    a file: from the root, beside the README, or its name alone when that is clear
    `softmax:gaze_softmax_forward`, `core/nn/softmax.c:...`   a function defined in that file
    `gaze_*`, `GAZE_*`, `test_*`  a name that occurs in the code
    in a table, the columns "function" and "test": every name
and `make test T=word` anywhere: a test file whose path contains the word. In a column "browser test", what stands between
quotation marks after `x.test.js` is the name of a test of that file; and a row that says "better" names one.

A column of a table whose heading says Hugging Face is left alone, and so is everything with a dot in it
that is no file (`torch.nn.Linear`). Every room with C files must have its chapter, and every chapter ends in exercises,
with a command that runs.
"""

import re
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOP = ("core", "tokenizer", "weights", "viz", "tools", "tests")
ROOMS = ("core/base", "core/kernels", "core/nn", "core/model", "core/task", "core/train", "core/explain",
         "tokenizer", "weights", "viz", "tools")

NAME = r"[A-Za-z_]\w*"
CALL = re.compile(rf"({NAME})\(.*\)$")
FILE = re.compile(r"[\w./-]+\.(?:c|h|py|sh|md)$")
FILE_AND_NAME = re.compile(rf"([\w./-]+):({NAME})(?:\(\))?$")
OURS = re.compile(r"(?:gaze|GAZE|test)_\w+$")
BROWSER_FILE_OR_TEST = re.compile(r'`(\w+\.test\.js)`|"([^"]+)"')
BROWSER_TEST = re.compile(r"^test\('((?:[^'\\]|\\.)*)'", re.M)
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.S)


@cache
def sources():
    """Path -> text, of all C and Python files and scripts."""
    files = [path for top in TOP for path in (ROOT / top).rglob("*") if path.suffix in (".c", ".h", ".py", ".sh")]
    return {path: path.read_text(encoding="utf-8") for path in sorted(files)}


@cache
def bare(path):
    text = sources()[path]
    return COMMENT_OR_STRING.sub(" ", text) if path.suffix in (".c", ".h") else text


@cache
def identifiers(under=""):
    """Every name in the code (not in its comments) under a folder."""
    return {name for path in sources() if path.is_relative_to(ROOT / under)
            for name in re.findall(NAME, bare(path))}


def defines(path, name):
    """Whether a file defines a function, type or macro: the name stands on a line that begins at the margin."""
    pattern = rf"^(?:[A-Za-z_}}][^\n;=]*?\b|#\s*define\s+|\}}\s*){name}\b"
    return re.search(pattern, bare(path), re.M) is not None


def files_called(name, beside):
    """The files that `name` may mean; several when it is no more than a base name, such as README.md."""
    exact = [path for path in (ROOT / name, beside / name) if path.is_file()]
    return exact or [path for path in ROOT.rglob(Path(name).name)
                     if str(path).endswith("/" + name) and ".git" not in path.parts]


def modules_called(name, beside):
    """The sources that `softmax` or `core/nn/softmax.c` may mean."""
    endings = [""] if Path(name).suffix else [".c", ".h", ".py", ".sh"]
    return [path for ending in endings for path in files_called(name + ending, beside) if path in sources()]


def fault(code, beside, column):
    """What is wrong with the text between two backticks; None when nothing is."""
    if "hugging face" in column:
        return None
    if match := FILE_AND_NAME.match(code):
        paths = modules_called(match[1], beside)
        if not paths:
            return None if "." not in match[1] and "/" not in match[1] and column != "function" else "no such file"
        return None if any(defines(path, match[2]) for path in paths) else f"not defined in {paths[0].name}"
    if FILE.match(code):
        return None if files_called(code, beside) else "no such file"
    if match := CALL.match(code):
        return None if match[1] in identifiers() else "no such function"
    if re.fullmatch(NAME, code) and (OURS.match(code) or column in ("function", "test")):
        under = "tests" if column == "test" else ""
        return None if code in identifiers(under) else "no such name"
    return None


def browser_faults(cell, claims):
    """Yields (name, fault) for a cell that names browser tests; `claims` says whether its row needs one."""
    tests, named = [], False
    for file, name in BROWSER_FILE_OR_TEST.findall(cell):
        if file:
            path = ROOT / "tests/browser" / file
            tests = BROWSER_TEST.findall(path.read_text(encoding="utf-8")) if path.is_file() else []
        elif name not in tests:
            yield name, "no browser test has that name"
        named |= bool(name)
    if claims and not named:
        yield "better", "no browser test is named"


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def check_line(line, beside, headings):
    """Yields (name, fault) for one line; `headings` are those of the table that it stands in, if any."""
    parts = cells(line) if headings else [line]
    for i, part in enumerate(parts):
        column = headings[i] if headings and i < len(headings) else ""
        for code in re.findall(r"`([^`]+)`", part):
            if why := fault(code, beside, column):
                yield code, why
        if column == "browser test":
            yield from browser_faults(part, "better" in line)
    for word in re.findall(r"make test T=(\w+)", line):
        if not any(word in str(path.relative_to(ROOT)) for path in (ROOT / "tests").glob("*/test_*.c")):
            yield f"make test T={word}", "no test file has that word in its path"


def check_chapter(path):
    """Yields (line number, name, fault)."""
    headings, fenced = [], False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fenced ^= line.lstrip().startswith("```")
        if not line.lstrip().startswith("|"):
            headings = []
        elif not headings:
            headings = [cell.lower().strip("`* ") for cell in cells(line)]
        searched = line if not fenced else line.replace("`", "")
        for name, why in check_line(searched, path.parent, headings):
            yield number, name, why


def check_ending(path):
    """What is wrong with the end of a room's chapter; None when nothing is."""
    last = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.M)[-1]
    if not last.startswith("Exercises"):
        return "does not end in exercises"
    return None if re.search(r"make (?:test T=|bench)|\./gaze ", last) else "no exercise names a command to run"


def chapters():
    return sorted([ROOT / "README.md"] + [path for top in TOP for path in (ROOT / top).rglob("README.md")])


def main():
    bad = 0
    for room in (ROOT / name for name in ROOMS):
        chapter = room / "README.md"
        why = check_ending(chapter) if chapter.is_file() else "is missing" if any(room.rglob("*.c")) else None
        if why:
            print(f"{chapter.relative_to(ROOT)}: {why}", file=sys.stderr)
            bad += 1
    found = [path for path in chapters() if path.is_file()]
    for path in found:
        for number, name, why in check_chapter(path):
            print(f"{path.relative_to(ROOT)}:{number}: `{name}`: {why}", file=sys.stderr)
            bad += 1
    if bad:
        sys.exit(f"check_walkthrough: {bad} faults in the chapters")
    print(f"check_walkthrough: every name in {len(found)} chapters exists")


if __name__ == "__main__":
    main()
