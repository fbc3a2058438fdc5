"""A spaCy document with its matches and attributions as groups of spans.

Run it where ``seeds/`` lies. The index stands in a folder that is thrown away.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import spacy

import dedup
from dedup.integrations.annotating import ATTRIBUTIONS, MATCHES

NAME = "000_71cf6c316d60b106.txt"


def main() -> None:
    """Print the spans of one article that others in an index share text with."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(Path("seeds").glob("*.txt"))}
    with tempfile.TemporaryDirectory() as folder:
        index = str(Path(folder, "news.dedup"))
        with dedup.Index.open(index) as opened:
            opened.add({"id": name, "text": text} for name, text in texts.items() if name != NAME)
        nlp = spacy.blank("en")
        nlp.add_pipe("dedup", config={"index": index})
        doc = nlp(texts[NAME])
    print(doc._.dedup["verdict"], doc._.dedup["agencies"])
    for group in (MATCHES, ATTRIBUTIONS):
        for span in doc.spans[group]:
            print(group, span.label_, span.kb_id_, span.id_, repr(span.text[:40]))


if __name__ == "__main__":
    main()
