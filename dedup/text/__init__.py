"""The text room: from an article's raw text to paragraphs, sentences, words and shingles.

Nothing here knows of a second article but `boilerplate`, which learns over a whole set; every
offset is in code points of the text as it was read.
"""

from __future__ import annotations

from dedup.text.asides import asides
from dedup.text.background import background, guess_languages, weights, weights_in
from dedup.text.boilerplate import boilerplate, likeness, paragraph_keys
from dedup.text.first_look import Look, look_at
from dedup.text.layout import is_one_paragraph
from dedup.text.membership import held
from dedup.text.nouns import without_nouns
from dedup.text.quotes import quotes
from dedup.text.relays import relays
from dedup.text.segment import Segmented, segment, segment_all
from dedup.text.sentences import sentences
from dedup.text.shingles import sample, shingle, windows
from dedup.text.speech import (
    STATED,
    quoted_anywhere,
    quoted_as,
    runs_said,
    speech,
    stated,
    with_asides,
    with_speech,
)
from dedup.text.stems import stems
from dedup.text.stock import stock_clauses
from dedup.text.tokens import rows_at, tokenize, tokenize_lines
from dedup.text.writers import notes_on_writers

__all__ = [
    "STATED",
    "Look",
    "Segmented",
    "asides",
    "background",
    "boilerplate",
    "guess_languages",
    "held",
    "is_one_paragraph",
    "likeness",
    "look_at",
    "notes_on_writers",
    "paragraph_keys",
    "quoted_anywhere",
    "quoted_as",
    "quotes",
    "relays",
    "rows_at",
    "runs_said",
    "sample",
    "segment",
    "segment_all",
    "sentences",
    "shingle",
    "speech",
    "stated",
    "stems",
    "stock_clauses",
    "tokenize",
    "tokenize_lines",
    "weights",
    "weights_in",
    "windows",
    "with_asides",
    "with_speech",
    "without_nouns",
]
