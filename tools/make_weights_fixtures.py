#!/usr/bin/env python3
"""Write the fixtures of tests/weights that are not models: files made by the reference libraries.

    python3 tools/make_weights_fixtures.py [DIR]      (default: tests/data/weights)

Needs numpy and safetensors (the Rust crate's Python package). The files are small and committed; the tests
need no Python.
"""
import sys
import zipfile
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


def write_npz(folder):
    """The arrays of `sample` in tests/weights/test_npz.c, in every form that numpy writes."""
    grid = np.arange(6).reshape(2, 3)
    cube = np.arange(24).reshape(2, 3, 4)
    arrays = {
        "f4": (grid / 4).astype("<f4"),
        "f8": (grid / 4).astype("<f8"),
        "f2": (grid / 4).astype("<f2"),
        "i4": (grid - 2).astype("<i4"),
        "i8": (grid - 2).astype("<i8"),
        "i1": (grid - 2).astype("i1"),
        "u1": (grid * 50).astype("u1"),
        "b1": grid % 2 == 0,
        "big_f4": (grid / 4).astype(">f4"),
        "big_f8": (grid / 4).astype(">f8"),
        "big_f2": (grid / 4).astype(">f2"),
        "big_i4": (grid - 2).astype(">i4"),
        "big_i8": (grid - 2).astype(">i8"),
        "fortran": np.asfortranarray(cube.astype("<f4")),
        "big_fortran": np.asfortranarray(cube.astype(">i4")),
        "scalar": np.array(7.5, dtype="<f4"),
        "empty": np.zeros((0, 3), dtype="<f4"),
        "hidden_states.0": cube.astype("<f4"),
        "meta": np.frombuffer(b'{"model": "tiny"}', dtype=np.uint8),
        "zeros": np.zeros(3000, dtype="<f4"),
    }
    np.savez(folder / "stored.npz", **arrays)
    np.savez_compressed(folder / "deflated.npz", **arrays)


def write_zip64(folder):
    """An archive that was written to a pipe: sizes behind the data, and a comment at the end."""
    class Pipe:
        def __init__(self, file):
            self.write = file.write
            self.flush = file.flush

    with open(folder / "streamed.npz", "wb") as file, zipfile.ZipFile(Pipe(file), "w") as archive:
        archive.comment = b"a comment"
        for name in ("a", "b"):
            info = zipfile.ZipInfo(name + ".npy")
            info.compress_type = zipfile.ZIP_DEFLATED if name == "b" else zipfile.ZIP_STORED
            with archive.open(info, "w", force_zip64=True) as entry:
                np.lib.format.write_array(entry, np.arange(5, dtype="<i8"))


def main():
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "tests/data/weights")
    folder.mkdir(parents=True, exist_ok=True)
    write_safetensors(folder)
    write_npz(folder)
    write_zip64(folder)


if __name__ == "__main__":
    main()
