"""The compiled back end of what follows another article's words, sentence by sentence.

Plain loops, equal to the NumPy back end in `dedup.verify.following` bit for bit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import kernel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rows = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Weights = NDArray[np.float32]
    Counts = NDArray[np.float32]
    Measures = NDArray[np.float64]


@kernel
def in_runs(
    seeds: tuple[Rows, Rows], sentences: tuple[Rows, Rows], window: tuple[Rows, Rows], size: int
) -> Flags:
    """Say which words stand in common runs; see `dedup.verify.following`."""
    sentence, other = sentences
    first, last = window
    here, there = seeds
    out = np.zeros(len(sentence) + size, np.bool_)
    for seed in range(len(here)):
        row, place = sentence[here[seed]], other[there[seed]]
        if first[row] - 1 <= place <= last[row] + 1:
            for step in range(size):
                out[here[seed] + step] = True
    return out[: len(sentence)]


@kernel
def absent(here: Rows, sentence: Rows, counts: Counts, window: tuple[Rows, Rows]) -> Flags:
    """Say which words the other lacks thereabouts; see `dedup.verify.following`."""
    first, last = window
    out = np.ones(len(here), np.bool_)
    for word in range(len(here)):
        if here[word] >= 0:
            row = sentence[word]
            for other in range(max(first[row] - 1, 0), min(last[row] + 2, len(counts))):
                if counts[other, here[word]] > 0.0:
                    out[word] = False
                    break
    return out


@kernel
def tallied(
    found: tuple[Flags, Flags],
    kinds: tuple[Flags, Flags, Flags, Flags],
    weight: Weights,
    rows: Rows,
) -> tuple[Rows, Measures]:
    """Count the words of each sentence by kind; see `dedup.verify.following.Tally`."""
    covered, lacking = found
    quoted, telling, name, number = kinds
    out, rare = np.zeros((10, len(rows) - 1), np.int64), np.zeros(len(rows) - 1)
    for row in range(len(rows) - 1):
        for word in range(rows[row], rows[row + 1]):
            held, content = covered[word] and telling[word], weight[word] > 0
            out[0, row] += covered[word]
            out[1, row] += quoted[word]
            out[2, row] += covered[word] and not quoted[word]
            out[3, row] += telling[word]
            out[4, row] += held
            out[5, row] += lacking[word] and (name[word] or number[word])
            out[6, row] += lacking[word] and content
            out[7, row] += not lacking[word] and content
            out[8, row] += number[word]
            out[9, row] += number[word] and lacking[word]
            if held:
                rare[row] += weight[word]
    return out, rare


@kernel
def counted(
    found: tuple[tuple[Rows, Rows], Rows, Counts],
    sentences: tuple[Rows, Rows],
    window: tuple[Rows, Rows],
    kinds: tuple[tuple[Flags, Flags, Flags, Flags], Weights, Rows],
    size: int,
) -> tuple[Rows, Measures]:
    """Count the words of each sentence by kind, of two articles as they are.

    Args:
        found: the common seeds; the column of each word among the shared stems, and how often
            each of these stands in each sentence of the other.
        sentences: the sentence of each word of either article.
        window: first and last sentence of the other that each sentence is most like.
        kinds: as `tallied` takes them, with the weights and where each sentence begins.
        size: words in a seed.

    """
    seeds, here, counts = found
    kind, weight, rows = kinds
    covered = in_runs(seeds, sentences, window, size)
    return tallied((covered, absent(here, sentences[0], counts, window)), kind, weight, rows)


@kernel
def scored(
    counts: Rows,
    rows: tuple[Rows, Rows],
    window: tuple[Rows, Rows, Measures],
    weights: tuple[float, float, float, float, float, float],
    limits: tuple[int, float, float],
) -> tuple[Measures, Measures, Measures, Measures, Flags]:
    """Say how closely each sentence follows; see `dedup.verify.following.Scored`."""
    own, other = rows
    first, last, cosine = window
    tiling, angle, fresh, beside, overall, intercept = weights
    told, mostly, room = limits
    size = len(first)
    tiled, narrated = np.empty(size), np.empty(size)
    frame, quoted = np.empty(size), np.empty(size)
    score, taken = np.empty(size), np.empty(size, np.bool_)
    for row in range(size):
        words = own[row + 1] - own[row]
        tiled[row], narrated[row] = counts[0, row] / words, counts[2, row] / words
        quoted[row] = counts[1, row] / words
        frame[row] = counts[4, row] / max(counts[3, row], 1)
    told_here, said_here = 0, 0
    for row in range(size):
        told_here, said_here = told_here + counts[2, row], said_here + counts[1, row]
    whole = told_here / max(1, own[size] - said_here)
    for row in range(size):
        near = 0.0
        if row > 0:
            near += narrated[row - 1]
        if row + 1 < size:
            near += narrated[row + 1]
        log_odds = tiling * tiled[row] + angle * cosine[row] + fresh * counts[5, row]
        score[row] = log_odds + beside * near + overall * whole + intercept
        wide = (other[last[row] + 1] - other[first[row]]) * room >= own[row + 1] - own[row]
        enough = counts[7, row] >= told or tiled[row] >= mostly
        taken[row] = score[row] > 0 and wide and enough
    return tiled, frame, quoted, score, taken


@kernel
def near(first: Rows, taken: Flags, wanted: Flags, i: int, reach: int) -> tuple[bool, bool]:
    """Say whether sentences near another were taken from near its place, and one that is wanted."""
    some, one = False, False
    for other in range(max(0, i - reach), min(len(taken), i + reach + 1)):
        if taken[other] and other != i and abs(first[other] - first[i]) <= reach + 1:
            some = True
            one |= wanted[other]
    return some, one


@kernel
def settled(
    first: Rows,
    scores: tuple[Measures, Measures, Measures, Measures, Flags],
    counted: tuple[Rows, Measures],
    speech: tuple[float, float, float],
    limits: tuple[int, float, int, float, float],
) -> Flags:
    """Say which sentences stay taken; see `dedup.verify.following`."""
    tiled, frame, quoted, score, taken = scores
    held, rare = counted
    mostly, partly, framed = speech
    reach, tiling, telling, alone, weight = limits
    narrated, anchor = np.empty(len(taken), np.bool_), np.empty(len(taken), np.bool_)
    out, filled = np.empty(len(taken), np.bool_), np.empty(len(taken), np.bool_)
    for i in range(len(out)):
        said = quoted[i] >= mostly or (quoted[i] >= partly and frame[i] < framed)
        narrated[i] = taken[i] and not said
    for i in range(len(out)):
        some, _ = near(first, narrated, narrated, i, reach + 1)
        out[i] = taken[i] and (narrated[i] or some)
        anchor[i] = out[i] and tiled[i] >= tiling and held[i] >= telling
    for i in range(len(out)):
        if out[i]:
            some, anchored = near(first, out, anchor, i, reach)
            if not some:
                out[i] = anchor[i] and score[i] >= alone and rare[i] >= weight
            elif not anchor[i]:
                out[i] = anchored
    for i in range(len(out)):
        between = 0 < i < len(out) - 1 and out[i - 1] and out[i + 1]
        filled[i] = out[i] or (between and tiled[i] > 0)
    return filled
