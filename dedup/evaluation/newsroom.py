"""A report scored against a newsroom set, article by article.

- copied words: words copied or lightly edited from another article that the report calls reuse. The
  labels are by paragraph and passages are not: a copied paragraph of which half or more is found
  counts whole. Words told anew from another article are "heavy rewrites", counted apart.
- source: of the copied words that were found, those whose named source is right; any article of the
  same line of descent is.
- direction: of copied words found against their true source, those said to come from it, and those
  said to go to it.
- false alarms: original articles of which over a tenth of the words is wrongly called reuse.
- agencies, uncredited: per article that is no agency's own.
- credit spans: where the text names an agency as its source. A credit that names none may be left
  without one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dedup.evaluation import metrics
from dedup.evaluation.found import Said
from dedup.evaluation.gold import UNNAMED
from dedup.records import Direction, Kind, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dedup.evaluation.found import Named, Passage, Report
    from dedup.evaluation.gold import Credit, GoldArticle
    from dedup.evaluation.metrics import Measure

    #: Tells whether words name the agency with this id.
    Naming = Callable[[str, str], bool]

COPIED = frozenset({"verbatim", "light"})
HEAVY = "heavy"
UNSCORED = frozenset({"boilerplate", "credit-line", "quote-only"})
ALARM = 0.10
VERDICTS = ("wire", "mixed", "copy", "original")
_SAME = {Label.WIRE_COPY.value: "wire", Label.REWRITTEN_WIRE.value: "wire"}


def measures(gold: Sequence[GoldArticle], report: Report, naming: Naming) -> list[Measure]:
    """Score every measure of a newsroom set."""
    reuse = [_reuse(article, report.passages.get(article.id, [])) for article in gold]
    spans = [_credits(article, report.attributions.get(article.id, []), naming) for article in gold]
    outlets = [article for article in gold if not article.wire]
    said = [report.said.get(article.id, Said()) for article in outlets]
    pairs = list(zip(outlets, said, strict=True))
    originals = [
        counts["alarm words"] > ALARM * len(article.words)
        for article, counts in zip(gold, reuse, strict=True)
        if article.verdict == "original" and not article.wire
    ]
    return [
        metrics.cases("copied words", _columns(reuse, "copied", "invented", "missed")),
        metrics.found("heavy rewrites", _columns(reuse, "heavy", "", "heavy missed")),
        metrics.shares("source", ["right"], _columns(reuse, "source", "wrong source")),
        metrics.shares(
            "direction", ["right", "reversed"], _columns(reuse, "from", "to", "unknown")
        ),
        metrics.shares("false alarms", ["share"], [(alarm, not alarm) for alarm in originals]),
        metrics.cases(
            "agencies", [_sets(a.credited | a.uncredited, s.agencies, a) for a, s in pairs]
        ),
        metrics.cases(
            "uncredited agencies", [_sets(a.uncredited, s.uncredited, a) for a, s in pairs]
        ),
        metrics.cases("credit spans", _columns(spans, "right", "invented", "missed")),
        metrics.shares(
            "photo credits", ["taken for text"], _columns(spans, "photo", "photo right")
        ),
        metrics.confusion("verdict", len(VERDICTS), [_labels(a, s) for a, s in pairs]),
    ]


def _reuse(article: GoldArticle, passages: Sequence[Passage]) -> Counter[str]:
    """Count an article's words by what they are and what the report says of them."""
    said: list[list[Passage]] = [[] for _ in article.words]
    for passage in passages:
        for word in article.inside(passage.start, passage.end):
            said[word].append(passage)
    counts: Counter[str] = Counter()
    labelled: set[int] = set()
    for piece in article.pieces:
        words = range(piece.first, piece.last)
        labelled.update(words)
        taken = [[p.other for p in said[w] if p.way != Direction.TO] for w in words]
        whole = 2 * sum(map(bool, taken)) >= len(words)
        for word, others in zip(words, taken, strict=True):
            counts.update(_word(piece.kind, taken=bool(others), whole=whole))
            if piece.kind in COPIED:
                if others:
                    right = any(o in piece.sources or o in article.kin for o in others)
                    counts["source" if right else "wrong source"] += 1
                counts.update(p.way.value for p in said[word] if p.other in piece.sources)
    for word in set(range(len(said))) - labelled:
        counts.update(_word("", taken=any(p.way != Direction.TO for p in said[word]), whole=False))
    return counts


def _word(kind: str, *, taken: bool, whole: bool) -> list[str]:
    """Name what one word counts as."""
    if kind in COPIED:
        return ["copied" if taken or whole else "missed"]
    if kind == HEAVY:
        return ["heavy" if taken or whole else "heavy missed"]
    if not taken:
        return []
    return ["alarm words"] if kind in UNSCORED else ["alarm words", "invented"]


def _sets(wanted: frozenset[str], said: frozenset[str], article: GoldArticle) -> tuple[int, ...]:
    """Count agencies right, invented and missed."""
    said -= article.unasked - article.credited - article.uncredited
    return len(wanted & said), len(said - wanted), len(wanted - said)


def given(said: Said) -> str:
    """Give the verdict of a report by the name that the labels have for it."""
    return _SAME.get(said.verdict, said.verdict)


def _labels(article: GoldArticle, said: Said) -> tuple[int, int]:
    label = given(said)
    right = VERDICTS.index(article.verdict)
    return right, VERDICTS.index(label) if label in VERDICTS else len(VERDICTS)


def _credits(article: GoldArticle, said: Sequence[Named], naming: Naming) -> Counter[str]:
    """Count the credits of one article; each attribution answers for one credit only."""
    said = [a for a in said if a.kind != Kind.METADATA]
    named = [a for a in said if a.agency and a.is_agency]
    blank = [a for a in said if not a.agency]
    used: set[int] = set()
    counts: Counter[str] = Counter()
    for credit in article.credits:
        over = [n for n, a in enumerate(named) if _touch(a, credit)]
        if credit.agency == UNNAMED:
            used.update(over)
            continue
        hit = next((n for n in over if n not in used and _answers(named[n], credit)), None)
        if hit is not None:
            used.add(hit)
        if credit.photo:
            wrong = hit is None and any(named[n].kind != Kind.PHOTO for n in over)
            counts["photo" if wrong else "photo right"] += 1
        elif hit is not None:
            counts["right"] += 1
        elif naming(credit.text, credit.agency) or not any(_touch(a, credit) for a in blank):
            counts["missed"] += 1
    counts["invented"] = sum(n not in used and a.kind != Kind.PHOTO for n, a in enumerate(named))
    return counts


def _touch(attribution: Named, credit: Credit) -> bool:
    return attribution.start < credit.end and attribution.end > credit.start


def _answers(attribution: Named, credit: Credit) -> bool:
    photo = attribution.kind == Kind.PHOTO
    return attribution.agency == credit.agency and photo == credit.photo


def _columns(counts: Sequence[Counter[str]], *names: str) -> list[list[int]]:
    return [[article[name] for name in names] for article in counts]
