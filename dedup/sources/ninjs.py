"""ninjs 1 to 3, IPTC's news in JSON: alone, in an array, or one a line.

Its later versions spell names in camel case and hold texts in lists; all are read as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeGuard

from dedup.sources import newsfields
from dedup.sources.markup import fragment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.records import Article
    from dedup.sources.record import Place

Item = Mapping[str, object]

#: Names that, beside ``uri``, only an item of ninjs has.
_MARKS = frozenset(
    """
    bodies copyrightholder descriptions headlines pubstatus representationtype standard
    versioncreated
    """.split()  # noqa: SIM905  # a list of so many words would stand one a line
)
_TYPES = frozenset(
    "text audio video picture graphic composite component event planning".split()  # noqa: SIM905
)
_EVIDENCE = (
    "infosource",
    "infosources",
    "source",  # not of the standard, but in what many an editorial system gives out
    "copyrightholder",
    "copyrightnotice",
    "dateline",
    "located",
    "usageterms",
    "embargoed",
    "version",
)
_FORMS = ("html", "nitf", "")  # the first is preferred: it tells paragraphs apart


def is_item(value: object) -> TypeGuard[Item]:
    """Whether a JSON value is an item of ninjs and no ordinary record."""
    if not isinstance(value, Mapping) or "text" in value or not isinstance(value.get("uri"), str):
        return False
    names = {str(name).lower() for name in value}
    return (
        not names.isdisjoint(_MARKS)
        or value.get("type") in _TYPES
        or any(name.startswith("body_") for name in names)
    )


def article(value: Item, row: Mapping[str, str], place: Place) -> Article:
    """Return the article of an item.

    Raises:
        RefusedError: where it has no text, or must not be used.

    """
    item = {str(name).lower(): part for name, part in value.items()}
    newsfields.refuse_unusable(_word(item.get("pubstatus")))
    text = _text(item)
    if not text:
        raise newsfields.wordless(_word(item.get("type")))
    id_ = _word(item.get("uri"))
    fields = {
        "id": newsfields.worldwide(id_),
        "text": text,
        "title": _title(item),
        "authors": [_word(item.get("byline")) or _word(item.get("by"))],
        "publisher": next(_names(item.get("provider")), "") or newsfields.authority(id_),
        "published_at": newsfields.first_date(
            *(_word(item.get(name)) for name in ("versioncreated", "contentcreated")),
            _word(item.get("firstcreated")),
        ),
        "url": newsfields.address(_word(item.get("url"))) or newsfields.address(id_),
        "language": _word(item.get("language")),
        "credit": _credit(item),
    }
    evidence = ((f"ninjs.{name}", said) for name in _EVIDENCE for said in _names(item.get(name)))
    return newsfields.article(fields, evidence, row, place)


def _text(item: Item) -> str:
    """Return the body in the form that tells most; of several in one form, the first with words."""
    bodies = [(_form(kind, value), value) for kind, value in _values(item, "body")]
    for form in _FORMS:
        for other, value in bodies:
            if other == form and (text := fragment(value) if form else value.strip()):
                return text
    return ""


def _form(kind: str, value: str) -> str:
    """Tell HTML and NITF from plain text, by what a body is called, else by how it begins."""
    for form in ("nitf", "html"):
        if form in kind:
            return form
    return "html" if value.lstrip().startswith("<") else ""


def _title(item: Item) -> str:
    """Return the main headline, else any, else the title."""
    headlines = list(_values(item, "headline"))
    headlines.sort(key=lambda headline: "main" not in headline[0].split() and headline[0] != "")
    titles = (*(value for _, value in headlines), _word(item.get("title")))
    return next(filter(None, (" ".join(fragment(title).split()) for title in titles)), "")


def _credit(item: Item) -> str:
    """Return the credit line, which ninjs 2 holds among the descriptions."""
    lines = [value for kind, value in _values(item, "description") if "creditline" in kind.split()]
    return next(filter(None, (_word(item.get("creditline")), *lines)), "")


def _values(item: Item, name: str) -> Iterator[tuple[str, str]]:
    """Yield the texts of one sort with what each is called.

    ninjs 1 has them as ``body_html``, later ones as ``bodies`` with a role and a type each.
    """
    for key, value in item.items():
        if (key == name or key.startswith(f"{name}_")) and isinstance(value, str):
            yield key[len(name) + 1 :], value
    plural = {"body": "bodies"}.get(name, f"{name}s")
    for part in _items(item.get(plural)):
        if isinstance(part, Mapping) and isinstance(value := part.get("value"), str):
            kind = " ".join(
                str(part.get(key) or "").lower() for key in ("role", "contenttype", "contentType")
            )
            yield kind.strip(), value


def _names(value: object) -> Iterator[str]:
    """Yield the names of one thing or several: words, or objects with a name."""
    for one in _items(value):
        if isinstance(one, Mapping):
            keys = ("name", "literal", "uri")
            said = next((word for key in keys if (word := _word(one.get(key)))), "")
        else:
            said = _word(one)
        if said:
            yield said


def _items(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""
