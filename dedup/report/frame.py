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
from dedup.report.document import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


def written(page: Template, words: Catalogue, **values: object) -> Iterator[str]:
    """Write a page in a language, piece by piece; its templates say their messages by ``t``."""
    return page.generate(
        t=words.say,
        tn=words.say_number,
        language=words.language,
        direction=words.manner.direction,
        messages=words.page(),
        **values,
    )


def as_json(value: object) -> Markup:
    """Data as a script block may hold it."""
    from jinja2.utils import htmlsafe_json_dumps

    return htmlsafe_json_dumps(value, dumps=_compact)


def digest(code: str) -> str:
    """The hash by which the policy knows a script or a style."""
    return base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


def _compact(value: object, **_: object) -> str:
    """JSON for the data block; Jinja2's ``tojson`` then escapes what HTML would read."""
    return dumps(value)
