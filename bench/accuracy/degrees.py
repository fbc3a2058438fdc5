"""How closely an answer follows its source, told by what a report says of the two alone.

Clough & Stevenson (2011): answers copied from a source (cut), lightly and heavily revised, or made
without it (non). The rule: an answer is derived if the report has a match between the two at all;
how closely it follows is read off the resemblance of its passages (the mean by their words, on a
logarithmic scale) by logistic regression, three degrees, learned on the other tasks' answers.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.accuracy.readings import share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bench.accuracy.labelled import Sets

    Json = dict[str, Any]

DEGREES = ("cut", "light", "heavy")
NONE = "non"
#: Below this a resemblance tells no more.
_LEAST = 0.01


class Answer(NamedTuple):
    """One answer: its task, the degree it has, and the resemblance of what it shares, or None."""

    id: str
    task: str
    degree: str
    resemblance: float | None


def short_answers(sets: Sets) -> Json:
    """Tell the degrees of all answers, each task's by what the others teach."""
    answers = _answers(sets)
    told = _told(answers)
    derived = [(one.degree != NONE) == (degree != NONE) for one, degree in told]
    right = [one.degree == degree for one, degree in told]
    confusion = Counter((one.degree, degree) for one, degree in told)
    labels = (*DEGREES, NONE)
    return {
        "data": sets.described("short_answers"),
        "derived": share(sum(derived), len(derived)),
        "degree": share(sum(right), len(right)),
        "missed": [one.id for one, degree in told if degree == NONE != one.degree],
        "labels": labels,
        "confusion": [[confusion[label, said] for said in labels] for label in labels],
    }


def _answers(sets: Sets) -> list[Answer]:
    matches = sets.result("short_answers").tables["matches"]
    passages: dict[frozenset[str], list[tuple[float, float]]] = defaultdict(list)
    columns = ("article_id", "other_id", "words", "resemblance")
    for a, b, words, alike in zip(*(matches[name] for name in columns), strict=True):
        passages[frozenset((str(a), str(b)))].append((float(str(words)), float(str(alike))))
    out = []
    for row in map(json.loads, sets.labels("short_answers").read_text("utf-8").splitlines()):
        found = passages.get(frozenset((row["susp"], row["src"])))
        mean = None
        if found:
            words, alike = np.array(found).T
            mean = float(np.average(alike, weights=words))
        out.append(Answer(row["susp"], row["src"], row["category"], mean))
    return out


def _told(answers: Sequence[Answer]) -> list[tuple[Answer, str]]:
    """Give each answer the degree that the answers to other questions teach."""
    out = []
    for task in sorted({one.task for one in answers}):
        taught = [one for one in answers if one.task != task and one.degree != NONE]
        taught = [one for one in taught if one.resemblance is not None]
        model = LogisticRegression(C=10.0).fit(_scale(taught), [one.degree for one in taught])
        for one in answers:
            if one.task == task:
                known = one.resemblance is not None
                out.append((one, str(model.predict(_scale([one]))[0]) if known else NONE))
    return out


def _scale(answers: Sequence[Answer]) -> NDArray[np.float64]:
    alike = np.array([max(one.resemblance or 0.0, _LEAST) for one in answers])
    column: NDArray[np.float64] = np.log(alike)[:, None]
    return column
