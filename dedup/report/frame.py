"""What every page of the house is put together of: scripts, styles, and the template around them.

A page's script and its style are one piece each, so that a policy can admit them by their hashes
and nothing else. The report and the desk share this frame, and most of their scripts.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from dedup.report import wording
from dedup.report.catalogue import LANGUAGES, catalogue, spoken
from dedup.report.document import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jinja2 import Template
    from markupsafe import Markup

    from dedup.report.catalogue import Catalogue

ROOM = "dedup.report"

#: The scripts of the views that the report and the desk both have, in the order of need.
SHARED = (
    "language.js",
    "data.js",
    "dom.js",
    "moving.js",
    "words.js",
    "passages.js",
    "counting.js",
    "reasons.js",
)
STYLES = ("frame.css", "views.css", "story.css")


@cache
def joined(names: Sequence[str], room: str = ROOM) -> str:
    """Join files of a room's ``web`` folder."""
    folder = resources.files(room).joinpath("web")
    return "".join(f"{folder.joinpath(name).read_text('utf-8')}\n" for name in names)


@cache
def template(name: str, room: str = ROOM) -> Template:
    """Give a template of a room; it may extend and include those of the report."""
    import jinja2

    loaders = [jinja2.PackageLoader(place, "web") for place in dict.fromkeys((room, ROOM))]
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.ChoiceLoader(loaders),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["visible"] = wording.visible
    environment.policies["json.dumps_function"] = _compact
    return environment.get_template(name)


def written(
    body: Template, told: Callable[[Catalogue], Mapping[str, object]], **values: object
) -> Iterator[str]:
    """Write a page, piece by piece, in every language; a reader chooses.

    Args:
        body: what stands around the views; it says its messages by ``t`` and ``tn``.
        told: gives what it needs besides, in one language.
        values: ``language``, which the page opens in, ``title``, ``policy``, ``script``, ``style``
            and ``data``.

    """
    bodies = {language: _body(body, catalogue(language), told) for language in LANGUAGES}
    return template("frame.html").generate(
        bodies=bodies, languages=LANGUAGES, messages=spoken(str(values["script"])), **values
    )


def _body(
    body: Template, words: Catalogue, told: Callable[[Catalogue], Mapping[str, object]]
) -> Markup:
    from markupsafe import Markup

    said = {"t": words.say, "tn": words.say_number}
    chosen = {"language": words.language, "languages": LANGUAGES}
    return Markup(body.render(**said, **chosen, **told(words)))  # noqa: S704 - Jinja2 has escaped it


def as_json(value: object) -> Markup:
    """Data as a script block may hold it."""
    from jinja2.utils import htmlsafe_json_dumps

    return htmlsafe_json_dumps(value, dumps=_compact)


def policy(script: str, style: str, *more: str) -> str:
    """What a page may do: run this script, wear this style, what ``more`` says, and no more."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'sha256-{digest(script)}'",
            f"style-src 'sha256-{digest(style)}'",
            "img-src data:",
            *more,
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def digest(code: str) -> str:
    """The hash by which the policy knows a script or a style."""
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def _compact(value: object, **_: object) -> str:
    """JSON for the data block; Jinja2's ``tojson`` then escapes what HTML would read."""
    return dumps(value)
