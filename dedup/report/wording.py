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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.report.document import Document

#: How many articles a verdict speaks of: singular and plural, in the order of reporting.
_FOUND: Mapping[Label, tuple[str, str]] = {
    Label.WIRE_COPY: (
        "is agency copy almost word for word",
        "are agency copy almost word for word",
    ),
    Label.REWRITTEN_WIRE: ("is mostly rewritten agency copy", "are mostly rewritten agency copy"),
    Label.COPY: ("is mostly another outlet’s text", "are mostly other outlets’ text"),
    Label.MIXED: ("mixes others’ text with its own", "mix others’ text with their own"),
    Label.ORIGINAL: ("shows reporting of its own", "show reporting of their own"),
    Label.UNKNOWN: ("shows too little to say", "show too little to say"),
}

#: The same where no agency's own article was there to compare with: credits speak, not text.
_BY_CREDIT: Mapping[Label, tuple[str, str]] = {
    Label.WIRE_COPY: ("is agency copy by its credit", "are agency copy by their credits"),
    Label.REWRITTEN_WIRE: (
        "rests mostly on agencies by its credits",
        "rest mostly on agencies by their credits",
    ),
}


def finding(document: Document) -> str:
    """One sentence or two that say what was found; never empty."""
    articles = document.tables["articles"]
    total = len(articles["article_id"])
    if not total:
        return "No article could be read."
    counts = Counter(str(label) for label in articles["verdict"])
    phrases = dict(_FOUND) | ({} if document.run.get("wire_in_corpus") else dict(_BY_CREDIT))
    parts = [
        f"{counts[label]:,} {phrases[label][counts[label] > 1]}" for label in Label if counts[label]
    ]
    sentence = f"Of {_number(total, 'article')}, {_listed(parts)}."
    silent = sum(1 for agencies in articles["uncredited_agencies"] if agencies)
    if silent:
        verb = "goes back to an agency that it does not name"
        verbs = "go back to agencies that they do not name"
        sentence += f" {silent:,} {verb if silent == 1 else verbs}."
    return sentence


def nothing_shared(document: Document) -> str:
    """Where no passage is shared: what was compared, and the nearest pair; else empty."""
    total = len(document.tables["articles"]["article_id"])
    if document.tables["matches"]["article_id"] or not total:
        return ""
    if total == 1:
        return "There is no other article to compare it with."
    sentence = f"{_number(total, 'article')} compared: no passage is shared."
    near = document.run.get("nearest_pair")
    if isinstance(near, dict):
        sentence += (
            f" The nearest pair is {visible(str(near.get('article_id')))} and "
            f"{visible(str(near.get('other_id')))} (cosine {near.get('cosine')})."
        )
    return sentence


def limit(document: Document) -> str:
    """One sentence that says what could not be known; never empty."""
    dates = document.tables["articles"]["published_at"]
    undated = sum(1 for date in dates if not date)
    if document.run.get("wire_in_corpus"):
        source = "Agency originals are among these articles, yet perhaps not all that were used"
    else:
        source = (
            "No agency original is among these articles, so agencies are known by credits alone "
            "and “no match here” does not prove own reporting"
        )
    if not undated:
        order = "every article has a date"
    elif undated == len(dates):
        order = "no article has a date, so which came first is read from the texts or unknown"
    else:
        verb = "has" if undated == 1 else "have"
        order = (
            f"{undated:,} of {len(dates):,} {verb} no date, so which came first is not always known"
        )
    return f"{source}; {order}."


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


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
