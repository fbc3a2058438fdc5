"""What runs the corridor's steps: one machine's processes for now."""

from dedup.engine.local import Local

__all__ = ["Local"]
