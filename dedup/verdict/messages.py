"""Every sentence that a verdict can say. Origin, reuse and credit are all they speak of.

Names in braces are filled in by `dedup.verdict.articles`; a test holds each to the contract's
wording: nothing is said to be copied from an agency whose text is not in the corpus.
"""

from __future__ import annotations

OWN_ARTICLE = "published by {agency} itself"
SHOWN = "{share} of the words follow {agency}'s own article {source} ({paragraphs})"
BY_CREDIT = (
    "{share} of the words are shared with {source} and go back to {agency} by credit ({paragraphs})"
)
COPIED = "{share} of the words follow {source} ({paragraphs})"
EARLIER = "{share} of the words are the outlet's own earlier article {source} ({paragraphs})"
SHARED = "{share} of the words are shared with {source}, order unknown ({paragraphs})"
CREDIT = "credits {agency} for the article: “{text}” ({paragraphs})"
CREDIT_UNNAMED = "credits agencies without naming one: “{text}” ({paragraphs})"
PRIVATE = "reports what only {agency} was told ({paragraphs})"
NAMED = "names {agency} as a source ({paragraphs})"
SEVERAL = "names several media as sources: {agency} ({paragraphs})"
UNCREDITED = "{agency} is named nowhere in the article"
OWN_REPORTING = "shows reporting of its own ({paragraphs})"
WOULD_SHOW = "shares next to nothing with {agency}'s own articles on the story"
TOO_LITTLE = "too little to say where it comes from"
MARKED = "a reviewer marked it"
MARKED_WRONG = "a reviewer marked the verdict “{verdict}” as wrong"
