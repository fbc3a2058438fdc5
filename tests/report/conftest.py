"""A realistic report to test with: the five seeds, with rows made by plain means.

Paragraphs are split at line breaks, the passages of the first two articles come from difflib,
attributions from fixed phrases. No room of the program has a part in it.
"""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dedup.report.columns import ARTICLE_EXTRAS, TABLES, Type, settle
from dedup.report.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"

Row = dict[str, object]
Rows = dict[str, list[Row]]

#: The two of the seeds that share passages.
FIRST, SECOND = "000_71cf6c316d60b106.txt", "001_1b7dea28a2590197.txt"

PHRASES = {
    "Reuters reported": ("reuters", "report_verb"),
    "reported Reuters": ("reuters", "report_verb"),
    "told Reuters": ("reuters", "told"),
    "according to Reuters": ("reuters", "according_to"),
    "AP reported": ("ap", "report_verb"),
    "AFP reported": ("afp", "report_verb"),
    "reported AFP": ("afp", "report_verb"),
    "quoted as saying by AFP": ("afp", "quoted_by"),
    "told AFP": ("afp", "told"),
    "an AFP source": ("afp", "agency_source"),
    "told the Associated Press": ("ap", "told"),
    "With inputs from Associated Press": ("ap", "tagline"),
    "told Sputnik": ("sputnik", "told"),
    "The Associated Press has cited": ("ap", "report_verb"),
    "the BBC reported": ("bbc", "report_verb"),
    "told Al Jazeera": ("aljazeera", "told"),
}

VERDICTS: dict[str, Row] = {
    "000": {
        "verdict": "mixed",
        "confidence": 0.87,
        "agencies": ("afp", "ap", "reuters"),
        "credited_agencies": ("afp", "ap", "reuters"),
        "wire_share": 0.182,
        "derived_from": "001_1b7dea28a2590197.txt",
        "relation": "same_outlet_update",
        "reasons": (
            "¶10–¶24 stand almost word for word in the other version.",
            "¶1, ¶2 and ¶10 name Reuters, AP and AFP.",
        ),
    },
    "001": {
        "verdict": "mixed",
        "confidence": 0.81,
        "agencies": ("afp", "reuters"),
        "credited_agencies": ("reuters",),
        "uncredited_agencies": ("afp",),
        "wire_share": 0.24,
        "uncredited_share": 0.071,
        "relation": "same_outlet_update",
        "reasons": ("¶3–¶16 are shared with a version of unknown order.",),
    },
    "002": {
        "verdict": "rewritten_wire",
        "confidence": 0.66,
        "agencies": ("ap", "reuters"),
        "credited_agencies": ("ap", "reuters"),
        "wire_share": 0.9,
        "relation": "wire",
        "reasons": (
            "¶13 credits AP for the whole article; no agency original is here to compare.",
        ),
    },
    "003": {
        "verdict": "mixed",
        "confidence": 0.4,
        "agencies": ("ap", "reuters", "sputnik"),
        "credited_agencies": ("ap", "reuters", "sputnik"),
        "reasons": ("¶6, ¶8 and ¶11 each name another agency.",),
    },
    "004": {
        "verdict": "unknown",
        "confidence": 0.2,
        "reasons": ("Nothing here matches.",),
    },
}


def blank(table: str) -> Row:
    """A row that says nothing."""
    empty = {Type.TEXT: "", Type.LIST: (), Type.RANKED: (), Type.BOOLEAN: False}
    wanted = TABLES[table] + (ARTICLE_EXTRAS if table == "articles" else ())
    return {c.name: None if c.optional else empty.get(c.type, 0) for c in wanted}


def words(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"\w+(?:['’]\w+)*", text))


def paragraph_rows(name: str, text: str) -> Iterator[Row]:
    pattern = r"[^\n]+" if name.startswith("003") else r"[^\n]+(?:\n[^\n]+)*"
    for n, found in enumerate(re.finditer(pattern, text), 1):
        if found[0].startswith("Also Read"):
            role = "promo"
        elif found[0].startswith("With inputs"):
            role = "credit"
        else:
            role = "heading" if len(found[0]) < 60 else "body"
        place = {"article_id": name, "n": n, "start": found.start(), "end": found.end()}
        told = {"role": role, "words": len(words(found[0])), "text": found[0]}
        yield blank("paragraphs") | place | told


def attribution_rows(name: str, text: str, paragraphs: list[Row]) -> Iterator[Row]:
    for phrase, (agency, kind) in PHRASES.items():
        for found in re.finditer(re.escape(phrase), text):
            n = paragraph_at(paragraphs, found.start())
            yield {
                "article_id": name,
                "n": n,
                "start": found.start(),
                "end": found.end(),
                "text": found[0],
                "agency": agency,
                "kind": kind,
                "scope": "article" if kind == "tagline" else "sentence",
                "is_agency": agency not in {"bbc", "aljazeera"},
            }


def paragraph_at(paragraphs: list[Row], place: int) -> int:
    return max(int(str(p["n"])) for p in paragraphs if int(str(p["start"])) <= place)


def match_rows(
    ids: tuple[str, str], texts: dict[str, str], ledger: dict[str, list[Row]]
) -> list[Row]:
    """Runs of at least six common words; runs less than four words apart are one passage."""
    left, right = (words(texts[name]) for name in ids)
    matcher = difflib.SequenceMatcher(
        None, [w[0].lower() for w in left], [w[0].lower() for w in right], autojunk=False
    )
    runs: list[list[int]] = []
    for a, b, size in matcher.get_matching_blocks():
        if runs and a - runs[-1][1] < 4 and b - runs[-1][3] < 4 and size > 2:
            runs[-1][1], runs[-1][3] = a + size, b + size
        elif size >= 6:
            runs.append([a, a + size, b, b + size])
    rows: list[Row] = []
    for a, a_end, b, b_end in runs:
        start, end = left[a].start(), left[a_end - 1].end()
        other_start, other_end = right[b].start(), right[b_end - 1].end()
        exact = texts[ids[0]][start:end] == texts[ids[1]][other_start:other_end]
        rows.append(
            {
                "article_id": ids[0],
                "start": start,
                "end": end,
                "n_first": paragraph_at(ledger[ids[0]], start),
                "n_last": paragraph_at(ledger[ids[0]], end),
                "other_id": ids[1],
                "other_start": other_start,
                "other_end": other_end,
                "other_n_first": paragraph_at(ledger[ids[1]], other_start),
                "other_n_last": paragraph_at(ledger[ids[1]], other_end),
                "words": a_end - a,
                "kind": "verbatim" if exact else "edited",
                "score": 0.998 if exact else 0.941,
                "resemblance": 1.0 if exact else 0.83,
                "containment": 0.91,
                "other_containment": 0.88,
                "cosine": 0.95,
                "direction": "unknown",
                "lag_seconds": None,
            }
        )
    return rows


def article_row(name: str, text: str, matches: list[Row]) -> Row:
    size = len(words(text))
    shared = sum(int(str(m["words"])) for m in matches if name in {m["article_id"], m["other_id"]})
    row = blank("articles") | {
        "article_id": name,
        "path": f"seeds/{name}",
        "language": "en",
        "published_at": "2021-08-11" if name.startswith("004") else "",
        "words": size,
        "copied_share": shared / size,
        "own_share": 1 - shared / size,
        "cluster_id": name,
        "story_id": "000_71cf6c316d60b106.txt",
        "text": text,
    }
    return row | VERDICTS[name[:3]]


def seed_rows() -> Rows:
    texts = {
        path.name: path.read_bytes().decode() for path in sorted((ROOT / "seeds").glob("*.txt"))
    }
    ledger = {name: list(paragraph_rows(name, text)) for name, text in texts.items()}
    first, second, *_ = texts
    matches = match_rows((first, second), texts, ledger)
    credits_ = [
        row
        for name, text in texts.items()
        for row in sorted(
            attribution_rows(name, text, ledger[name]), key=lambda r: str(r["start"]).zfill(9)
        )
    ]
    named = {(row["article_id"], row["n"]) for row in credits_}
    for match in matches:
        for side, other, low, high in (
            ("article_id", "other_id", "n_first", "n_last"),
            ("other_id", "article_id", "other_n_first", "other_n_last"),
        ):
            for row in ledger[str(match[side])]:
                if int(str(match[low])) <= int(str(row["n"])) <= int(str(match[high])):
                    row |= {"reuse": match["kind"], "source_id": match[other], "source_n": 1}
                    row |= {"score": match["score"], "direction": "unknown"}
                    row["credit"] = "named" if (row["article_id"], row["n"]) in named else "none"
    return {
        "articles": [article_row(name, text, matches) for name, text in texts.items()],
        "paragraphs": [row for rows in ledger.values() for row in rows],
        "matches": matches,
        "attributions": credits_,
        "stories": [
            blank("stories")
            | {"story_id": first, "articles": 5, "origins": 3, "unknown_origins": 2}
            | {"agencies": ("afp", "ap", "reuters", "sputnik")}
        ],
        "sources": [
            blank("sources") | {"agency": "ap", "articles": 1, "words": 367, "credited_words": 367}
        ],
    }


def columns_of(rows: Rows) -> dict[str, dict[str, Sequence[object]]]:
    """Rows as the plain columns that the report takes."""
    tables = {}
    for table, wanted in TABLES.items():
        names = [c.name for c in wanted + (ARTICLE_EXTRAS if table == "articles" else ())]
        tables[table] = {name: [row[name] for row in rows[table]] for name in names}
    return settle(tables)


RUN: Row = {
    "version": "0.1.0",
    "started_at": "2026-11-20T11:40:00Z",
    "seconds": 0.9,
    "options": {"inputs": ["seeds/"], "window": None, "workers": 2},
    "catalogue_version": "2026.1",
    "inputs": {"articles": 5, "skipped": 1},
    "all_pairs": 10,
    "compared_pairs": 4,
    "layouts": {"blank lines": 4, "one sentence a line": 1},
    "wire_in_corpus": False,
    "skipped": [{"path": "seeds/photo.jpg", "record": "", "reason": "It is not a text (binary)."}],
    "limits": {"passage shared by over 20 articles": 3},
    "nearest_pair": {
        "article_id": "000_71cf6c316d60b106.txt",
        "other_id": "001_1b7dea28a2590197.txt",
        "cosine": 0.871,
    },
    "refusals": [
        {
            "article_id": "000_71cf6c316d60b106.txt",
            "start": 242,
            "end": 324,
            "other_id": "002_928d789db3219f0e.txt",
            "other_start": 958,
            "other_end": 1040,
            "rule": "a name and its title",
            "text": "Abdullah Abdullah, the head of the Afghan National Council",
            "other_text": "Abdullah Abdullah, the head of the Afghan National Council",
        }
    ],
    "agency_names": {"ap": "AP", "afp": "AFP", "reuters": "Reuters", "sputnik": "Sputnik"},
}


@pytest.fixture(scope="session")
def seeds() -> Rows:
    """Rows of every table of the seeds' report; copy before changing."""
    return seed_rows()


@pytest.fixture(scope="session")
def document(seeds: Rows) -> Document:
    return Document(run=RUN, tables=columns_of(seeds))


@pytest.fixture(scope="session")
def document_of() -> Callable[[Rows], Document]:
    """Make a document from rows."""
    return lambda rows: Document(run=RUN, tables=columns_of(rows))


@pytest.fixture(scope="session")
def golden_folder() -> Path:
    return GOLDEN
