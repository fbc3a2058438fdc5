"""What runs the corridor's steps: one machine's processes for now."""

from dedup.engine.local import Local
from dedup.engine.second import Second, available

__all__ = ["Local", "Second", "available"]
