"""Which sentences follow another article's: the edited-copy decision, sentence by sentence.

Most of the signal is the share of a sentence's words in common runs of three stems or more (as in
METER, Clough et al. 2002); cosine, new names and numbers, and the neighbours' runs decide the rest.
A quotation shared is no copy unless the narration round it came along; a sentence alone needs more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.verify.runs import SEED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup.verify.likeness import Likeness
    from dedup.verify.reading import Reading
    from dedup.verify.runs import Seeds

#: Logistic regression on labelled sentences of news, each story scored by weights of the others.
TILED, COSINE, NEW, BESIDE, OVERALL, INTERCEPT = 7.86, 6.27, -0.677, 3.24, 1.47, -6.12
#: What a sentence needs more when nothing near it was taken from the same article.
ALONE = 1.5
#: Sentences within this many of each other are near.
NEAR = 2
#: From this share on a sentence is mostly quotation; from the lower one it may be.
QUOTED, PARTLY_QUOTED = 0.5, 0.25
#: Narration round a part-quotation is the other's own from this share of common runs on.
FRAME = 0.2
#: A sentence alone must be this unlikely to be met twice by chance: the weight, in nats, of its
#: telling words that stand in common runs. Set phrases ("margin of error") are not that rare.
RARE = 30.0
#: Sentences taken together need one with this share of words, and this many telling ones, in runs.
ANCHORED, TELLING = 0.3, 3
#: A sentence shares so many content words with its source, or most of its words run as there.
TOLD, MOSTLY = 3, 0.6
#: A sentence cannot come from a place this many times shorter.
ROOM = 3
#: So many like sentences with figures, most of them with other figures, are a form filled in.
FORM = 3
#: One figure in so many, at least, is another in a form filled in anew.
FILLED = 5


@dataclass(frozen=True, eq=False)
class Following:
    """How each sentence of an article follows the other; one row a sentence.

    Attributes:
        first, last: the other's sentences it is most like.
        tiled: share of its words in common runs with those sentences and their neighbours.
        frame: the same, of its telling words (not quoted, no names, numbers or function words).
        quoted: share of its words inside quotation marks.
        new: how many of its names and numbers are not there.
        score: log-odds that it was taken from there.
        taken: the decision.
        form: the likeness of the two articles is that of a form filled in anew.

    """

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    tiled: NDArray[np.float64]
    frame: NDArray[np.float64]
    quoted: NDArray[np.float64]
    new: NDArray[np.int64]
    score: NDArray[np.float64]
    taken: NDArray[np.bool_]
    form: bool


def following(like: Likeness, found: Seeds) -> Following:
    """Decide for each sentence of ``like.a`` whether it was taken from ``like.b`` or edited."""
    a, b = like.a, like.b
    first, last, cosine = like.window
    covered = _covered(like, found, first, last)
    lengths = a.lengths
    tiled = np.bincount(a.sentence, covered, len(lengths)) / lengths
    quoted = np.bincount(a.sentence, a.quoted, len(lengths)) / lengths
    telling = np.bincount(a.sentence, a.telling, len(lengths))
    frame = np.bincount(a.sentence, covered & a.telling, len(lengths)) / np.maximum(telling, 1)
    absent = _absent(like, first, last)
    new = np.bincount(a.sentence, absent & (a.name | a.number), len(lengths))
    told = np.bincount(a.sentence, ~absent & (a.weight > 0), len(lengths))
    narrated = np.bincount(a.sentence, covered & ~a.quoted, len(lengths)) / lengths
    beside = np.zeros(len(tiled))
    beside[1:] += narrated[:-1]
    beside[:-1] += narrated[1:]
    overall = float((covered & ~a.quoted).sum() / max(1, int((~a.quoted).sum())))
    score = TILED * tiled + COSINE * cosine + NEW * new + BESIDE * beside + OVERALL * overall
    score += INTERCEPT
    room = b.indptr[last + 1] - b.indptr[first]
    enough = (told >= TOLD) | (tiled >= MOSTLY)
    taken = (score > 0) & (room * ROOM >= lengths) & enough
    form = _template(a, taken, new, absent)
    taken &= not form
    held = np.bincount(a.sentence, covered & a.telling, len(lengths))
    rare = np.bincount(a.sentence, a.weight * (covered & a.telling), len(lengths)).astype(float)
    return _settle(
        Following(first, last, tiled, frame, quoted, new, score, taken, form), held, rare
    )


def _template(
    a: Reading, taken: NDArray[np.bool_], new: NDArray[np.int64], absent: NDArray[np.bool_]
) -> bool:
    """Whether the likeness is that of a form filled in anew: the same lines, other figures.

    Who fills in a form changes names and figures; an editor changes any word.
    """
    figures = np.bincount(a.sentence, a.number, len(taken))
    other = np.bincount(a.sentence, a.number & absent, len(taken))
    lacking = np.bincount(a.sentence, absent & (a.weight > 0), len(taken))
    forms = taken & (figures > 0)
    if forms.sum() < FORM or (forms & (new > 0)).sum() * 2 <= forms.sum():
        return False
    filled = other[forms].sum() * FILLED > figures[forms].sum()
    return bool(filled and new[forms].sum() * 2 >= lacking[forms].sum())


def _covered(
    like: Likeness, found: Seeds, first: NDArray[np.int64], last: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which words of a stand in common runs with the window of their sentence, or beside it."""
    sentence = like.a.sentence[found.here]
    there = like.b.sentence[found.there]
    near = (there >= first[sentence] - 1) & (there <= last[sentence] + 1)
    out = np.zeros(len(like.a) + SEED, bool)
    for step in range(SEED):
        out[found.here[near] + step] = True
    return out[: len(like.a)]


def _absent(like: Likeness, first: NDArray[np.int64], last: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which words of a the window of their sentence, and its neighbours, lack."""
    upto = np.vstack((np.zeros(like.counts.shape[1]), np.cumsum(like.counts, axis=0)))
    low = np.maximum(first - 1, 0)[like.a.sentence]
    high = np.minimum(last + 2, len(like.b.lengths))[like.a.sentence]
    out = like.here < 0
    held = np.flatnonzero(~out)
    out[held] = upto[high[held], like.here[held]] == upto[low[held], like.here[held]]
    return out


def _settle(found: Following, held: NDArray[np.int64], rare: NDArray[np.float64]) -> Following:
    """Take back what is only a quotation or too little; fill a gap of one sentence.

    Sentences taken near each other, from places near each other, stand or fall together: one of
    them must be an anchor, alike in runs of words and in words that tell.
    """
    taken = found.taken.copy()
    speech = (found.quoted >= QUOTED) | ((found.quoted >= PARTLY_QUOTED) & (found.frame < FRAME))
    narrated = taken & ~speech
    for i in np.flatnonzero(taken & speech).tolist():
        taken[i] = len(_near(found, narrated, i, NEAR + 1)) > 0
    anchor = taken & (found.tiled >= ANCHORED) & (held >= TELLING)
    for i in np.flatnonzero(taken).tolist():
        near = _near(found, taken, i, NEAR)
        if not len(near):
            taken[i] = anchor[i] and found.score[i] >= ALONE and rare[i] >= RARE
        elif not anchor[i]:
            taken[i] = anchor[near].any()
    gap = np.zeros(len(taken), bool)
    gap[1:-1] = ~taken[1:-1] & taken[:-2] & taken[2:] & (found.tiled[1:-1] > 0)
    return replace(found, taken=taken | gap)


def _near(found: Following, taken: NDArray[np.bool_], i: int, reach: int) -> NDArray[np.int64]:
    """The other sentences near ``i`` that were taken from near the place ``i`` is most like."""
    near: NDArray[np.int64] = np.arange(max(0, i - reach), min(len(taken), i + reach + 1))
    distance = np.abs(found.first[near] - found.first[i])
    kept: NDArray[np.int64] = near[taken[near] & (distance <= reach + 1) & (near != i)]
    return kept
