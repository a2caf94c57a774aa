"""The stricter judge: how far gaze is from transformers in float64, beside how far torch's own float32 is.

The largest error of one array is one draw of rounding noise, for torch as for gaze; their quotient says
little. So errors are pooled: over the inputs of a model and over the layers of a kind of array (hidden_states,
attentions, scores, queries, keys, values, pooler_output, logits), separately for every SIMD level. There, ours may be
at most twice torch's, or 5e-7 of the scale where that is larger.
"""

import statistics
from collections import defaultdict

import numpy as np

INPUTS = ("input_ids", "token_type_ids", "attention_mask")


def places(name, array, row):
    """Which elements of an array count: those of tokens, not of padding. row (B,T) is True at tokens."""
    kind = name.split(".")[0]
    if kind in ("attentions", "scores"):
        return row[:, None, :, None] & row[:, None, None, :]
    if kind in ("queries", "keys", "values"):
        return row[:, None, :, None]
    if kind == "hidden_states" or (kind == "logits" and array.ndim == 3):
        return row[:, :, None]
    return row if kind in ("start_logits", "end_logits") else np.True_


def largest(array, where):
    """The largest |element| at the places that count; NaN when there is one among them."""
    return float(np.max(np.abs(array), initial=0, where=where))


class Errors:
    """Errors of one model, pooled by level and kind."""

    def __init__(self, report, model):
        self.report, self.model = report, model
        self.pools = defaultdict(lambda: np.zeros(3))  # (level, kind) -> ours, torch's, scale
        self.quotients = defaultdict(list)              # level -> ours / torch's of every array

    def add(self, level, label, ours, ref32, ref64):
        """Takes in the arrays of one input. Names, shapes, types, inputs and padding must be the same."""
        check = self.report.check
        if not check(ours.keys() == ref32.keys(), f"{label}: names differ: {sorted(ours.keys() ^ ref32.keys())}"):
            return
        row = ref32["attention_mask"].astype(bool)
        for name, mine in ours.items():
            theirs = ref32[name]
            if not check(mine.shape == theirs.shape and mine.dtype == theirs.dtype,
                         f"{label}: {name}: {mine.dtype} {mine.shape}, expected {theirs.dtype} {theirs.shape}"):
                continue
            where = np.broadcast_to(places(name, mine, row), mine.shape)
            exact = np.ones_like(where) if name in INPUTS else ~where
            check(np.array_equal(mine[exact], theirs[exact]), f"{label}: {name} differs where it must be equal")
            if name not in INPUTS:
                self.pool(level, name, mine, theirs, ref64[name], where)

    def pool(self, level, name, mine, theirs, truth, where):
        with np.errstate(invalid="ignore"):  # -inf minus -inf at masked keys, which do not count
            found = [largest(mine - truth, where), largest(theirs - truth, where), max(1, largest(truth, where))]
        pool = self.pools[level, name.split(".")[0]]
        np.maximum(pool, found, out=pool)  # keeps a NaN
        self.quotients[level].append(found[0] / max(found[1], 1e-9))

    def conclude(self):
        """Judges, and prints a line of the table for every level: the kind that is nearest to its limit."""
        nearest = defaultdict(lambda: (-1,))
        for (level, kind), (ours, torchs, scale) in self.pools.items():
            limit = max(2 * torchs, 5e-7 * scale)
            self.report.check(ours <= limit, f"{self.model}, {level}: {kind}: error {ours:.2e} against float64, "
                                             f"torch float32 {torchs:.2e}, limit {limit:.2e}")
            nearest[level] = max(nearest[level], (ours / limit, kind, ours, torchs))
        for level, (part, kind, ours, torchs) in nearest.items():
            median = statistics.median(self.quotients[level])
            print(f"{self.model:42} {level:9} {kind:14} {ours:.1e} {torchs:.1e} {part:8.2f} {median:8.2f}", flush=True)


def print_heading():
    print(f"{'model':42} {'level':9} {'worst kind':14} {'error':7} {'torch':7} of limit   median error / torch's")
