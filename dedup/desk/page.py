"""The desk's page: the report's own views, given by the API what a report carries in itself."""

from __future__ import annotations

from typing import NamedTuple

from dedup.report.catalogue import catalogue
from dedup.report.columns import ARTICLE_EXTRAS, TABLES
from dedup.report.frame import SHARED, STYLES, joined, policy, template, written

#: Of the report: in the order in which the page needs them.
_SHARED = (*SHARED, "list.js", "tables.js", "article.js", "compare.js", "story.js")
#: Of the desk.
_OWN = (
    "holding.js",
    "asking.js",
    "marking.js",
    "checking.js",
    "watching.js",
    "browsing.js",
    "walking.js",
)
#: What a report's page says of an article besides its row.
_WORKED_OUT = (
    *("closest", "shared_words", "longest", "kept", "instant"),
    *("source", "source_words", "source_known", "lag"),
)


class Page(NamedTuple):
    """The page, and the policy that is sent with it."""

    html: str
    policy: str


def page(language: str = "en", credit_line: str = "") -> Page:
    """Give the page as it opens in a language, with the house's own credit line."""
    script = joined(_SHARED) + joined(_OWN, "dedup.desk")
    style = joined(STYLES) + joined(("desk.css",), "dedup.desk")
    shown = written(
        template("desk.html", "dedup.desk"),
        lambda words: {"name": words.say("dedup desk"), "home": "#/check"},
        language=language,
        title=catalogue(language).say("dedup desk"),
        policy="",
        script=script,
        style=style,
        data=_nothing() | {"credit_line": credit_line},
    )
    allowed = policy(script, style, "connect-src 'self'", "frame-ancestors 'none'")
    return Page("".join(shown), allowed)


def _nothing() -> dict[str, object]:
    """The data block of a report without articles; the page fills it as it goes."""
    tables: dict[str, object] = {
        name: {column.name: [] for column in columns} for name, columns in TABLES.items()
    }
    extras = (column.name for column in ARTICLE_EXTRAS)
    names = (*(column.name for column in TABLES["articles"]), *_WORKED_OUT, *extras)
    tables["articles"] = {name: [] for name in names}
    return {"run": {}, "texts": True, "names": {}, **tables}
