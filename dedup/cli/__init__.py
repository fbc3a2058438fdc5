"""The command line: ``dedup scan | compare | index | serve | evaluate | agencies``."""

from dedup.cli.entry import front, main

__all__ = ["front", "main"]
