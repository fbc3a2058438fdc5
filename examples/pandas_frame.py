"""A DataFrame of articles, and beside each row where its text comes from.

Run it where ``tests/data/newsroom`` lies, a labelled set of invented stories.
"""

from __future__ import annotations

import pandas as pd

import dedup.integrations.frames  # noqa: F401 - importing it is what gives frames their `.dedup`

COLUMNS = ["publisher", "verdict", "copied_share", "derived_from", "uncredited_agencies"]


def main() -> None:
    """Print a frame with its verdicts."""
    news = pd.read_json("tests/data/newsroom/articles.jsonl", lines=True).set_index(
        "id", drop=False
    )
    frame = news[news["story"] == "s01"]
    said = frame.dedup.verdicts()
    print(frame[["publisher"]].join(said)[COLUMNS].to_string())


if __name__ == "__main__":
    main()
