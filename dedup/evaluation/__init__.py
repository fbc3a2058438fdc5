"""How well a report agrees with labels: precision, recall and F1, each with its interval."""

from dedup.evaluation.evaluate import evaluate
from dedup.evaluation.tables import Figure, render

__all__ = ["Figure", "evaluate", "render"]
