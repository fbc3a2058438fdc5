"""Whether a sentence passes on what somebody told or laid down: "police said", "the bill would".

What a statement, a law, a verdict says is not the reporter's own: who else was told it may tell it
in the same words. The list is data (relays.toml).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


def relays(sentence: str, language: str) -> bool:
    """Say whether a sentence relays; of a language that is not listed, by the words of all."""
    patterns = _patterns()
    return (patterns.get(language) or patterns[""]).search(sentence) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    lists = tomllib.loads(files("dedup.text").joinpath("relays.toml").read_text(encoding="utf-8"))
    words = {
        language: "|".join(table["told"] + table["papers"] + table["acts"])
        for language, table in lists.items()
    }
    words[""] = "|".join(words.values())
    return {
        language: re.compile(listed.replace(" ", r"\s+"), re.IGNORECASE)
        for language, listed in words.items()
    }
