"""How well a report agrees with labels: precision, recall and F1, each with its interval."""

from dedup.evaluation.evaluate import Evaluation, evaluate
from dedup.evaluation.tables import Fault, Figure, render, render_faults

__all__ = ["Evaluation", "Fault", "Figure", "evaluate", "render", "render_faults"]
