"""The desk's page: the report's own views, given by the API what a report carries in itself."""

from __future__ import annotations

from functools import cache

from dedup.report.catalogue import catalogue
from dedup.report.columns import ARTICLE_EXTRAS, TABLES
from dedup.report.frame import SHARED, STYLES, digest, joined, template, written

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


@cache
def page() -> tuple[str, str]:
    """Give the page and the policy that goes with it."""
    script = joined(_SHARED) + joined(_OWN, "dedup.desk")
    style = joined(STYLES) + joined(("desk.css",), "dedup.desk")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src 'sha256-{digest(script)}'",
            f"style-src 'sha256-{digest(style)}'",
            "connect-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    shown = written(
        template("desk.html", "dedup.desk"),
        catalogue(),
        name="dedup desk",
        home="#/check",
        script=script,
        style=style,
        data=_nothing(),
    )
    return "".join(shown), policy


def _nothing() -> dict[str, object]:
    """The data block of a report without articles; the page fills it as it goes."""
    tables: dict[str, object] = {
        name: {column.name: [] for column in columns} for name, columns in TABLES.items()
    }
    extras = (column.name for column in ARTICLE_EXTRAS)
    names = (*(column.name for column in TABLES["articles"]), *_WORKED_OUT, *extras)
    tables["articles"] = {name: [] for name in names}
    return {"run": {}, "texts": True, "names": {}, **tables}
