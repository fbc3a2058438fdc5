"""The growing index: articles come and go, and what is said of them is always what one scan says.

One SQLite file is the record of truth (`store`); everything else is worked out from it, kept beside
it under a checksum, and made again wherever it does not fit.
"""

from __future__ import annotations

from dedup.index.answers import VERDICT, Answer, Change, Elsewhere, Revision
from dedup.index.glance import Glance
from dedup.index.growing import Index

__all__ = ["VERDICT", "Answer", "Change", "Elsewhere", "Glance", "Index", "Revision"]
