#!/usr/bin/env python3
"""Write the fixtures of tests/weights that are not models: files made by the reference libraries.

    python3 tools/make_weights_fixtures.py [DIR]      (default: tests/data/weights)

Needs numpy and safetensors (the Rust crate's Python package). The files are small and committed; the tests
need no Python.
"""
import sys
from pathlib import Path

import numpy as np
import safetensors.numpy


def write_safetensors(folder):
    """The tensors of `written` in tests/weights/test_safetensors.c."""
    tensors = {
        "w": np.arange(1, 7, dtype=np.float32).reshape(2, 3),
        "b": np.ones(1, dtype=np.float32),
        "café \"q\"": np.array([1, 2], dtype=np.float16),
        "scalar": np.array(-2, dtype=np.int64),
        "z.bytes": np.array([0, 1, 7], dtype=np.uint8),
        "flags": np.array([False, True]),
        "empty": np.zeros((0, 3), dtype=np.float32),
    }
    safetensors.numpy.save_file(tensors, folder / "written.safetensors", metadata={"format": "pt"})


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "tests/data/weights")
    folder.mkdir(parents=True, exist_ok=True)
    write_safetensors(folder)


if __name__ == "__main__":
    main()
