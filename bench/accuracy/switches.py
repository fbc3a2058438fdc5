"""The rules that can be switched off one at a time, each by its neutral answer.

The program has no such switches: what reads a number or asks a function by its name in a module is
made to find the neutral one there while a scan runs (`bench.accuracy.ablation`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dedup.verify import rewrite

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Beyond anything that occurs.
_NEVER = 1e9


#: The sets that a rule is asked about: news, texts like any others, or both.
NEWS = ("newsroom", "press")
BARE = ("newsroom", "pan13")
BOTH = ("newsroom", "pan13", "press")
OURS = ("newsroom",)


class Switch(NamedTuple):
    """One rule: where it stands, what it asks, and what is put where.

    ``puts``: module and name → the neutral answer. ``reach``: the sets in which it is asked.
    """

    place: str
    rule: str
    puts: Mapping[str, Any]
    reach: tuple[str, ...] = NEWS


def _nothing(*_given: object, **_named: object) -> list[Any]:
    return []


def _none(*_given: object, **_named: object) -> None:
    return None


def _no(*_given: object, **_named: object) -> bool:
    return False


def _unmarked(tokens: object, *_given: object) -> object:
    return tokens


def _all_kept(*given: object) -> tuple[dict[Any, Any], int]:
    return next(matches for matches in given if isinstance(matches, dict)), 0


def _no_refusal(*_given: object) -> Any:  # noqa: ANN401
    return lambda _piece: ""


def _nobody(corpus: Any, left: Any, _right: Any) -> Any:  # noqa: ANN401
    del corpus
    return np.zeros(len(left), bool)


def _as_it_is(_both: object, box: object) -> object:
    return box


def _no_paragraph(keys: Any, *_given: object, **_named: object) -> Any:  # noqa: ANN401
    return np.zeros(len(keys), bool)


_FOLLOWING = "dedup.verify.following."
_REWRITE = "dedup.verify.rewrite."
_BORROWING = "dedup.verify.borrowing."
_UNIQUE = "dedup.verify.uniqueness."
_EVIDENCE = "dedup.verdict.evidence."

SWITCHES = (
    Switch("edited copy", "words in common runs", {_FOLLOWING + "TILED": 0.0}),
    Switch("edited copy", "cosine of the sentence", {_FOLLOWING + "COSINE": 0.0}),
    Switch("edited copy", "new names and numbers", {_FOLLOWING + "NEW": 0.0}),
    Switch("edited copy", "runs of the sentences beside", {_FOLLOWING + "BESIDE": 0.0}),
    Switch("edited copy", "runs of the whole article", {_FOLLOWING + "OVERALL": 0.0}),
    Switch(
        "edited copy", "a sentence comes from no far shorter place", {_FOLLOWING + "ROOM": _NEVER}
    ),
    Switch("edited copy", "content words told", {_FOLLOWING + "TOLD": 0}),
    Switch("edited copy", "a form filled in anew", {_FOLLOWING + "_template": _no}, BOTH),
    Switch(
        "edited copy",
        "quotations need narration",
        {_FOLLOWING + "QUOTED": 2.0, _FOLLOWING + "PARTLY_QUOTED": 2.0},
    ),
    Switch(
        "edited copy",
        "a lone sentence needs more",
        {_FOLLOWING + "ALONE": 0.0, _FOLLOWING + "RARE": 0.0},
    ),
    Switch(
        "edited copy",
        "an anchor among sentences taken together",
        {_FOLLOWING + "ANCHORED": 0.0, _FOLLOWING + "TELLING": 0},
    ),
    Switch("edited copy", "long runs are passages", {"dedup.verify.passages.LONG_RUN": _NEVER}),
    Switch(
        "edited copy",
        "a stretch re-told between two taken ones",
        {"dedup.verify.passages.RETOLD_GAP": 0},
        BOTH,
    ),
    Switch(
        "edited copy", "clusters of like sentences", {"dedup.verify.comparison.clusters": _nothing}
    ),
    Switch("re-told", "all of it", {"dedup.verify.comparison.retelling": _none}, BOTH),
    Switch(
        "re-told",
        "hardly an own name or quoted word",
        {_REWRITE + "OWN_DETAIL": _NEVER, _REWRITE + "OWN_DETAIL_UNORDERED": _NEVER},
        BOTH,
    ),
    Switch("re-told", "few figures of its own", {_REWRITE + "OWN_FIGURES": _NEVER}, BOTH),
    Switch(
        "re-told",
        "order beyond chance",
        {_REWRITE + "_order": lambda _gain: rewrite.LEAST_ORDER},
        BOTH,
    ),
    Switch("re-told", "enough contained", {_REWRITE + "LEAST_CONTAINMENT": 0.0}, BOTH),
    Switch(
        "re-told", "enough sentences that tell the same", {_REWRITE + "TOLD_SENTENCES": 0.0}, BOTH
    ),
    Switch(
        "re-told",
        "long enough, and not far shorter than its source",
        {_REWRITE + "LEAST_WORDS": 0, _REWRITE + "LONGER": _NEVER},
        BOTH,
    ),
    Switch(
        "two outlets",
        "all of it: what two reporters do not find by themselves",
        {"dedup.verify.comparison._door": _no_refusal, "dedup.verify.comparison._hopeless": _no},
    ),
    Switch("two outlets", "a string of own wording", {_UNIQUE + "STRING": 0}),
    Switch("two outlets", "the weight of own wording", {_UNIQUE + "WEIGHT": 0.0}),
    Switch(
        "two outlets",
        "all that two share must be more than both were told",
        {"dedup.pipeline.without_thin": _all_kept},
    ),
    Switch(
        "two outlets", "less is asked beside an established copy", {_UNIQUE + "ESTABLISHED": _NEVER}
    ),
    Switch(
        "bare texts",
        "all of it: read as news",
        {"dedup.pipeline.corpus.Corpus.bare": _nobody},
        BARE,
    ),
    Switch("bare texts", "copied as it stands", {_BORROWING + "_as_it_stands": _nothing}, BARE),
    Switch("bare texts", "summaries", {_BORROWING + "SHORTER": _NEVER}, BARE),
    Switch(
        "bare texts", "passages grow by a sentence", {_BORROWING + "_extended": _as_it_is}, BARE
    ),
    Switch(
        "words",
        "somebody else's words",
        {"dedup.text.with_speech": _unmarked, "dedup.text.quoted_anywhere": _unmarked},
        BOTH,
    ),
    Switch(
        "words",
        "words quoted in any article are quoted in all",
        {"dedup.text.quoted_anywhere": _unmarked},
        BOTH,
    ),
    Switch("words", "what a page sets into sentences", {"dedup.text.asides": _nothing}, BOTH),
    Switch("words", "stock clauses", {"dedup.text.stock_clauses": _nothing}, BOTH),
    Switch("words", "notes on writers", {"dedup.text.notes_on_writers": _nothing}, BOTH),
    Switch(
        "furniture",
        "what recurs in an outlet's articles (paragraphs)",
        {"dedup.text.boilerplate": _no_paragraph},
        BOTH,
    ),
    Switch(
        "furniture",
        "what an outlet repeats in unlike articles (passages)",
        {"dedup.pipeline.without_furniture": _all_kept},
    ),
    Switch(
        "furniture",
        "what an outlet sets in (inserts)",
        {"dedup.pipeline.furniture.inserts": lambda _c, _h: set()},
    ),
    Switch(
        "furniture",
        "standing text of several outlets",
        {"dedup.pipeline.without_standing": _all_kept},
    ),
    Switch("verdict", "own reporting", {_EVIDENCE + "Evidence.own": False}, OURS),
    Switch(
        "verdict",
        "agency originals in which a copy would have been seen",
        {"dedup.verdict.corpus._neighbours": lambda *_: {}},
        OURS,
    ),
    Switch(
        "verdict", "private sources of one agency", {_EVIDENCE + "PRIVATE_PARAGRAPHS": _NEVER}, OURS
    ),
    Switch("verdict", "several media named", {_EVIDENCE + "SEVERAL_MEDIA": _NEVER}, OURS),
    Switch(
        "verdict",
        "an agency needs a share of its own",
        {"dedup.verdict.articles.AGENCY_SHARE": 0.0, "dedup.verdict.articles.AGENCY_WORDS": 0},
        OURS,
    ),
    Switch("verdict", "direction from the text", {"dedup.verdict.direction.ENOUGH": _NEVER}, OURS),
)
