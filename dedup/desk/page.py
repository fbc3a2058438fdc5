"""The desk's page: the report's own views, given by the API what a report carries in itself."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

import jinja2

from dedup.report.columns import ARTICLE_EXTRAS, TABLES
from dedup.report.document import dumps
from dedup.report.page import STYLES

#: Of the report: in the order in which the page needs them.
_SHARED = (
    "data.js",
    "dom.js",
    "words.js",
    "passages.js",
    "counting.js",
    "list.js",
    "article.js",
    "compare.js",
    "story.js",
)
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


@cache
def page() -> tuple[str, str]:
    """Give the page and the policy that goes with it."""
    script = _joined("dedup.report", _SHARED) + _joined("dedup.desk", _OWN)
    style = _joined("dedup.report", STYLES) + _joined("dedup.desk", ("desk.css",))
    template = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.PackageLoader("dedup.desk", "web"),
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("desk.html")
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src 'sha256-{_digest(script)}'",
            f"style-src 'sha256-{_digest(style)}'",
            "connect-src 'self'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    return template.render(script=script, style=style, data=dumps(_nothing())), policy


def _nothing() -> dict[str, object]:
    """The data block of a report without articles; the page fills it as it goes."""
    tables: dict[str, object] = {
        name: {column.name: [] for column in columns} for name, columns in TABLES.items()
    }
    more = ("closest", "shared_words", "longest", "kept", *(c.name for c in ARTICLE_EXTRAS))
    names = (*(column.name for column in TABLES["articles"]), *more)
    tables["articles"] = {name: [] for name in names}
    return {"run": {}, "texts": True, "names": {}, **tables}


def _joined(room: str, names: tuple[str, ...]) -> str:
    folder = resources.files(room).joinpath("web")
    return "".join(f"{folder.joinpath(name).read_text('utf-8')}\n" for name in names)


def _digest(code: str) -> str:
    """The hash by which the policy knows a script or a style."""
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
