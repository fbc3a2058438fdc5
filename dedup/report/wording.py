"""What the report says in whole sentences: what was found, and what could not be known.

The product speaks of origin, reuse and credit, and claims of no agency what its own text, or a
credit, does not show.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from dedup.records import Label
from dedup.report.catalogue import catalogue, forms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.report.catalogue import Catalogue
    from dedup.report.document import Document

_ENGLISH = catalogue("en")

#: How many articles a verdict speaks of: singular and plural, in the order of reporting.
_FOUND: Mapping[Label, tuple[str, str]] = {
    Label.WIRE_COPY: forms(
        "{n} is agency copy almost word for word", "{n} are agency copy almost word for word"
    ),
    Label.REWRITTEN_WIRE: forms(
        "{n} is mostly rewritten agency copy", "{n} are mostly rewritten agency copy"
    ),
    Label.COPY: forms("{n} is mostly another outlet’s text", "{n} are mostly other outlets’ text"),
    Label.MIXED: forms(
        "{n} mixes others’ text with its own", "{n} mix others’ text with their own"
    ),
    Label.ORIGINAL: forms("{n} shows reporting of its own", "{n} show reporting of their own"),
    Label.UNKNOWN: forms("{n} shows too little to say", "{n} show too little to say"),
}

#: The same where no agency's own article was there to compare with: credits speak, not text.
_BY_CREDIT: Mapping[Label, tuple[str, str]] = {
    Label.WIRE_COPY: forms(
        "{n} is agency copy by its credit", "{n} are agency copy by their credits"
    ),
    Label.REWRITTEN_WIRE: forms(
        "{n} rests mostly on agencies by its credits",
        "{n} rest mostly on agencies by their credits",
    ),
}


def finding(document: Document, words: Catalogue = _ENGLISH) -> str:
    """One sentence or two that say what was found; never empty."""
    return " ".join(filter(None, (verdicts(document, words), silent(document, words))))


def verdicts(document: Document, words: Catalogue) -> str:
    """One sentence that says of which verdict the articles are; never empty."""
    articles = document.tables["articles"]
    total = len(articles["article_id"])
    if not total:
        return words.say("No article could be read.")
    counts = Counter(str(label) for label in articles["verdict"])
    phrases = dict(_FOUND) | ({} if document.run.get("wire_in_corpus") else dict(_BY_CREDIT))
    parts = [words.say_number(counts[label], *phrases[label]) for label in Label if counts[label]]
    return words.say_number(
        total, "Of {n} article, {found}.", "Of {n} articles, {found}.", found=words.listed(parts)
    )


def silent(document: Document, words: Catalogue) -> str:
    """How many articles do not name an agency that they go back to; empty where none is so."""
    count = sum(map(bool, document.tables["articles"]["uncredited_agencies"]))
    if not count:
        return ""
    return words.say_number(
        count,
        "{n} goes back to an agency that it does not name.",
        "{n} go back to agencies that they do not name.",
    )


def nothing_shared(document: Document, words: Catalogue = _ENGLISH) -> str:
    """Where no passage is shared: what was compared, and the nearest pair; else empty."""
    total = len(document.tables["articles"]["article_id"])
    if document.tables["matches"]["article_id"] or not total:
        return ""
    if total == 1:
        return words.say("There is no other article to compare it with.")
    sentence = words.say_number(
        total,
        "{n} article compared: no passage is shared.",
        "{n} articles compared: no passage is shared.",
    )
    near = document.run.get("nearest_pair")
    if isinstance(near, dict):
        pair = words.say(
            "The nearest pair is {one} and {other} (cosine {cosine}).",
            one=visible(str(near.get("article_id"))),
            other=visible(str(near.get("other_id"))),
            cosine=near.get("cosine"),
        )
        sentence = f"{sentence} {pair}"
    return sentence


def limit(document: Document, words: Catalogue = _ENGLISH) -> str:
    """One sentence that says what could not be known; never empty."""
    dates = document.tables["articles"]["published_at"]
    if not dates:
        return words.say("What was skipped, and why, the record of the run says.")
    undated = sum(1 for date in dates if not date)
    if document.run.get("wire_in_corpus"):
        source = words.say(
            "Agency originals are among these articles, yet perhaps not all that were used"
        )
    else:
        source = words.say(
            "No agency original is among these articles, so agencies are known by credits alone "
            "and “no match here” does not prove own reporting"
        )
    if not undated:
        order = words.say("every article has a date")
    elif undated == len(dates):
        order = words.say(
            "no article has a date, so which came first is read from the texts or unknown"
        )
    else:
        order = words.say_number(
            undated,
            "{n} of {all} has no date, so which came first is not always known",
            "{n} of {all} have no date, so which came first is not always known",
            all=words.figure(len(dates)),
        )
    return words.say("{source}; {order}.", source=source, order=order)


def verdict_counts(document: Document) -> dict[str, int]:
    """Articles per verdict, in the order of reporting, without empty ones."""
    counts = Counter(str(label) for label in document.tables["articles"]["verdict"])
    return {label.value: counts[label] for label in Label if counts[label]}


def agency_names(document: Document) -> dict[str, str]:
    """Catalogue id → the name in print, for every agency that the tables name."""
    named = document.run.get("agency_names")
    known = {str(k): str(v) for k, v in named.items()} if isinstance(named, dict) else {}
    ids = {str(agency) for agency in document.tables["attributions"]["agency"]}
    ids |= {str(agency) for agency in document.tables["sources"]["agency"]}
    for cells in document.tables["articles"]["agencies"]:
        ids |= set(cells) if isinstance(cells, tuple) else set()
    return {agency: known.get(agency) or _printed(agency) for agency in sorted(ids - {""})}


def visible(text: str) -> str:
    """The text with everything taken out of hiding that could steer a terminal or the display.

    Control characters, bidirectional overrides and isolates are written as ``⟦U+202E⟧``.
    """
    return _steering().sub(lambda found: f"⟦U+{ord(found[0]):04X}⟧", text)


@cache
def _steering() -> re.Pattern[str]:
    return re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def _printed(agency: str) -> str:
    initials = 4  # ids of up to four letters are initials: ap, afp, dpa, ansa
    return agency.upper() if len(agency) <= initials else agency.capitalize()
