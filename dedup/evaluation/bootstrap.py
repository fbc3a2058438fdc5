"""Intervals by resampling articles: the percentile method (Efron and Tibshirani 1993, ch. 13).

Where every article says the same, resampling knows no doubt; then the interval is Wilson's (1927)
for so many articles all alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Counts = NDArray[np.int64] | NDArray[np.float64]
    Values = NDArray[np.float64]
    #: From summed counts, shape (..., k), to figures, shape (...).
    Statistic = Callable[[NDArray[np.float64]], Values]

RESAMPLES = 1000
SEED = 20240229
LEVELS = (2.5, 97.5)  #: a 95 % interval
_QUANTILE = 1.959964  #: of the normal distribution, for such an interval


def interval(counts: Counts, statistic: Statistic) -> tuple[float, float]:
    """Give the 95 % interval of a figure that is worked out from counts summed over articles.

    Args:
        counts: shape (articles, k).
        statistic: what makes a figure of the sums.

    """
    articles = len(counts)
    if not articles:
        return (float("nan"), float("nan"))
    rng = np.random.default_rng(SEED)
    times = rng.multinomial(articles, np.full(articles, 1 / articles), size=RESAMPLES)
    low, high = np.nanpercentile(statistic((times @ counts).astype(np.float64)), LEVELS)
    if low == high and low in {0.0, 1.0}:
        doubt = _QUANTILE**2 / (int(counts.any(axis=1).sum()) + _QUANTILE**2)
        return (0.0, doubt) if low == 0.0 else (1.0 - doubt, 1.0)
    return float(low), float(high)
